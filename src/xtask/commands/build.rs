//! `cargo xtask build`: one file, `target/release/wijkbeeld`, with the client inside.

use anyhow::bail;

use super::tools;
use crate::fingerprint::Fingerprint;
use crate::{client, process, workspace};

/// Installs what is missing and builds client and server, each only if something it is made from changed.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = args.first() {
        bail!("`build` takes no arguments, got `{unknown}`");
    }
    let client = Fingerprint::of(client::INPUTS, workspace::at("target/client.stamp"))?;
    if !client.is_current() || !workspace::at(client::DIST).join("sw.js").is_file() {
        tools::ensure_for_build()?;
        client.clear();
        client::build()?;
        client.store()?;
    }
    // After the client: its finished files are one of the server's inputs.
    let server = Fingerprint::of(SERVER_INPUTS, workspace::target().join("release/wijkbeeld.stamp"))?;
    if !server.is_current() || !workspace::server_binary().is_file() {
        server.clear();
        process::step("Building the server", || {
            process::run(&mut process::cargo(&["build", "--release", "--locked", "--package", "server"]))
        })?;
        server.store()?;
    }
    Ok(())
}

const SERVER_INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "src/domain",
    "src/media",
    "src/protocol",
    "src/server",
    client::DIST,
];
