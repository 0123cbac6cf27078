//! A phone's disk: what `store` keeps in IndexedDB, as maps. A transaction is a copy that replaces the whole.

use std::collections::{BTreeMap, BTreeSet};

use domain::plain::Plain;
use domain::{
    Clock, Entry, EntryEdit, JoinId, Map, MediaHash, NodeId, ProjectId, Record, RecordId, Stamp, Timestamp, View,
};
use protocol::PullItem;
use sync::{Cursors, Home, Op, OpId, OwnRecord, PendingJoin, Snapshot, Upload, Write, apply_own, uploads_of};

/// The version of the app that knows what a later server hands out.
pub(crate) const LATEST_APP: u32 = 3;

/// What a change is called that only the latest app knows.
const LATER: &str = "later";

/// Everything that survives a kill.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    node: NodeId,
    last_stamp: Option<Stamp>,
    confirmed: Option<Stamp>,
    next_op: u64,
    offset_ms: Option<i64>,
    /// Where what is made goes.
    current: Home,
    /// The phone has left that project: the next one joined takes its place.
    is_current_left: bool,
    pub(crate) joins: BTreeMap<JoinId, PendingJoin>,
    pub(crate) cursors: BTreeMap<ProjectId, Cursors>,
    /// Projects of which this phone is no member any more.
    pub(crate) left: BTreeSet<ProjectId>,
    pub(crate) ops: BTreeMap<OpId, Op>,
    pub(crate) records: BTreeMap<RecordId, OwnRecord>,
    pub(crate) views: BTreeMap<(ProjectId, RecordId), View>,
    /// Changes of a later version, by what they are about.
    pub(crate) parked: BTreeMap<(ProjectId, String), Parked>,
    /// The version of the app that uses this disk: an update replays what an older one parked.
    pub(crate) app: u32,
    /// What each own record still has to upload.
    pending: BTreeMap<RecordId, Vec<Upload>>,
    /// Own records that were written since somebody looked.
    touched: BTreeSet<RecordId>,
}

/// A change that the app of its time did not know.
#[derive(Clone, Debug)]
pub(crate) struct Parked {
    pub(crate) item: PullItem,
    /// The version of the app that parked it.
    pub(crate) app: u32,
}

impl Disk {
    pub(crate) const fn new(node: NodeId, app: u32) -> Self {
        Self {
            node,
            last_stamp: None,
            confirmed: None,
            next_op: 1,
            offset_ms: None,
            current: Home::Unjoined,
            is_current_left: false,
            joins: BTreeMap::new(),
            cursors: BTreeMap::new(),
            left: BTreeSet::new(),
            ops: BTreeMap::new(),
            records: BTreeMap::new(),
            views: BTreeMap::new(),
            parked: BTreeMap::new(),
            app,
            pending: BTreeMap::new(),
            touched: BTreeSet::new(),
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        let is_here = |home: Home| home.project().is_some_and(|project| !self.left.contains(&project));
        let is_ready = |op: &&Op| op.set_aside.is_none() && is_here(op.home);
        let (answered_joins, joins): (Vec<_>, Vec<_>) = self
            .joins
            .values()
            .filter(|join| join.refused.is_none())
            .cloned()
            .partition(|join| join.answered.is_some());
        Snapshot {
            joins,
            answered_joins,
            projects: self
                .cursors
                .iter()
                .filter(|(project, _)| !self.left.contains(project))
                .map(|(project, cursors)| (*project, cursors.clone()))
                .collect(),
            ops: self.ops.values().filter(is_ready).cloned().collect(),
            uploads: self.pending().filter(|upload| !self.left.contains(&upload.project)).copied().collect(),
            is_replay_due: self.parked.values().any(|parked| parked.app != self.app),
            offset_ms: self.offset_ms,
            confirmed: self.confirmed,
        }
    }

    /// Returns what the server does not hold as far as the phone knows.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &Upload> {
        self.pending.values().flatten()
    }

    /// Keeps a join until the server answers.
    pub(crate) fn queue_join(&mut self, mut join: PendingJoin, now: Timestamp) {
        let stamp = self.tick(now);
        join.consent.restamp(&|_| stamp);
        join.offset_ms = self.offset_ms;
        self.go_to(Home::Join(join.join_id));
        self.joins.insert(join.join_id, join);
    }

    /// Writes an own entry: record and outbox together.
    pub(crate) fn write(&mut self, id: RecordId, mut edit: EntryEdit, now: Timestamp) {
        let known = self.records.get(&id).and_then(|own| own.record.newest_stamp());
        self.last_stamp = self.last_stamp.max(known);
        let stamp = self.tick(now);
        let offset_ms = self.offset_ms.unwrap_or(0);
        edit.made = edit.made.map(|(_, phone_made)| (phone_made.shifted(offset_ms), phone_made));
        let current = self.current;
        let own = self.records.entry(id).or_insert_with(|| OwnRecord {
            record: Record::new(id, domain::KIND_ENTRY),
            home: current,
            media: Map::new(),
        });
        edit.themes_before = Entry::from_record(&own.record).themes;
        let part = edit.into_record(id, stamp);
        own.record.merge(&part);
        let home = own.home;
        self.touch(id);
        self.queue(home, part);
    }

    /// Erases an own entry.
    pub(crate) fn erase(&mut self, id: RecordId) {
        if let Some(own) = self.records.get_mut(&id) {
            let part = Record::erasure(id, &own.record.kind);
            own.record.merge(&part);
            let home = own.home;
            self.touch(id);
            self.queue(home, part);
        }
    }

    /// Does all of it, as one transaction does.
    pub(crate) fn persist(&mut self, writes: &[Write]) {
        for write in writes {
            self.apply(write);
        }
    }

    /// Returns the own records that were written since this was asked last.
    pub(crate) fn take_touched(&mut self) -> BTreeSet<RecordId> {
        std::mem::take(&mut self.touched)
    }

    /// Returns the hash and the bytes of a photo of an entry.
    pub(crate) fn a_photo(&self) -> Option<(MediaHash, u32)> {
        let own = self.records.values().find(|own| !own.record.erased)?;
        Entry::from_record(&own.record).photos.first().map(|photo| (photo.sha256, photo.bytes))
    }

    /// Says whether a change about the record is parked.
    pub(crate) fn is_parked(&self, project: ProjectId, id: RecordId) -> bool {
        self.parked.contains_key(&(project, id.to_string()))
    }

    fn touch(&mut self, id: RecordId) {
        self.touched.insert(id);
        let uploads = self.records.get(&id).map(uploads_of).unwrap_or_default();
        if uploads.is_empty() {
            self.pending.remove(&id);
        } else {
            self.pending.insert(id, uploads);
        }
    }

    fn queue(&mut self, home: Home, record: Record) {
        let id = OpId(self.next_op);
        self.next_op += 1;
        let op = Op { id, home, record, offset_ms: self.offset_ms, is_attempted: false, set_aside: None };
        self.ops.insert(id, op);
    }

    fn tick(&mut self, now: Timestamp) -> Stamp {
        let stamp = Clock::new(self.node, self.last_stamp).tick(now.shifted(self.offset_ms.unwrap_or(0)));
        self.last_stamp = Some(stamp);
        stamp
    }

    fn apply(&mut self, write: &Write) {
        match write {
            Write::Offset(offset_ms) => self.offset_ms = Some(*offset_ms),
            Write::Memberships(memberships) => {
                for membership in memberships {
                    self.enter(membership.project.id);
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
            Write::Replay => {
                for ((project, _), parked) in std::mem::take(&mut self.parked) {
                    // What is still not known is parked anew, by this version.
                    self.take(project, &parked.item);
                }
            }
            Write::Restamped { ops, stamps } => {
                for op in ops {
                    self.ops.insert(op.id, op.clone());
                    if let Some(own) = self.records.get_mut(&op.record.id) {
                        own.record.restamp(&|old| stamps.get(&old).copied().unwrap_or(old));
                        for (name, field) in &op.record.fields {
                            if own.record.fields.get(name).is_some_and(|held| held.stamps() == field.stamps()) {
                                own.record.fields.insert(name.clone(), field.clone());
                            }
                        }
                    }
                    self.touch(op.record.id);
                }
                let waiting = self.ops.values().filter_map(|op| op.record.newest_stamp()).max();
                self.last_stamp = waiting.max(self.confirmed);
            }
            Write::Attempted(ids) => self.change_ops(ids, |op| op.is_attempted = true),
            Write::SetAside { ops, code } => self.change_ops(ops, |op| op.set_aside = Some(*code)),
            Write::Joined { join_id, membership, answered } => {
                let home = Home::Project(membership.project.id);
                self.enter(membership.project.id);
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

    const fn go_to(&mut self, home: Home) {
        self.current = home;
        self.is_current_left = false;
    }

    fn enter(&mut self, project: ProjectId) {
        self.left.remove(&project);
        self.cursors.entry(project).or_default();
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

/// Wraps a change as only the latest app knows it.
pub(crate) fn as_later(item: &PullItem) -> PullItem {
    let id = item.record_id().map(|id| id.to_value());
    PullItem::Unknown(serde_json::json!({ LATER: { "id": id, "item": item.to_value() } }))
}
