//! `PUT` and `GET /api/projects/{project}/media/{sha256}`.

use std::path::Path;

use axum::body::Body;
use axum::http::Method;
use domain::{KIND_ENTRY, Record};
use protocol::{ErrorCode, MAX_MEDIUM_BYTES, MediaReply, MediaSize, media_path};

use super::support::{Server, deletion, drawing, drawing_of, entry, hash, request, with_segment};

#[tokio::test]
async fn a_picture_is_stored_once_and_sending_it_again_is_harmless() {
    let (server, [phone]) = Server::with_phones().await;
    let picture = drawing(1);
    let first = phone.send(&server, &picture).await;
    assert_eq!(first.status, 201);
    let again = phone.send(&server, &picture).await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &first.body));
    let reply: MediaReply = first.json();
    assert_eq!((reply.sha256, reply.bytes), (hash(&picture), picture.len() as u64));
    assert_eq!(server.files().len(), 1);
}

#[tokio::test]
async fn the_answer_does_not_tell_whether_somebody_else_sent_the_same() {
    let (server, [first, second]) = Server::with_phones().await;
    let picture = drawing(1);
    let to_first = first.send(&server, &picture).await;
    server.settle().await;
    let to_second = second.send(&server, &picture).await;
    assert_eq!((to_first.status, to_first.body), (to_second.status, to_second.body));
    assert_eq!(second.picture(&server, hash(&picture), MediaSize::Large).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn what_is_not_a_whole_picture_alone_is_refused_with_its_reason() {
    let (server, [phone]) = Server::with_phones().await;
    let good = drawing(1);
    let mut wide = drawing(2);
    let frame = wide.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    wide[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    for (bytes, code) in [
        (Vec::new(), ErrorCode::NotAnImage),
        (b"<!doctype html><script>alert(1)</script>".to_vec(), ErrorCode::NotAnImage),
        (png.to_vec(), ErrorCode::NotAnImage),
        (good[..good.len() / 2].to_vec(), ErrorCode::BrokenImage),
        (b"\xff\xd8\xff\xd9".to_vec(), ErrorCode::BrokenImage),
        (wide, ErrorCode::TooManyPixels),
        (with_segment(&good, 0xe1, b"Exif\0\0II*\0"), ErrorCode::CarriesMetadata),
        (with_segment(&good, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"), ErrorCode::CarriesMetadata),
        (with_segment(&good, 0xe2, b"MPF\0II*\0"), ErrorCode::CarriesMetadata),
        (with_segment(&good, 0xed, b"Photoshop 3.0\0"), ErrorCode::CarriesMetadata),
        (with_segment(&good, 0xfe, b"a comment"), ErrorCode::CarriesMetadata),
        ([good.as_slice(), b"PK\x03\x04"].concat(), ErrorCode::CarriesMetadata),
        ([good.clone(), good.clone()].concat(), ErrorCode::CarriesMetadata),
        (vec![0; MAX_MEDIUM_BYTES + 1], ErrorCode::MediumTooLarge),
    ] {
        let answer = phone.send(&server, &bytes).await;
        assert_eq!(answer.code(), code, "{:?}", &bytes[..bytes.len().min(30)]);
    }
    assert_eq!(phone.put(&server, hash(b"other"), &good).await.code(), ErrorCode::HashMismatch);
    assert_eq!(server.files(), Vec::<String>::new());
    assert_eq!(server.partials(), []);
    // Colours are no metadata.
    assert_eq!(phone.send(&server, &with_segment(&good, 0xe2, b"ICC_PROFILE\0\x01\x01")).await.status, 201);
}

#[tokio::test]
async fn a_medium_larger_than_any_is_refused_before_it_is_read() {
    let (server, [phone]) = Server::with_phones().await;
    let path = media_path(phone.project, hash(b""), MediaSize::Large);
    let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![0_u8; 1 << 20]));
    let request = phone.request(Method::PUT, &path).body(Body::from_stream(endless)).unwrap();
    assert_eq!(server.send(request).await.code(), ErrorCode::MediumTooLarge);
}

/// Files as they come out of cameras and out of hostile hands; none is as a phone of ours would send it.
#[tokio::test]
async fn no_file_of_the_corpus_gets_in_with_more_than_a_picture_or_a_sound() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let corpus = std::env::var("WIJKBEELD_CORPUS").unwrap_or_else(|_| default.to_owned());
    if !Path::new(&corpus).is_dir() {
        // The drawn ones above stand for them.
        println!("no corpus in {corpus}: set WIJKBEELD_CORPUS");
        return;
    }
    let (server, [phone]) = Server::with_phones().await;
    let expected = |name: &str| match name {
        "bad-truncated-10k.jpg" | "bad-corrupt-header.jpg" => None,
        _ if name.ends_with(".md") || name.ends_with(".tsv") => Some(ErrorCode::NotAnImage),
        "bad-zero-bytes.jpg" | "bad-html-renamed.jpg" | "bad-png-named.jpg" => Some(ErrorCode::NotAnImage),
        _ if name.ends_with(".jpg") => None,
        "voice-opus-en.webm" | "voice-generated-de.webm" | "voice-aac-en.m4a" => None,
        _ => Some(ErrorCode::NotAnImage),
    };
    let mut stored = Vec::new();
    for file in std::fs::read_dir(&corpus).unwrap() {
        let file = file.unwrap();
        let (name, bytes) = (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap());
        let answer = phone.send(&server, &bytes).await;
        if answer.status.is_success() {
            assert!(::media::walk_jpeg(&bytes).is_ok() || ::media::walk_voice(&bytes).is_ok(), "{name}");
            stored.push(name);
            continue;
        }
        let code = answer.code();
        let is_named = matches!(code, ErrorCode::NotAnImage | ErrorCode::BrokenImage | ErrorCode::CarriesMetadata);
        assert!(is_named && expected(&name).is_none_or(|expected| expected == code), "{name}: {code:?}");
    }
    assert_eq!(stored.iter().filter(|name| name.starts_with("voice-")).count(), 3, "{stored:?}");
    for must_not in ["gps", "mpf", "polyglot", "truncated", "xss", "orient"] {
        assert!(!stored.iter().any(|name| name.contains(must_not)), "{must_not}: {stored:?}");
    }
}

#[tokio::test]
async fn absent_erased_and_not_allowed_are_one_answer_to_the_byte() {
    let (server, [maker, other]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let stranger = server.join(code).await.in_project(maker.project);
    let [shown, erased, deleted, alone, unfinished] = [1, 2, 3, 4, 5].map(drawing);
    maker.share(&server, &[&shown]).await;
    let id = maker.share(&server, &[&erased]).await;
    maker.push(&server, [Record::erasure(id, KIND_ENTRY)]).await;
    let id = maker.share(&server, &[&deleted]).await;
    maker.push(&server, [deletion(id, true, server.now().plus(1))]).await;
    maker.send(&server, &alone).await;
    maker.push(&server, [entry(server.now(), &[&unfinished, &drawing(6)])]).await;
    maker.send(&server, &unfinished).await;
    server.settle().await;

    let mut answers = vec![other.picture(&server, hash(b"never seen"), MediaSize::Large).await];
    for size in [MediaSize::Large, MediaSize::Small] {
        for bytes in [&erased, &deleted, &alone, &unfinished] {
            answers.push(other.picture(&server, hash(bytes), size).await);
        }
        for bytes in [&erased, &deleted, &alone] {
            answers.push(maker.picture(&server, hash(bytes), size).await);
        }
        answers.push(stranger.picture(&server, hash(&shown), size).await);
        let nowhere = stranger.in_project(domain::ProjectId::new(server.now(), crate::random::bytes()));
        answers.push(nowhere.picture(&server, hash(&shown), size).await);
    }
    for answer in &answers {
        assert_eq!(answer.code(), ErrorCode::NotFound);
        assert_eq!((&answer.body, &answer.headers), (&answers[0].body, &answers[0].headers));
    }
    assert_eq!(other.picture(&server, hash(&shown), MediaSize::Large).await.body, shown);
}

#[tokio::test]
async fn a_picture_comes_as_it_was_sent_and_stays_in_no_cache() {
    let (server, [maker, other]) = Server::with_phones().await;
    let picture = drawing_of(1, 900, 600);
    maker.share(&server, &[&picture]).await;
    for phone in [&maker, &other] {
        let large = phone.picture(&server, hash(&picture), MediaSize::Large).await;
        assert_eq!(large.body, picture);
        let small = phone.picture(&server, hash(&picture), MediaSize::Small).await;
        let header = ::media::walk_jpeg(&small.body).expect("whole, and without metadata");
        assert_eq!((header.width, header.height), (400, 267));
        for answer in [large, small] {
            assert_eq!(answer.header("content-type"), "image/jpeg");
            assert_eq!(answer.header("content-length"), answer.body.len().to_string());
            assert_eq!(answer.header("cache-control"), "private, no-store");
            assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
        }
    }
    let path = media_path(maker.project, hash(&picture), MediaSize::Large);
    let nobody = server.send(request(Method::GET, &path).body(Body::empty()).unwrap()).await;
    assert_eq!(nobody.code(), ErrorCode::UnknownDevice);
}

#[tokio::test]
async fn its_maker_reads_a_picture_before_others_do() {
    let (server, [maker, other]) = Server::with_phones().await;
    maker.push(&server, [entry(server.now(), &[&drawing(1)])]).await;
    maker.send(&server, &drawing(1)).await;
    assert_eq!(maker.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
    assert_eq!(maker.picture(&server, hash(&drawing(1)), MediaSize::Small).await.status, 404, "not made yet");
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 404);
}

#[tokio::test]
async fn a_small_picture_is_never_larger_than_the_large_one_and_keeps_its_colours() {
    let (server, [maker]) = Server::with_phones().await;
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    let segment = [b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat();
    let picture = with_segment(&drawing(1), 0xe2, &segment);
    maker.share(&server, &[&picture]).await;
    let small = maker.picture(&server, hash(&picture), MediaSize::Small).await.body;
    let header = ::media::walk_jpeg(&small).unwrap();
    assert_eq!((header.width, header.height), (16, 12));
    assert!(small.windows(segment.len()).any(|window| window == segment));
}

#[tokio::test]
async fn a_file_goes_with_the_last_record_of_its_last_owner() {
    let (server, [first, second]) = Server::with_phones().await;
    let picture = drawing(1);
    let of_first = first.share(&server, &[&picture]).await;
    let again = first.share(&server, &[&picture]).await;
    let of_second = second.share(&server, &[&picture]).await;
    assert_eq!(server.files().len(), 2, "large and small, once");

    first.push(&server, [Record::erasure(of_first, KIND_ENTRY)]).await;
    assert_eq!(first.picture(&server, hash(&picture), MediaSize::Large).await.status, 200, "another entry has it");
    first.push(&server, [Record::erasure(again, KIND_ENTRY)]).await;
    assert_eq!(server.files().len(), 2, "somebody else has it");
    assert_eq!(second.picture(&server, hash(&picture), MediaSize::Large).await.status, 200);
    second.push(&server, [Record::erasure(of_second, KIND_ENTRY)]).await;
    assert_eq!(server.files(), Vec::<String>::new());
}

#[tokio::test]
async fn a_photo_taken_out_of_its_entry_goes_and_one_of_another_project_stays() {
    let (server, [maker]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let elsewhere = server.join(code).await;
    let (one, two) = (drawing(1), drawing(2));
    elsewhere.share(&server, &[&one]).await;
    let id = maker.share(&server, &[&one, &two]).await;
    assert_eq!(server.files().len(), 6);
    maker.push(&server, [Record { id, ..entry(server.now().plus(1), &[&two]) }]).await;
    assert_eq!(server.files().len(), 4);
    assert_eq!(maker.picture(&server, hash(&one), MediaSize::Large).await.status, 404);
    assert_eq!(elsewhere.picture(&server, hash(&one), MediaSize::Large).await.status, 200);
}

#[tokio::test]
async fn pictures_that_an_earlier_version_kept_elsewhere_are_moved_to_their_place() {
    let (mut server, [phone]) = Server::with_phones().await;
    phone.share(&server, &[&drawing(1)]).await;
    let large = server.large(&phone, hash(&drawing(1)));
    let former = large.parent().unwrap().join(&hash(&drawing(1)).to_string()[..2]);
    std::fs::create_dir(&former).unwrap();
    for file in server.files() {
        std::fs::rename(large.with_file_name(&file), former.join(&file)).unwrap();
    }
    server.restart().await;
    assert!(!former.exists());
    assert_eq!(server.files().len(), 2);
    for size in [MediaSize::Large, MediaSize::Small] {
        assert_eq!(phone.picture(&server, hash(&drawing(1)), size).await.status, 200);
    }
}
