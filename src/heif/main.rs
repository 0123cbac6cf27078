//! A HEIC that the browser does not decode, in a worker that comes when it is wanted: from the pixels that a library has found
//! (libheif, by `public/heif-worker.js`) to a photo that may leave the phone.
//!
//! Must not know: screens, the database, the network, the library. Read first: [`worker::prepare_pixels`].

#[cfg(target_arch = "wasm32")]
use {wasm_bindgen::prelude::*, web_sys::ImageData};

/// Says whether a file's colours are those of Display P3, and not of sRGB.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn is_wide_gamut(file: &[u8]) -> bool {
    media::is_wide_gamut(file)
}

/// Makes a photo ready of its pixels, the first `width` of each row and the first `height` rows; resolves as [`worker::prepare`] does,
/// and rejects as it does.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn prepare_pixels(pixels: ImageData, width: u32, height: u32, file: Vec<u8>) -> Result<JsValue, JsValue> {
    let origin = media::read_heif_origin(&file);
    let ready = worker::prepare_pixels(&pixels, (width, height), origin).await;
    ready.map(JsValue::from).map_err(|problem| problem.key().into())
}

fn main() {}
