//! Nothing captured is lost: a write leaves the outbox only when the server holds it, and after healing the server holds
//! every entry as its maker last wrote it. What belongs to no project that the phone is in, or to one that is closed, stays
//! on the phone, and so does what is to stay there. Of a phone that was shut out goes what the server holds, and nothing else.

use domain::{Entry, stays_on_phone};
use sync::Write;

use super::{LOST, found};
use crate::phone::Made;
use crate::world::{Found, World};

pub(crate) fn at_write(world: &World, number: usize, writes: &[Write]) -> Result<(), Found> {
    for write in writes {
        let Write::Confirmed { ops, .. } = write else { continue };
        for op in ops.iter().filter_map(|id| world.phones[number].disk.ops.get(id)) {
            let id = op.record.id;
            let Some(held) = world.server.records.get(&id) else {
                return found(
                    LOST,
                    format!("phone {number}: {id} leaves the outbox, and the server has nothing of it"),
                );
            };
            let mut merged = held.record.clone();
            merged.merge(&op.record);
            if merged != held.record && !op.record.erased && !stays_on_phone(&merged) {
                return found(
                    LOST,
                    format!("phone {number}: a write of {id} leaves the outbox, and the server lacks it"),
                );
            }
        }
    }
    Ok(())
}

/// The phone has dropped what it may not keep because it was shut out.
pub(crate) fn at_shut_out(world: &World, number: usize) -> Result<(), Found> {
    let phone = &world.phones[number];
    let dropped = phone.made.iter().filter(|(id, made)| !made.is_erased && !phone.disk.records.contains_key(id));
    for (id, made) in dropped {
        let held = world.server.records.get(id).filter(|_| world.server.holds(*id));
        if !held.is_some_and(|held| is_as_made(&Entry::from_record(&held.record), made)) {
            return found(
                LOST,
                format!("phone {number} was shut out and dropped {id}, which nobody else has as it was"),
            );
        }
    }
    Ok(())
}

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate() {
        for (id, made) in &phone.made {
            let Some(own) = phone.disk.records.get(id) else {
                if phone.was_shut_out {
                    at_shut_out(world, number)?;
                    continue;
                }
                return found(LOST, format!("phone {number}: entry {id} is not on the phone any more"));
            };
            let waits = phone.disk.ops.values().any(|op| op.record.id == *id);
            let stays = stays_on_phone(&own.record);
            let entry = if waits || stays {
                Entry::from_record(&own.record)
            } else {
                let Some(held) = world.server.records.get(id) else {
                    return found(LOST, format!("phone {number}: entry {id} never reached the server"));
                };
                // That it is erased is looked after elsewhere.
                Entry::from_record(&held.record)
            };
            if !made.is_erased && !is_as_made(&entry, made) {
                return found(LOST, format!("phone {number}: entry {id} is {made:?}, kept is {entry:?}"));
            }
            let is_in = own
                .home
                .project()
                .is_some_and(|project| !phone.disk.left.contains(&project) && !world.server.is_closed(project));
            if !made.is_erased && !waits && !stays && is_in && !phone.is_renamed() && !world.server.holds(*id) {
                return found(LOST, format!("phone {number}: a medium of entry {id} never reached the server"));
            }
        }
    }
    Ok(())
}

fn is_as_made(entry: &Entry, made: &Made) -> bool {
    entry.story == made.story
        && entry.is_deleted == made.is_deleted
        && entry.audience == made.audience
        && entry.voice == made.voice
        && entry.read_place() == made.place
        && entry.read_place_shown() == made.place_shown.unwrap_or_default()
}
