//! An entry: one or more photos with valence, themes and story.

use serde_json::{Value, json};

use crate::plain::Plain;
use crate::{
    Audience, FieldState, KIND_ENTRY, MAX_THEMES, MediaHash, Place, PlaceShown, REPLIES, Record, RecordId, Reply,
    SetMember, ShownPlace, Stamp, Theme, Timestamp, Transcript, TypedBy, View, VoiceRef, audience, place, reply,
    sort_by, voice,
};

/// How many photos an entry has at the most.
pub const MAX_PHOTOS: usize = 10;

/// The longest story, in signs.
pub const MAX_STORY_CHARS: usize = 5_000;

/// How long a deletion can be undone, in milliseconds: 30 days. After that the server erases.
pub const UNDO_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// What the maker feels about what is in the photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Valence {
    /// *Fijn*.
    Good,
    /// *Kan beter*.
    CouldBeBetter,
    /// *Allebei*.
    Both,
}

impl Valence {
    /// All valences, strengths first.
    pub const ALL: [Self; 3] = [Self::Good, Self::Both, Self::CouldBeBetter];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::CouldBeBetter => "could_be_better",
            Self::Both => "both",
        }
    }

    /// Returns the valence with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|valence| valence.key() == key)
    }
}

crate::plain_key!(Valence);

/// A photo of an entry: the bytes are a medium of their own, named by their hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoRef {
    /// SHA-256 of the large picture.
    pub sha256: MediaHash,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// Bytes of the large picture.
    pub bytes: u32,
}

crate::plain!(PhotoRef { sha256, width, height, bytes });

/// An entry as its fields say, read from a maker's [`Record`] or from a [`View`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What the maker feels; `None` while not said.
    pub valence: Option<Valence>,
    /// At most [`MAX_THEMES`], in the order of [`Theme::ALL`].
    pub themes: Vec<Theme>,
    /// The maker's words; may be empty.
    pub story: String,
    /// In the maker's order.
    pub photos: Vec<PhotoRef>,
    /// When it was made, corrected by the server's clock.
    pub made: Timestamp,
    /// What the phone's own clock said then; known to the maker alone.
    pub phone_made: Option<Timestamp>,
    /// Put away by its maker; can be undone for [`UNDO_MS`].
    pub is_deleted: bool,
    /// Who may see it beside its maker; `None` where the maker did not say. Known to the maker alone.
    pub audience: Option<Audience>,
    /// Where it was made, as it is written: by its maker a [`Place`], in a view the [`ShownPlace`] that the server made of that.
    /// Most screens do not ask, and need not load what reads it: [`Self::read_place`], [`Self::shown_place`].
    pub place: Option<Value>,
    /// How precisely others see that, as it is written; `None` where the maker did not say. Known to the maker alone.
    pub place_shown: Option<Value>,
    /// What its maker told by voice.
    pub voice: Option<VoiceRef>,
    /// The same, typed out; none without a voice note.
    pub transcript: Option<Transcript>,
    /// What its maker said to the project's questions, the latest last.
    pub replies: Vec<Reply>,
}

/// What a maker writes: each `Some` becomes a field with its own stamp.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntryEdit {
    /// What the maker feels.
    pub valence: Option<Valence>,
    /// The themes chosen now; those of `themes_before` that are missing are taken out.
    pub themes: Option<Vec<Theme>>,
    /// The themes that were chosen before this edit.
    pub themes_before: Vec<Theme>,
    /// The maker's words.
    pub story: Option<String>,
    /// All photos, in order.
    pub photos: Option<Vec<PhotoRef>>,
    /// When it was made (corrected time, phone's own clock); set once.
    pub made: Option<(Timestamp, Timestamp)>,
    /// Puts away or brings back.
    pub is_deleted: Option<bool>,
    /// Who may see it beside its maker.
    pub audience: Option<Audience>,
    /// Whether the server keeps a copy although the entry is for its maker alone.
    pub keep_copy: Option<bool>,
    /// Where it was made, as [`EntryEdit::at`] writes it.
    pub place: Option<Value>,
    /// How precisely others see that.
    pub place_shown: Option<PlaceShown>,
    /// What is told by voice; `Some(None)` takes that away.
    pub voice: Option<Option<VoiceRef>>,
    /// The same, typed out by the maker; may be empty.
    pub transcript: Option<String>,
    /// What is said to questions; those that are not named stay. An empty text takes a reply back.
    pub replies: Vec<Reply>,
}

impl EntryEdit {
    /// Says where an entry was made; `None` takes that away.
    pub fn at(place: Option<Place>) -> Self {
        Self { place: Some(place.to_value()), ..Self::default() }
    }

    /// Returns the part of a record that writes this edit, each field under `at`.
    pub fn into_record(self, id: RecordId, at: Stamp) -> Record {
        let mut record = Record::new(id, KIND_ENTRY);
        let mut set = |name: &str, value: Value| {
            record.fields.insert(name.to_owned(), FieldState::Last { value, at });
        };
        if let Some(valence) = self.valence {
            set("valence", json!(valence.key()));
        }
        if let Some(story) = self.story {
            set("story", json!(story));
        }
        if let Some(photos) = self.photos {
            set("photos", photos.to_value());
        }
        if let Some((made, phone_made)) = self.made {
            set("made_ms", json!(made.ms()));
            set("phone_made_ms", json!(phone_made.ms()));
        }
        if let Some(is_deleted) = self.is_deleted {
            set("deleted", json!(is_deleted));
        }
        if let Some(audience) = self.audience {
            set("audience", json!(audience.key()));
        }
        if let Some(keep_copy) = self.keep_copy {
            set("keep_copy", json!(keep_copy));
        }
        if let Some(place) = self.place {
            set("place", place);
        }
        if let Some(shown) = self.place_shown {
            set("place_shown", json!(shown.key()));
        }
        if let Some(voice) = self.voice {
            set("voice", voice.to_value());
        }
        if let Some(transcript) = self.transcript {
            set("transcript", json!(transcript));
        }
        for reply in self.replies {
            set(&reply.field(), reply.to_value());
        }
        if let Some(themes) = self.themes {
            let taken_out = self.themes_before.iter().filter(|theme| !themes.contains(theme));
            let keys = themes
                .iter()
                .map(|theme| (theme, true))
                .chain(taken_out.map(|theme| (theme, false)))
                .map(|(theme, is_in)| (theme.key().to_owned(), SetMember { at, is_in }))
                .collect();
            record.fields.insert("themes".to_owned(), FieldState::Set(keys));
        }
        record
    }
}

impl Entry {
    /// The fields that others see, once all media are there.
    pub const SHOWN_FIELDS: &[&str] =
        &["valence", "themes", "story", "photos", "made_ms", "place", "voice", "transcript", REPLIES];

    /// Reads the maker's own record.
    pub fn from_record(record: &Record) -> Self {
        let themes = match record.fields.get("themes") {
            Some(FieldState::Set(keys)) => {
                // Phones that were apart may have chosen more than three together: the latest choices stand.
                let mut chosen: Vec<_> = keys
                    .iter()
                    .filter(|(_, key)| key.is_in)
                    .filter_map(|(name, key)| Some((key.at, Theme::from_key(name)?)))
                    .collect();
                sort_by(&mut chosen, |a, b| (b.0, a.1).cmp(&(a.0, b.1)));
                chosen.into_iter().take(MAX_THEMES).map(|(_, theme)| theme).collect()
            }
            _ => Vec::new(),
        };
        let mut entry = Self::from_values(&|name| record.last(name).cloned());
        let typed = record.last("transcript").and_then(Value::as_str).unwrap_or_default();
        entry.transcript = entry.voice.and_then(|_| Transcript::new(typed, TypedBy::Maker));
        entry.themes = themes;
        entry.replies = reply::replies_of(record);
        sort_by(&mut entry.themes, Theme::cmp);
        entry
    }

    /// Reads another member's entry as the server handed it out.
    pub fn from_view(view: &View) -> Self {
        let mut entry = Self::from_values(&|name| view.fields.get(name).cloned());
        entry.transcript = view.fields.get("transcript").and_then(Plain::from_value);
        entry.replies = view.fields.get(REPLIES).and_then(Plain::from_value).unwrap_or_default();
        if let Some(Value::Array(keys)) = view.fields.get("themes") {
            entry.themes = keys.iter().filter_map(|key| Theme::from_key(key.as_str()?)).collect();
        }
        entry
    }

    fn from_values(value: &dyn Fn(&str) -> Option<Value>) -> Self {
        let time = |name| value(name).and_then(|v| v.as_u64()).map(Timestamp::from_ms);
        Self {
            valence: value("valence").and_then(|v| Valence::from_key(v.as_str()?)),
            themes: Vec::new(),
            story: value("story").and_then(|v| Some(v.as_str()?.to_owned())).unwrap_or_default(),
            photos: value("photos").and_then(|v| Plain::from_value(&v)).unwrap_or_default(),
            made: time("made_ms").unwrap_or_default(),
            phone_made: time("phone_made_ms"),
            is_deleted: value("deleted").and_then(|v| v.as_bool()).unwrap_or_default(),
            audience: value("audience").and_then(|v| Audience::from_key(v.as_str()?)),
            place: value("place").filter(|v| !v.is_null()),
            place_shown: value("place_shown"),
            voice: value("voice").and_then(|v| VoiceRef::from_field(&v)),
            transcript: None,
            replies: Vec::new(),
        }
    }

    /// Returns the media that it names, photos first, each with how many bytes it has.
    pub fn media(&self) -> Vec<(MediaHash, u32)> {
        let photos = self.photos.iter().map(|photo| (photo.sha256, photo.bytes));
        photos.chain(self.voice.map(|voice| (voice.sha256, voice.bytes))).collect()
    }

    /// Returns where it was made, to its maker.
    pub fn read_place(&self) -> Option<Place> {
        self.place.as_ref().and_then(Place::from_field)
    }

    /// Returns how precisely its maker lets others see that.
    pub fn read_place_shown(&self) -> PlaceShown {
        // In doubt nobody sees it.
        self.place_shown
            .as_ref()
            .map_or_else(PlaceShown::default, |how| Plain::from_value(how).unwrap_or(PlaceShown::Hidden))
    }

    /// Returns what others see of where it was made, to its maker and to them.
    pub fn shown_place(&self) -> Option<ShownPlace> {
        match self.read_place() {
            Some(place) => place.shown(self.read_place_shown()),
            None => self.place.as_ref().and_then(ShownPlace::from_value),
        }
    }

    /// Returns what others see of this entry, as a view's fields.
    pub fn shown_fields(&self) -> serde_json::Map<String, Value> {
        let themes: Vec<_> = self.themes.iter().map(|theme| theme.key()).collect();
        [
            ("valence", json!(self.valence.map(Valence::key))),
            ("themes", json!(themes)),
            ("story", json!(self.story)),
            ("photos", self.photos.to_value()),
            ("made_ms", json!(self.made.ms())),
            ("place", self.read_place().and_then(|place| place.shown(self.read_place_shown())).to_value()),
            ("voice", self.voice.to_value()),
            ("transcript", self.transcript.to_value()),
            (REPLIES, reply::shown(&self.replies)),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }

    /// Says whether a field of an entry has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        if name == "themes" {
            return matches!(field, FieldState::Set(keys) if keys.len() <= 64);
        }
        if let Some(key) = reply::replied(name) {
            return reply::is_valid_field(key, field);
        }
        let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
        match name {
            "valence" => last(&|v| v.as_str().is_some_and(|key| Valence::from_key(key).is_some())),
            "story" => last(&|v| v.as_str().is_some_and(|text| text.chars().count() <= MAX_STORY_CHARS)),
            "photos" => last(&|v| Vec::<PhotoRef>::from_value(v).is_some_and(|photos| photos.len() <= MAX_PHOTOS)),
            "made_ms" | "phone_made_ms" => last(&Value::is_u64),
            "deleted" => last(&Value::is_boolean),
            "place" | "place_shown" => place::is_valid_field(name, field),
            "voice" | "transcript" => voice::is_valid_field(name, field),
            "audience" | "keep_copy" => audience::is_valid_field(name, field),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;

    fn id() -> RecordId {
        RecordId::from_uuid(uuid::Uuid::nil())
    }

    fn place() -> Option<Place> {
        Place::new(51.98, 5.9, Some(8.0), crate::PlaceSource::Here, Timestamp::from_ms(1))
    }

    fn photo() -> PhotoRef {
        PhotoRef { sha256: MediaHash([7; 32]), width: 3, height: 2, bytes: 9 }
    }

    #[test]
    fn an_entry_reads_what_its_maker_wrote() {
        let record = EntryEdit {
            valence: Some(Valence::Both),
            themes: Some(vec![Theme::Groen, Theme::Eten]),
            story: Some("Hier deel je eten".into()),
            photos: Some(vec![photo()]),
            made: Some((Timestamp::from_ms(5), Timestamp::from_ms(4))),
            ..EntryEdit::default()
        }
        .into_record(id(), stamp(1, 1));
        assert_eq!(record.check(Timestamp::from_ms(5)), Ok(()));
        let entry = Entry::from_record(&record);
        assert_eq!(entry.valence, Some(Valence::Both));
        assert_eq!(entry.themes, [Theme::Groen, Theme::Eten]);
        assert_eq!(entry.photos, [photo()]);
        assert_eq!((entry.made.ms(), entry.phone_made.map(Timestamp::ms)), (5, Some(4)));
        assert!(!entry.is_deleted);
    }

    #[test]
    fn a_view_shows_all_but_what_is_the_makers_own() {
        let mut record = EntryEdit {
            themes: Some(vec![Theme::Werk]),
            made: Some((Timestamp::from_ms(5), Timestamp::from_ms(4))),
            audience: Some(Audience::Everyone),
            keep_copy: Some(true),
            place_shown: Some(PlaceShown::Exact),
            ..EntryEdit::at(place())
        }
        .into_record(id(), stamp(1, 1));
        record = record.with("secret", "x", stamp(1, 1));
        let shown = Entry::from_record(&record).shown_fields();
        assert!(shown.keys().all(|name| Entry::SHOWN_FIELDS.contains(&name.as_str())), "{shown:?}");
    }

    #[test]
    fn others_see_a_place_as_its_maker_says_and_by_its_street_where_he_does_not() {
        let record = |shown| EntryEdit { place_shown: shown, ..EntryEdit::at(place()) }.into_record(id(), stamp(1, 1));
        let others_see = |record: &Record| {
            let maker = crate::Maker { id: crate::MemberId::from_uuid(uuid::Uuid::max()), name: String::new() };
            let view = View { id: id(), kind: KIND_ENTRY.into(), maker, fields: record.shown_fields() };
            let seen = Entry::from_view(&view);
            assert_eq!((seen.read_place(), &seen.place_shown), (None, &None));
            seen.shown_place()
        };
        for shown in PlaceShown::ALL {
            let record = record(Some(shown));
            assert_eq!(record.check(Timestamp::from_ms(1)), Ok(()));
            assert_eq!(Entry::from_record(&record).read_place(), place());
            assert_eq!(others_see(&record), place().unwrap().shown(shown));
            assert_eq!(
                Entry::from_record(&record).shown_place(),
                others_see(&record),
                "its maker is told what they see"
            );
        }
        assert_eq!(others_see(&record(None)), place().unwrap().shown(PlaceShown::Street));
        let mut taken_away = record(None);
        taken_away.merge(&EntryEdit::at(None).into_record(id(), stamp(2, 1)));
        assert_eq!(taken_away.check(Timestamp::from_ms(2)), Ok(()));
        assert_eq!((Entry::from_record(&taken_away).place, others_see(&taken_away)), (None, None));
        let unread = record(None).with("place_shown", "later", stamp(2, 1));
        assert_eq!(others_see(&unread), None, "a way of showing it that is not known shows nothing");
        let seen = place().unwrap().shown(PlaceShown::Exact).to_value();
        assert_eq!(
            others_see(&record(None).with("place", seen, stamp(2, 1))),
            None,
            "nothing passes as it was written"
        );
    }

    #[test]
    fn themes_taken_out_stay_out_and_never_more_than_three_stand() {
        let choose = |themes: &[Theme], before: &[Theme], at_ms, node| {
            EntryEdit { themes: Some(themes.to_vec()), themes_before: before.to_vec(), ..EntryEdit::default() }
                .into_record(id(), stamp(at_ms, node))
        };
        let mut record = choose(&[Theme::Groen, Theme::Eten, Theme::Ov], &[], 1, 1);
        record.merge(&choose(&[Theme::Werk, Theme::Eten], &[Theme::Groen, Theme::Eten], 2, 2));
        assert_eq!(Entry::from_record(&record).themes, [Theme::Ov, Theme::Eten, Theme::Werk]);
        record.merge(&choose(&[Theme::Anders], &[], 3, 1));
        assert_eq!(Entry::from_record(&record).themes.len(), MAX_THEMES);
    }
}
