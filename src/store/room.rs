//! Making room when the phone is full. What the server has not received is never touched.

use domain::Set;
use sync::{Op, OwnRecord};
use wasm_bindgen::JsValue;

use crate::drafts::drafted;
use crate::records::{hashes, read_all, stored};
use crate::rows::{FetchedRow, MediaRow, Row};
use crate::schema::{DRAFT_PHOTOS, FETCHED, MEDIA, OPS, RECORDS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

impl Store {
    /// Gives up what can be fetched again: media of others, and large pictures and voice notes of own entries that the server has received
    /// whole and no draft shows; of those the small pictures stay.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was given up.
    pub async fn make_room(&self) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[FETCHED, RECORDS, OPS, MEDIA, DRAFT_PHOTOS])?;
            for row in transaction.all::<FetchedRow>(FETCHED).await? {
                transaction.delete(FETCHED, row.id)?;
            }
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let owns: Vec<OwnRecord> = read_all(&transaction.all::<Row>(RECORDS).await?)?;
            let (mut received, mut unsent) = (Set::new(), Set::new());
            for own in owns {
                let entry = stored(own, &ops);
                let is_received = sync::progress(&entry.own, entry.words_wait).is_received();
                let of = if is_received { &mut received } else { &mut unsent };
                for sha256 in hashes(&entry.own.record) {
                    of.insert(sha256);
                }
            }
            for sha256 in drafted(&transaction).await? {
                unsent.insert(sha256);
            }
            for sha256 in received.iter().filter(|sha256| !unsent.contains(sha256)) {
                if let Some(row) = transaction.get::<MediaRow>(MEDIA, sha256.to_string()).await? {
                    transaction.put(MEDIA, &MediaRow { large: JsValue::UNDEFINED, ..row })?;
                }
            }
            transaction.commit().await
        })
        .await
    }
}
