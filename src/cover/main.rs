//! The worker beside the page that covers, and makes recordings ready: what its script calls.

#[cfg(target_arch = "wasm32")]
use {
    js_sys::{Array, Float64Array},
    wasm_bindgen::prelude::*,
    web_sys::Blob,
};

/// Finds faces in a photo that was made ready; resolves with an array of rectangles, each as four numbers (see [`media::Spot`]), the
/// surest first. Rejects with the key of a [`media::PhotoProblem`].
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn find_faces(photo: Blob) -> Result<JsValue, JsValue> {
    let spots = cover::faces_in(&photo).await.map_err(|problem| JsValue::from(problem.key()))?;
    let numbers = |spot: media::Spot| Float64Array::from([spot.left, spot.top, spot.width, spot.height].as_slice());
    Ok(spots.into_iter().map(numbers).collect::<Array>().into())
}

/// Covers shapes of a photo that was made ready, each told by numbers (see [`media::Shape::from_numbers`]); resolves as
/// [`worker::prepare`] does, and rejects as it does.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn cover_photo(photo: Blob, shapes: Array) -> Result<JsValue, JsValue> {
    let read = |numbers: JsValue| {
        let numbers = numbers.dyn_into::<Float64Array>().ok()?.to_vec();
        media::Shape::from_numbers(&numbers)
    };
    // A shape that cannot be read would leave something uncovered: then nothing is done.
    let shapes: Option<Vec<_>> = shapes.iter().map(read).collect();
    let shapes = shapes.ok_or_else(|| JsValue::from(media::PhotoProblem::Unreadable.key()))?;
    cover::covered(&photo, &shapes).await.map(JsValue::from).map_err(|problem| problem.key().into())
}

/// Turns a photo that was made ready by a quarter, clockwise; resolves and rejects as [`worker::prepare`] does.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn turn_photo(photo: Blob) -> Result<JsValue, JsValue> {
    cover::turned(&photo).await.map(JsValue::from).map_err(|problem| problem.key().into())
}

/// Makes a recording ready; resolves as [`worker::ready_voice`] does, and rejects with its keys.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn ready_voice(recording: Blob) -> Result<JsValue, JsValue> {
    worker::ready_voice(&recording).await.map(JsValue::from).map_err(JsValue::from)
}

fn main() {}
