//! Reading a backup: what may be taken from it, and what not and why.

use std::collections::BTreeSet;
use std::fmt;

use domain::plain::{Plain, Value};
use domain::{Entry, Invalid, KIND_ENTRY, PhotoRef, RecordId, Timestamp, VoiceRef};
use protocol::{MAX_MEDIUM_BYTES, MAX_PIXELS};

use crate::contents::{ENTRIES, FORMAT, VERSION, photo_name, voice_name};
use crate::limits::MAX_ENTRIES_BYTES;
use crate::photo::{check_photo, check_voice};
use crate::zip_read::Archive;
use crate::{BackupEntry, PhotoRefusal, Source, ZipProblem};

/// Why nothing of a file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It is damaged, hostile, or no ZIP.
    Zip(ZipProblem),
    /// A ZIP of something else.
    NotABackup,
    /// Made by a later version of the app.
    LaterVersion,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zip(problem) => problem.fmt(f),
            Self::NotABackup => f.write_str("this is no backup"),
            Self::LaterVersion => f.write_str("this backup was made by a later version"),
        }
    }
}

impl From<ZipProblem> for Unusable {
    fn from(problem: ZipProblem) -> Self {
        Self::Zip(problem)
    }
}

/// Why an entry is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryRefusal {
    /// Not a record at all.
    Unreadable,
    /// A record of another kind.
    NotAnEntry,
    /// It was erased, and stays so.
    Erased,
    /// It breaks a rule of entries.
    Invalid(Invalid),
    /// A photo larger than any that is taken.
    TooLargePhoto,
    /// Neither words nor photos, nor a voice note.
    Empty,
    /// The file holds it twice.
    Twice,
}

/// What a backup offers.
#[derive(Debug, Default)]
pub struct Plan {
    /// What may be taken, in the order of the file.
    pub take: Vec<Take>,
    /// What may not.
    pub refused: Vec<Refused>,
}

/// An entry that may be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The entry.
    pub entry: BackupEntry,
    /// Those of its photos whose bytes lie in the file. They are checked when they are read.
    pub photos: Vec<PhotoRef>,
    /// Its voice note, likewise.
    pub voice: Option<VoiceRef>,
}

/// An entry that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which, when that can be read.
    pub id: Option<RecordId>,
    /// Why.
    pub why: EntryRefusal,
}

/// A backup that was opened.
#[derive(Debug)]
pub struct Backup<S> {
    source: S,
    archive: Archive,
}

/// Opens a backup and reads its entries, not their media.
///
/// # Errors
/// Why nothing of it is taken.
pub fn open<S: Source>(mut source: S) -> Result<(Backup<S>, Plan), Unusable> {
    let archive = Archive::open(&mut source)?;
    let text = archive.read(&mut source, ENTRIES, MAX_ENTRIES_BYTES).ok_or(Unusable::NotABackup)??;
    // How deep it may go is serde_json's to hold.
    let whole: Value = serde_json::from_slice(&text).map_err(|_| Unusable::NotABackup)?;
    drop(text);
    let version = whole["version"].as_u64().filter(|_| whole["format"] == FORMAT).ok_or(Unusable::NotABackup)?;
    if version > VERSION {
        return Err(Unusable::LaterVersion);
    }
    let entries = whole["entries"].as_array().ok_or(Unusable::NotABackup)?;
    let mut plan = Plan::default();
    let mut seen = BTreeSet::new();
    for value in entries {
        match check_entry(value) {
            Ok(entry) if seen.insert(entry.record.id) => {
                let Entry { mut photos, voice, .. } = Entry::from_record(&entry.record);
                photos.retain(|photo| archive.holds(&photo_name(photo.sha256)));
                let voice = voice.filter(|voice| archive.holds(&voice_name(voice)));
                plan.take.push(Take { entry, photos, voice });
            }
            Ok(entry) => plan.refused.push(Refused { id: Some(entry.record.id), why: EntryRefusal::Twice }),
            Err(why) => plan.refused.push(Refused { id: id_of(value), why }),
        }
    }
    Ok((Backup { source, archive }, plan))
}

impl<S: Source> Backup<S> {
    /// Returns a photo's bytes, checked by hash, size and structure.
    ///
    /// # Errors
    /// Why they are not taken.
    pub fn photo(&mut self, photo: &PhotoRef) -> Result<Vec<u8>, PhotoRefusal> {
        let name = photo_name(photo.sha256);
        let read = self.archive.read(&mut self.source, &name, MAX_MEDIUM_BYTES);
        let bytes = read.unwrap_or(Err(ZipProblem::Broken)).map_err(PhotoRefusal::Zip)?;
        check_photo(photo, &bytes)?;
        Ok(bytes)
    }

    /// Returns a voice note's bytes, checked by hash, size and structure.
    ///
    /// # Errors
    /// Why they are not taken.
    pub fn voice(&mut self, voice: &VoiceRef) -> Result<Vec<u8>, PhotoRefusal> {
        let read = self.archive.read(&mut self.source, &voice_name(voice), MAX_MEDIUM_BYTES);
        let bytes = read.unwrap_or(Err(ZipProblem::Broken)).map_err(PhotoRefusal::Zip)?;
        check_voice(voice, &bytes)?;
        Ok(bytes)
    }
}

fn check_entry(value: &Value) -> Result<BackupEntry, EntryRefusal> {
    let entry = BackupEntry::from_value(value).ok_or(EntryRefusal::Unreadable)?;
    let record = &entry.record;
    if record.kind != KIND_ENTRY {
        return Err(EntryRefusal::NotAnEntry);
    }
    if record.erased {
        return Err(EntryRefusal::Erased);
    }
    // Whose clock was wrong is seen when the entry is taken, by the clock that is there then.
    record.check(Timestamp::from_ms(u64::MAX)).map_err(EntryRefusal::Invalid)?;
    let Entry { photos, story, voice, replies, .. } = Entry::from_record(record);
    let pixels = |photo: &PhotoRef| u64::from(photo.width) * u64::from(photo.height);
    if photos.iter().any(|photo| photo.bytes as usize > MAX_MEDIUM_BYTES || pixels(photo) > MAX_PIXELS) {
        return Err(EntryRefusal::TooLargePhoto);
    }
    if photos.is_empty() && voice.is_none() && replies.is_empty() && story.trim().is_empty() {
        return Err(EntryRefusal::Empty);
    }
    Ok(entry)
}

fn id_of(value: &Value) -> Option<RecordId> {
    value["record"]["id"].as_str()?.parse().ok()
}
