//! The API as phones meet it: the real router on a temporary folder. The files follow the addresses.

mod at_once;
mod client;
mod closing;
mod code;
mod demo;
mod devices;
mod events;
mod every_answer;
mod expiry;
mod invitations;
mod join;
mod links;
mod log;
mod me;
mod media;
mod members;
mod openapi;
mod permissions;
mod pull;
mod records;
mod recovery;
mod sight;
mod support;
mod upload;
mod upload_bounds;
mod v1;
