//! MP4: boxes of a length, a name and a body (ISO/IEC 14496-12), in one piece or in fragments as a browser records them.

use super::{Codec, Container, Voice, VoiceError, is_program};
use crate::bytes::Bytes;

/// Walks the boxes of a file.
pub(super) fn walk(data: &[u8]) -> (Option<usize>, Result<Voice, VoiceError>) {
    let mut walk = Walk { bytes: Bytes(data), ..Walk::default() };
    let walked = walk.boxes(*b"file", 0, data.len());
    (walk.whole, walked.and_then(|()| walk.voice()))
}

#[derive(Default)]
struct Walk<'a> {
    bytes: Bytes<'a>,
    tracks: usize,
    is_sound: bool,
    codec: Option<Codec>,
    ticks_per_second: u64,
    ticks: u64,
    /// How long each sample of a fragment lasts that does not say so: in the whole file, and in the fragment.
    sample_ticks: u64,
    fragment_sample_ticks: u64,
    sound_bytes: usize,
    /// Whether a fragment was announced whose sound has not come.
    awaits_sound: bool,
    /// Where the last box ended behind which the file may end.
    whole: Option<usize>,
}

/// What a box holds.
enum Holds {
    /// Boxes, behind so many bytes of its own.
    Boxes(usize),
    /// The sound.
    Sound,
    /// A table of numbers, or a few of them: walked by [`Walk::leaf`] where they matter.
    Numbers,
    /// At most so many bytes that browsers write and nobody reads.
    Bytes(usize),
    /// Room that was left: zeros.
    Room,
}

/// Returns what a box may hold there; `None` where it must not stand.
const fn holds(parent: [u8; 4], name: [u8; 4]) -> Option<Holds> {
    Some(match (&parent, &name) {
        (_, b"free" | b"skip" | b"wide") => Holds::Room,
        (b"file", b"ftyp" | b"styp") => Holds::Bytes(64),
        (b"file", b"mdat") => Holds::Sound,
        (b"file", b"moov" | b"moof" | b"mfra") => Holds::Boxes(0),
        (b"file", b"sidx") => Holds::Numbers,
        (b"moov", b"mvhd") => Holds::Bytes(112),
        (b"moov", b"iods") => Holds::Bytes(32),
        (b"moov", b"trak" | b"mvex" | b"udta") => Holds::Boxes(0),
        (b"mvex", b"mehd") => Holds::Bytes(12),
        (b"mvex", b"trex") => Holds::Numbers,
        (b"trak", b"tkhd") => Holds::Bytes(96),
        (b"trak", b"edts" | b"mdia") => Holds::Boxes(0),
        (b"edts", b"elst") => Holds::Bytes(128),
        (b"mdia", b"mdhd" | b"hdlr") => Holds::Numbers,
        (b"mdia", b"minf") => Holds::Boxes(0),
        (b"minf", b"smhd") => Holds::Bytes(8),
        (b"minf", b"dinf" | b"stbl") => Holds::Boxes(0),
        (b"dinf", b"dref") => Holds::Boxes(8),
        (b"dref", b"url ") => Holds::Bytes(5),
        (b"stbl", b"stsd") => Holds::Boxes(8),
        (b"stbl", b"stts") => Holds::Numbers,
        (b"stbl", b"stsc" | b"stsz" | b"stz2" | b"stco" | b"co64" | b"stss" | b"ctts") => Holds::Numbers,
        (b"stbl" | b"traf", b"sgpd" | b"sbgp" | b"sdtp") => Holds::Numbers,
        (b"stsd", b"mp4a" | b"Opus") => Holds::Boxes(28),
        (b"mp4a", b"esds") | (b"Opus", b"dOps") => Holds::Numbers,
        (b"mp4a" | b"Opus", b"btrt" | b"srat") => Holds::Bytes(12),
        (b"mp4a" | b"Opus", b"chan" | b"chnl") => Holds::Bytes(64),
        (b"moof", b"mfhd") => Holds::Bytes(8),
        (b"moof", b"traf") => Holds::Boxes(0),
        (b"traf", b"tfhd" | b"trun") => Holds::Numbers,
        (b"traf", b"tfdt") => Holds::Bytes(12),
        (b"mfra", b"tfra" | b"mfro") => Holds::Numbers,
        // The name of the program, as programs write it that know no other place for it.
        (b"udta", b"meta") => Holds::Boxes(4),
        (b"meta", b"hdlr") => Holds::Numbers,
        (b"meta", b"ilst") | (b"ilst", b"\xa9too") => Holds::Boxes(0),
        (b"\xa9too", b"data") => Holds::Numbers,
        _ => return None,
    })
}

impl Walk<'_> {
    fn voice(&self) -> Result<Voice, VoiceError> {
        let codec = self.codec.filter(|_| self.tracks == 1 && self.is_sound).ok_or(VoiceError::Broken)?;
        if self.awaits_sound || self.sound_bytes == 0 || self.ticks == 0 || self.ticks_per_second == 0 {
            return Err(VoiceError::Broken);
        }
        let ms = self.ticks.saturating_mul(1_000).div_ceil(self.ticks_per_second);
        Ok(Voice { container: Container::Mp4, codec, ms })
    }

    fn boxes(&mut self, parent: [u8; 4], from: usize, to: usize) -> Result<(), VoiceError> {
        let mut at = from;
        while at < to {
            let (name, body, end) = self.next_box(at, to).ok_or(VoiceError::Broken)?;
            let bytes = &self.bytes.0[body..end];
            let is_taken = match holds(parent, name) {
                Some(Holds::Boxes(own)) => {
                    let inner = body.checked_add(own).filter(|inner| *inner <= end).ok_or(VoiceError::Broken)?;
                    self.enter(name, &self.bytes.0[body..inner])?;
                    self.boxes(name, inner, end)?;
                    true
                }
                Some(Holds::Sound) => {
                    self.sound_bytes = self.sound_bytes.saturating_add(bytes.len());
                    self.awaits_sound = false;
                    true
                }
                Some(Holds::Numbers) => self.leaf(parent, name, body, end)?,
                Some(Holds::Bytes(most)) => bytes.len() <= most,
                Some(Holds::Room) => bytes.iter().all(|byte| *byte == 0),
                // What has pictures in it is another kind of file, whatever else it carries.
                None if matches!(&name, b"vmhd" | b"meta") && self.codec.is_none() => return Err(VoiceError::NotVoice),
                None if parent == *b"stsd" => return Err(VoiceError::NotVoice),
                None => false,
            };
            if !is_taken {
                return Err(VoiceError::CarriesMetadata);
            }
            at = end;
            if parent == *b"file" && self.voice().is_ok() {
                self.whole = Some(at);
            }
        }
        Ok(())
    }

    /// Takes note of what a box with boxes in it says.
    fn enter(&mut self, name: [u8; 4], own: &[u8]) -> Result<(), VoiceError> {
        match &name {
            b"trak" => self.tracks += 1,
            b"moof" => self.awaits_sound = true,
            b"traf" => self.fragment_sample_ticks = self.sample_ticks,
            b"mp4a" | b"Opus" if self.codec.is_some() => return Err(VoiceError::NotVoice),
            b"Opus" => self.codec = Some(Codec::Opus),
            // A later version of the entry has more of its own, which would read as boxes.
            b"mp4a" if own[8..10] != [0, 0] => return Err(VoiceError::NotVoice),
            b"mp4a" => self.codec = Some(Codec::Aac),
            _ => {}
        }
        if self.tracks > 1 { Err(VoiceError::NotVoice) } else { Ok(()) }
    }

    /// Reads a box of numbers. Says whether it holds no more than them.
    fn leaf(&mut self, parent: [u8; 4], name: [u8; 4], body: usize, end: usize) -> Result<bool, VoiceError> {
        let bytes = Bytes(&self.bytes.0[body..end]);
        match (&parent, &name) {
            (b"mdia", b"hdlr") => {
                self.is_sound = bytes.array(8) == Some(*b"soun");
                if !self.is_sound {
                    return Err(VoiceError::NotVoice);
                }
                Ok(bytes.0.get(24..).is_some_and(is_program))
            }
            (b"meta", b"hdlr") => Ok(bytes.array(8) == Some(*b"mdir") && bytes.0.len() <= 64),
            (b"\xa9too", b"data") => Ok(bytes.0.get(8..).is_some_and(is_program)),
            (b"mp4a", b"esds") => {
                if object_type(bytes).is_none_or(|kind| !matches!(kind, 0x40 | 0x66..=0x68)) {
                    return Err(VoiceError::NotVoice);
                }
                Ok(bytes.0.len() <= 128)
            }
            (b"Opus", b"dOps") => Ok(opus_channels(bytes).is_some()),
            (b"mdia", b"mdhd") => {
                let is_long = bytes.u8(0) == Some(1);
                self.ticks_per_second = bytes.u32_be(if is_long { 20 } else { 12 }).ok_or(VoiceError::Broken)?.into();
                Ok(bytes.0.len() == if is_long { 36 } else { 24 })
            }
            (b"mvex", b"trex") => {
                self.sample_ticks = bytes.u32_be(12).ok_or(VoiceError::Broken)?.into();
                Ok(bytes.0.len() == 24)
            }
            (b"stbl", b"stts") => {
                let entries = bytes.len_be(4).ok_or(VoiceError::Broken)?;
                for entry in table(bytes, 8, entries, 8).ok_or(VoiceError::Broken)? {
                    let of = |at| u64::from(Bytes(entry).u32_be(at).unwrap_or_default());
                    self.ticks = self.ticks.saturating_add(of(0).saturating_mul(of(4)));
                }
                Ok(bytes.0.len() == 8 + entries * 8)
            }
            (b"traf", b"tfhd") => {
                let flags = bytes.u32_be(0).ok_or(VoiceError::Broken)?;
                let before = if flags & 1 == 0 { 8 } else { 16 } + if flags & 2 == 0 { 0 } else { 4 };
                if flags & 8 != 0 {
                    self.fragment_sample_ticks = bytes.u32_be(before).ok_or(VoiceError::Broken)?.into();
                }
                Ok(bytes.0.len() <= 36)
            }
            (b"traf", b"trun") => self.run(bytes).ok_or(VoiceError::Broken),
            _ => Ok(true),
        }
    }

    /// Counts how long the samples of a run last.
    fn run(&mut self, bytes: Bytes<'_>) -> Option<bool> {
        let (flags, samples) = (bytes.u32_be(0)?, bytes.len_be(4)?);
        let from = 8 + if flags & 1 == 0 { 0 } else { 4 } + if flags & 4 == 0 { 0 } else { 4 };
        let each = (flags & 0xf00).count_ones() as usize * 4;
        if each == 0 || flags & 0x100 == 0 {
            let ticks = self.fragment_sample_ticks.saturating_mul(u64::try_from(samples).ok()?);
            self.ticks = self.ticks.saturating_add(ticks);
        } else {
            for sample in table(bytes, from, samples, each)? {
                self.ticks = self.ticks.saturating_add(Bytes(sample).u32_be(0)?.into());
            }
        }
        Some(bytes.0.len() == samples.checked_mul(each)?.checked_add(from)?)
    }

    /// Returns the name of the box at `at`, where its body begins, and where it ends: no later than `to`.
    fn next_box(&self, at: usize, to: usize) -> Option<([u8; 4], usize, usize)> {
        let name = self.bytes.array(at + 4)?;
        let (len, body) = match self.bytes.len_be(at)? {
            1 => (usize::try_from(u64::from_be_bytes(self.bytes.array(at + 8)?)).ok()?, at + 16),
            len => (len, at + 8),
        };
        let end = at.checked_add(len)?;
        (body <= end && end <= to).then_some((name, body, end))
    }
}

/// Returns the entries of a table, where all of them are there.
fn table(bytes: Bytes<'_>, from: usize, entries: usize, each: usize) -> Option<std::slice::ChunksExact<'_, u8>> {
    Some(bytes.slice(from, entries.checked_mul(each)?)?.chunks_exact(each))
}

/// Returns what an elementary stream is: within its descriptor (3) stands that of its decoder (4), which begins with it.
fn object_type(bytes: Bytes<'_>) -> Option<u8> {
    let (tag, at) = descriptor(bytes, 4)?;
    // A number and flags, which say that nothing else comes before.
    let flags = bytes.u8(at + 2)?;
    let (inner, at) = descriptor(bytes, at + 3)?;
    (tag == 3 && flags & 0xe0 == 0 && inner == 4).then(|| bytes.u8(at))?
}

/// Reads a descriptor's tag and where its body begins: its length has up to four bytes.
fn descriptor(bytes: Bytes<'_>, at: usize) -> Option<(u8, usize)> {
    let last = (1..=4).find(|len| bytes.u8(at + len).is_some_and(|byte| byte & 0x80 == 0))?;
    Some((bytes.u8(at)?, at + last + 1))
}

/// One or two channels in the order that needs no table.
fn opus_channels(bytes: Bytes<'_>) -> Option<u8> {
    bytes.u8(1).filter(|channels| matches!(channels, 1 | 2) && bytes.0.len() == 11 && bytes.0[10] == 0)
}
