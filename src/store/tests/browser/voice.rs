use domain::{Entry, EntryEdit, Maker, MediaHash, MemberId, ProjectId, View, VoiceKind, VoiceRef};
use protocol::{MediaSize, PullItem};
use serde_json::json;
use store::{DraftSave, Store};
use sync::{Cursors, Write};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, blob, fresh_store, id, open, ready_draft, text_of};

const VOICE: VoiceRef = VoiceRef { sha256: MediaHash([0xee; 32]), kind: VoiceKind::WebmOpus, bytes: 9, ms: 2_000 };

async fn record(store: &Store) {
    for (number, piece) in (0..).zip(["een ", "twee ", "drie"]) {
        assert!(store.add_recorded(id(1), number, &blob(piece)).await.unwrap());
    }
}

async fn saved_with_voice(store: &Store) {
    ready_draft(store, 1).await;
    record(store).await;
    assert!(store.end_recorded(id(1), VOICE, &blob("een twee ")).await.unwrap());
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
}

#[wasm_bindgen_test]
async fn what_was_recorded_is_there_after_a_kill_in_the_order_of_its_pieces() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    record(&store).await;
    let store = open().await;
    let draft = store.draft(id(1)).await.unwrap().unwrap();
    assert_eq!((draft.is_recording, draft.body.voice), (true, None));
    assert_eq!(text_of(store.recorded(id(1)).await.unwrap()).await.as_deref(), Some("een twee drie"));
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Recording, "nothing is lost by saving");
    assert!(store.draft(id(1)).await.unwrap().unwrap().is_recording);
}

#[wasm_bindgen_test]
async fn a_recording_that_is_begun_anew_takes_the_place_of_the_one_before() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    record(&store).await;
    assert!(store.end_recorded(id(1), VOICE, &blob("een twee ")).await.unwrap());
    assert!(store.add_recorded(id(1), 0, &blob("opnieuw")).await.unwrap());
    let draft = store.draft(id(1)).await.unwrap().unwrap();
    assert_eq!((draft.is_recording, draft.body.voice), (true, None));
    assert_eq!(text_of(store.recorded(id(1)).await.unwrap()).await.as_deref(), Some("opnieuw"));
    assert!(!store.add_recorded(id(2), 0, &blob("nergens")).await.unwrap(), "there is no such draft");
}

#[wasm_bindgen_test]
async fn a_voice_note_that_is_ready_goes_with_its_entry() {
    let store = fresh_store().await;
    saved_with_voice(&store).await;
    let own = store.own_entry(id(1)).await.unwrap().unwrap().own;
    assert_eq!(Entry::from_record(&own.record).voice, Some(VOICE));
    for size in [MediaSize::Large, MediaSize::Played] {
        let bytes = store.own_photo(VOICE.sha256, size).await.unwrap();
        assert_eq!(text_of(bytes).await.as_deref(), Some("een twee "), "what was whole of it");
    }
    assert!(store.recorded(id(1)).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn a_recording_goes_when_it_or_its_draft_is_thrown_away() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    record(&store).await;
    store.drop_recorded(id(1)).await.unwrap();
    let draft = store.draft(id(1)).await.unwrap().unwrap();
    assert_eq!((draft.is_recording, draft.body.voice, draft.photos.len()), (false, None, 1));
    record(&store).await;
    store.drop_draft(id(1), None).await.unwrap();
    ready_draft(&store, 1).await;
    assert!(!store.draft(id(1)).await.unwrap().unwrap().is_recording);
}

#[wasm_bindgen_test]
async fn a_voice_note_that_is_taken_out_of_an_entry_or_erased_with_it_leaves_no_bytes() {
    for erases in [false, true] {
        let store = fresh_store().await;
        saved_with_voice(&store).await;
        if erases {
            assert!(store.erase_entry(id(1)).await.unwrap());
        } else {
            let edit = EntryEdit { voice: Some(None), ..EntryEdit::default() };
            assert!(store.edit_entry(id(1), edit, at(200)).await.unwrap());
        }
        assert!(store.own_photo(VOICE.sha256, MediaSize::Large).await.unwrap().is_none());
        let photo = store.own_photo(MediaHash([1; 32]), MediaSize::Large).await.unwrap();
        assert_eq!(photo.is_none(), erases, "the photo stays where the entry does");
    }
}

#[wasm_bindgen_test]
async fn anothers_voice_note_is_kept_as_long_as_the_view_names_it() {
    let store = fresh_store().await;
    let project = ProjectId::from_uuid(uuid::Uuid::from_u128(1));
    let take = async |voice: serde_json::Value| {
        let maker = Maker { id: MemberId::from_uuid(uuid::Uuid::from_u128(3)), name: "Gül".to_owned() };
        let fields = [("voice".to_owned(), voice)].into_iter().collect();
        let view = View { id: id(9), kind: "entry".to_owned(), maker, fields };
        let items = vec![PullItem::View { view }];
        let write = Write::Pulled { project, items, cursors: Cursors::default(), restarted: false };
        store.persist(&[write]).await.unwrap();
    };
    let named = json!({ "sha256": VOICE.sha256.to_string(), "kind": "webm_opus", "bytes": 9, "ms": 2000 });
    take(named).await;
    store.keep_fetched(id(9), VOICE.sha256, MediaSize::Played, &blob("gehoord")).await.unwrap();
    let kept = store.photo(id(9), VOICE.sha256, MediaSize::Played).await.unwrap();
    assert_eq!(text_of(kept).await.as_deref(), Some("gehoord"));
    take(json!(null)).await;
    assert!(store.photo(id(9), VOICE.sha256, MediaSize::Played).await.unwrap().is_none());
    store.keep_fetched(id(9), VOICE.sha256, MediaSize::Played, &blob("late")).await.unwrap();
    assert!(store.photo(id(9), VOICE.sha256, MediaSize::Played).await.unwrap().is_none());
}
