//! A backup (*reservekopie*): own entries with their photos and voice notes in one ZIP that people can read, and back from it.
//!
//! Must not know: where the bytes lie or go (a [`Source`] hands them out piece by piece), clocks, the database, screens.
//! Writing gives pieces, so that photos are never all in memory. Reading takes every byte for hostile: sizes, number,
//! ratio and places are checked before anything is unpacked, photos and voice notes by their hash and to their last byte, and nothing of
//! the file ever becomes a path. No token, no key, and nobody else's name is in it.
//! Read first: [`Writer`], [`open`], [`Plan`]; `limits.rs` for how much is too much.

mod contents;
mod crc;
mod index;
mod limits;
mod outcome;
mod photo;
mod read;
mod source;
mod words;
mod write;
mod zip_read;
mod zip_write;

pub use contents::BackupEntry;
pub use outcome::{Outcome, Problem};
pub use photo::PhotoRefusal;
pub use read::{Backup, EntryRefusal, Plan, Refused, Take, Unusable, open};
pub use source::{Source, SourceFailed};
pub use words::Language;
pub use write::{TooLarge, Writer};
pub use zip_read::ZipProblem;
