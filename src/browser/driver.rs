//! Runs the sync engine: does its effects, feeds back what came of them, and wakes it. Lives in a worker (crate `sender`),
//! started by the page that holds the lock (`sending.rs`), or in a service worker once all pages are closed.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use domain::{MediaHash, Set};
use gloo::timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use protocol::MediaSize;
use store::{Store, StoreError};
use sync::{Effect, Engine, Event, Outcome, Request, Write};
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use crate::Change;
use crate::device::{now, random};
use crate::hearing::Hearing;
use crate::model::OpenProblem;
use crate::net;
use crate::tabs::{DriverStatus, Message, Tabs};

/// A wakeup that comes later is left to the next time, in milliseconds.
const SOON_MS: u64 = 20_000;

/// How often the end of a run is looked for, in milliseconds.
const LOOK_MS: u32 = 250;

/// How long what became of an upload may wait for that of others, in milliseconds.
const GATHER_MS: u32 = 50;

/// How often pages are told at most, in milliseconds: each time they read again all that they show.
const TELL_MS: u32 = 400;

/// Sends and fetches as long as the worker that calls it lives.
///
/// # Errors
/// Why the phone's storage does not open.
pub async fn drive() -> Result<(), OpenProblem> {
    // The engine's wakeups hold it only while they wait; the channel holds it weakly.
    std::mem::forget(Driver::start().await?);
    Ok(())
}

/// Sends and fetches until nothing is left to do, and returns `true`; `false` when something is left that has to wait longer
/// than a service worker is kept for.
///
/// # Errors
/// Why the phone's storage does not open.
pub async fn drive_until_done() -> Result<bool, OpenProblem> {
    let driver = Driver::start().await?;
    loop {
        TimeoutFuture::new(LOOK_MS).await;
        let engine = driver.engine.borrow();
        match engine.next_wakeup() {
            None if engine.is_idle() => return Ok(true),
            Some(at) if at.since(now()) > SOON_MS => return Ok(false),
            None | Some(_) => {}
        }
    }
}

/// The engine with its hands.
struct Driver {
    store: Store,
    tabs: Tabs,
    engine: RefCell<Engine>,
    /// Runs of the engine that have ended.
    runs: Cell<u64>,
    /// What the pages were told last.
    told: RefCell<DriverStatus>,
    /// What has changed since.
    untold: RefCell<Set<Change>>,
    /// They were told a moment ago.
    has_just_told: Cell<bool>,
    /// What travels next, taken from the storage while others travel.
    ahead: RefCell<Option<(MediaHash, Option<Blob>)>>,
    wakeup: Cell<Option<Timeout>>,
    /// The server's stream of events, while there is something to hear.
    hearing: RefCell<Option<Hearing>>,
}

impl Driver {
    async fn start() -> Result<Rc<Self>, OpenProblem> {
        // When a newer version takes the storage over, the page reloads, and this worker ends with it.
        let store = Store::open(u64::from_le_bytes(random()), || {}).await?;
        let driver = Rc::new_cyclic(|driver: &Weak<Self>| {
            let driver = driver.clone();
            let tabs = Tabs::open(move |message| {
                if let Some(driver) = driver.upgrade() {
                    driver.heard(&message);
                }
            });
            Self {
                store,
                tabs,
                engine: RefCell::new(Engine::new(u64::from_le_bytes(random()))),
                runs: Cell::new(0),
                told: RefCell::default(),
                untold: RefCell::default(),
                has_just_told: Cell::new(false),
                ahead: RefCell::new(None),
                wakeup: Cell::new(None),
                hearing: RefCell::new(None),
            }
        });
        driver.feed(Event::Started);
        Ok(driver)
    }

    fn heard(self: &Rc<Self>, message: &Message) {
        match message {
            Message::Queued => self.feed(Event::ChangeQueued),
            Message::SendAsked => self.feed(Event::SendAsked),
            Message::LookAsked => self.feed(Event::BecameVisible),
            Message::RoomAsked => {
                let driver = Rc::clone(self);
                // A storage that does not answer says so to whoever tries again.
                spawn_local(async move { drop(driver.store.make_room().await) });
            }
            Message::Hello => self.tabs.say(&Message::Driver(self.status())),
            Message::Driver(_) | Message::Changed(_) => {}
        }
    }

    fn feed(self: &Rc<Self>, event: Event) {
        let was_idle = self.engine.borrow().is_idle();
        let effects = self.engine.borrow_mut().handle(event, now());
        for effect in effects {
            let driver = Rc::clone(self);
            spawn_local(async move {
                let done = driver.run(effect).await;
                driver.feed(done);
            });
        }
        self.look_ahead();
        self.hear();
        if !was_idle && self.engine.borrow().is_idle() {
            self.runs.set(self.runs.get() + 1);
            self.keep_parts();
        }
        self.tell();
        self.set_wakeup();
    }

    /// Opens the stream of events when there is something to hear, also one that ended, and closes it when not.
    fn hear(self: &Rc<Self>) {
        let mut hearing = self.hearing.borrow_mut();
        if !self.engine.borrow().wants_events() {
            *hearing = None;
        } else if hearing.as_ref().is_none_or(Hearing::may_begin_anew) {
            let told: Weak<Self> = Rc::downgrade(self);
            let feed = move |event| {
                if let Some(driver) = told.upgrade() {
                    driver.feed(event);
                }
            };
            let look = feed.clone();
            *hearing =
                Hearing::begin(move |change| feed(Event::RemoteChanged(change)), move || look(Event::BecameVisible));
        }
    }

    /// Has the parts of the app kept on this phone that its member may want where there is no network: for everybody what is
    /// made with a photo, for who guides the part for that. Only once nothing is on its way.
    fn keep_parts(self: &Rc<Self>) {
        let driver = Rc::clone(self);
        spawn_local(async move {
            // A storage that does not answer is asked again after the next run.
            let members = driver.store.members().await;
            let memberships = members.map(|all| all.memberships).unwrap_or_default();
            if driver.engine.borrow().is_sending() {
                return;
            }
            if !memberships.is_empty() {
                driver.tabs.say_to_script("making_wanted");
            }
            if memberships.iter().any(|one| one.role.has_desk()) {
                driver.tabs.say_to_script("desk_wanted");
            }
        });
    }

    async fn run(&self, effect: Effect) -> Event {
        match effect {
            Effect::Load => match self.store.snapshot().await {
                Ok(snapshot) => Event::Loaded(Box::new(snapshot)),
                Err(_) => Event::StorageFailed,
            },
            Effect::Persist(writes) => match self.persist(&writes).await {
                Ok(()) => {
                    self.untold.borrow_mut().extend(&changes_of(&writes));
                    Event::Stored
                }
                Err(_) => Event::StorageFailed,
            },
            Effect::Send(id, request) => {
                let medium = match &request {
                    Request::Upload(_, sha256, _) => match self.photo(*sha256).await {
                        Ok(medium) => medium,
                        // The storage does not answer now: that is not to say that the photo is gone.
                        Err(_) => return Event::Answered(id, Box::new(Outcome::Unreachable)),
                    },
                    Request::Me | Request::Join(_) | Request::Push(..) | Request::AskOffset(..) | Request::Pull(..) => {
                        None
                    }
                };
                Event::Answered(id, Box::new(net::ask(&request, medium).await))
            }
        }
    }

    async fn photo(&self, sha256: MediaHash) -> Result<Option<Blob>, StoreError> {
        let ahead = self.ahead.borrow_mut().take_if(|(ahead, _)| *ahead == sha256);
        match ahead {
            Some((_, photo)) => Ok(photo),
            None => self.store.own_photo(sha256, MediaSize::Large).await,
        }
    }

    /// Takes from the storage what travels next.
    fn look_ahead(self: &Rc<Self>) {
        let Some(next) = self.engine.borrow().up_next() else { return };
        if self.ahead.borrow().as_ref().is_some_and(|(ahead, _)| *ahead == next) {
            return;
        }
        let driver = Rc::clone(self);
        spawn_local(async move {
            if let Ok(photo) = driver.store.own_photo(next, MediaSize::Large).await {
                driver.ahead.replace(Some((next, photo)));
            }
        });
    }

    /// Does writes; makes room for them when the phone is full.
    async fn persist(&self, writes: &[Write]) -> Result<(), StoreError> {
        let is_more_to_come = !self.engine.borrow().sending().is_empty();
        if is_more_to_come && writes.iter().all(|write| matches!(write, Write::Medium { .. })) {
            // On a fast network it comes in meanwhile, and goes together.
            TimeoutFuture::new(GATHER_MS).await;
        }
        match self.store.persist(writes).await {
            Err(StoreError::Full) => {
                self.store.make_room().await?;
                self.store.persist(writes).await
            }
            done => done,
        }
    }

    fn status(&self) -> DriverStatus {
        let engine = self.engine.borrow();
        DriverStatus {
            sending: engine.sending(),
            problem: engine.problem(),
            is_acquainted: engine.is_acquainted(),
            hears: self.hearing.borrow().as_ref().is_some_and(Hearing::is_open),
            runs: self.runs.get(),
        }
    }

    /// Tells the pages when something that screens show is different: at once, and then not for a moment.
    fn tell(self: &Rc<Self>) {
        // That nothing is on its way any more is what people wait for.
        if self.has_just_told.get() && self.engine.borrow().is_sending() {
            return;
        }
        let untold = std::mem::take(&mut *self.untold.borrow_mut());
        let status = self.status();
        let is_different = self.told.replace(status.clone()) != status;
        if untold.is_empty() && !is_different {
            return;
        }
        for change in untold.iter() {
            self.tabs.announce(*change);
        }
        if is_different {
            self.tabs.say(&Message::Driver(status));
        }
        self.has_just_told.set(true);
        let driver: Weak<Self> = Rc::downgrade(self);
        Timeout::new(TELL_MS, move || {
            if let Some(driver) = driver.upgrade() {
                driver.has_just_told.set(false);
                driver.tell();
            }
        })
        .forget();
    }

    fn set_wakeup(self: &Rc<Self>) {
        let wakeup = self.engine.borrow().next_wakeup().map(|at| {
            let driver: Weak<Self> = Rc::downgrade(self);
            let wait_ms = u32::try_from(at.since(now())).unwrap_or(u32::MAX).min(i32::MAX.cast_unsigned());
            Timeout::new(wait_ms, move || {
                if let Some(driver) = driver.upgrade() {
                    driver.feed(Event::WakeupReached);
                }
            })
        });
        self.wakeup.set(wakeup);
    }
}

fn changes_of(writes: &[Write]) -> Set<Change> {
    writes
        .iter()
        .filter_map(|write| match write {
            Write::Offset(_) | Write::Attempted(_) | Write::JoinForgotten(_) => None,
            Write::Pulled { items, .. } if items.is_empty() => None,
            Write::Memberships(_)
            | Write::Left(_)
            | Write::ShutOut
            | Write::Joined { .. }
            | Write::JoinRefused { .. } => Some(Change::Memberships),
            Write::Restamped { .. }
            | Write::Confirmed { .. }
            | Write::SetAside { .. }
            | Write::Medium { .. }
            | Write::Replay
            | Write::Pulled { .. } => Some(Change::Entries),
        })
        .flat_map(|change| {
            // What was made before joining belongs to a project now.
            if change == Change::Memberships { vec![Change::Memberships, Change::Entries] } else { vec![change] }
        })
        .collect()
}
