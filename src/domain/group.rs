//! A group of members, as a record that all who guide the project may write.

use serde_json::Value;

use crate::changes::{is_valid_name, is_writers_name};
use crate::plain::Plain;
use crate::project::is_name;
use crate::{FieldState, MemberId, Record, RecordId, Set, SetMember, Stamp};

/// The kind of a group.
pub const KIND_GROUP: &str = "group";

/// How many members a group has at the most, those who left it counted in.
pub const MAX_GROUP_MEMBERS: usize = 400;

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub members: Set<MemberId>,
}

impl Group {
    /// The fields that its members see.
    pub const SHOWN_FIELDS: &[&str] = &["name", "members"];

    /// Reads the record; an erased one has nobody in it.
    pub fn from_record(record: &Record) -> Self {
        let name = record.last("name").and_then(String::from_value).unwrap_or_default();
        let members = match record.fields.get("members") {
            Some(FieldState::Set(keys)) => {
                keys.iter().filter(|(_, key)| key.is_in).filter_map(|(id, _)| id.parse().ok()).collect()
            }
            _ => Set::new(),
        };
        Self { name, members }
    }

    /// Returns the write that puts a member into a group, or takes him out.
    pub fn putting(group: RecordId, member: MemberId, is_in: bool, at: Stamp) -> Record {
        let mut part = Record::new(group, KIND_GROUP);
        let key = [(member.to_string(), SetMember { at, is_in })];
        part.fields.insert("members".to_owned(), FieldState::Set(key.into()));
        part
    }

    /// Says whether a field has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        match (name, field) {
            ("name", FieldState::Last { value, .. }) => is_name(value),
            ("members", FieldState::Set(keys)) => {
                keys.len() <= MAX_GROUP_MEMBERS && keys.keys().all(|id| id.parse::<MemberId>().is_ok())
            }
            ("name" | "members", _) => false,
            _ => !is_writers_name(name) || is_valid_name(field),
        }
    }
}

/// Says whether a write only takes members out of a group.
pub(crate) fn only_takes_out(field: &FieldState) -> bool {
    matches!(field, FieldState::Set(keys) if keys.values().all(|key| !key.is_in))
}

/// Returns what a field of a record holds as a plain value: the last write, or the keys that are in.
pub(crate) fn plain_value(field: &FieldState) -> Option<Value> {
    match field {
        FieldState::Last { value, .. } => Some(value.clone()),
        FieldState::Set(keys) => {
            let is_in = keys.iter().filter(|(_, key)| key.is_in).map(|(name, _)| name.as_str().into());
            Some(Value::Array(is_in.collect()))
        }
        FieldState::Both { .. } | FieldState::PerMember(_) | FieldState::Unknown(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Invalid, Timestamp};

    fn group(members: &[(&str, bool)]) -> Record {
        let keys = members.iter().map(|(id, is_in)| ((*id).to_owned(), SetMember { at: stamp(1, 1), is_in: *is_in }));
        let mut record =
            Record::new(RecordId::from_uuid(uuid::Uuid::nil()), KIND_GROUP).with("name", "Moestuin", stamp(1, 1));
        record.fields.insert("members".to_owned(), FieldState::Set(keys.collect()));
        record
    }

    #[test]
    fn a_group_has_who_was_put_in_and_not_taken_out() {
        let [a, b] = ["00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"];
        let record = group(&[(a, true), (b, false)]);
        assert_eq!(record.check(Timestamp::from_ms(1)), Ok(()));
        let read = Group::from_record(&record);
        assert_eq!((read.name.as_str(), read.members), ("Moestuin", [a.parse().unwrap()].into_iter().collect()));
        assert_eq!(group(&[("somebody", true)]).check(Timestamp::from_ms(1)), Err(Invalid::Field("members".into())));
        assert_eq!(
            record.with("name", "", stamp(2, 1)).check(Timestamp::from_ms(2)),
            Err(Invalid::Field("name".into()))
        );
    }
}
