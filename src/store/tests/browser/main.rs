//! The storage in a real browser: what a save keeps, what survives reopening, what a page of changes does.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test panics to say what is wrong")]

mod backup;
mod conformance;
mod drafts;
mod migrations;
mod room;
mod syncing;
mod version1;
mod voice;

use domain::{MediaHash, PhotoRef, RecordId, Timestamp};
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use store::{DraftBody, NewJoin, PhotoOrigin, PhotoWrite, ReadyPhoto, Store};
use wasm_bindgen::JsValue;
use web_sys::Blob;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn id(number: u128) -> RecordId {
    RecordId::from_uuid(uuid::Uuid::from_u128(number))
}

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn blob(text: &str) -> Blob {
    Blob::new_with_str_sequence(&js_sys::Array::of1(&JsValue::from_str(text))).expect("a Blob of text")
}

async fn text_of(blob: Option<Blob>) -> Option<String> {
    wasm_bindgen_futures::JsFuture::from(blob?.text()).await.ok()?.as_string()
}

/// Opens a database that holds nothing of another test.
async fn fresh_store() -> Store {
    Database::delete_by_name("wijkbeeld").expect("deleting begins").await.expect("deleted");
    open().await
}

/// Puts a row as a version of the app put it, which may not be this one.
async fn put_raw(name: &str, parts: &[(&str, &str)]) {
    let database = Database::open("wijkbeeld").await.expect("the database opens");
    let transaction = database.transaction(name).with_mode(TransactionMode::Readwrite).build().expect("begun");
    let row = js_sys::Object::new();
    for (part, text) in parts {
        js_sys::Reflect::set(&row, &(*part).into(), &(*text).into()).expect("a part of an object");
    }
    let store = transaction.object_store(name).expect("the store");
    store.put(JsValue::from(row)).primitive().expect("a row");
    drop(store);
    transaction.commit().await.expect("kept");
    database.close();
}

async fn open() -> Store {
    Store::open(7, || {}).await.expect("the database opens")
}

fn new_join(code: &str) -> NewJoin<'static> {
    NewJoin { code: code.parse().expect("a code"), nickname: "Riet", language: "nl", text_version: 1, audience: None }
}

/// Puts a draft with one photo that is ready.
async fn ready_draft(store: &Store, number: u128) -> PhotoRef {
    ready_draft_of(store, number, at(50), PhotoOrigin::default()).await
}

/// The same, of a photo that says something of its making.
async fn ready_draft_of(store: &Store, number: u128, begun: Timestamp, origin: PhotoOrigin) -> PhotoRef {
    let photo = PhotoRef {
        sha256: MediaHash([u8::try_from(number % 256).expect("a byte"); 32]),
        width: 4,
        height: 3,
        bytes: 5,
    };
    let photo_id = id(number + 1000);
    let body = DraftBody::new(id(number), begun);
    store.add_draft_photos(body, &[(photo_id, blob("chosen"))]).await.expect("on disk");
    let ready = ReadyPhoto { photo, large: blob("large"), small: blob("small") };
    store.write_draft_photo(photo_id, PhotoWrite::Ready(ready, Some(origin))).await.expect("ready");
    photo
}
