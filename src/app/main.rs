//! The app: what a resident sees.
//!
//! Pages (`pages`) are shapes over what [`browser::Phone`] says; `capture` is the way from a photo to an entry, `ui` what
//! several screens show, `locales` every word. It must not know: the database, the network, JavaScript beyond elements
//! and events. Read first: [`app::App`] (what every screen finds), [`places::Place`] (which screen stands where), [`capture::Capture`], [`locales::Words`].

#![expect(unreachable_pub, reason = "the component macro writes `pub` for what it makes of a `pub(crate)` component")]

mod app;
mod capture;
mod light;
mod locales;
mod navigation;
mod pages;
mod places;
mod shell;
mod ui;

use browser::Phone;
use leptos::prelude::*;

use app::App;
use locales::Language;
use pages::OpenFailed;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(start());
}

/// Opens the phone's storage behind the static shell, then takes its place with whatever was chosen in it.
async fn start() {
    let language = app::first_language();
    match Phone::open().await {
        Ok(phone) => shell::when_free(move || {
            let left_out = app::begin_with(&phone, browser::take_shell_files());
            take_over(language, move || view! { <App phone language left_out/> });
        }),
        Err(problem) => take_over(language, move || view! { <OpenFailed problem words=language.words()/> }),
    }
}

/// Puts the app where the shell was, in one task: at no moment are there two of anything, or none.
fn take_over<V: IntoView + 'static>(language: Language, app: impl FnOnce() -> V + 'static) {
    app::speak(language);
    let focused = shell::remove();
    leptos::mount::mount_to_body(app);
    shell::restore_focus(focused);
    shell::say_ready();
}
