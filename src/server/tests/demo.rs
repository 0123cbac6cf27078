//! The invented neighbourhood.

use domain::{Entry, Role, Theme, Valence};
use protocol::{JoinReply, MediaSize, PullItem, join_path};

use super::support::{Phone, Server, join_request};
use crate::demo::{RESIDENT_CODE, WORKER_CODE, code, seed};

#[tokio::test]
async fn the_demo_has_six_entries_that_anybody_who_joins_sees_at_once() {
    let server = Server::start().await;
    seed(server.app()).await.unwrap();
    let worker: JoinReply = server.post(join_path(), &join_request(code(WORKER_CODE), server.now())).await.json();
    assert_eq!(worker.membership.role, Role::Worker);
    let phone = Phone::joined(&server.post(join_path(), &join_request(code(RESIDENT_CODE), server.now())).await);
    assert_eq!(phone.reply.membership.project.name, "Wij zijn Presikhaaf");

    let mut entries = Vec::new();
    for item in phone.items(&server).await {
        let PullItem::View { view } = item else { panic!("{item:?}") };
        assert!(!view.maker.name.is_empty());
        entries.push(Entry::from_view(&view));
    }
    let valences: Vec<_> = entries.iter().filter_map(|entry| entry.valence).collect();
    assert_eq!(valences[..3], [Valence::Good; 3]);
    assert_eq!(valences[3..], [Valence::CouldBeBetter; 3]);
    assert_eq!(entries[0].themes, [Theme::Eten, Theme::Ontmoeten]);
    assert!(entries.iter().all(|entry| entry.made < server.now() && entry.photos.len() == 1));
    for entry in &entries {
        let photo = entry.photos[0];
        let large = phone.picture(&server, photo.sha256, MediaSize::Large).await.body;
        let header = ::media::walk_jpeg(&large).unwrap();
        assert_eq!((header.width, header.height, large.len()), (photo.width, photo.height, photo.bytes as usize));
        assert_eq!(phone.picture(&server, photo.sha256, MediaSize::Small).await.status, 200);
    }
}

#[tokio::test]
async fn a_second_start_adds_nothing_and_one_cut_short_is_completed() {
    let mut server = Server::start().await;
    seed(server.app()).await.unwrap();
    let before = report(&server).await;
    assert!(before.contains(r#""members":6,"entries":6,"media":6"#), "{before}");
    server.restart().await;
    server.pass_days(20);
    seed(server.app()).await.unwrap();
    assert_eq!(report(&server).await, before);

    // As if it had been killed before the last entry.
    server
        .execute("DELETE FROM record_medium WHERE record_id = (SELECT MAX(id) FROM record WHERE kind = 'entry')")
        .await;
    server.execute("DELETE FROM record WHERE id = (SELECT MAX(id) FROM record WHERE kind = 'entry')").await;
    assert_ne!(report(&server).await, before);
    seed(server.app()).await.unwrap();
    assert_eq!(report(&server).await, before);
}

async fn report(server: &Server) -> String {
    serde_json::to_string(&crate::cli::stats::report(&server.data()).await.unwrap()).unwrap()
}
