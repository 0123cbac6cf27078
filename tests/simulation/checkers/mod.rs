//! What must hold; one file each. A checker compares with what people did and what the server holds, and returns what it
//! found wrong.

pub(crate) mod converged;
pub(crate) mod erased;
pub(crate) mod errors;
pub(crate) mod lost;
pub(crate) mod one_driver;
pub(crate) mod polite;
pub(crate) mod quiet;
pub(crate) mod received;
pub(crate) mod sees;
pub(crate) mod skipped;
pub(crate) mod twice;
pub(crate) mod wasted;

use crate::phone::Phone;
use crate::world::{Found, World};

/// Looks at the world when all should be well.
pub(crate) type Checker = fn(&World) -> Result<(), Found>;

pub(crate) const CONVERGED: &str = "converged";
pub(crate) const ERASED: &str = "erased";
pub(crate) const ERRORS: &str = "errors";
pub(crate) const LOST: &str = "lost";
pub(crate) const ONE_DRIVER: &str = "one driver";
pub(crate) const POLITE: &str = "polite";
pub(crate) const QUIET: &str = "quiet";
pub(crate) const RECEIVED: &str = "received";
pub(crate) const SEES: &str = "sees";
pub(crate) const SKIPPED: &str = "skipped";
pub(crate) const TWICE: &str = "twice";
pub(crate) const WASTED: &str = "wasted";

/// Says whether the server knows a phone no more, and no project takes it in again: it goes on as it was.
fn is_locked_out(world: &World, phone: &Phone) -> bool {
    let is_known = world.server.knows(phone.token.map(|(token, _)| token));
    !is_known && world.server.codes.values().all(|project| world.server.is_closed(*project))
}

fn found(checker: &'static str, what: String) -> Result<(), Found> {
    Err(Found { checker, what })
}
