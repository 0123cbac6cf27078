//! Making room when the phone is full. What the server has not received is never touched.

use domain::{Entry, Set};
use indexed_db_futures::database::Database;
use sync::{Op, OwnRecord};
use wasm_bindgen::JsValue;

use crate::StoreError;
use crate::records::{read_all, stored};
use crate::rows::{FetchedRow, MediaRow, Row};
use crate::schema::{FETCHED, MEDIA, OPS, RECORDS};
use crate::transaction::Transaction;

/// What goes first, and what goes next.
pub(crate) const STEPS: [Room; 2] = [Room::Fetched, Room::Originals];

/// What makes room.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Room {
    /// Photos of others: they can be fetched again.
    Fetched,
    /// Large pictures of own entries that the server has received whole: they can be fetched again too, and the small ones stay.
    Originals,
}

/// Makes room.
pub(crate) async fn make(database: &Database, what: Room) -> Result<(), StoreError> {
    match what {
        Room::Fetched => {
            let transaction = Transaction::write(database, &[FETCHED])?;
            for row in transaction.all::<FetchedRow>(FETCHED).await? {
                transaction.delete(FETCHED, row.id)?;
            }
            transaction.commit().await
        }
        Room::Originals => {
            let transaction = Transaction::write(database, &[RECORDS, OPS, MEDIA])?;
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let owns: Vec<OwnRecord> = read_all(&transaction.all::<Row>(RECORDS).await?)?;
            let (mut received, mut unsent) = (Set::new(), Set::new());
            for own in owns {
                let entry = stored(own, &ops);
                let is_received = sync::progress(&entry.own, entry.words_wait).is_received();
                let photos = Entry::from_record(&entry.own.record).photos;
                let of = if is_received { &mut received } else { &mut unsent };
                for photo in photos {
                    of.insert(photo.sha256);
                }
            }
            for sha256 in received.iter().filter(|sha256| !unsent.contains(sha256)) {
                if let Some(row) = transaction.get::<MediaRow>(MEDIA, sha256.to_string()).await? {
                    transaction.put(MEDIA, &MediaRow { large: JsValue::UNDEFINED, ..row })?;
                }
            }
            transaction.commit().await
        }
    }
}
