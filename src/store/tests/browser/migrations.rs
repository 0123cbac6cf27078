use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, blob, fresh_store, id, open, ready_draft};

#[wasm_bindgen_test]
async fn another_tab_that_opens_the_database_finds_the_same() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let other = open().await;
    assert_eq!(other.own_entries().await.unwrap(), store.own_entries().await.unwrap());
}

#[wasm_bindgen_test]
async fn rows_have_the_form_that_other_versions_know() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    store.add_draft_photos(store::DraftBody::new(id(2), at(200)), &[(id(3), blob("chosen"))]).await.unwrap();
    let database = Database::open("wijkbeeld").await.unwrap();
    let form = async |name| {
        let transaction = database.transaction(name).build().unwrap();
        let rows = transaction.object_store(name).unwrap().get_all::<JsValue>().primitive().unwrap().await.unwrap();
        rows.map(|row| form_of(&row.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(form("meta").await, ["id: string, body: string"]);
    assert_eq!(form("drafts").await, ["id: string, body: string"]);
    assert_eq!(form("records").await, ["id: string, group: string, body: string"]);
    assert_eq!(form("ops").await, ["id: number, group: string, body: string"]);
    assert_eq!(form("media").await, ["id: string, large: object, small: object"]);
    let draft_photo = "id: string, group: string, body: string, large: object, small: undefined";
    assert_eq!(form("draft_photos").await, [draft_photo]);
    // Left open, it would keep the next test from beginning anew.
    database.close();
}

fn form_of(row: &JsValue) -> String {
    let part = |entry: JsValue| {
        let entry: js_sys::Array = entry.unchecked_into();
        let kind = entry.get(1).js_typeof().as_string().unwrap();
        format!("{}: {kind}", entry.get(0).as_string().unwrap())
    };
    js_sys::Object::entries(row.unchecked_ref()).iter().map(part).collect::<Vec<_>>().join(", ")
}
