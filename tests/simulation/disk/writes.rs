//! What a transaction does to the disk.

use std::collections::BTreeSet;

use domain::plain::Plain;
use domain::{ProjectId, RecordId};
use protocol::{Membership, PullItem};
use sync::{Cursors, Home, Op, OpId, OwnRecord, Write, apply_own, follow, leave_behind};

use super::{Disk, LATER, LATEST_APP, Parked};

impl Disk {
    pub(super) fn apply(&mut self, write: &Write) {
        match write {
            Write::Offset(offset_ms) => self.offset_ms = Some(*offset_ms),
            Write::Memberships(memberships) => {
                for membership in memberships {
                    self.enter(membership);
                    self.is_current_left &= self.current != Home::Project(membership.project.id);
                }
                if let (Home::Unjoined, Some(first)) = (self.current, memberships.first()) {
                    self.go_to(Home::Project(first.project.id));
                    self.rehome(Home::Unjoined, self.current);
                }
            }
            Write::Left(project) => {
                self.left.insert(*project);
                self.is_current_left |= self.current == Home::Project(*project);
                self.cursors.insert(*project, Cursors::default());
                self.forget_views(*project);
            }
            Write::ShutOut => self.shut_out(),
            Write::Replay => {
                for ((project, _), parked) in std::mem::take(&mut self.parked) {
                    // What is still not known is parked anew, by this version.
                    self.take(project, &parked.item);
                }
            }
            Write::Restamped { ops, stamps } => {
                for op in ops.iter().filter(|op| self.ops.contains_key(&op.id)).collect::<Vec<_>>() {
                    self.ops.insert(op.id, op.clone());
                }
                for id in ops.iter().map(|op| op.record.id).collect::<BTreeSet<_>>() {
                    if let Some(own) = self.records.get_mut(&id) {
                        follow(&mut own.record, ops, stamps);
                    }
                    self.touch(id);
                }
                let waiting = self.ops.values().filter_map(|op| op.record.newest_stamp()).max();
                self.last_stamp = waiting.max(self.confirmed);
            }
            Write::Attempted(ids) => self.change_ops(ids, |op| op.is_attempted = true),
            Write::SetAside { ops, code } => self.change_ops(ops, |op| op.set_aside = Some(*code)),
            Write::Joined { join_id, membership, answered } => {
                let home = Home::Project(membership.project.id);
                self.enter(membership);
                if let Some(join) = self.joins.get_mut(join_id) {
                    join.answered = Some(*answered);
                }
                self.rehome(Home::Join(*join_id), home);
                self.rehome(Home::Unjoined, home);
                if self.is_current_left
                    || matches!(self.current, Home::Unjoined)
                    || self.current == Home::Join(*join_id)
                {
                    self.go_to(home);
                }
            }
            Write::JoinForgotten(join_id) => drop(self.joins.remove(join_id)),
            Write::JoinRefused { join_id, code } => {
                if let Some(join) = self.joins.get_mut(join_id) {
                    join.refused = Some(*code);
                }
                self.rehome(Home::Join(*join_id), Home::Unjoined);
                if self.current == Home::Join(*join_id) {
                    let first = self.cursors.keys().find(|project| !self.left.contains(project));
                    self.go_to(first.map_or(Home::Unjoined, |first| Home::Project(*first)));
                }
            }
            Write::Confirmed { ops, record, media } => {
                let taken = ops.iter().filter_map(|id| self.ops.remove(id)?.record.newest_stamp()).max();
                self.confirmed = self.confirmed.max(taken);
                if let Some(own) = self.records.get_mut(record) {
                    own.media.extend(media);
                }
                self.touch(*record);
            }
            Write::Medium { records, sha256, state } => {
                for id in records {
                    if let Some(own) = self.records.get_mut(id) {
                        own.media.insert(*sha256, *state);
                    }
                    self.touch(*id);
                }
            }
            Write::Pulled { project, items, cursors, restarted } => {
                if *restarted {
                    self.forget_views(*project);
                }
                for item in items {
                    self.take(*project, item);
                }
                self.cursors.insert(*project, cursors.clone());
            }
        }
    }

    pub(super) const fn go_to(&mut self, home: Home) {
        self.current = home;
        self.is_current_left = false;
    }

    fn shut_out(&mut self) {
        let projects: Vec<_> = self.cursors.keys().copied().collect();
        for project in projects {
            self.apply(&Write::Left(project));
        }
        self.joins.retain(|_, join| join.answered.is_none());
        let waits = |id| self.ops.values().any(|op| op.record.id == id);
        let unsent = |id: &RecordId, own: &OwnRecord| !sync::progress(own, waits(*id)).is_received();
        let kept: Vec<_> = self.records.iter().filter(|(id, own)| unsent(id, own)).map(|(id, _)| *id).collect();
        self.records.retain(|id, _| kept.contains(id));
        self.pending.retain(|id, _| kept.contains(id));
    }

    fn enter(&mut self, membership: &Membership) {
        let project = membership.project.id;
        self.left.remove(&project);
        self.cursors.entry(project).or_default();
        let before = self.names.insert(project, membership.member_id);
        if before.is_some_and(|before| before != membership.member_id) {
            let here = self.records.values_mut().filter(|own| own.home == Home::Project(project));
            let left: Vec<_> = here.filter_map(|own| leave_behind(own).then_some(own.record.id)).collect();
            left.into_iter().for_each(|id| self.touch(id));
        }
    }

    fn forget_views(&mut self, project: ProjectId) {
        self.views.retain(|(home, _), _| *home != project);
        self.parked.retain(|(home, _), _| *home != project);
    }

    fn take(&mut self, project: ProjectId, item: &PullItem) {
        if let Some(known) = self.read(item) {
            return self.take(project, &known);
        }
        let about = item.record_id().map_or_else(|| format!("{item:?}"), |id| id.to_string());
        // Whatever is known now is newer than what was parked.
        self.parked.remove(&(project, about.clone()));
        match item {
            PullItem::Own { record, media } => {
                self.views.remove(&(project, record.id));
                let own = apply_own(self.records.remove(&record.id), project, record, media);
                self.records.insert(record.id, own);
                self.touch(record.id);
            }
            PullItem::View { view } => drop(self.views.insert((project, view.id), view.clone())),
            PullItem::Gone { id } => drop(self.views.remove(&(project, *id))),
            PullItem::Unknown(_) => {
                self.parked.insert((project, about), Parked { item: item.clone(), app: self.app });
            }
        }
    }

    /// Reads a change of a later version, if this version of the app is that one.
    fn read(&self, item: &PullItem) -> Option<PullItem> {
        match item {
            PullItem::Unknown(value) if self.app >= LATEST_APP => PullItem::from_value(value.get(LATER)?.get("item")?),
            PullItem::Unknown(_) | PullItem::Own { .. } | PullItem::View { .. } | PullItem::Gone { .. } => None,
        }
    }

    fn rehome(&mut self, from: Home, to: Home) {
        let mut moved = Vec::new();
        for own in self.records.values_mut().filter(|own| own.home == from) {
            own.home = to;
            moved.push(own.record.id);
        }
        moved.into_iter().for_each(|id| self.touch(id));
        self.ops.values_mut().filter(|op| op.home == from).for_each(|op| op.home = to);
    }

    fn change_ops(&mut self, ids: &[OpId], change: impl Fn(&mut Op)) {
        for id in ids {
            if let Some(op) = self.ops.get_mut(id) {
                change(op);
            }
        }
    }
}
