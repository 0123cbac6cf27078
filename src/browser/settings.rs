//! Small things that must be known before the database is open.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, Window};

const LANGUAGE: &str = "wijkbeeld.language";

/// The name under which the static shell keeps files chosen before the app runs: an array of `File` on `window`.
const SHELL_FILES: &str = "wijkbeeldFiles";

/// Returns the language chosen on this phone, as in `lang="nl"`.
pub fn language() -> Option<String> {
    window()?.local_storage().ok()??.get_item(LANGUAGE).ok()?
}

/// Keeps the language chosen on this phone.
pub fn set_language(tag: &str) {
    // A browser that keeps nothing still shows the chosen language until it is closed.
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(LANGUAGE, tag);
    }
}

/// Returns the language that the phone itself speaks, as in `nl-NL`.
pub fn device_language() -> Option<String> {
    window()?.navigator().language()
}

/// Takes the files that were chosen in the static shell before the app ran.
pub fn take_shell_files() -> Vec<File> {
    let Some(window) = window() else { return Vec::new() };
    let files = js_sys::Reflect::get(&window, &SHELL_FILES.into()).unwrap_or(JsValue::UNDEFINED);
    // Deleting cannot fail on a plain property; if it did, the double-tap guard of the capture would still hold.
    let _ = js_sys::Reflect::delete_property(&window, &SHELL_FILES.into());
    files
        .dyn_into::<js_sys::Array>()
        .map(|files| files.iter().filter_map(|file| file.dyn_into().ok()).collect())
        .unwrap_or_default()
}

fn window() -> Option<Window> {
    web_sys::window()
}
