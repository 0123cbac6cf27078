//! Who may write what: the one table, asked by the server and by the screens.

use std::fmt;

use crate::{KIND_CONSENT, KIND_ENTRY, MemberId, ProjectId};

/// What a member is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", serde(rename_all = "snake_case"))]
pub enum Role {
    /// *Bewoner*.
    Resident,
    /// *Begeleider*.
    Worker,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 2] = [Self::Resident, Self::Worker];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Worker => "worker",
        }
    }

    /// Returns the role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

crate::plain_key!(Role);

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
/// | entry | every field, its media, `deleted`, `erased` | its maker alone |
/// | consent | every field | its giver alone |
/// | one of a later version | every field | its maker alone |
///
/// # Errors
/// The reason for the refusal.
pub fn may_write(member: MemberId, role: Role, record: &RecordHead<'_>, field: &str) -> Result<(), Refusal> {
    let is_here = record.project == record.written_in && record.kind == record.written_as;
    let is_maker = record.author == member;
    let is_allowed = match (record.kind, field, role) {
        (KIND_ENTRY | KIND_CONSENT, _, Role::Resident | Role::Worker) => is_maker,
        // Kinds of a later version: kept for their owner, so only he writes them.
        (_, _, Role::Resident | Role::Worker) => is_maker,
    };
    if is_here && is_allowed { Ok(()) } else { Err(Refusal::NotYours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_maker_writes_in_his_own_project_and_kind() {
        let [maker, other] = [1, 2].map(|n| MemberId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        let [here, there] = [3, 4].map(|n| ProjectId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        for kind in [KIND_ENTRY, KIND_CONSENT, "later"] {
            let record = RecordHead { project: here, written_in: here, kind, written_as: kind, author: maker };
            for role in Role::ALL {
                for field in ["valence", "themes", "story", "photos", "deleted", "erased", "later"] {
                    assert_eq!(may_write(maker, role, &record, field), Ok(()));
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
