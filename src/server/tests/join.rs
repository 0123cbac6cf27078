//! `POST /api/join`.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use domain::{Agreement, ConsentSubject, Role, TakingPart};
use futures_util::future::join_all;
use protocol::{ErrorCode, JoinReply, MeReply, join_path, me_path};

use super::support::{Phone, Server, join_request, stamp, token};
use super::team::whole;
use crate::cli::{stats, type_in};

#[tokio::test]
async fn joining_makes_a_member_and_sets_a_cookie_that_scripts_cannot_read() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let answer = server.post(join_path(), &join_request(code, server.now())).await;
    let reply: JoinReply = answer.json();
    assert_eq!(reply.membership.project.id, project);
    assert_eq!((reply.membership.role, reply.membership.nickname.as_str()), (Role::Resident, "Ali"));
    assert_eq!(reply.server_time_ms, server.now().ms());
    let token = token(&answer.headers).unwrap();
    assert_eq!(token.len(), 64);
    let cookie = answer.header("set-cookie");
    assert_eq!(cookie, format!("wijkbeeld={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age=34560000"));
    assert!(!answer.text().contains(&token));
}

#[tokio::test]
async fn the_database_knows_a_token_by_its_hash_alone() {
    let (server, [phone]) = Server::with_phones().await;
    let mut files = Vec::new();
    for name in ["wijkbeeld.sqlite", "wijkbeeld.sqlite-wal"] {
        files.extend(std::fs::read(server.data().join(name)).unwrap_or_default());
    }
    let raw: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&phone.token[2 * at..2 * at + 2], 16).unwrap()).collect();
    let has = |needle: &[u8]| files.windows(needle.len()).any(|window| window == needle);
    assert!(!has(phone.token.as_bytes()) && !has(&raw));
    assert!(has(b"Ali"), "the files were read");
}

#[tokio::test]
async fn over_https_the_cookie_is_for_this_host_and_encrypted_alone() {
    let server = Server::start_with(Some("https://wijk.example.nl"), vec![]).await;
    let (_, code) = server.project().await;
    let answer = server.post(join_path(), &join_request(code, server.now())).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-wijkbeeld=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn a_join_whose_reply_was_lost_makes_one_member_when_it_is_sent_again() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let request = join_request(code, server.now());
    let lost = Phone::joined(&server.post(join_path(), &request).await);
    let phone = Phone::joined(&server.post(join_path(), &request).await);
    assert_eq!(phone.reply, lost.reply);
    assert_ne!(phone.token, lost.token);
    let me: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.as_slice(), std::slice::from_ref(&phone.reply.membership));
    assert_eq!(phone.pull(&server, "").await.items.len(), 1, "one consent");
}

#[tokio::test]
async fn a_join_sent_again_works_although_its_code_was_closed_meanwhile() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let request = join_request(code, server.now());
    let first: JoinReply = server.post(join_path(), &request).await.json();
    server.execute("UPDATE join_code SET is_closed = 1").await;
    assert_eq!(server.post(join_path(), &request).await.json::<JoinReply>(), first);
    server.pass_days(31);
    assert_eq!(server.post(join_path(), &request).await.code(), ErrorCode::CodeReplaced);
}

#[tokio::test]
async fn a_known_device_joins_another_project_under_the_token_it_has() {
    let (server, [phone]) = Server::with_phones().await;
    let (second, code) = server.project().await;
    let request = serde_json::to_vec(&join_request(code, server.now())).unwrap();
    let path = join_path();
    let post = || phone.request(axum::http::Method::POST, path).header("content-type", "application/json");
    let answer = server.send(post().body(request.into()).unwrap()).await;
    let reply: JoinReply = answer.json();
    assert_eq!((reply.device_id, reply.membership.project.id), (phone.reply.device_id, second));
    assert_eq!(token(&answer.headers), None);
    let me: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 2);

    let again = serde_json::to_vec(&join_request(code, server.now())).unwrap();
    let again: JoinReply = server.send(post().body(again.into()).unwrap()).await.json();
    assert_eq!(again.membership, reply.membership, "a second act of joining makes no second member");
}

#[tokio::test]
async fn a_join_whose_reply_was_lost_belongs_to_the_device_that_sent_it_again() {
    let (server, [phone]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let request = join_request(code, server.now());
    let lost = Phone::joined(&server.post(join_path(), &request).await);
    let again = phone.request(axum::http::Method::POST, join_path()).header("content-type", "application/json");
    let again = server.send(again.body(serde_json::to_vec(&request).unwrap().into()).unwrap()).await;
    assert_eq!(again.json::<JoinReply>().membership, lost.reply.membership);
    // Its browser did not keep its token: the join brings that device back, with all its projects.
    let back = Phone::joined(&server.post(join_path(), &request).await);
    assert_eq!(back.reply.device_id, phone.reply.device_id);
    let me: MeReply = back.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 2);
    let me: MeReply = lost.get(&server, me_path()).await.json();
    assert_eq!(me.memberships, []);
}

#[tokio::test]
async fn an_old_posters_code_says_that_there_is_another_and_is_no_guess() {
    let server = Server::start().await;
    let (_, expired) = server.project().await;
    server.execute("UPDATE join_code SET expires_ms = 1").await;
    let (_, closed) = server.project().await;
    server.execute("UPDATE join_code SET is_closed = 1 WHERE expires_ms IS NULL").await;
    let code_of = async |code| server.post(join_path(), &join_request(code, server.now())).await.code();
    // Any number of people may stand before that poster.
    for _ in 0..210 {
        assert_eq!(code_of(closed).await, ErrorCode::CodeReplaced);
    }
    assert_eq!(code_of(expired).await, ErrorCode::CodeReplaced);
    assert_eq!(code_of("ZZZZZZ".parse().unwrap()).await, ErrorCode::UnknownCode);
}

#[tokio::test]
async fn a_new_code_takes_the_place_of_the_old_one_of_its_role() {
    let server = Server::start().await;
    let (project, old) = server.project().await;
    let join = async |code| server.post(join_path(), &join_request(code, server.now())).await;
    let member = server.join(old).await;
    let (data, id) = (server.data(), project.to_string());
    type_in(&["project", "new-code", "--data", data.to_str().unwrap(), &id]).await.unwrap();
    let new = stats::report(&data).await.unwrap().projects[0].code.parse().unwrap();
    assert_ne!(new, old);
    assert_eq!(join(old).await.code(), ErrorCode::CodeReplaced);
    assert_eq!(join(new).await.json::<JoinReply>().membership.role, Role::Resident);
    let me: MeReply = member.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 1, "who is in stays in");
    let nowhere = uuid::Uuid::nil().to_string();
    let refused = type_in(&["project", "new-code", "--data", data.to_str().unwrap(), &nowhere]).await;
    assert!(refused.unwrap_err().to_string().contains("there is no project"));
}

#[tokio::test]
async fn sixty_people_join_at_once_behind_one_address() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let phones = join_all((0..60).map(|_| server.join(code))).await;
    let members: BTreeSet<_> = phones.iter().map(|phone| phone.reply.membership.member_id).collect();
    assert_eq!(members.len(), 60);
}

#[tokio::test]
async fn who_tries_many_codes_has_to_wait() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let wrong = join_request("ZZZZZZ".parse().unwrap(), server.now());
    for _ in 0..200 {
        assert_eq!(server.post(join_path(), &wrong).await.code(), ErrorCode::UnknownCode);
    }
    let refused = server.post(join_path(), &join_request(code, server.now())).await;
    assert_eq!(refused.code(), ErrorCode::TooManyAttempts);
    assert_eq!(refused.header("retry-after"), "600");
    server.pass_ms(10 * 60 * 1000);
    assert_eq!(server.post(join_path(), &join_request(code, server.now())).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_joins_without_consent_or_with_a_name_too_long() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let now = server.now();
    let good = join_request(code, now);
    let mut withdrawn = good.clone();
    withdrawn.consent = withdrawn.consent.with("withdrawn", true, stamp(now));
    let mut entry = good.clone();
    entry.consent.kind = domain::KIND_ENTRY.to_owned();
    let mut other = good.clone();
    other.consent = other.consent.with("subject", "something_else", stamp(now));
    let mut long = good.clone();
    long.nickname = "ß".repeat(41);
    for wrong in [withdrawn, entry, other, long] {
        assert_eq!(server.post(join_path(), &wrong).await.code(), ErrorCode::InvalidRecord);
    }
    let mut ahead = good.clone();
    ahead.consent = ahead.consent.with("language", "nl", stamp(now.plus(60_001)));
    assert_eq!(server.post(join_path(), &ahead).await.code(), ErrorCode::ClockAhead);
    assert_eq!(ConsentSubject::TakePart.key(), "take_part");
    let mut trimmed = good;
    trimmed.nickname = "  Ali\u{7}\n ".to_owned();
    assert_eq!(server.post(join_path(), &trimmed).await.json::<JoinReply>().membership.nickname, "Ali");
}

#[tokio::test]
async fn who_is_under_16_joins_once_a_parent_agreed_too() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let mut request = join_request(code, server.now());
    let at = stamp(server.now());
    request.consent = request.consent.with("under_16", true, at).with("how", "picture_form", at);
    assert_eq!(server.post(join_path(), &request).await.code(), ErrorCode::InvalidRecord);
    request.consent = request.consent.with("parent", "signed", at);
    let answer = server.post(join_path(), &request).await;
    assert_eq!(answer.status, StatusCode::OK);
    let phone = Phone::joined(&answer);
    let reply = phone.pull(&server, "").await;
    let kept = whole(&reply, request.consent.id).and_then(TakingPart::from_record).expect("its own");
    assert_eq!((kept.how, kept.parent), (Some(Agreement::Pictures), Some(Agreement::Signed)));
}

#[tokio::test]
async fn a_consent_that_is_somebody_elses_record_is_refused_and_nobody_joined() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let first = join_request(code, server.now());
    assert_eq!(server.post(join_path(), &first).await.status, StatusCode::OK);
    let mut second = join_request(code, server.now());
    second.consent.id = first.consent.id;
    assert_eq!(server.post(join_path(), &second).await.code(), ErrorCode::NotYours);
    let report = crate::cli::stats::report(&server.data()).await.unwrap();
    assert_eq!(report.projects[0].members, 1);
}
