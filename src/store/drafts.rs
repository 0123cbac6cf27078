//! Drafts: on disk from the first byte, one row for the words and one per photo.

use domain::plain::{Plain, Value, read_variant, variant};
use domain::{EntryEdit, PhotoRef, RecordId, Theme, Timestamp, Valence};
use media::PhotoProblem;
use web_sys::Blob;

use crate::blob::blob_of;
use crate::meta::Phone;
use crate::records::read_all;
use crate::rows::{DraftPhotoRow, MediaRow, Row};
use crate::schema::{DRAFT_PHOTOS, DRAFTS, MEDIA, META, OPS, RECORDS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// A draft's words.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftBody {
    /// Becomes the entry's id.
    pub id: RecordId,
    /// When it was begun, by the phone's clock.
    pub begun: Timestamp,
    /// What the maker feels.
    pub valence: Option<Valence>,
    /// Keys of themes.
    pub themes: Vec<String>,
    /// The maker's words.
    pub story: String,
    /// Saving was asked for while a photo was being made ready: it is done as soon as it can be.
    pub save_asked: bool,
}

domain::plain!(DraftBody { id, begun, valence, themes: or_default, story: or_default, save_asked: or_default });

impl DraftBody {
    /// Makes an empty draft.
    pub const fn new(id: RecordId, begun: Timestamp) -> Self {
        Self { id, begun, valence: None, themes: Vec::new(), story: String::new(), save_asked: false }
    }
}

/// A draft's photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoBody {
    /// Its name within this phone.
    pub id: RecordId,
    /// How far it is.
    pub stage: PhotoStage,
}

domain::plain!(PhotoBody { id, stage });

/// How far a draft's photo is.
#[derive(Clone, Debug, PartialEq)]
pub enum PhotoStage {
    /// The file as it was chosen.
    Waiting,
    /// Upright, downsized, without metadata.
    Ready(PhotoRef),
    /// Cannot be used: the key of a [`PhotoProblem`].
    Refused(String),
}

impl Plain for PhotoStage {
    fn to_value(&self) -> Value {
        match self {
            Self::Waiting => "waiting".into(),
            Self::Ready(photo) => variant("ready", photo.to_value()),
            Self::Refused(key) => variant("refused", key.to_value()),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match read_variant(value)? {
            ("waiting", _) => Some(Self::Waiting),
            ("ready", photo) => Plain::from_value(photo).map(Self::Ready),
            ("refused", key) => Plain::from_value(key).map(Self::Refused),
            _ => None,
        }
    }
}

domain::serde_by_plain!(PhotoStage);

/// What was made of a photo.
#[derive(Clone, Debug)]
pub struct ReadyPhoto {
    /// Hash and size of the large picture.
    pub photo: PhotoRef,
    /// The large picture.
    pub large: Blob,
    /// The small picture.
    pub small: Blob,
}

/// A change of a draft's photo.
#[derive(Clone, Debug)]
pub enum PhotoWrite {
    /// It is ready: the chosen file goes, its pictures take its place.
    Ready(ReadyPhoto),
    /// It cannot be used: the chosen file goes.
    Refused(PhotoProblem),
    /// Its maker took it out.
    Removed,
}

/// A draft with its photos, in order of choosing.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDraft {
    /// The words.
    pub body: DraftBody,
    /// The photos.
    pub photos: Vec<PhotoBody>,
}

impl Store {
    /// Begins or goes on with a draft: its photos are on disk when this returns. Ids of photos grow with the order of
    /// choosing. `fresh` is written where there is no such draft yet.
    ///
    /// # Errors
    /// When the storage does not answer or is full; nothing was kept.
    pub async fn add_draft_photos(&self, fresh: DraftBody, files: &[(RecordId, Blob)]) -> Result<(), StoreError> {
        let mut rows = Vec::with_capacity(files.len());
        for (id, file) in files {
            let body = serde_json::to_string(&PhotoBody { id: *id, stage: PhotoStage::Waiting })?;
            rows.push(DraftPhotoRow {
                id: id.to_string(),
                group: fresh.id.to_string(),
                body,
                large: self.form(file).await?,
                small: wasm_bindgen::JsValue::UNDEFINED,
            });
        }
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS, DRAFT_PHOTOS])?;
            if transaction.get::<Row>(DRAFTS, fresh.id.to_string()).await?.is_none() {
                transaction.put(DRAFTS, &Row::new(fresh.id.to_string(), "", &fresh)?)?;
            }
            for row in &rows {
                transaction.put(DRAFT_PHOTOS, row)?;
            }
            transaction.commit().await
        })
        .await
    }

    /// Changes a draft's words; `false` when there is no such draft.
    ///
    /// # Errors
    /// When the storage does not answer or is full.
    pub async fn change_draft(&self, id: RecordId, change: &dyn Fn(&mut DraftBody)) -> Result<bool, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else { return Ok(false) };
            let mut body: DraftBody = row.read()?;
            change(&mut body);
            transaction.put(DRAFTS, &Row::new(id.to_string(), "", &body)?)?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// Changes a draft's photo, if it is still there.
    ///
    /// # Errors
    /// When the storage does not answer or is full; the photo is as it was.
    pub async fn write_draft_photo(&self, id: RecordId, write: PhotoWrite) -> Result<(), StoreError> {
        let (stage, large, small) = match write {
            PhotoWrite::Ready(ready) => {
                (Some(PhotoStage::Ready(ready.photo)), self.form(&ready.large).await?, self.form(&ready.small).await?)
            }
            PhotoWrite::Refused(problem) => (
                Some(PhotoStage::Refused(problem.key().to_owned())),
                wasm_bindgen::JsValue::UNDEFINED,
                wasm_bindgen::JsValue::UNDEFINED,
            ),
            PhotoWrite::Removed => (None, wasm_bindgen::JsValue::UNDEFINED, wasm_bindgen::JsValue::UNDEFINED),
        };
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFT_PHOTOS])?;
            let held: Option<DraftPhotoRow> = transaction.get(DRAFT_PHOTOS, id.to_string()).await?;
            match (held, &stage) {
                (Some(row), Some(stage)) => {
                    let body = serde_json::to_string(&PhotoBody { id, stage: stage.clone() })?;
                    let row = DraftPhotoRow { body, large: large.clone(), small: small.clone(), ..row };
                    transaction.put(DRAFT_PHOTOS, &row)?;
                }
                (Some(row), None) => transaction.delete(DRAFT_PHOTOS, row.id)?,
                (None, _) => {}
            }
            transaction.commit().await
        })
        .await
    }

    /// Returns a draft.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn draft(&self, id: RecordId) -> Result<Option<StoredDraft>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[DRAFTS, DRAFT_PHOTOS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else { return Ok(None) };
            let photos = read_photos(&transaction, id).await?.into_iter().map(|(_, body)| body).collect();
            Ok(Some(StoredDraft { body: row.read()?, photos }))
        })
        .await
    }

    /// Returns all drafts, newest first.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn drafts(&self) -> Result<Vec<StoredDraft>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[DRAFTS, DRAFT_PHOTOS])?;
            let bodies: Vec<DraftBody> = read_all(&transaction.all::<Row>(DRAFTS).await?)?;
            let mut drafts = Vec::with_capacity(bodies.len());
            // Ids are made by time, so key order is the order of beginning.
            for body in bodies.into_iter().rev() {
                let photos = read_photos(&transaction, body.id).await?.into_iter().map(|(_, photo)| photo).collect();
                drafts.push(StoredDraft { body, photos });
            }
            Ok(drafts)
        })
        .await
    }

    /// Returns a draft photo's bytes to look at: the small picture when ready, else the file as chosen.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn draft_photo(&self, id: RecordId) -> Result<Option<Blob>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[DRAFT_PHOTOS])?;
            let row: Option<DraftPhotoRow> = transaction.get(DRAFT_PHOTOS, id.to_string()).await?;
            Ok(row.and_then(|row| blob_of(&row.small).or_else(|| blob_of(&row.large))))
        })
        .await
    }

    /// Throws a draft away, with its photos.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn discard_draft(&self, id: RecordId) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS, DRAFT_PHOTOS])?;
            drop_draft(&transaction, id).await?;
            transaction.commit().await
        })
        .await
    }

    /// Makes an entry of a draft: record, outbox and photos appear and the draft goes, in one transaction. Returns when
    /// the browser said it is complete; `false` when there is no such draft, or none of its photos is ready.
    ///
    /// # Errors
    /// When the storage does not answer or is full; the draft stays as it was.
    pub async fn save_draft(&self, id: RecordId, now: Timestamp) -> Result<bool, StoreError> {
        self.with(async |database| {
            let stores = [META, RECORDS, OPS, MEDIA, DRAFTS, DRAFT_PHOTOS];
            let transaction = Transaction::write(database, &stores)?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else { return Ok(false) };
            let body: DraftBody = row.read()?;
            let mut photos = Vec::new();
            for (row, photo) in read_photos(&transaction, id).await? {
                if let PhotoStage::Ready(photo) = photo.stage {
                    photos.push(photo);
                    transaction
                        .put(MEDIA, &MediaRow { id: photo.sha256.to_string(), large: row.large, small: row.small })?;
                }
            }
            if photos.is_empty() {
                return Ok(false);
            }
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let edit = EntryEdit {
                valence: body.valence,
                themes: (!body.themes.is_empty())
                    .then(|| body.themes.iter().filter_map(|key| Theme::from_key(key)).collect()),
                story: (!body.story.trim().is_empty()).then(|| body.story.trim().to_owned()),
                photos: Some(photos),
                made: Some((phone.corrected(body.begun), body.begun)),
                ..EntryEdit::default()
            };
            phone.queue_entry(&transaction, id, edit, now)?;
            phone.write(&transaction)?;
            drop_draft(&transaction, id).await?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }
}

async fn read_photos(
    transaction: &Transaction<'_>,
    draft: RecordId,
) -> Result<Vec<(DraftPhotoRow, PhotoBody)>, StoreError> {
    let rows: Vec<DraftPhotoRow> = transaction.group(DRAFT_PHOTOS, &draft.to_string()).await?;
    rows.into_iter()
        .map(|row| {
            let body = serde_json::from_str(&row.body)?;
            Ok((row, body))
        })
        .collect()
}

async fn drop_draft(transaction: &Transaction<'_>, id: RecordId) -> Result<(), StoreError> {
    for (row, _) in read_photos(transaction, id).await? {
        transaction.delete(DRAFT_PHOTOS, row.id)?;
    }
    transaction.delete(DRAFTS, id.to_string())
}
