//! `wijkbeeld member` and `wijkbeeld project close`, beside the running server.

use axum::http::Method;
use domain::{Consent, Entry, KIND_CONSENT, KIND_ENTRY, Record, RecordId};
use protocol::{ErrorCode, MeReply, MediaSize, PullItem, join_path, me_path};

use super::support::{
    Phone, Server, broken_off, deletion, drawing, drawing_of, entry, hash, join_request, pieces, stamp,
};
use crate::cli::{stats, type_in};
use crate::services::expiry::expire;

#[tokio::test]
async fn a_member_who_was_removed_is_nobody_there_and_what_was_shared_stays() {
    let (server, [gone, other]) = Server::with_phones().await;
    let shared = gone.share(&server, &[&drawing(1)]).await;
    let (_, code) = server.project().await;
    let body = serde_json::to_vec(&join_request(code, server.now())).unwrap();
    let join = gone.request(Method::POST, join_path()).header("content-type", "application/json");
    assert!(server.send(join.body(body.into()).unwrap()).await.status.is_success());
    gone.upload(&server, hash(b""), Method::PUT, &[], broken_off(b"half")).await;

    let (data, id) = (server.data(), gone.reply.membership.member_id.to_string());
    type_in(&["member", "remove", "--data", data.to_str().unwrap(), &id]).await.unwrap();
    let me: MeReply = gone.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 1, "the other project knows the device still");
    assert_ne!(me.memberships[0].project.id, gone.project);
    assert_eq!(me.unfinished, []);
    assert_eq!(gone.try_push(&server, [entry(server.now(), &[])]).await.code(), ErrorCode::NotMember);
    assert_eq!(gone.send(&server, &drawing(2)).await.code(), ErrorCode::NotMember);
    assert_eq!(gone.head(&server, hash(b"")).await.status, 404);
    assert_eq!(gone.picture(&server, hash(&drawing(1)), MediaSize::Large).await.code(), ErrorCode::NotFound);
    let pull = gone.get(&server, &protocol::records_path(gone.project)).await;
    assert_eq!(pull.code(), ErrorCode::NotMember);
    let seen = other.items(&server).await;
    assert!(matches!(seen.as_slice(), [PullItem::View { view }] if view.id == shared && view.kind == KIND_ENTRY));
    expire(server.app()).await.unwrap();
    assert_eq!(server.partials(), []);

    let again = type_in(&["member", "remove", "--data", data.to_str().unwrap(), &id]).await;
    assert!(again.unwrap_err().to_string().contains("is no member"));
    assert_eq!(stats::report(&data).await.unwrap().projects[0].members, 1);
}

#[tokio::test]
async fn who_was_removed_joins_again_as_somebody_new_and_not_by_the_old_join() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let request = join_request(code, server.now());
    let phone = super::support::Phone::joined(&server.post(join_path(), &request).await);
    let (data, old) = (server.data(), phone.reply.membership.member_id);
    type_in(&["member", "remove", "--data", data.to_str().unwrap(), &old.to_string()]).await.unwrap();
    assert_eq!(server.post(join_path(), &request).await.code(), ErrorCode::UnknownCode);

    let body = serde_json::to_vec(&join_request(code, server.now())).unwrap();
    let join = phone.request(Method::POST, join_path()).header("content-type", "application/json");
    assert!(server.send(join.body(body.into()).unwrap()).await.status.is_success());
    let me: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.memberships[0].project.id, project);
    assert_ne!(me.memberships[0].member_id, old);
}

#[tokio::test]
async fn a_closed_project_takes_nothing_new_and_goes_on_to_be_read() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let (data, project) = (server.data(), maker.project.to_string());
    let data = data.to_str().unwrap();
    let code = stats::report(&server.data()).await.unwrap().projects[0].code.parse().unwrap();
    type_in(&["project", "close", "--data", data, &project]).await.unwrap();

    let story = Record::new(id, KIND_ENTRY).with("story", "Later", stamp(server.now()));
    for write in
        [story, entry(server.now(), &[]), deletion(id, false, server.now().plus(1)), Record::new(id, KIND_ENTRY)]
    {
        assert_eq!(maker.try_push(&server, [write]).await.code(), ErrorCode::ProjectClosed);
    }
    assert_eq!(maker.send(&server, &drawing(2)).await.code(), ErrorCode::ProjectClosed);
    let going_on = maker.go_on(&server, hash(&drawing(2)), 0, drawing(2).into()).await;
    assert_eq!(going_on.code(), ErrorCode::ProjectClosed);
    let joining = server.post(join_path(), &join_request(code, server.now())).await;
    assert_eq!(joining.code(), ErrorCode::ProjectClosed);
    assert_eq!(other.items(&server).await.len(), 1);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
    let me: MeReply = maker.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 1);

    type_in(&["project", "open", "--data", data, &project]).await.unwrap();
    assert_eq!(maker.push(&server, [deletion(id, true, server.now().plus(1))]).await, [None]);
    assert_eq!(maker.send(&server, &drawing(2)).await.status, 201);
}

#[tokio::test]
async fn a_closed_project_takes_what_takes_something_back() {
    let (server, [maker, other]) = Server::with_phones().await;
    let put_away = maker.share(&server, &[&drawing(1)]).await;
    let erased = maker.share(&server, &[&drawing(2)]).await;
    let consent = consent_of(&maker, &server).await.id;
    close(&server, &maker).await;

    let at = server.now().plus(1);
    let withdrawal = Record::new(consent, KIND_CONSENT).with("withdrawn", true, stamp(at));
    let writes = [deletion(put_away, true, at), Record::erasure(erased, KIND_ENTRY), withdrawal];
    assert_eq!(other.push(&server, writes.clone()).await, [Some(ErrorCode::NotYours); 3]);
    assert_eq!(maker.push(&server, writes.clone()).await, [None; 3]);
    assert_eq!(maker.push(&server, writes).await, [None; 3], "however often it comes");
    assert_eq!(gone(&other, &server).await.len(), 2);
    assert!(Consent::from_record(&consent_of(&maker, &server).await).unwrap().is_withdrawn);
    assert_eq!(maker.picture(&server, hash(&drawing(2)), MediaSize::Large).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn what_takes_back_is_taken_out_of_what_a_closed_project_refuses() {
    let (server, [maker, other]) = Server::with_phones().await;
    let alone = maker.share(&server, &[&drawing(1)]).await;
    let mixed = maker.share(&server, &[&drawing(2)]).await;
    close(&server, &maker).await;

    let at = server.now().plus(1);
    let new = entry(at, &[]);
    let both = deletion(mixed, true, at).with("story", "Toch niet", stamp(at));
    let batch = [new.clone(), deletion(alone, true, at), both];
    assert_eq!(maker.try_push(&server, batch.clone()).await.code(), ErrorCode::ProjectClosed);
    assert_eq!(gone(&other, &server).await, [alone, mixed]);
    let held = own(&maker, &server, mixed).await.unwrap();
    assert!(Entry::from_record(&held).is_deleted);
    assert_ne!(Entry::from_record(&held).story, "Toch niet", "it adds");
    assert_eq!(own(&maker, &server, new.id).await, None);

    let (data, project) = (server.data(), maker.project.to_string());
    type_in(&["project", "open", "--data", data.to_str().unwrap(), &project]).await.unwrap();
    assert_eq!(maker.push(&server, batch).await, [None; 3], "the phone has kept all of it");
    assert_eq!(Entry::from_record(&own(&maker, &server, mixed).await.unwrap()).story, "Toch niet");
    assert_eq!(own(&maker, &server, new.id).await, Some(new));
}

#[tokio::test]
async fn what_was_taken_back_before_it_came_stays_so_once_the_project_is_open() {
    let (server, [maker, other]) = Server::with_phones().await;
    close(&server, &maker).await;
    let late = entry(server.now(), &[&drawing(1)]);
    assert_eq!(maker.push(&server, [deletion(late.id, true, server.now().plus(1))]).await, [None]);

    let (data, project) = (server.data(), maker.project.to_string());
    type_in(&["project", "open", "--data", data.to_str().unwrap(), &project]).await.unwrap();
    assert_eq!(maker.push(&server, [late]).await, [None]);
    assert!(maker.send(&server, &drawing(1)).await.status.is_success());
    server.settle().await;
    assert_eq!(other.items(&server).await, []);
}

#[tokio::test]
async fn an_upload_under_way_is_refused_when_its_project_closes_or_its_member_goes() {
    let (server, [closed_out, removed]) = Server::with_phones().await;
    let server = std::sync::Arc::new(server);
    let data = server.data();
    let data = data.to_str().unwrap();
    let picture = drawing_of(1, 300, 200);
    let sha256 = hash(&picture);
    let project = closed_out.project.to_string();
    let member = removed.reply.membership.member_id.to_string();
    let close = ["project", "close", "--data", data, &project];
    let remove = ["member", "remove", "--data", data, &member];
    let cases = [(removed, remove, ErrorCode::NotMember), (closed_out, close, ErrorCode::ProjectClosed)];
    for (phone, command, code) in cases {
        let (sender, body) = pieces();
        sender.send(Ok(picture[..300].to_vec())).unwrap();
        let its_server = std::sync::Arc::clone(&server);
        let upload = tokio::spawn(async move { phone.upload(&its_server, sha256, Method::PUT, &[], body).await });
        while server.partials() != [(sha256, 300)] {
            tokio::task::yield_now().await;
        }
        type_in(&command).await.unwrap();
        sender.send(Ok(picture[300..].to_vec())).unwrap();
        drop(sender);
        assert_eq!(upload.await.unwrap().code(), code);
    }
    assert_eq!((server.files(), server.partials()), (vec![], vec![]));
}

#[tokio::test]
async fn commands_say_what_they_do_not_find() {
    let (server, [phone]) = Server::with_phones().await;
    let data = server.data();
    let data = data.to_str().unwrap();
    let (unknown, project) = (phone.reply.membership.member_id.to_string(), phone.project.to_string());
    type_in(&["member", "list", "--data", data, &project]).await.unwrap();
    type_in(&["member", "list", "--data", data, &project, "--json"]).await.unwrap();
    for line in [
        &["member", "list", "--data", data, &unknown],
        &["member", "remove", "--data", data, &project],
        &["project", "close", "--data", data, &unknown],
        &["project", "open", "--data", "/nowhere", &project],
        &["project", "open", "--data", data, "nonsense"],
    ] {
        assert!(type_in(line).await.is_err(), "{line:?}");
    }
}

async fn close(server: &Server, phone: &Phone) {
    let (data, project) = (server.data(), phone.project.to_string());
    type_in(&["project", "close", "--data", data.to_str().unwrap(), &project]).await.unwrap();
}

/// Returns what a phone hears of that it may not see any more.
async fn gone(phone: &Phone, server: &Server) -> Vec<RecordId> {
    let id = |item| if let PullItem::Gone { id } = item { Some(id) } else { None };
    phone.items(server).await.into_iter().filter_map(id).collect()
}

async fn own_records(phone: &Phone, server: &Server) -> Vec<Record> {
    let record = |item| if let PullItem::Own { record, .. } = item { Some(record) } else { None };
    phone.pull(server, "").await.items.into_iter().filter_map(record).collect()
}

async fn own(phone: &Phone, server: &Server, id: RecordId) -> Option<Record> {
    own_records(phone, server).await.into_iter().find(|record| record.id == id)
}

async fn consent_of(phone: &Phone, server: &Server) -> Record {
    let records = own_records(phone, server).await;
    records.into_iter().find(|record| record.kind == KIND_CONSENT).expect("it was given at joining")
}
