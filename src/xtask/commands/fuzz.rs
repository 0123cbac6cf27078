//! `cargo xtask fuzz`: random requests by every role against the real server, with planted secrets that no answer may tell.

use anyhow::bail;

use super::tools;
use crate::{process, workspace};

/// Runs it against what `build` left; `args` are those of `tests/fuzz/fuzz.py`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let server = workspace::server_binary();
    if !server.is_file() {
        bail!("there is no {}: run `cargo xtask build` first", server.display());
    }
    let python = tools::ensure_python("tests/fuzz")?;
    process::run(process::command(python).arg(workspace::at("tests/fuzz/fuzz.py")).arg(server).args(args))
}
