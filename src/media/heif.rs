//! Where the EXIF of a HEIC or AVIF stands, and which colours it may hold, per ISO/IEC 23008-12 and 14496-12.

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

/// Says whether a picture may hold colours beyond those of sRGB: by what it says itself, or by the red of its colour profile.
pub(crate) fn is_wide_gamut(bytes: Bytes<'_>) -> bool {
    colours(bytes).is_some_and(|mut boxes| boxes.any(|colour| is_wide(colour).unwrap_or_default()))
}

/// Returns what a picture says of its colours, and what lies beside it in the file of theirs.
fn colours(bytes: Bytes<'_>) -> Option<impl Iterator<Item = Bytes<'_>>> {
    let meta = Bytes(Boxes(bytes).named(b"meta")?.get(4..)?);
    let properties = Bytes(Boxes(Bytes(Boxes(meta).named(b"iprp")?)).named(b"ipco")?);
    Some(Boxes(properties).filter(|(name, _)| *name == b"colr").map(|(_, body)| Bytes(body)))
}

fn is_wide(colour: Bytes<'_>) -> Option<bool> {
    match colour.slice(0, 4)? {
        b"nclx" => Some(WIDE_PRIMARIES.contains(&colour.u16_be(4)?)),
        b"prof" | b"rICC" => {
            let profile = Bytes(colour.0.get(4..)?);
            let tags = usize::try_from(profile.u32_be(128)?).ok()?.min(MAX_TAGS);
            let red = (0..tags).map(|tag| 132 + 12 * tag).find(|at| profile.slice(*at, 4) == Some(b"rXYZ"))?;
            // A head of eight bytes, then X in parts of 65,536.
            Some(profile.u32_be(profile.len_be(red + 4)?.checked_add(8)?)? > WIDE_RED)
        }
        _ => None,
    }
}

/// The primaries of BT.2020 and of Display P3 (ITU-T H.273).
const WIDE_PRIMARIES: [u16; 2] = [9, 12];

/// Between the X of sRGB's red, which is 0.436, and that of Display P3, which is 0.515, in parts of 65,536.
const WIDE_RED: u32 = 31_000;

/// More than a colour profile has.
const MAX_TAGS: usize = 100;

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
