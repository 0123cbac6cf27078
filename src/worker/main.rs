//! What runs in workers, away from the page: making photos ready.
//!
//! Must not know: screens, the database, the network. A photo comes in as the file that was chosen and goes out as an
//! upright JPEG without metadata, with a small picture beside it; one at a time, decoded once, never twice in memory.
//! Read first: [`prepare_photo`].

#[cfg(target_arch = "wasm32")]
mod photo;
#[cfg(target_arch = "wasm32")]
mod turned;

#[cfg(target_arch = "wasm32")]
pub use photo::prepare_photo;

fn main() {}
