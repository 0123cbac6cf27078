//! What every screen finds in its context, and which screen stands at which address.

use browser::{Change, Memberships, Phone, Status, Subscription};
use gloo::events::EventListener;
use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Route, Router, Routes};
use leptos_router::path;
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::capture::{self, Capture, LeftOut, use_begin};
use crate::locales::Language;
use crate::navigation::{follow_trail, provide_trail, use_go};
use crate::pages::{EditEntry, EntryPage, Join, Mine, More, NotFound, Session, Start, Wall};
use crate::shell;
use crate::ui::{Bar, SkipLink};

/// All of the app. A change of language makes every screen anew.
#[component]
pub(crate) fn App(phone: Phone, language: Language, left_out: u32) -> impl IntoView {
    provide_live(&phone);
    provide_context(phone);
    let language = provide_language(language);
    provide_trail();
    provide_context(LeftOut(RwSignal::new(left_out)));
    move || {
        provide_context(language.get().words());
        view! {
            <SkipLink/>
            <Router>
                <Screens/>
            </Router>
        }
    }
}

#[component]
fn Screens() -> impl IntoView {
    follow_trail();
    use_late_files();
    view! {
        <Routes fallback=NotFound>
            <ParentRoute path=path!("") view=Places>
                <Route path=path!("") view=Start/>
                <Route path=path!("mee/:code?") view=Join/>
                <Route path=path!("mijn") view=Mine/>
                <Route path=path!("mijn/:id") view=EditEntry/>
                <Route path=path!("buurt") view=Wall/>
                <Route path=path!("buurt/:id") view=EntryPage/>
                <Route path=path!("gesprek") view=Session/>
                <Route path=path!("meer") view=More/>
            </ParentRoute>
            <Route path=path!("maak/:id/:step?") view=Capture/>
        </Routes>
    }
}

/// The frame of all screens but the capture steps: the five places below, or at the side.
#[component]
fn Places() -> impl IntoView {
    view! {
        <div class="frame" data-rail="">
            <Outlet/>
            <Bar/>
        </div>
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
    pub(crate) memberships: LocalResource<Memberships>,
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
    let read = {
        let phone = phone.clone();
        move || {
            memberships.track();
            let phone = phone.clone();
            async move { phone.memberships().await }
        }
    };
    provide_context(Live { entries, drafts, status, memberships: LocalResource::new(read) });
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
    // It is taken away together with these screens.
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
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&path));
    }
    left_out
}
