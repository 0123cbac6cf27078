//! Several phones at the same moment.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::{KIND_ENTRY, Record, RecordId};
use protocol::{MediaSize, PullItem, join_path};

use super::support::{Phone, Server, drawing, entry, hash, join_request};
use crate::cli::stats;
use crate::services::check;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_who_erases_never_takes_the_picture_of_another_who_sends_the_same() {
    let (server, [first, second]) = Server::with_phones().await;
    let server = Arc::new(server);
    let checking = tokio::spawn(check::run(Arc::clone(server.app())));
    for round in 0..30 {
        let picture = drawing(round);
        let goes = first.share(&server, &[&picture]).await;
        let (server_of_first, first) = (Arc::clone(&server), first.clone());
        let erasing = tokio::spawn(async move {
            first.push(&server_of_first, [Record::erasure(goes, KIND_ENTRY)]).await;
        });
        assert!(second.send(&server, &picture).await.status.is_success());
        assert_eq!(second.push(&server, [entry(server.now(), &[&picture])]).await, [None]);
        erasing.await.unwrap();
        let kept = second.picture(&server, hash(&picture), MediaSize::Large).await;
        assert!(kept.body == picture, "round {round}: {}", kept.status);
    }
    checking.abort();
    // The check that was cut short lets go of the database first.
    let _ = checking.await;
    server.settle().await;
    let report = stats::report(&server.data()).await.unwrap();
    let project = &report.projects[0];
    assert_eq!((project.entries, project.media), (30, 30));
    assert_eq!((project.entries_with_missing_media, project.orphan_media, project.partials), (0, 0, 0));
    assert_eq!(server.files().len(), 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_who_pulls_while_others_write_misses_nothing() {
    let (server, [reader, first, second, third]) = Server::with_phones().await;
    let server = Arc::new(server);
    let checking = tokio::spawn(check::run(Arc::clone(server.app())));
    let writers = [first, second, third].map(|phone| tokio::spawn(share_many(Arc::clone(&server), phone)));
    let (mut seen, mut cursor) = (BTreeSet::new(), String::new());
    let mut made = BTreeSet::new();
    for writer in writers {
        while !writer.is_finished() {
            cursor = see(&server, &reader, &cursor, &mut seen).await;
        }
        made.extend(writer.await.unwrap());
    }
    server.settle().await;
    checking.abort();
    let _ = checking.await;
    server.settle().await;
    see(&server, &reader, &cursor, &mut seen).await;
    assert_eq!(seen, made);
}

async fn share_many(server: Arc<Server>, phone: Phone) -> Vec<RecordId> {
    let mut made = Vec::new();
    for number in 0..15 {
        let mine = entry(server.now(), &[&drawing(number)]);
        made.push(mine.id);
        phone.push(&server, [mine]).await;
        phone.send(&server, &drawing(number)).await;
    }
    made
}

async fn see(server: &Server, reader: &Phone, cursor: &str, seen: &mut BTreeSet<RecordId>) -> String {
    let reply = reader.pull(server, cursor).await;
    for item in reply.items {
        if let PullItem::View { view } = item {
            seen.insert(view.id);
        }
    }
    reply.cursor
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_join_sent_several_times_at_once_makes_one_member() {
    let server = Arc::new(Server::start().await);
    let (_, code) = server.project().await;
    let request = Arc::new(join_request(code, server.now()));
    let join = || {
        let (server, request) = (Arc::clone(&server), Arc::clone(&request));
        tokio::spawn(async move { Phone::joined(&server.post(join_path(), &*request).await) })
    };
    let mut members = BTreeSet::new();
    for joining in [join(), join(), join(), join()] {
        members.insert(joining.await.unwrap().reply.membership.member_id);
    }
    assert_eq!(members.len(), 1);
}
