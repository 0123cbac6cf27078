//! What only the device can say: the time, chance, and whether there is network.

use domain::MediaHash;
use js_sys::{Reflect, Uint8Array};
use store::device::of_global;
pub(crate) use store::device::{now, random};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Window;

/// Says whether the browser believes that there is network.
pub(crate) fn is_online() -> bool {
    Reflect::get(&of_global("navigator"), &"onLine".into()).is_ok_and(|online| online.as_bool() != Some(false))
}

/// Says whether the page is in front.
pub fn is_visible() -> bool {
    window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
}

/// Returns the SHA-256 of these bytes; `None` where the browser has none (a page without https).
pub(crate) async fn sha256(bytes: &mut [u8]) -> Option<MediaHash> {
    let digest = window()?.crypto().ok()?.subtle().digest_with_str_and_u8_array("SHA-256", bytes).ok()?;
    let hash = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(MediaHash(hash.try_into().ok()?))
}

/// Says whether the app was put on the phone's home screen and opened from there.
pub(crate) fn is_installed() -> bool {
    let asked = window().and_then(|window| window.match_media("(display-mode: standalone)").ok().flatten());
    asked.is_some_and(|asked| asked.matches())
}

/// Returns what the page's head says under this name: addresses that the build gave names of their own.
pub(crate) fn meta(name: &str) -> Option<String> {
    let document = window()?.document()?;
    document.query_selector(&format!("meta[name={name}]")).ok()??.get_attribute("content")
}

/// Loads the script that the page's head names so; one that was loaded before is not run again.
pub(crate) fn load_script(name: &str) {
    let Some((document, address)) = window().and_then(|window| window.document()).zip(meta(name)) else { return };
    if let (Ok(script), Some(head)) = (document.create_element("script"), document.document_element()) {
        // Without it the app does all but what the script is for.
        let is_set = script.set_attribute("type", "module").and_then(|()| script.set_attribute("src", &address));
        let _ = is_set.and_then(|()| head.append_child(&script));
    }
}

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// Says whether an object of the browser has a property; old browsers lack some.
pub(crate) fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
