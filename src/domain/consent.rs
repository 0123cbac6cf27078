//! What a member agreed to, as a record.

use serde_json::Value;

use crate::plain::Plain;
use crate::{Agreement, Audience, FieldState, KIND_CONSENT, PeopleConsent, Record, RecordId, Stamp, Timestamp};

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
            "withdrawn" | "under_16" => last(&Value::is_boolean),
            "parent" => last(&|v| v.is_null() || Agreement::from_value(v).is_some()),
            "audience" => last(&|v| Audience::from_value(v).is_some()),
            _ => PeopleConsent::is_valid_field(name, field),
        }
    }
}

/// A member's consent to take part; who is under 16 needs that of a parent as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakingPart {
    /// To which text, in which language, when.
    pub consent: Consent,
    /// How it was given, where somebody else asked for it; `None` where the member tapped on it himself.
    pub how: Option<Agreement>,
    /// The member is under 16.
    pub is_under_16: bool,
    /// How a parent gave it, where one did.
    pub parent: Option<Agreement>,
}

impl TakingPart {
    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId, at: Stamp) -> Record {
        let key = |how: Option<Agreement>| how.map_or(Value::Null, |how| how.to_value());
        let record = self.consent.to_record(id, at).with("how", key(self.how), at);
        record.with("under_16", self.is_under_16, at).with("parent", key(self.parent), at)
    }

    /// Reads a consent to take part; `None` when it is to something else.
    pub fn from_record(record: &Record) -> Option<Self> {
        let consent = Consent::from_record(record).filter(|consent| consent.subject == ConsentSubject::TakePart)?;
        let how = |field| record.last(field).and_then(Agreement::from_value);
        let is_under_16 = record.last("under_16") == Some(&Value::Bool(true));
        Some(Self { consent, how: how("how"), is_under_16, parent: how("parent") })
    }

    /// Says whether one takes part by it.
    pub fn is_enough(&self) -> bool {
        !self.consent.is_withdrawn && (!self.is_under_16 || self.parent.is_some())
    }
}

/// A maker's consent that more people see an entry than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AudienceConsent {
    /// The entry.
    pub entry: RecordId,
    /// Who may see it from then on.
    pub audience: Audience,
    /// To which text, in which language, when.
    pub consent: Consent,
}

impl AudienceConsent {
    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId, at: Stamp) -> Record {
        let record = self.consent.to_record(id, at).with("entry", self.entry.to_value(), at);
        record.with("audience", self.audience.key(), at)
    }

    /// Reads one; `None` when it is to something else.
    pub fn from_record(record: &Record) -> Option<Self> {
        let consent = Consent::from_record(record).filter(|consent| consent.subject == ConsentSubject::Audience)?;
        let entry = RecordId::from_value(record.last("entry")?)?;
        Some(Self { entry, audience: Audience::from_value(record.last("audience")?)?, consent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;

    #[test]
    fn a_consent_is_read_back_from_its_record() {
        let consent = consent(ConsentSubject::TakePart);
        let record = consent.to_record(id(), stamp(3, 1));
        assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
        assert_eq!(Consent::from_record(&record), Some(consent));
    }

    #[test]
    fn who_is_under_16_takes_part_once_a_parent_agreed() {
        let mut part =
            TakingPart { consent: consent(ConsentSubject::TakePart), how: None, is_under_16: true, parent: None };
        for (parent, is_enough) in [(None, false), (Some(Agreement::Signed), true)] {
            part.parent = parent;
            let record = part.to_record(id(), stamp(3, 1));
            assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
            assert_eq!(TakingPart::from_record(&record), Some(part.clone()));
            assert_eq!(part.is_enough(), is_enough);
        }
        let of_before = part.consent.to_record(id(), stamp(3, 1));
        assert!(TakingPart::from_record(&of_before).unwrap().is_enough());
        let withdrawn = of_before.with("withdrawn", true, stamp(4, 1));
        assert!(!TakingPart::from_record(&withdrawn).unwrap().is_enough());
        for (field, value) in [("under_16", "no"), ("parent", "perhaps"), ("audience", "the_web")] {
            assert!(
                part.to_record(id(), stamp(3, 1)).with(field, value, stamp(3, 1)).check(Timestamp::from_ms(3)).is_err()
            );
        }
    }

    #[test]
    fn what_a_maker_agreed_to_show_is_read_back_and_is_no_word_on_the_people_in_it() {
        let consent = consent(ConsentSubject::Audience);
        let shown = AudienceConsent { entry: id(), audience: Audience::Everyone, consent };
        let record = shown.to_record(id(), stamp(3, 1));
        assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
        assert_eq!(AudienceConsent::from_record(&record), Some(shown));
        assert_eq!((PeopleConsent::from_record(&record), TakingPart::from_record(&record)), (None, None));
        assert_eq!(crate::people_stand([record].iter(), id()), None);
    }

    fn id() -> RecordId {
        RecordId::from_uuid(uuid::Uuid::nil())
    }

    fn consent(subject: ConsentSubject) -> Consent {
        let given = Timestamp::from_ms(3);
        Consent { subject, text_version: CONSENT_TEXT_VERSION, language: "nl".into(), given, is_withdrawn: false }
    }
}
