//! The second part of the app: *Begeleiden*, for who guides residents, and the phones of a person.
//!
//! A page and a wasm of its own, so that a resident's first visit brings nothing of it (see `public/sw.js` for when it comes).
//! It looks and behaves as the first part, by `ui`. Screens ask the server themselves ([`browser::ask`]): what they show is kept on
//! no phone. It must not know: the database, the network beyond questions, how entries are made. Read first: [`desk::desk`] (what
//! every screen finds), [`places::Place`] (which screen stands where), [`seat::with_seat`] (who sits at the desk).

mod asking;
mod changed;
mod consents;
mod desk;
mod figures;
mod locales;
mod order;
mod pages;
mod people;
mod places;
mod questions;
mod queue;
mod records;
mod seat;
mod sketch;
mod theming;
mod typed;

use browser::Phone;
use ui::{first_language, open_failed, take_over};

use desk::desk;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(start());
}

/// Opens the phone's storage behind the static shell, then takes its place.
async fn start() {
    let language = first_language();
    match Phone::open().await {
        Ok(phone) => take_over(language, move || desk(phone, language)),
        Err(problem) => take_over(language, move || open_failed(problem, language).into()),
    }
}
