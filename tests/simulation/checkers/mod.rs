//! What must hold; one file each. A checker returns what it found wrong.

mod converged;
mod lost;
mod quiet;
mod received;
mod twice;

pub(crate) use converged::converged;
pub(crate) use lost::lost;
pub(crate) use quiet::quiet;
pub(crate) use received::received_early;
pub(crate) use twice::twice;
