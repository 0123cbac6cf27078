//! Bytes as the browser keeps them: Blobs where it takes them, else ArrayBuffers (WebKit's private windows).

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use crate::StoreError;

/// The form in which this browser keeps bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// As Blobs.
    Blobs,
    /// As ArrayBuffers: it refused a Blob, which private windows of WebKit do; nothing stays after closing.
    Buffers,
}

impl Keeping {
    /// Returns what to put into the database. Called before the transaction: it may await.
    pub(crate) async fn form(self, blob: &Blob) -> Result<JsValue, StoreError> {
        match self {
            Self::Blobs => Ok(blob.into()),
            Self::Buffers => Ok(JsFuture::from(blob.array_buffer()).await?),
        }
    }
}

/// Returns a Blob of what the database kept, whichever form it has.
pub(crate) fn blob_of(value: &JsValue) -> Option<Blob> {
    if let Some(blob) = value.dyn_ref::<Blob>() {
        return Some(blob.clone());
    }
    let buffer = value.dyn_ref::<ArrayBuffer>()?;
    let options = BlobPropertyBag::new();
    options.set_type("image/jpeg");
    Blob::new_with_u8_array_sequence_and_options(&js_sys::Array::of1(&Uint8Array::new(buffer)), &options).ok()
}
