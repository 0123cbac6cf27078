//! Making a backup, piece by piece.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::plain::Plain;
use domain::{Entry, MediaHash, PhotoRef, ProjectId, Timestamp, VoiceRef};
use serde_json::json;

use crate::contents::{ENTRIES, FORMAT, INDEX, VERSION, photo_name, voice_name};
use crate::crc::crc32;
use crate::index::index;
use crate::limits::MAX_ENTRIES_BYTES;
use crate::photo::{check_photo, check_voice};
use crate::zip_write::{Full, ZipWriter};
use crate::{BackupEntry, Language, PhotoRefusal};

/// There is more than one backup holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is more than one backup holds")
    }
}

impl From<Full> for TooLarge {
    fn from(_: Full) -> Self {
        Self
    }
}

/// Makes a backup: photos and voice notes first, each as it comes, then the texts that need all of them.
///
/// What it returns, and the bytes of these between that, make the file when laid one behind the other.
#[derive(Default)]
pub struct Writer {
    zip: ZipWriter,
    media: BTreeSet<MediaHash>,
    entries: Vec<BackupEntry>,
}

impl Writer {
    /// Says whether a photo or a voice note lies in it already: two entries may have the same one.
    pub fn holds(&self, sha256: MediaHash) -> bool {
        self.media.contains(&sha256)
    }

    /// Adds a photo and returns what stands before its bytes. One that could not be put back later is not taken.
    ///
    /// # Errors
    /// When it does not fit in.
    pub fn add_photo(&mut self, photo: &PhotoRef, bytes: &[u8]) -> Result<Result<Vec<u8>, PhotoRefusal>, TooLarge> {
        if let Err(refusal) = check_photo(photo, bytes) {
            return Ok(Err(refusal));
        }
        let head = self.zip.file(&photo_name(photo.sha256), bytes.len(), crc32(bytes))?;
        self.media.insert(photo.sha256);
        Ok(Ok(head))
    }

    /// Adds a voice note and returns what stands before its bytes. One that could not be put back later is not taken.
    ///
    /// # Errors
    /// When it does not fit in.
    pub fn add_voice(&mut self, voice: &VoiceRef, bytes: &[u8]) -> Result<Result<Vec<u8>, PhotoRefusal>, TooLarge> {
        if let Err(refusal) = check_voice(voice, bytes) {
            return Ok(Err(refusal));
        }
        let head = self.zip.file(&voice_name(voice), bytes.len(), crc32(bytes))?;
        self.media.insert(voice.sha256);
        Ok(Ok(head))
    }

    /// Adds an entry, whether or not its media are there.
    pub fn add_entry(&mut self, entry: BackupEntry) {
        self.entries.push(entry);
    }

    /// Returns what stands behind the last of them. `projects` are the names of projects, `date` says when something was in
    /// words of that language.
    ///
    /// # Errors
    /// When the texts do not fit in.
    pub fn finish(
        mut self,
        language: Language,
        projects: &BTreeMap<ProjectId, String>,
        date: &dyn Fn(Timestamp) -> String,
    ) -> Result<Vec<u8>, TooLarge> {
        // Newest first, as the app lists them.
        let made = |entry: &BackupEntry| (Entry::from_record(&entry.record).made, entry.record.id);
        self.entries.sort_by_cached_key(|entry| std::cmp::Reverse(made(entry)));
        let index = index(language, &self.entries, projects, &|sha256| self.media.contains(&sha256), date);
        let entries = json!({ "format": FORMAT, "version": VERSION, "entries": self.entries.to_value() }).to_string();
        if entries.len() > MAX_ENTRIES_BYTES {
            return Err(TooLarge);
        }
        let mut tail = Vec::new();
        for (name, text) in [(INDEX, index), (ENTRIES, entries)] {
            tail.extend(self.zip.file(name, text.len(), crc32(text.as_bytes()))?);
            tail.extend(text.into_bytes());
        }
        tail.extend(self.zip.finish());
        Ok(tail)
    }
}
