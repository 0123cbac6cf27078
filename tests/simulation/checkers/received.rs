//! "Ontvangen" is never said too early: whenever a phone would say it, the server holds the record and every medium.

use std::collections::BTreeSet;

use domain::RecordId;

use super::{RECEIVED, found};
use crate::server::photos;
use crate::world::{Found, World};

pub(crate) fn at_write(world: &World, number: usize, touched: &BTreeSet<RecordId>) -> Result<(), Found> {
    let phone = &world.phones[number];
    for own in touched.iter().filter_map(|id| phone.disk.records.get(id)).filter(|own| !own.record.erased) {
        let id = own.record.id;
        let words_wait = phone.disk.leaving().any(|op| op.record.id == id);
        if !sync::progress(own, words_wait).is_received() {
            continue;
        }
        // Whatever name the phone had when it sent them.
        let is_his = |member| world.server.members.get(member).is_some_and(|member| member.phone == number);
        let has = |sha256| world.server.media.iter().any(|(_, member, held)| *held == sha256 && is_his(member));
        if !world.server.records.contains_key(&id) || !photos(&own.record).into_iter().all(has) {
            return found(RECEIVED, format!("phone {number}: \"ontvangen\" is said of {id} too early"));
        }
    }
    Ok(())
}
