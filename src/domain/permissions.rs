//! Who may write what: the one table, asked by the server and by the screens. And what a closed project still takes.

use std::fmt;

use serde_json::Value;

use crate::plain::Plain;
use crate::{FieldState, KIND_CONSENT, KIND_ENTRY, MemberId, ProjectId, Record};

/// What a member is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", serde(rename_all = "snake_case"))]
pub enum Role {
    /// *Bewoner*: makes entries, and sees what is shared.
    Resident,
    /// *Begeleider*: a resident who also guides the others.
    Worker,
    /// *Coördinator*: sets the project up, and says who is in it.
    Coordinator,
    /// *Onderzoeker*: reads what is shared, without names.
    Researcher,
    /// *Gemeente*: reads what everyone in the project may see.
    Municipality,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Resident, Self::Worker, Self::Coordinator, Self::Researcher, Self::Municipality];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Worker => "worker",
            Self::Coordinator => "coordinator",
            Self::Researcher => "researcher",
            Self::Municipality => "municipality",
        }
    }

    /// Returns the role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Returns what phones are told that know residents and workers alone: the nearest role that may not do more.
    pub const fn as_of_the_first_two(self) -> Self {
        match self {
            Self::Resident | Self::Researcher | Self::Municipality => Self::Resident,
            Self::Worker | Self::Coordinator => Self::Worker,
        }
    }
}

impl Plain for Role {
    fn to_value(&self) -> Value {
        self.key().into()
    }

    /// Takes a role of a later version for the one that may do least beyond its own; who needs to know better asks
    /// [`Role::from_key`].
    fn from_value(value: &Value) -> Option<Self> {
        Some(Self::from_key(value.as_str()?).unwrap_or(Self::Resident))
    }
}

crate::serde_by_plain!(Role);

/// What the table asks of a record: whose it is, and where. The author comes from the token that first wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordHead<'a> {
    /// The project in which it lives.
    pub project: ProjectId,
    /// The project in which the write arrives.
    pub written_in: ProjectId,
    /// Its kind.
    pub kind: &'a str,
    /// The kind that the write claims.
    pub written_as: &'a str,
    /// Who made it; for a new record the writer himself.
    pub author: MemberId,
}

/// Why a write is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The record is somebody else's, or of another project or kind than the write says.
    NotYours,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotYours => f.write_str("this record is not yours to write"),
        }
    }
}

/// Says whether `member`, being a `role`, may write `field` of `record`. Erasing is asked for as the field `erased`.
///
/// | kind | field | who |
/// |---|---|---|
/// | entry | every field, its media, `deleted`, `erased` | its maker alone; researcher and municipality make none |
/// | consent | every field | its giver alone |
/// | one of a later version | every field | its maker alone |
///
/// # Errors
/// The reason for the refusal.
pub fn may_write(member: MemberId, role: Role, record: &RecordHead<'_>, field: &str) -> Result<(), Refusal> {
    let is_here = record.project == record.written_in && record.kind == record.written_as;
    let is_maker = record.author == member;
    let is_allowed = match (record.kind, field, role) {
        (KIND_ENTRY, _, Role::Researcher | Role::Municipality) => false,
        // Kinds of a later version: kept for their owner, so only he writes them.
        _ => is_maker,
    };
    if is_here && is_allowed { Ok(()) } else { Err(Refusal::NotYours) }
}

/// Says whether all of a write takes something back: nothing else is taken by a project that is closed.
///
/// | kind | what |
/// |---|---|
/// | entry | `deleted`, set |
/// | consent | `withdrawn`, set |
/// | any | erasing it, which empties it whatever else the write says |
///
/// A write of nothing takes nothing back. Whether a new value shows less than the old one (fewer photos, fewer words) cannot
/// be said of the write alone, so it adds.
pub fn only_takes_back(write: &Record) -> bool {
    let all = || write.fields.iter().all(|(name, field)| takes_back(&write.kind, name, field));
    write.erased || !write.fields.is_empty() && all()
}

/// Returns the part of a write that takes something back, if any does.
pub fn taking_back(mut write: Record) -> Option<Record> {
    let kind = &write.kind;
    write.fields.retain(|name, field| takes_back(kind, name, field));
    (write.erased || !write.fields.is_empty()).then_some(write)
}

fn takes_back(kind: &str, name: &str, field: &FieldState) -> bool {
    matches!((kind, name), (KIND_ENTRY, "deleted") | (KIND_CONSENT, "withdrawn"))
        && field.last() == Some(&Value::Bool(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Consent, ConsentSubject, EntryEdit, RecordId, Timestamp};

    fn edit(is_deleted: Option<bool>, story: Option<&str>) -> Record {
        let story = story.map(str::to_owned);
        EntryEdit { is_deleted, story, ..EntryEdit::default() }.into_record(id(), stamp(1, 1))
    }

    fn id() -> RecordId {
        RecordId::from_uuid(uuid::Uuid::nil())
    }

    #[test]
    fn putting_away_erasing_and_withdrawing_take_back_and_nothing_else_does() {
        let withdrawn = |kind| Record::new(id(), kind).with("withdrawn", true, stamp(1, 1));
        for write in [
            edit(Some(true), None),
            Record::erasure(id(), KIND_ENTRY),
            Record::erasure(id(), KIND_CONSENT),
            Record::erasure(id(), "later"),
            withdrawn(KIND_CONSENT),
        ] {
            assert!(only_takes_back(&write), "{write:?}");
            assert_eq!(taking_back(write.clone()), Some(write));
        }
        for write in [
            edit(Some(false), None),
            edit(None, Some("")),
            edit(None, None),
            Record::new(id(), KIND_CONSENT).with("withdrawn", false, stamp(1, 1)),
            Record::new(id(), KIND_CONSENT).with("deleted", true, stamp(1, 1)),
            withdrawn(KIND_ENTRY),
            withdrawn("later"),
        ] {
            assert!(!only_takes_back(&write), "{write:?}");
            assert_eq!(taking_back(write), None);
        }
    }

    #[test]
    fn of_a_write_that_does_both_the_part_that_takes_back_is_known() {
        let both = edit(Some(true), Some("Dag"));
        assert!(!only_takes_back(&both));
        assert_eq!(taking_back(both), Some(edit(Some(true), None)));
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: Timestamp::from_ms(1),
            is_withdrawn: true,
        };
        let both = consent.to_record(id(), stamp(1, 1));
        assert!(!only_takes_back(&both));
        let part = taking_back(both).unwrap();
        assert_eq!(part.fields.keys().collect::<Vec<_>>(), ["withdrawn"]);
    }

    #[test]
    fn an_erasure_takes_back_whatever_else_it_says() {
        let mixed = Record { erased: true, ..edit(None, Some("Dag")) };
        assert!(only_takes_back(&mixed));
        assert_eq!(taking_back(mixed), Some(Record::erasure(id(), KIND_ENTRY)));
    }

    #[test]
    fn a_role_of_a_later_version_is_a_residents_and_everything_else_is_none() {
        for role in Role::ALL {
            assert_eq!(Role::from_value(&role.to_value()), Some(role));
        }
        assert_eq!(Role::from_value(&"mayor".into()), Some(Role::Resident));
        assert_eq!((Role::from_key("mayor"), Role::from_value(&1.into())), (None, None));
    }

    #[test]
    fn only_the_maker_writes_in_his_own_project_and_kind() {
        let [maker, other] = [1, 2].map(|n| MemberId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        let [here, there] = [3, 4].map(|n| ProjectId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        for kind in [KIND_ENTRY, KIND_CONSENT, "later"] {
            let record = RecordHead { project: here, written_in: here, kind, written_as: kind, author: maker };
            for role in Role::ALL {
                for field in ["valence", "themes", "story", "photos", "deleted", "erased", "later"] {
                    let makes_none = kind == KIND_ENTRY && matches!(role, Role::Researcher | Role::Municipality);
                    assert_eq!(may_write(maker, role, &record, field).is_err(), makes_none);
                    assert_eq!(may_write(other, role, &record, field), Err(Refusal::NotYours));
                    let elsewhere = RecordHead { written_in: there, ..record };
                    assert_eq!(may_write(maker, role, &elsewhere, field), Err(Refusal::NotYours));
                    let disguised = RecordHead { written_as: "disguise", ..record };
                    assert_eq!(may_write(maker, role, &disguised, field), Err(Refusal::NotYours));
                }
            }
        }
    }
}
