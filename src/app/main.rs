//! The app: what a resident sees.
//!
//! Pages (`pages`) are shapes over what [`browser::Phone`] says; `capture` is the way from a photo to an entry, `ui` what
//! several screens show, `locales` every word. It must not know: the database, the network, JavaScript beyond elements
//! and events. Read first: [`app::app`] (what every screen finds), [`places::Place`] (which screen stands where), [`capture::capture`], [`locales::Words`].

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
use dom::View;

use app::app;
use locales::Language;
use pages::open_failed;

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
            take_over(language, move || app(phone, language, left_out));
        }),
        Err(problem) => take_over(language, move || open_failed(problem, language.words()).into()),
    }
}

/// Puts the app where the shell was, in one task: at no moment are there two of anything, or none.
fn take_over(language: Language, app: impl FnOnce() -> View + 'static) {
    app::speak(language);
    let focused = shell::remove();
    dom::mount(app);
    shell::restore_focus(focused);
    shell::say_ready();
}
