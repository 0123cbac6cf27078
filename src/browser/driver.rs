//! Runs the sync engine: does its effects, feeds back what came of them, and wakes it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use domain::RecordId;
use gloo::timers::callback::{Interval, Timeout};
use protocol::{ErrorCode, MediaSize};
use serde::{Deserialize, Serialize};
use store::Store;
use sync::{Effect, Engine, Event, Outcome, Request, Write};
use wasm_bindgen_futures::spawn_local;

use crate::Change;
use crate::device::{is_online, is_visible, now, random};
use crate::net;
use crate::tabs::{Message, Tabs};

/// How often a page in front looks for what others made, in milliseconds.
const LOOK_MS: u32 = 20_000;

/// How it stands with syncing, told to all tabs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct DriverStatus {
    /// Records of which a part is on its way.
    pub(crate) sending: BTreeSet<RecordId>,
    /// Why the last run stopped, when our server said so.
    pub(crate) problem: Option<ErrorCode>,
    /// The server has told who this device is, or that it does not know it.
    pub(crate) is_acquainted: bool,
    /// How many runs have ended.
    pub(crate) runs: u64,
}

/// The engine with its hands. Every tab has one; only the one that holds the lock drives.
pub(crate) struct Driver {
    store: Store,
    tabs: Rc<Tabs>,
    engine: RefCell<Engine>,
    drives: Cell<bool>,
    status: RefCell<DriverStatus>,
    wakeup: Cell<Option<Timeout>>,
    look: Cell<Option<Interval>>,
}

impl Driver {
    pub(crate) fn new(store: Store, tabs: Rc<Tabs>) -> Rc<Self> {
        Rc::new(Self {
            store,
            tabs,
            engine: RefCell::new(Engine::new(u64::from_le_bytes(random()))),
            drives: Cell::new(false),
            status: RefCell::default(),
            wakeup: Cell::new(None),
            look: Cell::new(None),
        })
    }

    /// Begins to drive: the lock is ours.
    pub(crate) fn start(self: &Rc<Self>) {
        self.drives.set(true);
        self.feed(Event::Started);
        let driver = Rc::downgrade(self);
        self.look.set(Some(Interval::new(LOOK_MS, move || {
            if let Some(driver) = driver.upgrade().filter(|_| is_visible() && is_online()) {
                driver.feed(Event::BecameVisible);
            }
        })));
    }

    /// Passes on what happened: to our engine, or to the tab that drives.
    pub(crate) fn happened(self: &Rc<Self>, event: Event) {
        if self.drives.get() {
            self.feed(event);
        } else if event == Event::ChangeQueued {
            self.tabs.say(&Message::Queued);
        } else {
            self.tabs.say(&Message::SendAsked);
        }
    }

    /// Takes in what another tab said.
    pub(crate) fn heard(self: &Rc<Self>, message: Message) {
        match message {
            Message::Queued if self.drives.get() => self.feed(Event::ChangeQueued),
            Message::SendAsked if self.drives.get() => self.feed(Event::SendAsked),
            Message::Hello if self.drives.get() => self.tabs.say(&Message::Driver(self.status())),
            Message::Driver(status) if !self.drives.get() => {
                *self.status.borrow_mut() = status;
                self.tabs.announce_here(Change::Status);
                self.tabs.announce_here(Change::Entries);
            }
            Message::Queued | Message::SendAsked | Message::Hello | Message::Driver(_) | Message::Changed(_) => {}
        }
    }

    /// Returns how it stands.
    pub(crate) fn status(&self) -> DriverStatus {
        self.status.borrow().clone()
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
        self.tell(was_idle);
        self.set_wakeup();
    }

    async fn run(&self, effect: Effect) -> Event {
        match effect {
            Effect::Load => match self.store.snapshot().await {
                Ok(snapshot) => Event::Loaded(Box::new(snapshot)),
                Err(_) => Event::StorageFailed,
            },
            Effect::Persist(writes) => match self.store.persist(&writes).await {
                Ok(()) => {
                    for change in changes_of(&writes) {
                        self.tabs.announce(change);
                    }
                    Event::Stored
                }
                Err(_) => Event::StorageFailed,
            },
            Effect::Send(id, request) => {
                let medium = match &request {
                    Request::Upload(_, sha256) => match self.store.own_photo(*sha256, MediaSize::Large).await {
                        Ok(medium) => medium,
                        // The storage does not answer now: that is not to say that the photo is gone.
                        Err(_) => return Event::Answered(id, Box::new(Outcome::Unreachable)),
                    },
                    Request::Me | Request::Join(_) | Request::Push(..) | Request::Pull(..) => None,
                };
                Event::Answered(id, Box::new(net::ask(&request, medium).await))
            }
        }
    }

    /// Tells all tabs when something that screens show is different.
    fn tell(&self, was_idle: bool) {
        let new = {
            let engine = self.engine.borrow();
            let old = self.status.borrow();
            DriverStatus {
                sending: engine.sending(),
                problem: engine.problem(),
                is_acquainted: engine.is_acquainted(),
                runs: old.runs + u64::from(!was_idle && engine.is_idle()),
            }
        };
        let old = self.status.replace(new.clone());
        if old == new {
            return;
        }
        self.tabs.say(&Message::Driver(new.clone()));
        self.tabs.announce_here(Change::Status);
        if old.sending != new.sending {
            self.tabs.announce_here(Change::Entries);
        }
        if old.is_acquainted != new.is_acquainted {
            self.tabs.announce_here(Change::Memberships);
        }
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

fn changes_of(writes: &[Write]) -> BTreeSet<Change> {
    writes
        .iter()
        .filter_map(|write| match write {
            Write::Offset(_) | Write::Attempted(_) | Write::JoinForgotten(_) => None,
            Write::Pulled { items, .. } if items.is_empty() => None,
            Write::Memberships(_) | Write::Joined { .. } | Write::JoinRefused { .. } => Some(Change::Memberships),
            Write::Restamped { .. }
            | Write::Confirmed { .. }
            | Write::SetAside { .. }
            | Write::Medium { .. }
            | Write::Pulled { .. } => Some(Change::Entries),
        })
        .flat_map(|change| {
            // What was made before joining belongs to a project now.
            if change == Change::Memberships { vec![Change::Memberships, Change::Entries] } else { vec![change] }
        })
        .collect()
}
