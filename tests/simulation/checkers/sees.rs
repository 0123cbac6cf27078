//! Nobody holds what he may not see: after one sync, views that were taken back before it are gone, and so is all of a
//! project that the phone is no member of, and all at once when it hears that it was shut out. Nor does he hold a place more
//! precise than its maker lets him see it. What is to stay on its maker's phone never leaves it; and the server keeps nothing of
//! what once did.

use domain::{Entry, ProjectId, Timestamp, is_about_sight, outlives_emptying};
use sync::Request;

use super::{SEES, erased, found};
use crate::world::{Found, World};

/// The last page of what is new is on the phone.
pub(crate) fn at_pull(world: &World, number: usize, project: ProjectId) -> Result<(), Found> {
    let phone = &world.phones[number];
    let Some(page) = phone.pages.get(&project).filter(|page| page.is_last) else { return Ok(()) };
    for ((_, id), view) in phone.disk.views.iter().filter(|((home, _), _)| *home == project) {
        let held = world.server.records.get(id);
        let seen = held.and_then(|held| held.seen.get(&number));
        let is_hidden =
            seen.is_none_or(|seen| seen.since.is_none() && seen.until.is_none_or(|hidden| hidden < page.read));
        if is_hidden {
            return found(SEES, format!("phone {number} holds a view of {id}, which was taken back before it pulled"));
        }
        // What is parked waits for an update.
        let told = held.filter(|held| held.changed < page.read && !phone.disk.is_parked(project, *id));
        let how = |entry: Entry| entry.shown_place().map(|place| place.shown);
        if told.is_some_and(|held| how(Entry::from_view(view)) > how(Entry::from_record(&held.record))) {
            return found(SEES, format!("phone {number} knows more precisely than it may where {id} was made"));
        }
    }
    Ok(())
}

/// Something leaves a phone.
pub(crate) fn at_send(world: &World, number: usize, life: u64, request: &Request) -> Result<(), Found> {
    let phone = &world.phones[number];
    // It may ask whether that still holds.
    if phone.told_shut_out == Some(life) && !matches!(request, Request::Me) {
        at_shut_out(world, number)?;
    }
    let never_leaves = |id| phone.made.get(id).is_some_and(|made| !made.was_let_go && !made.is_erased);
    if let Request::Push(_, records) = request {
        let tells = |record: &&domain::Record| record.fields.keys().any(|name| !is_about_sight(name));
        if let Some(record) = records.iter().filter(tells).find(|record| never_leaves(&record.id)) {
            return found(SEES, format!("phone {number} sends words of {}, which is to stay on it", record.id));
        }
    }
    if let Request::Upload(_, sha256, _) = request {
        let shows =
            |own: &&sync::OwnRecord| Entry::from_record(&own.record).media().iter().any(|(shown, _)| shown == sha256);
        let mut showing = phone.disk.records.values().filter(shows).peekable();
        if showing.peek().is_some() && showing.all(|own| never_leaves(&own.record.id)) {
            return found(SEES, format!("phone {number} sends a medium that is to stay on it"));
        }
    }
    Ok(())
}

/// The phone was shut out and has heard so.
pub(crate) fn at_shut_out(world: &World, number: usize) -> Result<(), Found> {
    let disk = &world.phones[number].disk;
    match disk.views.keys().next() {
        Some((_, id)) => found(SEES, format!("phone {number} was shut out and holds a view of {id}")),
        None if !disk.parked.is_empty() => found(SEES, format!("phone {number} was shut out and holds what is parked")),
        None => Ok(()),
    }
}

/// All should be well.
pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate() {
        let staying = phone.made.iter().filter(|(_, made)| made.stays() && !made.is_erased);
        for (id, _) in staying.filter(|(id, _)| !erased::may_wait(world, phone, **id)) {
            let is_kept = world
                .server
                .records
                .get(id)
                .is_some_and(|held| held.record.fields.keys().any(|name| !outlives_emptying(name)));
            if is_kept {
                return found(SEES, format!("phone {number}: {id} is to stay on it, and the server keeps a copy"));
            }
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
