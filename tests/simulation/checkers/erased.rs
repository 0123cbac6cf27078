//! Erased stays erased: not on the phone that erased, not on the server, not with others once they pulled; and nothing
//! older brings a deletion back.

use std::collections::BTreeSet;

use domain::RecordId;
use sync::Write;

use super::{ERASED, found};
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
            let hidden = world.server.records.get(id).and_then(|held| held.hidden_since);
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
        for (id, _) in phone.made.iter().filter(|(_, made)| made.is_erased) {
            let waits = phone.disk.ops.values().any(|op| op.record.id == *id);
            let is_erased = world.server.records.get(id).is_some_and(|held| held.record.erased);
            if !waits && !is_erased {
                return found(ERASED, format!("phone {number}: {id} was erased, and the server still holds it"));
            }
        }
    }
    Ok(())
}
