//! `cargo xtask bench`: what a first visit costs.

use anyhow::bail;

use super::{build, tools};
use crate::{process, workspace};

/// Builds and measures; each measurement is a script beside `src/xtask/bench/package.json`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let script = match args {
        [what] if ["size", "boot", "lighthouse"].contains(&what.as_str()) => format!("{what}.mjs"),
        _ => bail!("`bench` measures one of size, boot and lighthouse"),
    };
    build::run(&[])?;
    let mut node = process::command("node");
    node.arg(workspace::at("src/xtask/bench").join(script));
    node.env("WIJKBEELD_PACKAGES", tools::ensure_packages("src/xtask/bench")?);
    node.env("WIJKBEELD_BIN", workspace::server_binary()).env("CHROMIUM", tools::browser()?.chromium);
    process::run(&mut node)
}
