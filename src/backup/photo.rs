//! Whether bytes are the photo or the voice note that an entry names, and nothing else.

use std::fmt;

use domain::{MediaHash, PhotoRef, VoiceRef};
use media::{JpegError, VoiceError, walk_jpeg, walk_voice};
use sha2::{Digest, Sha256};

use crate::ZipProblem;

/// Why the bytes of a photo or a voice note are not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoRefusal {
    /// Its file is damaged, or hostile.
    Zip(ZipProblem),
    /// These are other bytes than those that the entry names.
    WrongHash,
    /// The entry says another size than the picture has, or that the voice note is of another kind.
    WrongSize,
    /// It is broken, or carries more than a picture.
    Jpeg(JpegError),
    /// It is broken, or carries more than sound.
    Voice(VoiceError),
}

impl fmt::Display for PhotoRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Zip(problem) => problem.fmt(f),
            Self::WrongHash => f.write_str("these are not the bytes that the entry names"),
            Self::WrongSize => f.write_str("it has another size, or is of another kind, than the entry says"),
            Self::Jpeg(error) => error.fmt(f),
            Self::Voice(error) => error.fmt(f),
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

/// Checks a voice note's bytes by hash, size and structure.
pub(crate) fn check_voice(voice: &VoiceRef, bytes: &[u8]) -> Result<(), PhotoRefusal> {
    if MediaHash(Sha256::digest(bytes).into()) != voice.sha256 {
        return Err(PhotoRefusal::WrongHash);
    }
    let walked = walk_voice(bytes).map_err(PhotoRefusal::Voice)?;
    if bytes.len() as u64 != u64::from(voice.bytes) || walked.key() != voice.kind.key() {
        return Err(PhotoRefusal::WrongSize);
    }
    Ok(())
}
