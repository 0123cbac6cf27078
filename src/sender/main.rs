//! What sends and fetches: the sync engine with its hands, in a worker beside the page that holds the lock.
//!
//! A page loads it once there is a project to sync with, and never waits for it: what is made and shown without network is
//! the page's own. Must not know: screens, photos being made ready. Read first: [`browser::drive`].

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// Begins to send and to fetch, as long as the worker lives; fails when the phone's storage does not open.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn drive() -> Result<(), JsValue> {
    browser::drive().await.map_err(|_| JsValue::from_str("no storage"))
}

fn main() {}
