//! The worker beside the page that makes chosen photos ready: what its script calls.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// Makes a photo ready (see [`worker::prepare`]); rejects with the key of a [`media::PhotoProblem`].
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn prepare_photo(file: web_sys::Blob) -> Result<JsValue, JsValue> {
    worker::prepare(&file).await.map(JsValue::from).map_err(|problem| problem.key().into())
}

fn main() {}
