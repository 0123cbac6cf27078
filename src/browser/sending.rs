//! The page's side of sending: it starts the worker that sends (crate `sender`) once there is something to sync with, passes
//! on what happens, and keeps what the worker says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::Set;
use gloo::timers::callback::Interval;
use protocol::ErrorCode;
use store::Store;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, Worker};

use crate::device::{is_online, is_visible, load_script, meta};
use crate::tabs::{DriverStatus, Message, Tabs, drive_when_free};
use crate::{Change, net};

/// How often a page in front looks for what others made, in milliseconds.
const LOOK_MS: u32 = 20_000;

/// What a page knows of sending. Every tab has one; only the tab that holds the lock starts the worker.
pub(crate) struct Sending {
    store: Store,
    tabs: Rc<Tabs>,
    status: RefCell<DriverStatus>,
    /// Runs of the engine that have ended since this page opened, whichever worker it ran in.
    runs: Cell<u64>,
    may_start: Cell<bool>,
    /// Somebody is about to join.
    is_awaited: Cell<bool>,
    worker: RefCell<Option<Worker>>,
    /// Ends with the page.
    look: Cell<Option<Interval>>,
}

impl Sending {
    pub(crate) fn new(store: Store, tabs: Rc<Tabs>) -> Rc<Self> {
        Rc::new(Self {
            store,
            tabs,
            status: RefCell::default(),
            runs: Cell::new(0),
            may_start: Cell::new(false),
            is_awaited: Cell::new(false),
            worker: RefCell::new(None),
            look: Cell::new(None),
        })
    }

    /// Starts the worker as soon as this tab may and there is need of it.
    pub(crate) fn start(self: &Rc<Self>) {
        let sending = Rc::clone(self);
        drive_when_free(move || {
            sending.may_start.set(true);
            sending.start_if_needed();
        });
        self.tabs.say(&Message::Hello);
        let sending = Rc::downgrade(self);
        self.look.set(Some(Interval::new(LOOK_MS, move || {
            let Some(sending) = sending.upgrade() else { return };
            if is_visible() && is_online() && !sending.status.borrow().hears {
                sending.tell(&Message::LookAsked);
            }
        })));
    }

    /// Starts the worker where this tab may, for somebody who is about to need it.
    pub(crate) fn prepare(self: &Rc<Self>) {
        self.is_awaited.set(true);
        self.start_if_needed();
    }

    /// Passes on what happened, to the worker of whichever tab has it.
    pub(crate) fn tell(self: &Rc<Self>, message: &Message) {
        self.tabs.say(message);
        self.start_if_needed();
    }

    /// Takes in what another tab or the worker said.
    pub(crate) fn heard(self: &Rc<Self>, message: Message) {
        match message {
            Message::Driver(status) => self.take(status),
            Message::Queued | Message::SendAsked | Message::LookAsked | Message::RoomAsked => self.start_if_needed(),
            // A worker answers for itself.
            Message::Hello if self.may_start.get() && self.worker.borrow().is_none() => {
                self.tabs.say(&Message::Driver(self.status()));
            }
            Message::Hello | Message::Changed(_) => {}
        }
    }

    /// Returns how it stands.
    pub(crate) fn status(&self) -> DriverStatus {
        self.status.borrow().clone()
    }

    /// Returns how many runs of the engine have ended since this page opened.
    pub(crate) fn runs(&self) -> u64 {
        self.runs.get()
    }

    fn take(&self, new: DriverStatus) {
        let old = self.status.replace(new.clone());
        if old == new {
            return;
        }
        // A worker that has just begun counts from nothing.
        self.runs.set(self.runs.get() + new.runs.checked_sub(old.runs).unwrap_or(new.runs));
        self.tabs.announce_here(Change::Status);
        if old.sending != new.sending {
            self.tabs.announce_here(Change::Entries);
        }
        if old.is_acquainted != new.is_acquainted {
            self.tabs.announce_here(Change::Memberships);
        }
    }

    fn start_if_needed(self: &Rc<Self>) {
        if !self.may_start.get() || self.worker.borrow().is_some() || !is_online() {
            return;
        }
        let sending = Rc::clone(self);
        spawn_local(async move {
            if sending.is_needed().await && sending.worker.borrow().is_none() {
                sending.start_worker();
            }
        });
    }

    /// Says whether there is somebody to sync with: a project, a join that waits, or a server that knows this device
    /// although its storage was wiped.
    async fn is_needed(&self) -> bool {
        if self.is_awaited.get() {
            return true;
        }
        let Ok(members) = self.store.members().await else { return false };
        if !members.memberships.is_empty() || members.joins.iter().any(|join| join.refused.is_none()) {
            return true;
        }
        if self.status.borrow().is_acquainted {
            return false;
        }
        let is_known = net::is_known().await;
        if is_known.is_some_and(|is_known| is_known != Ok(true)) {
            let problem = is_known.and_then(Result::err);
            self.say(DriverStatus { is_acquainted: true, problem, ..self.status() });
        }
        is_known == Some(Ok(true))
    }

    fn start_worker(self: &Rc<Self>) {
        let Some(address) = meta("send-worker") else { return };
        let Ok(worker) = Worker::new(&address) else { return };
        let sending = Rc::clone(self);
        // It says a word only when it cannot begin; whoever wants it next tries again.
        let on_failure = Closure::<dyn Fn(Event)>::new(move |_event| {
            if let Some(worker) = sending.worker.take() {
                worker.terminate();
            }
            // What it last said is not so any more.
            sending.say(DriverStatus { sending: Set::new(), hears: false, ..sending.status() });
            spawn_local(Rc::clone(&sending).find_out_why(address.clone()));
        });
        worker.set_onmessage(Some(on_failure.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_failure.as_ref().unchecked_ref()));
        on_failure.forget();
        *self.worker.borrow_mut() = Some(worker);
        load_script("send-page");
    }

    /// A page that stood on the phone before the server was renewed asks for what is not there any more.
    async fn find_out_why(self: Rc<Self>, address: String) {
        if is_online() && net::is_gone(&address).await {
            self.say(DriverStatus { problem: Some(ErrorCode::ClientTooOld), ..self.status() });
        }
    }

    /// Tells all tabs how it stands, where no worker does.
    fn say(&self, status: DriverStatus) {
        self.tabs.say(&Message::Driver(status.clone()));
        self.take(status);
    }
}
