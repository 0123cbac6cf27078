//! A phone that was shut out: what it keeps is what nobody else has.

use sync::{Cursors, Home, Op, OwnRecord, PendingJoin};

use crate::StoreError;
use crate::members::{put_membership, read_memberships};
use crate::meta::Phone;
use crate::records::{drop_media, hashes, read_all, stored};
use crate::rows::{FetchedRow, Row};
use crate::schema::{FETCHED, JOINS, OPS, PARKED, RECORDS, VIEWS};
use crate::syncing::set_cursors;
use crate::transaction::Transaction;

/// Leaves every project, and drops what others made and what the server has received. What it has not received stays with
/// its photos, and so do joins that it has not answered: one that it has would bring nothing back.
pub(crate) async fn shut_out(transaction: &Transaction<'_>, phone: &mut Phone) -> Result<(), StoreError> {
    for mut stored in read_memberships(transaction).await? {
        stored.is_left = true;
        set_cursors(&mut stored, &Cursors::default());
        put_membership(transaction, &stored)?;
    }
    phone.is_current_left |= matches!(phone.current, Home::Project(_));
    for store in [VIEWS, PARKED] {
        for row in transaction.all::<Row>(store).await? {
            transaction.delete(store, row.id)?;
        }
    }
    for row in transaction.all::<FetchedRow>(FETCHED).await? {
        transaction.delete(FETCHED, row.id)?;
    }
    for join in read_all::<PendingJoin>(&transaction.all::<Row>(JOINS).await?)? {
        if join.answered.is_some() {
            transaction.delete(JOINS, join.join_id.to_string())?;
        }
    }
    let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
    for own in read_all::<OwnRecord>(&transaction.all::<Row>(RECORDS).await?)? {
        let entry = stored(own, &ops);
        if sync::progress(&entry.own, entry.words_wait).is_received() {
            let record = entry.own.record;
            drop_media(transaction, &hashes(&record), Some(record.id)).await?;
            transaction.delete(RECORDS, record.id.to_string())?;
        }
    }
    Ok(())
}
