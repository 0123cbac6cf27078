//! `cargo xtask dev`: the app with live reload, in front of a server.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::bail;

use super::tools;
use crate::client::parts::{PARTS, write_page};
use crate::{client, process, workspace};

/// Starts the server, and a Trunk for each part of the app: that of the first proxies to the server, which serves what those of the
/// others leave. When one of us ends, however it ends, so do the others.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    tools::ensure_for_build()?;
    let packages = tools::ensure_packages("src/xtask/npm")?;
    client::assets::generate(&packages, client::assets::Symbols::All)?;
    process::step("Building the server", || process::run(&mut process::cargo(&["build", "--package", "server"])))?;

    // Trunk.toml sends the API and the other parts to this address.
    let mut server = leashed(workspace::target().join("debug/wijkbeeld"));
    server.args(["serve", "--data", "./data", "--listen", "127.0.0.1:8081", "--demo"]);
    let mut first = leashed(workspace::tool("bin/trunk"));
    first.args(["serve", "--dist", "target/client-dev"]).args(args).env("NO_COLOR", "true");
    let mut running: Vec<(String, Child)> = vec![("Trunk".to_owned(), first.spawn()?)];
    for part in PARTS {
        let dist = workspace::at(&format!("target/client-dev-{}", part.name));
        server.arg("--client").arg(&dist);
        let mut trunk = leashed(workspace::tool("bin/trunk"));
        trunk
            .args(["watch", "--html-output", &part.page(), "--dist"])
            .arg(&dist)
            .arg(write_page(part)?)
            .env("NO_COLOR", "true");
        running.push((format!("Trunk of the part {}", part.name), trunk.spawn()?));
    }
    running.push(("the server".to_owned(), server.spawn()?));
    loop {
        for (name, child) in &mut running {
            if let Some(status) = child.try_wait()? {
                bail!("{name} ended with {status}");
            }
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Returns a command whose program is ended once the pipe that we hold closes, which it does even when we are killed.
fn leashed(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut shell = process::command("sh");
    shell.args(["-c", LEASH, "sh"]).arg(program).stdin(Stdio::piped());
    shell
}

const LEASH: &str = r#"
exec 3<&0
"$@" </dev/null &
child=$!
(cat <&3 >/dev/null; kill $child 2>/dev/null) &
wait $child
"#;
