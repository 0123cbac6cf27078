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

/// Returns an entry with these bytes as its voice note.
pub(in crate::tests) fn told(mut entry: Record, voice: &[u8]) -> Record {
    let kind = if voice == voice_in_mp4() { VoiceKind::Mp4Opus } else { VoiceKind::WebmOpus };
    let voice = VoiceRef { sha256: hash(voice), kind, bytes: u32::try_from(voice.len()).unwrap(), ms: 2_100 };
    let at = entry.newest_stamp().unwrap();
    entry.merge(&EntryEdit { voice: Some(Some(voice)), ..EntryEdit::default() }.into_record(entry.id, at));
    entry
}
