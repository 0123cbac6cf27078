//! No cursor skips a record that became visible later: when the last page is on the phone, so is every record that could
//! be seen when that page was read. What an older app cannot read counts when it is parked.

use domain::ProjectId;

use super::{SKIPPED, found};
use crate::world::{Found, World};

pub(crate) fn at_pull(world: &World, number: usize, project: ProjectId) -> Result<(), Found> {
    let phone = &world.phones[number];
    let Some(page) = phone.pages.get(&project).filter(|page| page.is_last) else { return Ok(()) };
    let has_older = phone.disk.cursors.get(&project).is_some_and(|cursors| cursors.older.is_some());
    if has_older || phone.disk.left.contains(&project) {
        return Ok(());
    }
    // What changed since then comes by the cursor that the page gave.
    for held in world.server.shown_to(number, project).filter(|held| held.changed < page.read) {
        let id = held.record.id;
        let is_here = phone.disk.views.contains_key(&(project, id)) || phone.disk.is_parked(project, id);
        if !is_here && !phone.made.contains_key(&id) {
            return found(SKIPPED, format!("phone {number} has pulled past {id} without it"));
        }
    }
    Ok(())
}
