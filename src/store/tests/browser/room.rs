use domain::{MediaHash, PhotoRef};
use protocol::{MediaSize, MediumState, PullItem};
use sync::Write;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::syncing::{join, pulled, view};
use crate::{at, blob, fresh_store, id, ready_draft};

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
    // Number 259 has the photo of number 3, which the server has received.
    let drafted = ready_draft(&store, 3).await;
    store.save_draft(id(3), at(300)).await.unwrap();
    let op = store.snapshot().await.unwrap().ops.last().unwrap().id;
    let media = domain::Map::from([(drafted.sha256, MediumState::Held)]);
    store.persist(&[Write::Confirmed { ops: vec![op], record: id(3), media }]).await.unwrap();
    ready_draft(&store, 259).await;
    let holds = async |sha256, size| store.own_photo(sha256, size).await.unwrap().is_some();

    store.make_room().await.unwrap();
    assert!(store.fetched_photo(id(9), others.sha256, MediaSize::Small).await.unwrap().is_none());
    assert!(!holds(received.sha256, MediaSize::Large).await, "the server has it");
    assert!(holds(received.sha256, MediaSize::Small).await, "and a small one stays to look at");
    assert!(holds(drafted.sha256, MediaSize::Large).await, "a draft shows it");
    assert!(holds(unsent.sha256, MediaSize::Large).await, "what was not received is never given up");
    assert_eq!(store.views().await.unwrap().len(), 1, "the words of others are small");
}
