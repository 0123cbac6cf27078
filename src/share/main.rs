//! Taking in photos that another app shares with this one, in a service worker of its own (`public/take-shares.js`): they become a draft
//! on this phone, without network too, and the page goes on from there.
//!
//! Must not know: screens, the network, what is in a photo; the page makes it ready as it does every photo that waits. Read first:
//! [`store::Store::add_draft_photos`].

#[cfg(target_arch = "wasm32")]
use {
    domain::{MAX_PHOTOS, RecordId},
    js_sys::Array,
    store::device::{now, random},
    store::{DraftBody, Store, StoreError},
    wasm_bindgen::prelude::*,
    web_sys::{Blob, File},
};

/// Puts files into a draft, into several where they do not fit into one; resolves with the address at which the first goes on, or at
/// which is told why nothing was taken in.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub async fn take_in(files: Array) -> String {
    let files: Vec<Blob> = files.iter().filter_map(|file| file.dyn_into::<File>().ok()).map(Blob::from).collect();
    match drafts_of(files).await {
        Ok(Some(draft)) => format!("/maak/{draft}"),
        Ok(None) => "/".to_owned(),
        Err(StoreError::Full) => "/?gedeeld=vol".to_owned(),
        Err(_) => "/?gedeeld=opnieuw".to_owned(),
    }
}

#[cfg(target_arch = "wasm32")]
async fn drafts_of(files: Vec<Blob>) -> Result<Option<RecordId>, StoreError> {
    let store = Store::open(u64::from_le_bytes(random()), || ()).await?;
    let begun = now();
    // A millisecond apart, so that key order is the order of sharing.
    let photos: Vec<(RecordId, Blob)> =
        (0..).zip(files).map(|(place, file)| (RecordId::new(begun.plus(place), random()), file)).collect();
    let mut first = None;
    for photos in photos.chunks(MAX_PHOTOS) {
        let draft = RecordId::new(begun, random());
        store.add_draft_photos(DraftBody::new(draft, begun), photos).await?;
        first = first.or(Some(draft));
    }
    Ok(first)
}

fn main() {}
