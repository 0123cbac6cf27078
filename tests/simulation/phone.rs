//! A phone: a disk that survives, an engine that does not, and a clock that may be wrong.

use std::collections::BTreeMap;

use domain::{EntryEdit, RecordId, Timestamp};
use sync::Engine;

use crate::disk::Disk;

#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) disk: Disk,
    pub(crate) engine: Engine,
    /// Effects of engines before this one are nobody's.
    pub(crate) life: u64,
    /// By how much the phone's clock is wrong.
    pub(crate) skew_ms: i64,
    /// Since when it holds the token that the server knows it by.
    pub(crate) token: Option<Timestamp>,
    /// What its person made, as it was last written: the truth that the checkers compare with.
    pub(crate) made: BTreeMap<RecordId, Made>,
}

/// What a person made and then did to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    pub(crate) story: String,
    pub(crate) is_deleted: bool,
    pub(crate) is_erased: bool,
}

impl Phone {
    pub(crate) fn clock(&self, real: Timestamp) -> Timestamp {
        real.shifted(self.skew_ms)
    }

    /// Writes an entry and remembers what was written.
    pub(crate) fn write(&mut self, id: RecordId, edit: EntryEdit, real: Timestamp) {
        let now = self.clock(real);
        let made = self.made.entry(id).or_default();
        if let Some(story) = &edit.story {
            made.story.clone_from(story);
        }
        if let Some(is_deleted) = edit.is_deleted {
            made.is_deleted = is_deleted;
        }
        self.disk.write(id, edit, now);
    }
}
