//! ZIPs with any lie in them that a test needs.

use serde_json::{Value, json};

/// A file, as it is told in the list and in its own head.
#[derive(Clone)]
pub(crate) struct File {
    pub(crate) name: Vec<u8>,
    /// The bytes as they lie in the ZIP.
    pub(crate) packed: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) crc: u32,
    pub(crate) size: u32,
    /// What its own head calls it, when that is something else.
    pub(crate) head_name: Option<Vec<u8>>,
    /// Where the list says that it lies, when that is somewhere else.
    pub(crate) at: Option<u32>,
}

/// A file that is not packed.
pub(crate) fn stored(name: &str, bytes: &[u8]) -> File {
    File {
        name: name.into(),
        packed: bytes.to_vec(),
        flags: 0,
        method: 0,
        crc: crc32(bytes),
        size: len32(bytes),
        head_name: None,
        at: None,
    }
}

/// A file that is packed.
pub(crate) fn deflated(name: &str, bytes: &[u8]) -> File {
    let packed = miniz_oxide::deflate::compress_to_vec(bytes, 9);
    File { packed, method: 8, ..stored(name, bytes) }
}

/// The text of entries, packed or not, as the only file or beside others.
pub(crate) fn entries(entries: &[Value]) -> File {
    stored("entries.json", envelope(1, entries).as_bytes())
}

pub(crate) fn envelope(version: u64, entries: &[Value]) -> String {
    json!({ "format": "wijkbeeld-backup", "version": version, "entries": entries }).to_string()
}

/// Lays files into a ZIP.
pub(crate) fn zip(files: &[File]) -> Vec<u8> {
    let count = u16::try_from(files.len()).unwrap_or(u16::MAX);
    zip_saying(files, count, b"")
}

/// Lays files into a ZIP that claims to have `count` of them, with a comment behind it.
pub(crate) fn zip_saying(files: &[File], count: u16, comment: &[u8]) -> Vec<u8> {
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    for file in files {
        let at = file.at.unwrap_or(len32(&zip));
        let name = file.head_name.as_ref().unwrap_or(&file.name);
        zip.extend(b"PK\x03\x04\x14\0");
        zip.extend(common(file, name));
        zip.extend([&[0; 2], name.as_slice(), &file.packed].concat());
        list.extend(b"PK\x01\x02\x14\0\x14\0");
        list.extend(common(file, &file.name));
        list.extend([&[0; 12], at.to_le_bytes().as_slice(), &file.name].concat());
    }
    let end = [
        b"PK\x05\x06\0\0\0\0".as_slice(),
        &count.to_le_bytes(),
        &count.to_le_bytes(),
        &len32(&list).to_le_bytes(),
        &len32(&zip).to_le_bytes(),
        &u16::try_from(comment.len()).unwrap().to_le_bytes(),
        comment,
    ];
    [zip, list, end.concat()].concat()
}

/// What head and list say alike: flags, method, time, checksum, sizes, length of the name.
fn common(file: &File, name: &[u8]) -> Vec<u8> {
    [
        file.flags.to_le_bytes().as_slice(),
        &file.method.to_le_bytes(),
        &[0; 4],
        &file.crc.to_le_bytes(),
        &len32(&file.packed).to_le_bytes(),
        &file.size.to_le_bytes(),
        &u16::try_from(name.len()).unwrap().to_le_bytes(),
    ]
    .concat()
}

fn len32(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap()
}

/// Bit by bit, so that it shares nothing with what it checks.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
