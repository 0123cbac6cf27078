//! Who is in the photos of an entry, and what they agreed to: what its maker says of them, as a record.

use serde_json::Value;

use crate::plain::Plain;
use crate::{Consent, ConsentSubject, FieldState, KIND_CONSENT, Record, RecordId, Stamp};

/// What the maker of an entry says of the people in its photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleAnswer {
    /// There are none.
    Nobody,
    /// Nobody can be known: they were covered.
    Covered,
    /// They agreed.
    Agreed,
}

impl PeopleAnswer {
    /// All answers, in the order of asking.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Covered, Self::Agreed];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nobody => "none",
            Self::Covered => "covered",
            Self::Agreed => "agreed",
        }
    }

    /// Returns the answer with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.key() == key)
    }
}

crate::plain_key!(PeopleAnswer);

/// How somebody agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They said so.
    Said,
    /// They signed.
    Signed,
    /// They were shown the form with pictures, which is read aloud.
    Pictures,
}

impl Agreement {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Said, Self::Signed, Self::Pictures];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Signed => "signed",
            Self::Pictures => "picture_form",
        }
    }

    /// Returns the way with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.key() == key)
    }
}

crate::plain_key!(Agreement);

/// An answer to the question whether there are people in the photos of an entry. Each is a record of its own: of several the last
/// stands, also where it was withdrawn. Who said it is the record's author, and on which device its stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleConsent {
    /// The entry.
    pub entry: RecordId,
    /// What was answered.
    pub answer: PeopleAnswer,
    /// How they agreed, where they did.
    pub how: Option<Agreement>,
    /// To which text, in which language, when, and whether that was withdrawn.
    pub consent: Consent,
    /// When it was answered: of several answers the last counts.
    pub at: Stamp,
}

impl PeopleConsent {
    /// Returns the record that says so.
    pub fn to_record(&self, id: RecordId) -> Record {
        let how = self.how.map_or(Value::Null, |how| how.key().into());
        self.consent
            .to_record(id, self.at)
            .with("entry", self.entry.to_value(), self.at)
            .with("answer", self.answer.key(), self.at)
            .with("how", how, self.at)
    }

    /// Reads an answer; `None` when it names no entry, or answers nothing that this version knows.
    pub fn from_record(record: &Record) -> Option<Self> {
        let consent =
            Consent::from_record(record).filter(|consent| consent.subject == ConsentSubject::PeopleInPhoto)?;
        let FieldState::Last { value, at } = record.fields.get("answer")? else { return None };
        Some(Self {
            entry: RecordId::from_value(record.last("entry")?)?,
            answer: PeopleAnswer::from_value(value)?,
            how: record.last("how").and_then(Agreement::from_value),
            consent,
            at: *at,
        })
    }

    /// Says whether a field has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
        match name {
            "entry" => last(&|value| RecordId::from_value(value).is_some()),
            "answer" => last(&|value| PeopleAnswer::from_value(value).is_some()),
            "how" => last(&|value| value.is_null() || Agreement::from_value(value).is_some()),
            _ => true,
        }
    }
}

/// Says whether what was answered last about the people in an entry still holds; `None` where nothing was. `records` are of its maker:
/// nobody else says it for him.
pub fn people_stand<'a>(records: impl Iterator<Item = &'a Record>, entry: RecordId) -> Option<bool> {
    let entry = entry.to_value();
    let about = records.filter(|record| record.kind == KIND_CONSENT && record.last("entry") == Some(&entry));
    let answered = about.filter_map(|record| match record.fields.get("answer")? {
        FieldState::Last { at, .. } => Some((*at, record.last("withdrawn") != Some(&Value::Bool(true)))),
        FieldState::Both { .. } | FieldState::Set(_) | FieldState::PerMember(_) | FieldState::Unknown(_) => None,
    });
    answered.max().map(|(_, stands)| stands)
}

/// Returns which of the answers about an entry stands.
pub fn last_answer(answers: impl Iterator<Item = PeopleConsent>) -> Option<PeopleConsent> {
    answers.max_by_key(|answer| answer.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{CONSENT_TEXT_VERSION, Timestamp};

    fn id(number: u8) -> RecordId {
        RecordId::from_uuid(uuid::Uuid::from_bytes([number; 16]))
    }

    fn answer(answer: PeopleAnswer, at_ms: u64) -> PeopleConsent {
        let consent = Consent {
            subject: ConsentSubject::PeopleInPhoto,
            text_version: CONSENT_TEXT_VERSION,
            language: "nl".into(),
            given: Timestamp::from_ms(at_ms),
            is_withdrawn: false,
        };
        let how = (answer == PeopleAnswer::Agreed).then_some(Agreement::Said);
        PeopleConsent { entry: id(1), answer, how, consent, at: stamp(at_ms, 1) }
    }

    #[test]
    fn an_answer_is_read_back_from_its_record() {
        for said in PeopleAnswer::ALL {
            let said = answer(said, 3);
            let record = said.to_record(id(2));
            assert_eq!(record.check(Timestamp::from_ms(3)), Ok(()));
            assert_eq!(PeopleConsent::from_record(&record), Some(said));
        }
        let record = answer(PeopleAnswer::Agreed, 3).to_record(id(2));
        for (field, value) in [("answer", "perhaps"), ("how", "guessed"), ("entry", "mine")] {
            assert!(record.clone().with(field, value, stamp(3, 1)).check(Timestamp::from_ms(3)).is_err(), "{field}");
        }
        assert_eq!(PeopleConsent::from_record(&record.with("subject", "take_part", stamp(3, 1))), None);
    }

    #[test]
    fn of_several_answers_the_last_stands_also_when_it_was_withdrawn() {
        let mut last = answer(PeopleAnswer::Nobody, 7);
        last.consent.is_withdrawn = true;
        let all = [answer(PeopleAnswer::Agreed, 5), last.clone(), answer(PeopleAnswer::Covered, 6)];
        let records: Vec<_> = all.iter().map(|said| said.to_record(id(2))).collect();
        assert_eq!(people_stand(records.iter(), id(1)), Some(false));
        assert_eq!(people_stand(records[..1].iter(), id(1)), Some(true));
        assert_eq!([people_stand(records.iter(), id(3)), people_stand([].iter(), id(1))], [None; 2]);
        assert_eq!(last_answer(all.into_iter()), Some(last));
        assert_eq!(last_answer([].into_iter()), None);
    }
}
