//! `GET /api/me`, and the tokens by which a device is known.

use axum::body::Body;
use axum::http::Method;
use domain::Role;
use protocol::{ErrorCode, MeReply, VERSION, VERSION_HEADER, me_path};

use super::support::{Server, bearer, token};

#[tokio::test]
async fn a_device_is_known_by_its_cookie_and_by_its_bearer() {
    let (server, [phone]) = Server::with_phones().await;
    let by_cookie: MeReply = phone.get(&server, me_path()).await.json();
    let request = bearer(Method::GET, me_path(), &phone.token).body(Body::empty()).unwrap();
    let by_bearer: MeReply = server.send(request).await.json();
    assert_eq!(by_cookie, by_bearer);
    assert_eq!(by_cookie.device_id, Some(phone.reply.device_id));
    assert_eq!(by_cookie.memberships.as_slice(), std::slice::from_ref(&phone.reply.membership));
}

#[tokio::test]
async fn without_a_token_that_is_known_nobody_is_anybody() {
    let (server, [phone]) = Server::with_phones().await;
    let nobody: MeReply = server.get(me_path()).await.json();
    assert_eq!((nobody.device_id, nobody.memberships.len()), (None, 0));
    for wrong in ["", "0", &phone.token[1..], &phone.token.replace(|_| true, "0")] {
        let request = bearer(Method::GET, me_path(), wrong).body(Body::empty()).unwrap();
        assert_eq!(server.send(request).await.code(), ErrorCode::UnknownDevice, "{wrong}");
    }
}

#[tokio::test]
async fn a_refusal_renews_the_cookie_as_well() {
    let (server, [phone]) = Server::with_phones().await;
    server.pass_days(2);
    let refused = phone.get(&server, "/api/nothing").await;
    assert_eq!(refused.code(), ErrorCode::NotFound);
    assert_eq!(token(&refused.headers).as_ref(), Some(&phone.token));
}

#[tokio::test]
async fn a_token_in_use_is_renewed_once_a_day_and_one_left_alone_ends() {
    let (server, [phone]) = Server::with_phones().await;
    server.pass_ms(23 * 60 * 60 * 1000);
    assert_eq!(token(&phone.get(&server, me_path()).await.headers), None);
    server.pass_days(399);
    let renewed = phone.get(&server, me_path()).await;
    assert_eq!(token(&renewed.headers).as_ref(), Some(&phone.token), "the same cookie, for 400 days more");
    assert_eq!(token(&phone.get(&server, me_path()).await.headers), None);
    server.pass_days(399);
    assert!(phone.get(&server, me_path()).await.status.is_success());
    server.pass_days(401);
    assert_eq!(phone.get(&server, me_path()).await.code(), ErrorCode::UnknownDevice);
}

#[tokio::test]
async fn phones_of_before_are_told_the_nearest_role_that_they_know() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    for (role, of_before) in [
        (Role::Resident, "resident"),
        (Role::Worker, "worker"),
        (Role::Coordinator, "worker"),
        (Role::Researcher, "resident"),
        (Role::Municipality, "resident"),
    ] {
        let phone = server.join_as(project, role).await;
        assert_eq!(phone.reply.membership.role, role, "a phone that names no version speaks the newest");
        for (version, told) in [(1, of_before), (2, of_before), (3, role.key()), (VERSION, role.key())] {
            let request = phone.request(Method::GET, me_path()).header(VERSION_HEADER, version);
            let me: serde_json::Value = server.send(request.body(Body::empty()).unwrap()).await.json();
            assert_eq!(me["memberships"][0]["role"], told, "{role:?} to version {version}");
        }
    }
}
