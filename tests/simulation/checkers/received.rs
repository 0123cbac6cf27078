//! "Ontvangen" is never said too early: whenever a phone would say it, the server holds the record and every medium.

use std::collections::BTreeSet;

use domain::RecordId;

use super::{RECEIVED, found};
use crate::world::{Found, World};

pub(crate) fn at_write(world: &World, number: usize, touched: &BTreeSet<RecordId>) -> Result<(), Found> {
    let phone = &world.phones[number];
    for own in touched.iter().filter_map(|id| phone.disk.records.get(id)).filter(|own| !own.record.erased) {
        let id = own.record.id;
        let words_wait = phone.disk.leaving().any(|op| op.record.id == id);
        if !sync::progress(own, words_wait).is_received() {
            continue;
        }
        if !world.server.holds(id) {
            return found(RECEIVED, format!("phone {number}: \"ontvangen\" is said of {id} too early"));
        }
    }
    Ok(())
}
