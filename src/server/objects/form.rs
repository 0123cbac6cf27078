//! In which forms media lie in their folder: the name of a file says which it is.

use domain::VoiceKind;

use crate::repositories::media::MediumKind;

/// A form of a medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A picture as it was sent.
    Large,
    /// The server's small picture.
    Small,
    /// A voice note as it was sent, in WebM.
    Webm,
    /// A voice note as it was sent, in MP4.
    Mp4,
    /// A voice note as every browser plays it.
    Played,
}

impl Form {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [Self::Played, Self::Small, Self::Large, Self::Webm, Self::Mp4];

    /// Those that were sent: a medium has one of them.
    pub(crate) const AS_SENT: [Self; 3] = [Self::Large, Self::Webm, Self::Mp4];

    /// Returns the form in which media of this kind are sent.
    pub(crate) const fn as_sent(kind: MediumKind) -> Self {
        match kind {
            MediumKind::Picture => Self::Large,
            MediumKind::Voice(VoiceKind::WebmOpus) => Self::Webm,
            MediumKind::Voice(VoiceKind::Mp4Aac | VoiceKind::Mp4Opus) => Self::Mp4,
        }
    }

    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::Large => "large.jpg",
            Self::Small => "small.jpg",
            Self::Webm => "voice.webm",
            Self::Mp4 => "voice.mp4",
            Self::Played => "played.mp4",
        }
    }
}
