//! Whether bytes are the photo that an entry names, and nothing else.

use std::fmt;

use domain::{MediaHash, PhotoRef};
use media::{JpegError, walk_jpeg};
use sha2::{Digest, Sha256};

use crate::ZipProblem;

/// Why a photo's bytes are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoRefusal {
    /// Its file is damaged, or hostile.
    Zip(ZipProblem),
    /// These are other bytes than those that the entry names.
    WrongHash,
    /// The entry says another size than the picture has.
    WrongSize,
    /// It is broken, or carries more than a picture.
    Jpeg(JpegError),
}

impl fmt::Display for PhotoRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zip(problem) => problem.fmt(f),
            Self::WrongHash => f.write_str("these are not the bytes that the entry names"),
            Self::WrongSize => f.write_str("the picture has another size than the entry says"),
            Self::Jpeg(error) => error.fmt(f),
        }
    }
}

/// Checks a photo's bytes by hash, size and structure.
pub(crate) fn check_photo(photo: &PhotoRef, bytes: &[u8]) -> Result<(), PhotoRefusal> {
    if MediaHash(Sha256::digest(bytes).into()) != photo.sha256 {
        return Err(PhotoRefusal::WrongHash);
    }
    let header = walk_jpeg(bytes).map_err(PhotoRefusal::Jpeg)?;
    if bytes.len() as u64 != u64::from(photo.bytes) || (header.width, header.height) != (photo.width, photo.height) {
        return Err(PhotoRefusal::WrongSize);
    }
    Ok(())
}
