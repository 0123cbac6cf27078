//! A quiet engine asks for no wakeup, unless something waits for a closed project, or the phone for being let in anew: nobody
//! tells when that opens.

use super::{QUIET, found, is_locked_out};
use crate::world::{Found, World};

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate().filter(|(_, phone)| !is_locked_out(world, phone)) {
        let ops = phone.disk.ops.values().filter_map(|op| op.home.project());
        let mut waits_for = ops.chain(phone.disk.pending().map(|upload| upload.project));
        if waits_for.any(|project| world.server.is_closed(project)) {
            continue;
        }
        for driver in &phone.drivers {
            if !driver.engine().is_idle() {
                let engine = driver.engine();
                return found(QUIET, format!("phone {number}: the engine never came to rest: {engine:?}"));
            }
            if let Some(at) = driver.engine.next_wakeup(world.now) {
                let wish = format!("phone {number}: nothing is left to do, yet it wants to be woken at {at:?}");
                return found(QUIET, wish);
            }
        }
    }
    Ok(())
}
