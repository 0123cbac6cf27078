//! What a member may write: a record of fields.

use std::fmt;

use serde_json::Value;

use crate::group::plain_value;
use crate::plain::Plain;
use crate::review::{AT, is_valid_answer_field};
use crate::{
    Answer, Consent, Entry, FieldState, Group, KIND_ANSWER, KIND_GROUP, KIND_PROJECT, KIND_REVIEW, KIND_TRANSCRIPT,
    MAX_AHEAD_MS, MAX_PROJECT_BYTES, Map, ProjectSettings, RecordId, Review, Stamp, Timestamp, Typed,
};

/// The largest record, in bytes of its JSON text.
pub const MAX_RECORD_BYTES: usize = 64 * 1024;

/// The kind of an entry: photos with valence, themes and story.
pub const KIND_ENTRY: &str = "entry";

/// The kind of a consent.
pub const KIND_CONSENT: &str = "consent";

/// A record, or a part of one: merging a part into the whole is how a write is applied.
///
/// Kinds and fields that this version does not know are kept and given back to their owner only.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Record {
    /// Made on the phone.
    pub id: RecordId,
    /// [`KIND_ENTRY`], [`KIND_CONSENT`], or one of a later version.
    pub kind: String,
    /// The fields by name.
    #[cfg_attr(feature = "schema", serde(default))]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, FieldState>))]
    pub fields: Map<String, FieldState>,
    /// Emptied for ever: wins over every write whatever its stamp.
    #[cfg_attr(feature = "schema", serde(default))]
    pub erased: bool,
}

crate::plain!(Record { id, kind, fields: or_default, erased: unless_default });

/// The rule that a record breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// More than [`MAX_RECORD_BYTES`], or of a project's settings than [`MAX_PROJECT_BYTES`].
    TooLarge,
    /// The kind's name is empty or longer than 40 signs.
    Kind,
    /// This field has a value that its kind of record does not allow.
    Field(String),
    /// A stamp lies more than [`MAX_AHEAD_MS`] ahead.
    ClockAhead,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "a record has at most {MAX_RECORD_BYTES} bytes"),
            Self::Kind => f.write_str("a record's kind has 1 to 40 signs"),
            Self::Field(name) => write!(f, "the field {name} has a value that is not allowed"),
            Self::ClockAhead => write!(f, "a stamp lies more than {MAX_AHEAD_MS} ms ahead"),
        }
    }
}

impl Record {
    /// Makes an empty record.
    pub fn new(id: RecordId, kind: &str) -> Self {
        Self { id, kind: kind.to_owned(), fields: Map::new(), erased: false }
    }

    /// Makes what erases a record.
    pub fn erasure(id: RecordId, kind: &str) -> Self {
        Self { erased: true, ..Self::new(id, kind) }
    }

    /// Returns this record with a last-writer field set.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>, at: Stamp) -> Self {
        self.fields.insert(name.to_owned(), FieldState::Last { value: value.into(), at });
        self
    }

    /// Takes in another version or a part of this record. Commutative, associative, idempotent; `erased` wins.
    pub fn merge(&mut self, other: &Self) {
        self.erased |= other.erased;
        if self.erased {
            self.fields.clear();
        } else {
            for (name, theirs) in &other.fields {
                match self.fields.get_mut(name) {
                    Some(ours) => ours.merge(theirs),
                    None => drop(self.fields.insert(name.clone(), theirs.clone())),
                }
            }
        }
        // Two kinds under one id can only come from a broken writer; the same one wins everywhere.
        if other.kind > self.kind {
            self.kind.clone_from(&other.kind);
        }
    }

    /// Returns the value of a last-writer field.
    pub fn last(&self, field: &str) -> Option<&Value> {
        self.fields.get(field)?.last()
    }

    /// Returns the newest stamp in this record.
    pub fn newest_stamp(&self) -> Option<Stamp> {
        self.fields.values().flat_map(FieldState::stamps).max()
    }

    /// Replaces stamps by what `correct` says of them.
    pub fn restamp(&mut self, correct: &dyn Fn(Stamp) -> Stamp) {
        self.fields.values_mut().for_each(|field| field.restamp(correct));
    }

    /// Returns what others see of it who see it at all, as a view's fields: nothing of kinds and fields that this version does not
    /// know.
    pub fn shown_fields(&self) -> serde_json::Map<String, Value> {
        let names = match self.kind.as_str() {
            KIND_ENTRY => return Entry::from_record(self).shown_fields(),
            KIND_PROJECT => ProjectSettings::SHOWN_FIELDS,
            KIND_GROUP => Group::SHOWN_FIELDS,
            KIND_REVIEW => Review::SHOWN_FIELDS,
            KIND_ANSWER => Answer::SHOWN_FIELDS,
            KIND_TRANSCRIPT => Typed::SHOWN_FIELDS,
            _ => &[],
        };
        let shown = |name: &&str| Some(((*name).to_owned(), plain_value(self.fields.get(*name)?)?));
        let decided = Review::from_record(self).map(|review| (AT.to_owned(), review.at.to_value()));
        names.iter().filter_map(shown).chain(decided).collect()
    }

    /// Checks what a phone sent: size, clock, and for known kinds each known field. `now` is the server's time.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self, now: Timestamp) -> Result<(), Invalid> {
        let most = if self.kind == KIND_PROJECT { MAX_PROJECT_BYTES } else { MAX_RECORD_BYTES };
        if serde_json::to_string(self).map_or(usize::MAX, |text| text.len()) > most {
            return Err(Invalid::TooLarge);
        }
        if self.kind.is_empty() || self.kind.chars().count() > 40 {
            return Err(Invalid::Kind);
        }
        if self.newest_stamp().is_some_and(|stamp| stamp.at > now.plus(MAX_AHEAD_MS)) {
            return Err(Invalid::ClockAhead);
        }
        let is_valid = match self.kind.as_str() {
            KIND_ENTRY => Entry::is_valid_field,
            KIND_CONSENT => Consent::is_valid_field,
            KIND_PROJECT => ProjectSettings::is_valid_field,
            KIND_GROUP => Group::is_valid_field,
            KIND_REVIEW => Review::is_valid_field,
            KIND_ANSWER => is_valid_answer_field,
            KIND_TRANSCRIPT => Typed::is_valid_field,
            _ => return Ok(()),
        };
        match self.fields.iter().find(|(name, field)| !is_valid(name, field)) {
            Some((name, _)) => Err(Invalid::Field(name.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::field::tests::{fields, stamp};

    fn id() -> RecordId {
        RecordId::from_uuid(uuid::Uuid::nil())
    }

    fn records() -> impl Strategy<Value = Record> {
        (prop::collection::btree_map("[fg]", fields(), 0..3), prop::bool::weighted(0.1)).prop_map(|(fields, erased)| {
            let fields = if erased { Map::new() } else { fields.into_iter().collect() };
            Record { fields, erased, ..Record::new(id(), KIND_ENTRY) }
        })
    }

    fn merged(a: &Record, b: &Record) -> Record {
        let mut a = a.clone();
        a.merge(b);
        a
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn records_merge_in_any_order_grouping_and_number(a in records(), b in records(), c in records()) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
            prop_assert_eq!(merged(&merged(&a, &b), &b), merged(&a, &b));
        }

        #[test]
        fn what_is_erased_stays_erased_and_empty(a in records(), b in records()) {
            let gone = merged(&merged(&a, &Record::erasure(id(), KIND_ENTRY)), &b);
            prop_assert!(gone.erased && gone.fields.is_empty());
        }
    }

    #[test]
    fn a_record_that_breaks_a_rule_is_told_which() {
        let now = Timestamp::from_ms(1_000);
        let entry = |name: &str, value: Value, at_ms: u64| {
            Record::new(id(), KIND_ENTRY).with(name, value, stamp(at_ms, 1)).check(now)
        };
        assert_eq!(entry("valence", json!("good"), 1_000), Ok(()));
        assert_eq!(entry("valence", json!("negative"), 1_000), Err(Invalid::Field("valence".into())));
        assert_eq!(entry("valence", json!("good"), 1_000 + MAX_AHEAD_MS), Ok(()));
        assert_eq!(entry("valence", json!("good"), 1_001 + MAX_AHEAD_MS), Err(Invalid::ClockAhead));
        assert_eq!(entry("later", json!({ "unknown": [1] }), 1), Ok(()));
        assert_eq!(entry("later", json!("x".repeat(MAX_RECORD_BYTES)), 1), Err(Invalid::TooLarge));
        assert_eq!(Record::new(id(), "").check(now), Err(Invalid::Kind));
    }
}
