//! What sends and fetches: the sync engine with its hands, in a worker beside the page that holds the lock, or in a service
//! worker of its own once all pages are closed.
//!
//! A page loads it once there is a project to sync with, and never waits for it: what is made and shown without network is
//! the page's own. Must not know: screens, photos being made ready. Read first: [`browser::drive`],
//! [`browser::drive_until_done`].

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// Begins to send and to fetch, as long as the worker lives; fails when the phone's storage does not open.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn drive() -> Result<(), JsValue> {
    browser::drive().await.map_err(|_| JsValue::from_str("no storage"))
}

/// Sends and fetches until nothing is left to do; fails when something is left that has to wait, or the phone's storage does
/// not open.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn drive_until_done() -> Result<(), JsValue> {
    match browser::drive_until_done().await {
        Ok(true) => Ok(()),
        Ok(false) => Err(JsValue::from_str("not done")),
        Err(_) => Err(JsValue::from_str("no storage")),
    }
}

fn main() {}
