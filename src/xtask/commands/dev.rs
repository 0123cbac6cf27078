//! `cargo xtask dev`: the app with live reload, in front of a server.

use std::process::Child;
use std::time::Duration;

use anyhow::bail;

use super::tools;
use crate::{client, process, workspace};

/// Starts the server and Trunk, which proxies to it; when one ends, so does the other.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    tools::ensure_for_build()?;
    client::assets::generate(&tools::ensure_packages("src/xtask/npm")?)?;
    process::step("Building the server", || process::run(&mut process::cargo(&["build", "--package", "server"])))?;

    // Trunk.toml sends /api and /healthz to this address.
    let mut server = process::command(workspace::target().join("debug/wijkbeeld"));
    server.args(["serve", "--data", "./data", "--listen", "127.0.0.1:8081", "--demo"]);
    let mut trunk = process::command(workspace::tool("bin/trunk"));
    trunk.args(["serve", "--dist", "target/client-dev"]).args(args).env("NO_COLOR", "true");
    let mut running = [("the server", Running(server.spawn()?)), ("Trunk", Running(trunk.spawn()?))];
    loop {
        for (name, child) in &mut running {
            if let Some(status) = child.0.try_wait()? {
                bail!("{name} ended with {status}");
            }
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// A child that does not outlive us. Ctrl-C reaches all three of us at once.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that already ended cannot be ended again.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
