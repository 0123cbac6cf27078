//! What themes and valences are called in each language: on screens, and in documents that are read without the app.
//!
//! Must not know: sentences, screens, documents. Keys that are stored and sent are `domain`'s.
//! Read first: [`dutch`].

pub mod dutch;
pub mod english;
