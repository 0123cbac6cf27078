//! What unfinished uploads may cost, and when they end.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Method;
use protocol::{ErrorCode, MAX_MEDIUM_BYTES, MeReply, me_path};

use super::support::{Server, broken_off, drawing, drawing_of, hash, pieces};
use crate::cli::stats;
use crate::services::expiry::expire;
use crate::services::upload::{MAX_PARTIAL_BYTES, MAX_PARTIALS};

#[tokio::test]
async fn going_on_says_what_the_body_is() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing(1);
    let good = [("content-type", "application/partial-upload"), ("upload-offset", "0"), ("upload-complete", "?1")];
    for (number, value) in
        [(0, "image/jpeg"), (0, ""), (1, "-1"), (1, ""), (1, "one"), (2, "1"), (2, "?2"), (2, ""), (2, "true")]
    {
        let mut headers = good;
        headers[number].1 = value;
        let answer = phone.upload(&server, hash(&picture), Method::PATCH, &headers, picture.clone().into()).await;
        assert_eq!(answer.code(), ErrorCode::BadRequest, "{headers:?}");
    }
    let answer = phone.upload(&server, hash(&picture), Method::PATCH, &good, picture.clone().into()).await;
    assert_eq!(answer.status, 201, "from the first byte on, too");
}

#[tokio::test]
async fn who_is_no_member_neither_asks_nor_goes_on() {
    let (server, [phone]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let stranger = server.join(code).await.in_project(phone.project);
    phone.upload(&server, hash(b""), Method::PUT, &[], broken_off(b"half")).await;
    assert_eq!(stranger.head(&server, hash(b"")).await.status, 404);
    assert_eq!(stranger.go_on(&server, hash(b""), 4, Body::empty()).await.code(), ErrorCode::NotMember);
    let me: MeReply = stranger.get(&server, me_path()).await.json();
    assert_eq!(me.unfinished, []);
    assert_eq!(phone.held(&server, hash(b"")).await, (4, "?0"));
}

#[tokio::test]
async fn a_medium_in_parts_has_the_same_limit_as_one_in_one() {
    let (server, [phone]) = Server::with_phones().await;
    let large = vec![7; MAX_MEDIUM_BYTES];
    let sha256 = hash(&large);
    phone.upload(&server, sha256, Method::PUT, &[], broken_off(&large)).await;
    assert_eq!(phone.held(&server, sha256).await, (MAX_MEDIUM_BYTES, "?0"));
    let said = phone.go_on(&server, sha256, MAX_MEDIUM_BYTES, vec![7].into()).await;
    assert_eq!(said.code(), ErrorCode::MediumTooLarge);
    assert_eq!(phone.held(&server, sha256).await, (MAX_MEDIUM_BYTES, "?0"));
    let unsaid = phone.go_on(&server, sha256, MAX_MEDIUM_BYTES, broken_off(&[7])).await;
    assert_eq!(unsaid.code(), ErrorCode::MediumTooLarge);
    assert_eq!(server.partials(), []);
}

#[tokio::test]
async fn of_too_many_uploads_that_broke_off_the_oldest_goes() {
    let (server, [phone, other]) = Server::with_phones().await;
    other.upload(&server, hash(b"of another"), Method::PUT, &[], broken_off(b"half")).await;
    let mut begun = Vec::new();
    for number in 0..=MAX_PARTIALS {
        server.pass_ms(1000);
        let sha256 = hash(&number.to_be_bytes());
        phone.upload(&server, sha256, Method::PUT, &[], broken_off(b"half")).await;
        begun.push(sha256);
    }
    assert_eq!(phone.held(&server, begun[0]).await, (0, "?0"));
    for sha256 in &begun[1..] {
        assert_eq!(phone.held(&server, *sha256).await, (4, "?0"));
    }
    assert_eq!(other.held(&server, hash(b"of another")).await, (4, "?0"));
}

#[tokio::test]
async fn of_too_many_bytes_that_broke_off_the_oldest_go() {
    let (server, [phone]) = Server::with_phones().await;
    let large = vec![7; MAX_MEDIUM_BYTES];
    let fitting = u8::try_from(MAX_PARTIAL_BYTES / MAX_MEDIUM_BYTES as u64).unwrap();
    for number in 0..=fitting {
        server.pass_ms(1000);
        phone.upload(&server, hash(&[number]), Method::PUT, &[], broken_off(&large)).await;
    }
    let kept: u64 = server.partials().iter().map(|(_, bytes)| bytes).sum();
    assert_eq!(kept, MAX_PARTIAL_BYTES);
    assert_eq!(phone.held(&server, hash(&[0])).await, (0, "?0"));
}

#[tokio::test]
async fn one_who_starts_too_many_uploads_at_once_loses_the_first() {
    let (server, [phone]) = Server::with_phones().await;
    let server = Arc::new(server);
    let mut running = Vec::new();
    for number in 0..=MAX_PARTIALS {
        let (sender, body) = pieces();
        sender.send(Ok(b"half".to_vec())).unwrap();
        let (its_server, phone) = (Arc::clone(&server), phone.clone());
        let sha256 = hash(&number.to_be_bytes());
        let upload = tokio::spawn(async move { phone.upload(&its_server, sha256, Method::PUT, &[], body).await });
        while !server.partials().contains(&(sha256, 4)) {
            tokio::task::yield_now().await;
        }
        running.push((sender, upload));
    }
    let (_sender, first) = running.remove(0);
    assert_eq!(first.await.unwrap().code(), ErrorCode::BadRequest);
    assert!(running.iter().all(|(_, upload)| !upload.is_finished()));
}

#[tokio::test]
async fn what_nobody_goes_on_with_is_kept_for_a_day() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing_of(1, 300, 200);
    phone.upload(&server, hash(&picture), Method::PUT, &[], broken_off(&picture[..300])).await;
    server.pass_ms(24 * 60 * 60 * 1000 - 1);
    expire(server.app()).await.unwrap();
    phone.go_on(&server, hash(&picture), 300, broken_off(&picture[300..400])).await;
    server.pass_ms(24 * 60 * 60 * 1000 - 1);
    expire(server.app()).await.unwrap();
    assert_eq!(phone.held(&server, hash(&picture)).await, (400, "?0"), "a day from the last byte on");
    let report = stats::report(&server.data()).await.unwrap();
    assert_eq!((report.projects[0].partials, report.projects[0].partial_bytes), (1, 400));
    server.pass_ms(1);
    expire(server.app()).await.unwrap();
    assert_eq!(server.partials(), []);
}

#[tokio::test]
async fn what_a_member_who_is_none_any_more_began_is_not_kept() {
    let (server, [phone]) = Server::with_phones().await;
    phone.upload(&server, hash(b""), Method::PUT, &[], broken_off(b"half")).await;
    expire(server.app()).await.unwrap();
    assert_eq!(server.partials().len(), 1);
    server.execute("DELETE FROM device_member").await;
    expire(server.app()).await.unwrap();
    assert_eq!(server.partials(), []);
}
