//! Nobody holds what he may not see: after one sync, views that were taken back before it are gone, and so is all of a
//! project that the phone is no member of.

use domain::{ProjectId, Timestamp};

use super::{SEES, found};
use crate::world::{Found, World};

/// The last page of what is new is on the phone.
pub(crate) fn at_pull(world: &World, number: usize, project: ProjectId) -> Result<(), Found> {
    let phone = &world.phones[number];
    let Some(page) = phone.pages.get(&project).filter(|page| page.is_last) else { return Ok(()) };
    for (_, id) in phone.disk.views.keys().filter(|(home, _)| *home == project) {
        let held = world.server.records.get(id);
        let is_hidden = held
            .is_none_or(|held| held.shown_since.is_none() && held.hidden_since.is_none_or(|hidden| hidden < page.read));
        if is_hidden {
            return found(SEES, format!("phone {number} holds a view of {id}, which was taken back before it pulled"));
        }
    }
    Ok(())
}

/// A run that began at `since` came to its end.
pub(crate) fn at_rest(world: &World, number: usize, since: Timestamp) -> Result<(), Found> {
    let phone = &world.phones[number];
    let members = || world.server.members.values().filter(|member| member.phone == number);
    for (project, id) in phone.disk.views.keys() {
        let mut here = members().filter(|member| member.project == *project).peekable();
        let was_member = here.peek().is_some();
        if !was_member || here.all(|member| member.removed.is_some_and(|removed| removed < since)) {
            return found(SEES, format!("phone {number} holds a view of {id} in a project that it was removed from"));
        }
    }
    Ok(())
}
