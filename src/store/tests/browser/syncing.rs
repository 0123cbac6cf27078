use domain::{
    Audience, Entry, EntryEdit, JoinId, KIND_ENTRY, Maker, Map, MediaHash, MemberId, PhotoRef, ProjectId, Record, Role,
    View,
};
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use protocol::{ErrorCode, MediaSize, MediumState, Membership, ProjectInfo, PullItem};
use serde_json::json;
use store::{NewJoin, Store};
use sync::{Cursors, Home, Write};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{at, blob, fresh_store, id, new_join, put_raw, ready_draft, text_of};

pub(crate) fn project(number: u128) -> ProjectId {
    ProjectId::from_uuid(uuid::Uuid::from_u128(number))
}

fn membership(number: u128) -> Membership {
    Membership {
        project: ProjectInfo { id: project(number), name: "Wij".into(), municipality: "Arnhem".into() },
        member_id: MemberId::from_uuid(uuid::Uuid::from_u128(number)),
        role: Role::Resident,
        nickname: String::new(),
    }
}

pub(crate) fn view(number: u128, photo: PhotoRef) -> View {
    View {
        id: id(number),
        kind: KIND_ENTRY.into(),
        maker: Maker { id: MemberId::from_uuid(uuid::Uuid::from_u128(99)), name: "Riet".into() },
        fields: [("photos".to_owned(), json!([photo])), ("story".to_owned(), json!("Dag"))].into_iter().collect(),
    }
}

pub(crate) fn pulled(items: Vec<PullItem>) -> Write {
    let cursors = Cursors { newest: Some("e.1".into()), older: None };
    Write::Pulled { project: project(1), items, cursors, restarted: false }
}

pub(crate) async fn join(store: &Store, number: u128) {
    store.persist(&[Write::Memberships(vec![membership(number)])]).await.unwrap();
}

#[wasm_bindgen_test]
async fn an_entry_made_before_joining_goes_to_the_first_project_joined() {
    let store = fresh_store().await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    assert!(store.snapshot().await.unwrap().ops.is_empty(), "nothing is sent without a project");

    let ids = (JoinId::from_uuid(uuid::Uuid::from_u128(5)), id(6));
    store.queue_join(ids, new_join("BUURT2"), at(110)).await.unwrap();
    let joined = Write::Joined { join_id: ids.0, membership: membership(1), answered: at(111) };
    store.persist(&[joined]).await.unwrap();

    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.ops[0].home, Home::Project(project(1)));
    assert_eq!(snapshot.uploads.len(), 1);
    assert!(snapshot.joins.is_empty());
    assert_eq!(snapshot.answered_joins.len(), 1, "kept until the browser has surely written its cookie");
    assert_eq!(store.members().await.unwrap().current, Home::Project(project(1)));

    // The same code once more: a member already, whatever the network.
    let again = (JoinId::from_uuid(uuid::Uuid::from_u128(8)), id(9));
    assert!(!store.queue_join(again, new_join("BUURT2"), at(120)).await.unwrap());
    assert!(store.snapshot().await.unwrap().joins.is_empty());
}

#[wasm_bindgen_test]
async fn who_sees_ones_entries_is_chosen_at_joining_and_kept_with_the_membership() {
    let store = fresh_store().await;
    let audience_of = async |number| {
        ready_draft(&store, number).await;
        store.save_draft(id(number), at(200)).await.unwrap();
        let own = store.own_entry(id(number)).await.unwrap().unwrap().own;
        (Entry::from_record(&own.record).audience, domain::stays_on_phone(&own.record))
    };
    assert_eq!(audience_of(1).await, (None, false));
    let ids = (JoinId::from_uuid(uuid::Uuid::from_u128(5)), id(6));
    let chosen = NewJoin { audience: Some(Audience::OnlyMe), text_version: 4, ..new_join("BUURT2") };
    store.queue_join(ids, chosen, at(110)).await.unwrap();
    let join = store.snapshot().await.unwrap().joins.remove(0);
    assert_eq!(join.consent.last("text_version"), Some(&json!(4)));
    assert_eq!(audience_of(2).await, (Some(Audience::OnlyMe), true), "while it waits");
    let joined = Write::Joined { join_id: ids.0, membership: membership(1), answered: at(111) };
    store.persist(&[joined]).await.unwrap();
    assert_eq!(audience_of(3).await, (Some(Audience::OnlyMe), true));

    // The same code once more: what was chosen stays unless something else is.
    let again = (JoinId::from_uuid(uuid::Uuid::from_u128(8)), id(9));
    store.queue_join(again, new_join("BUURT2"), at(120)).await.unwrap();
    assert_eq!(audience_of(10).await.0, Some(Audience::OnlyMe));
    let wider = NewJoin { audience: Some(Audience::Everyone), ..new_join("BUURT2") };
    store.queue_join(again, wider, at(130)).await.unwrap();
    assert_eq!(audience_of(11).await.0, Some(Audience::Everyone));
    join_other(&store).await;
    assert_eq!(audience_of(12).await.0, None, "of another project");
}

/// Joins a second project and makes it the current one.
async fn join_other(store: &Store) {
    join(store, 2).await;
    store.set_current(project(2)).await.unwrap();
}

#[wasm_bindgen_test]
async fn what_is_for_its_maker_alone_stays_unless_a_copy_is_wanted() {
    let store = fresh_store().await;
    join(&store, 1).await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let show = async |audience, keep_copy, ms| {
        assert!(store.show_entry(id(1), audience, keep_copy, at(ms)).await.unwrap());
        let record = store.own_entry(id(1)).await.unwrap().unwrap().own.record;
        (domain::stays_on_phone(&record), record.last("keep_copy").cloned())
    };
    assert_eq!(show(Audience::OnlyMe, false, 110).await, (true, None));
    let kept = store.entries_to_back_up().await.unwrap();
    assert_eq!(kept.len(), 1, "it is in a backup");
    assert_eq!(show(Audience::OnlyMe, true, 120).await, (false, Some(json!(true))));
    assert_eq!(show(Audience::OnlyMe, false, 130).await, (true, Some(json!(false))));
    assert_eq!(show(Audience::Everyone, false, 140).await, (false, Some(json!(false))));
}

#[wasm_bindgen_test]
async fn a_refused_join_gives_its_entries_back_and_can_be_asked_again() {
    let store = fresh_store().await;
    let ids = (JoinId::from_uuid(uuid::Uuid::from_u128(5)), id(6));
    store.queue_join(ids, new_join("BUURT3"), at(1)).await.unwrap();
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    store.persist(&[Write::JoinRefused { join_id: ids.0, code: ErrorCode::UnknownCode }]).await.unwrap();
    assert_eq!(store.own_entry(id(1)).await.unwrap().unwrap().own.home, Home::Unjoined);
    let again = (JoinId::from_uuid(uuid::Uuid::from_u128(7)), id(8));
    store.queue_join(again, new_join("BUURT2"), at(2)).await.unwrap();
    let joins = store.members().await.unwrap().joins;
    assert_eq!(joins.iter().map(|join| join.join_id).collect::<Vec<_>>(), [again.0]);
}

#[wasm_bindgen_test]
async fn received_is_said_only_when_words_and_photo_are_held() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    let is_received = async || {
        let entry = store.own_entry(id(1)).await.unwrap().unwrap();
        sync::progress(&entry.own, entry.words_wait).is_received()
    };
    let op = store.snapshot().await.unwrap().ops[0].id;
    let media = domain::Map::from([(photo.sha256, MediumState::Missing)]);
    store.persist(&[Write::Confirmed { ops: vec![op], record: id(1), media }]).await.unwrap();
    assert!(!is_received().await);
    let held = Write::Medium { records: vec![id(1)], sha256: photo.sha256, state: MediumState::Held };
    store.persist(&[held]).await.unwrap();
    assert!(is_received().await);
    assert!(store.snapshot().await.unwrap().uploads.is_empty());
}

#[wasm_bindgen_test]
async fn a_view_is_replaced_whole_and_goes_with_its_photos() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = PhotoRef { sha256: MediaHash([3; 32]), width: 1, height: 1, bytes: 1 };
    store.persist(&[pulled(vec![PullItem::View { view: view(9, photo) }])]).await.unwrap();
    store.keep_fetched(id(9), photo.sha256, MediaSize::Small, &blob("small")).await.unwrap();
    assert_eq!(store.views().await.unwrap().len(), 1);
    let kept = store.fetched_photo(id(9), photo.sha256, MediaSize::Small).await.unwrap();
    assert_eq!(text_of(kept).await.as_deref(), Some("small"));

    store.persist(&[pulled(vec![PullItem::Gone { id: id(9) }])]).await.unwrap();
    assert!(store.views().await.unwrap().is_empty());
    assert!(store.fetched_photo(id(9), photo.sha256, MediaSize::Small).await.unwrap().is_none());
    // A photo that was still on its way when its entry went is not kept.
    store.keep_fetched(id(9), photo.sha256, MediaSize::Small, &blob("late")).await.unwrap();
    assert!(store.fetched_photo(id(9), photo.sha256, MediaSize::Small).await.unwrap().is_none());
}

#[wasm_bindgen_test]
async fn an_erased_entry_takes_its_photo_with_it() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    assert!(store.erase_entry(id(1)).await.unwrap());
    assert!(store.own_photo(photo.sha256, MediaSize::Large).await.unwrap().is_none());
    assert!(store.own_entries().await.unwrap().is_empty());
    let late = Record::new(id(1), KIND_ENTRY);
    let own = PullItem::Own { record: late, media: domain::Map::new() };
    store.persist(&[pulled(vec![own])]).await.unwrap();
    assert!(store.own_entry(id(1)).await.unwrap().is_none(), "a late old copy does not revive it");
}

#[wasm_bindgen_test]
async fn an_edit_is_one_write_and_its_stamp_is_later_than_all_before() {
    let store = fresh_store().await;
    join(&store, 1).await;
    ready_draft(&store, 1).await;
    store.save_draft(id(1), at(1_000)).await.unwrap();
    // The phone's clock went back meanwhile.
    let edit = EntryEdit { story: Some("later".into()), ..EntryEdit::default() };
    assert!(store.edit_entry(id(1), edit, at(10)).await.unwrap());
    let ops = store.snapshot().await.unwrap().ops;
    assert_eq!(ops.len(), 2);
    assert!(ops[1].record.newest_stamp() > ops[0].record.newest_stamp());
    let stored = store.own_entry(id(1)).await.unwrap().unwrap();
    assert_eq!(Entry::from_record(&stored.own.record).story, "later");
}

#[wasm_bindgen_test]
async fn a_project_that_was_left_keeps_what_was_made_and_nothing_of_others() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = ready_draft(&store, 1).await;
    store.save_draft(id(1), at(100)).await.unwrap();
    store.persist(&[pulled(vec![PullItem::View { view: view(9, photo) }])]).await.unwrap();
    store.persist(&[Write::Left(project(1))]).await.unwrap();

    let snapshot = store.snapshot().await.unwrap();
    assert!(snapshot.projects.is_empty() && snapshot.ops.is_empty() && snapshot.uploads.is_empty());
    assert!(store.views().await.unwrap().is_empty());
    assert_eq!(store.own_entries().await.unwrap().len(), 1, "what its member made stays");
    let members = store.members().await.unwrap();
    assert_eq!((members.memberships.len(), members.left.len()), (0, 1));
    // What is made now waits for another project, and shows beside the rest.
    ready_draft(&store, 2).await;
    store.save_draft(id(2), at(200)).await.unwrap();
    assert_eq!(store.own_entry(id(2)).await.unwrap().unwrap().own.home, Home::Unjoined);
    assert_eq!(store.own_entries().await.unwrap().len(), 2);

    // Counted in again: all goes on, and is pulled from the beginning.
    join(&store, 1).await;
    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.projects, [(project(1), Cursors::default())]);
    assert_eq!(snapshot.uploads.len(), 1);
}

#[wasm_bindgen_test]
async fn a_change_of_a_later_version_is_parked_until_one_of_the_same_record_that_is_known() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = PhotoRef { sha256: MediaHash([3; 32]), width: 1, height: 1, bytes: 1 };
    let later: PullItem = serde_json::from_value(json!({"moved": {"id": id(9), "to": 3}})).unwrap();
    store.persist(&[pulled(vec![later.clone()])]).await.unwrap();
    assert_eq!(parked().await, 1);
    assert!(!store.snapshot().await.unwrap().is_replay_due, "this version parked it itself");
    store.persist(&[pulled(vec![PullItem::View { view: view(9, photo) }])]).await.unwrap();
    assert_eq!(parked().await, 0);
    store.persist(&[pulled(vec![later]), Write::Left(project(1))]).await.unwrap();
    assert_eq!(parked().await, 0);
}

#[wasm_bindgen_test]
async fn what_an_older_version_parked_is_taken_in_by_one_that_knows_it() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let photo = PhotoRef { sha256: MediaHash([3; 32]), width: 1, height: 1, bytes: 1 };
    let item = PullItem::View { view: view(9, photo) };
    let body = json!({"project": project(1), "item": item, "version": 0}).to_string();
    put_raw("parked", &[("id", "x"), ("group", &project(1).to_string()), ("body", &body)]).await;
    assert!(store.snapshot().await.unwrap().is_replay_due);
    store.persist(&[Write::Replay]).await.unwrap();
    assert_eq!(store.views().await.unwrap().len(), 1);
    assert!(!store.snapshot().await.unwrap().is_replay_due);
}

async fn parked() -> usize {
    let database = Database::open("wijkbeeld").await.unwrap();
    let transaction = database.transaction("parked").build().unwrap();
    let count = transaction.object_store("parked").unwrap().count().primitive().unwrap().await.unwrap();
    count as usize
}

#[wasm_bindgen_test]
async fn an_answer_about_many_writes_is_taken_in_whole() {
    let store = fresh_store().await;
    join(&store, 1).await;
    let mut photos = Vec::new();
    for number in 1..=9 {
        photos.push(ready_draft(&store, number).await.sha256);
        store.save_draft(id(number), at(100)).await.unwrap();
    }
    let more = EntryEdit { story: Some("Meer".into()), ..EntryEdit::default() };
    assert!(store.edit_entry(id(1), more, at(200)).await.unwrap());

    let ops = store.snapshot().await.unwrap().ops;
    store.persist(&[Write::Attempted(ops.iter().map(|op| op.id).collect())]).await.unwrap();
    assert!(store.snapshot().await.unwrap().ops.iter().all(|op| op.is_attempted));

    // Two writes of the first entry, each answered with what the server holds of it.
    let held = |sha256| Map::from([(sha256, MediumState::Held)]);
    let others: Vec<_> = ops[..9].iter().zip(&photos).map(|(op, sha256)| (op, held(*sha256))).collect();
    let all = others.into_iter().chain([(&ops[9], Map::new())]);
    let confirmed = all.map(|(op, media)| Write::Confirmed { ops: vec![op.id], record: op.record.id, media });
    store.persist(&confirmed.collect::<Vec<_>>()).await.unwrap();
    let snapshot = store.snapshot().await.unwrap();
    assert_eq!((snapshot.ops, snapshot.uploads), (vec![], vec![]));
    assert_eq!(snapshot.confirmed, ops[9].record.newest_stamp());
}
