//! Pictures, and what tells them apart.

use std::io::Cursor;

use domain::MediaHash;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use sha2::{Digest, Sha256};

pub(in crate::tests) fn hash(bytes: &[u8]) -> MediaHash {
    MediaHash(Sha256::digest(bytes).into())
}

/// Draws a small JPEG; each number gives another.
pub(in crate::tests) fn drawing(number: u8) -> Vec<u8> {
    drawing_of(number, 16, 12)
}

pub(in crate::tests) fn drawing_of(number: u8, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([number, u8::try_from((x * 7 + y) % 256).unwrap(), 90]));
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    bytes.into_inner()
}

/// Puts a segment into a JPEG, right behind its start.
pub(in crate::tests) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

/// Takes all segments with this marker out of a JPEG's head.
pub(in crate::tests) fn without_segments(jpeg: &[u8], marker: u8) -> Vec<u8> {
    let mut left = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        let next = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != marker {
            left.extend(&jpeg[at..next]);
        }
        at = next;
    }
    left.extend(&jpeg[at..]);
    left
}
