//! Where the phone is: asked for only when somebody taps for it, and kept nowhere.

use std::rc::Rc;

use domain::{Place, PlaceSource};
use js_sys::{Function, Object, Promise, Reflect};
use store::device::of_global;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::device::now;

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

/// Looks for where the phone is until it is dropped.
#[derive(Debug)]
pub struct Watching {
    locator: JsValue,
    number: JsValue,
    _told: [Closure<dyn Fn(JsValue)>; 2],
}

impl Drop for Watching {
    fn drop(&mut self) {
        // A browser that can watch can stop watching.
        if let Some(stop) = function(&self.locator, "clearWatch") {
            drop(stop.call1(&self.locator, &self.number));
        }
    }
}

/// Has the phone look for where it is, ever more precisely: `told` hears of each position, and of why there is none. `None` where
/// the browser cannot.
pub fn watch_position(told: impl Fn(Result<Position, NoPosition>) + 'static) -> Option<Watching> {
    let locator = locator()?;
    let watch = function(&locator, "watchPosition")?;
    let told = Rc::new(told);
    let failed = Rc::clone(&told);
    let told = [
        Closure::<dyn Fn(JsValue)>::new(move |found: JsValue| told(read(&found).ok_or(NoPosition::Unknown))),
        Closure::<dyn Fn(JsValue)>::new(move |problem: JsValue| failed(Err(why_not(&problem)))),
    ];
    let options = options()?;
    let number = watch.call3(&locator, told[0].as_ref(), told[1].as_ref(), &options).ok()?;
    Some(Watching { locator, number, _told: told })
}

/// Returns the place with these degrees east and north, as known now; `None` of one that cannot be.
pub fn place_now([east, north]: [f64; 2], accuracy_m: Option<f64>, source: PlaceSource) -> Option<Place> {
    Place::new(north, east, accuracy_m, source, now())
}

/// Asks the phone where it is, which asks the person where it has not yet.
///
/// # Errors
/// Where it was refused, or the phone does not know.
pub async fn position() -> Result<Position, NoPosition> {
    let asked = asked().ok_or(NoPosition::Unknown)?;
    let told = JsFuture::from(asked).await.map_err(|problem| why_not(&problem))?;
    read(&told).ok_or(NoPosition::Unknown)
}

fn why_not(problem: &JsValue) -> NoPosition {
    match number(problem, "code") {
        Some(PERMISSION_DENIED) => NoPosition::Denied,
        Some(_) | None => NoPosition::Unknown,
    }
}

fn locator() -> Option<JsValue> {
    Reflect::get(&of_global("navigator"), &"geolocation".into()).ok()
}

fn function(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

fn options() -> Option<Object> {
    let options = Object::new();
    for (name, value) in
        [("enableHighAccuracy", JsValue::TRUE), ("timeout", LONGEST_MS.into()), ("maximumAge", 0.into())]
    {
        Reflect::set(&options, &name.into(), &value).ok()?;
    }
    Some(options)
}

fn asked() -> Option<Promise> {
    let locator = locator()?;
    let ask = function(&locator, "getCurrentPosition")?;
    let options = options()?;
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
