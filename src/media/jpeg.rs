//! Walks a JPEG from its first byte to its last: is it whole, and does it carry anything but a picture?
//!
//! Structure per ITU-T T.81, annex B.

use std::fmt;

use crate::bytes::Bytes;
use crate::{Format, Header, Orientation};

/// What a walk found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JpegError {
    /// Not a JPEG at all.
    NotJpeg,
    /// A segment is broken, or the file ends before its end marker.
    Broken,
    /// It carries EXIF, XMP, IPTC, MPF, a comment, an unknown application segment, or bytes behind its end.
    CarriesMetadata,
}

impl fmt::Display for JpegError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJpeg => "not a JPEG",
            Self::Broken => "the JPEG is broken or cut off",
            Self::CarriesMetadata => "the JPEG carries metadata",
        })
    }
}

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;

/// Walks every segment and scan of a JPEG. Colour (JFIF, Adobe, ICC) may stand in it, nothing else beside the picture.
///
/// # Errors
/// The first thing found wrong.
pub fn walk_jpeg(data: &[u8]) -> Result<Header, JpegError> {
    let bytes = Bytes(data);
    if bytes.array(0) != Some([0xff, START]) {
        return Err(JpegError::NotJpeg);
    }
    let mut size = None;
    let mut has_scan = false;
    let mut at = 2;
    loop {
        let marker = next_marker(bytes, &mut at).ok_or(JpegError::Broken)?;
        if marker == END {
            let (width, height) = size.filter(|_| has_scan).ok_or(JpegError::Broken)?;
            if at != data.len() {
                return Err(JpegError::CarriesMetadata);
            }
            return Ok(Header { format: Format::Jpeg, width, height, orientation: Orientation::default() });
        }
        let len = usize::from(bytes.u16_be(at).ok_or(JpegError::Broken)?);
        let body = len.checked_sub(2).and_then(|len| bytes.slice(at + 2, len)).ok_or(JpegError::Broken)?;
        match marker {
            0xc4 | 0xdb | 0xdd => {}
            0xc0..=0xc2 => {
                if size.is_some() {
                    return Err(JpegError::Broken);
                }
                size = Some(frame_size(body).ok_or(JpegError::Broken)?);
            }
            0xe0 if body.starts_with(b"JFIF\0") && is_bare_jfif(body) => {}
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {}
            0xee if body.starts_with(b"Adobe") && body.len() == 12 => {}
            0xe0..=0xef | 0xfe => return Err(JpegError::CarriesMetadata),
            SCAN => {
                if size.is_none() {
                    return Err(JpegError::Broken);
                }
                has_scan = true;
            }
            // Frames that no browser writes (lossless, arithmetic, hierarchical), and markers out of place.
            _ => return Err(JpegError::Broken),
        }
        at += len;
        if marker == SCAN {
            at = end_of_scan(data, at).ok_or(JpegError::Broken)?;
        }
    }
}

/// Reads a marker, skipping the fill bytes that may stand before it.
fn next_marker(bytes: Bytes<'_>, at: &mut usize) -> Option<u8> {
    if bytes.u8(*at)? != 0xff {
        return None;
    }
    *at += 1;
    while bytes.u8(*at)? == 0xff {
        *at += 1;
    }
    let marker = bytes.u8(*at)?;
    *at += 1;
    Some(marker)
}

/// A JFIF segment may hold a thumbnail: a second picture, which is not ours to store.
fn is_bare_jfif(body: &[u8]) -> bool {
    body.len() == 14 && body[12] == 0 && body[13] == 0
}

fn frame_size(body: &[u8]) -> Option<(u32, u32)> {
    let bytes = Bytes(body);
    let (height, width) = (bytes.u16_be(1)?, bytes.u16_be(3)?);
    let components = usize::from(bytes.u8(5)?);
    let is_whole = width > 0 && height > 0 && (1..=4).contains(&components) && body.len() == 6 + 3 * components;
    is_whole.then_some((width.into(), height.into()))
}

/// Returns where the next marker stands behind a scan's entropy-coded bytes.
fn end_of_scan(data: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += next_ff(data.get(at..)?)?;
        match data.get(at + 1)? {
            // A stuffed byte or a restart marker belongs to the scan; a second 0xff may begin the marker.
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Returns where the first 0xff stands. Nearly all of a photo is read here, so most of it in steps that compare many bytes at once.
fn next_ff(data: &[u8]) -> Option<usize> {
    let has_none = |step: &&[u8; STEP]| !step.iter().fold(false, |found, byte| found | (*byte == 0xff));
    let skipped = data.as_chunks().0.iter().take_while(has_none).count() * STEP;
    Some(skipped + data[skipped..].iter().position(|byte| *byte == 0xff)?)
}

const STEP: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest thing that walks like a JPEG; what it shows does not matter here.
    fn jpeg(extra: &[u8]) -> Vec<u8> {
        [
            b"\xff\xd8".as_slice(),
            b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
            extra,
            b"\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0",
            b"\xff\xda\0\x08\x01\x01\0\0\x3f\0",
            b"\x12\xff\x00\xff\xd0\x34",
            b"\xff\xd9",
        ]
        .concat()
    }

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let len = u16::try_from(body.len() + 2).unwrap();
        [[0xff, marker].as_slice(), &len.to_be_bytes(), body].concat()
    }

    #[test]
    fn a_bare_picture_passes_and_says_its_size() {
        let header = walk_jpeg(&jpeg(b"")).unwrap();
        assert_eq!((header.width, header.height), (3, 2));
        assert!(walk_jpeg(&jpeg(&segment(0xe2, b"ICC_PROFILE\0\x01\x01profile"))).is_ok());
        assert!(walk_jpeg(&jpeg(&segment(0xee, b"Adobe\0\x64\0\0\0\0\x01"))).is_ok());
    }

    #[test]
    fn whatever_is_not_the_picture_is_metadata() {
        for (marker, body) in [
            (0xe1, b"Exif\0\0II*\0".as_slice()),
            (0xe1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
            (0xed, b"Photoshop 3.0\08BIM"),
            (0xe2, b"MPF\0II*\0"),
            (0xe0, b"JFXX\0\x10"),
            (0xee, b"Adobe and more than it should"),
            (0xfe, b"a comment"),
        ] {
            assert_eq!(walk_jpeg(&jpeg(&segment(marker, body))), Err(JpegError::CarriesMetadata), "{marker:x}");
        }
        assert_eq!(walk_jpeg(&[jpeg(b"").as_slice(), b"PK\x03\x04"].concat()), Err(JpegError::CarriesMetadata));
        assert_eq!(walk_jpeg(&[jpeg(b""), jpeg(b"")].concat()), Err(JpegError::CarriesMetadata));
    }

    #[test]
    fn a_picture_cut_off_anywhere_is_broken() {
        let whole = jpeg(b"");
        for end in 2..whole.len() {
            assert_eq!(walk_jpeg(&whole[..end]), Err(JpegError::Broken), "cut at {end}");
        }
        assert_eq!(walk_jpeg(b"\xff"), Err(JpegError::NotJpeg));
        assert_eq!(walk_jpeg(b"\xff\xd8\xff\xd9"), Err(JpegError::Broken));
    }

    #[test]
    fn one_wrong_byte_never_panics() {
        let whole = jpeg(&segment(0xe2, b"ICC_PROFILE\0\x01\x01"));
        for at in 0..whole.len() {
            for value in 0..=255 {
                let mut wrong = whole.clone();
                wrong[at] = value;
                let _ = walk_jpeg(&wrong);
                let _ = crate::read_header(&wrong);
            }
        }
    }
}
