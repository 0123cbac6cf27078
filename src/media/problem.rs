//! Why a chosen file cannot become a photo.

use crate::HeaderError;

/// Why a chosen file cannot be used. Worker, storage and screens share these keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoProblem {
    /// No bytes.
    Empty,
    /// Not a picture, or a kind that is not taken (SVG).
    NotAnImage,
    /// HEIC, where this browser cannot decode it, and what can is not on this phone.
    Heic,
    /// Cut off, or broken otherwise.
    Broken,
    /// More than 100 megapixels.
    TooManyPixels,
    /// The file could not be read, or the picture could not be made ready here.
    Unreadable,
}

impl PhotoProblem {
    /// All problems.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::NotAnImage, Self::Heic, Self::Broken, Self::TooManyPixels, Self::Unreadable];

    /// Returns the stable key, as stored and passed on.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAnImage => "not_an_image",
            Self::Heic => "heic",
            Self::Broken => "broken",
            Self::TooManyPixels => "too_many_pixels",
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns the problem with this key; one of another version reads as [`Self::Unreadable`].
    pub fn from_key(key: &str) -> Self {
        Self::ALL.into_iter().find(|problem| problem.key() == key).unwrap_or(Self::Unreadable)
    }
}

impl From<HeaderError> for PhotoProblem {
    fn from(error: HeaderError) -> Self {
        match error {
            HeaderError::Empty => Self::Empty,
            HeaderError::NotAnImage => Self::NotAnImage,
            HeaderError::Broken => Self::Broken,
        }
    }
}
