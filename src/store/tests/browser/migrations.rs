use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, fresh_store, id, open, ready_draft};

#[wasm_bindgen_test]
async fn another_tab_that_opens_the_database_finds_the_same() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let other = open().await;
    assert_eq!(other.own_entries().await.unwrap(), store.own_entries().await.unwrap());
}
