//! Drafts: on disk from the first byte, one row for the words and one per photo.

use domain::plain::{Plain, Value, read_variant, variant};
use domain::{
    EntryEdit, FieldState, MediaHash, PhotoRef, PlaceShown, Record, RecordId, Reply, Theme, Timestamp, Valence,
    VoiceRef, sort_by,
};
use media::PhotoProblem;
use protocol::MediaSize;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::blob::blob_of;
use crate::members::chosen_audience;
use crate::meta::Phone;
use crate::records::{drop_media, read_all};
use crate::rows::{DraftPhotoRow, MediaRow, Row};
use crate::schema::{DRAFT_PHOTOS, DRAFTS, JOINS, MEDIA, MEMBERSHIPS, META, OPS, RECORDINGS, RECORDS};
use crate::transaction::Transaction;
use crate::voice::{drop_recording, is_recording, move_recording};
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
    /// Where it was made, as an [`EntryEdit`] writes it: what its maker chose, and nothing else.
    pub place: Option<Value>,
    /// How precisely others see that.
    pub place_shown: Option<PlaceShown>,
    /// Saving was asked for while a photo was being made ready: it is done as soon as it can be.
    pub save_asked: bool,
    /// Its photos in the maker's order; those that are not named follow in the order of choosing.
    pub order: Vec<RecordId>,
    /// What is told by voice, once its recording is ready.
    pub voice: Option<VoiceRef>,
    /// What is said of the people in its photos: a record that is written when the draft is saved, under a stamp of then. All else is
    /// said by nobody, and goes with the draft.
    pub people: Option<Value>,
    /// What is said to questions, one of each.
    pub replies: Vec<Reply>,
}

domain::plain!(DraftBody {
    id,
    begun,
    valence,
    themes: or_default,
    story: or_default,
    place: unless_default,
    place_shown: unless_default,
    save_asked: or_default,
    order: or_default,
    voice: or_default,
    people: unless_default,
    replies: unless_default,
});

impl DraftBody {
    /// Makes an empty draft.
    pub const fn new(id: RecordId, begun: Timestamp) -> Self {
        Self {
            id,
            begun,
            valence: None,
            themes: Vec::new(),
            story: String::new(),
            place: None,
            place_shown: None,
            save_asked: false,
            order: Vec::new(),
            voice: None,
            people: None,
            replies: Vec::new(),
        }
    }

    /// Puts what is said to a question in the place of what was said before; an empty text takes that back.
    pub fn reply(&mut self, reply: &Reply) {
        self.replies.retain(|said| said.key != reply.key);
        if !reply.text.is_empty() {
            self.replies.push(reply.clone());
        }
    }
}

/// A draft's photo.
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoBody {
    /// Its name within this phone.
    pub id: RecordId,
    /// How far it is.
    pub stage: PhotoStage,
    /// What the chosen file said of its making.
    pub origin: PhotoOrigin,
}

domain::plain!(PhotoBody { id, stage, origin: unless_default });

/// What a chosen file said of its making, as far as it can be true.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoOrigin {
    /// When it was taken.
    pub taken: Option<Timestamp>,
    /// Where, as the JSON of a [`domain::Place`], which is read only once it is asked for; empty where it does not say. It is
    /// offered to its maker, and the entry's place only once he takes it over.
    pub place: String,
}

domain::plain!(PhotoOrigin { taken, place });

/// What was taken so shortly before its draft was begun, in milliseconds, was taken for it: the phone's own clock says when.
const JUST_TAKEN_MS: u64 = 15 * 60 * 1000;

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

impl PhotoStage {
    /// Returns the photo, once it is ready.
    pub(crate) const fn ready(&self) -> Option<PhotoRef> {
        match self {
            Self::Ready(photo) => Some(*photo),
            Self::Waiting | Self::Refused(_) => None,
        }
    }
}

/// What became of saving a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftSave {
    /// It is an entry.
    Saved,
    /// These photos are still to be made ready; the draft is kept as one to be saved.
    Waits(Vec<RecordId>),
    /// None of its photos can be used.
    NoPhoto,
    /// Its recording was begun and is not ready; the draft is kept.
    Recording,
    /// There is no such draft (any more).
    NoDraft,
}

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
    /// It is ready: the chosen file goes, its pictures take its place; so do they that of pictures that were ready before. What the
    /// file said of its making is kept beside, and stays where it is not said anew.
    Ready(ReadyPhoto, Option<PhotoOrigin>),
    /// It cannot be used: the chosen file goes.
    Refused(PhotoProblem),
}

/// A draft with its photos, in the maker's order.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDraft {
    /// The words.
    pub body: DraftBody,
    /// The photos.
    pub photos: Vec<PhotoBody>,
    /// A recording was begun that is not ready: it is under way, or broke off.
    pub is_recording: bool,
}

impl StoredDraft {
    fn in_order(mut self) -> Self {
        let order = &self.body.order;
        let place = |photo: &PhotoBody| order.iter().position(|id| *id == photo.id).unwrap_or(order.len());
        sort_by(&mut self.photos, |a, b| place(a).cmp(&place(b)));
        self
    }
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
            let body = serde_json::to_string(&PhotoBody {
                id: *id,
                stage: PhotoStage::Waiting,
                origin: PhotoOrigin::default(),
            })?;
            rows.push(DraftPhotoRow {
                id: id.to_string(),
                group: fresh.id.to_string(),
                body,
                large: self.form(file).await?,
                small: JsValue::UNDEFINED,
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

    /// Changes a draft's words, if there is such a draft.
    ///
    /// # Errors
    /// When the storage does not answer or is full.
    pub async fn change_draft(&self, id: RecordId, change: &dyn Fn(&mut DraftBody)) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[DRAFTS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else { return Ok(()) };
            let mut body: DraftBody = row.read()?;
            change(&mut body);
            transaction.put(DRAFTS, &Row::new(id.to_string(), "", &body)?)?;
            transaction.commit().await
        })
        .await
    }

    /// Changes a draft's photo, if it is still there. Pictures that are ready go where those of entries are: saving then has
    /// no bytes to move.
    ///
    /// # Errors
    /// When the storage does not answer or is full; the photo is as it was.
    pub async fn write_draft_photo(&self, id: RecordId, write: PhotoWrite) -> Result<(), StoreError> {
        let (stage, said, pictures) = match write {
            PhotoWrite::Ready(ready, said) => {
                let (large, small) = (self.form(&ready.large).await?, self.form(&ready.small).await?);
                let pictures = MediaRow { id: ready.photo.sha256.to_string(), large, small };
                (PhotoStage::Ready(ready.photo), said, Some(pictures))
            }
            PhotoWrite::Refused(problem) => (PhotoStage::Refused(problem.key().to_owned()), None, None),
        };
        self.with(async |database| {
            let transaction = Transaction::write(database, &[RECORDS, MEDIA, DRAFT_PHOTOS])?;
            if let Some(row) = transaction.get::<DraftPhotoRow>(DRAFT_PHOTOS, id.to_string()).await? {
                let mut photo: PhotoBody = serde_json::from_str(&row.body)?;
                let before = std::mem::replace(&mut photo.stage, stage.clone());
                if let Some(said) = &said {
                    photo.origin.clone_from(said);
                }
                let body = serde_json::to_string(&photo)?;
                let (large, small) = (JsValue::UNDEFINED, JsValue::UNDEFINED);
                transaction.put(DRAFT_PHOTOS, &DraftPhotoRow { body, large, small, ..row })?;
                if let Some(pictures) = &pictures {
                    transaction.put(MEDIA, pictures)?;
                }
                // Of what was covered nothing stays.
                let before = before.ready().map(|photo| photo.sha256);
                drop_media(&transaction, before.as_slice(), None).await?;
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
            let transaction = Transaction::read(database, &[DRAFTS, DRAFT_PHOTOS, RECORDINGS])?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else { return Ok(None) };
            Ok(Some(read_draft(&transaction, row.read()?).await?))
        })
        .await
    }

    /// Returns all drafts, newest first.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn drafts(&self) -> Result<Vec<StoredDraft>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[DRAFTS, DRAFT_PHOTOS, RECORDINGS])?;
            let bodies: Vec<DraftBody> = read_all(&transaction.all::<Row>(DRAFTS).await?)?;
            let mut drafts = Vec::with_capacity(bodies.len());
            // Ids are made by time, so key order is the order of beginning.
            for body in bodies.into_iter().rev() {
                drafts.push(read_draft(&transaction, body).await?);
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
        let read = async |database: &_| {
            let transaction = Transaction::read(database, &[DRAFT_PHOTOS])?;
            transaction.get::<DraftPhotoRow>(DRAFT_PHOTOS, id.to_string()).await
        };
        let Some(row) = self.with(read).await? else { return Ok(None) };
        let photo: PhotoBody = serde_json::from_str(&row.body)?;
        let file = blob_of(&row.small).or_else(|| blob_of(&row.large));
        match photo.stage.ready().filter(|_| file.is_none()) {
            Some(ready) => self.own_photo(ready.sha256, MediaSize::Small).await,
            None => Ok(file),
        }
    }

    /// Throws a draft away, with its photos; with `photo`, takes that one out of it alone.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn drop_draft(&self, id: RecordId, photo: Option<RecordId>) -> Result<(), StoreError> {
        self.with(async |database| {
            let stores = [RECORDS, MEDIA, DRAFTS, DRAFT_PHOTOS, RECORDINGS];
            let transaction = Transaction::write(database, &stores)?;
            let mut photos = Vec::new();
            for (row, body) in read_photos(&transaction, id).await? {
                if photo.is_none_or(|photo| photo == body.id) {
                    transaction.delete(DRAFT_PHOTOS, row.id)?;
                    photos.extend(body.stage.ready().map(|photo| photo.sha256));
                }
            }
            if photo.is_none() {
                drop_recording(&transaction, id).await?;
                transaction.delete(DRAFTS, id.to_string())?;
            }
            drop_media(&transaction, &photos, None).await?;
            transaction.commit().await
        })
        .await
    }

    /// Makes an entry of a draft: record and outbox appear and the draft goes, in one transaction; its photos are on disk
    /// since they were made ready. Returns when the browser said it is complete. While a photo is being made ready the
    /// draft is kept as one to be saved.
    ///
    /// # Errors
    /// When the storage does not answer or is full; the draft stays as it was.
    pub async fn save_draft(&self, id: RecordId, now: Timestamp) -> Result<DraftSave, StoreError> {
        self.with(async |database| {
            let stores = [META, MEMBERSHIPS, JOINS, RECORDS, OPS, MEDIA, DRAFTS, DRAFT_PHOTOS, RECORDINGS];
            let transaction = Transaction::write(database, &stores)?;
            let Some(row) = transaction.get::<Row>(DRAFTS, id.to_string()).await? else {
                return Ok(DraftSave::NoDraft);
            };
            let body: DraftBody = row.read()?;
            let held = read_photos(&transaction, id).await?;
            let in_choosing = held.iter().map(|(_, photo)| photo.clone()).collect();
            let is_recording = is_recording(&transaction, &body).await?;
            let draft = StoredDraft { body, photos: in_choosing, is_recording }.in_order();
            let StoredDraft { mut body, photos: in_order, is_recording } = draft;
            if is_recording {
                return Ok(DraftSave::Recording);
            }
            let (mut photos, mut waiting) = (Vec::new(), Vec::new());
            for photo in &in_order {
                match photo.stage {
                    PhotoStage::Ready(ready) => photos.push(ready),
                    PhotoStage::Waiting => waiting.push(photo.id),
                    PhotoStage::Refused(_) => {}
                }
            }
            if photos.is_empty() || !waiting.is_empty() {
                body.save_asked = !waiting.is_empty();
                transaction.put(DRAFTS, &Row::new(id.to_string(), "", &body)?)?;
                transaction.commit().await?;
                return Ok(if waiting.is_empty() { DraftSave::NoPhoto } else { DraftSave::Waits(waiting) });
            }
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let taken = in_order.iter().find_map(|photo| photo.origin.taken);
            let edit = EntryEdit {
                valence: body.valence,
                themes: (!body.themes.is_empty())
                    .then(|| body.themes.iter().filter_map(|key| Theme::from_key(key)).collect()),
                story: (!body.story.trim().is_empty()).then(|| body.story.trim().to_owned()),
                photos: Some(photos),
                voice: body.voice.map(Some),
                replies: body.replies.into_iter().filter(|reply| !reply.text.trim().is_empty()).collect(),
                made: Some((made(taken, body.begun, phone.corrected(body.begun)), body.begun)),
                place: body.place,
                place_shown: body.place_shown,
                audience: chosen_audience(&transaction, &phone).await?,
                ..EntryEdit::default()
            };
            phone.queue_entry(&transaction, id, edit, now)?;
            if let Some(mut said) = body.people.as_ref().and_then(Record::from_value) {
                let at = phone.tick(now);
                for field in said.fields.values_mut() {
                    if let FieldState::Last { at: stamped, .. } = field {
                        *stamped = at;
                    }
                }
                phone.queue_new(&transaction, said.with("given_ms", at.at.ms(), at))?;
            }
            phone.write(&transaction)?;
            for (row, photo) in held {
                // Until version 3 of the schema the pictures lay in the draft's own row.
                if let Some(photo) = photo.stage.ready().filter(|_| !row.large.is_undefined()) {
                    let DraftPhotoRow { large, small, .. } = row;
                    transaction.put(MEDIA, &MediaRow { id: photo.sha256.to_string(), large, small })?;
                }
                transaction.delete(DRAFT_PHOTOS, row.id)?;
            }
            if let Some(voice) = body.voice {
                move_recording(&transaction, id, voice).await?;
            }
            transaction.delete(DRAFTS, id.to_string())?;
            transaction.commit().await?;
            Ok(DraftSave::Saved)
        })
        .await
    }
}

async fn read_draft(transaction: &Transaction<'_>, body: DraftBody) -> Result<StoredDraft, StoreError> {
    let photos = read_photos(transaction, body.id).await?.into_iter().map(|(_, photo)| photo).collect();
    let is_recording = is_recording(transaction, &body).await?;
    Ok(StoredDraft { body, photos, is_recording }.in_order())
}

/// Returns when an entry was made: when its photo was taken, unless that is now or still to come.
fn made(taken: Option<Timestamp>, begun: Timestamp, corrected: Timestamp) -> Timestamp {
    let is_older = |taken: &Timestamp| taken.plus(JUST_TAKEN_MS) < begun && *taken < corrected;
    taken.filter(is_older).unwrap_or(corrected)
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

/// Returns the media of drafts that are ready.
pub(crate) async fn drafted(transaction: &Transaction<'_>) -> Result<Vec<MediaHash>, StoreError> {
    let rows: Vec<DraftPhotoRow> = transaction.all(DRAFT_PHOTOS).await?;
    let mut photos = Vec::new();
    for row in rows {
        photos.extend(serde_json::from_str::<PhotoBody>(&row.body)?.stage.ready().map(|photo| photo.sha256));
    }
    Ok(photos)
}
