//! The container, read: everything in it may be a lie.
//!
//! The list at the end is read once and checked whole: number, sizes, names, places. A file's own head is looked at when
//! the file is read, and must agree with the list.

use std::fmt;

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::crc::crc32;
use crate::limits::{MAX_DIRECTORY_BYTES, MAX_FILES, MAX_NAME_BYTES, MAX_RATIO, MAX_TOTAL_BYTES};
use crate::{Source, SourceFailed};

/// Why a ZIP, or a file in it, is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZipProblem {
    /// Not a ZIP, or cut off before its end.
    NotZip,
    /// Its parts contradict each other.
    Broken,
    /// Larger than what is taken, packed or unpacked.
    TooLarge,
    /// More files than what is taken.
    TooMany,
    /// Packed so much that it can only be meant to fill up memory.
    Bomb,
    /// Two files lie in the same place.
    Overlap,
    /// Two files have the same name.
    Twice,
    /// A name that leads somewhere, or is none.
    Name,
    /// Locked by a password.
    Encrypted,
    /// Packed in a way that is not known here.
    Method,
    /// The bytes are not those that were packed.
    Checksum,
    /// The bytes could not be read.
    Unreadable,
}

impl fmt::Display for ZipProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotZip => "this is no ZIP, or it is cut off",
            Self::Broken => "the ZIP contradicts itself",
            Self::TooLarge => "the ZIP is too large",
            Self::TooMany => "the ZIP has too many files",
            Self::Bomb => "the ZIP unpacks to far more than it is",
            Self::Overlap => "files of the ZIP overlap",
            Self::Twice => "two files of the ZIP have one name",
            Self::Name => "a file of the ZIP has a name that is not allowed",
            Self::Encrypted => "the ZIP is encrypted",
            Self::Method => "the ZIP is packed in an unknown way",
            Self::Checksum => "a file of the ZIP is damaged",
            Self::Unreadable => "the file cannot be read",
        })
    }
}

impl From<SourceFailed> for ZipProblem {
    fn from(_: SourceFailed) -> Self {
        Self::Unreadable
    }
}

/// The files of a ZIP, in the order of their names.
#[derive(Debug)]
pub(crate) struct Archive {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    name: String,
    is_packed: bool,
    crc: u32,
    packed: u64,
    size: u64,
    at: u64,
    /// Where what comes next begins.
    next: u64,
}

/// The fixed parts of a file's head, of its line in the list, and of the end.
const HEAD_BYTES: usize = 30;
const LINE_BYTES: usize = 46;
const END_BYTES: usize = 22;

/// Encrypted, or its list is: the bits of the flags that say so.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// The one folder that our own files lie in; some programs list it by itself.
const FOLDERS: [&str; 2] = ["photos/", "voices/"];

impl Archive {
    /// Reads the list of files.
    pub(crate) fn open(source: &mut impl Source) -> Result<Self, ZipProblem> {
        let (count, directory, at) = read_directory(source)?;
        let mut files = Vec::with_capacity(count);
        let mut rest = Fields(&directory);
        for _ in 0..count {
            files.extend(read_line(&mut rest)?);
        }
        if !rest.0.is_empty() {
            return Err(ZipProblem::Broken);
        }
        if files.iter().map(|file| file.size).sum::<u64>() > MAX_TOTAL_BYTES {
            return Err(ZipProblem::TooLarge);
        }
        files.sort_by_key(|file| file.at);
        let mut next = at;
        for file in files.iter_mut().rev() {
            if file.at + HEAD_BYTES as u64 + file.name.len() as u64 + file.packed > next {
                return Err(ZipProblem::Overlap);
            }
            file.next = next;
            next = file.at;
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        if files.windows(2).any(|pair| pair[0].name == pair[1].name) {
            return Err(ZipProblem::Twice);
        }
        Ok(Self { files })
    }

    /// Says whether there is such a file.
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Returns a file's bytes, at most `most` of them; `None` when there is no such file.
    pub(crate) fn read(
        &self,
        source: &mut impl Source,
        name: &str,
        most: usize,
    ) -> Option<Result<Vec<u8>, ZipProblem>> {
        Some(self.find(name)?.read(source, most))
    }

    fn find(&self, name: &str) -> Option<&File> {
        self.files.binary_search_by(|file| file.name.as_str().cmp(name)).ok().map(|at| &self.files[at])
    }
}

impl File {
    fn read(&self, source: &mut impl Source, most: usize) -> Result<Vec<u8>, ZipProblem> {
        let size = usize::try_from(self.size).ok().filter(|size| *size <= most).ok_or(ZipProblem::TooLarge)?;
        // Deflate makes what it cannot pack hardly larger.
        let packed = usize::try_from(self.packed).ok().filter(|packed| *packed <= most + most / 8 + 64);
        let packed = packed.ok_or(ZipProblem::TooLarge)?;
        let mut head = vec![0; HEAD_BYTES + self.name.len()];
        source.read(self.at, &mut head)?;
        let (head, name) = head.split_at(HEAD_BYTES);
        let mut head = Fields(head);
        let (signature, _version, flags, method) = (head.array()?, head.u16()?, head.u16()?, head.u16()?);
        head.take(16)?;
        let (name_len, extra_len) = (head.u16()?, head.u16()?);
        let is_as_listed = signature == *b"PK\x03\x04"
            && flags & ENCRYPTED == 0
            && method == if self.is_packed { DEFLATED } else { STORED }
            && usize::from(name_len) == name.len()
            && name == self.name.as_bytes();
        if !is_as_listed {
            return Err(ZipProblem::Broken);
        }
        let start = self.at + HEAD_BYTES as u64 + name.len() as u64 + u64::from(extra_len);
        if start + self.packed > self.next {
            return Err(ZipProblem::Overlap);
        }
        let mut bytes = vec![0; packed];
        source.read(start, &mut bytes)?;
        if self.is_packed {
            // The limit holds while unpacking: what says it is small cannot become large.
            bytes = decompress_to_vec_with_limit(&bytes, size).map_err(|_| ZipProblem::Checksum)?;
        }
        if bytes.len() == size && crc32(&bytes) == self.crc { Ok(bytes) } else { Err(ZipProblem::Checksum) }
    }
}

/// Finds the end, and reads the list that it points to: (number of files, list, where it begins).
fn read_directory(source: &mut impl Source) -> Result<(usize, Vec<u8>, u64), ZipProblem> {
    let size = source.size();
    if size > MAX_TOTAL_BYTES {
        return Err(ZipProblem::TooLarge);
    }
    // Behind the end stands a comment at most.
    let tail_len = size.min((END_BYTES + usize::from(u16::MAX)) as u64);
    let mut tail = vec![0; usize::try_from(tail_len).map_err(|_| ZipProblem::TooLarge)?];
    source.read(size - tail_len, &mut tail)?;
    let is_end = |at: &usize| {
        let comment = tail.get(at + 20..at + END_BYTES).map(|len| usize::from(u16::from_le_bytes([len[0], len[1]])));
        tail[*at..].starts_with(b"PK\x05\x06") && comment.is_some_and(|len| at + END_BYTES + len == tail.len())
    };
    let end = (0..tail.len()).rev().find(is_end).ok_or(ZipProblem::NotZip)?;
    let end_at = size - tail_len + end as u64;
    let mut fields = Fields(&tail[end + 4..]);
    let (disk, first_disk, here, count) = (fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?);
    let (len, at) = (fields.u32()?, fields.u32()?);
    let count = usize::from(count);
    let len = usize::try_from(len).map_err(|_| ZipProblem::TooLarge)?;
    // All bits set is how a larger one says so.
    if count > MAX_FILES || len > MAX_DIRECTORY_BYTES {
        return Err(ZipProblem::TooMany);
    }
    if (disk, first_disk) != (0, 0) || usize::from(here) != count || u64::from(at) + len as u64 != end_at {
        return Err(ZipProblem::Broken);
    }
    let mut directory = vec![0; len];
    source.read(at.into(), &mut directory)?;
    Ok((count, directory, at.into()))
}

/// Reads a line of the list; `None` for our own folder, which is nothing by itself.
fn read_line(rest: &mut Fields<'_>) -> Result<Option<File>, ZipProblem> {
    let mut line = Fields(rest.take(LINE_BYTES)?);
    let (signature, _versions, flags, method) = (line.array()?, line.u32()?, line.u16()?, line.u16()?);
    let (_time, crc, packed, size) = (line.u32()?, line.u32()?, line.u32()?, line.u32()?);
    let [name_len, extra_len, comment_len, disk, _] =
        [line.u16()?, line.u16()?, line.u16()?, line.u16()?, line.u16()?].map(usize::from);
    let (_attributes, at) = (line.u32()?, line.u32()?);
    let name = rest.take(name_len)?;
    rest.take(extra_len + comment_len)?;
    if signature != *b"PK\x01\x02" || disk != 0 {
        return Err(ZipProblem::Broken);
    }
    if flags & ENCRYPTED != 0 {
        return Err(ZipProblem::Encrypted);
    }
    let name = str::from_utf8(name).map_err(|_| ZipProblem::Name)?;
    if FOLDERS.contains(&name) && size == 0 {
        return Ok(None);
    }
    if !is_plain(name) {
        return Err(ZipProblem::Name);
    }
    let (packed, size) = (u64::from(packed), u64::from(size));
    match method {
        STORED if packed != size => return Err(ZipProblem::Broken),
        DEFLATED if size > packed * MAX_RATIO => return Err(ZipProblem::Bomb),
        STORED | DEFLATED => {}
        _ => return Err(ZipProblem::Method),
    }
    let is_packed = method == DEFLATED;
    Ok(Some(File { name: name.to_owned(), is_packed, crc, packed, size, at: at.into(), next: 0 }))
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Names never become paths here; one that tries is a reason to take nothing of the rest.
fn is_plain(name: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part != "." && part != "..";
    name.len() <= MAX_NAME_BYTES
        && name.split('/').all(is_part)
        && !name.contains(|sign: char| sign.is_control() || matches!(sign, '\\' | ':'))
}

/// Numbers one after the other, never past the end.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, len: usize) -> Result<&'a [u8], ZipProblem> {
        let (taken, rest) = self.0.split_at_checked(len).ok_or(ZipProblem::Broken)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ZipProblem> {
        self.take(N)?.try_into().map_err(|_| ZipProblem::Broken)
    }

    fn u16(&mut self) -> Result<u16, ZipProblem> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, ZipProblem> {
        self.array().map(u32::from_le_bytes)
    }
}
