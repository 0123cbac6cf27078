//! Covering people and number plates, in a worker of its own: finds faces to propose, and burns what was chosen into the photo.
//! The same worker makes recordings ready (`worker`): both come with what is made beside the quick way.
//!
//! Must not know: screens, the database, the network. Nothing of a covered place is left in what comes out. Read first: [`find`]
//! (pure); what is covered is told by [`media::Shape`].

mod faces;

#[cfg(target_arch = "wasm32")]
mod paint;

pub use faces::{LOOKED_AT_PX, find};

#[cfg(target_arch = "wasm32")]
pub use paint::{covered, faces_in, turned};
