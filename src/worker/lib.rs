//! Making photos and voice notes ready, in workers, away from the page.
//!
//! Must not know: screens, the database, the network. A photo comes in as the file that was chosen and goes out as an
//! upright JPEG without metadata, with a small picture beside it; one at a time, decoded once, never twice in memory.
//! Read first: [`prepare`].

#![cfg(target_arch = "wasm32")]

mod photo;
mod turned;
mod voice;

pub use photo::{Grey, Paint, grey_copy, prepare, prepare_pixels, repaint, small_picture};
pub use voice::ready_voice;
