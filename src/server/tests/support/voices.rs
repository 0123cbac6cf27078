//! Voice notes, and entries that are told by one.

use domain::{EntryEdit, Record, VoiceKind, VoiceRef};

use super::hash;

/// Returns a voice note of two seconds, as a browser records it; each number gives another.
pub(in crate::tests) fn voice(number: u8) -> Vec<u8> {
    let mut bytes = include_bytes!("../../../media/voice/recorded/chromium.webm").to_vec();
    // It ends with sound.
    *bytes.last_mut().unwrap() = number;
    bytes
}

/// The same as another browser records it.
pub(in crate::tests) fn voice_in_mp4() -> Vec<u8> {
    include_bytes!("../../../media/voice/recorded/chromium.mp4").to_vec()
}

/// Returns what calls itself AAC in MP4: the same as [`voice_in_mp4`], under another name.
pub(in crate::tests) fn aac() -> Vec<u8> {
    let mut bytes = voice_in_mp4();
    let place = |bytes: &[u8], name: &[u8; 4]| bytes.windows(4).position(|found| found == name).unwrap();
    let entry = place(&bytes, b"Opus");
    bytes[entry..entry + 4].copy_from_slice(b"mp4a");
    // The two boxes behind it, of 20 and 19 bytes, make room for one that says what the stream is.
    let inner = place(&bytes, b"btrt") - 4;
    let stream = [b"\0\0\0\x27esds\0\0\0\0\x03\x19\0\0\0\x04\x11\x40\x15".as_slice(), &[0; 18]].concat();
    bytes[inner..inner + 39].copy_from_slice(&stream);
    bytes
}

/// Returns an entry with these bytes as its voice note.
pub(in crate::tests) fn told(mut entry: Record, voice: &[u8]) -> Record {
    let kind = if voice == voice_in_mp4() { VoiceKind::Mp4Opus } else { VoiceKind::WebmOpus };
    let voice = VoiceRef { sha256: hash(voice), kind, bytes: u32::try_from(voice.len()).unwrap(), ms: 2_100 };
    let at = entry.newest_stamp().unwrap();
    entry.merge(&EntryEdit { voice: Some(Some(voice)), ..EntryEdit::default() }.into_record(entry.id, at));
    entry
}
