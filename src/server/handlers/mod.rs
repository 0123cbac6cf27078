//! What each address does: extract, authorise, call, reply.

pub(crate) mod code;
pub(crate) mod devices;
pub(crate) mod events;
pub(crate) mod group_code;
pub(crate) mod health;
pub(crate) mod invitations;
pub(crate) mod join;
pub(crate) mod links;
pub(crate) mod log;
pub(crate) mod me;
pub(crate) mod media;
pub(crate) mod members;
pub(crate) mod records;
pub(crate) mod recovery;
mod sent;
pub(crate) mod upload;
