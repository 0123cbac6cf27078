use domain::{Entry, EntryEdit, MediaHash, NodeId, PhotoRef, Record, RecordId, Stamp};
use protocol::{ErrorCode, MediaSize, MediumState, PullItem};
use store::{PutBack, ReadyPhoto, Store};
use sync::{Home, Write};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::syncing::{join, project, pulled, view};
use crate::{at, blob, fresh_store, id, ready_draft, text_of};

fn photo(number: u8) -> PhotoRef {
    PhotoRef { sha256: MediaHash([number; 32]), width: 4, height: 3, bytes: 5 }
}

fn ready(photo: PhotoRef) -> ReadyPhoto {
    ReadyPhoto { photo, large: blob("large"), small: blob("small") }
}

/// An entry of another phone, as a backup brings it.
fn brought(id: RecordId, at_ms: u64, photos: &[PhotoRef]) -> Record {
    EntryEdit {
        story: Some("Hier deel je eten".into()),
        photos: Some(photos.to_vec()),
        made: Some((at(at_ms), at(at_ms))),
        ..EntryEdit::default()
    }
    .into_record(id, Stamp { at: at(at_ms), count: 3, node: NodeId(99) })
}

async fn put_back(store: &Store, record: &Record, photos: &[PhotoRef]) -> PutBack {
    let photos: Vec<_> = photos.iter().map(|photo| ready(*photo)).collect();
    store.put_back(Some(project(1)), record, &photos, None, at(1_000)).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_backup_holds_every_own_entry_with_its_photo() {
    let store = fresh_store().await;
    let photo = ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    join(&store, 1).await;
    ready_draft(&store, 2).await;
    store.save_draft(id(2), at(200)).await.unwrap();
    ready_draft(&store, 3).await;
    store.save_draft(id(3), at(300)).await.unwrap();
    store.erase_entry(id(3)).await.unwrap();
    store.persist(&[pulled(vec![PullItem::View { view: view(9, photo) }])]).await.unwrap();

    let entries = store.entries_to_back_up().await.unwrap();
    let ids: Vec<_> = entries.iter().map(|(home, record)| (*home, record.id)).collect();
    assert_eq!(ids, [(Home::Project(project(1)), id(1)), (Home::Project(project(1)), id(2))]);
    let bytes = store.photo(id(1), photo.sha256, MediaSize::Large).await.unwrap();
    assert_eq!(text_of(bytes).await.as_deref(), Some("large"));
}

#[wasm_bindgen_test]
async fn a_photo_that_was_fetched_is_in_the_backup_too() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let own = PullItem::Own { record: brought(id(1), 50, &[photo(7)]), media: domain::Map::new() };
    store.persist(&[pulled(vec![own])]).await.unwrap();
    assert!(store.photo(id(1), photo(7).sha256, MediaSize::Large).await.unwrap().is_none());
    store.keep_fetched(id(1), photo(7).sha256, MediaSize::Large, &blob("fetched")).await.unwrap();
    let bytes = store.photo(id(1), photo(7).sha256, MediaSize::Large).await.unwrap();
    assert_eq!(text_of(bytes).await.as_deref(), Some("fetched"));
}

#[wasm_bindgen_test]
async fn what_nobody_knows_becomes_an_own_entry_that_is_sent() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let record = brought(id(1), 50, &[photo(7)]);
    assert_eq!(put_back(&store, &record, &[photo(7)]).await, PutBack::Added);

    let entry = store.own_entry(id(1)).await.unwrap().unwrap();
    assert_eq!((entry.own.record, entry.own.home), (record.clone(), Home::Project(project(1))));
    let large = store.own_photo(photo(7).sha256, MediaSize::Large).await.unwrap();
    let small = store.own_photo(photo(7).sha256, MediaSize::Small).await.unwrap();
    assert_eq!(text_of(large).await.as_deref(), Some("large"));
    assert_eq!(text_of(small).await.as_deref(), Some("small"));
    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.ops.iter().map(|op| &op.record).collect::<Vec<_>>(), [&record]);
    assert_eq!(snapshot.uploads.iter().map(|upload| upload.sha256).collect::<Vec<_>>(), [photo(7).sha256]);
    // An edit afterwards is the later write.
    let edit = EntryEdit { story: Some("Nu meer".into()), ..EntryEdit::default() };
    assert!(store.edit_entry(id(1), edit, at(10)).await.unwrap());
    let entry = store.own_entry(id(1)).await.unwrap().unwrap();
    assert_eq!(Entry::from_record(&entry.own.record).story, "Nu meer");
}

#[wasm_bindgen_test]
async fn putting_back_twice_comes_to_the_same() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let record = brought(id(1), 50, &[photo(7)]);
    assert_eq!(put_back(&store, &record, &[photo(7)]).await, PutBack::Added);
    assert_eq!(put_back(&store, &record, &[photo(7)]).await, PutBack::Here);
    assert_eq!(store.own_entries().await.unwrap().len(), 1);
    assert_eq!(store.snapshot().await.unwrap().ops.len(), 1);
}

#[wasm_bindgen_test]
async fn an_entry_that_is_here_stays_as_it_is() {
    let store = fresh_store().await;
    join(&store, 1).await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let before = store.own_entry(id(1)).await.unwrap();
    // However late its stamps say it was written.
    assert_eq!(put_back(&store, &brought(id(1), 900, &[photo(1)]), &[photo(1)]).await, PutBack::Here);
    assert_eq!(store.own_entry(id(1)).await.unwrap(), before);
}

#[wasm_bindgen_test]
async fn a_photo_that_is_nowhere_any_more_comes_back_to_its_entry() {
    let store = fresh_store().await;
    join(&store, 1).await;
    // The storage was wiped after the words were sent and before the photo was.
    let photos = [photo(7), photo(8), photo(9)];
    let record = brought(id(1), 50, &photos);
    let media = domain::Map::from([
        (photo(7).sha256, MediumState::SetAside { code: ErrorCode::NotFound }),
        (photo(8).sha256, MediumState::Shown),
        // Left behind by who the phone was then: under the name of now it would belong to nothing.
        (photo(9).sha256, MediumState::SetAside { code: ErrorCode::NotMember }),
    ]);
    let own = PullItem::Own { record: record.clone(), media };
    store.persist(&[pulled(vec![own])]).await.unwrap();
    assert!(store.snapshot().await.unwrap().uploads.is_empty());

    assert_eq!(put_back(&store, &record, &photos).await, PutBack::PhotosAdded);
    let uploads: Vec<_> = store.snapshot().await.unwrap().uploads.iter().map(|upload| upload.sha256).collect();
    assert_eq!(uploads, [photo(7).sha256]);
    assert!(store.own_photo(photo(8).sha256, MediaSize::Large).await.unwrap().is_none(), "the server has that one");
    assert!(store.snapshot().await.unwrap().ops.is_empty());
}

#[wasm_bindgen_test]
async fn what_is_anothers_stays_a_view() {
    let store = fresh_store().await;
    join(&store, 1).await;
    store.persist(&[pulled(vec![PullItem::View { view: view(9, photo(7)) }])]).await.unwrap();
    assert_eq!(put_back(&store, &brought(id(9), 50, &[photo(7)]), &[photo(7)]).await, PutBack::Anothers);
    assert!(store.own_entry(id(9)).await.unwrap().is_none());
    assert!(store.own_photo(photo(7).sha256, MediaSize::Large).await.unwrap().is_none());
    assert_eq!(store.views().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn what_was_erased_stays_so() {
    let store = fresh_store().await;
    join(&store, 1).await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    store.erase_entry(id(1)).await.unwrap();
    assert_eq!(put_back(&store, &brought(id(1), 900, &[photo(1)]), &[photo(1)]).await, PutBack::Erased);
    assert!(store.own_photo(photo(1).sha256, MediaSize::Large).await.unwrap().is_none());
    assert!(store.own_entry(id(1)).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn an_entry_goes_to_its_own_project_and_to_no_other() {
    let store = fresh_store().await;
    let home_of = async |number| store.own_entry(id(number)).await.unwrap().unwrap().own.home;
    let put = async |project, number| {
        store.put_back(project, &brought(id(number), 50, &[]), &[], None, at(1_000)).await.unwrap()
    };
    // Before joining anything it waits, as one made then does.
    assert_eq!(put(Some(project(2)), 1).await, PutBack::Added);
    assert_eq!(home_of(1).await, Home::Unjoined);
    join(&store, 1).await;
    join(&store, 2).await;
    assert_eq!(put(Some(project(2)), 2).await, PutBack::Added);
    assert_eq!(home_of(2).await, Home::Project(project(2)));
    assert_eq!(put(None, 3).await, PutBack::Added);
    assert_eq!(home_of(3).await, Home::Project(project(1)));
    assert_eq!(put(Some(project(3)), 4).await, PutBack::OtherProject);
    assert!(store.own_entry(id(4)).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_stamp_from_the_future_wins_for_nobody() {
    let store = fresh_store().await;
    join(&store, 1).await;
    assert_eq!(put_back(&store, &brought(id(1), 90_000_000, &[]), &[]).await, PutBack::Added);
    let record = store.own_entry(id(1)).await.unwrap().unwrap().own.record;
    assert_eq!(record.newest_stamp().map(|stamp| stamp.at), Some(at(1_000)));
    assert_eq!(Entry::from_record(&record).made, at(1_000));
    assert_eq!(store.snapshot().await.unwrap().ops[0].record, record);
}

#[wasm_bindgen_test]
async fn what_is_put_back_overrules_nothing_that_the_server_was_told_since() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let put_back_at = async |number, at_ms| {
        assert_eq!(put_back(&store, &brought(id(number), at_ms, &[]), &[]).await, PutBack::Added);
    };
    put_back_at(1, 50).await;
    put_back_at(2, 90_000_000).await;
    let ops = store.snapshot().await.unwrap().ops;
    // Also when the server took something newer from this phone, and the clock turns out to be wrong.
    let confirmed = Stamp { at: at(60), count: 0, node: NodeId(99) };
    let restamped = sync::restamp(&ops, 5_000, at(6_000), Some(confirmed));
    let corrected: Vec<_> = restamped.ops.iter().map(|op| op.record.id).collect();
    assert_eq!(corrected, [id(2)], "that one has a stamp of now, which no server has seen");
}

#[wasm_bindgen_test]
async fn what_turns_out_to_be_anothers_goes_when_the_server_says_so() {
    let store = fresh_store().await;
    join(&store, 1).await;
    assert_eq!(put_back(&store, &brought(id(1), 50, &[photo(7)]), &[photo(7)]).await, PutBack::Added);
    ready_draft(&store, 2).await;
    store.save_draft(id(2), at(100)).await.unwrap();
    let ops: Vec<_> = store.snapshot().await.unwrap().ops.iter().map(|op| op.id).collect();
    store.persist(&[Write::SetAside { ops, code: ErrorCode::NotYours }]).await.unwrap();
    assert!(store.own_entry(id(1)).await.unwrap().is_none());
    assert!(store.own_photo(photo(7).sha256, MediaSize::Large).await.unwrap().is_none());
    // What was made here is never dropped on anybody's word.
    assert_eq!(store.own_entry(id(2)).await.unwrap().unwrap().set_aside, Some(ErrorCode::NotYours));
}

#[wasm_bindgen_test]
async fn what_the_server_took_once_is_not_dropped_later() {
    let store = fresh_store().await;
    join(&store, 1).await;
    assert_eq!(put_back(&store, &brought(id(1), 50, &[]), &[]).await, PutBack::Added);
    let op = store.snapshot().await.unwrap().ops[0].id;
    let confirmed = Write::Confirmed { ops: vec![op], record: id(1), media: domain::Map::new() };
    store.persist(&[confirmed]).await.unwrap();
    let edit = EntryEdit { story: Some("Nu meer".into()), ..EntryEdit::default() };
    assert!(store.edit_entry(id(1), edit, at(200)).await.unwrap());
    let op = store.snapshot().await.unwrap().ops[0].id;
    store.persist(&[Write::SetAside { ops: vec![op], code: ErrorCode::NotYours }]).await.unwrap();
    assert!(store.own_entry(id(1)).await.unwrap().is_some());
}
