//! What a member agreed to, as a record.

use serde_json::Value;

use crate::{FieldState, KIND_CONSENT, PeopleConsent, Record, RecordId, Stamp, Timestamp};

/// The version of the short text under "Meedoen". A new text gets a new number; old consents keep theirs.
pub const CONSENT_TEXT_VERSION: u32 = 1;

/// What a consent is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentSubject {
    /// Taking part in the project.
    TakePart,
    /// The people in a photo.
    PeopleInPhoto,
    /// Who may see an entry.
    Audience,
}

impl ConsentSubject {
    /// All subjects.
    pub const ALL: [Self; 3] = [Self::TakePart, Self::PeopleInPhoto, Self::Audience];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TakePart => "take_part",
            Self::PeopleInPhoto => "people_in_photo",
            Self::Audience => "audience",
        }
    }

    /// Returns the subject with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.key() == key)
    }
}

/// A consent given by a member: to what, to which text, in which language, when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// To what.
    pub subject: ConsentSubject,
    /// The version of the text that was shown.
    pub text_version: u32,
    /// The language in which it was shown, as in `lang="nl"`.
    pub language: String,
    /// When it was given.
    pub given: Timestamp,
    /// Taken back by the member.
    pub is_withdrawn: bool,
}

impl Consent {
    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId, at: Stamp) -> Record {
        Record::new(id, KIND_CONSENT)
            .with("subject", self.subject.key(), at)
            .with("text_version", self.text_version, at)
            .with("language", self.language.as_str(), at)
            .with("given_ms", self.given.ms(), at)
            .with("withdrawn", self.is_withdrawn, at)
    }

    /// Reads a consent; `None` when a field is missing or of a later version.
    pub fn from_record(record: &Record) -> Option<Self> {
        (record.kind == KIND_CONSENT && !record.erased).then_some(())?;
        Some(Self {
            subject: ConsentSubject::from_key(record.last("subject")?.as_str()?)?,
            text_version: u32::try_from(record.last("text_version")?.as_u64()?).ok()?,
            language: record.last("language")?.as_str()?.to_owned(),
            given: Timestamp::from_ms(record.last("given_ms")?.as_u64()?),
            is_withdrawn: record.last("withdrawn")?.as_bool()?,
        })
    }

    /// Says whether a field of a consent has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
        match name {
            "subject" => last(&|v| v.as_str().is_some_and(|key| ConsentSubject::from_key(key).is_some())),
            "language" => last(&|v| v.as_str().is_some_and(|tag| (2..=35).contains(&tag.len()))),
            "text_version" => last(&|v| v.as_u64().is_some_and(|version| u32::try_from(version).is_ok())),
            "given_ms" => last(&Value::is_u64),
            "withdrawn" => last(&Value::is_boolean),
            _ => PeopleConsent::is_valid_field(name, field),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;

    #[test]
    fn a_consent_is_read_back_from_its_record() {
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: CONSENT_TEXT_VERSION,
            language: "nl".into(),
            given: Timestamp::from_ms(3),
            is_withdrawn: false,
        };
        let record = consent.to_record(RecordId::from_uuid(uuid::Uuid::nil()), stamp(3, 1));
        assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
        assert_eq!(Consent::from_record(&record), Some(consent));
    }
}
