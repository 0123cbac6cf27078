//! The phone's memory: IndexedDB.
//!
//! Must not know: the network, screens, sentences. A user's action and its outbox entry commit in one transaction with
//! durability strict, or not at all; that sentence is the offline guarantee. Nothing but the database is awaited inside
//! a transaction.
//! Read first: [`Store`], [`StoreError`], and `schema.rs` for what lies where.

mod backup;
mod blob;
mod consents;
mod database;
pub mod device;
mod drafts;
mod error;
mod held;
mod media;
mod members;
mod meta;
mod parked;
mod records;
mod room;
mod rows;
mod schema;
mod shared;
mod shut_out;
mod syncing;
mod transaction;
mod views;
mod voice;

pub use backup::PutBack;
pub use blob::Keeping;
pub use database::Store;
pub use drafts::{DraftBody, DraftSave, PhotoBody, PhotoOrigin, PhotoStage, PhotoWrite, ReadyPhoto, StoredDraft};
pub use error::StoreError;
pub use members::{Members, NewJoin};
pub use records::{StoredEntry, Unsent};
pub use shared::ProjectRecords;
