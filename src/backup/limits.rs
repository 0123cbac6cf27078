//! How much is too much, for writing and reading alike: what is written can be read back.

/// The largest ZIP, in bytes, and the most that it may unpack to: what fits without the extension for larger ones.
pub(crate) const MAX_TOTAL_BYTES: u64 = u32::MAX as u64 - 1;

/// The most files in a ZIP.
pub(crate) const MAX_FILES: usize = 20_000;

/// The longest list of files, in bytes: more than twice what so many of our own names need.
pub(crate) const MAX_DIRECTORY_BYTES: usize = 8 * 1024 * 1024;

/// The longest name of a file, in bytes.
pub(crate) const MAX_NAME_BYTES: usize = 200;

/// The longest text of all entries, in bytes: some 10,000 entries with a story.
pub(crate) const MAX_ENTRIES_BYTES: usize = 16 * 1024 * 1024;

/// How many bytes one packed byte may become. Text of ours stays under 40; a bomb comes near 1,000.
pub(crate) const MAX_RATIO: u64 = 200;
