//! What browsers and programs record, and what must not get in.

use std::path::Path;

use proptest::prelude::*;

use super::*;

/// Recorded by Chromium 156 from its fake microphone, 2.1 seconds with a pause in between: without lengths, and in fragments.
const LIVE_WEBM: &[u8] = include_bytes!("recorded/chromium.webm");
const LIVE_MP4: &[u8] = include_bytes!("recorded/chromium.mp4");

fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len()).unwrap() | 0x4000;
    [id, &len.to_be_bytes(), body].concat()
}

fn mp4_box(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let len = u32::try_from(body.len() + 8).unwrap();
    [&len.to_be_bytes(), name.as_slice(), body].concat()
}

/// The live file with an element put in where the first cluster begins.
fn webm_with(extra: &[u8]) -> Vec<u8> {
    let at = LIVE_WEBM.windows(4).position(|id| id == [0x1f, 0x43, 0xb6, 0x75]).unwrap();
    [&LIVE_WEBM[..at], extra, &LIVE_WEBM[at..]].concat()
}

/// The live file with a box put in at the end of its `moov`.
fn mp4_with(extra: &[u8]) -> Vec<u8> {
    let moov = 0x24;
    let len = u32::from_be_bytes(LIVE_MP4[moov..moov + 4].try_into().unwrap());
    let end = moov + usize::try_from(len).unwrap();
    let longer = len + u32::try_from(extra.len()).unwrap();
    [&LIVE_MP4[..moov], &longer.to_be_bytes(), &LIVE_MP4[moov + 4..end], extra, &LIVE_MP4[end..]].concat()
}

#[test]
fn what_a_browser_records_without_lengths_is_known_with_how_long_it_sounds() {
    let webm = walk_voice(LIVE_WEBM).unwrap();
    assert_eq!((webm.container, webm.codec), (Container::Webm, Codec::Opus));
    let mp4 = walk_voice(LIVE_MP4).unwrap();
    assert_eq!((mp4.container, mp4.codec), (Container::Mp4, Codec::Opus));
    for ms in [webm.ms, mp4.ms] {
        assert!((1_900..2_400).contains(&ms), "{ms}");
    }
}

#[test]
fn the_voice_notes_of_the_corpus_are_known_and_the_rest_of_it_is_not_taken() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let corpus = std::env::var("WIJKBEELD_CORPUS").unwrap_or_else(|_| default.to_owned());
    if !Path::new(&corpus).is_dir() {
        // What Chromium recorded stands for them.
        println!("no corpus in {corpus}: set WIJKBEELD_CORPUS");
        return;
    }
    let mut known = 0;
    for file in std::fs::read_dir(&corpus).unwrap() {
        let file = file.unwrap();
        let (name, bytes) = (file.file_name().into_string().unwrap(), std::fs::read(file.path()).unwrap());
        let expected = match name.as_str() {
            "voice-opus-en.webm" => Some((Container::Webm, Codec::Opus, 15_183)),
            "voice-generated-de.webm" => Some((Container::Webm, Codec::Opus, 5_515)),
            "voice-aac-en.m4a" => Some((Container::Mp4, Codec::Aac, 14_730)),
            _ => None,
        };
        let Some((container, codec, ms)) = expected else {
            assert_eq!(walk_voice(&bytes), Err(VoiceError::NotVoice), "{name}");
            continue;
        };
        let voice = walk_voice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((voice.container, voice.codec), (container, codec), "{name}");
        assert!(voice.ms.abs_diff(ms) <= 60, "{name}: {} instead of {ms}", voice.ms);
        for end in 8..bytes.len() {
            // Whole files tell their length, so that one which was cut off is never taken.
            assert_eq!(walk_voice(&bytes[..end]), Err(VoiceError::Broken), "{name} cut at {end}");
        }
        known += 1;
    }
    assert!(known > 0);
}

#[test]
fn whatever_is_not_the_sound_is_metadata() {
    let tag = |name: &[u8], value: &[u8]| {
        let simple = element(&[0x67, 0xc8], &[element(&[0x45, 0xa3], name), element(&[0x44, 0x87], value)].concat());
        webm_with(&element(&[0x12, 0x54, 0xc3, 0x67], &element(&[0x73, 0x73], &simple)))
    };
    assert!(walk_voice(&tag(b"ENCODER", b"Lavf59")).is_ok());
    let attachment = element(&[0x19, 0x41, 0xa4, 0x69], &element(&[0x61, 0xa7], b"\xff\xd8\xff"));
    let title = element(&[0x15, 0x49, 0xa9, 0x66], &element(&[0x7b, 0xa9], b"Bij mijn huis"));
    for (what, webm) in [
        ("a comment", tag(b"COMMENT", b"Bij mijn huis")),
        ("where it was", tag(b"LOCATION", b"+52+5/")),
        ("a long word for the program", tag(b"ENCODER", &[b'x'; 65])),
        ("an attachment", webm_with(&attachment)),
        ("a title", webm_with(&title)),
        ("words in what was left empty", webm_with(&element(&[0xec], b"Bij mijn huis"))),
        ("an element that nobody knows", webm_with(&element(&[0x4f, 0xff], b""))),
    ] {
        assert_eq!(walk_voice(&webm), Err(VoiceError::CarriesMetadata), "{what}");
    }
    let too = |value: &[u8]| {
        let data = mp4_box(b"data", &[b"\0\0\0\x01\0\0\0\0", value].concat());
        let meta = [b"\0\0\0\0".as_slice(), &mp4_box(b"ilst", &mp4_box(b"\xa9too", &data))].concat();
        mp4_with(&mp4_box(b"udta", &mp4_box(b"meta", &meta)))
    };
    assert!(walk_voice(&too(b"Lavf59")).is_ok());
    for (what, mp4) in [
        ("where it was", mp4_with(&mp4_box(b"udta", &mp4_box(b"\xa9xyz", b"+52+5/")))),
        ("where it was", mp4_with(&mp4_box(b"udta", &mp4_box(b"loci", b"\0\0\0\0")))),
        ("a long word for the program", too(&[b'x'; 65])),
        ("a picture", mp4_with(&mp4_box(b"udta", &mp4_box(b"covr", b"\xff\xd8\xff")))),
        ("something of a maker", mp4_with(&mp4_box(b"uuid", &[7; 16]))),
        ("words in what was left empty", mp4_with(&mp4_box(b"free", b"Bij mijn huis"))),
        ("something behind the end", [LIVE_MP4, &mp4_box(b"uuid", &[7; 16])].concat()),
    ] {
        assert_eq!(walk_voice(&mp4), Err(VoiceError::CarriesMetadata), "{what}");
    }
}

#[test]
fn what_shows_pictures_or_has_two_tracks_is_no_voice_note() {
    let track = |kind: u8, codec: &[u8]| {
        let track = element(&[0xae], &[element(&[0x83], &[kind]), element(&[0x86], codec)].concat());
        webm_with(&element(&[0x16, 0x54, 0xae, 0x6b], &track))
    };
    for webm in [track(1, b"V_VP8"), track(2, b"A_OPUS"), track(2, b"A_VORBIS"), track(17, b"S_TEXT/UTF8")] {
        assert_eq!(walk_voice(&webm), Err(VoiceError::NotVoice));
    }
    assert_eq!(walk_voice(&mp4_with(&mp4_box(b"trak", b""))), Err(VoiceError::NotVoice));
    let other = |from: &[u8; 4], to: &[u8; 4]| {
        let at = LIVE_MP4.windows(4).position(|name| name == from).unwrap();
        [&LIVE_MP4[..at], to, &LIVE_MP4[at + 4..]].concat()
    };
    for mp4 in [other(b"soun", b"vide"), other(b"Opus", b"avc1"), other(b"smhd", b"vmhd")] {
        assert_eq!(walk_voice(&mp4), Err(VoiceError::NotVoice));
    }
    for other in [b"".as_slice(), b"RIFF\0\0\0\0WAVE", b"\xff\xd8\xff\xe0", b"OggS", b"ID3", b"\0\0\0\x08ftyp"] {
        assert!(walk_voice(other).is_err());
    }
}

#[test]
fn a_recording_that_ended_anywhere_is_whole_up_to_its_last_element() {
    for live in [LIVE_WEBM, LIVE_MP4] {
        assert_eq!(whole_voice(live), Some(live.len()));
        let mut heard_ms = 0;
        for end in 0..live.len() {
            let Some(whole) = whole_voice(&live[..end]) else { continue };
            assert!(whole <= end);
            let voice = walk_voice(&live[..whole]).unwrap_or_else(|error| panic!("cut at {end}: {error}"));
            assert!(voice.ms >= heard_ms, "cut at {end}: {} after {heard_ms}", voice.ms);
            heard_ms = voice.ms;
        }
        assert!(heard_ms > 1_000);
    }
    assert_eq!(whole_voice(b"words"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn wrong_bytes_never_panic_and_what_is_taken_from_them_is_no_longer(
        is_webm: bool,
        wrong in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if is_webm { LIVE_WEBM } else { LIVE_MP4 }.to_vec();
        for (at, byte) in wrong {
            let in_front = bytes.len().min(900);
            bytes[at.index(in_front)] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let _ = walk_voice(&bytes);
        if let Some(whole) = whole_voice(&bytes) {
            prop_assert!(whole <= bytes.len());
            prop_assert!(walk_voice(&bytes[..whole]).is_ok());
        }
    }

    #[test]
    fn any_bytes_behind_a_head_never_panic(is_webm: bool, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let head: &[u8] = if is_webm { &LIVE_WEBM[..48] } else { &LIVE_MP4[..36] };
        let _ = walk_voice(&[head, &bytes].concat());
        let _ = walk_voice(&bytes);
    }
}
