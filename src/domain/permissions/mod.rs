//! Who may do what: the one table, asked by the server and by the screens. And what a closed project still takes.
//!
//! It has three parts: [`endpoints`] (which role may ask what of the server), [`fields`] (which role may read and write which
//! field of which kind of record, its own and other members'), and [`may_invite`] (which role may invite to which).
//! `docs/permissions.md` shows all of it, printed by `wijkbeeld permissions`; a test holds every cell against what the server
//! really does.
//!
//! # Adding to it
//! - A new address: one line in [`endpoints`], and `auth::member(app, device, project, Endpoint::Name)` in its handler. A test
//!   fails for an address that has no line.
//! - A new kind of record, or a new field: one line in [`fields`] per field, and one for `*`, which stands for all its other
//!   fields. What has no line is its maker's alone.
//! - Then `UPDATE_SNAPSHOT=1 cargo test -p server permissions` writes the document anew, to be reviewed, and
//!   `server/tests/permissions` is told a value for a new field, or how a new address is asked.
//!
//! Whoever is no member of a project may nothing there: somebody from elsewhere, somebody removed, a phone without a token.

mod closed;
pub mod endpoints;
pub mod fields;
mod role;

use std::fmt;

pub use closed::{only_takes_back, taking_back};
pub use endpoints::Endpoint;
pub use fields::{Access, access, sees};
pub use role::Role;

use crate::{MemberId, ProjectId};

/// What a role may do with something: a cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// Nothing.
    No,
    /// With its own alone.
    Own,
    /// With what is shown to a group that the member is in, and to everyone.
    Group,
    /// With all but what is for its maker alone, or is not whole yet: for those who guide the project.
    Guided,
    /// With what everyone in the project may see.
    Shared,
    /// As [`May::Shared`], with a pseudonym in the place of a name.
    Pseudonymised,
    /// With all that there is of it in the project.
    Yes,
}

impl May {
    /// Returns the word for it in the printed table.
    pub const fn key(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Own => "own",
            Self::Group => "group",
            Self::Guided => "guided",
            Self::Shared => "shared",
            Self::Pseudonymised => "pseudonymised",
            Self::Yes => "yes",
        }
    }

    /// Says whether it reaches what stands so to who asks.
    pub const fn reaches(self, standing: Standing) -> bool {
        match self {
            Self::No => false,
            Self::Own => matches!(standing, Standing::Own),
            Self::Shared | Self::Pseudonymised => matches!(standing, Standing::Own | Standing::Shared),
            Self::Group => matches!(standing, Standing::Own | Standing::Shared | Standing::InGroup),
            Self::Guided => !matches!(standing, Standing::Withheld),
            Self::Yes => true,
        }
    }
}

/// How something in a project stands to the member who asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The member made it.
    Own,
    /// Everyone in the project may see it.
    Shared,
    /// A group that the member is in may see it.
    InGroup,
    /// Those see it who guide the project: it is for a group that the member is not in, or not approved, or hidden.
    Guided,
    /// Nobody but its maker sees it (yet).
    Withheld,
}

/// What each role may do: a line of the table, in the order of [`Role::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells(pub [May; Role::ALL.len()]);

impl Cells {
    /// Returns what a role may do.
    pub const fn of(&self, role: Role) -> May {
        self.0[role as usize]
    }
}

/// Says whether a member with this role may invite somebody to become `invited`.
pub const fn may_invite(role: Role, invited: Role) -> bool {
    matches!(INVITES[invited as usize].of(role), May::Yes)
}

/// Who may invite to each role, in the order of [`Role::ALL`].
const INVITES: [Cells; Role::ALL.len()] = {
    use May::{No, Yes};
    // by: resident, worker, coordinator, researcher, municipality
    let above = Cells([No, No, Yes, No, No]);
    [Cells([No, Yes, Yes, No, No]), above, above, above, above]
};

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
    /// The record is of another project or kind than the write says, or not this member's to write.
    NotYours,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotYours => f.write_str("this record is not yours to write"),
        }
    }
}

/// Says whether `member`, being a `role`, may write `field` of `record`. Erasing is asked for as the field `erased`, a write of
/// nothing as an empty one.
///
/// # Errors
/// The reason for the refusal.
pub fn may_write(member: MemberId, role: Role, record: &RecordHead<'_>, field: &str) -> Result<(), Refusal> {
    let is_here = record.project == record.written_in && record.kind == record.written_as;
    let access = fields::access(record.kind, field);
    let is_allowed = if record.author == member {
        access.own.write.of(role).reaches(Standing::Own)
    } else {
        access.others.write.of(role).reaches(Standing::Withheld)
    };
    if is_here && is_allowed { Ok(()) } else { Err(Refusal::NotYours) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KIND_CONSENT, KIND_ENTRY};

    #[test]
    fn only_the_maker_writes_in_his_own_project_and_kind() {
        let [maker, other] = [1, 2].map(|n| MemberId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        let [here, there] = [3, 4].map(|n| ProjectId::from_uuid(uuid::Uuid::from_bytes([n; 16])));
        for kind in [KIND_ENTRY, KIND_CONSENT, "later"] {
            let record = RecordHead { project: here, written_in: here, kind, written_as: kind, author: maker };
            for role in Role::ALL {
                for field in ["valence", "themes", "story", "photos", "deleted", "erased", "later", ""] {
                    let reads_only = matches!(role, Role::Researcher | Role::Municipality);
                    let is_refused = may_write(maker, role, &record, field).is_err();
                    assert_eq!(is_refused, reads_only && kind != KIND_CONSENT, "{role:?} {kind} {field}");
                    assert_eq!(may_write(other, role, &record, field), Err(Refusal::NotYours));
                    let elsewhere = RecordHead { written_in: there, ..record };
                    assert_eq!(may_write(maker, role, &elsewhere, field), Err(Refusal::NotYours));
                    let disguised = RecordHead { written_as: "disguise", ..record };
                    assert_eq!(may_write(maker, role, &disguised, field), Err(Refusal::NotYours));
                }
            }
        }
    }

    #[test]
    fn a_cell_reaches_no_further_than_it_says() {
        use Standing::{Guided, InGroup, Own, Shared, Withheld};
        for (may, reached) in [
            (May::No, &[][..]),
            (May::Own, &[Own]),
            (May::Shared, &[Own, Shared]),
            (May::Pseudonymised, &[Own, Shared]),
            (May::Group, &[Own, Shared, InGroup]),
            (May::Guided, &[Own, Shared, InGroup, Guided]),
            (May::Yes, &[Own, Shared, InGroup, Guided, Withheld]),
        ] {
            for standing in [Own, Shared, InGroup, Guided, Withheld] {
                assert_eq!(may.reaches(standing), reached.contains(&standing), "{may:?} {standing:?}");
            }
        }
    }

    #[test]
    fn only_a_coordinator_invites_above_resident() {
        for role in Role::ALL {
            let invited: Vec<_> = Role::ALL.into_iter().filter(|invited| may_invite(role, *invited)).collect();
            match role {
                Role::Coordinator => assert_eq!(invited, Role::ALL),
                Role::Worker => assert_eq!(invited, [Role::Resident]),
                Role::Resident | Role::Researcher | Role::Municipality => assert_eq!(invited, []),
            }
        }
    }
}
