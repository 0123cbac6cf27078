//! Photos and voice notes as bytes: own ones, and those fetched for what others made.

use domain::{Entry, MediaHash, RecordId};
use protocol::MediaSize;
use web_sys::Blob;

use crate::blob::blob_of;
use crate::rows::{FetchedRow, MediaRow, Row};
use crate::schema::{FETCHED, MEDIA, RECORDS, VIEWS};
use crate::transaction::Transaction;
use crate::views::group_of;
use crate::{Store, StoreError};

impl Store {
    /// Returns an own medium's bytes.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn own_photo(&self, sha256: MediaHash, size: MediaSize) -> Result<Option<Blob>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[MEDIA])?;
            let row: Option<MediaRow> = transaction.get(MEDIA, sha256.to_string()).await?;
            Ok(row.and_then(|row| match size {
                // What this phone recorded, it plays.
                MediaSize::Large | MediaSize::Played => blob_of(&row.large),
                MediaSize::Small => blob_of(&row.small),
            }))
        })
        .await
    }

    /// Returns a medium that was fetched for this record.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn fetched_photo(
        &self,
        record: RecordId,
        sha256: MediaHash,
        size: MediaSize,
    ) -> Result<Option<Blob>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[FETCHED])?;
            let row: Option<FetchedRow> = transaction.get(FETCHED, key(record, sha256, size)).await?;
            Ok(row.and_then(|row| blob_of(&row.bytes)))
        })
        .await
    }

    /// Returns a medium of this record, whether it was made here or fetched.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn photo(
        &self,
        record: RecordId,
        sha256: MediaHash,
        size: MediaSize,
    ) -> Result<Option<Blob>, StoreError> {
        match self.own_photo(sha256, size).await? {
            Some(own) => Ok(Some(own)),
            None => self.fetched_photo(record, sha256, size).await,
        }
    }

    /// Keeps a medium that was fetched for this record, if the phone still holds the record and it still shows the medium:
    /// an erasure that came in meanwhile wins.
    ///
    /// # Errors
    /// When the storage does not answer, or is full: then it is only shown, not kept.
    pub async fn keep_fetched(
        &self,
        record: RecordId,
        sha256: MediaHash,
        size: MediaSize,
        bytes: &Blob,
    ) -> Result<(), StoreError> {
        let bytes = self.form(bytes).await?;
        self.with(async |database| {
            let transaction = Transaction::write_relaxed(database, &[FETCHED, VIEWS, RECORDS])?;
            let is_shown = match transaction.get::<Row>(VIEWS, record.to_string()).await? {
                Some(row) => Entry::from_view(&row.read()?).media().iter().any(|(shown, _)| *shown == sha256),
                None => transaction.get::<Row>(RECORDS, record.to_string()).await?.is_some(),
            };
            if is_shown {
                let row =
                    FetchedRow { id: key(record, sha256, size), group: group_of(record, sha256), bytes: bytes.clone() };
                transaction.put(FETCHED, &row)?;
            }
            transaction.commit().await
        })
        .await
    }
}

fn key(record: RecordId, sha256: MediaHash, size: MediaSize) -> String {
    let size = match size {
        MediaSize::Large => "large",
        MediaSize::Small => "small",
        MediaSize::Played => "played",
    };
    format!("{}/{size}", group_of(record, sha256))
}
