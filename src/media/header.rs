//! Kind, size and orientation of a picture, from its header alone.

use std::fmt;

use crate::bytes::Bytes;
use crate::origin::{Origin, origin};
use crate::{heif, tiff};

/// Kinds of file that phones offer as a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF, the first picture of which is used.
    Gif,
    /// WebP.
    WebP,
    /// AVIF.
    Avif,
    /// HEIC or another HEIF.
    Heic,
    /// BMP.
    Bmp,
}

/// What a header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The kind, from the bytes, whatever the file's name says.
    pub format: Format,
    /// Pixels across as stored; 0 where the header does not say (HEIC).
    pub width: u32,
    /// Pixels down as stored; 0 where the header does not say (HEIC).
    pub height: u32,
    /// How the stored picture must be turned to stand upright.
    pub orientation: Orientation,
}

impl Header {
    /// Returns width times height.
    pub const fn pixels(&self) -> u64 {
        self.width as u64 * self.height as u64
    }
}

/// EXIF orientation, 1 to 8; 1 is upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Self {
        Self(1)
    }
}

impl Orientation {
    /// Turned by a quarter, clockwise.
    pub const QUARTER_TURN: Self = Self(6);

    /// Returns the orientation with this EXIF number.
    pub fn from_exif(number: u16) -> Option<Self> {
        u8::try_from(number).ok().filter(|n| (1..=8).contains(n)).map(Self)
    }

    /// Returns the EXIF number.
    pub const fn exif(self) -> u8 {
        self.0
    }

    /// Says whether width and height change places.
    pub const fn is_sideways(self) -> bool {
        self.0 >= 5
    }

    /// Returns the canvas transform (a, b, c, d, e, f) that turns a stored picture of `width` by `height` upright.
    pub fn transform(self, width: f64, height: f64) -> [f64; 6] {
        match self.0 {
            2 => [-1.0, 0.0, 0.0, 1.0, width, 0.0],
            3 => [-1.0, 0.0, 0.0, -1.0, width, height],
            4 => [1.0, 0.0, 0.0, -1.0, 0.0, height],
            5 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            6 => [0.0, 1.0, -1.0, 0.0, height, 0.0],
            7 => [0.0, -1.0, -1.0, 0.0, height, width],
            8 => [0.0, -1.0, 1.0, 0.0, 0.0, width],
            _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        }
    }
}

/// Why no header could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderError {
    /// No bytes at all.
    Empty,
    /// Not a kind of picture that is known here.
    NotAnImage,
    /// A known kind, whose header is broken or cut off.
    Broken,
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::NotAnImage => "the file is not a picture",
            Self::Broken => "the picture's header is broken",
        })
    }
}

/// Returns the kind of picture that the first bytes show.
pub fn sniff(data: &[u8]) -> Option<Format> {
    let bytes = Bytes(data);
    match data {
        [0xff, 0xd8, 0xff, ..] => return Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => return Some(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => return Some(Format::Gif),
        [b'B', b'M', ..] if bytes.u32_le(14).is_some_and(|size| (12..=124).contains(&size)) => {
            return Some(Format::Bmp);
        }
        _ => {}
    }
    match (bytes.slice(0, 4)?, bytes.slice(8, 4)?) {
        (b"RIFF", b"WEBP") => Some(Format::WebP),
        _ => heif_brand(bytes),
    }
}

/// Reads the header of a picture. `data` may be the beginning of the file alone, when that holds the header.
///
/// # Errors
/// What a plain sentence can be made of.
pub fn read_header(data: &[u8]) -> Result<Header, HeaderError> {
    if data.is_empty() {
        return Err(HeaderError::Empty);
    }
    let format = sniff(data).ok_or(HeaderError::NotAnImage)?;
    let ((width, height), exif) = read(format, Bytes(data)).ok_or(HeaderError::Broken)?;
    let orientation = exif.map(tiff::orientation).unwrap_or_default();
    Ok(Header { format, width, height, orientation })
}

/// Reads when and where a picture was taken, of the kinds that every browser decodes. `data` may be the beginning of the file alone;
/// what stands behind is not there then.
pub fn read_origin(data: &[u8]) -> Origin {
    let exif = sniff(data).and_then(|format| read(format, Bytes(data))?.1);
    exif.map(origin).unwrap_or_default()
}

/// Reads when and where a HEIC or AVIF was taken: apart from the others, as what decodes these is loaded apart.
pub fn read_heif_origin(data: &[u8]) -> Origin {
    heif::exif(Bytes(data)).map(origin).unwrap_or_default()
}

/// Says whether a HEIC may hold colours beyond those of sRGB, as phones' photos do: those of Display P3.
pub fn is_wide_gamut(data: &[u8]) -> bool {
    heif::is_wide_gamut(Bytes(data))
}

/// Pixels across and down, and the EXIF block. A HEIF's says nothing of how it is turned: a box of its own does.
type Read<'a> = ((u32, u32), Option<&'a [u8]>);

fn read(format: Format, bytes: Bytes<'_>) -> Option<Read<'_>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Gif => Some(((bytes.u16_le(6)?.into(), bytes.u16_le(8)?.into()), None)),
        Format::WebP => webp(bytes),
        Format::Bmp => bmp(bytes),
        Format::Avif => Some((ispe(bytes).unwrap_or_default(), None)),
        Format::Heic => Some(((0, 0), None)),
    }
}

fn heif_brand(bytes: Bytes<'_>) -> Option<Format> {
    if bytes.slice(4, 4)? != b"ftyp" {
        return None;
    }
    let end = bytes.len_be(0)?.min(bytes.0.len()).min(256);
    let brands = || (8..end.saturating_sub(3)).step_by(4).filter(|at| *at != 12).filter_map(|at| bytes.slice(at, 4));
    if brands().any(|brand| brand == b"avif" || brand == b"avis") {
        Some(Format::Avif)
    } else if brands().any(|brand| matches!(brand, b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1"))
    {
        Some(Format::Heic)
    } else {
        None
    }
}

fn png(bytes: Bytes<'_>) -> Option<Read<'_>> {
    (bytes.slice(12, 4)? == b"IHDR").then_some(())?;
    let mut exif = None;
    let mut at = 8_usize;
    // Each chunk is at least twelve bytes, so this ends. It may stand before the pixels or behind them.
    while let (Some(len), Some(kind)) = (bytes.len_be(at), bytes.slice(at.saturating_add(4), 4)) {
        if kind == b"eXIf" {
            exif = bytes.slice(at + 8, len);
        }
        let Some(next) = at.checked_add(12).and_then(|at| at.checked_add(len)) else { break };
        at = next;
    }
    Some(((bytes.u32_be(16)?, bytes.u32_be(20)?), exif))
}

fn bmp(bytes: Bytes<'_>) -> Option<Read<'_>> {
    if bytes.u32_le(14)? == 12 {
        return Some(((bytes.u16_le(18)?.into(), bytes.u16_le(20)?.into()), None));
    }
    let side = |at| Some(i32::from_le_bytes(bytes.array(at)?).unsigned_abs());
    Some(((side(18)?, side(22)?), None))
}

fn webp(bytes: Bytes<'_>) -> Option<Read<'_>> {
    let mut size = None;
    let mut exif = None;
    let mut at = 12_usize;
    while let (Some(kind), Some(len)) = (bytes.slice(at, 4), bytes.len_le(at.saturating_add(4))) {
        let body = at + 8;
        let u24 = |at| Some(u32::from_le_bytes([bytes.u8(at)?, bytes.u8(at + 1)?, bytes.u8(at + 2)?, 0]));
        match kind {
            b"VP8X" => size = size.or_else(|| Some((u24(body + 4)? + 1, u24(body + 7)? + 1))),
            b"VP8L" => {
                size = size.or_else(|| {
                    let bits = bytes.u32_le(body + 1)?;
                    Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
                });
            }
            b"VP8 " => {
                size = size.or_else(|| {
                    let side = |at| Some(u32::from(bytes.u16_le(at)? & 0x3fff));
                    Some((side(body + 6)?, side(body + 8)?))
                });
            }
            b"EXIF" => exif = bytes.slice(body, len),
            _ => {}
        }
        at = body.checked_add(len)?.checked_add(len % 2)?;
    }
    Some((size?, exif))
}

/// Finds the first `ispe` box (image spatial extents) by its name: enough to refuse a bomb before decoding.
fn ispe(bytes: Bytes<'_>) -> Option<(u32, u32)> {
    let head = &bytes.0[..bytes.0.len().min(64 * 1024)];
    let sizes = head.windows(4).enumerate().filter(|(_, name)| *name == b"ispe");
    sizes
        .filter_map(|(at, _)| Some((bytes.u32_be(at + 8)?, bytes.u32_be(at + 12)?)))
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

fn jpeg(bytes: Bytes<'_>) -> Option<Read<'_>> {
    let mut exif = None;
    let mut at = 2_usize;
    loop {
        if bytes.u8(at)? != 0xff {
            return None;
        }
        let marker = bytes.u8(at + 1)?;
        match marker {
            // Fill bytes before a marker.
            0xff => {
                at += 1;
                continue;
            }
            // Markers without a length.
            0x01 | 0xd0..=0xd8 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let len = usize::from(bytes.u16_be(at + 2)?);
        if len < 2 {
            return None;
        }
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some(((bytes.u16_be(at + 7)?.into(), bytes.u16_be(at + 5)?.into()), exif));
            }
            0xe1 if bytes.slice(at + 4, 6) == Some(b"Exif\0\0") => {
                exif = bytes.slice(at + 4, len - 2);
            }
            0xd9 | 0xda => return None,
            _ => {}
        }
        at = at.checked_add(2)?.checked_add(len)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_said_to_be_none() {
        assert_eq!(read_header(b""), Err(HeaderError::Empty));
        for other in
            [b"<!doctype html><p>hello".as_slice(), b"<svg xmlns=''/>", b"PK\x03\x04", b"B", b"BM but no bitmap at all"]
        {
            assert_eq!(read_header(other), Err(HeaderError::NotAnImage), "{other:?}");
        }
        assert_eq!(read_header(b"\xff\xd8\xff\xe0\x00"), Err(HeaderError::Broken));
    }

    #[test]
    fn a_png_says_its_size_before_anything_is_decoded() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend(30_000_u32.to_be_bytes());
        png.extend(30_000_u32.to_be_bytes());
        let header = read_header(&png).unwrap();
        assert_eq!(header.pixels(), 900_000_000);
    }

    #[test]
    fn a_turn_brings_the_corners_where_they_belong() {
        // Where the stored top left corner goes, for a stored picture of 4 by 3.
        let corner = |number| {
            let [a, b, c, d, e, f] = Orientation::from_exif(number).unwrap().transform(4.0, 3.0);
            let place = |x: f64, y: f64| (a * x + c * y + e, b * x + d * y + f);
            (place(0.0, 0.0), place(4.0, 3.0))
        };
        assert_eq!(corner(1), ((0.0, 0.0), (4.0, 3.0)));
        assert_eq!(corner(2), ((4.0, 0.0), (0.0, 3.0)));
        assert_eq!(corner(3), ((4.0, 3.0), (0.0, 0.0)));
        assert_eq!(corner(4), ((0.0, 3.0), (4.0, 0.0)));
        assert_eq!(corner(5), ((0.0, 0.0), (3.0, 4.0)));
        assert_eq!(corner(6), ((3.0, 0.0), (0.0, 4.0)));
        assert_eq!(corner(7), ((3.0, 4.0), (0.0, 0.0)));
        assert_eq!(corner(8), ((0.0, 4.0), (3.0, 0.0)));
    }
}
