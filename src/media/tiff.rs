//! The structure of an EXIF block (TIFF), per EXIF 2.32 and TIFF 6.0, and the orientation tag in it.
//!
//! Directories are looked at one by one, by whoever knows what they are for, and never followed: one that points at itself cannot
//! loop.

use crate::bytes::Bytes;
use crate::header::Orientation;

const TAG_ORIENTATION: u16 = 0x0112;

/// What a value is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Short,
    Long,
    /// Two longs: one divided by the other.
    Rational,
}

impl Kind {
    pub(crate) const fn number(self) -> u16 {
        match self {
            Self::Text => 2,
            Self::Short => 3,
            Self::Long => 4,
            Self::Rational => 5,
        }
    }

    pub(crate) const fn bytes(self) -> usize {
        match self {
            Self::Text => 1,
            Self::Short => 2,
            Self::Long => 4,
            Self::Rational => 8,
        }
    }
}

/// An EXIF block.
#[derive(Clone, Copy)]
pub(crate) struct Tiff<'a> {
    bytes: Bytes<'a>,
    is_big_endian: bool,
}

/// Where a directory begins.
#[derive(Clone, Copy)]
pub(crate) struct Directory(usize);

/// Returns the orientation that an EXIF block asks for; anything that cannot be read asks for none.
pub(crate) fn orientation(exif: &[u8]) -> Orientation {
    let read = || {
        let (tiff, first) = Tiff::open(exif)?;
        let value = tiff.value(first, TAG_ORIENTATION, Kind::Short)?;
        Orientation::from_exif(tiff.short(Bytes(value), 0)?)
    };
    read().unwrap_or_default()
}

impl<'a> Tiff<'a> {
    /// Opens an EXIF block; returns its first directory too.
    pub(crate) fn open(exif: &'a [u8]) -> Option<(Self, Directory)> {
        // WebP writers differ: some put the JPEG prefix before the TIFF header.
        let bytes = Bytes(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
        let is_big_endian = match bytes.array(0)? {
            [b'M', b'M', 0, 42] => true,
            [b'I', b'I', 42, 0] => false,
            _ => return None,
        };
        let tiff = Self { bytes, is_big_endian };
        Some((tiff, Directory(tiff.len(bytes, 4)?)))
    }

    /// Returns the directory that an entry of another points at.
    pub(crate) fn directory(&self, of: Directory, tag: u16) -> Option<Directory> {
        self.len(Bytes(self.value(of, tag, Kind::Long)?), 0).map(Directory)
    }

    /// Returns the bytes of a value of this kind.
    pub(crate) fn value(&self, directory: Directory, tag: u16, kind: Kind) -> Option<&'a [u8]> {
        let Self { bytes, .. } = *self;
        let Directory(start) = directory;
        let entries = usize::from(self.short(bytes, start)?);
        for entry in 0..entries {
            let at = start.checked_add(2 + entry * 12)?;
            if self.short(bytes, at)? == tag && self.short(bytes, at + 2)? == kind.number() {
                let len = self.len(bytes, at + 4)?.checked_mul(kind.bytes())?;
                // What is small stands in the entry itself.
                return bytes.slice(if len <= 4 { at + 8 } else { self.len(bytes, at + 8)? }, len);
            }
        }
        None
    }

    /// Returns a number of a value of rationals; `None` where it divides by nothing.
    pub(crate) fn rational(&self, value: &[u8], number: usize) -> Option<f64> {
        let at = number * Kind::Rational.bytes();
        let (over, under) = (self.long(Bytes(value), at)?, self.long(Bytes(value), at + 4)?);
        (under != 0).then(|| f64::from(over) / f64::from(under))
    }

    fn short(&self, bytes: Bytes<'_>, at: usize) -> Option<u16> {
        if self.is_big_endian { bytes.u16_be(at) } else { bytes.u16_le(at) }
    }

    fn long(&self, bytes: Bytes<'_>, at: usize) -> Option<u32> {
        if self.is_big_endian { bytes.u32_be(at) } else { bytes.u32_le(at) }
    }

    fn len(&self, bytes: Bytes<'_>, at: usize) -> Option<usize> {
        if self.is_big_endian { bytes.len_be(at) } else { bytes.len_le(at) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exif(value: u16) -> Vec<u8> {
        let mut bytes = b"II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        bytes.extend(value.to_le_bytes());
        bytes.extend([0; 6]);
        bytes
    }

    #[test]
    fn the_tag_is_found_and_nonsense_means_upright() {
        assert_eq!(orientation(&exif(6)).exif(), 6);
        assert_eq!(orientation(&[b"Exif\0\0".as_slice(), &exif(3)].concat()).exif(), 3);
        for upright in [exif(99), exif(0), exif(1), Vec::new(), b"II\x2a\0\xff\xff\xff\xff".to_vec()] {
            assert_eq!(orientation(&upright), Orientation::default());
        }
        for end in 0..exif(6).len() {
            let _ = orientation(&exif(6)[..end]);
        }
    }
}
