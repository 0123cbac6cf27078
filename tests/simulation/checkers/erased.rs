//! Erased stays erased: not on the phone that erased, not on the server, not with others once they pulled; and nothing
//! older brings a deletion back. What was erased or put away is so on the server in the end, whatever else of it waits.

use std::collections::BTreeSet;

use domain::{Entry, RecordId, stays_on_phone};
use sync::Write;

use super::{ERASED, found, is_locked_out};
use crate::phone::Phone;
use crate::world::{Found, World};

pub(crate) fn at_write(
    world: &World,
    number: usize,
    touched: &BTreeSet<RecordId>,
    writes: &[Write],
) -> Result<(), Found> {
    let phone = &world.phones[number];
    for id in touched {
        let is_erased = phone.made.get(id).is_some_and(|made| made.is_erased);
        if is_erased && phone.disk.records.get(id).is_none_or(|own| !own.record.erased || !own.record.fields.is_empty())
        {
            return found(ERASED, format!("phone {number}: {id} was erased and is back on the phone"));
        }
        let waits = || phone.disk.ops.values().any(|op| op.record.id == *id && op.record.erased);
        if is_erased && !waits() && !world.server.erased.contains(id) {
            return found(ERASED, format!("phone {number}: {id} was erased, and the server never heard of it"));
        }
    }
    for write in writes {
        let Write::Pulled { project, .. } = write else { continue };
        let Some(page) = phone.pages.get(project).filter(|page| page.is_last) else { continue };
        let ids = phone.disk.views.keys().filter(|(home, _)| home == project).map(|(_, id)| id);
        for id in ids.filter(|id| world.server.erased.contains(id)) {
            let hidden = world.server.records.get(id).and_then(|held| held.seen.get(&number)?.until);
            if hidden.is_some_and(|hidden| hidden < page.read) {
                return found(
                    ERASED,
                    format!("phone {number} holds a view of {id}, which was erased before it pulled"),
                );
            }
        }
    }
    Ok(())
}

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate() {
        let gone = phone.made.iter().filter(|(_, made)| made.is_erased || made.is_deleted);
        for (id, made) in gone.filter(|(id, _)| !may_wait(world, phone, **id)) {
            let held = world.server.records.get(id).map(|held| &held.record);
            let is_erased = held.is_some_and(|held| held.erased);
            if made.is_erased && !is_erased {
                return found(ERASED, format!("phone {number}: {id} was erased, and the server still holds it"));
            }
            // What became of an entry that stays on the phone, is the phone's alone, as far as the server knows.
            let has_heard = |held: &domain::Record| Entry::from_record(held).is_deleted || stays_on_phone(held);
            if !is_erased && !made.stays() && !held.is_some_and(has_heard) {
                return found(ERASED, format!("phone {number}: {id} was put away, and the server has not heard of it"));
            }
        }
    }
    Ok(())
}

/// Says whether the server need not have heard what became of an entry: its phone is not in the project, the server refused
/// it or does not know the phone any more, or it is one of the first protocol, which hears nothing in a closed project.
pub(super) fn may_wait(world: &World, phone: &Phone, id: RecordId) -> bool {
    let project = phone.disk.records.get(&id).and_then(|own| own.home.project());
    let is_refused = phone.disk.ops.values().any(|op| op.record.id == id && op.set_aside.is_some());
    is_refused
        || is_locked_out(world, phone)
        || project.is_none_or(|project| {
            phone.disk.left.contains(&project) || world.server.is_closed(project) && world.server.state.speaks == 1
        })
}
