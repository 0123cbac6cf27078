//! Pictures and voice notes as bytes: what kind they are, how large, which way up, when and where they were taken, how long they
//! sound, and whether a JPEG, or a track of sound, is whole and carries nothing else.
//!
//! Must not know: how to decode a picture or a sound, where bytes come from or go to. Reads headers only, never panics, never
//! loops on hostile input, allocates nothing that the input can make large.
//! Read first: [`read_header`] and [`read_origin`] (used on the phone before decoding), [`walk_jpeg`] and [`walk_voice`] (used on
//! the server before storing), [`whole_voice`] (what a browser that was killed has left of a recording).

mod bytes;
mod header;
mod heif;
mod jpeg;
mod origin;
mod problem;
mod shapes;
mod tiff;
mod voice;

pub use header::{
    Format, Header, HeaderError, Orientation, is_wide_gamut, read_header, read_heif_origin, read_origin, sniff,
};
pub use jpeg::{JpegError, walk_jpeg};
pub use origin::{Origin, Taken, Whereabouts};
pub use problem::PhotoProblem;
pub use shapes::{Shape, Spot, Stroke};
pub use voice::{Codec, Container, Voice, VoiceError, walk_voice, whole_voice};
