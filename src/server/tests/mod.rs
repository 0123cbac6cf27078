//! The API as phones meet it: the real router on a temporary folder. The files follow the addresses.

mod approval;
mod at_once;
mod audience;
mod client;
mod closing;
mod code;
mod demo;
mod devices;
mod events;
mod every_answer;
mod expiry;
mod group_code;
mod invitations;
mod join;
mod links;
mod log;
mod me;
mod media;
mod members;
mod openapi;
mod permissions;
mod place;
mod pull;
mod records;
mod recovery;
mod settings;
mod sight;
mod support;
mod team;
mod upload;
mod upload_bounds;
mod v1;
mod voice;
#[cfg(target_os = "linux")]
mod voice_played;
mod welcome;
