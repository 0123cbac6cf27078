//! How `dist/` comes about: generated assets, Trunk, then names, service worker and compression of our own.
//!
//! ```text
//! npm icons + typeface -> target/client-assets --+
//! style/ public/ src/app/index.html -------------+-> Trunk -> target/client-trunk --+
//!         the same page with src/PART/head.html ---> Trunk -> target/client-trunk-PART -+-> finish -> dist/
//! ```

pub(crate) mod assets;
mod finish;
mod glue;
mod html;
pub(crate) mod parts;
mod references;
mod typeface;

use std::path::Path;
use std::process::Command;

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
    "src/ground",
    "src/names",
    "src/media",
    "src/protocol",
    "src/backup",
    "src/sync",
    "src/store",
    "src/browser",
    "src/dom",
    "src/ui",
    "src/app",
    "src/desk",
    "src/making",
    "src/cover",
    "src/heif",
    "src/keeper",
    "src/sender",
    "src/share",
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
    let std_for_wasm = ["fetch", "--locked", "--quiet", "--target", tools::WASM_TARGET];
    process::run(with_own_std(&mut process::cargo(&std_for_wasm)))?;
    let mut outputs = vec![workspace::at("target/client-trunk")];
    process::step("Building the client", || process::run(&mut trunk_build(&outputs[0])))?;
    for part in parts::PARTS {
        let output = workspace::at(&format!("target/client-trunk-{}", part.name));
        let page = parts::write_page(part)?;
        let what = format!("Building its part {}", part.name);
        process::step(&what, || process::run(trunk_build(&output).arg("--html-output").arg(part.page()).arg(&page)))?;
        outputs.push(output);
    }
    process::step("Finishing the client", || finish::finish(&packages, &outputs, &workspace::at(DIST)))
}

fn trunk_build(output: &Path) -> Command {
    let mut trunk = process::command(workspace::tool("bin/trunk"));
    trunk.args(["build", "--release", "--cargo-profile", "client", "--dist"]).arg(output).env("NO_COLOR", "true");
    with_own_std(&mut trunk);
    trunk
}

/// Has cargo build the standard library with the client, for size and without words for a panic (docs/decisions/0003).
fn with_own_std(command: &mut Command) -> &mut Command {
    command.envs([
        // Lets the pinned stable compiler do what follows.
        ("RUSTC_BOOTSTRAP", "1"),
        ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
        ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
        ("CARGO_ENCODED_RUSTFLAGS", &RUSTFLAGS.join("\x1f")),
    ])
}

/// In place of those of `.cargo/config.toml`, which are among them.
const RUSTFLAGS: &[&str] =
    &["--cfg=web_sys_unstable_apis", "-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_released_client_is_configured_as_its_checks_are() {
        let config = std::fs::read_to_string(workspace::at(".cargo/config.toml")).unwrap();
        let (_, wasm) = config.split_once("[build]\n").unwrap();
        let list = wasm.split_once("rustflags = [").unwrap().1.split_once(']').unwrap().0;
        let flags: Vec<_> = list.split(',').map(|flag| flag.trim().trim_matches('"')).collect();
        assert!(RUSTFLAGS.starts_with(&flags), "{flags:?}");
    }
}
