//! Nothing appears twice: what the server holds somebody made, once, and a phone is one member of a project.

use std::collections::BTreeSet;

use super::{TWICE, found};
use crate::world::{Found, World};

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    if let Some(id) = world.server.records.keys().find(|id| world.maker(**id).is_none()) {
        return found(TWICE, format!("the server holds {id}, which nobody made"));
    }
    let mut places = BTreeSet::new();
    for member in world.server.members.values() {
        // Whose token was revoked, who was shut out, or who was removed before he heard that he was in, comes back as somebody
        // else.
        let phone = &world.phones[member.phone];
        let is_explained = phone.was_revoked || phone.was_removed || phone.was_shut_out;
        if !places.insert((member.phone, member.project)) && !is_explained {
            return found(TWICE, format!("phone {} became two members of one project", member.phone));
        }
    }
    Ok(())
}
