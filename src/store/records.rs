//! Own records: listing, changing, erasing.

use domain::{
    Audience, Entry, EntryEdit, FieldState, KIND_ENTRY, MediaHash, Record, RecordId, Timestamp, keeps_copy,
    stays_on_phone,
};
use protocol::ErrorCode;
use sync::{Home, Op, OwnRecord};

use crate::drafts::drafted;
use crate::meta::{Phone, group_of, put_op, put_own};
use crate::rows::{MediaRow, Row};
use crate::schema::{DRAFT_PHOTOS, DRAFTS, MEDIA, META, OPS, RECORDS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// An own entry with what the outbox says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredEntry {
    /// The record.
    pub own: OwnRecord,
    /// The outbox holds a write of it that is to leave the phone.
    pub words_wait: bool,
    /// Why a write of it was set aside.
    pub set_aside: Option<ErrorCode>,
}

impl StoredEntry {
    /// Returns when it was saved; its photo may be years older.
    pub fn saved(&self) -> Timestamp {
        let stamps = self.own.record.fields.get("made_ms").map(FieldState::stamps);
        stamps.and_then(|stamps| Some(stamps.first()?.at)).unwrap_or_default()
    }
}

/// What the server has not received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Entries whose words or photos it does not hold.
    pub entries: u32,
    /// Photos.
    pub photos: u32,
    /// When the oldest of these entries was saved.
    pub oldest: Option<Timestamp>,
    /// The project that is shown does not count this phone in any more.
    pub is_current_left: bool,
}

impl Store {
    /// Returns own entries of the current project, and those that have none yet; erased ones are left out.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn own_entries(&self) -> Result<Vec<StoredEntry>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, RECORDS, OPS])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let mut rows: Vec<Row> = transaction.group(RECORDS, &group_of(phone.current)).await?;
            if phone.current != Home::Unjoined {
                rows.extend(transaction.group::<Row>(RECORDS, &group_of(Home::Unjoined)).await?);
            }
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let owns: Vec<OwnRecord> = read_all(&rows)?;
            Ok(owns.into_iter().filter(is_entry).map(|own| stored(own, &ops)).collect())
        })
        .await
    }

    /// Returns one own entry.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn own_entry(&self, id: RecordId) -> Result<Option<StoredEntry>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[RECORDS, OPS])?;
            let Some(own) = read_own(&transaction, id).await? else { return Ok(None) };
            let ops: Vec<Op> = read_all(&transaction.group::<Row>(OPS, &id.to_string()).await?)?;
            Ok((!own.record.erased).then(|| stored(own, &ops)))
        })
        .await
    }

    /// Returns what the server has not received of own entries, those of other projects and of none too.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn unsent(&self) -> Result<Unsent, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, RECORDS, OPS])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let owns: Vec<OwnRecord> = read_all(&transaction.all::<Row>(RECORDS).await?)?;
            let mut unsent = Unsent { is_current_left: phone.is_current_left, ..Unsent::default() };
            for own in owns.into_iter().filter(is_entry) {
                let entry = stored(own, &ops);
                let progress = sync::progress(&entry.own, entry.words_wait);
                if !progress.is_done() {
                    unsent.entries += 1;
                    unsent.photos += progress.photos_missing;
                    let saved = entry.saved();
                    unsent.oldest = Some(unsent.oldest.map_or(saved, |oldest| oldest.min(saved)));
                }
            }
            Ok(unsent)
        })
        .await
    }

    /// Changes an own entry: the record and the outbox in one transaction. Media that it names no more are dropped. `false` when there is no such entry. Who may see it is
    /// changed by [`Store::show_entry`], in a write of its own.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was changed.
    pub async fn edit_entry(&self, id: RecordId, edit: EntryEdit, now: Timestamp) -> Result<bool, StoreError> {
        self.with(async |database| {
            let stores = [META, RECORDS, OPS, MEDIA, DRAFTS, DRAFT_PHOTOS];
            let transaction = Transaction::write(database, &stores)?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let Some(mut own) = read_own(&transaction, id).await?.filter(|own| !own.record.erased) else {
                return Ok(false);
            };
            let before = hashes(&own.record);
            let mut edit = edit.clone();
            edit.themes_before = Entry::from_record(&own.record).themes;
            let part = edit.into_record(id, phone.tick_after(&own.record, now));
            phone.queue(&transaction, &mut own, part)?;
            phone.write(&transaction)?;
            let after = hashes(&own.record);
            let gone: Vec<_> = before.into_iter().filter(|sha256| !after.contains(sha256)).collect();
            drop_media(&transaction, &gone, None).await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Changes who may see an own entry, and whether the server keeps a copy of one that is for its maker alone. `false` when there
    /// is no such entry. One that is to stay on this phone while its photos are on the server alone, has its copy kept there.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was changed.
    pub async fn show_entry(
        &self,
        id: RecordId,
        audience: Audience,
        keep_copy: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META, RECORDS, OPS, MEDIA])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let Some(mut own) = read_own(&transaction, id).await?.filter(|own| !own.record.erased) else {
                return Ok(false);
            };
            let entry = Entry::from_record(&own.record);
            let is_to_stay = audience == Audience::OnlyMe && !keep_copy && !stays_on_phone(&own.record);
            let keep_copy = keep_copy || is_to_stay && !holds(&transaction, &entry).await?;
            let keep_copy = (keep_copy != keeps_copy(&own.record)).then_some(keep_copy);
            let edit = EntryEdit { audience: Some(audience), keep_copy, ..EntryEdit::default() };
            let part = edit.into_record(id, phone.tick_after(&own.record, now));
            let mut after = own.record.clone();
            after.merge(&part);
            let part = sync::to_queue(&own.record, &after, part);
            phone.queue(&transaction, &mut own, part)?;
            phone.write(&transaction)?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Erases an own entry and its photos on this phone, and queues the erasure for everyone else.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was erased.
    pub async fn erase_entry(&self, id: RecordId) -> Result<bool, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META, RECORDS, OPS, MEDIA, DRAFT_PHOTOS])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let Some(mut own) = read_own(&transaction, id).await? else { return Ok(false) };
            drop_media(&transaction, &hashes(&own.record), Some(id)).await?;
            if stays_on_phone(&own.record) {
                // Nothing holds its words back once they are erased.
                for row in transaction.group::<Row>(OPS, &id.to_string()).await? {
                    transaction.delete(OPS, row.id)?;
                }
            }
            let part = Record::erasure(id, &own.record.kind);
            phone.queue(&transaction, &mut own, part)?;
            phone.write(&transaction)?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Lets what was set aside of an own entry be sent again.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn retry_entry(&self, id: RecordId) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[RECORDS, OPS])?;
            for mut op in read_all::<Op>(&transaction.group::<Row>(OPS, &id.to_string()).await?)? {
                if op.set_aside.take().is_some() {
                    put_op(&transaction, &op)?;
                }
            }
            if let Some(mut own) = read_own(&transaction, id).await? {
                sync::retry_media(&mut own);
                put_own(&transaction, &own)?;
            }
            transaction.commit().await
        })
        .await
    }
}

/// Says whether the phone holds the media of an entry as they were sent.
async fn holds(transaction: &Transaction<'_>, entry: &Entry) -> Result<bool, StoreError> {
    for (sha256, _) in entry.media() {
        let row: Option<MediaRow> = transaction.get(MEDIA, sha256.to_string()).await?;
        if row.is_none_or(|row| row.large.is_undefined()) {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(crate) async fn read_own(transaction: &Transaction<'_>, id: RecordId) -> Result<Option<OwnRecord>, StoreError> {
    transaction.get::<Row>(RECORDS, id.to_string()).await?.map(|row| row.read()).transpose()
}

/// Says whether it is an entry that was not erased.
pub(crate) fn is_entry(own: &OwnRecord) -> bool {
    own.record.kind == KIND_ENTRY && !own.record.erased
}

pub(crate) fn read_all<T: serde::de::DeserializeOwned>(rows: &[Row]) -> Result<Vec<T>, StoreError> {
    rows.iter().map(Row::read).collect()
}

/// Returns the hashes of the media that an own record names.
pub(crate) fn hashes(record: &Record) -> Vec<MediaHash> {
    Entry::from_record(record).media().into_iter().map(|(sha256, _)| sha256).collect()
}

/// Drops the bytes of media, except those that a draft shows, or an own record other than `but`.
pub(crate) async fn drop_media(
    transaction: &Transaction<'_>,
    media: &[MediaHash],
    but: Option<RecordId>,
) -> Result<(), StoreError> {
    if media.is_empty() {
        return Ok(());
    }
    let mut shown = drafted(transaction).await?;
    for own in read_all::<OwnRecord>(&transaction.all::<Row>(RECORDS).await?)? {
        if Some(own.record.id) != but {
            shown.extend(hashes(&own.record));
        }
    }
    for sha256 in media.iter().filter(|sha256| !shown.contains(sha256)) {
        transaction.delete(MEDIA, sha256.to_string())?;
    }
    Ok(())
}

pub(crate) fn stored(own: OwnRecord, ops: &[Op]) -> StoredEntry {
    let words_wait = sync::words_wait(&own, ops);
    let set_aside = ops.iter().filter(|op| op.record.id == own.record.id).find_map(|op| op.set_aside);
    StoredEntry { own, words_wait, set_aside }
}
