use domain::{Entry, Theme, Valence};
use media::PhotoProblem;
use protocol::MediaSize;
use store::{DraftBody, DraftSave, PhotoStage, PhotoWrite};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, blob, fresh_store, id, open, ready_draft, text_of};

#[wasm_bindgen_test]
async fn a_draft_survives_reopening_with_photo_and_words() {
    let store = fresh_store().await;
    store.add_draft_photos(DraftBody::new(id(1), at(5)), &[(id(2), blob("chosen"))]).await.unwrap();
    store.change_draft(id(1), &|body| body.story = "Hier deel je eten".into()).await.unwrap();
    drop(store);
    let store = open().await;
    let drafts = store.drafts().await.unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!(drafts[0].body.story, "Hier deel je eten");
    assert_eq!(drafts[0].photos[0].stage, PhotoStage::Waiting);
    assert_eq!(text_of(store.draft_photo(id(2)).await.unwrap()).await.as_deref(), Some("chosen"));
}

#[wasm_bindgen_test]
async fn a_save_keeps_record_outbox_and_photo_and_removes_the_draft() {
    let store = fresh_store().await;
    let photo = ready_draft(&store, 1).await;
    let change = |body: &mut DraftBody| {
        body.valence = Some(Valence::Good);
        body.themes = vec!["eten".into(), "unknown".into()];
        body.story = "  Hier deel je eten  ".into();
    };
    store.change_draft(id(1), &change).await.unwrap();
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);

    assert!(store.draft(id(1)).await.unwrap().is_none());
    let stored = store.own_entry(id(1)).await.unwrap().unwrap();
    let entry = Entry::from_record(&stored.own.record);
    assert_eq!((entry.valence, entry.story.as_str()), (Some(Valence::Good), "Hier deel je eten"));
    assert_eq!((entry.themes, entry.photos), (vec![Theme::Eten], vec![photo]));
    assert_eq!((entry.made, entry.phone_made), (at(50), Some(at(50))));
    assert!(stored.words_wait);
    let large = store.own_photo(photo.sha256, MediaSize::Large).await.unwrap();
    let small = store.own_photo(photo.sha256, MediaSize::Small).await.unwrap();
    assert_eq!(text_of(large).await.as_deref(), Some("large"));
    assert_eq!(text_of(small).await.as_deref(), Some("small"));
    let unsent = store.unsent().await.unwrap();
    assert_eq!((unsent.entries, unsent.photos, unsent.oldest), (1, 1, Some(at(50))));
}

#[wasm_bindgen_test]
async fn saving_twice_makes_one_entry() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
    assert_eq!(store.save_draft(id(1), at(101)).await.unwrap(), DraftSave::NoDraft);
    assert_eq!(store.own_entries().await.unwrap().len(), 1);
}

#[wasm_bindgen_test]
async fn a_draft_whose_photos_are_all_refused_is_not_saved_and_stays() {
    let store = fresh_store().await;
    store.add_draft_photos(DraftBody::new(id(1), at(5)), &[(id(2), blob("<svg/>"))]).await.unwrap();
    store.write_draft_photo(id(2), PhotoWrite::Refused(PhotoProblem::NotAnImage)).await.unwrap();
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::NoPhoto);
    let draft = store.draft(id(1)).await.unwrap().unwrap();
    assert_eq!(draft.photos[0].stage, PhotoStage::Refused("not_an_image".into()));
}

#[wasm_bindgen_test]
async fn a_discarded_draft_and_a_removed_photo_are_gone() {
    let store = fresh_store().await;
    let photos = [(id(2), blob("one")), (id(3), blob("two"))];
    store.add_draft_photos(DraftBody::new(id(1), at(5)), &photos).await.unwrap();
    store.drop_draft(id(1), Some(id(2))).await.unwrap();
    assert_eq!(store.draft(id(1)).await.unwrap().unwrap().photos.len(), 1);
    store.drop_draft(id(1), None).await.unwrap();
    assert!(store.drafts().await.unwrap().is_empty());
    assert!(store.draft_photo(id(3)).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn pictures_go_with_the_last_that_shows_them() {
    let store = fresh_store().await;
    // Their photos have the same bytes.
    let [entry, draft, other] = [1, 257, 513];
    let sha256 = ready_draft(&store, entry).await.sha256;
    let is_here = async || store.own_photo(sha256, MediaSize::Large).await.unwrap().is_some();
    assert_eq!(store.save_draft(id(entry), at(100)).await.unwrap(), DraftSave::Saved);
    ready_draft(&store, draft).await;
    store.drop_draft(id(draft), None).await.unwrap();
    assert!(is_here().await, "the entry shows it");

    ready_draft(&store, draft).await;
    assert!(store.erase_entry(id(entry)).await.unwrap());
    assert!(is_here().await, "a draft shows it");
    ready_draft(&store, other).await;
    store.drop_draft(id(draft), Some(id(draft + 1000))).await.unwrap();
    assert!(is_here().await, "another draft shows it");
    store.drop_draft(id(other), None).await.unwrap();
    assert!(!is_here().await);
}

#[wasm_bindgen_test]
async fn a_draft_that_waits_for_a_photo_is_kept_as_one_to_be_saved() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.add_draft_photos(DraftBody::new(id(1), at(5)), &[(id(2), blob("chosen"))]).await.unwrap();
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Waits(vec![id(2)]));
    assert!(store.draft(id(1)).await.unwrap().unwrap().body.save_asked);
    store.write_draft_photo(id(2), PhotoWrite::Refused(PhotoProblem::NotAnImage)).await.unwrap();
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
}
