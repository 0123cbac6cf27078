//! A database as the first version of the app left it, kept for ever: whatever comes later opens it and finds everything.

use domain::{Entry, MediaHash, Timestamp};
use indexed_db_futures::KeyPath;
use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use protocol::{MediaSize, MediumState};
use store::DraftSave;
use sync::{Cursors, Home};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{blob, open, text_of};

const PROJECT: &str = "00000000-0000-0000-0000-000000000001";

/// Store, then one row a line: its parts as JSON; `@` before a text makes a Blob of it.
const ROWS: &[(&str, &str)] = &[
    (
        "meta",
        r#"{"id":"phone","body":"{\"node\":\"00000000000000aa\",\"last_stamp\":\"019800000001000000000000000000aa\",\"confirmed\":null,\"next_op\":3,\"offset_ms\":-3,\"current\":{\"project\":\"00000000-0000-0000-0000-000000000001\"}}"}"#,
    ),
    (
        "memberships",
        r#"{"id":"00000000-0000-0000-0000-000000000001","body":"{\"membership\":{\"project\":{\"id\":\"00000000-0000-0000-0000-000000000001\",\"name\":\"Wij zijn Presikhaaf\",\"municipality\":\"Arnhem\"},\"member_id\":\"00000000-0000-0000-0000-000000000002\",\"role\":\"resident\",\"nickname\":\"Riet\"},\"place\":0,\"cursor\":\"0f.7\",\"codes\":[\"BUURT2\"]}"}"#,
    ),
    (
        "records",
        r#"{"id":"01980000-0000-7000-8000-000000000001","group":"00000000-0000-0000-0000-000000000001","body":"{\"record\":{\"id\":\"01980000-0000-7000-8000-000000000001\",\"kind\":\"entry\",\"fields\":{\"story\":{\"last\":{\"value\":\"Hier deel je eten\",\"at\":\"019800000001000000000000000000aa\"}},\"photos\":{\"last\":{\"value\":[{\"sha256\":\"0303030303030303030303030303030303030303030303030303030303030303\",\"width\":4,\"height\":3,\"bytes\":5}],\"at\":\"019800000001000000000000000000aa\"}}}},\"home\":{\"project\":\"00000000-0000-0000-0000-000000000001\"},\"media\":{\"0303030303030303030303030303030303030303030303030303030303030303\":\"missing\"}}"}"#,
    ),
    (
        "ops",
        r#"{"id":1,"group":"01980000-0000-7000-8000-000000000001","body":"{\"id\":1,\"home\":{\"project\":\"00000000-0000-0000-0000-000000000001\"},\"record\":{\"id\":\"01980000-0000-7000-8000-000000000001\",\"kind\":\"entry\",\"fields\":{\"story\":{\"last\":{\"value\":\"Hier deel je eten\",\"at\":\"019800000001000000000000000000aa\"}}}},\"offset_ms\":-3,\"is_attempted\":true,\"set_aside\":null}"}"#,
    ),
    (
        "media",
        r#"{"id":"0303030303030303030303030303030303030303030303030303030303030303","large":"@large","small":"@small"}"#,
    ),
    (
        "views",
        r#"{"id":"01980000-0000-7000-8000-000000000009","group":"00000000-0000-0000-0000-000000000001","body":"{\"id\":\"01980000-0000-7000-8000-000000000009\",\"kind\":\"entry\",\"maker\":{\"id\":\"00000000-0000-0000-0000-000000000003\",\"name\":\"Gül\"},\"fields\":{\"story\":\"Dag\"}}"}"#,
    ),
    (
        "drafts",
        r#"{"id":"01980000-0000-7000-8000-000000000004","body":"{\"id\":\"01980000-0000-7000-8000-000000000004\",\"valence\":\"good\",\"themes\":[\"eten\"],\"story\":\"half\",\"begun\":50,\"save_asked\":false}"}"#,
    ),
    (
        "draft_photos",
        r#"{"id":"01980000-0000-7000-8000-000000000005","group":"01980000-0000-7000-8000-000000000004","body":"{\"id\":\"01980000-0000-7000-8000-000000000005\",\"stage\":{\"ready\":{\"sha256\":\"0404040404040404040404040404040404040404040404040404040404040404\",\"width\":4,\"height\":3,\"bytes\":5}}}","large":"@drafted","small":"@tiny"}"#,
    ),
];

#[wasm_bindgen_test]
async fn a_database_of_the_first_version_keeps_everything() {
    write_version_1().await;
    let store = open().await;

    let members = store.members().await.unwrap();
    assert_eq!(members.memberships[0].project.name, "Wij zijn Presikhaaf");
    assert_eq!(members.current, Home::Project(PROJECT.parse().unwrap()));
    let own = store.own_entries().await.unwrap().remove(0);
    let entry = Entry::from_record(&own.own.record);
    assert_eq!(entry.story, "Hier deel je eten");
    assert!(own.words_wait);
    let sha256 = entry.photos[0].sha256;
    assert_eq!(own.own.media.get(&sha256), Some(&MediumState::Missing));
    let large = store.own_photo(sha256, MediaSize::Large).await.unwrap();
    assert_eq!(text_of(large).await.as_deref(), Some("large"));
    assert_eq!(store.views().await.unwrap()[0].maker.name, "Gül");
    assert_eq!(store.drafts().await.unwrap().len(), 1);

    let snapshot = store.snapshot().await.unwrap();
    assert_eq!(snapshot.projects, [(PROJECT.parse().unwrap(), Cursors { newest: Some("0f.7".into()), older: None })]);
    assert!(snapshot.ops[0].is_attempted, "it may have reached the server: it is not restamped");
    assert_eq!((snapshot.uploads.len(), snapshot.offset_ms), (1, Some(-3)));
    assert!(!snapshot.is_replay_due);

    let draft = store.drafts().await.unwrap().remove(0);
    assert_eq!(text_of(store.draft_photo(draft.photos[0].id).await.unwrap()).await.as_deref(), Some("tiny"));
    assert!(store.add_recorded(draft.body.id, 0, &blob("opname")).await.unwrap(), "there is room for recordings");
    store.drop_recorded(draft.body.id).await.unwrap();
    assert_eq!(store.save_draft(draft.body.id, Timestamp::from_ms(100)).await.unwrap(), DraftSave::Saved);
    let drafted = store.own_photo(MediaHash([4; 32]), MediaSize::Large).await.unwrap();
    assert_eq!(text_of(drafted).await.as_deref(), Some("drafted"));
}

async fn write_version_1() {
    Database::delete_by_name("wijkbeeld").expect("deleting begins").await.expect("deleted");
    let database = Database::open("wijkbeeld")
        .with_version(1_u8)
        .with_on_upgrade_needed(|_, database| {
            for name in ["meta", "memberships", "joins", "media", "drafts"] {
                database.create_object_store(name).with_key_path(KeyPath::One("id")).build()?;
            }
            for name in ["records", "ops", "views", "fetched", "draft_photos"] {
                let store = database.create_object_store(name).with_key_path(KeyPath::One("id")).build()?;
                store.create_index("group", KeyPath::One("group")).build()?;
            }
            Ok(())
        })
        .await
        .expect("a database of the first version");
    for (name, row) in ROWS {
        let transaction = database.transaction(*name).with_mode(TransactionMode::Readwrite).build().expect("begun");
        let store = transaction.object_store(name).expect("the store");
        store.put(with_blobs(row)).primitive().expect("a row");
        drop(store);
        transaction.commit().await.expect("kept");
    }
    database.close();
}

fn with_blobs(row: &str) -> JsValue {
    let row = js_sys::JSON::parse(row).expect("JSON");
    for entry in js_sys::Object::entries(&js_sys::Object::from(row.clone())).iter() {
        let entry = js_sys::Array::from(&entry);
        if let Some(text) = entry.get(1).as_string().as_deref().and_then(|text| text.strip_prefix('@')) {
            js_sys::Reflect::set(&row, &entry.get(0), &blob(text)).expect("a part of an object");
        }
    }
    row
}
