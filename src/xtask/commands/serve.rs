//! `cargo xtask serve`: from a bare machine to the app in a browser.

use std::os::unix::process::CommandExt as _;

use anyhow::Context as _;

use super::build;
use crate::workspace;

/// Builds and then becomes the server, so that a signal to us reaches it.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    build::run(&[])?;
    let mut server = std::process::Command::new(workspace::server_binary());
    server.arg("serve");
    if args.is_empty() {
        server.args(["--data", "./data", "--listen", "127.0.0.1:8080", "--demo"]).current_dir(workspace::root());
    } else {
        server.args(args);
    }
    Err(server.exec()).context("cannot start the server")
}
