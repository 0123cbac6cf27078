//! What a backup holds, and putting back what it brings.

use domain::{MediaHash, ProjectId, Record, RecordId, Stamp, Timestamp, VoiceRef, stays_on_phone};
use protocol::{ErrorCode, MediumState};
use serde_json::Value;
use sync::{Home, Op, OpId, OwnRecord};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::drafts::ReadyPhoto;
use crate::members::read_memberships;
use crate::meta::{Phone, op_key, put_op, put_own};
use crate::records::{drop_media, hashes, is_entry, read_all, read_own};
use crate::rows::{MediaRow, Row};
use crate::schema::{MEDIA, MEMBERSHIPS, META, OPS, RECORDS, VIEWS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// What became of an entry that was put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutBack {
    /// It is an own entry again, and goes to the server like a new one.
    Added,
    /// It was here already, and got photos or a voice note back that neither the phone nor the server had.
    PhotosAdded,
    /// It was here already; nothing changed.
    Here,
    /// Its maker erased it, and that stays.
    Erased,
    /// Somebody else's, as the server says: it stays as it is.
    Anothers,
    /// It belongs to a project of which this phone is no member, while it is one of others.
    OtherProject,
}

impl Store {
    /// Returns all own entries, of every project, without those that were erased.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn entries_to_back_up(&self) -> Result<Vec<(Home, Record)>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[RECORDS])?;
            let owns: Vec<OwnRecord> = read_all(&transaction.all::<Row>(RECORDS).await?)?;
            Ok(owns.into_iter().filter(is_entry).map(|own| (own.home, own.record)).collect())
        })
        .await
    }

    /// Puts an entry of a backup back: record, outbox, photos and voice note in one transaction. It keeps its id, and its stamps where
    /// they are not ahead, so that what a server still knows of it merges with it instead of being overruled. What is here
    /// already stays as it is, so any number of times comes to the same.
    ///
    /// # Errors
    /// When the storage does not answer or is full; nothing was changed.
    pub async fn put_back(
        &self,
        project: Option<ProjectId>,
        record: &Record,
        photos: &[ReadyPhoto],
        voice: Option<(VoiceRef, Blob)>,
        now: Timestamp,
    ) -> Result<PutBack, StoreError> {
        let mut media = Vec::with_capacity(photos.len() + 1);
        if let Some((voice, bytes)) = &voice {
            let large = self.form(bytes).await?;
            media.push((voice.sha256, MediaRow { id: voice.sha256.to_string(), large, small: JsValue::UNDEFINED }));
        }
        for photo in photos {
            let (large, small) = (self.form(&photo.large).await?, self.form(&photo.small).await?);
            media.push((photo.photo.sha256, MediaRow { id: photo.photo.sha256.to_string(), large, small }));
        }
        self.with(async |database| {
            let stores = [META, MEMBERSHIPS, RECORDS, OPS, VIEWS, MEDIA];
            let transaction = Transaction::write(database, &stores)?;
            if let Some(own) = read_own(&transaction, record.id).await? {
                let done = add_photos(&transaction, own, &media).await?;
                transaction.commit().await?;
                return Ok(done);
            }
            if transaction.get::<Row>(VIEWS, record.id.to_string()).await?.is_some() {
                return Ok(PutBack::Anothers);
            }
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let Some(home) = home_of(&transaction, &phone, project).await? else { return Ok(PutBack::OtherProject) };
            let part = not_ahead(record, &mut phone, now);
            // It may have been sent before there was a backup of it.
            let is_attempted = part.newest_stamp() == record.newest_stamp();
            let mut own = OwnRecord::new(record.id, &record.kind, home);
            let op = phone.queue(&transaction, &mut own, part)?;
            put_op(&transaction, &Op { is_attempted, ..op })?;
            transaction.put(META, &Row::new(mark(record.id), "", &true)?)?;
            phone.write(&transaction)?;
            for (_, row) in &media {
                transaction.put(MEDIA, row)?;
            }
            transaction.commit().await?;
            Ok(PutBack::Added)
        })
        .await
    }
}

/// What says that an entry came from a backup, and that the server has not said whose it is.
fn mark(id: RecordId) -> String {
    format!("put_back/{id}")
}

/// The server took a write of this record: it is this member's.
pub(crate) fn own_for_good(transaction: &Transaction<'_>, id: RecordId) -> Result<(), StoreError> {
    transaction.delete(META, mark(id))
}

/// The server holds the records of these writes under another member. Those that a backup brought go: the file still has
/// them, and their view comes with the next pull. What was made here stays, whatever anybody says.
pub(crate) async fn drop_anothers(transaction: &Transaction<'_>, ops: &[OpId]) -> Result<(), StoreError> {
    for op in ops {
        let Some(row) = transaction.get::<Row>(OPS, op_key(*op)).await? else { continue };
        let id = row.read::<Op>()?.record.id;
        if transaction.get::<Row>(META, mark(id)).await?.is_none() {
            continue;
        }
        for row in transaction.group::<Row>(OPS, &id.to_string()).await? {
            transaction.delete(OPS, row.id)?;
        }
        if let Some(own) = read_own(transaction, id).await? {
            drop_media(transaction, &hashes(&own.record), Some(id)).await?;
        }
        transaction.delete(RECORDS, id.to_string())?;
        transaction.delete(META, mark(id))?;
    }
    Ok(())
}

/// Gives an entry that is here the media that are nowhere any more: neither here nor, as far as it said, at the server.
async fn add_photos(
    transaction: &Transaction<'_>,
    mut own: OwnRecord,
    media: &[(MediaHash, MediaRow)],
) -> Result<PutBack, StoreError> {
    if own.record.erased {
        return Ok(PutBack::Erased);
    }
    let mut done = PutBack::Here;
    for named in hashes(&own.record) {
        let Some((sha256, row)) = media.iter().find(|(sha256, _)| *sha256 == named) else { continue };
        // Of what stays on the phone the server has emptied its copy.
        let is_held = !stays_on_phone(&own.record) && own.media.get(sha256).is_some_and(|state| state.is_held());
        if is_held || transaction.get::<MediaRow>(MEDIA, sha256.to_string()).await?.is_some() {
            continue;
        }
        transaction.put(MEDIA, row)?;
        // It was set aside for want of bytes.
        own.media.retain(|held, state| held != sha256 || *state != MediumState::SetAside { code: ErrorCode::NotFound });
        done = PutBack::PhotosAdded;
    }
    if done == PutBack::PhotosAdded {
        put_own(transaction, &own)?;
    }
    Ok(done)
}

/// Says where an entry belongs on this phone. One of another neighbourhood never goes to the current one by itself: there
/// others would see it.
async fn home_of(
    transaction: &Transaction<'_>,
    phone: &Phone,
    project: Option<ProjectId>,
) -> Result<Option<Home>, StoreError> {
    let Some(project) = project else { return Ok(Some(phone.current)) };
    let joined = read_memberships(transaction).await?;
    if joined.iter().any(|stored| stored.membership.project.id == project) {
        return Ok(Some(Home::Project(project)));
    }
    Ok(joined.is_empty().then_some(phone.current))
}

/// Returns the record with nothing in it later than now: stamps ahead come from a clock that was wrong, or from nobody
/// who means well, and would win for ever.
fn not_ahead(record: &Record, phone: &mut Phone, now: Timestamp) -> Record {
    let mut record = record.clone();
    let latest = phone.corrected(now);
    if record.newest_stamp().is_some_and(|stamp| stamp.at > latest) {
        let tick = phone.tick(now);
        record.restamp(&|stamp: Stamp| if stamp.at > latest { tick } else { stamp });
    }
    if let Some(domain::FieldState::Last { value, .. }) = record.fields.get_mut("made_ms")
        && value.as_u64().is_some_and(|made| made > latest.ms())
    {
        *value = Value::from(latest.ms());
    }
    record
}
