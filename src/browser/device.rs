//! What only the device can say: the time, chance, and whether there is network.

use domain::Timestamp;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Crypto, Window};

/// Returns the phone's own clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time in milliseconds fits")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_ms(js_sys::Date::now().max(0.0) as u64)
}

/// Returns random bytes.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = of_global("crypto").dyn_into::<Crypto>().ok().map(|crypto| {
        // Fails only for more bytes than 65,536.
        crypto.get_random_values_with_u8_array(&mut bytes)
    });
    if !matches!(filled, Some(Ok(_))) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}

/// Says whether the browser believes that there is network.
pub(crate) fn is_online() -> bool {
    Reflect::get(&of_global("navigator"), &"onLine".into()).is_ok_and(|online| online.as_bool() != Some(false))
}

/// Says whether the page is in front.
pub(crate) fn is_visible() -> bool {
    window()
        .and_then(|window| window.document())
        .is_some_and(|document| document.visibility_state() == web_sys::VisibilityState::Visible)
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

/// Returns what pages and workers alike have under this name.
fn of_global(name: &str) -> JsValue {
    Reflect::get(&js_sys::global(), &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// Says whether an object of the browser has a property; old browsers lack some.
pub(crate) fn has(object: &JsValue, name: &str) -> bool {
    Reflect::get(object, &name.into()).is_ok_and(|value| !value.is_undefined() && !value.is_null())
}
