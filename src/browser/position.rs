//! Where the phone is: asked for only when somebody taps for it, and kept nowhere.

use js_sys::{Function, Object, Promise, Reflect};
use store::device::of_global;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Where the phone believes to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Degrees east, degrees north.
    pub place: [f64; 2],
    /// How far it may be beside that.
    pub accuracy_m: f64,
}

/// Why it is not known where the phone is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person, or the phone's settings, do not want it to be told.
    Denied,
    /// The phone does not know, or takes too long to find out.
    Unknown,
}

/// How long the phone may look for satellites, in milliseconds: somebody stands there and waits.
const LONGEST_MS: u32 = 20_000;

/// What the browser calls a refusal (`GeolocationPositionError.PERMISSION_DENIED`).
const PERMISSION_DENIED: f64 = 1.0;

/// Asks the phone where it is, which asks the person where it has not yet.
///
/// # Errors
/// Where it was refused, or the phone does not know.
pub async fn position() -> Result<Position, NoPosition> {
    let asked = asked().ok_or(NoPosition::Unknown)?;
    let told = JsFuture::from(asked).await.map_err(|problem| match number(&problem, "code") {
        Some(PERMISSION_DENIED) => NoPosition::Denied,
        Some(_) | None => NoPosition::Unknown,
    })?;
    read(&told).ok_or(NoPosition::Unknown)
}

fn asked() -> Option<Promise> {
    let locator = Reflect::get(&of_global("navigator"), &"geolocation".into()).ok()?;
    let ask: Function = Reflect::get(&locator, &"getCurrentPosition".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    for (name, value) in
        [("enableHighAccuracy", JsValue::TRUE), ("timeout", LONGEST_MS.into()), ("maximumAge", 0.into())]
    {
        Reflect::set(&options, &name.into(), &value).ok()?;
    }
    Some(Promise::new(&mut |found, failed| {
        if let Err(problem) = ask.call3(&locator, &found, &failed, &options) {
            // A promise that nobody waits for any more needs no answer.
            let _ = failed.call1(&JsValue::UNDEFINED, &problem);
        }
    }))
}

fn read(told: &JsValue) -> Option<Position> {
    let coordinates = Reflect::get(told, &"coords".into()).ok()?;
    let [east, north, accuracy_m] = ["longitude", "latitude", "accuracy"].map(|name| number(&coordinates, name));
    Some(Position { place: [east?, north?], accuracy_m: accuracy_m? })
}

fn number(object: &JsValue, name: &str) -> Option<f64> {
    Reflect::get(object, &name.into()).ok()?.as_f64()
}
