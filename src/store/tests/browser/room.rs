use domain::{EntryEdit, MediaHash, PhotoRef};
use protocol::{MediaSize, MediumState, PullItem};
use store::StoreError;
use sync::Write;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::syncing::{join, pulled, view};
use crate::{at, blob, fresh_store, id, ready_draft};

/// Makes the next so many entries of the outbox not fit.
fn fill_up(times: u32) {
    let code = format!(
        "const put = IDBObjectStore.prototype.put; let left = {times};
         IDBObjectStore.prototype.put = function (...row) {{
           if (this.name !== 'ops') return put.apply(this, row);
           if (left-- > 0) throw new DOMException('full', 'QuotaExceededError');
           IDBObjectStore.prototype.put = put;
           return put.apply(this, row);
         }}"
    );
    js_sys::Function::new_no_args(&code).call0(&wasm_bindgen::JsValue::NULL).unwrap();
}

#[wasm_bindgen_test]
async fn a_full_phone_gives_up_what_the_server_has_too_and_nothing_else() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let received = ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let op = store.snapshot().await.unwrap().ops[0].id;
    let media = domain::Map::from([(received.sha256, MediumState::Held)]);
    store.persist(&[Write::Confirmed { ops: vec![op], record: id(1), media }]).await.unwrap();
    let unsent = ready_draft(&store, 2).await;
    store.save_draft(id(2), at(200)).await.unwrap();
    let others = PhotoRef { sha256: MediaHash([9; 32]), width: 1, height: 1, bytes: 1 };
    store.persist(&[pulled(vec![PullItem::View { view: view(9, others) }])]).await.unwrap();
    store.keep_fetched(id(9), others.sha256, MediaSize::Small, &blob("small")).await.unwrap();
    let edit = || EntryEdit { story: Some("Dit moet erbij".into()), ..EntryEdit::default() };
    let holds = async |sha256, size| store.own_photo(sha256, size).await.unwrap().is_some();
    let fetched = async || store.fetched_photo(id(9), others.sha256, MediaSize::Small).await.unwrap().is_some();

    fill_up(1);
    assert!(store.edit_entry(id(2), edit(), at(300)).await.unwrap());
    assert!(!fetched().await, "what others made goes first");
    assert!(holds(received.sha256, MediaSize::Large).await);

    fill_up(2);
    assert!(store.edit_entry(id(2), edit(), at(400)).await.unwrap());
    assert!(!holds(received.sha256, MediaSize::Large).await, "the server has it");
    assert!(holds(received.sha256, MediaSize::Small).await, "and a small one stays to look at");
    assert!(holds(unsent.sha256, MediaSize::Large).await, "what was not received is never given up");

    fill_up(3);
    assert_eq!(store.edit_entry(id(2), edit(), at(500)).await, Err(StoreError::Full));
}
