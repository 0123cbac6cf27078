//! What only the device can say, to pages and workers alike: the time, and chance.

use domain::Timestamp;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Crypto;

/// Returns the phone's own clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time in milliseconds fits")]
pub fn now() -> Timestamp {
    Timestamp::from_ms(js_sys::Date::now().max(0.0) as u64)
}

/// Returns random bytes.
pub fn random<const N: usize>() -> [u8; N] {
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

/// Returns what pages and workers alike have under this name.
pub fn of_global(name: &str) -> JsValue {
    Reflect::get(&js_sys::global(), &name.into()).unwrap_or(JsValue::UNDEFINED)
}
