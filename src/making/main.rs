//! The part of the app for what can be made with a photo beside the quick way (covering people, turning, telling by voice), and for
//! what was made: changing own entries, backups.
//!
//! A page and a wasm of its own, so that a first visit brings nothing of it; a phone fetches it once it takes part in a project (see
//! `public/sw.js`). It works on the drafts of this phone, without network. It must not know: the database, the network, how a
//! photo is painted on. Read first: [`making::making`] (what every screen finds), [`places::Place`] (which screen stands where).

mod covering;
mod locales;
mod making;
mod pages;
mod places;

use browser::Phone;
use ui::{first_language, open_failed, take_over};

use making::making;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(start());
}

/// Opens the phone's storage behind the static shell, then takes its place.
async fn start() {
    let language = first_language();
    match Phone::open().await {
        Ok(phone) => take_over(language, move || making(phone, language)),
        Err(problem) => take_over(language, move || open_failed(problem, language).into()),
    }
}
