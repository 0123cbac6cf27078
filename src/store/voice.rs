//! The recording of a draft: its pieces go to disk as they come, so that a browser that is killed keeps what was recorded.

use domain::{RecordId, VoiceRef};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use crate::blob::blob_of;
use crate::drafts::DraftBody;
use crate::rows::{FetchedRow, MediaRow, Row};
use crate::schema::{DRAFTS, MEDIA, RECORDINGS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

impl Store {
    /// Keeps a piece of a draft's recording; the first, number 0, begins it anew. `false`: there is no such draft (any more).
    ///
    /// # Errors
    /// When the storage does not answer or is full.
    pub async fn add_recorded(&self, draft: RecordId, number: u32, piece: &Blob) -> Result<bool, StoreError> {
        let bytes = self.form(piece).await?;
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS, RECORDINGS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, draft.to_string()).await? else { return Ok(false) };
            if number == 0 {
                drop_recording(&transaction, draft).await?;
                write_voice(&transaction, row.read()?, None)?;
            }
            // Key order is the order of the pieces.
            let id = format!("{draft}/{number:08}");
            transaction.put(RECORDINGS, &FetchedRow { id, group: draft.to_string(), bytes: bytes.clone() })?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Returns what was recorded for a draft, ready or not.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn recorded(&self, draft: RecordId) -> Result<Option<Blob>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[DRAFTS, RECORDINGS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, draft.to_string()).await? else { return Ok(None) };
            let voice = row.read::<DraftBody>()?.voice;
            Ok(joined(&transaction.group(RECORDINGS, &draft.to_string()).await?, voice))
        })
        .await
    }

    /// Says that a draft's recording is ready, and what it is: it takes the place of the pieces. `false`: there is no such draft (any
    /// more).
    ///
    /// # Errors
    /// When the storage does not answer or is full; the pieces stay.
    pub async fn end_recorded(&self, draft: RecordId, voice: VoiceRef, whole: &Blob) -> Result<bool, StoreError> {
        let bytes = self.form(whole).await?;
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS, RECORDINGS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, draft.to_string()).await? else { return Ok(false) };
            drop_recording(&transaction, draft).await?;
            let row_of_all =
                FetchedRow { id: format!("{draft}/{:08}", 0), group: draft.to_string(), bytes: bytes.clone() };
            transaction.put(RECORDINGS, &row_of_all)?;
            write_voice(&transaction, row.read()?, Some(voice))?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Throws a draft's recording away.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn drop_recorded(&self, draft: RecordId) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS, RECORDINGS])?;
            drop_recording(&transaction, draft).await?;
            if let Some(row) = transaction.get::<Row>(DRAFTS, draft.to_string()).await? {
                write_voice(&transaction, row.read()?, None)?;
            }
            transaction.commit().await
        })
        .await
    }
}

fn write_voice(transaction: &Transaction<'_>, body: DraftBody, voice: Option<VoiceRef>) -> Result<(), StoreError> {
    let body = DraftBody { voice, ..body };
    transaction.put(DRAFTS, &Row::new(body.id.to_string(), "", &body)?)
}

/// Says whether a draft's recording was begun and is not ready.
pub(crate) async fn is_recording(transaction: &Transaction<'_>, body: &DraftBody) -> Result<bool, StoreError> {
    Ok(body.voice.is_none() && !transaction.group::<FetchedRow>(RECORDINGS, &body.id.to_string()).await?.is_empty())
}

/// Drops what was recorded for a draft.
pub(crate) async fn drop_recording(transaction: &Transaction<'_>, draft: RecordId) -> Result<(), StoreError> {
    for row in transaction.group::<FetchedRow>(RECORDINGS, &draft.to_string()).await? {
        transaction.delete(RECORDINGS, row.id)?;
    }
    Ok(())
}

/// Moves a recording that is ready to where the media of entries are.
pub(crate) async fn move_recording(
    transaction: &Transaction<'_>,
    draft: RecordId,
    voice: VoiceRef,
) -> Result<(), StoreError> {
    for row in transaction.group::<FetchedRow>(RECORDINGS, &draft.to_string()).await? {
        let medium = MediaRow { id: voice.sha256.to_string(), large: row.bytes, small: JsValue::UNDEFINED };
        transaction.put(MEDIA, &medium)?;
        transaction.delete(RECORDINGS, row.id)?;
    }
    Ok(())
}

/// Puts pieces together; `None` where there are none.
fn joined(rows: &[FetchedRow], voice: Option<VoiceRef>) -> Option<Blob> {
    let pieces: Vec<Blob> = rows.iter().filter_map(|row| blob_of(&row.bytes)).collect();
    let first = pieces.first()?;
    let options = BlobPropertyBag::new();
    options.set_type(&voice.map_or_else(|| first.type_(), |voice| voice.kind.content_type().to_owned()));
    Blob::new_with_blob_sequence_and_options(&pieces.iter().collect::<Array>(), &options).ok()
}
