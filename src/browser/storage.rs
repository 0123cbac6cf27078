//! The browser's room for this app: how much there is, and whether it is the app's to keep.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::StorageManager;

use crate::device::{has, is_installed, window};
use crate::model::Storage;

/// Returns how it stands with the phone's storage.
pub(crate) async fn look() -> Storage {
    let is_installed = is_installed();
    let is_whole = has_page("/making.html").await;
    let unknown = Storage { used_bytes: None, free_bytes: None, is_persisted: false, is_installed, is_whole };
    let Some(manager) = storage_manager() else { return unknown };
    let is_persisted = match manager.persisted() {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|value| value.is_truthy()),
        Err(_) => false,
    };
    let estimate = match manager.estimate().map(JsFuture::from) {
        Ok(estimate) => estimate.await.ok(),
        Err(_) => None,
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes of a disk")]
    let bytes = |name: &str| {
        let value = js_sys::Reflect::get(estimate.as_ref()?, &name.into()).ok()?.as_f64()?;
        Some(value.max(0.0) as u64)
    };
    let used_bytes = bytes("usage");
    let free_bytes = bytes("quota").zip(used_bytes).map(|(quota, used)| quota.saturating_sub(used));
    Storage { used_bytes, free_bytes, is_persisted, is_installed, is_whole }
}

/// Says whether the page of a part is kept on this phone: it is, once all files of that part are.
async fn has_page(page: &str) -> bool {
    let caches = window().filter(|window| has(window, "caches")).and_then(|window| window.caches().ok());
    let Some(caches) = caches else { return false };
    JsFuture::from(caches.match_with_str(page)).await.is_ok_and(|kept| kept.is_truthy())
}

fn storage_manager() -> Option<StorageManager> {
    let navigator = window()?.navigator();
    has(&navigator, "storage").then(|| navigator.storage())
}

/// Asks the browser not to clear the storage by itself: after an entry was saved, when there is something to keep.
pub(crate) fn ask_to_persist() {
    let asked = storage_manager().and_then(|manager| manager.persist().ok());
    if let Some(promise) = asked {
        spawn_local(async move {
            // Its answer is shown under Meer; a refusal changes nothing of what is done.
            let _ = JsFuture::from(promise).await;
        });
    }
}
