//! What screens ask of this phone: what they make on it, what it takes part in, and how it stands with sending. Entries, and what
//! those who guide read and write, are rooms of their own (`entries`, `guidance`, `guiding`).

use std::cell::Cell;
use std::rc::Rc;

use domain::plain::Plain;
use domain::{JoinId, Place, PlaceShown, ProjectId, RecordId, Reply, Theme, Valence};
use gloo::events::EventListener;
use gloo_timers::future::TimeoutFuture;
use protocol::{ErrorCode, Membership};
use send_wrapper::SendWrapper;
use store::{Keeping, NewJoin, Store, Unsent};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::backups::{self, MadeBackup};
use crate::capture::Capture;
use crate::device::{is_online, is_visible, now, random, window};
use crate::model::{
    Change, Draft, JoinOutcome, Joined, Memberships, OpenProblem, PhotoId, SaveProblem, Status, Storage,
};
use crate::sending::Sending;
use crate::storage::{self, ask_to_persist};
use crate::tabs::{DriverStatus, Message, Subscription, Tabs};
use crate::update::{Updates, reload};
use crate::{BackupProblem, ObjectUrl, PutBack};

/// How often a join looks whether the driver has got its answer, in milliseconds.
const JOIN_LOOK_MS: u32 = 80;

/// How long a join is waited for before it is said to follow later, in milliseconds.
const JOIN_PATIENCE_MS: u32 = 20_000;

/// This phone: a handle that is cheap to clone. It belongs to the page's one thread.
#[derive(Clone)]
pub struct Phone(SendWrapper<Rc<Inner>>);

struct Inner {
    store: Store,
    tabs: Rc<Tabs>,
    sending: Rc<Sending>,
    capture: Rc<Capture>,
    updates: Rc<Updates>,
    /// What the server has not received; read again after each change.
    unsent: Cell<Unsent>,
    /// Ends with the page.
    _listeners: Vec<EventListener>,
}

impl Phone {
    /// Opens the phone's storage and starts syncing.
    ///
    /// # Errors
    /// Why the storage cannot be opened.
    pub async fn open() -> Result<Self, OpenProblem> {
        let store = Store::open(u64::from_le_bytes(random()), reload).await?;
        let inner = Rc::new_cyclic(|inner: &std::rc::Weak<Inner>| {
            let heard = inner.clone();
            let tabs = Rc::new(Tabs::open(move |message| {
                if let Some(inner) = heard.upgrade() {
                    inner.sending.heard(message);
                }
            }));
            let sending = Sending::new(store.clone(), Rc::clone(&tabs));
            let told = Rc::clone(&tabs);
            Inner {
                capture: Capture::new(store.clone(), Rc::clone(&tabs)),
                updates: Updates::watch(move || told.announce_here(Change::Status)),
                _listeners: listen(&sending, &tabs),
                unsent: Cell::default(),
                store,
                tabs,
                sending,
            }
        });
        let phone = Self(SendWrapper::new(inner));
        phone.start().await;
        Ok(phone)
    }

    async fn start(&self) {
        let phone = self.clone();
        let counting = self.subscribe(move |change| {
            if change == Change::Entries {
                let phone = phone.clone();
                spawn_local(async move { phone.count_unsent().await });
            }
        });
        // It counts as long as the page lives.
        std::mem::forget(counting);
        self.count_unsent().await;
        self.0.sending.start();
        for draft in self.0.capture.resume().await {
            let phone = self.clone();
            spawn_local(async move {
                // A save that was asked for before the browser was killed; a failure leaves the draft under "Ga verder".
                let _ = phone.save(draft).await;
            });
        }
    }

    async fn count_unsent(&self) {
        if let Ok(unsent) = self.0.store.unsent().await
            && self.0.unsent.replace(unsent) != unsent
        {
            self.0.tabs.announce_here(Change::Status);
        }
    }

    /// Calls `told` after each change, whichever tab made it.
    pub fn subscribe(&self, told: impl Fn(Change) + 'static) -> Subscription {
        self.0.tabs.subscribe(told)
    }

    // Capture.

    /// Begins a draft with these files; they go to disk at once, in the background, and are made ready one by one.
    pub fn begin(&self, files: Vec<File>) -> RecordId {
        self.0.capture.add(None, files)
    }

    /// Adds photos to a draft.
    pub fn add_photos(&self, draft: RecordId, files: Vec<File>) {
        self.0.capture.add(Some(draft), files);
    }

    /// Takes a photo out of a draft.
    pub async fn remove_photo(&self, draft: RecordId, photo: PhotoId) {
        self.0.capture.remove_photo(draft, photo).await;
    }

    /// Returns a draft.
    pub async fn draft(&self, id: RecordId) -> Option<Draft> {
        self.0.capture.draft(id).await
    }

    /// Returns the drafts that were not saved, newest first.
    pub async fn drafts(&self) -> Vec<Draft> {
        self.0.capture.drafts().await
    }

    /// Returns an address at which a draft's photo can be seen, as soon as it was chosen.
    pub async fn preview(&self, photo: PhotoId) -> Option<ObjectUrl> {
        ObjectUrl::new(&self.0.capture.preview(photo).await?)
    }

    /// Writes the valence into a draft.
    pub async fn set_valence(&self, draft: RecordId, valence: Valence) {
        self.0.capture.change(draft, &|body| body.valence = Some(valence)).await;
    }

    /// Writes the themes into a draft.
    pub async fn set_themes(&self, draft: RecordId, themes: Vec<Theme>) {
        let keys: Vec<_> = themes.iter().map(|theme| theme.key().to_owned()).collect();
        self.0.capture.change(draft, &|body| body.themes.clone_from(&keys)).await;
    }

    /// Writes the story into a draft.
    pub async fn set_story(&self, draft: RecordId, story: String) {
        self.0.capture.change(draft, &|body| body.story.clone_from(&story)).await;
    }

    /// Writes into a draft what is said to a question; an empty text takes it back.
    pub async fn reply(&self, draft: RecordId, reply: Reply) {
        self.0.capture.change(draft, &|body| body.reply(&reply)).await;
    }

    /// Writes into a draft where it was made; `None` takes that away.
    pub async fn set_place(&self, draft: RecordId, place: Option<Place>) {
        self.0.capture.change(draft, &|body| body.place = place.map(|place| place.to_value())).await;
    }

    /// Writes into a draft how precisely others see where it was made.
    pub async fn set_place_shown(&self, draft: RecordId, shown: PlaceShown) {
        self.0.capture.change(draft, &|body| body.place_shown = Some(shown)).await;
    }

    /// Saves a draft as an entry: waits until its photos are ready, then writes all in one transaction.
    ///
    /// # Errors
    /// Why it was not saved; the draft stays.
    pub async fn save(&self, draft: RecordId) -> Result<RecordId, SaveProblem> {
        let saved = self.0.capture.save(draft).await?;
        self.0.tabs.announce(Change::Drafts);
        self.queued();
        ask_to_persist();
        Ok(saved)
    }

    /// Throws a draft away.
    pub async fn discard(&self, draft: RecordId) {
        self.0.capture.discard(draft).await;
    }

    // Membership.

    /// Returns what this phone takes part in.
    pub async fn memberships(&self) -> Memberships {
        let Ok(members) = self.0.store.members().await else { return Memberships::default() };
        let (refused, waiting): (Vec<_>, Vec<_>) = members.joins.iter().partition(|join| join.refused.is_some());
        Memberships {
            current: members.current.project(),
            waiting: waiting.iter().map(|join| join.code).collect(),
            refused: refused.iter().filter_map(|join| Some((join.code, join.refused?))).collect(),
            joined: members
                .memberships
                .into_iter()
                .map(|Membership { project, member_id, role, nickname }| Joined {
                    project,
                    member: member_id,
                    role,
                    nickname,
                })
                .collect(),
            is_asked: self.0.sending.status().is_acquainted,
        }
    }

    /// Makes a project the one for which entries are made.
    pub async fn set_current(&self, project: ProjectId) {
        // A storage that does not answer leaves the one before, and shown so.
        let _ = self.0.store.set_current(project).await;
        self.0.tabs.announce(Change::Memberships);
        self.0.tabs.announce(Change::Entries);
        self.0.sending.tell(&Message::LookAsked);
    }

    /// Gets ready to join while a person still types: what sends is loaded meanwhile.
    pub fn expect_join(&self) {
        self.0.sending.prepare();
    }

    /// Joins a project, or makes it the current one when joined already.
    pub async fn join(&self, new: NewJoin<'_>) -> JoinOutcome {
        let code = new.code;
        let ids = (JoinId::new(now(), random()), RecordId::new(now(), random()));
        let queued = self.0.store.queue_join(ids, new, now()).await;
        if queued == Ok(false) {
            self.0.tabs.announce(Change::Memberships);
            self.0.tabs.announce(Change::Entries);
            return JoinOutcome::Joined;
        }
        if queued.is_err() {
            return JoinOutcome::StorageFailed;
        }
        let runs_before = self.0.sending.runs();
        self.0.tabs.announce(Change::Memberships);
        self.0.sending.tell(&Message::SendAsked);
        for _ in 0..JOIN_PATIENCE_MS / JOIN_LOOK_MS {
            TimeoutFuture::new(JOIN_LOOK_MS).await;
            let Ok(members) = self.0.store.members().await else { return JoinOutcome::StorageFailed };
            match members.joins.iter().find(|join| join.code == code) {
                None => return JoinOutcome::Joined,
                Some(join) => {
                    if let Some(refusal) = join.refused {
                        return JoinOutcome::Refused(refusal);
                    }
                }
            }
            let status = self.0.sending.status();
            // One run may have been under way already; after the second the server has been asked.
            let runs = self.0.sending.runs() - runs_before;
            let is_tried =
                status.problem == Some(ErrorCode::ClientTooOld) || runs >= 2 || (runs == 1 && status.problem.is_some());
            if let Some(problem) = status.problem.filter(|_| is_tried) {
                return JoinOutcome::Refused(problem);
            }
            if is_tried || !is_online() {
                return JoinOutcome::WaitsForNetwork;
            }
        }
        JoinOutcome::WaitsForNetwork
    }

    // Backup.

    /// Makes one file of all own entries, with an index in the language of this tag. Needs no network.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn make_backup(&self, language: &str) -> Result<MadeBackup, BackupProblem> {
        backups::make(language).await
    }

    /// Puts back what such a file holds and this phone does not.
    ///
    /// # Errors
    /// Why nothing (more) was put back.
    pub async fn put_back(&self, file: &File) -> Result<PutBack, BackupProblem> {
        let done = backups::put_back(file).await;
        // Also after a failure: what was put back before it stays.
        self.queued();
        done
    }

    // Sending and status.

    /// Returns how it stands; told again by [`Change::Status`].
    pub fn status(&self) -> Status {
        let driver = self.0.sending.status();
        let unsent = self.0.unsent.get();
        // A phone that is not counted in any more is told so as long as something waits for that project.
        let left = (unsent.is_current_left && unsent.entries > 0).then_some(ErrorCode::NotMember);
        let shut_out = driver.problem.filter(|problem| *problem == ErrorCode::DeviceShutOut);
        Status {
            is_online: is_online(),
            unsent_photos: unsent.photos,
            unsent_entries: unsent.entries,
            oldest_unsent: unsent.oldest,
            is_sending: !driver.sending.is_empty(),
            problem: shut_out
                .or(left)
                .or(driver.problem)
                .filter(|problem| *problem != ErrorCode::UnknownDevice || unsent.entries > 0),
            // Private windows: WebKit's refuse Blobs, Firefox's have no service workers.
            keeps_nothing: self.0.store.keeping() == Keeping::Buffers || !self.0.updates.is_supported(),
            update_waits: self.0.updates.waits(),
        }
    }

    /// Tries to send at once, whatever the waiting time.
    pub fn send_now(&self) {
        self.0.sending.tell(&Message::SendAsked);
    }

    /// Uses the version that waits: all tabs reload.
    pub fn use_new_version(&self) {
        self.0.updates.use_new();
    }

    /// Asks to have the part for making on this phone before it is used without network. A phone that takes part does so by
    /// itself, once nothing is on its way.
    pub fn keep_making(&self) {
        self.0.updates.keep_making();
    }

    /// Returns how it stands with the phone's storage.
    pub async fn storage(&self) -> Storage {
        storage::look().await
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn capture(&self) -> &Rc<Capture> {
        &self.0.capture
    }

    /// Tells all tabs.
    pub(crate) fn announce(&self, change: Change) {
        self.0.tabs.announce(change);
    }

    pub(crate) fn sending_status(&self) -> DriverStatus {
        self.0.sending.status()
    }

    /// Tells all tabs, and has it sent.
    pub(crate) fn queued(&self) {
        self.0.tabs.announce(Change::Entries);
        self.0.sending.tell(&Message::Queued);
    }
}

/// Hears the network come and go, and the page come to the front.
fn listen(sending: &Rc<Sending>, tabs: &Rc<Tabs>) -> Vec<EventListener> {
    let Some(window) = window() else { return Vec::new() };
    let (online, offline, visible) = (Rc::clone(sending), Rc::clone(tabs), Rc::clone(sending));
    let came = Rc::clone(tabs);
    let mut listeners = vec![
        EventListener::new(&window, "online", move |_| {
            came.announce_here(Change::Status);
            online.tell(&Message::SendAsked);
        }),
        EventListener::new(&window, "offline", move |_| offline.announce_here(Change::Status)),
    ];
    if let Some(document) = window.document() {
        listeners.push(EventListener::new(&document, "visibilitychange", move |_| {
            if is_visible() {
                visible.tell(&Message::LookAsked);
            }
        }));
    }
    listeners
}
