//! Who changed which part of a record that several people write.
//!
//! Beside each field of a project's settings or of a group stands, under the same stamp, who wrote it: the field `name` has
//! `changed_by.name` beside it. Both merge as one, so the name is always that of whoever wrote what stands. The server takes no write
//! of a field without the name of its writer, nor with another's.

use serde_json::Value;

use crate::plain::Plain;
use crate::{FieldState, KIND_GROUP, KIND_PROJECT, MemberId, NodeId, Record, Stamp, Timestamp};

/// What the names of fields begin with that say who wrote another, and the name of the one that said in records of before who wrote
/// last of all.
pub const CHANGED_BY: &str = "changed_by";

/// The last change of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// By whom, where that is known: not where the server itself wrote.
    pub by: Option<MemberId>,
    /// The server put behind it what somebody else had written apart.
    pub is_completed: bool,
}

/// Returns when one of these fields was written last, and by whom. `None` where nobody wrote any of them.
///
/// A record of before names only who wrote anything of it last; what came from the same device then is by the same member.
pub fn last_change(record: &Record, fields: &[&str]) -> Option<Change> {
    let newest = |name: &str| record.fields.get(name).and_then(newest_stamp);
    let (last, field) = fields.iter().filter_map(|name| Some((newest(name)?, *name))).max()?;
    let beside = changed_by(field);
    let name = match (newest(&beside), newest(CHANGED_BY)) {
        (Some(named), _) if named == last => Some(beside.as_str()),
        (_, Some(named)) if named.node == last.node => Some(CHANGED_BY),
        _ => None,
    };
    let by = name.and_then(|name| record.last(name)).and_then(MemberId::from_value);
    let is_list = record.last(field).is_some_and(Value::is_array);
    Some(Change { at: last.at, by, is_completed: is_list && last.node == NodeId::SERVER })
}

/// Says whether this is one of the fields that say who wrote.
pub(crate) fn is_writers_name(field: &str) -> bool {
    field == CHANGED_BY || written(field).is_some()
}

/// Returns the field beside which this one names the writer.
pub(crate) fn written(field: &str) -> Option<&str> {
    field.strip_prefix(CHANGED_BY)?.strip_prefix('.')
}

/// Says whether a field that says who wrote has an allowed value: a member, or none where the server itself wrote.
pub(crate) fn is_valid_name(field: &FieldState) -> bool {
    field.last().is_some_and(|value| value.is_null() || MemberId::from_value(value).is_some())
}

impl Record {
    /// Returns this write with the name of who wrote it beside each of its fields, if it is of a kind that several people write;
    /// `None` where the server itself wrote.
    #[must_use]
    pub fn written_by(mut self, writer: Option<MemberId>) -> Self {
        if !self.has_several_writers() {
            return self;
        }
        let value = writer.map_or(Value::Null, |member| member.to_value());
        let names = self.fields.iter().filter(|(field, _)| !is_writers_name(field));
        let names = names.filter_map(|(field, state)| {
            Some((changed_by(field), FieldState::Last { value: value.clone(), at: newest_stamp(state)? }))
        });
        let names: Vec<_> = names.collect();
        self.fields.extend(names);
        self
    }

    /// Says whether a write says of each of its fields that this member wrote it, and says it of nothing else.
    pub fn is_written_by(&self, member: MemberId) -> bool {
        let names = |field: &FieldState| field.last().and_then(MemberId::from_value) == Some(member);
        // What has no stamp (a set of nothing, a kind of field of a later version) says nothing that could be anybody's.
        let is_named = |name: &str, field: &FieldState| {
            let beside = self.fields.get(&changed_by(name));
            let is_at = |at: Stamp| beside.is_some_and(|named| names(named) && newest_stamp(named) == Some(at));
            newest_stamp(field).is_none_or(is_at)
        };
        !self.has_several_writers()
            || self.fields.iter().all(|(name, field)| match written(name) {
                Some(of) => names(field) && self.fields.contains_key(of),
                None if name == CHANGED_BY => names(field),
                None => is_named(name, field),
            })
    }

    /// Returns who wrote what stands in a field, as it says beside it.
    pub fn writer_of(&self, field: &str) -> Option<MemberId> {
        last_change(self, &[field])?.by
    }

    fn has_several_writers(&self) -> bool {
        matches!(self.kind.as_str(), KIND_PROJECT | KIND_GROUP)
    }
}

fn changed_by(field: &str) -> String {
    format!("{CHANGED_BY}.{field}")
}

fn newest_stamp(field: &FieldState) -> Option<Stamp> {
    field.stamps().into_iter().max()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::field::tests::stamp;
    use crate::{Group, RecordId};

    fn member(number: u8) -> MemberId {
        MemberId::from_uuid(uuid::Uuid::from_bytes([number; 16]))
    }

    fn empty(kind: &str) -> Record {
        Record::new(RecordId::from_uuid(uuid::Uuid::nil()), kind)
    }

    fn write(field: &str, value: &str, at: Stamp, by: u8) -> Record {
        empty(KIND_PROJECT).with(field, value, at).written_by(Some(member(by)))
    }

    /// Merges two writes, in either order.
    fn merged(one: &Record, other: &Record) -> Record {
        let merge = |one: &Record, other: &Record| {
            let mut all = one.clone();
            all.merge(other);
            all
        };
        assert_eq!(merge(one, other), merge(other, one));
        merge(one, other)
    }

    fn change(at_ms: u64, by: u8) -> Option<Change> {
        Some(Change { at: Timestamp::from_ms(at_ms), by: Some(member(by)), is_completed: false })
    }

    #[test]
    fn two_who_change_two_parts_apart_each_stand_beside_their_own() {
        let all = merged(&write("name", "De Nude", stamp(5, 1), 1), &write("report_desk", "", stamp(7, 2), 2));
        assert_eq!(last_change(&all, &["name", "municipality"]), change(5, 1));
        assert_eq!(last_change(&all, &["report_desk"]), change(7, 2));
        assert_eq!(last_change(&all, &["name", "report_desk"]), change(7, 2));
        assert_eq!(last_change(&all, &["area"]), None);
    }

    #[test]
    fn of_two_who_change_the_same_part_the_one_whose_words_stand_is_named() {
        for (first, second) in [(stamp(5, 1), stamp(7, 2)), (stamp(7, 1), stamp(7, 2))] {
            let all = merged(&write("name", "Eerst", first, 1), &write("name", "Daarna", second, 2));
            assert_eq!((all.last("name"), all.writer_of("name")), (Some(&json!("Daarna")), Some(member(2))));
            assert_eq!(last_change(&all, &["name"]), change(7, 2));
        }
    }

    #[test]
    fn who_puts_others_into_a_group_is_named_after_who_named_it() {
        let id = empty(KIND_GROUP).id;
        let named = empty(KIND_GROUP).with("name", "Moestuin", stamp(3, 1)).written_by(Some(member(1)));
        let putting = |who, at, by| Group::putting(id, member(who), true, at).written_by(Some(member(by)));
        let all = merged(&merged(&named, &putting(8, stamp(5, 2), 2)), &putting(9, stamp(4, 3), 3));
        assert_eq!(last_change(&all, &["name"]), change(3, 1));
        assert_eq!(last_change(&all, &["members"]), change(5, 2));
        assert_eq!(Group::from_record(&all).members.iter().count(), 2);
        assert!(merged(&putting(8, stamp(5, 2), 2), &putting(9, stamp(4, 2), 2)).is_written_by(member(2)));
    }

    #[test]
    fn a_write_names_its_writer_beside_each_field_and_nobody_else() {
        let own = write("name", "De Nude", stamp(5, 1), 1);
        let named = |field: &str, by: u8, at| own.clone().with(field, member(by).to_value(), at);
        assert!(own.is_written_by(member(1)) && empty(KIND_PROJECT).is_written_by(member(1)));
        let mut nobody_in = empty(KIND_GROUP).with("name", "Moestuin", stamp(5, 1));
        nobody_in.fields.insert("members".to_owned(), FieldState::Set([].into()));
        assert!(nobody_in.written_by(Some(member(1))).is_written_by(member(1)));
        assert!(named(CHANGED_BY, 1, stamp(5, 1)).is_written_by(member(1)), "as phones of before say it too");
        for refused in [
            write("name", "De Nude", stamp(5, 1), 2),
            empty(KIND_PROJECT).with("name", "De Nude", stamp(5, 1)),
            empty(KIND_PROJECT).with("name", "De Nude", stamp(5, 1)).written_by(None),
            own.clone().with("area", Value::Null, stamp(5, 1)),
            named("changed_by.name", 1, stamp(9, 1)),
            named("changed_by.area", 1, stamp(5, 1)),
            named(CHANGED_BY, 2, stamp(5, 1)),
        ] {
            assert!(!refused.is_written_by(member(1)), "{refused:?}");
        }
        let entry = empty(crate::KIND_ENTRY).with("story", "", stamp(1, 1));
        assert_eq!(entry.clone().written_by(Some(member(1))), entry, "one's own records need no name");
        assert!(entry.is_written_by(member(2)));
    }

    #[test]
    fn what_the_server_wrote_names_nobody_and_a_list_that_it_completed_whose_it_was() {
        let server = |at_ms| Stamp { node: NodeId::SERVER, ..stamp(at_ms, 0) };
        let own = empty(KIND_PROJECT).with("has_groups", true, server(8)).written_by(None);
        let all = merged(&write("has_groups", "", stamp(5, 1), 1), &own);
        let at = Timestamp::from_ms;
        assert_eq!(last_change(&all, &["has_groups"]), Some(Change { at: at(8), by: None, is_completed: false }));
        let list = empty(KIND_PROJECT).with("themes", json!([]), server(9)).written_by(Some(member(1)));
        let completed = Some(Change { at: at(9), by: Some(member(1)), is_completed: true });
        assert_eq!(last_change(&list, &["themes"]), completed);
    }

    #[test]
    fn a_record_of_before_names_who_wrote_last_of_all_where_the_same_device_wrote() {
        let [a, b] = [1, 2].map(|number| member(number).to_value());
        let record = empty(KIND_PROJECT).with("name", "De Nude", stamp(5, 1)).with("approval", true, stamp(7, 2)).with(
            CHANGED_BY,
            a,
            stamp(5, 1),
        );
        assert_eq!(last_change(&record, &["name"]), change(5, 1));
        assert_eq!(record.writer_of("approval"), None);
        let record = record.with("area", "", stamp(9, 2)).with(CHANGED_BY, b, stamp(9, 2));
        assert_eq!(last_change(&record, &["approval"]), change(7, 2));
        assert_eq!(record.writer_of("name"), None);
        let record = merged(&record, &write("name", "Nieuw", stamp(10, 2), 3));
        assert_eq!(last_change(&record, &["name"]), change(10, 3), "what stands beside a field goes first");
    }
}
