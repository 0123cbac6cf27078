//! Which role may read and write which field of which kind of record, its own and other members'.
//!
//! Photos follow the field `photos`, and a voice note `voice`: whoever may read it may read their bytes. `maker.name` is no field of a record: it is the
//! name that a view gives its maker. A review, and what was typed of its voice note, is read by the maker of its entry as one of his own, and so is a project's record or a
//! group's by whoever may write it: those come whole. `changed_by` stands for the names of those who wrote, beside each field.

use super::May::{Group, Guided, No, Pseudonymised, Shared, Yes};
use super::{Cells, May, Role, Standing};
use crate::changes::written;
use crate::reply::replied;
use crate::{
    CHANGED_BY, KIND_ANSWER, KIND_CONSENT, KIND_ENTRY, KIND_GROUP, KIND_PROJECT, KIND_REVIEW, KIND_TRANSCRIPT,
    PEOPLE_UNANSWERED, REPLIES,
};

/// Stands for every other field of a kind, and for every other kind.
pub const OTHER: &str = "*";

/// The name that a view gives its maker, as if it were a field.
pub const MAKER_NAME: &str = "maker.name";

/// What may be done with a field of a record that is the member's own, or of one that is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Writing it.
    pub write: Cells,
    /// Reading it.
    pub read: Cells,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The kind of record; [`OTHER`]: every kind that has no line.
    pub kind: &'static str,
    /// The field; [`OTHER`]: every field of the kind that has no line.
    pub field: &'static str,
    /// In the member's own records.
    pub own: Access,
    /// In other members' records.
    pub others: Access,
}

// In this order: resident, worker, coordinator, researcher, municipality.
const NOBODY: Cells = Cells([No, No, No, No, No]);
const ALL: Cells = Cells([Yes, Yes, Yes, Yes, Yes]);
const MAKERS: Cells = Cells([Yes, Yes, Yes, No, No]);
const SHARED: Cells = Cells([Shared, Shared, Shared, Shared, Shared]);
const GROUPED: Cells = Cells([Group, Guided, Guided, Shared, Shared]);
const NAMES: Cells = Cells([Group, Guided, Guided, Pseudonymised, Shared]);
const GUIDES: Cells = Cells([No, Yes, Yes, No, No]);
const GUIDED: Cells = Cells([No, Guided, Guided, No, No]);
const IN_GROUP: Cells = Cells([Group, Guided, Guided, No, No]);
const COORDINATORS: Cells = Cells([No, No, Yes, No, No]);
// Who may write another's record is handed it whole, without a maker's name.
const WHOLE: Cells = Cells([No, No, Shared, No, No]);
const NAMES_OF_PROJECT: Cells = Cells([Shared, Shared, No, Pseudonymised, Shared]);
const NAMES_OF_GROUP: Cells = Cells([Group, No, No, No, No]);

macro_rules! fields {
    ($($kind:expr, $field:expr, own: $write:expr, $read:expr, others: $write_others:expr, $read_others:expr;)*) => {
        &[$(Line {
            kind: $kind,
            field: $field,
            own: Access { write: $write, read: $read },
            others: Access { write: $write_others, read: $read_others },
        },)*]
    };
}

/// All of them. Of each: who writes and who reads it in his own records, and in those of others.
pub const LINES: &[Line] = fields! {
    KIND_ENTRY, "valence", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "themes", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "story", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "photos", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "made_ms", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "place", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "place_shown", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, "voice", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "transcript", own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, REPLIES, own: MAKERS, ALL, others: NOBODY, GROUPED;
    KIND_ENTRY, "phone_made_ms", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, "audience", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, "keep_copy", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, "deleted", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, "erased", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ENTRY, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, NAMES;
    KIND_ENTRY, OTHER, own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "subject", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "text_version", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "language", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "given_ms", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "withdrawn", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "entry", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "answer", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "how", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "under_16", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "parent", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "audience", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, "erased", own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_CONSENT, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, NOBODY;
    KIND_CONSENT, OTHER, own: ALL, ALL, others: NOBODY, NOBODY;
    KIND_PROJECT, "name", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "municipality", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "default_audience", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "approval", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, PEOPLE_UNANSWERED, own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "has_groups", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "themes", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "questions", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "assignment", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "join_text", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "consent_texts", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "report_desk", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "area", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "erase_photos_ms", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, "erase_all_ms", own: COORDINATORS, ALL, others: COORDINATORS, SHARED;
    KIND_PROJECT, CHANGED_BY, own: COORDINATORS, ALL, others: COORDINATORS, WHOLE;
    KIND_PROJECT, "erased", own: COORDINATORS, ALL, others: COORDINATORS, WHOLE;
    KIND_PROJECT, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, NAMES_OF_PROJECT;
    KIND_PROJECT, OTHER, own: COORDINATORS, ALL, others: COORDINATORS, WHOLE;
    KIND_GROUP, "name", own: GUIDES, ALL, others: GUIDES, IN_GROUP;
    KIND_GROUP, "members", own: GUIDES, ALL, others: GUIDES, IN_GROUP;
    KIND_GROUP, CHANGED_BY, own: GUIDES, ALL, others: GUIDES, GUIDED;
    KIND_GROUP, "erased", own: GUIDES, ALL, others: GUIDES, GUIDED;
    KIND_GROUP, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, NAMES_OF_GROUP;
    KIND_GROUP, OTHER, own: GUIDES, ALL, others: GUIDES, GUIDED;
    KIND_REVIEW, "entry", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_REVIEW, "decision", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_REVIEW, "reason", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_REVIEW, "saw", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_REVIEW, "at", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_REVIEW, "erased", own: GUIDES, ALL, others: NOBODY, NOBODY;
    KIND_REVIEW, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, GUIDED;
    KIND_REVIEW, OTHER, own: GUIDES, ALL, others: NOBODY, NOBODY;
    KIND_ANSWER, "review", own: MAKERS, ALL, others: NOBODY, GUIDED;
    KIND_ANSWER, "text", own: MAKERS, ALL, others: NOBODY, GUIDED;
    KIND_ANSWER, "erased", own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_ANSWER, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, GUIDED;
    KIND_ANSWER, OTHER, own: MAKERS, ALL, others: NOBODY, NOBODY;
    KIND_TRANSCRIPT, "entry", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_TRANSCRIPT, "text", own: GUIDES, ALL, others: NOBODY, GUIDED;
    KIND_TRANSCRIPT, "erased", own: GUIDES, ALL, others: NOBODY, NOBODY;
    KIND_TRANSCRIPT, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, GUIDED;
    KIND_TRANSCRIPT, OTHER, own: GUIDES, ALL, others: NOBODY, NOBODY;
    OTHER, "erased", own: MAKERS, ALL, others: NOBODY, NOBODY;
    OTHER, MAKER_NAME, own: NOBODY, NOBODY, others: NOBODY, NOBODY;
    OTHER, OTHER, own: MAKERS, ALL, others: NOBODY, NOBODY;
};

/// Returns the line for a field of a kind.
pub fn access(kind: &str, field: &str) -> &'static Line {
    let is_known = |kind| LINES.iter().any(|line| line.kind == kind);
    let kind = if is_known(kind) { kind } else { OTHER };
    let field = if written(field).is_some() { CHANGED_BY } else { field };
    let field = if replied(field).is_some() { REPLIES } else { field };
    let find = |field| LINES.iter().find(|line| line.kind == kind && line.field == field);
    find(field).or_else(|| find(OTHER)).expect("every kind has a line for what has none")
}

/// Returns what a member with this role sees of a field of a record that stands so to him: [`May::No`], the value
/// ([`May::Yes`]), or a pseudonym in its place ([`May::Pseudonymised`]).
pub fn sees(role: Role, kind: &str, field: &str, standing: Standing) -> May {
    let line = access(kind, field);
    let access = if standing == Standing::Own { line.own } else { line.others };
    let may = access.read.of(role);
    if !may.reaches(standing) {
        May::No
    } else if may == Pseudonymised {
        may
    } else {
        May::Yes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Entry;

    #[test]
    fn every_kind_has_a_line_for_what_has_none_and_no_line_stands_twice() {
        for (at, line) in LINES.iter().enumerate() {
            assert!(LINES.iter().any(|other| other.kind == line.kind && other.field == OTHER), "{}", line.kind);
            assert_eq!(access(line.kind, line.field), line);
            assert!(!LINES[..at].iter().any(|other| (other.kind, other.field) == (line.kind, line.field)));
            for (whose, is_own) in [(line.own, true), (line.others, false)] {
                for cell in whose.write.0.into_iter().chain(if is_own { whose.read.0 } else { [No; Role::ALL.len()] }) {
                    assert!(
                        matches!(cell, Yes | No),
                        "{} {}: writing, and one's own, is all or nothing",
                        line.kind,
                        line.field
                    );
                }
            }
        }
        assert_eq!(access("later", "story"), access(OTHER, OTHER));
        assert_eq!(access(KIND_ENTRY, "later"), access(KIND_ENTRY, OTHER));
        assert_eq!(access(KIND_GROUP, "changed_by.name"), access(KIND_GROUP, CHANGED_BY));
    }

    #[test]
    fn others_see_what_an_entry_shows_and_a_researcher_without_the_name() {
        for role in Role::ALL {
            for name in Entry::SHOWN_FIELDS {
                assert_eq!(sees(role, KIND_ENTRY, name, Standing::Shared), May::Yes);
                assert_eq!(sees(role, KIND_ENTRY, name, Standing::Withheld), May::No);
                assert_eq!(sees(role, KIND_ENTRY, name, Standing::Own), May::Yes);
            }
            assert_eq!(sees(role, KIND_ENTRY, "phone_made_ms", Standing::Shared), May::No);
            assert_eq!(sees(role, KIND_CONSENT, "subject", Standing::Shared), May::No);
            let name = if role == Role::Researcher { May::Pseudonymised } else { May::Yes };
            assert_eq!(sees(role, KIND_ENTRY, MAKER_NAME, Standing::Shared), name);
        }
    }
}
