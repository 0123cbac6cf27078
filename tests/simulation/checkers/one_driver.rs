//! One driver at a time: whatever an engine does, it does in the tab that holds the lock.

use super::{ONE_DRIVER, found};
use crate::phone::Phone;
use crate::world::Found;

pub(crate) fn at_effect(phone: &Phone, number: usize, life: u64) -> Result<(), Found> {
    let tab = phone.drivers.iter().find(|driver| driver.life == life).map(|driver| driver.tab);
    if tab.is_some() && tab != phone.lock.front().copied() {
        return found(ONE_DRIVER, format!("phone {number}: a tab drives that does not hold the lock"));
    }
    Ok(())
}
