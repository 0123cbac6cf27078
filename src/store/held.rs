//! Own records and writes that wait, as the server's answers need them: one by one, or all in one go where an answer is about
//! many. Each question to the database takes as long as reading a hundred rows.

use domain::{Map, RecordId};
use sync::{Op, OpId, OwnRecord, Write};

use crate::StoreError;
use crate::meta::{op_key, own_row, put_op};
use crate::records::{read_all, read_own};
use crate::rows::Row;
use crate::schema::{OPS, RECORDS};
use crate::transaction::Transaction;

/// Fewer rows than these are read one by one.
const MANY: usize = 8;

/// Rows of one transaction.
pub(crate) struct Held<'a> {
    transaction: &'a Transaction<'a>,
    /// What the transaction holds by now, where all was read.
    all: Option<All>,
}

struct All {
    owns: Map<String, Row>,
    ops: Map<OpId, Op>,
}

impl<'a> Held<'a> {
    /// Reads what these writes will need, if it is much and nothing but answers changes it.
    pub(crate) async fn read(transaction: &'a Transaction<'a>, writes: &[Write]) -> Result<Self, StoreError> {
        let mut rows = Some(0);
        for write in writes {
            let needed = match write {
                Write::Attempted(ids) => Some(ids.len()),
                Write::Confirmed { ops, .. } => Some(ops.len() + 1),
                Write::Medium { records, .. } => Some(records.len()),
                Write::Offset(_)
                | Write::Memberships(_)
                | Write::Left(_)
                | Write::ShutOut
                | Write::Restamped { .. }
                | Write::SetAside { .. }
                | Write::Replay
                | Write::Joined { .. }
                | Write::JoinForgotten(_)
                | Write::JoinRefused { .. }
                | Write::Pulled { .. } => None,
            };
            rows = rows.zip(needed).map(|(rows, needed)| rows + needed);
        }
        let mut held = Self { transaction, all: None };
        if rows.is_some_and(|rows| rows >= MANY) {
            let key = |row: Row| (row.id.as_string().unwrap_or_default(), row);
            let owns = transaction.all::<Row>(RECORDS).await?.into_iter().map(key).collect();
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            held.all = Some(All { owns, ops: ops.into_iter().map(|op| (op.id, op)).collect() });
        }
        Ok(held)
    }

    /// Returns an own record.
    pub(crate) async fn own(&self, id: RecordId) -> Result<Option<OwnRecord>, StoreError> {
        match &self.all {
            Some(all) => all.owns.get(&id.to_string()).map(Row::read).transpose(),
            None => read_own(self.transaction, id).await,
        }
    }

    /// Returns a write that waits.
    pub(crate) async fn op(&self, id: OpId) -> Result<Option<Op>, StoreError> {
        match &self.all {
            Some(all) => Ok(all.ops.get(&id).cloned()),
            None => self.transaction.get::<Row>(OPS, op_key(id)).await?.map(|row| row.read()).transpose(),
        }
    }

    /// Puts an own record.
    pub(crate) fn put_own(&mut self, own: &OwnRecord) -> Result<(), StoreError> {
        let row = own_row(own)?;
        self.transaction.put(RECORDS, &row)?;
        if let Some(all) = &mut self.all {
            all.owns.insert(own.record.id.to_string(), row);
        }
        Ok(())
    }

    /// Puts a write that waits.
    pub(crate) fn put_op(&mut self, op: &Op) -> Result<(), StoreError> {
        if let Some(all) = &mut self.all {
            all.ops.insert(op.id, op.clone());
        }
        put_op(self.transaction, op)
    }
}
