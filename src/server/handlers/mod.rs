//! What each address does: extract, authorise, call, reply.

pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod join;
pub(crate) mod me;
pub(crate) mod media;
pub(crate) mod records;
mod sent;
pub(crate) mod upload;
