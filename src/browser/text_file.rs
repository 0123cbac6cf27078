//! What a chosen file says.

use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Reads a file as text; `None` when it has more bytes than that, or cannot be read.
pub async fn read_text(file: &File, most_bytes: u32) -> Option<String> {
    if file.size() > f64::from(most_bytes) {
        return None;
    }
    JsFuture::from(file.text()).await.ok()?.as_string()
}
