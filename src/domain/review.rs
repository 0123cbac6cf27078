//! What those who guide a project say of an entry, and what its maker answers.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::plain::Plain;
use crate::{Entry, FieldState, MediaHash, Record, RecordId, Reply, Stamp, TypedBy, View};

/// The kind of a review: one word on an entry by somebody who guides the project.
pub const KIND_REVIEW: &str = "review";

/// The kind of an answer: what the maker of an entry says to a review.
pub const KIND_ANSWER: &str = "answer";

/// What a view of a review calls the stamp of its decision, by which phones tell the last one.
pub(crate) const AT: &str = "at";

/// The longest reason or answer, in signs.
pub const MAX_REASON_CHARS: usize = 1_000;

/// What was decided on an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// Others may see it, with these words and photos.
    Approve,
    /// The maker is asked something first.
    Ask,
    /// Others may not see it.
    Hide,
}

impl Decision {
    /// All decisions.
    pub const ALL: [Self; 3] = [Self::Approve, Self::Ask, Self::Hide];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Ask => "ask",
            Self::Hide => "hide",
        }
    }

    /// Returns the decision with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.key() == key)
    }
}

crate::plain_key!(Decision);

/// A review as its fields say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The entry.
    pub entry: RecordId,
    /// What was decided.
    pub decision: Decision,
    /// When: of several reviews the last counts.
    pub at: Stamp,
    /// Why, for the maker to read; may be empty.
    pub reason: String,
    /// Which words and photos were looked at: [`Entry::version`].
    pub saw: String,
}

impl Review {
    /// The fields that the entry's maker sees, and those who guide. `at` says beside them when it was decided.
    pub const SHOWN_FIELDS: &[&str] = &["entry", "decision", "reason", "saw"];

    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId) -> Record {
        Record::new(id, KIND_REVIEW)
            .with("entry", self.entry.to_value(), self.at)
            .with("decision", self.decision.key(), self.at)
            .with("reason", self.reason.as_str(), self.at)
            .with("saw", self.saw.as_str(), self.at)
    }

    /// Reads a review; `None` when it names no entry, or decides nothing that this version knows.
    pub fn from_record(record: &Record) -> Option<Self> {
        (record.kind == KIND_REVIEW && !record.erased).then_some(())?;
        let FieldState::Last { at, .. } = record.fields.get("decision")? else { return None };
        Self::from_values(*at, &|name| record.last(name))
    }

    /// Reads somebody else's review, as the server handed it out.
    pub fn from_view(view: &View) -> Option<Self> {
        (view.kind == KIND_REVIEW).then_some(())?;
        Self::from_values(Stamp::from_value(view.fields.get(AT)?)?, &|name| view.fields.get(name))
    }

    fn from_values<'a>(at: Stamp, value: &dyn Fn(&str) -> Option<&'a Value>) -> Option<Self> {
        let text = |name| value(name).and_then(String::from_value).unwrap_or_default();
        Some(Self {
            entry: RecordId::from_value(value("entry")?)?,
            decision: Decision::from_value(value("decision")?)?,
            at,
            reason: text("reason"),
            saw: text("saw"),
        })
    }

    /// Says whether a field has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
        match name {
            "entry" => last(&|value| RecordId::from_value(value).is_some()),
            "decision" => last(&|value| Decision::from_value(value).is_some()),
            "reason" => last(&is_reason),
            "saw" => last(&|value| value.as_str().is_some_and(|saw| saw.parse::<MediaHash>().is_ok())),
            _ => true,
        }
    }
}

/// What the maker of an entry says to a review, as its fields say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The review.
    pub review: RecordId,
    /// The maker's words.
    pub text: String,
}

impl Answer {
    /// The fields that those who guide see.
    pub const SHOWN_FIELDS: &[&str] = &["review", "text"];

    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId, at: Stamp) -> Record {
        Record::new(id, KIND_ANSWER).with("review", self.review.to_value(), at).with("text", self.text.as_str(), at)
    }

    /// Reads an answer; `None` when it names no review.
    pub fn from_record(record: &Record) -> Option<Self> {
        (record.kind == KIND_ANSWER).then_some(())?;
        Self::from_values(&|name| record.last(name))
    }

    /// Reads somebody else's answer, as the server handed it out.
    pub fn from_view(view: &View) -> Option<Self> {
        (view.kind == KIND_ANSWER).then_some(())?;
        Self::from_values(&|name| view.fields.get(name))
    }

    fn from_values<'a>(value: &dyn Fn(&str) -> Option<&'a Value>) -> Option<Self> {
        let text = value("text").and_then(String::from_value).unwrap_or_default();
        Some(Self { review: RecordId::from_value(value("review")?)?, text })
    }
}

/// Says whether a field of an answer has an allowed value; unknown fields are allowed.
pub(crate) fn is_valid_answer_field(name: &str, field: &FieldState) -> bool {
    let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
    match name {
        "review" => last(&|value| RecordId::from_value(value).is_some()),
        "text" => last(&is_reason),
        _ => true,
    }
}

fn is_reason(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().count() <= MAX_REASON_CHARS)
}

/// Returns what stands of the reviews of an entry.
pub fn standing<'a>(reviews: impl Iterator<Item = &'a Review> + Clone, entry: &Entry) -> Option<&'a Review> {
    let version = if asks_version(reviews.clone()) { entry.version() } else { String::new() };
    last_that_counts(reviews, &version)
}

/// Says whether it depends on the entry's version what stands of its reviews: one of them approves. Where none does, nothing need
/// be hashed.
pub fn asks_version<'a>(mut reviews: impl Iterator<Item = &'a Review>) -> bool {
    reviews.any(|review| review.decision == Decision::Approve)
}

/// Returns the last of an entry's reviews that counts for its words and photos, whose name is `version`. To approve counts for
/// what was looked at, so that a change of it has to be looked at again; to ask and to hide count whatever was changed since.
pub fn last_that_counts<'a>(reviews: impl Iterator<Item = &'a Review>, version: &str) -> Option<&'a Review> {
    let counts = |review: &&Review| review.decision != Decision::Approve || review.saw == version;
    reviews.filter(counts).max_by_key(|review| (review.at, review.decision))
}

impl Entry {
    /// Returns a name of its words, photos, voice and replies: 64 hexadecimal digits, others as soon as one of them is.
    pub fn version(&self) -> String {
        MediaHash(Sha256::digest(self.looked_at()).into()).to_string()
    }

    /// Returns what its version is the SHA-256 of.
    pub fn looked_at(&self) -> Vec<u8> {
        let mut seen = self.story.clone().into_bytes();
        for photo in &self.photos {
            // No text holds this byte.
            seen.push(0xff);
            seen.extend(photo.sha256.0);
        }
        if let Some(voice) = &self.voice {
            // Nor this one, and no photo begins with it.
            seen.push(0xfe);
            seen.extend(voice.sha256.0);
            // What somebody typed who guides the project needs nobody's approval.
            let typed = self.transcript.iter().filter(|typed| typed.by == TypedBy::Maker);
            seen.extend(typed.flat_map(|typed| typed.text.bytes()));
        }
        for Reply { key, text, .. } in &self.replies {
            // Nor this one.
            for part in [key, text] {
                seen.push(0xfd);
                seen.extend(part.bytes());
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Maker, MemberId, PhotoRef, Timestamp};

    fn entry(story: &str, photos: &[u8]) -> Entry {
        let photo = |n: &u8| PhotoRef { sha256: MediaHash([*n; 32]), width: 1, height: 1, bytes: 1 };
        Entry { story: story.to_owned(), photos: photos.iter().map(photo).collect(), ..Entry::default() }
    }

    fn review(decision: Decision, at_ms: u64, of: &Entry) -> Review {
        let id = RecordId::from_uuid(uuid::Uuid::max());
        Review { entry: id, decision, at: stamp(at_ms, 1), reason: "Gezicht".into(), saw: of.version() }
    }

    #[test]
    fn a_review_is_read_back_from_its_record() {
        let review = review(Decision::Hide, 3, &entry("Dag", &[1]));
        let record = review.to_record(RecordId::from_uuid(uuid::Uuid::nil()));
        assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
        assert_eq!(Review::from_record(&record), Some(review));
        assert!(record.with("decision", "burn", stamp(4, 1)).check(Timestamp::from_ms(4)).is_err());
    }

    #[test]
    fn a_review_is_read_from_what_the_server_hands_out_with_when_it_was_decided() {
        let review = review(Decision::Ask, 3, &entry("Dag", &[1]));
        let record = review.to_record(RecordId::from_uuid(uuid::Uuid::nil()));
        let maker = Maker { id: MemberId::from_uuid(uuid::Uuid::max()), name: String::new() };
        let view = View { id: record.id, kind: record.kind.clone(), maker, fields: record.shown_fields() };
        assert_eq!(Review::from_view(&view), Some(review));
        assert_eq!(Review::from_view(&View { kind: "later".into(), ..view }), None);
    }

    #[test]
    fn an_answer_is_read_back_from_its_record_and_from_what_the_server_hands_out() {
        let answer = Answer { review: RecordId::from_uuid(uuid::Uuid::max()), text: "Dat is mijn broer".into() };
        let record = answer.to_record(RecordId::from_uuid(uuid::Uuid::nil()), stamp(1, 1));
        assert_eq!(record.check(Timestamp::from_ms(1)), Ok(()));
        assert_eq!(Answer::from_record(&record), Some(answer.clone()));
        let maker = Maker { id: MemberId::from_uuid(uuid::Uuid::max()), name: String::new() };
        let view = View { id: record.id, kind: record.kind.clone(), maker, fields: record.shown_fields() };
        assert_eq!(Answer::from_view(&view), Some(answer));
    }

    #[test]
    fn other_words_photos_or_voice_are_another_version() {
        let one = entry("Dag", &[1, 2]);
        for other in [entry("Dag.", &[1, 2]), entry("Dag", &[2, 1]), entry("Dag", &[1]), entry("", &[1, 2])] {
            assert_ne!(one.version(), other.version());
        }
        let voice = |n| crate::VoiceRef { sha256: MediaHash([n; 32]), kind: crate::VoiceKind::Mp4Aac, bytes: 1, ms: 1 };
        let told = Entry { voice: Some(voice(1)), ..one.clone() };
        let typed = crate::Transcript::new("Hoi", crate::TypedBy::Maker);
        for (one, other) in [
            (&one, &told),
            (&told, &Entry { voice: Some(voice(2)), ..one.clone() }),
            (&told, &Entry { transcript: typed.clone(), ..told.clone() }),
        ] {
            assert_ne!(one.version(), other.version(), "what is told by voice is part of it");
        }
        let by_guide = typed.map(|typed| crate::Transcript { by: TypedBy::Guide, ..typed });
        assert_eq!(told.version(), Entry { transcript: by_guide, ..told.clone() }.version());
        let valence = Some(crate::Valence::Good);
        assert_eq!(one.version(), Entry { valence, ..one.clone() }.version(), "what it is about is no part of it");
        let place = Some("somewhere".into());
        assert_eq!(one.version(), Entry { place, ..one.clone() }.version(), "nor is where it was made");
    }

    #[test]
    fn the_last_review_that_counts_stands() {
        use Decision::{Approve, Ask, Hide};
        let (old, new) = (entry("Dag", &[1]), entry("Dag!", &[1]));
        let stands = |reviews: &[Review]| standing(reviews.iter(), &new).map(|review| review.decision);
        assert_eq!(stands(&[]), None);
        assert_eq!(stands(&[review(Approve, 1, &new)]), Some(Approve));
        assert_eq!(stands(&[review(Approve, 1, &old)]), None, "it was changed since");
        assert_eq!(stands(&[review(Hide, 1, &old)]), Some(Hide));
        assert_eq!(stands(&[review(Hide, 1, &old), review(Approve, 2, &old)]), Some(Hide));
        assert_eq!(stands(&[review(Approve, 2, &new), review(Hide, 1, &new)]), Some(Approve));
        assert_eq!(stands(&[review(Ask, 3, &new), review(Approve, 2, &new)]), Some(Ask));
        assert_eq!(stands(&[review(Hide, 2, &new), review(Approve, 2, &new)]), Some(Hide), "in doubt nobody sees it");
    }
}
