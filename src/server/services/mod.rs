//! Rules and transactions that span repositories. Plain values in and out; nothing here knows HTTP.

pub(crate) mod arrivals;
mod at_once;
pub(crate) mod check;
pub(crate) mod devices;
pub(crate) mod events;
pub(crate) mod expiry;
pub(crate) mod groups;
mod guessing;
pub(crate) mod invitations;
pub(crate) mod join;
pub(crate) mod links;
pub(crate) mod media;
pub(crate) mod members;
mod names;
pub(crate) mod projects;
pub(crate) mod pseudonyms;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod records;
pub(crate) mod recovery;
mod sight;
pub(crate) mod upload;
