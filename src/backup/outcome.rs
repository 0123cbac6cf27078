//! What came of making or putting back, in words that workers and screens share.

use crate::{TooLarge, Unusable, ZipProblem};

/// Why there is no backup, or why nothing more of one was put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The file is something else.
    NotABackup,
    /// The file is damaged, or made to harm.
    Damaged,
    /// A later version of the app made it.
    LaterVersion,
    /// More than one backup holds.
    TooLarge,
    /// The phone's storage is full; what was put back before that stays.
    StorageFull,
    /// The phone's storage or the file does not answer.
    Failed,
    /// What does it has not come yet, and there is no network to fetch it.
    NotHere,
}

impl Problem {
    /// All problems.
    pub const ALL: [Self; 7] = [
        Self::NotABackup,
        Self::Damaged,
        Self::LaterVersion,
        Self::TooLarge,
        Self::StorageFull,
        Self::Failed,
        Self::NotHere,
    ];

    /// Returns the stable key, as passed on.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotABackup => "not_a_backup",
            Self::Damaged => "damaged",
            Self::LaterVersion => "later_version",
            Self::TooLarge => "too_large",
            Self::StorageFull => "storage_full",
            Self::Failed => "failed",
            Self::NotHere => "not_here",
        }
    }

    /// Returns the problem with this key; one of another version reads as [`Self::Failed`].
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|problem| problem.key() == key).unwrap_or(Self::Failed)
    }
}

impl From<TooLarge> for Problem {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<Unusable> for Problem {
    fn from(unusable: Unusable) -> Self {
        match unusable {
            Unusable::NotABackup | Unusable::Zip(ZipProblem::NotZip) => Self::NotABackup,
            Unusable::LaterVersion => Self::LaterVersion,
            Unusable::Zip(ZipProblem::TooLarge | ZipProblem::TooMany) => Self::TooLarge,
            Unusable::Zip(ZipProblem::Unreadable) => Self::Failed,
            Unusable::Zip(
                ZipProblem::Broken
                | ZipProblem::Bomb
                | ZipProblem::Overlap
                | ZipProblem::Twice
                | ZipProblem::Name
                | ZipProblem::Encrypted
                | ZipProblem::Method
                | ZipProblem::Checksum,
            ) => Self::Damaged,
        }
    }
}

/// How many entries of a backup became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Put back: entries that were not here, and those that got photos back.
    pub put_back: u32,
    /// Here already, or erased by their maker; nothing changed.
    pub unchanged: u32,
    /// Somebody else's; they stay as they are.
    pub anothers: u32,
    /// Of a project that this phone does not take part in.
    pub other_project: u32,
    /// Damaged, or against the rules.
    pub refused: u32,
}

domain::plain!(Outcome { put_back, unchanged, anothers, other_project, refused });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_found_by_its_key() {
        for problem in Problem::ALL {
            assert_eq!(Problem::from_key(problem.key()), problem);
        }
        assert_eq!(Problem::from_key("later"), Problem::Failed);
    }
}
