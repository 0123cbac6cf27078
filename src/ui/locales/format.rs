//! Numbers and dates, written by the browser in the language of the screen.

use domain::Timestamp;
use js_sys::{Date, Number, Object, Reflect};
use wasm_bindgen::JsValue;

use super::Language;

/// Writes a day, as in "12 november 2025".
pub fn day(time: Timestamp, language: Language) -> String {
    // Milliseconds since 1970 stay exact in a float for the next 285,000 years.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let date = Date::new(&JsValue::from_f64(time.ms() as f64));
    let options = options(&[("day", "numeric"), ("month", "long"), ("year", "numeric")]);
    date.to_locale_date_string(written(language), &options).into()
}

/// Writes a moment, as in "12 november 2025 om 14:05".
pub fn moment(time: Timestamp, language: Language) -> String {
    // As above.
    #[expect(clippy::cast_precision_loss, reason = "see above")]
    let date = Date::new(&JsValue::from_f64(time.ms() as f64));
    let options = options(&[("dateStyle", "long"), ("timeStyle", "short")]);
    date.to_locale_string(written(language), &options).into()
}

/// Returns a number of things, as sentences count them.
pub fn count_of(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

/// Writes a size, as in "1,5 MB".
pub fn size(bytes: u64, language: Language) -> String {
    let (amount, unit) = rounded(bytes);
    let amount: String = Number::from(amount).to_locale_string(written(language)).into();
    format!("{amount} {unit}")
}

/// Returns a size with two digits that say something, and its unit.
fn rounded(bytes: u64) -> (f64, &'static str) {
    #[expect(clippy::cast_precision_loss, reason = "a rounded size is what is wanted")]
    let megabytes = bytes as f64 / 1e6;
    let (amount, unit) = if megabytes < 1000.0 { (megabytes, "MB") } else { (megabytes / 1000.0, "GB") };
    (if amount < 10.0 { (amount * 10.0).round() / 10.0 } else { amount.round() }, unit)
}

/// Returns the tag by which numbers and dates are written: English as in Europe, the day before the month.
const fn written(language: Language) -> &'static str {
    match language {
        Language::English => "en-GB",
        Language::Dutch | Language::Mirrored => language.lang(),
    }
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a new plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_rounded_to_what_says_something() {
        let sizes = [0, 340_000, 12_345_678, 10_737_000_000].map(rounded);
        assert_eq!(sizes, [(0.0, "MB"), (0.3, "MB"), (12.0, "MB"), (11.0, "GB")]);
    }
}
