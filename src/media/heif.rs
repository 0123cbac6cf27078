//! Where the EXIF of a HEIC or AVIF stands, per ISO/IEC 23008-12 and 14496-12.

use crate::bytes::Bytes;

/// Returns the EXIF block of a picture, as far as `data` reaches.
pub(crate) fn exif(bytes: Bytes<'_>) -> Option<&[u8]> {
    let meta = Bytes(Boxes(bytes).named(b"meta")?.get(4..)?);
    let id = exif_item(Bytes(Boxes(meta).named(b"iinf")?))?;
    let (at, len) = place_of(Bytes(Boxes(meta).named(b"iloc")?), id)?;
    let item = Bytes(bytes.slice(at, len)?);
    // How far its TIFF header lies behind this number.
    item.0.get(item.len_be(0)?.checked_add(4)?..)
}

/// Boxes, one after another.
struct Boxes<'a>(Bytes<'a>);

impl<'a> Iterator for Boxes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let Self(bytes) = self;
        let (head, len) = match bytes.len_be(0)? {
            0 => (8, bytes.0.len()),
            1 if bytes.u32_be(8)? == 0 => (16, bytes.len_be(12)?),
            1 => (16, usize::MAX),
            len => (8, len),
        };
        let name = bytes.slice(4, 4)?;
        // One that is cut off ends where the bytes do; each is longer than its head, so this ends.
        let body = bytes.0.get(head..len.min(bytes.0.len()))?;
        *self = Self(Bytes(bytes.0.get(len..).unwrap_or_default()));
        Some((name, body))
    }
}

impl<'a> Boxes<'a> {
    fn named(mut self, name: &[u8; 4]) -> Option<&'a [u8]> {
        self.find(|(other, _)| other == name).map(|(_, body)| body)
    }
}

/// Returns the number of the item that is EXIF.
fn exif_item(iinf: Bytes<'_>) -> Option<u32> {
    let first = if iinf.u8(0)? == 0 { 6 } else { 8 };
    Boxes(Bytes(iinf.0.get(first..)?)).filter(|(name, _)| *name == b"infe").find_map(|(_, body)| {
        let item = Bytes(body);
        let (id, kind) = match item.u8(0)? {
            2 => (item.u16_be(4)?.into(), item.slice(8, 4)?),
            3 => (item.u32_be(4)?, item.slice(10, 4)?),
            _ => return None,
        };
        (kind == b"Exif").then_some(id)
    })
}

/// Returns where the bytes of an item stand in the file, and how many they are; of one that stands in pieces the first.
fn place_of(iloc: Bytes<'_>, wanted: u32) -> Option<(usize, usize)> {
    let version = iloc.u8(0)?;
    let (sizes, more) = (iloc.u8(4)?, iloc.u8(5)?);
    let (offset_size, length_size, base_size) = (sizes >> 4, sizes & 15, more >> 4);
    let index_size = if version == 0 { 0 } else { more & 15 };
    let id_size = if version < 2 { 2 } else { 4 };
    let mut numbers = Numbers { bytes: iloc, at: 6 };
    // Each item is some bytes, so this ends with them.
    for _ in 0..numbers.next(id_size)? {
        let id = numbers.next(id_size)?;
        let method = if version == 0 { 0 } else { numbers.next(2)? & 15 };
        numbers.next(2)?;
        let base = numbers.next(base_size)?;
        let pieces = numbers.next(2)?;
        let piece = usize::from(index_size + offset_size + length_size);
        if u32::try_from(id) != Ok(wanted) {
            numbers.at = numbers.at.checked_add(pieces.checked_mul(piece)?)?;
            continue;
        }
        numbers.next(index_size)?;
        let (offset, length) = (numbers.next(offset_size)?, numbers.next(length_size)?);
        return (pieces > 0 && method == 0).then_some((base.checked_add(offset)?, length));
    }
    None
}

/// Numbers of several sizes, one after another.
struct Numbers<'a> {
    bytes: Bytes<'a>,
    at: usize,
}

impl Numbers<'_> {
    /// Reads a number of so many bytes; one that does not fit an index reaches past every end.
    fn next(&mut self, size: u8) -> Option<usize> {
        let Self { bytes, at } = *self;
        self.at = at.checked_add(size.into())?;
        match size {
            0 => Some(0),
            2 => bytes.u16_be(at).map(usize::from),
            4 => bytes.len_be(at),
            8 if bytes.u32_be(at)? == 0 => bytes.len_be(at + 4),
            8 => Some(usize::MAX),
            _ => None,
        }
    }
}
