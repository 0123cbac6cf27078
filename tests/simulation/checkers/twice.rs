//! Nothing appears twice: as many entries as were made, and one member per phone and project.

use std::collections::BTreeSet;

use crate::world::World;

pub(crate) fn twice(world: &World) -> Result<(), String> {
    let made: usize = world.phones.iter().map(|phone| phone.made.len()).sum();
    let held = world.server.records.len();
    if made != held {
        return Err(format!("{made} entries were made, the server holds {held}"));
    }
    let mut places = BTreeSet::new();
    for member in world.server.members.values() {
        if !places.insert((member.phone, member.project)) {
            return Err(format!("phone {} became two members of one project", member.phone));
        }
    }
    Ok(())
}
