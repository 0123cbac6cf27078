//! `POST /api/projects/{project}/records`: what is taken in, and from whom.

use domain::{KIND_CONSENT, KIND_ENTRY, MAX_RECORD_BYTES, MediaHash, Record, RecordId};
use protocol::{ErrorCode, MediumState, PullItem, PushReply};
use serde_json::json;

use super::support::{Server, deletion, drawing, entry, hash, stamp};
use crate::random;

#[tokio::test]
async fn nobody_writes_any_field_of_an_entry_that_is_somebody_elses() {
    let (server, [maker, other]) = Server::with_phones().await;
    let now = server.now();
    let mine = entry(now, &[&drawing(1)]);
    assert_eq!(maker.push(&server, [mine.clone()]).await, [None]);
    server.pass_ms(10);
    let later = stamp(server.now());
    let writes: Vec<_> = [
        ("valence", json!("both")),
        ("story", json!("not mine")),
        ("photos", json!([])),
        ("made_ms", json!(1)),
        ("phone_made_ms", json!(1)),
        ("deleted", json!(true)),
        ("something_later", json!("x")),
    ]
    .into_iter()
    .map(|(field, value)| Record::new(mine.id, KIND_ENTRY).with(field, value, later))
    .chain([
        Record { fields: [("themes".to_owned(), themes(later))].into(), ..Record::new(mine.id, KIND_ENTRY) },
        Record::erasure(mine.id, KIND_ENTRY),
        Record::new(mine.id, KIND_ENTRY),
        Record::new(mine.id, KIND_CONSENT),
        mine.clone(),
    ])
    .collect();
    assert!(other.push(&server, writes).await.iter().all(|refused| *refused == Some(ErrorCode::NotYours)));
    assert_eq!(maker.items(&server).await, [own(&mine, &[(hash(&drawing(1)), MediumState::Missing)])]);
    assert_eq!(other.items(&server).await, []);
}

#[tokio::test]
async fn a_record_belongs_to_its_project_and_stays_of_its_kind() {
    let (server, [phone]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let elsewhere = server.join(code).await;
    let mine = entry(server.now(), &[]);
    assert_eq!(phone.push(&server, [mine.clone()]).await, [None]);

    // A project one is no member of, one that does not exist: one answer.
    let stranger = phone.in_project(elsewhere.project);
    let nowhere = phone.in_project(domain::ProjectId::new(server.now(), random::bytes()));
    let answers = [stranger.try_push(&server, [mine.clone()]).await, nowhere.try_push(&server, [mine.clone()]).await];
    assert!(answers.iter().all(|answer| answer.code() == ErrorCode::NotMember && answer.body == answers[0].body));

    // The id of one project's record, written in another by somebody who is a member there.
    assert_eq!(elsewhere.push(&server, [deletion(mine.id, true, server.now())]).await, [Some(ErrorCode::NotYours)]);
    let disguised = Record { kind: "later".to_owned(), ..mine.clone() };
    assert_eq!(phone.push(&server, [disguised]).await, [Some(ErrorCode::NotYours)]);
}

#[tokio::test]
async fn the_same_device_cannot_carry_a_record_into_its_other_project() {
    let (server, [phone]) = Server::with_phones().await;
    let (second, code) = server.project().await;
    let body = serde_json::to_vec(&super::support::join_request(code, server.now())).unwrap();
    let request = phone.request(axum::http::Method::POST, "/api/join").header("content-type", "application/json");
    assert!(server.send(request.body(body.into()).unwrap()).await.status.is_success());
    let mine = entry(server.now(), &[]);
    assert_eq!(phone.push(&server, [mine.clone()]).await, [None]);
    assert_eq!(phone.in_project(second).push(&server, [mine]).await, [Some(ErrorCode::NotYours)]);
}

#[tokio::test]
async fn the_author_is_who_shows_the_token_whatever_the_body_says() {
    let (server, [phone, other]) = Server::with_phones().await;
    let mut body = json!({ "records": [entry(server.now(), &[])] });
    body["records"][0]["author"] = json!(other.reply.membership.member_id);
    body["author"] = json!(other.reply.membership.member_id);
    let path = protocol::records_path(phone.project);
    let request = phone.request(axum::http::Method::POST, &path).header("content-type", "application/json");
    assert!(server.send(request.body(body.to_string().into()).unwrap()).await.status.is_success());
    assert_eq!((phone.items(&server).await.len(), other.items(&server).await.len()), (1, 0));
}

#[tokio::test]
async fn a_stamp_too_far_ahead_refuses_the_whole_batch_and_nothing_is_written() {
    let (server, [phone]) = Server::with_phones().await;
    let good = entry(server.now(), &[]);
    let ahead = entry(server.now().plus(60_001), &[]);
    assert_eq!(phone.try_push(&server, [good, ahead]).await.code(), ErrorCode::ClockAhead);
    assert_eq!(phone.items(&server).await, []);
    assert_eq!(phone.push(&server, [entry(server.now().plus(60_000), &[])]).await, [None]);
}

#[tokio::test]
async fn a_record_that_breaks_a_rule_is_refused_alone() {
    let (server, [phone]) = Server::with_phones().await;
    let at = stamp(server.now());
    let id = || RecordId::new(server.now(), random::bytes());
    let half = |name: &str| Record::new(id(), KIND_ENTRY).with(name, "x".repeat(MAX_RECORD_BYTES / 2), at);
    let first = half("first");
    let second = Record { id: first.id, ..half("second") };
    let batch = [
        Record::new(id(), KIND_ENTRY).with("valence", "negative", at),
        Record::new(id(), ""),
        Record::new(id(), "later").with("field", "x".repeat(MAX_RECORD_BYTES), at),
        first,
        second,
        entry(server.now(), &[]),
    ];
    let refused = phone.push(&server, batch).await;
    let (invalid, too_large) = (Some(ErrorCode::InvalidRecord), Some(ErrorCode::RecordTooLarge));
    assert_eq!(refused, [invalid, invalid, too_large, None, too_large, None]);
    assert_eq!(phone.items(&server).await.len(), 2);
}

#[tokio::test]
async fn a_batch_has_its_limit() {
    let (server, [phone]) = Server::with_phones().await;
    let many: Vec<_> = (0..=protocol::MAX_BATCH).map(|_| entry(server.now(), &[])).collect();
    assert_eq!(phone.try_push(&server, many.clone()).await.code(), ErrorCode::BatchTooLarge);
    assert_eq!(phone.items(&server).await, []);
    assert!(phone.push(&server, many.into_iter().skip(1)).await.iter().all(Option::is_none));
}

#[tokio::test]
async fn pushing_again_changes_nothing_and_says_the_same() {
    let (server, [phone]) = Server::with_phones().await;
    let mine = entry(server.now(), &[&drawing(1)]);
    let first: PushReply = phone.try_push(&server, [mine.clone()]).await.json();
    let cursor = phone.pull(&server, "").await.cursor;
    let again: PushReply = phone.try_push(&server, [mine.clone()]).await.json();
    assert_eq!(first.results, again.results);
    assert_eq!(first.results[0].media, [(hash(&drawing(1)), MediumState::Missing)].into());
    let reply = phone.pull(&server, &cursor).await;
    assert_eq!((reply.items, reply.cursor), (vec![], cursor));
}

#[tokio::test]
async fn parts_written_in_any_order_make_one_record() {
    let (server, [phone]) = Server::with_phones().await;
    let old = entry(server.now(), &[]);
    let new = Record::new(old.id, KIND_ENTRY).with("story", "Later gezegd", stamp(server.now().plus(5)));
    assert_eq!(phone.push(&server, [new.clone()]).await, [None]);
    assert_eq!(phone.push(&server, [old.clone()]).await, [None]);
    let mut merged = old;
    merged.merge(&new);
    assert_eq!(phone.items(&server).await, [own(&merged, &[])]);
}

#[tokio::test]
async fn kinds_and_fields_of_a_later_version_come_back_to_their_owner_only() {
    let (server, [phone, other]) = Server::with_phones().await;
    let at = stamp(server.now());
    let kind = Record::new(RecordId::new(server.now(), random::bytes()), "agenda_item").with("wish", "Een bankje", at);
    let mut later = json!(entry(server.now(), &[&drawing(1)]));
    later["fields"]["counter"] = json!({ "sum": { "up": 0.1 } });
    let entry: Record = serde_json::from_value(later).unwrap();
    assert_eq!(phone.push(&server, [kind.clone(), entry.clone()]).await, [None, None]);
    phone.send(&server, &drawing(1)).await;
    server.settle().await;
    let mine = phone.items(&server).await;
    assert_eq!(mine, [own(&kind, &[]), own(&entry, &[(hash(&drawing(1)), MediumState::Shown)])]);
    let seen = serde_json::to_string(&other.items(&server).await).unwrap();
    assert!(seen.contains("Hier deel je eten") && !seen.contains("counter") && !seen.contains("bankje"), "{seen}");
    assert!(!seen.contains("phone_made_ms") && !seen.contains("deleted"), "{seen}");
}

pub(super) fn own(record: &Record, media: &[(MediaHash, MediumState)]) -> PullItem {
    PullItem::Own { record: record.clone(), media: media.iter().copied().collect() }
}

fn themes(at: domain::Stamp) -> domain::FieldState {
    domain::FieldState::Set([("groen".to_owned(), domain::SetMember { at, is_in: true })].into())
}
