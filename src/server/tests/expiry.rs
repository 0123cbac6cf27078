//! What ends by itself, and what a killed server left behind.

use domain::{KIND_ENTRY, Record};
use protocol::{MediumState, PullItem};

use super::records::own;
use super::support::{Server, deletion, drawing, entry, hash};
use crate::cli::stats;
use crate::services::expiry::expire;

#[tokio::test]
async fn a_deletion_becomes_an_erasure_after_thirty_days_and_can_be_undone_until_then() {
    let (server, [maker, other]) = Server::with_phones().await;
    let kept = maker.share(&server, &[&drawing(1)]).await;
    let gone = maker.share(&server, &[&drawing(2)]).await;
    maker.push(&server, [deletion(kept, true, server.now()), deletion(gone, true, server.now())]).await;
    server.pass_days(29);
    expire(server.app()).await.unwrap();
    assert_eq!(maker.push(&server, [deletion(kept, false, server.now())]).await, [None]);
    assert_eq!(server.files().len(), 4);
    let cursor = maker.pull(&server, "").await.cursor;
    server.pass_days(1);
    expire(server.app()).await.unwrap();
    assert_eq!(maker.pull(&server, &cursor).await.items, [own(&Record::erasure(gone, KIND_ENTRY), &[])]);
    let seen = other.items(&server).await;
    assert!(seen.contains(&PullItem::Gone { id: gone }) && seen.len() == 2, "{seen:?}");
    assert_eq!(server.files().len(), 2);
}

#[tokio::test]
async fn of_what_is_erased_no_word_stays_on_disk() {
    let (server, [maker]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let has_story = || {
        let files = ["wijkbeeld.sqlite", "wijkbeeld.sqlite-wal"].map(|name| server.data().join(name));
        let bytes: Vec<u8> = files.iter().flat_map(|file| std::fs::read(file).unwrap_or_default()).collect();
        bytes.windows(9).any(|window| window == b"deel je e")
    };
    assert!(has_story());
    maker.push(&server, [Record::erasure(id, KIND_ENTRY)]).await;
    expire(server.app()).await.unwrap();
    assert!(!has_story());
}

#[tokio::test]
async fn a_picture_whose_entry_never_came_is_forgotten_and_asked_for_when_it_does_come() {
    let (server, [maker]) = Server::with_phones().await;
    maker.send(&server, &drawing(1)).await;
    server.pass_days(29);
    expire(server.app()).await.unwrap();
    assert_eq!(server.files().len(), 1);
    server.pass_days(1);
    expire(server.app()).await.unwrap();
    assert_eq!(server.files(), Vec::<String>::new());
    let mine = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [mine.clone()]).await;
    assert_eq!(maker.items(&server).await, [own(&mine, &[(hash(&drawing(1)), MediumState::Missing)])]);
}

#[tokio::test]
async fn what_a_killed_server_left_is_collected_and_what_it_confirmed_stays() {
    let (mut server, [maker]) = Server::with_phones().await;
    maker.share(&server, &[&drawing(1)]).await;
    let media = server.data().join("media").join(maker.project.to_string());
    let stray = media.join(format!("{}.large.jpg", hash(&drawing(9))));
    std::fs::write(&stray, drawing(9)).unwrap();
    std::fs::write(stray.with_extension("jpg#1"), b"half").unwrap();
    std::fs::write(media.join(format!("{}.small.jpg#1", hash(&drawing(1)))), b"half").unwrap();
    std::fs::write(server.data().join("uploads/0123.part"), b"of an older server").unwrap();

    let report = stats::report(&server.data()).await.unwrap();
    assert_eq!((report.projects[0].partials, report.projects[0].orphan_media), (1, 1));
    server.restart().await;
    assert!(!server.data().join("uploads/0123.part").exists());
    expire(server.app()).await.unwrap();
    let report = stats::report(&server.data()).await.unwrap();
    let project = &report.projects[0];
    assert_eq!((project.partials, project.orphan_media, project.media, project.entries), (0, 0, 1, 1));
    assert_eq!(server.files().len(), 2);
}

#[tokio::test]
async fn a_small_picture_that_the_server_is_drawing_is_no_unfinished_upload() {
    let (server, [maker]) = Server::with_phones().await;
    maker.share(&server, &[&drawing(1)]).await;
    let media = server.data().join("media").join(maker.project.to_string());
    std::fs::write(media.join(format!("{}.small.jpg#7", hash(&drawing(1)))), b"half").unwrap();
    let report = stats::report(&server.data()).await.unwrap();
    let project = &report.projects[0];
    assert_eq!((project.partials, project.orphan_media, project.media), (0, 0, 1));
}

#[tokio::test]
async fn the_count_tells_what_is_missing_and_leaves_out_what_is_deleted() {
    let (server, [maker]) = Server::with_phones().await;
    maker.share(&server, &[&drawing(1)]).await;
    maker.push(&server, [entry(server.now(), &[&drawing(2)])]).await;
    maker.send(&server, &drawing(3)).await;
    let deleted = maker.share(&server, &[&drawing(4)]).await;
    maker.push(&server, [deletion(deleted, true, server.now())]).await;
    let erased = maker.share(&server, &[&drawing(5)]).await;
    maker.push(&server, [Record::erasure(erased, KIND_ENTRY)]).await;
    let report = stats::report(&server.data()).await.unwrap();
    let bytes: usize = [1, 3, 4].map(|number| drawing(number).len()).iter().sum();
    let project = serde_json::to_value(&report.projects[0]).unwrap();
    assert_eq!(
        project,
        serde_json::json!({
            "id": maker.project, "name": "Wijk", "code": project["code"], "closed": false, "members": 1, "entries": 2, "media": 3,
            "bytes": bytes, "entries_with_missing_media": 1, "orphan_media": 1, "partials": 0,
            "partial_bytes": 0,
        })
    );
    assert!(project["code"].as_str().unwrap().parse::<domain::JoinCode>().is_ok());
}

#[tokio::test]
async fn a_data_folder_has_one_server() {
    let (server, []) = Server::with_phones().await;
    let config = crate::config::Config { data: server.data(), public_url: None, client: vec![], path: "".into() };
    let second = crate::state::App::open(config, crate::clock::WallClock::of_the_machine()).await;
    assert!(second.is_err());
}
