//! WebM: elements of an id, a length and a body (RFC 8794). While a browser records, neither the file nor its last cluster
//! has a length.

use super::elements::{CLUSTER, EBML, Holds, SEGMENT, ends_cluster, holds};
use super::{Codec, Container, Voice, VoiceError, is_program, opus};
use crate::bytes::Bytes;

/// Walks the two elements of a file: its head and its segment.
pub(super) fn walk(data: &[u8]) -> (Option<usize>, Result<Voice, VoiceError>) {
    let mut walk = Walk { bytes: Bytes(data), tick_ns: 1_000_000, ..Walk::default() };
    let walked = walk.file();
    (walk.whole, walked.and_then(|()| walk.voice()))
}

#[derive(Default)]
struct Walk<'a> {
    bytes: Bytes<'a>,
    tick_ns: u64,
    is_webm: bool,
    tracks: usize,
    is_opus: bool,
    is_sound: bool,
    cluster_at: u64,
    /// When the first block begins, and the last ends.
    sounds_ns: Option<(u64, u64)>,
    /// Where the last element ended behind which the file may end.
    whole: Option<usize>,
}

struct Element {
    id: u32,
    from: usize,
    /// `None` where its length is not known.
    to: Option<usize>,
}

impl Walk<'_> {
    fn file(&mut self) -> Result<(), VoiceError> {
        let len = self.bytes.0.len();
        let head = self.element(0, len).ok_or(VoiceError::Broken)?;
        let head_to = head.to.ok_or(VoiceError::Broken)?;
        self.elements(EBML, head.from, head_to, false)?;
        if !self.is_webm {
            return Err(VoiceError::NotVoice);
        }
        let segment = self.element(head_to, len).ok_or(VoiceError::Broken)?;
        if segment.id != SEGMENT {
            return Err(VoiceError::Broken);
        }
        let end = self.elements(SEGMENT, segment.from, segment.to.unwrap_or(len), segment.to.is_none())?;
        if end == len { Ok(()) } else { Err(VoiceError::CarriesMetadata) }
    }

    fn voice(&self) -> Result<Voice, VoiceError> {
        let (from, to) = self.sounds_ns.ok_or(VoiceError::Broken)?;
        Ok(Voice { container: Container::Webm, codec: Codec::Opus, ms: to.saturating_sub(from).div_ceil(1_000_000) })
    }

    /// Walks the elements of one; `is_open` where its length is not known. Returns where it ends.
    fn elements(&mut self, parent: u32, from: usize, to: usize, is_open: bool) -> Result<usize, VoiceError> {
        let mut at = from;
        while at < to {
            let element = self.element(at, to).ok_or(VoiceError::Broken)?;
            if is_open && parent == CLUSTER && ends_cluster(element.id) {
                return Ok(at);
            }
            let holds = holds(parent, element.id).ok_or(VoiceError::CarriesMetadata)?;
            at = match (holds, element.to) {
                (Holds::Elements, None) if element.id == CLUSTER && is_open => {
                    self.elements(element.id, element.from, to, true)?
                }
                (_, None) => return Err(VoiceError::Broken),
                (Holds::Elements, Some(end)) => self.elements(element.id, element.from, end, false)?,
                (Holds::Track, Some(end)) => {
                    self.tracks += 1;
                    let end = self.elements(element.id, element.from, end, false)?;
                    if self.tracks > 1 || !self.is_sound || !self.is_opus {
                        return Err(VoiceError::NotVoice);
                    }
                    end
                }
                (_, Some(end)) => {
                    self.leaf(holds, &self.bytes.0[element.from..end])?;
                    end
                }
            };
            if is_open && self.sounds_ns.is_some() {
                self.whole = Some(at);
            }
        }
        Ok(to)
    }

    fn leaf(&mut self, holds: Holds, body: &[u8]) -> Result<(), VoiceError> {
        let metadata_unless = |holds: bool| if holds { Ok(()) } else { Err(VoiceError::CarriesMetadata) };
        match holds {
            Holds::Elements | Holds::Track => Ok(()),
            Holds::Number => metadata_unless(body.len() <= 8),
            Holds::Uid => metadata_unless(body.len() <= 16),
            Holds::Program => metadata_unless(is_program(body)),
            Holds::TagName => metadata_unless(matches!(body, b"ENCODER" | b"DURATION")),
            Holds::Language => metadata_unless(body.len() <= 11 && is_program(body)),
            Holds::Room => metadata_unless(body.iter().all(|byte| *byte == 0)),
            Holds::Scale => {
                self.tick_ns = number(body).filter(|ns| (1..=1_000_000_000).contains(ns)).ok_or(VoiceError::Broken)?;
                Ok(())
            }
            Holds::ClusterTime => {
                self.cluster_at = number(body).filter(|at| *at <= u64::from(u32::MAX)).ok_or(VoiceError::Broken)?;
                Ok(())
            }
            Holds::DocType => {
                self.is_webm = body == b"webm";
                Ok(())
            }
            Holds::TrackType => {
                self.is_sound = number(body) == Some(2);
                if self.is_sound { Ok(()) } else { Err(VoiceError::NotVoice) }
            }
            Holds::Codec => {
                self.is_opus = body == b"A_OPUS";
                if self.is_opus { Ok(()) } else { Err(VoiceError::NotVoice) }
            }
            Holds::CodecPrivate => metadata_unless(opus::is_header(body)),
            Holds::Block => self.block(body).ok_or(VoiceError::Broken),
        }
    }

    /// A block: number of its track, when it begins within the cluster, flags, and one packet.
    fn block(&mut self, body: &[u8]) -> Option<()> {
        let (_, number_len) = vint(Bytes(body), 0)?;
        let head = Bytes(body).array::<3>(number_len)?;
        let within = i16::from_be_bytes([head[0], head[1]]);
        let is_laced = head[2] & 0b110 != 0;
        let us = opus::packet_us(&body[number_len + 3..])?;
        if is_laced || self.tracks != 1 {
            return None;
        }
        let begins = self.cluster_at.checked_add_signed(within.into())?.checked_mul(self.tick_ns)?;
        let ends = begins.checked_add(us * 1_000)?;
        let (first, last) = self.sounds_ns.unwrap_or((begins, ends));
        self.sounds_ns = Some((first.min(begins), last.max(ends)));
        Some(())
    }

    /// Reads an element's id and length, which must lie before `to`.
    fn element(&self, at: usize, to: usize) -> Option<Element> {
        let first = self.bytes.u8(at)?;
        let id_len = usize::try_from(first.leading_zeros() + 1).ok().filter(|len| *len <= 4)?;
        let id = self.bytes.slice(at, id_len)?.iter().fold(0, |id, byte| id << 8 | u32::from(*byte));
        let (len, len_len) = vint(self.bytes, at + id_len)?;
        let from = at + id_len + len_len;
        let to = match len {
            Some(len) => Some(from.checked_add(usize::try_from(len).ok()?).filter(|end| *end <= to)?),
            None => None,
        };
        (from <= self.bytes.0.len()).then_some(Element { id, from, to })
    }
}

/// Reads a length of one to eight bytes; all ones mean that it is not known. Also returns how many bytes it has.
fn vint(bytes: Bytes<'_>, at: usize) -> Option<(Option<u64>, usize)> {
    let first = bytes.u8(at)?;
    let len = usize::try_from(first.leading_zeros() + 1).ok().filter(|len| *len <= 8)?;
    let all = bytes.slice(at, len)?.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
    let ones = (1_u64 << (7 * len)) - 1;
    let value = all & ones;
    Some(((value != ones).then_some(value), len))
}

fn number(body: &[u8]) -> Option<u64> {
    (body.len() <= 8).then(|| body.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
