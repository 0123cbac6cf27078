//! Media: bytes of their own beside the records, named by their hash.

use domain::plain::{Plain, Value};
use domain::{MAX_VOICE_MS, MediaHash, ProjectId};
use serde::{Deserialize, Serialize};

use crate::ErrorCode;

/// The largest medium, in bytes.
pub const MAX_MEDIUM_BYTES: usize = 8 * 1024 * 1024;

/// How long a voice note may sound, in milliseconds: a recorder is stopped at the end of three minutes, and stops a little later.
pub const MAX_SOUND_MS: u64 = MAX_VOICE_MS as u64 + 5_000;

/// The most pixels that anybody decodes.
pub const MAX_PIXELS: u64 = 100_000_000;

/// Header fields of resumable uploads, as in the IETF draft *Resumable Uploads for HTTP*; ARCHITECTURE.md says where we
/// follow it and where not.
pub mod upload_header {
    /// How many bytes of the upload the server holds, or at which byte this request goes on.
    pub const OFFSET: &str = "upload-offset";
    /// `?1` when the request's body ends the upload, or when the server holds all of it; otherwise `?0`.
    pub const COMPLETE: &str = "upload-complete";
    /// The bytes of the whole upload.
    pub const LENGTH: &str = "upload-length";
    /// What the server takes: `max-size=` bytes, `max-age=` seconds that it keeps a part.
    pub const LIMIT: &str = "upload-limit";
    /// The content type of a body that is a part of a medium.
    pub const PARTIAL: &str = "application/partial-upload";
    /// True, as a structured field.
    pub const TRUE: &str = "?1";
    /// False, as a structured field.
    pub const FALSE: &str = "?0";
}

/// An upload that broke off: the server kept its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnfinishedUpload {
    /// Where it goes.
    pub project: ProjectId,
    /// The medium.
    pub sha256: MediaHash,
    /// How many of its bytes the server holds.
    pub offset: u64,
}

domain::plain!(UnfinishedUpload { project, sha256, offset });

/// Which form of a medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MediaSize {
    /// As it was sent: a picture of at most 2048 px on the long edge, or a voice note.
    #[default]
    Large,
    /// The server's small picture: at most 400 px on the long edge.
    Small,
    /// A voice note as every browser plays it: AAC in MP4 where the server could make that, otherwise as it was sent.
    Played,
}

/// Where a medium stands with its owner. Its text is `missing`, `held`, `shown`, or `set_aside:` and a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediumState {
    /// The server does not hold it.
    Missing,
    /// The server holds it, checked by hash and fsynced; it is not shown to others yet.
    Held,
    /// The server holds it and shows it to those who may see the entry.
    Shown,
    /// The server could not decode it, or would not take it: nobody else sees it.
    SetAside {
        /// Why.
        code: ErrorCode,
    },
    /// A state of a later version.
    Unknown,
}

const SET_ASIDE: &str = "set_aside:";

impl From<String> for MediumState {
    fn from(text: String) -> Self {
        match text.as_str() {
            "missing" => Self::Missing,
            "held" => Self::Held,
            "shown" => Self::Shown,
            other => match other.strip_prefix(SET_ASIDE) {
                Some(key) => Self::SetAside { code: ErrorCode::from_key(key) },
                None => Self::Unknown,
            },
        }
    }
}

impl From<MediumState> for String {
    fn from(state: MediumState) -> Self {
        match state {
            MediumState::Missing => "missing".to_owned(),
            MediumState::Held => "held".to_owned(),
            MediumState::Shown => "shown".to_owned(),
            MediumState::SetAside { code } => format!("{SET_ASIDE}{}", code.key()),
            MediumState::Unknown => "unknown".to_owned(),
        }
    }
}

impl Plain for MediumState {
    fn to_value(&self) -> Value {
        String::from(*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(|text| text.to_owned().into())
    }
}

domain::serde_by_plain!(MediumState);

impl MediumState {
    /// Says whether the server holds a picture that can be used: what was set aside cannot.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Held | Self::Shown)
    }
}

/// The server holds these bytes for the member who sent them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MediaReply {
    /// What the server computed over what it stored.
    pub sha256: MediaHash,
    /// How many bytes it stored.
    pub bytes: u64,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(MediaReply { sha256, bytes, server_time_ms });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_back_from_its_text_and_one_of_a_later_version_is_unknown() {
        let set_aside = MediumState::SetAside { code: ErrorCode::BrokenImage };
        for state in [MediumState::Missing, MediumState::Held, MediumState::Shown, set_aside] {
            assert_eq!(MediumState::from(String::from(state)), state);
        }
        assert_eq!(MediumState::from("thawing".to_owned()), MediumState::Unknown);
    }
}
