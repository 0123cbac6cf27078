//! Walks a voice note from its first byte to its last: is it one track of sound as browsers record it, whole, and nothing else?

mod elements;
mod mp4;
mod opus;
#[cfg(test)]
mod tests;
mod webm;

use std::fmt;

/// What a voice note is packed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// WebM.
    Webm,
    /// MP4, in one piece or in fragments.
    Mp4,
}

/// How its sound is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// Opus.
    Opus,
    /// AAC.
    Aac,
}

/// A voice note, as its bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// What it is packed in.
    pub container: Container,
    /// How its sound is encoded.
    pub codec: Codec,
    /// How long it sounds, counted by what is in it: a recording that is under way tells no duration.
    pub ms: u64,
}

impl Voice {
    /// Returns the stable key of its container and codec, as stored and sent.
    pub const fn key(self) -> &'static str {
        match (self.container, self.codec) {
            // No browser writes AAC into WebM, and the walk takes none.
            (Container::Webm, Codec::Opus | Codec::Aac) => "webm_opus",
            (Container::Mp4, Codec::Aac) => "mp4_aac",
            (Container::Mp4, Codec::Opus) => "mp4_opus",
        }
    }
}

/// What a walk found wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceError {
    /// Not one track of sound, and of sound alone, in a container and an encoding that are taken.
    NotVoice,
    /// An element is broken, the file ends within one, or there is no sound in it.
    Broken,
    /// It carries words, places, pictures or attachments, or bytes behind its end.
    CarriesMetadata,
}

impl fmt::Display for VoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotVoice => "not one track of sound",
            Self::Broken => "the sound is broken or cut off",
            Self::CarriesMetadata => "the sound carries metadata",
        })
    }
}

/// Walks every element of a voice note. The names of the programs that made it may stand in it, nothing else beside the sound.
///
/// # Errors
/// The first thing found wrong.
pub fn walk_voice(data: &[u8]) -> Result<Voice, VoiceError> {
    walk(data).1
}

/// Returns how many of its first bytes are a recording by themselves: what a browser that was killed has left ends anywhere.
/// `None` where there is no sound yet.
pub fn whole_voice(data: &[u8]) -> Option<usize> {
    match walk(data) {
        (_, Ok(_)) => Some(data.len()),
        (whole, Err(VoiceError::Broken)) => whole,
        (_, Err(VoiceError::NotVoice | VoiceError::CarriesMetadata)) => None,
    }
}

fn walk(data: &[u8]) -> (Option<usize>, Result<Voice, VoiceError>) {
    match (data.get(..4), data.get(4..8)) {
        (Some([0x1a, 0x45, 0xdf, 0xa3]), _) => webm::walk(data),
        (_, Some(b"ftyp")) => mp4::walk(data),
        _ => (None, Err(VoiceError::NotVoice)),
    }
}

/// Says whether this is the name of a program: short, and of the signs that such names have.
fn is_program(name: &[u8]) -> bool {
    let end = name.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let name = &name[..end];
    name.len() <= 64 && name.iter().all(|byte| (0x20..0x7f).contains(byte))
}
