//! What the phone knows of itself: its node, its clock, its place in the outbox, its current project.

use domain::{Clock, EntryEdit, NodeId, ProjectId, Record, RecordId, Stamp, Timestamp};
use sync::{Home, Op, OpId, OwnRecord};

use crate::StoreError;
use crate::records::read_all;
use crate::rows::Row;
use crate::schema::{META, OPS, RECORDS};
use crate::transaction::Transaction;

const PHONE: &str = "phone";

/// What the phone knows of itself; read and written inside the transaction that needs it.
#[derive(Clone, Debug)]
pub(crate) struct Phone {
    /// The device's part of its stamps: 16 hexadecimal digits.
    node: String,
    /// The newest stamp handed out.
    last_stamp: Option<Stamp>,
    /// The newest own stamp that the server has taken.
    pub(crate) confirmed: Option<Stamp>,
    /// The next place in the outbox.
    next_op: u64,
    /// By how many milliseconds the phone's clock is corrected.
    pub(crate) offset_ms: Option<i64>,
    /// The project that is shown, or the join that waits for one.
    pub(crate) current: Home,
    /// That project does not count this phone in any more: what is made now waits for another.
    pub(crate) is_current_left: bool,
}

domain::plain!(Phone { node, last_stamp, confirmed, next_op, offset_ms, current, is_current_left: or_default });

impl Phone {
    /// Reads what the phone knows of itself; a new phone takes `fresh_node` as its node.
    pub(crate) async fn read(transaction: &Transaction<'_>, fresh_node: u64) -> Result<Self, StoreError> {
        match transaction.get::<Row>(META, PHONE).await? {
            Some(row) => row.read(),
            None => Ok(Self {
                node: format!("{fresh_node:016x}"),
                last_stamp: None,
                confirmed: None,
                next_op: 1,
                offset_ms: None,
                current: Home::Unjoined,
                is_current_left: false,
            }),
        }
    }

    pub(crate) fn write(&self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        transaction.put(META, &Row::new(PHONE, "", self)?)
    }

    /// Returns the time corrected by the server's clock.
    pub(crate) fn corrected(&self, now: Timestamp) -> Timestamp {
        now.shifted(self.offset_ms.unwrap_or(0))
    }

    /// Returns what stands for this phone in its stamps.
    pub(crate) fn node(&self) -> NodeId {
        NodeId(u64::from_str_radix(&self.node, 16).unwrap_or_default())
    }

    /// Returns a stamp later than all before it, and later than all in `record`, which other devices may have written.
    pub(crate) fn tick_after(&mut self, record: &Record, now: Timestamp) -> Stamp {
        self.last_stamp = self.last_stamp.max(record.newest_stamp());
        self.tick(now)
    }

    /// Returns a stamp later than all before it.
    pub(crate) fn tick(&mut self, now: Timestamp) -> Stamp {
        let stamp = Clock::new(self.node(), self.last_stamp).tick(self.corrected(now));
        self.last_stamp = Some(stamp);
        stamp
    }

    /// Sets the clock back after stamps were corrected, so that the next one comes right after them.
    pub(crate) const fn set_last_stamp(&mut self, stamp: Option<Stamp>) {
        self.last_stamp = stamp;
    }

    /// Shows another project.
    pub(crate) const fn set_current(&mut self, home: Home) {
        self.current = home;
        self.is_current_left = false;
    }

    /// Returns where what is made now belongs.
    pub(crate) const fn home(&self) -> Home {
        if self.is_current_left { Home::Unjoined } else { self.current }
    }

    /// Returns the current project, once known.
    pub(crate) const fn project(&self) -> Option<ProjectId> {
        self.current.project()
    }

    /// Puts a write into the outbox and into the record on the phone: both or neither. Returns what is in the outbox.
    pub(crate) fn queue(
        &mut self,
        transaction: &Transaction<'_>,
        own: &mut OwnRecord,
        part: Record,
    ) -> Result<Op, StoreError> {
        own.record.merge(&part);
        put_own(transaction, own)?;
        let op = Op {
            id: OpId(self.next_op),
            home: own.home,
            record: part,
            offset_ms: self.offset_ms,
            is_attempted: false,
            set_aside: None,
        };
        self.next_op += 1;
        put_op(transaction, &op)?;
        Ok(op)
    }

    /// Makes a new own entry of an edit and queues it.
    pub(crate) fn queue_entry(
        &mut self,
        transaction: &Transaction<'_>,
        id: RecordId,
        edit: EntryEdit,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let part = edit.into_record(id, self.tick(now));
        self.queue_new(transaction, part)
    }

    /// Makes a new own record of its first write and queues it.
    pub(crate) fn queue_new(&mut self, transaction: &Transaction<'_>, part: Record) -> Result<(), StoreError> {
        let mut own = OwnRecord::new(part.id, &part.kind, self.home());
        self.queue(transaction, &mut own, part)?;
        Ok(())
    }
}

/// Returns the own records that belong there.
pub(crate) async fn own_of(transaction: &Transaction<'_>, home: Home) -> Result<Vec<OwnRecord>, StoreError> {
    read_all(&transaction.group::<Row>(RECORDS, &group_of(home)).await?)
}

pub(crate) fn put_own(transaction: &Transaction<'_>, own: &OwnRecord) -> Result<(), StoreError> {
    transaction.put(RECORDS, &own_row(own)?)
}

pub(crate) fn own_row(own: &OwnRecord) -> Result<Row, StoreError> {
    Row::new(own.record.id.to_string(), &group_of(own.home), own)
}

pub(crate) fn put_op(transaction: &Transaction<'_>, op: &Op) -> Result<(), StoreError> {
    transaction.put(OPS, &Row::new(op_key(op.id), &op.record.id.to_string(), op)?)
}

#[expect(clippy::cast_precision_loss, reason = "no phone makes 2^53 writes")]
pub(crate) const fn op_key(id: OpId) -> f64 {
    id.0 as f64
}

/// The group of records that belong together.
pub(crate) fn group_of(home: Home) -> String {
    match home {
        Home::Project(project) => project.to_string(),
        Home::Join(join) => format!("join/{join}"),
        Home::Unjoined => "unjoined".to_owned(),
    }
}
