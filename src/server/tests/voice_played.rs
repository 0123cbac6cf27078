//! The form of a voice note that every browser plays: made where there is ffmpeg, here one that is drawn up for each test.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use ::media::{Codec, Container, walk_voice};
use protocol::{MediaSize, MediumState};

use super::support::{Phone, Server, aac, drawing, entry, hash, told, voice};
use crate::converter::{Converter, Failure};

#[tokio::test]
async fn where_there_is_ffmpeg_a_voice_note_is_handed_out_in_one_form_and_kept_as_it_was_sent() {
    let (mut server, [maker, other]) = Server::with_phones().await;
    let seen = server.programs().join("seen");
    std::fs::create_dir(server.programs()).unwrap();
    std::fs::write(server.programs().join("aac.mp4"), aac()).unwrap();
    let notes = format!("{{ ulimit -v; ulimit -t; nice; ls; echo \"$@\"; env; }} > {}", seen.display());
    install(&server.programs(), &format!("{notes}; cp {}/aac.mp4 played.mp4", server.programs().display()));
    server.restart().await;
    assert!(server.get("/healthz").await.text().contains(r#""voice_notes":"converted""#));
    share(&server, &maker).await;

    let played = other.picture(&server, hash(&voice(1)), MediaSize::Played).await;
    assert_eq!((played.header("content-type"), &played.body), ("audio/mp4", &aac()));
    let sent = other.picture(&server, hash(&voice(1)), MediaSize::Large).await;
    assert_eq!((sent.header("content-type"), &sent.body), ("audio/webm", &voice(1)));
    let sha256 = hash(&voice(1));
    assert!(server.files().contains(&format!("{sha256}.played.mp4")), "{:?}", server.files());

    let seen = std::fs::read_to_string(seen).unwrap();
    let lines: Vec<_> = seen.lines().collect();
    assert_eq!(lines[..2], ["1048576", "60"], "bytes of memory and seconds of work");
    assert_eq!(lines[2], "19", "it gives way");
    assert_eq!(lines[3], "sent.webm", "all that is in its folder");
    assert!(lines[4].contains("-protocol_whitelist file -f matroska -i sent.webm"), "{}", lines[4]);
    assert!(!seen.contains("CARGO"), "nothing of the server's surroundings: {seen}");
    assert_eq!(std::fs::read_dir(server.data().join("converting")).unwrap().count(), 0);

    let erasure = domain::Record::erasure(other_id(&other, &server).await, domain::KIND_ENTRY);
    assert_eq!(maker.push(&server, [erasure]).await, [None]);
    assert!(server.files().is_empty(), "every form goes with the entry: {:?}", server.files());
}

#[tokio::test]
async fn where_ffmpeg_fails_a_voice_note_is_shown_as_it_was_sent() {
    for script in
        ["exit 1", "echo words > played.mp4", "exec /bin/dd if=/dev/zero of=played.mp4 bs=1M count=20", "true"]
    {
        let (mut server, [maker, other]) = Server::with_phones().await;
        std::fs::create_dir(server.programs()).unwrap();
        install(&server.programs(), script);
        server.restart().await;
        share(&server, &maker).await;
        let played = other.picture(&server, hash(&voice(1)), MediaSize::Played).await;
        assert_eq!((played.header("content-type"), &played.body), ("audio/webm", &voice(1)), "{script}");
    }
}

#[test]
fn what_takes_too_long_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    install(folder.path(), "exec /bin/sleep 600");
    let converter = Converter::find(folder.path().as_os_str(), folder.path()).unwrap().unwrap();
    let begun = std::time::Instant::now();
    let made = converter.within(Duration::from_millis(200)).convert("one", &voice(1), Container::Webm);
    assert!(matches!(made, Err(Failure::TookTooLong)), "{made:?}");
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn what_is_made_is_one_track_of_aac() {
    let walked = walk_voice(&aac()).unwrap();
    assert_eq!((walked.container, walked.codec), (Container::Mp4, Codec::Aac));
    let folder = tempfile::tempdir().unwrap();
    assert!(Converter::find("relative:".as_ref(), folder.path()).unwrap().is_none());
    assert!(Converter::find(folder.path().as_os_str(), folder.path()).unwrap().is_none(), "there is none in it");
}

/// Puts an ffmpeg into a folder that does this instead.
fn install(folder: &Path, script: &str) {
    let program = folder.join("ffmpeg");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
}

async fn share(server: &Server, maker: &Phone) {
    let entry = told(entry(server.now(), &[&drawing(1)]), &voice(1));
    assert_eq!(maker.push(server, [entry]).await, [None]);
    for bytes in [drawing(1), voice(1)] {
        assert!(maker.send(server, &bytes).await.status.is_success());
    }
    server.settle().await;
    let states = maker.items(server).await;
    let is_shown = |item: &protocol::PullItem| matches!(item, protocol::PullItem::Own { media, .. } if media.get(&hash(&voice(1))) == Some(&MediumState::Shown));
    assert!(states.iter().any(is_shown));
}

async fn other_id(other: &Phone, server: &Server) -> domain::RecordId {
    let told = other.pull(server, "").await;
    super::team::views(&told).next().unwrap().id
}
