//! A phone's disk: what `store` keeps in IndexedDB, as maps. A transaction is a copy that replaces the whole.

mod writes;

use std::collections::{BTreeMap, BTreeSet};

use domain::plain::Plain;
use domain::{
    Clock, Entry, EntryEdit, JoinId, Map, MediaHash, MemberId, NodeId, ProjectId, Record, RecordId, Stamp, Timestamp,
    View, stays_on_phone,
};
use protocol::{ErrorCode, PullItem};
use sync::{
    Cursors, Home, Op, OpId, OwnRecord, PendingJoin, Snapshot, Upload, Write, leaves, staying, to_queue, uploads_of,
};

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
    /// Who this phone is in each project, or was.
    names: BTreeMap<ProjectId, MemberId>,
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
            names: BTreeMap::new(),
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
            staying: staying(self.records.values()),
            uploads: self.pending().filter(|upload| !self.left.contains(&upload.project)).copied().collect(),
            is_replay_due: self.parked.values().any(|parked| parked.app != self.app),
            offset_ms: self.offset_ms,
            confirmed: self.confirmed,
        }
    }

    /// Returns the writes that are to leave the phone.
    pub(crate) fn leaving(&self) -> impl Iterator<Item = Op> {
        let (ops, staying) = (self.ops.values().cloned().collect::<Vec<_>>(), staying(self.records.values()));
        ops.clone().into_iter().filter(move |op| leaves(op, &ops, &staying))
    }

    /// Returns what the server does not hold as far as the phone knows.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &Upload> {
        self.pending.values().flatten()
    }

    /// Keeps a join until the server answers; one that a closed project refused keeps its id.
    pub(crate) fn queue_join(&mut self, mut join: PendingJoin, now: Timestamp) {
        let was_closed = |held: &&PendingJoin| held.code == join.code && held.refused == Some(ErrorCode::ProjectClosed);
        if let Some(closed) = self.joins.values().find(was_closed) {
            (join.join_id, join.consent.id) = (closed.join_id, closed.consent.id);
        }
        self.joins.retain(|_, held| held.refused.is_none());
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
        let before = own.record.clone();
        own.record.merge(&part);
        let part = to_queue(&before, &own.record, part);
        let home = own.home;
        self.touch(id);
        self.queue(home, part);
    }

    /// Erases an own entry.
    pub(crate) fn erase(&mut self, id: RecordId) {
        if let Some(own) = self.records.get_mut(&id) {
            if stays_on_phone(&own.record) {
                self.ops.retain(|_, op| op.record.id != id);
            }
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
}

/// Wraps a change as only the latest app knows it.
pub(crate) fn as_later(item: &PullItem) -> PullItem {
    let id = item.record_id().map(|id| id.to_value());
    PullItem::Unknown(serde_json::json!({ LATER: { "id": id, "item": item.to_value() } }))
}
