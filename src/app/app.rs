//! What every screen finds in its context, and which screen stands at which address.

use browser::Phone;
use dom::reactive::*;
use dom::{View, div, live};
use gloo::events::EventListener;
use ui::{bar, derive, not_found, provide_language, provide_live, provide_navigation, skip_link, use_go};
use wasm_bindgen::JsValue;
use web_sys::File;

use crate::capture::{self, LeftOut, capture, use_begin};
use crate::pages::{Typed, entry_page, join, mine, more, session, start, wall};
use crate::places::Place;

/// Links to screens of this part: all but those of parts that have a page of their own.
const LINKS: &str = "a[href^='/']:not([href^='/begeleiden'],[href^='/meer/'],[href^='/erbij'])";

/// All of the app. A change of language makes every screen anew.
pub(crate) fn app(phone: Phone, language: ui::Language, left_out: u32) -> View {
    provide_live(phone);
    let language = provide_language(language);
    provide_navigation(LINKS);
    provide_context(LeftOut(RwSignal::new(left_out)));
    provide_context(Typed::default());
    use_late_files();
    live(move || {
        language.track();
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
        Place::Wall => wall(),
        Place::Entry(id) => entry_page(id),
        Place::Session => session(),
        Place::More => more(),
        Place::Capture(id) => capture(id).into(),
        Place::Nowhere => not_found(),
    }
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
