//! What every screen finds in its context, and which screen stands at which address.

use browser::{Change, Memberships, Phone, Status, Subscription};
use dom::{View, div, live};
use gloo::events::EventListener;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::capture::{self, LeftOut, capture, use_begin};
use crate::light::{Reading, derive, use_reading};
use crate::locales::Language;
use crate::navigation::{provide_navigation, use_go};
use crate::pages::{Typed, edit_entry, entry_page, join, mine, more, not_found, session, start, wall};
use crate::places::Place;
use crate::shell;
use crate::ui::{bar, skip_link};

/// All of the app. A change of language makes every screen anew.
pub(crate) fn app(phone: Phone, language: Language, left_out: u32) -> View {
    provide_live(&phone);
    provide_context(phone);
    let language = provide_language(language);
    provide_navigation();
    provide_context(LeftOut(RwSignal::new(left_out)));
    provide_context(Typed::default());
    use_late_files();
    live(move || {
        provide_context(language.get().words());
        View::from(skip_link()).and(screens())
    })
}

/// The screen that the address names: one of the capture steps, or one in the frame with the five places.
fn screens() -> View {
    let go = use_go();
    let place = derive(move || Place::at(&go.path()));
    let is_capture = derive(move || place.with(Place::is_capture));
    live(move || {
        if is_capture.get() {
            return live(move || screen(place.get()));
        }
        div().class("frame").flag("data-rail", true).child(live(move || screen(place.get()))).child(bar()).into()
    })
}

fn screen(place: Place) -> View {
    match place {
        Place::Start => start(),
        Place::Join(code) => join(code),
        Place::Mine => mine(),
        Place::EditEntry(id) => edit_entry(id),
        Place::Wall => wall(),
        Place::Entry(id) => entry_page(id),
        Place::Session => session(),
        Place::More => more(),
        Place::Capture(id) => capture(id).into(),
        Place::Nowhere => not_found(),
    }
}

/// What this phone says, for screens to read: told anew after each change, whichever tab made it.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    entries: RwSignal<u32>,
    drafts: RwSignal<u32>,
    /// How it stands with network, outbox and version.
    pub(crate) status: RwSignal<Status>,
    /// What this phone takes part in; `None` while it is being read.
    pub(crate) memberships: Reading<Memberships>,
}

impl Live {
    /// Makes whoever calls it in a resource read again when own or others' entries change.
    pub(crate) fn track_entries(self) {
        self.entries.track();
    }

    /// Makes whoever calls it in a resource read again when drafts change.
    pub(crate) fn track_drafts(self) {
        self.drafts.track();
    }
}

/// Returns what this phone says.
pub(crate) fn use_live() -> Live {
    expect_context()
}

/// Returns this phone.
pub(crate) fn use_phone() -> Phone {
    expect_context()
}

/// Returns the language in use; setting it makes every screen anew.
pub(crate) fn use_language() -> RwSignal<Language> {
    expect_context()
}

fn provide_live(phone: &Phone) {
    let [entries, drafts, memberships] = std::array::from_fn(|_| RwSignal::new(0_u32));
    let status = RwSignal::new(phone.status());
    let subscription = phone.subscribe({
        let phone = phone.clone();
        move |change| match change {
            Change::Entries => entries.update(|n| *n += 1),
            Change::Drafts => drafts.update(|n| *n += 1),
            Change::Memberships => memberships.update(|n| *n += 1),
            Change::Status => status.set(phone.status()),
        }
    });
    // It ends with the app.
    StoredValue::<Subscription, LocalStorage>::new_local(subscription);
    let phone = phone.clone();
    let memberships = use_reading(move || {
        memberships.track();
        let phone = phone.clone();
        async move { phone.memberships().await }
    });
    provide_context(Live { entries, drafts, status, memberships });
}

fn provide_language(first: Language) -> RwSignal<Language> {
    let language = RwSignal::new(first);
    provide_context(language);
    Effect::new(move |_| speak(language.get()));
    language
}

/// Begins a draft with files that come from the static shell although it is gone.
fn use_late_files() {
    let go = use_go();
    let begin = use_begin(move |path| go.to(path));
    let listener = EventListener::new(&document(), "shell-files", move |_| {
        let files = browser::take_shell_files();
        if !files.is_empty() {
            begin.run(files);
        }
    });
    // It ends with the app.
    StoredValue::<EventListener, LocalStorage>::new_local(listener);
}

/// Returns the language to begin with: as the address says, as chosen on this phone, as the phone speaks.
pub(crate) fn first_language() -> Language {
    let asked = shell::query("taal");
    if let Some(tag) = &asked {
        browser::set_language(tag);
    }
    let tag = asked.or_else(browser::language).or_else(browser::device_language);
    tag.map_or(Language::Dutch, |tag| Language::from_tag(&tag))
}

/// Tells the browser which language the page is in, and its direction.
pub(crate) fn speak(language: Language) {
    if let Some(root) = document().document_element() {
        // These attributes are always allowed.
        let _ = root.set_attribute("lang", language.lang());
        let _ = root.set_attribute("dir", language.dir());
    }
}

/// Begins a draft with files chosen before there was an app: the app then starts on its screen. Returns how many found
/// no room.
pub(crate) fn begin_with(phone: &Phone, files: Vec<File>) -> u32 {
    if files.is_empty() {
        return 0;
    }
    let (path, left_out) = capture::begin(phone, files);
    if let Ok(history) = window().history() {
        // If the browser refuses, the draft waits on the start screen.
        let _ = history.push_state_with_url(&JsValue::from_str("/"), "", Some(&path));
    }
    left_out
}
