use domain::plain::Plain;
use domain::{
    Agreement, Consent, ConsentSubject, Entry, EntryEdit, KIND_CONSENT, NodeId, PeopleAnswer, PeopleConsent, Place,
    PlaceShown, PlaceSource, Record, RecordId, Stamp, Theme, Timestamp, Valence,
};
use media::PhotoProblem;
use protocol::MediaSize;
use store::{DraftBody, DraftSave, PhotoBody, PhotoOrigin, PhotoStage, PhotoWrite, Store};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, blob, fresh_store, id, open, ready_draft, ready_draft_of, text_of};

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
    assert_eq!((unsent.entries, unsent.photos, unsent.oldest), (1, 1, Some(at(100))));
}

/// Saves a draft of such a photo, begun at `begun`, and returns what became of it.
async fn saved(store: &Store, number: u128, begun: Timestamp, origin: PhotoOrigin) -> Entry {
    ready_draft_of(store, number, begun, origin).await;
    assert_eq!(store.save_draft(id(number), begun.plus(1)).await.unwrap(), DraftSave::Saved);
    Entry::from_record(&store.own_entry(id(number)).await.unwrap().unwrap().own.record)
}

#[wasm_bindgen_test]
async fn a_photo_from_the_gallery_keeps_its_own_date() {
    let store = fresh_store().await;
    let (begun, taken) = (at(1_760_000_000_000), at(1_400_000_000_000));
    let of = |taken| PhotoOrigin { taken, place: String::new() };
    let entry = saved(&store, 1, begun, of(Some(taken))).await;
    assert_eq!((entry.made, entry.phone_made), (taken, Some(begun)));
    assert_eq!(store.unsent().await.unwrap().oldest, Some(begun.plus(1)), "how long it waits is another matter");
    // Without a date, with one that is still to come, and of a photo that was taken for it.
    for (number, taken) in (2..).zip([None, Some(begun.plus(60_000)), Some(at(begun.ms() - 60_000))]) {
        assert_eq!(saved(&store, number, begun, of(taken)).await.made, begun, "{taken:?}");
    }
}

#[wasm_bindgen_test]
async fn a_place_that_a_photo_knows_is_offered_and_never_taken_silently() {
    let store = fresh_store().await;
    let place = Place::new(51.98, 5.9, None, PlaceSource::Photo, at(40));
    let origin = PhotoOrigin { taken: None, place: serde_json::to_string(&place).unwrap() };
    ready_draft_of(&store, 1, at(50), origin.clone()).await;
    let draft = store.draft(id(1)).await.unwrap().unwrap();
    assert_eq!((draft.body.place, &draft.photos[0].origin), (None, &origin));
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
    let entry = Entry::from_record(&store.own_entry(id(1)).await.unwrap().unwrap().own.record);
    assert_eq!((entry.place, entry.place_shown), (None, None));
}

#[wasm_bindgen_test]
async fn a_place_that_the_maker_chose_is_saved_and_can_be_changed_and_taken_away() {
    let store = fresh_store().await;
    let place = Place::new(51.98, 5.9, Some(12.0), PlaceSource::Here, at(60));
    ready_draft(&store, 1).await;
    let how = Some(PlaceShown::Neighbourhood);
    let change = |body: &mut DraftBody| (body.place, body.place_shown) = (Some(place.to_value()), how);
    store.change_draft(id(1), &change).await.unwrap();
    drop(store);
    let store = open().await;
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
    let entry = async || Entry::from_record(&store.own_entry(id(1)).await.unwrap().unwrap().own.record);
    let saved = entry().await;
    assert_eq!((saved.read_place(), saved.read_place_shown()), (place, PlaceShown::Neighbourhood));
    for edit in [EntryEdit { place_shown: Some(PlaceShown::Hidden), ..EntryEdit::default() }, EntryEdit::at(None)] {
        assert!(store.edit_entry(id(1), edit, at(200)).await.unwrap());
    }
    let saved = entry().await;
    assert_eq!((saved.place.as_ref(), saved.read_place_shown()), (None, PlaceShown::Hidden));
}

#[wasm_bindgen_test]
fn drafts_and_photos_of_before_there_were_places_are_read() {
    let photo = format!(r#"{{"id":"{}","stage":"waiting"}}"#, id(2));
    assert_eq!(serde_json::from_str::<PhotoBody>(&photo).unwrap().origin, PhotoOrigin::default());
    let draft = format!(r#"{{"id":"{}","begun":5,"valence":null}}"#, id(1));
    assert_eq!(serde_json::from_str::<DraftBody>(&draft).unwrap(), DraftBody::new(id(1), at(5)));
}

#[wasm_bindgen_test]
async fn what_is_said_of_the_people_in_a_draft_is_written_with_its_entry_and_a_proposal_never() {
    let store = fresh_store().await;
    for (number, people) in [(1, said(id(1), id(8), another(1)).to_value()), (3, "covered".into())] {
        ready_draft(&store, number).await;
        store.change_draft(id(number), &|body| body.people = Some(people.clone())).await.unwrap();
        assert_eq!(store.save_draft(id(number), at(100)).await.unwrap(), DraftSave::Saved);
    }
    let (consents, _) = store.consents().await.unwrap();
    assert_eq!(consents.iter().map(|record| record.id).collect::<Vec<_>>(), [id(8)]);
    let read = PeopleConsent::from_record(&consents[0]).unwrap();
    let entry = store.own_entry(id(1)).await.unwrap().unwrap().own;
    assert_eq!((read.entry, read.answer, read.consent.given), (id(1), PeopleAnswer::Agreed, at(100)));
    assert!(Some(read.at) > entry.record.newest_stamp(), "under a stamp of the phone's own");
    assert_eq!(store.unsent().await.unwrap().entries, 2, "it is no photo of its own");
}

#[wasm_bindgen_test]
async fn a_consent_is_written_beside_its_entry_later_than_what_another_phone_said() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let write =
        async |number, part: &dyn Fn(Stamp) -> Record| store.write_consent(id(number), id(1), part, at(200)).await;
    assert!(write(7, &|_| said(id(1), id(7), another(9_000))).await.unwrap());
    assert!(write(8, &|stamp| said(id(1), id(8), stamp)).await.unwrap());
    let (consents, _) = store.consents().await.unwrap();
    assert_eq!(domain::people_stand(consents.iter(), id(1)), Some(true));
    assert!(write(8, &|stamp| Record::new(id(8), KIND_CONSENT).with("withdrawn", true, stamp)).await.unwrap());
    let (consents, _) = store.consents().await.unwrap();
    assert_eq!(domain::people_stand(consents.iter(), id(1)), Some(false), "the later one was taken back");
    let nowhere = store.write_consent(id(9), id(6), &|stamp| said(id(6), id(9), stamp), at(200)).await;
    assert!(!nowhere.unwrap(), "there is no such entry");
}

/// Returns a stamp of another phone.
fn another(at_ms: u64) -> Stamp {
    Stamp { at: at(at_ms), count: 0, node: NodeId(9) }
}

/// Makes what is said of the people in an entry.
fn said(entry: RecordId, record: RecordId, at: Stamp) -> Record {
    let consent = Consent {
        subject: ConsentSubject::PeopleInPhoto,
        text_version: 1,
        language: "nl".into(),
        given: at.at,
        is_withdrawn: false,
    };
    PeopleConsent { entry, answer: PeopleAnswer::Agreed, how: Some(Agreement::Said), consent, at }.to_record(record)
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
