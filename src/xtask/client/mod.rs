//! How `dist/` comes about: generated assets, Trunk, then names, service worker and compression of our own.
//!
//! ```text
//! npm icons + typeface -> target/client-assets --+
//! style/ public/ src/app/index.html -------------+-> Trunk -> target/client -> finish -> dist/
//! ```

pub(crate) mod assets;
mod finish;
mod html;
mod references;

use std::path::PathBuf;

use crate::commands::tools;
use crate::{process, workspace};

/// Where the finished client lies; the server embeds this folder.
pub(crate) const DIST: &str = "dist";

/// What the client is made from; nothing else needs to be looked at to know that it is current.
pub(crate) const INPUTS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    "public",
    "style",
    "src/domain",
    "src/media",
    "src/protocol",
    "src/sync",
    "src/store",
    "src/browser",
    "src/dom",
    "src/app",
    "src/sender",
    "src/worker",
    "src/xtask/client",
    "src/xtask/npm",
];

/// Builds the client in release and leaves it whole, hashed and compressed in `dist/`.
pub(crate) fn build() -> anyhow::Result<()> {
    let packages = tools::ensure_packages("src/xtask/npm")?;
    assets::generate(&packages, assets::Symbols::Named)?;
    // Trunk keeps cargo off the network, so what is missing must come first.
    process::run(&mut process::cargo(&["fetch", "--locked", "--quiet"]))?;
    process::step("Building the client", || {
        let mut trunk = process::command(workspace::tool("bin/trunk"));
        process::run(trunk.args(["build", "--release", "--cargo-profile", "client"]).env("NO_COLOR", "true"))
    })?;
    process::step("Finishing the client", || finish::finish(&packages, &trunk_output(), &workspace::at(DIST)))
}

fn trunk_output() -> PathBuf {
    workspace::at("target/client")
}
