//! What is told with an entry by voice, and the same typed out.

use serde_json::Value;

use crate::plain::Plain;
use crate::{FieldState, MAX_STORY_CHARS, MediaHash, Record, RecordId, Stamp, View};

/// The longest voice note, in milliseconds: 3 minutes.
pub const MAX_VOICE_MS: u32 = 3 * 60 * 1000;

/// The largest voice note, in bytes.
pub const MAX_VOICE_BYTES: u32 = 6 * 1024 * 1024;

/// What a voice note is packed in, and how its sound is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VoiceKind {
    /// Opus in WebM.
    WebmOpus,
    /// AAC in MP4.
    Mp4Aac,
    /// Opus in MP4.
    Mp4Opus,
}

impl VoiceKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WebmOpus, Self::Mp4Aac, Self::Mp4Opus];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WebmOpus => "webm_opus",
            Self::Mp4Aac => "mp4_aac",
            Self::Mp4Opus => "mp4_opus",
        }
    }

    /// Returns the kind with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Returns what browsers call it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::WebmOpus => "audio/webm",
            Self::Mp4Aac | Self::Mp4Opus => "audio/mp4",
        }
    }
}

crate::plain_key!(VoiceKind);

/// The voice note of an entry: the bytes are a medium of their own, named by their hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceRef {
    /// SHA-256 of the recording.
    pub sha256: MediaHash,
    /// What kind it is.
    pub kind: VoiceKind,
    /// Bytes of the recording.
    pub bytes: u32,
    /// How long it sounds, in milliseconds.
    pub ms: u32,
}

crate::plain!(VoiceRef { sha256, kind, bytes, ms });

impl VoiceRef {
    /// Reads what a field holds; `None` for what is too long or too large, too.
    pub(crate) fn from_field(value: &Value) -> Option<Self> {
        Self::from_value(value).filter(|voice| voice.ms <= MAX_VOICE_MS && voice.bytes <= MAX_VOICE_BYTES)
    }
}

/// Who typed out what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypedBy {
    /// Who made the entry.
    Maker,
    /// Somebody who guides the project.
    Guide,
}

impl TypedBy {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Maker, Self::Guide];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Guide => "guide",
        }
    }

    /// Returns who has this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.key() == key)
    }
}

crate::plain_key!(TypedBy);

/// A voice note typed out, as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The words.
    pub text: String,
    /// Who typed them.
    pub by: TypedBy,
}

crate::plain!(Transcript { text, by });

impl Transcript {
    /// Returns it with who typed it; `None` where nothing was typed.
    pub fn new(text: &str, by: TypedBy) -> Option<Self> {
        (!text.is_empty()).then(|| Self { text: text.to_owned(), by })
    }
}

/// The kind of what somebody who guides the project typed of an entry's voice note: a record of his own about that entry, since
/// nobody but its maker writes into an entry. The server hands it out within the entry, to whoever sees that.
pub const KIND_TRANSCRIPT: &str = "transcript";

/// What somebody who guides the project typed, as its fields say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The entry.
    pub entry: RecordId,
    /// When: of several the last counts.
    pub at: Stamp,
    /// The words; may be empty.
    pub text: String,
}

impl Typed {
    /// The fields that the entry's maker sees, and those who guide.
    pub const SHOWN_FIELDS: &[&str] = &["entry", "text"];

    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId) -> Record {
        let record = Record::new(id, KIND_TRANSCRIPT).with("entry", self.entry.to_value(), self.at);
        record.with("text", self.text.as_str(), self.at)
    }

    /// Reads it; `None` when it names no entry, or nothing was typed.
    pub fn from_record(record: &Record) -> Option<Self> {
        (record.kind == KIND_TRANSCRIPT && !record.erased).then_some(())?;
        let FieldState::Last { value, at } = record.fields.get("text")? else { return None };
        let entry = RecordId::from_value(record.last("entry")?)?;
        Some(Self { entry, at: *at, text: String::from_value(value)? })
    }

    /// Reads of which entry it is, and the words, as the server handed it out to that entry's maker.
    pub fn from_view(view: &View) -> Option<(RecordId, String)> {
        let read = |name| view.fields.get(name);
        (view.kind == KIND_TRANSCRIPT).then_some(())?;
        Some((RecordId::from_value(read("entry")?)?, String::from_value(read("text")?)?))
    }

    /// Says whether a field has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        match name {
            "entry" => field.last().is_some_and(|value| RecordId::from_value(value).is_some()),
            "text" => field.last().is_some_and(is_transcript),
            _ => true,
        }
    }
}

/// Says whether one of these fields of an entry has an allowed value.
pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
    field.last().is_some_and(|value| match name {
        "voice" => value.is_null() || VoiceRef::from_field(value).is_some(),
        _ => is_transcript(value),
    })
}

/// A transcript may be as long as a story.
fn is_transcript(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() <= MAX_STORY_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Entry, EntryEdit, KIND_ENTRY, Maker, MemberId, Timestamp};

    fn voice() -> VoiceRef {
        VoiceRef { sha256: MediaHash([7; 32]), kind: VoiceKind::WebmOpus, bytes: 20_000, ms: 5_500 }
    }

    fn told() -> Record {
        let edit = EntryEdit {
            voice: Some(Some(voice())),
            transcript: Some("Hier spelen wij".into()),
            ..EntryEdit::default()
        };
        edit.into_record(RecordId::from_uuid(uuid::Uuid::nil()), stamp(1, 1))
    }

    #[test]
    fn a_voice_note_is_read_back_from_its_record_and_from_what_others_see() {
        let record = told();
        assert_eq!(record.check(Timestamp::from_ms(1)), Ok(()));
        let own = Entry::from_record(&record);
        let typed = Transcript::new("Hier spelen wij", TypedBy::Maker);
        assert_eq!((own.voice, &own.transcript), (Some(voice()), &typed));
        let maker = Maker { id: MemberId::from_uuid(uuid::Uuid::max()), name: String::new() };
        let view = View { id: record.id, kind: KIND_ENTRY.into(), maker, fields: own.shown_fields() };
        let seen = Entry::from_view(&view);
        assert_eq!((seen.voice, seen.transcript), (Some(voice()), typed));
    }

    #[test]
    fn a_voice_note_that_was_taken_away_is_none_and_so_is_what_was_typed_of_it() {
        let taken = EntryEdit { voice: Some(None), ..EntryEdit::default() };
        let mut record = told();
        record.merge(&taken.into_record(record.id, stamp(2, 1)));
        assert_eq!(record.check(Timestamp::from_ms(2)), Ok(()));
        let entry = Entry::from_record(&record);
        assert_eq!((entry.voice, &entry.transcript), (None, &None));
        assert!(!entry.shown_fields().keys().any(|name| name == "voice" || name == "transcript"));
    }

    #[test]
    fn what_a_guide_typed_is_read_back_from_its_record() {
        let typed = Typed { entry: told().id, at: stamp(3, 1), text: "Hier spelen wij".into() };
        let record = typed.to_record(RecordId::from_uuid(uuid::Uuid::max()));
        assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
        assert_eq!(Typed::from_record(&record), Some(typed.clone()));
        let maker = Maker { id: MemberId::from_uuid(uuid::Uuid::max()), name: String::new() };
        let view = View { id: record.id, kind: record.kind.clone(), maker, fields: record.shown_fields() };
        assert_eq!(Typed::from_view(&view), Some((typed.entry, typed.text)));
        assert_eq!(Typed::from_record(&Record { erased: true, ..record.clone() }), None);
        let long = record.with("text", "a".repeat(MAX_STORY_CHARS + 1), stamp(4, 1));
        assert!(long.check(Timestamp::from_ms(4)).is_err());
    }

    #[test]
    fn what_is_too_long_too_large_or_of_another_kind_is_no_voice_note() {
        let with = |voice: Value| Record::new(told().id, KIND_ENTRY).with("voice", voice, stamp(1, 1));
        let is_taken = |record: Record| record.check(Timestamp::from_ms(1)).is_ok();
        assert!(is_taken(with(VoiceRef { ms: MAX_VOICE_MS, bytes: MAX_VOICE_BYTES, ..voice() }.to_value())));
        let mut other = voice().to_value();
        other["kind"] = "wav".into();
        for wrong in [
            VoiceRef { ms: MAX_VOICE_MS + 1, ..voice() }.to_value(),
            VoiceRef { bytes: MAX_VOICE_BYTES + 1, ..voice() }.to_value(),
            other,
            "a recording".into(),
        ] {
            assert!(!is_taken(with(wrong.clone())), "{wrong}");
        }
        let long = "a".repeat(MAX_STORY_CHARS + 1);
        assert!(!is_taken(Record::new(told().id, KIND_ENTRY).with("transcript", long, stamp(1, 1))));
    }
}
