//! A quiet engine asks for no wakeup.

use crate::world::World;

pub(crate) fn quiet(world: &World) -> Result<(), String> {
    for (number, phone) in world.phones.iter().enumerate() {
        if !phone.engine.is_idle() {
            return Err(format!("phone {number}: the engine never came to rest: {:?}", phone.engine));
        }
        if let Some(at) = phone.engine.next_wakeup() {
            return Err(format!("phone {number}: nothing is left to do, yet it wants to be woken at {at:?}"));
        }
    }
    Ok(())
}
