//! The app: what a resident sees.
//!
//! Pages (`pages`) are shapes over what [`browser::Phone`] says; `capture` is the way from a photo to an entry, `locales` every
//! word. What it shares with other parts (the frame, icons, photos, languages) is `ui`'s. It must not know: the database, the
//! network, JavaScript beyond elements and events. Read first: [`app::app`] (what every screen finds), [`places::Place`] (which
//! screen stands where), [`capture::capture`], [`locales::Words`].

mod app;
mod capture;
mod locales;
mod pages;
mod places;
mod safety;

use browser::Phone;
use ui::{first_language, open_failed, take_over, when_free};

use app::app;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(start());
}

/// Opens the phone's storage behind the static shell, then takes its place with whatever was chosen in it.
async fn start() {
    let language = first_language();
    match Phone::open().await {
        Ok(phone) => when_free(move || {
            let left_out = app::begin_with(&phone, browser::take_shell_files());
            take_over(language, move || app(phone, language, left_out));
        }),
        Err(problem) => take_over(language, move || open_failed(problem, language).into()),
    }
}
