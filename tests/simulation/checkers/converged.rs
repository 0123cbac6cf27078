//! All converge: after healing every phone sees exactly what it may see, and nothing waits.

use std::collections::BTreeSet;

use domain::RecordId;

use crate::world::World;

pub(crate) fn converged(world: &World) -> Result<(), String> {
    for (number, phone) in world.phones.iter().enumerate() {
        if let Some(op) = phone.disk.ops.values().next() {
            return Err(format!("phone {number}: a write still waits: {op:?}"));
        }
        for project in phone.disk.cursors.keys() {
            let seen: BTreeSet<RecordId> =
                phone.disk.views.keys().filter(|(home, _)| home == project).map(|(_, id)| *id).collect();
            let own: BTreeSet<RecordId> = phone.made.keys().copied().collect();
            let may: BTreeSet<RecordId> = world.server.shown(*project).difference(&own).copied().collect();
            if seen != may {
                return Err(format!("phone {number}: sees {seen:?}, may see {may:?}"));
            }
            for ((_, id), view) in phone.disk.views.iter().filter(|((home, _), _)| home == project) {
                let held = world.server.records.get(id).map(|held| domain::Entry::from_record(&held.record));
                if held.map(|entry| entry.shown_fields()).as_ref() != Some(&view.fields) {
                    return Err(format!("phone {number}: an old view of {id}"));
                }
            }
        }
    }
    Ok(())
}
