//! The server: keeps records and pictures, hands them out to those who may see them, and serves the app itself.
//!
//! Must not know: how a phone stores, shows or sends anything (`sync`, `store`, `browser`, `app`). Rules that both ends
//! obey (merging, permissions, limits) live in `domain` and `protocol`.
//! Read first: [`routes`] (every address), [`services::records`] (how a record changes), [`state::App`] (the parts).

mod attempts;
mod auth;
mod background;
mod claims;
mod cli;
mod client;
mod clock;
mod config;
mod converter;
mod demo;
mod error;
mod handlers;
mod known;
mod objects;
mod openapi;
mod random;
mod recovery;
mod repositories;
mod routes;
mod security;
mod services;
mod state;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
