//! `cargo xtask bench`: what a first visit costs, and how making photos ready and sending compare with what others use.

use std::path::PathBuf;

use anyhow::bail;

use super::{browsers, build, tools};
use crate::{process, workspace};

/// Builds and measures; each measurement is a script beside `src/xtask/bench/package.json`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let Some((what, options)) = args.split_first() else { bail!("{KNOWN}") };
    let needs_examples = match (what.as_str(), options) {
        ("size" | "boot" | "lighthouse", []) | ("capture", _) => false,
        ("sync" | "server", _) => true,
        _ => bail!("{KNOWN}"),
    };
    build::run(&[])?;
    let mut node = process::command("node");
    node.arg(workspace::at("src/xtask/bench").join(format!("{what}.mjs"))).args(options);
    if needs_examples {
        let examples = build_examples()?;
        node.env("WIJKBEELD_BARE", examples.join("bare")).env("WIJKBEELD_UPLOADS", examples.join("uploads"));
    }
    node.env("WIJKBEELD_PACKAGES", tools::ensure_packages("src/xtask/bench")?);
    node.env("WIJKBEELD_BIN", workspace::server_binary()).env("CHROMIUM", browsers::chromium()?.browser);
    process::run(&mut node)
}

const KNOWN: &str = "`bench` measures one of size, boot, lighthouse, capture [--only MEASURE,...] [--rounds N], sync [--only MEASURE,...] [--runs N] and \
     server [--runs N]";

/// Builds what ours is measured against, and what measures it; returns where they lie.
fn build_examples() -> anyhow::Result<PathBuf> {
    process::run(&mut process::cargo(&["build", "--release", "--locked", "--package", "server", "--examples"]))?;
    Ok(workspace::target().join("release/examples"))
}
