//! Numbers and dates, written by the browser in the language of the screen.

use domain::Timestamp;
use js_sys::{Date, Number, Object, Reflect};
use wasm_bindgen::JsValue;

use super::Language;

/// Writes a day, as in "12 november 2025".
pub(crate) fn day(time: Timestamp, language: Language) -> String {
    // Milliseconds since 1970 stay exact in a float for the next 285,000 years.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let date = Date::new(&JsValue::from_f64(time.ms() as f64));
    let options = options(&[("day", "numeric"), ("month", "long"), ("year", "numeric")]);
    date.to_locale_date_string(language.lang(), &options).into()
}

/// Writes a size in megabytes, as in "1,5".
pub(crate) fn megabytes(bytes: u64, language: Language) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a rounded size is what is wanted")]
    let megabytes = bytes as f64 / 1e6;
    let rounded = if megabytes < 10.0 { (megabytes * 10.0).round() / 10.0 } else { megabytes.round() };
    Number::from(rounded).to_locale_string(language.lang()).into()
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options.into()
}
