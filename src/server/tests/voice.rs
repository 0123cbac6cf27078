//! Voice notes: what is taken, and that they are handed out as the photos of their entry are.

use axum::body::Body;
use axum::http::Method;
use domain::{Audience, Entry, EntryEdit, KIND_ENTRY, Record, RecordId, Transcript, Typed, TypedBy, VoiceRef};
use protocol::{ErrorCode, MAX_SOUND_MS, MediaSize, MediumState, PullItem, PullReply, VERSION_HEADER, records_path};

use super::support::{Phone, Server, deletion, drawing, entry, hash, stamp, told, voice, voice_in_mp4};
use super::team::{team, views};
use crate::random;

#[tokio::test]
async fn others_hear_a_voice_note_once_it_and_all_photos_are_there() {
    let (server, [maker, other]) = Server::with_phones().await;
    let entry = told(entry(server.now(), &[&drawing(1)]), &voice(1));
    assert_eq!(maker.push(&server, [entry.clone()]).await, [None]);
    assert_eq!(maker.send(&server, &drawing(1)).await.status, 201);
    server.settle().await;
    assert!(other.items(&server).await.is_empty(), "words, photo and voice never part");
    assert_eq!(hears(&server, &other, &voice(1)).await, 404);
    assert_eq!(state_of(&server, &maker, entry.id, &voice(1)).await, MediumState::Missing);

    assert_eq!(maker.send(&server, &voice(1)).await.status, 201);
    assert_eq!(maker.send(&server, &voice(1)).await.status, 200, "it had been sent before");
    assert_eq!(state_of(&server, &maker, entry.id, &voice(1)).await, MediumState::Held);
    server.settle().await;
    assert_eq!(state_of(&server, &maker, entry.id, &voice(1)).await, MediumState::Shown);
    let seen = seen(&other.pull(&server, "").await, entry.id).unwrap();
    assert_eq!(seen.voice, Entry::from_record(&entry).voice);
    let answer = other.picture(&server, hash(&voice(1)), MediaSize::Large).await;
    assert_eq!((answer.header("content-type"), &answer.body), ("audio/webm", &voice(1)));
}

#[tokio::test]
async fn each_form_is_there_for_what_it_is_made_of() {
    let (server, [maker]) = Server::with_phones().await;
    let entry = told(entry(server.now(), &[&drawing(1)]), &voice_in_mp4());
    assert_eq!(maker.push(&server, [entry]).await, [None]);
    for bytes in [drawing(1), voice_in_mp4()] {
        assert_eq!(maker.send(&server, &bytes).await.status, 201);
    }
    server.settle().await;
    let sent = maker.picture(&server, hash(&voice_in_mp4()), MediaSize::Large).await;
    assert_eq!((sent.header("content-type"), &sent.body), ("audio/mp4", &voice_in_mp4()));
    assert_eq!(maker.picture(&server, hash(&voice_in_mp4()), MediaSize::Played).await.status, 200);
    assert_eq!(maker.picture(&server, hash(&voice_in_mp4()), MediaSize::Small).await.code(), ErrorCode::NotFound);
    assert_eq!(maker.picture(&server, hash(&drawing(1)), MediaSize::Played).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn a_voice_note_goes_on_where_it_broke_off() {
    let (server, [maker]) = Server::with_phones().await;
    let (bytes, sha256) = (voice(1), hash(&voice(1)));
    let headers = [("content-type", "application/partial-upload"), ("upload-offset", "0"), ("upload-complete", "?0")];
    let half = Body::from(bytes[..5_000].to_vec());
    assert_eq!(maker.upload(&server, sha256, Method::PATCH, &headers, half).await.status, 204);
    assert_eq!(maker.held(&server, sha256).await, (5_000, "?0"));
    let rest = Body::from(bytes[5_000..].to_vec());
    assert_eq!(maker.go_on(&server, sha256, 5_000, rest).await.status, 201);
    assert_eq!(maker.held(&server, sha256).await, (bytes.len(), "?1"));
    assert_eq!(server.files(), [format!("{sha256}.voice.webm")]);
}

#[tokio::test]
async fn a_voice_note_that_is_broken_too_long_or_carries_more_is_refused() {
    let (server, [maker]) = Server::with_phones().await;
    let whole = voice(1);
    let cut = &whole[..whole.len() - 5];
    assert_eq!(maker.send(&server, cut).await.code(), ErrorCode::BrokenVoice);
    let located = [&voice_in_mp4()[..], b"\0\0\0\x10uuid+52+5.9/"].concat();
    assert_eq!(maker.send(&server, &located).await.code(), ErrorCode::CarriesMetadata);
    assert_eq!(maker.send(&server, &lasting(MAX_SOUND_MS + 1_000)).await.code(), ErrorCode::VoiceTooLong);
    assert!(server.files().is_empty() && server.partials().is_empty());
    assert_eq!(maker.send(&server, &lasting(MAX_SOUND_MS - 1_000)).await.status, 201);
}

#[tokio::test]
async fn bytes_of_one_kind_stand_for_none_of_another() {
    let (server, [maker, other]) = Server::with_phones().await;
    let voice_as_photo = entry(server.now(), &[&voice(1)]);
    let photo_as_voice = told(entry(server.now(), &[&drawing(2)]), &drawing(3));
    let other_kind = {
        let mut record = told(entry(server.now(), &[&drawing(2)]), &voice_in_mp4());
        let voice = VoiceRef { kind: domain::VoiceKind::WebmOpus, ..Entry::from_record(&record).voice.unwrap() };
        let edit = EntryEdit { voice: Some(Some(voice)), ..EntryEdit::default() };
        record.merge(&edit.into_record(record.id, stamp(server.now().plus(1))));
        record
    };
    let without_photo = told(entry(server.now(), &[]), &voice(1));
    for record in [voice_as_photo, photo_as_voice, other_kind, without_photo] {
        assert_eq!(maker.push(&server, [record]).await, [None]);
    }
    for bytes in [voice(1), drawing(2), drawing(3), voice_in_mp4()] {
        assert!(maker.send(&server, &bytes).await.status.is_success());
    }
    server.settle().await;
    assert!(other.items(&server).await.is_empty());
}

#[tokio::test]
async fn who_may_not_see_an_entry_does_not_hear_it() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = share(&server, &maker, 1).await;
    assert_eq!(hears(&server, &other, &voice(1)).await, 200);
    let audience = |audience| EntryEdit { audience: Some(audience), ..EntryEdit::default() };
    let write = |edit: EntryEdit| {
        server.pass_ms(1);
        edit.into_record(id, stamp(server.now()))
    };
    assert_eq!(maker.push(&server, [write(audience(Audience::MyGroup))]).await, [None]);
    assert_eq!(hears(&server, &other, &voice(1)).await, 404);
    assert_eq!(maker.push(&server, [write(audience(Audience::Everyone))]).await, [None]);
    assert_eq!(hears(&server, &other, &voice(1)).await, 200);

    server.pass_ms(1);
    assert_eq!(maker.push(&server, [deletion(id, true, server.now())]).await, [None]);
    assert_eq!(hears(&server, &other, &voice(1)).await, 404);
    assert_eq!(maker.push(&server, [Record::erasure(id, KIND_ENTRY)]).await, [None]);
    assert_eq!(hears(&server, &maker, &voice(1)).await, 404);
    assert!(server.files().is_empty(), "its bytes go with it: {:?}", server.files());
}

#[tokio::test]
async fn a_voice_note_that_is_taken_away_goes_with_what_was_typed_of_it() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = share(&server, &maker, 1).await;
    let write = |edit: EntryEdit| {
        server.pass_ms(1);
        edit.into_record(id, stamp(server.now()))
    };
    let typed = EntryEdit { transcript: Some("Hier spelen wij".into()), ..EntryEdit::default() };
    assert_eq!(maker.push(&server, [write(typed)]).await, [None]);
    let transcript = seen(&other.pull(&server, "").await, id).unwrap().transcript.unwrap();
    assert_eq!((transcript.text.as_str(), transcript.by), ("Hier spelen wij", TypedBy::Maker));

    let taken = EntryEdit { voice: Some(None), ..EntryEdit::default() };
    assert_eq!(maker.push(&server, [write(taken)]).await, [None]);
    let seen = seen(&other.pull(&server, "").await, id).unwrap();
    assert_eq!((seen.voice, seen.transcript, seen.photos.len()), (None, None, 1));
    assert_eq!(hears(&server, &other, &voice(1)).await, 404);
    assert!(!server.files().iter().any(|file| file.contains("voice")), "{:?}", server.files());
}

#[tokio::test]
async fn what_a_guide_typed_is_seen_with_the_entry_and_goes_with_its_voice_note() {
    let (server, [worker, _, maker, other]) = team().await;
    let id = share(&server, &maker, 1).await;
    let cursor = other.pull(&server, "").await.cursor;
    server.pass_ms(1);
    let typed = |text: &str| Typed { entry: id, at: stamp(server.now()), text: text.to_owned() };
    let record = typed("Hier spelen wij").to_record(RecordId::new(server.now(), random::bytes()));
    assert_eq!(other.push(&server, [record.clone()]).await, [Some(ErrorCode::NotYours)], "a resident types for nobody");
    assert_eq!(worker.push(&server, [record.clone()]).await, [None]);
    let by_guide = Transcript::new("Hier spelen wij", TypedBy::Guide);
    assert_eq!(seen(&other.pull(&server, &cursor).await, id).unwrap().transcript, by_guide, "it is told anew");
    assert!(views(&maker.pull(&server, "").await).any(|view| view.id == record.id), "its maker reads it");
    assert!(!views(&other.pull(&server, "").await).any(|view| view.id == record.id), "others, within the entry alone");

    server.pass_ms(1);
    let own = EntryEdit { transcript: Some("Wij spelen hier".into()), ..EntryEdit::default() };
    assert_eq!(maker.push(&server, [own.into_record(id, stamp(server.now()))]).await, [None]);
    let by_maker = Transcript::new("Wij spelen hier", TypedBy::Maker);
    assert_eq!(seen(&other.pull(&server, "").await, id).unwrap().transcript, by_maker, "the maker's own words count");

    server.pass_ms(1);
    let taken = EntryEdit { audience: Some(Audience::OnlyMe), ..EntryEdit::default() };
    assert_eq!(maker.push(&server, [taken.into_record(id, stamp(server.now()))]).await, [None]);
    for phone in [&worker, &maker, &other] {
        let told = phone.get(&server, &records_path(maker.project)).await.text();
        assert!(!told.contains("Hier spelen wij"), "nothing of it is left: {told}");
    }
}

#[tokio::test]
async fn what_a_guide_typed_goes_when_the_entry_is_erased() {
    let (server, [worker, _, maker]) = team().await;
    let id = share(&server, &maker, 1).await;
    server.pass_ms(1);
    let typed = Typed { entry: id, at: stamp(server.now()), text: "Hier spelen wij".to_owned() };
    let record = typed.to_record(RecordId::new(server.now(), random::bytes()));
    assert_eq!(worker.push(&server, [record]).await, [None]);
    server.pass_ms(1);
    assert_eq!(maker.push(&server, [deletion(id, true, server.now())]).await, [None]);
    server.pass_days(31);
    crate::services::expiry::expire(server.app()).await.unwrap();
    let told = worker.get(&server, &records_path(maker.project)).await.text();
    assert!(!told.contains("Hier spelen wij"), "{told}");
}

#[tokio::test]
async fn a_closed_project_takes_a_voice_note_back_and_takes_none() {
    let (server, [_, coordinator, maker]) = team().await;
    let id = share(&server, &maker, 1).await;
    let project = maker.project.to_string();
    let data = server.data();
    crate::cli::type_in(&["project", "close", "--data", data.to_str().unwrap(), &project]).await.unwrap();
    assert_eq!(maker.send(&server, &voice(2)).await.code(), ErrorCode::ProjectClosed);
    server.pass_ms(1);
    let taken = EntryEdit { voice: Some(None), ..EntryEdit::default() }.into_record(id, stamp(server.now()));
    assert_eq!(maker.push(&server, [taken]).await, [None]);
    assert_eq!(hears(&server, &coordinator, &voice(1)).await, 404);
}

#[tokio::test]
async fn phones_of_every_version_see_an_entry_with_a_voice_note_as_ever() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = share(&server, &maker, 1).await;
    for version in protocol::OLDEST_VERSION..=protocol::VERSION {
        let asking = |phone: &Phone| {
            let request = phone.request(Method::GET, &records_path(maker.project));
            request.header(VERSION_HEADER, version.to_string()).body(Body::empty()).unwrap()
        };
        let told: PullReply = server.send(asking(&other)).await.json();
        let seen = seen(&told, id).unwrap();
        assert_eq!((seen.story.as_str(), seen.photos.len()), ("Hier deel je eten", 1), "version {version}");
        let own: PullReply = server.send(asking(&maker)).await.json();
        let states = own.items.iter().find_map(|item| match item {
            PullItem::Own { record, media } if record.id == id => Some(media.clone()),
            PullItem::Own { .. } | PullItem::View { .. } | PullItem::Gone { .. } | PullItem::Unknown(_) => None,
        });
        assert_eq!(states.unwrap().get(&hash(&drawing(1))), Some(&MediumState::Shown), "version {version}");
    }
}

/// Shares an entry with a drawing and a voice note of this number.
async fn share(server: &Server, maker: &Phone, number: u8) -> RecordId {
    let entry = told(entry(server.now(), &[&drawing(number)]), &voice(number));
    assert_eq!(maker.push(server, [entry.clone()]).await, [None]);
    for bytes in [drawing(number), voice(number)] {
        assert!(maker.send(server, &bytes).await.status.is_success());
    }
    server.settle().await;
    entry.id
}

async fn hears(server: &Server, phone: &Phone, voice: &[u8]) -> u16 {
    let status = phone.picture(server, hash(voice), MediaSize::Large).await.status.as_u16();
    let played = phone.picture(server, hash(voice), MediaSize::Played).await.status.as_u16();
    assert_eq!(status, played);
    status
}

fn seen(told: &PullReply, id: RecordId) -> Option<Entry> {
    views(told).find(|view| view.id == id).map(Entry::from_view)
}

async fn state_of(server: &Server, phone: &Phone, id: RecordId, voice: &[u8]) -> MediumState {
    let told = phone.pull(server, "").await;
    let states = told.items.into_iter().find_map(|item| match item {
        PullItem::Own { record, media } if record.id == id => Some(media),
        PullItem::Own { .. } | PullItem::View { .. } | PullItem::Gone { .. } | PullItem::Unknown(_) => None,
    });
    *states.unwrap().get(&hash(voice)).unwrap()
}

/// A voice note whose last cluster begins so late.
fn lasting(ms: u64) -> Vec<u8> {
    let ticks = u32::try_from(ms).unwrap().to_be_bytes();
    // A cluster without a length, when it begins, and a block of one packet of 20 ms.
    let cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff\xe7\x84";
    [&voice(1)[..], cluster, &ticks, b"\xa3\x86\x81\0\0\x80\xf8\0"].concat()
}
