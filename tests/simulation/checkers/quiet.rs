//! A quiet engine asks for no wakeup.

use super::{QUIET, found};
use crate::world::{Found, World};

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate() {
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
