//! The orientation tag inside an EXIF block (TIFF structure), per EXIF 2.32 and TIFF 6.0.

use crate::bytes::Bytes;
use crate::header::Orientation;

const TAG_ORIENTATION: u16 = 0x0112;
const TYPE_SHORT: u16 = 3;

/// Returns the orientation that an EXIF block asks for; anything that cannot be read asks for none.
pub(crate) fn orientation(exif: &[u8]) -> Orientation {
    // WebP writers differ: some put the JPEG prefix before the TIFF header.
    read(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)).unwrap_or_default()
}

fn read(tiff: &[u8]) -> Option<Orientation> {
    let bytes = Bytes(tiff);
    let is_big_endian = match bytes.array(0)? {
        [b'M', b'M', 0, 42] => true,
        [b'I', b'I', 42, 0] => false,
        _ => return None,
    };
    let short = |at| if is_big_endian { bytes.u16_be(at) } else { bytes.u16_le(at) };
    let offset = if is_big_endian { bytes.len_be(4) } else { bytes.len_le(4) }?;
    // Only the first directory counts, and it is read once: a directory that points at itself cannot loop.
    let entries = usize::from(short(offset)?);
    for entry in 0..entries {
        let at = offset.checked_add(2 + entry * 12)?;
        if short(at)? == TAG_ORIENTATION && short(at + 2)? == TYPE_SHORT {
            return Orientation::from_exif(short(at + 8)?);
        }
    }
    None
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
