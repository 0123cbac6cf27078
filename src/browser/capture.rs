//! Capture: a draft is on disk from its first byte, and becomes an entry in one transaction.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;

use domain::{Map, RecordId, Theme};
use media::PhotoProblem;
use store::{DraftBody, DraftSave, PhotoStage, PhotoWrite, Store, StoreError, StoredDraft};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};

use crate::device::{now, random};
use crate::model::{Change, Draft, DraftPhoto, DraftVoice, PhotoId, PhotoState, SaveProblem};
use crate::preparing::{NotNow, Preparing};
use crate::tabs::{Message, Tabs};

/// Drafts of this tab, from the moment of choosing.
pub(crate) struct Capture {
    store: Store,
    tabs: Rc<Tabs>,
    preparing: Preparing,
    /// Chosen and not yet on disk, or not fitting there; what is here is what the screen shows.
    fresh: RefCell<Map<RecordId, Fresh>>,
    /// Files as chosen, to be looked at until their pictures are ready.
    files: RefCell<Map<RecordId, Blob>>,
    /// Photos that are on disk as they were chosen and could not be made ready, and why.
    stuck: RefCell<Map<RecordId, SaveProblem>>,
    /// Writes of drafts go to disk in the order in which they were made.
    order: async_lock::Mutex<()>,
    /// Wakes those who wait for a photo to be ready.
    prepared: event_listener::Event,
}

struct Fresh {
    body: DraftBody,
    photos: Vec<(RecordId, Blob)>,
}

impl Capture {
    pub(crate) fn new(store: Store, tabs: Rc<Tabs>) -> Rc<Self> {
        Rc::new(Self {
            store,
            tabs,
            preparing: Preparing::default(),
            fresh: RefCell::default(),
            files: RefCell::default(),
            stuck: RefCell::default(),
            order: async_lock::Mutex::new(()),
            prepared: event_listener::Event::new(),
        })
    }

    /// Begins a draft, or adds to one.
    pub(crate) fn add(self: &Rc<Self>, draft: Option<RecordId>, files: Vec<File>) -> RecordId {
        let begun = now();
        let id = draft.unwrap_or_else(|| RecordId::new(begun, random()));
        // A millisecond apart, so that key order is the order of choosing.
        let photos: Vec<(RecordId, Blob)> = (0..)
            .zip(files)
            .map(|(place, file)| (RecordId::new(begun.plus(place), random()), Blob::from(file)))
            .collect();
        self.files.borrow_mut().extend(photos.iter().cloned());
        let body = DraftBody::new(id, begun);
        self.fresh
            .borrow_mut()
            .get_or_insert_with(id, || Fresh { body, photos: Vec::new() })
            .photos
            .extend(photos.iter().cloned());
        let capture = Rc::clone(self);
        spawn_local(async move {
            if capture.put_on_disk(id).await.is_ok() {
                capture.prepare(photos.into_iter().map(|(photo, _)| photo).collect()).await;
            }
        });
        id
    }

    /// Goes on with what an earlier page left: photos to make ready, drafts to save.
    pub(crate) async fn resume(self: &Rc<Self>) -> Vec<RecordId> {
        let drafts = self.store.drafts().await.unwrap_or_default();
        let waiting = |draft: &StoredDraft| -> Vec<RecordId> {
            let is_waiting = |photo: &&store::PhotoBody| photo.stage == PhotoStage::Waiting;
            draft.photos.iter().filter(is_waiting).map(|photo| photo.id).collect()
        };
        let photos: Vec<RecordId> = drafts.iter().flat_map(waiting).collect();
        if !photos.is_empty() {
            self.prepare_later(photos);
        }
        drafts.into_iter().filter(|draft| draft.body.save_asked).map(|draft| draft.body.id).collect()
    }

    /// Returns a draft, from memory while it is on its way to disk.
    pub(crate) async fn draft(&self, id: RecordId) -> Option<Draft> {
        let stored = self.store.draft(id).await.ok().flatten();
        let fresh = self.fresh.borrow();
        match (stored, fresh.get(&id)) {
            (Some(stored), None) => Some(draft_of(stored)),
            (stored, Some(fresh)) => {
                let held = stored.unwrap_or_else(|| StoredDraft {
                    body: fresh.body.clone(),
                    photos: Vec::new(),
                    is_recording: false,
                });
                let mut draft = draft_of(held);
                let known: Vec<_> = draft.photos.iter().map(|photo| photo.id).collect();
                let on_its_way = fresh.photos.iter().map(|(id, _)| PhotoId(*id)).filter(|id| !known.contains(id));
                draft.photos.extend(on_its_way.map(|id| DraftPhoto { id, state: PhotoState::Waiting }));
                Some(draft)
            }
            (None, None) => None,
        }
    }

    /// Returns drafts that were not saved, newest first.
    pub(crate) async fn drafts(&self) -> Vec<Draft> {
        self.store.drafts().await.unwrap_or_default().into_iter().map(draft_of).collect()
    }

    /// Returns a photo's bytes to look at.
    pub(crate) async fn preview(&self, photo: PhotoId) -> Option<Blob> {
        let file = self.files.borrow().get(&photo.0).cloned();
        match file {
            Some(file) => Some(file),
            None => self.store.draft_photo(photo.0).await.ok().flatten(),
        }
    }

    /// Changes a draft's words, after all writes before.
    pub(crate) async fn change(&self, id: RecordId, change: &dyn Fn(&mut DraftBody)) {
        if let Some(fresh) = self.fresh.borrow_mut().get_mut(&id) {
            change(&mut fresh.body);
        }
        {
            let _order = self.order.lock().await;
            // Not fitting on disk is told when saving: the words are in memory until then.
            let _ = self.store.change_draft(id, change).await;
        }
        self.tabs.announce(Change::Drafts);
    }

    /// Takes a photo out.
    pub(crate) async fn remove_photo(&self, draft: RecordId, photo: PhotoId) {
        self.files.borrow_mut().remove(&photo.0);
        if let Some(fresh) = self.fresh.borrow_mut().get_mut(&draft) {
            fresh.photos.retain(|(id, _)| *id != photo.0);
        }
        let _order = self.order.lock().await;
        // A photo that could not be removed is still shown: the person sees it and can try again.
        let _ = self.store.drop_draft(draft, Some(photo.0)).await;
        self.prepared.notify(usize::MAX);
        self.tabs.announce(Change::Drafts);
    }

    /// Throws a draft away.
    pub(crate) async fn discard(&self, id: RecordId) {
        self.fresh.borrow_mut().remove(&id);
        let _order = self.order.lock().await;
        let _ = self.store.drop_draft(id, None).await;
        self.tabs.announce(Change::Drafts);
    }

    /// Saves a draft as soon as its photos are ready.
    pub(crate) async fn save(self: &Rc<Self>, id: RecordId) -> Result<RecordId, SaveProblem> {
        if let Some(photos) = self.unwritten(id).await {
            // It did not fit on disk when it was begun: now it must, or the reason is told.
            self.put_on_disk(id).await?;
            self.prepare_later(photos);
        }
        let mut is_tried_again = false;
        loop {
            let prepared = self.prepared.listen();
            let waiting = match self.save_now(id).await? {
                DraftSave::Saved => return Ok(id),
                DraftSave::Waits(photos) => photos,
                DraftSave::NoPhoto => return Err(SaveProblem::NoPhoto),
                DraftSave::Recording => return Err(SaveProblem::Recording),
                DraftSave::NoDraft => return Err(SaveProblem::NoDraft),
            };
            let stuck = waiting.iter().find_map(|photo| self.stuck.borrow().get(photo).copied());
            match stuck {
                Some(problem) if is_tried_again => return Err(problem),
                Some(_) => {
                    is_tried_again = true;
                    self.stuck.borrow_mut().retain(|photo, _| !waiting.contains(photo));
                    self.prepare_later(waiting);
                }
                None => {}
            }
            prepared.await;
        }
    }

    async fn save_now(&self, id: RecordId) -> Result<DraftSave, StoreError> {
        let _order = self.order.lock().await;
        self.store.save_draft(id, now()).await
    }

    /// Returns photos that are in memory alone after all writes before.
    async fn unwritten(&self, id: RecordId) -> Option<Vec<RecordId>> {
        let _order = self.order.lock().await;
        self.fresh.borrow().get(&id).map(|fresh| fresh.photos.iter().map(|(id, _)| *id).collect())
    }

    fn prepare_later(self: &Rc<Self>, photos: Vec<RecordId>) {
        let capture = Rc::clone(self);
        spawn_local(async move { capture.prepare(photos).await });
    }

    /// Boxed: what it does is much code, which is there once then.
    fn put_on_disk(&self, id: RecordId) -> Pin<Box<dyn Future<Output = Result<(), StoreError>> + '_>> {
        Box::pin(self.write_fresh(id))
    }

    async fn write_fresh(&self, id: RecordId) -> Result<(), StoreError> {
        let _order = self.order.lock().await;
        let Some((body, photos)) = self.fresh.borrow().get(&id).map(|fresh| (fresh.body.clone(), fresh.photos.clone()))
        else {
            return Ok(());
        };
        let mut failure = None;
        // The words are small: they are safe whatever becomes of the photos. One place that awaits, so that its code stands
        // once in the wasm.
        for files in [photos.as_slice(), &[]] {
            match self.store.add_draft_photos(body.clone(), files).await {
                Err(error) if failure.is_none() => {
                    failure = Some(error);
                    // What the server has too may go, for when it is tried again.
                    self.tabs.say(&Message::RoomAsked);
                }
                Ok(()) | Err(_) => break,
            }
        }
        if let Some(error) = failure {
            return Err(error);
        }
        let mut fresh = self.fresh.borrow_mut();
        let is_written = |photo: &RecordId| photos.iter().any(|(written, _)| written == photo);
        if let Some(draft) = fresh.get_mut(&id) {
            draft.photos.retain(|(photo, _)| !is_written(photo));
            if draft.photos.is_empty() {
                fresh.remove(&id);
            }
        }
        drop(fresh);
        self.tabs.announce(Change::Drafts);
        Ok(())
    }

    /// Writes what was made of a photo, after all writes before.
    pub(crate) async fn write_photo(&self, photo: RecordId, write: PhotoWrite) -> Result<(), SaveProblem> {
        let _order = self.order.lock().await;
        Ok(self.store.write_draft_photo(photo, write).await?)
    }

    /// Does a write of a draft's recording, after all writes before.
    pub(crate) async fn write_voice<T>(
        &self,
        write: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, SaveProblem> {
        let written = {
            let _order = self.order.lock().await;
            write.await?
        };
        self.tabs.announce(Change::Drafts);
        Ok(written)
    }

    async fn prepare(self: &Rc<Self>, photos: Vec<RecordId>) {
        for photo in photos {
            // From memory while it is there, else from disk; gone when its maker took it out.
            let Some(file) = self.preview(PhotoId(photo)).await else { continue };
            let written = match self.preparing.prepare(&file).await {
                Ok(Ok((ready, origin))) => self.write_photo(photo, PhotoWrite::Ready(ready, Some(origin))).await,
                Ok(Err(problem)) => self.write_photo(photo, PhotoWrite::Refused(problem)).await,
                Err(NotNow) => Err(SaveProblem::NotReady),
            };
            match written {
                Ok(()) => drop(self.files.borrow_mut().remove(&photo)),
                // The file as chosen is still on disk: saving tries again and says why not, so does the next start.
                Err(problem) => drop(self.stuck.borrow_mut().insert(photo, problem)),
            }
            self.prepared.notify(usize::MAX);
            self.tabs.announce(Change::Drafts);
        }
    }
}

impl From<StoreError> for SaveProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::StorageFull,
            StoreError::Closed
            | StoreError::NewerSchema
            | StoreError::Refused
            | StoreError::Corrupt(_)
            | StoreError::Failed(_) => Self::StorageFailed,
        }
    }
}

fn draft_of(stored: StoredDraft) -> Draft {
    let StoredDraft { body, photos, is_recording } = stored;
    let ready = body.voice.map(|voice| DraftVoice::Ready { ms: voice.ms });
    let offered = photos.iter().map(|photo| &photo.origin.place).find(|place| !place.is_empty());
    let offered_place = offered.cloned().unwrap_or_default();
    let photos = photos.into_iter().map(|photo| DraftPhoto {
        id: PhotoId(photo.id),
        state: match photo.stage {
            PhotoStage::Waiting => PhotoState::Waiting,
            PhotoStage::Ready(ready) => PhotoState::Ready { width: ready.width, height: ready.height },
            PhotoStage::Refused(key) => PhotoState::Refused(PhotoProblem::from_key(&key)),
        },
    });
    Draft {
        id: body.id,
        photos: photos.collect(),
        valence: body.valence,
        themes: body.themes.iter().filter_map(|key| Theme::from_key(key)).collect(),
        story: body.story,
        replies: body.replies,
        place: body.place,
        place_shown: body.place_shown,
        offered_place,
        people: body.people,
        begun: body.begun,
        voice: ready.or(is_recording.then_some(DraftVoice::Recording)),
    }
}
