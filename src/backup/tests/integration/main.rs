//! Round trips, and files made to harm.

#![expect(clippy::unwrap_used, reason = "a test panics to say what is wrong")]

mod hostile;
mod round_trip;
mod zips;

use std::collections::BTreeMap;

use backup::{BackupEntry, Language, Plan, Source, Unusable, Writer, open};
use domain::{
    Entry, EntryEdit, MediaHash, NodeId, PhotoRef, ProjectId, Record, RecordId, Stamp, Theme, Timestamp, Valence,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

fn id(number: u128) -> RecordId {
    RecordId::from_uuid(Uuid::from_u128(number))
}

fn project(number: u128) -> ProjectId {
    ProjectId::from_uuid(Uuid::from_u128(number))
}

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

fn stamp(ms: u64) -> Stamp {
    Stamp { at: at(ms), count: 0, node: NodeId(1) }
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len() + 2).unwrap();
    [[0xff, marker].as_slice(), &len.to_be_bytes(), body].concat()
}

/// The smallest thing that walks like a JPEG of 3 by 2; `extra` stands between its segments.
fn jpeg_with(extra: &[u8], scan: u8) -> Vec<u8> {
    [
        b"\xff\xd8".as_slice(),
        &segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        extra,
        &segment(0xc0, b"\x08\0\x02\0\x03\x01\x01\x11\0"),
        &segment(0xda, b"\x01\x01\0\0\x3f\0"),
        &[0x12, scan],
        b"\xff\xd9",
    ]
    .concat()
}

fn jpeg(scan: u8) -> Vec<u8> {
    jpeg_with(b"", scan)
}

fn hash_of(bytes: &[u8]) -> MediaHash {
    MediaHash(Sha256::digest(bytes).into())
}

fn photo_of(bytes: &[u8]) -> PhotoRef {
    PhotoRef { sha256: hash_of(bytes), width: 3, height: 2, bytes: u32::try_from(bytes.len()).unwrap() }
}

fn record(number: u128, story: &str, photos: &[PhotoRef]) -> Record {
    EntryEdit {
        valence: Some(Valence::Good),
        themes: Some(vec![Theme::Eten, Theme::Trots]),
        story: Some(story.to_owned()),
        photos: Some(photos.to_vec()),
        made: Some((at(1_700_000_000_000), at(1_700_000_000_001))),
        ..EntryEdit::default()
    }
    .into_record(id(number), stamp(1_700_000_000_002))
}

fn entry(number: u128, story: &str, photos: &[PhotoRef]) -> BackupEntry {
    BackupEntry { project: Some(project(1)), record: record(number, story, photos) }
}

/// Makes a backup of entries with these photos, as a phone lays the pieces together.
fn backup_of(entries: &[BackupEntry], photos: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut file = Vec::new();
    for bytes in photos {
        file.extend(writer.add_photo(&photo_of(bytes), bytes).unwrap().unwrap());
        file.extend(bytes);
    }
    entries.iter().cloned().for_each(|entry| writer.add_entry(entry));
    let projects = BTreeMap::from([(project(1), "Wij & co".to_owned())]);
    file.extend(writer.finish(Language::Dutch, &projects, &|when| format!("dag {}", when.ms())).unwrap());
    file
}

/// Opens a file whole in memory.
fn plan_of(file: &[u8]) -> Result<Plan, Unusable> {
    open(file).map(|(_, plan)| plan)
}

/// A source that tells how much of it was read, and where.
struct Watched<'a> {
    bytes: &'a [u8],
    largest: &'a std::cell::Cell<usize>,
}

impl Source for Watched<'_> {
    fn size(&self) -> u64 {
        self.bytes.size()
    }

    fn read(&mut self, at: u64, into: &mut [u8]) -> Result<(), backup::SourceFailed> {
        self.largest.set(self.largest.get().max(into.len()));
        self.bytes.read(at, into)
    }
}

fn story_of(entry: &BackupEntry) -> String {
    Entry::from_record(&entry.record).story
}
