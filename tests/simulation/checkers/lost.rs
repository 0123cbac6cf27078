//! Nothing captured is lost: after healing the server holds every entry as its maker last wrote it.

use domain::Entry;

use crate::world::World;

pub(crate) fn lost(world: &World) -> Result<(), String> {
    for (number, phone) in world.phones.iter().enumerate() {
        for (id, made) in &phone.made {
            let Some(held) = world.server.records.get(id) else {
                return Err(format!(
                    "phone {number}: entry {id} never reached the server; current {:?}, joins {:?}, projects {:?}, ops {:?}, engine {:?}",
                    phone.disk.current,
                    phone.disk.joins,
                    phone.disk.cursors,
                    phone.disk.ops.values().map(|op| (op.home, op.set_aside, op.is_attempted)).collect::<Vec<_>>(),
                    phone.engine
                ));
            };
            let entry = Entry::from_record(&held.record);
            if made.is_erased != held.record.erased {
                return Err(format!(
                    "phone {number}: entry {id} erased {}, held {}",
                    made.is_erased, held.record.erased
                ));
            }
            if !made.is_erased && (entry.story != made.story || entry.is_deleted != made.is_deleted) {
                return Err(format!("phone {number}: entry {id} is {made:?}, the server has {entry:?}"));
            }
            if !made.is_erased && !world.server.holds(&held.record) {
                return Err(format!("phone {number}: a photo of entry {id} never reached the server"));
            }
        }
    }
    Ok(())
}
