//! The container, written: files as they are (photos do not get smaller by packing), in one pass.
//!
//! Layout per PKWARE's APPNOTE 6.3.10, without its extensions.

use crate::limits::{MAX_FILES, MAX_TOTAL_BYTES};

/// Two bytes each: version 2.0, names in UTF-8, not packed, midnight of 1980-01-01 (the first that can be said).
const COMMON: [u8; 10] = [20, 0, 0x00, 0x08, 0, 0, 0, 0, 0x21, 0];

const END_BYTES: u64 = 22;

/// It would be larger than what is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// Knows what was written so far; the bytes themselves go elsewhere.
#[derive(Default)]
pub(crate) struct ZipWriter {
    at: u64,
    directory: Vec<u8>,
    files: u16,
}

impl ZipWriter {
    /// Adds a file of `len` bytes; returns what stands before them.
    pub(crate) fn file(&mut self, name: &str, len: usize, crc: u32) -> Result<Vec<u8>, Full> {
        let place = u32::try_from(self.at).map_err(|_| Full)?.to_le_bytes();
        let name_len = u16::try_from(name.len()).map_err(|_| Full)?.to_le_bytes();
        let size = u32::try_from(len).map_err(|_| Full)?.to_le_bytes();
        let crc = crc.to_le_bytes();
        let head = [b"PK\x03\x04", &COMMON[..], &crc, &size, &size, &name_len, &[0; 2], name.as_bytes()].concat();
        let listed =
            [b"PK\x01\x02\x14\0", &COMMON[..], &crc, &size, &size, &name_len, &[0; 12], &place, name.as_bytes()]
                .concat();
        let at = self.at + head.len() as u64 + len as u64;
        if at + (self.directory.len() + listed.len()) as u64 + END_BYTES > MAX_TOTAL_BYTES
            || usize::from(self.files) >= MAX_FILES
        {
            return Err(Full);
        }
        self.at = at;
        self.directory.extend(listed);
        self.files += 1;
        Ok(head)
    }

    /// Returns what stands behind the last file.
    pub(crate) fn finish(self) -> Vec<u8> {
        let files = self.files.to_le_bytes();
        // Both fit: `file` lets nothing in that would make them larger.
        let [size, at] = [self.directory.len() as u64, self.at].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let end = [b"PK\x05\x06", &[0; 4][..], &files, &files, &size.to_le_bytes(), &at.to_le_bytes(), &[0; 2]];
        [self.directory, end.concat()].concat()
    }
}
