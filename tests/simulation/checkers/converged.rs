//! All converge: some time after healing nothing waits that could be sent (to a closed project: what only takes back),
//! nothing is parked that can be read, and every phone sees exactly what it may see, as it is now.

use std::collections::BTreeMap;

use domain::permissions::only_takes_back;
use domain::{ProjectId, RecordId};
use sync::Op;

use super::{CONVERGED, found, is_locked_out};
use crate::phone::Phone;
use crate::server::view_of;
use crate::world::{Found, World};

pub(crate) fn in_the_end(world: &World) -> Result<(), Found> {
    for (number, phone) in world.phones.iter().enumerate().filter(|(_, phone)| !is_locked_out(world, phone)) {
        let is_in =
            |project: &ProjectId| phone.disk.cursors.contains_key(project) && !phone.disk.left.contains(project);
        let is_sendable = |op: &Op| op.home.project().is_some_and(|project| is_in(&project)) && is_taken(world, op);
        if let Some(op) = phone.disk.leaving().find(|op| op.set_aside.is_none() && is_sendable(op)) {
            return found(CONVERGED, format!("phone {number}: a write still waits: {op:?}"));
        }
        if let Some(join) = phone.disk.joins.values().find(|join| join.refused.is_none() && join.answered.is_none()) {
            return found(CONVERGED, format!("phone {number}: a join still waits: {join:?}"));
        }
        for project in phone.disk.cursors.keys().filter(|project| is_in(project)) {
            same_views(world, number, phone, *project)?;
        }
    }
    Ok(())
}

/// Says whether the project of a write takes it: one that is closed takes what only takes something back.
fn is_taken(world: &World, op: &Op) -> bool {
    let is_closed = op.home.project().is_some_and(|project| world.server.is_closed(project));
    !is_closed || world.server.state.speaks > 1 && only_takes_back(&op.record)
}

fn same_views(world: &World, number: usize, phone: &Phone, project: ProjectId) -> Result<(), Found> {
    if world.server.member(phone.token.map(|(token, _)| token), project).is_none() {
        return found(CONVERGED, format!("phone {number} does not know that it is no member of {project}"));
    }
    let is_others = |id: &RecordId| !phone.made.contains_key(id);
    let seen: BTreeMap<RecordId, _> = phone
        .disk
        .views
        .iter()
        .filter(|((home, id), _)| *home == project && is_others(id))
        .map(|((_, id), view)| (*id, view.fields.clone()))
        .collect();
    let may: BTreeMap<RecordId, _> = world
        .server
        .shown_to(number, project)
        .filter(|held| is_others(&held.record.id))
        .map(|held| (held.record.id, view_of(held).fields))
        .collect();
    if seen != may {
        let ids = |of: &BTreeMap<RecordId, _>| of.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return found(CONVERGED, format!("phone {number}: sees {}; may see {}", ids(&seen), ids(&may)));
    }
    Ok(())
}
