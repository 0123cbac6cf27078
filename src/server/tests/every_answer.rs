//! What holds for every address: how refusals look, who may write, which headers stand on everything.

use axum::body::Body;
use axum::http::Method;
use domain::ProjectId;
use protocol::{ErrorCode, VERSION_HEADER, join_path, me_path, records_path};

use super::support::{Server, bearer, request};

#[tokio::test]
async fn every_refusal_of_the_api_is_json_with_a_code_and_the_servers_time() {
    let (server, [phone]) = Server::with_phones().await;
    let json = "application/json";
    let records = records_path(phone.project);
    let project = ProjectId::new(server.now(), [0; 10]);
    for (method, path, kind, body, code) in [
        (Method::GET, "/api", "", "", ErrorCode::NotFound),
        (Method::GET, "/api/", "", "", ErrorCode::NotFound),
        (Method::POST, "/api/nothing/here", json, "{}", ErrorCode::NotFound),
        (Method::DELETE, "/api/me", "", "", ErrorCode::MethodNotAllowed),
        (Method::PATCH, records.as_str(), json, "{}", ErrorCode::MethodNotAllowed),
        (Method::POST, join_path(), json, "{", ErrorCode::BadRequest),
        (Method::POST, join_path(), json, r#"{"join_id":1}"#, ErrorCode::BadRequest),
        (Method::POST, join_path(), "text/plain", "{}", ErrorCode::BadRequest),
        (Method::POST, records.as_str(), json, r#"{"records":7}"#, ErrorCode::BadRequest),
        (Method::GET, "/api/projects/nonsense/records", "", "", ErrorCode::BadRequest),
        (Method::GET, &format!("{records}?limit=many"), "", "", ErrorCode::BadRequest),
        (Method::GET, &format!("/api/projects/{project}/media/00"), "", "", ErrorCode::BadRequest),
        (
            Method::GET,
            &format!("/api/projects/{project}/media/{}?size=huge", "0".repeat(64)),
            "",
            "",
            ErrorCode::BadRequest,
        ),
        (Method::POST, join_path(), json, &format!("\"{}\"", "x".repeat(80_000)), ErrorCode::RecordTooLarge),
        (Method::POST, records.as_str(), json, &format!("\"{}\"", "x".repeat(7_000_000)), ErrorCode::BatchTooLarge),
    ] {
        let request = phone.request(method, path).header("content-type", kind);
        let answer = server.send(request.body(body.to_owned().into()).unwrap()).await;
        assert_eq!(answer.code(), code, "{path}");
        assert_eq!(answer.header("content-type"), json);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.text().contains(&format!(r#""server_time_ms":{}"#, server.now().ms())), "{path}");
    }
}

#[tokio::test]
async fn a_refusal_never_repeats_what_was_sent() {
    let (server, [phone]) = Server::with_phones().await;
    let body = r#"{"records":[{"id":"a secret story","kind":"entry"}]}"#;
    let request = phone.request(Method::POST, &records_path(phone.project)).header("content-type", "application/json");
    let answer = server.send(request.body(body.into()).unwrap()).await;
    assert_eq!(answer.code(), ErrorCode::BadRequest);
    assert!(!answer.text().contains("secret"), "{}", answer.text());
}

#[tokio::test]
async fn nothing_is_changed_for_another_sites_page() {
    let (server, [phone]) = Server::with_phones().await;
    let same_origin = [("sec-fetch-site", "same-origin"), ("origin", "http://elsewhere.example")];
    for (headers, is_refused) in [
        (&[][..], false),
        (&same_origin[..1], false),
        (&[("sec-fetch-site", "none")], false),
        (&same_origin, false),
        (&[("sec-fetch-site", "same-site")], true),
        (&[("sec-fetch-site", "cross-site")], true),
        (&[("sec-fetch-site", "cross-site"), ("origin", "http://wijk.example.nl")], true),
        (&[("origin", "http://wijk.example.nl")], false),
        (&[("origin", "http://WIJK.example.nl")], false),
        (&[("origin", "http://wijk.example.nl:81")], true),
        (&[("origin", "http://evil.example")], true),
        (&[("origin", "http://wijk.example.nl.evil.example")], true),
        (&[("origin", "null")], true),
    ] {
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let mut request = phone.request(method.clone(), me_path());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = server.send(request.body(Body::empty()).unwrap()).await;
            let expected = if is_refused { ErrorCode::CrossSite } else { ErrorCode::MethodNotAllowed };
            assert_eq!(answer.code(), expected, "{method} {headers:?}");
        }
    }
    let reading = phone.request(Method::GET, me_path()).header("sec-fetch-site", "cross-site");
    assert_eq!(server.send(reading.body(Body::empty()).unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_bearer_is_exempt_unless_a_cookie_comes_along() {
    let (server, [phone]) = Server::with_phones().await;
    let cross = |request: axum::http::request::Builder| {
        request.header("sec-fetch-site", "cross-site").body(Body::empty()).unwrap()
    };
    let alone = server.send(cross(bearer(Method::POST, me_path(), &phone.token))).await;
    assert_eq!(alone.code(), ErrorCode::MethodNotAllowed);
    let cookie = format!("wijkbeeld={}", phone.token);
    let both = server.send(cross(bearer(Method::POST, me_path(), &phone.token).header("cookie", cookie))).await;
    assert_eq!(both.code(), ErrorCode::CrossSite);
}

#[tokio::test]
async fn behind_a_proxy_that_changes_the_host_the_public_address_counts() {
    let server = Server::start_with(Some("https://buurt.example.nl"), vec![]).await;
    for (origin, code) in
        [("https://buurt.example.nl", ErrorCode::MethodNotAllowed), ("http://buurt.example.nl", ErrorCode::CrossSite)]
    {
        let request = request(Method::POST, me_path()).header("origin", origin);
        assert_eq!(server.send(request.body(Body::empty()).unwrap()).await.code(), code, "{origin}");
    }
}

#[tokio::test]
async fn an_app_that_is_too_old_is_told_so() {
    let server = Server::start().await;
    let anywhere = domain::ProjectId::from_uuid(uuid::Uuid::nil());
    for (version, code) in [
        ("0", ErrorCode::ClientTooOld),
        ("1", ErrorCode::UnknownDevice),
        ("999", ErrorCode::UnknownDevice),
        ("new", ErrorCode::BadRequest),
    ] {
        let request = request(Method::GET, &records_path(anywhere)).header(VERSION_HEADER, version);
        assert_eq!(server.send(request.body(Body::empty()).unwrap()).await.code(), code, "{version}");
    }
}

#[tokio::test]
async fn every_answer_is_what_it_says_for_this_site_alone_and_in_nobodys_frame() {
    let server = Server::start().await;
    for path in ["/", "/healthz", "/api/me", "/api/openapi.json", "/no-such-file.js"] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{path}: {policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains(" 'unsafe-eval'"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn health_tells_of_database_and_pictures() {
    let server = Server::start().await;
    let answer = server.get("/healthz").await;
    assert_eq!(answer.status, 200);
    let health: serde_json::Value = answer.json();
    assert_eq!((&health["database"], &health["objects"]), (&"ok".into(), &"ok".into()));
    assert_eq!(health["voice_notes"], "as_sent", "no ffmpeg is installed here");
    server.app().db.close().await;
    let answer = server.get("/healthz").await;
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains(r#""database":"failed","objects":"ok""#), "{}", answer.text());
}

#[tokio::test]
async fn what_fails_inside_is_not_told() {
    let (server, [phone]) = Server::with_phones().await;
    server.app().db.close().await;
    let answer = phone.get(&server, me_path()).await;
    assert_eq!(answer.code(), ErrorCode::Internal);
    assert!(!answer.text().contains("pool") && !answer.text().contains("sqlx"), "{}", answer.text());
}
