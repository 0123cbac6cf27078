//! `cargo xtask tools`: installs what is missing, pinned, inside `target/tools`; what is already right is left alone.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::bail;

use super::browsers;
use crate::fingerprint::Fingerprint;
use crate::{process, workspace};

/// Trunk 0.22 wants a newer compiler than the workspace's.
const TRUNK_VERSION: &str = "0.21.14";
/// What the client is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_MAJOR: u32 = 20;

/// Installs everything that building and testing need; the steps that other browsers than Chromium have install these.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    if let Some(unknown) = args.first() {
        bail!("`tools` takes no arguments, got `{unknown}`");
    }
    ensure_for_build()?;
    ensure_for_tests()?;
    ensure_packages("src/xtask/bench")?;
    browsers::chromium().map(drop)
}

/// Installs what `build` needs.
pub(crate) fn ensure_for_build() -> anyhow::Result<()> {
    ensure_prerequisites()?;
    ensure_rust()?;
    ensure_trunk()?;
    ensure_wasm_bindgen()?;
    // Half a gigabyte that nothing reads again, if anything was built.
    let _ = fs::remove_dir_all(workspace::tool("build"));
    ensure_packages("src/xtask/npm").map(drop)
}

/// Installs what `test` needs beyond that.
pub(crate) fn ensure_for_tests() -> anyhow::Result<()> {
    ensure_component("clippy", "clippy")?;
    ensure_component("rustfmt", "rustfmt")
}

fn ensure_component(component: &str, what: &str) -> anyhow::Result<()> {
    let installed = process::read(process::command("rustup").args(["component", "list", "--installed"]))?;
    if installed.lines().any(|line| line.starts_with(component)) {
        return Ok(());
    }
    process::step(&format!("Adding {what}"), || {
        process::run(process::command("rustup").args(["component", "add", component]))
    })
}

/// Installs the npm packages that `folder` pins and returns where they lie.
pub(crate) fn ensure_packages(folder: &str) -> anyhow::Result<PathBuf> {
    let manifests = [format!("{folder}/package.json"), format!("{folder}/package-lock.json")];
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let installed = workspace::tool(name);
    let modules = installed.join("node_modules");
    let fingerprint = Fingerprint::of(&[&manifests[0], &manifests[1]], installed.join("stamp"))?;
    if fingerprint.is_current() && modules.is_dir() {
        return Ok(modules);
    }
    process::step(&format!("Installing the npm packages of {folder}"), || {
        fs::create_dir_all(&installed)?;
        for manifest in &manifests {
            let manifest = workspace::at(manifest);
            fs::copy(&manifest, installed.join(manifest.file_name().unwrap_or_default()))?;
        }
        let mut npm = process::command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
        process::run(npm.current_dir(&installed))
    })?;
    fingerprint.store()?;
    Ok(modules)
}

/// Installs the Python packages that `folder` pins and returns the Python that has them.
pub(crate) fn ensure_python(folder: &str) -> anyhow::Result<PathBuf> {
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let installed = workspace::tool(name);
    let python = installed.join("bin/python");
    let pinned = format!("{folder}/requirements.txt");
    let fingerprint = Fingerprint::of(&[&pinned], installed.join("stamp"))?;
    if fingerprint.is_current() && python.is_file() {
        return Ok(python);
    }
    let base = browsers::python()?;
    process::step(&format!("Installing the Python packages of {folder}"), || {
        process::run(process::command(base).args(["-m", "venv", "--clear"]).arg(&installed))?;
        let mut pip = process::command(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        process::run(pip.arg(workspace::at(&pinned)))
    })?;
    fingerprint.store()?;
    Ok(python)
}

fn ensure_prerequisites() -> anyhow::Result<()> {
    for (program, advice) in [
        ("rustup", "install Rust by rustup (https://rustup.rs); a cargo from elsewhere cannot add the wasm target"),
        ("cc", "install a C compiler (Debian: `apt-get install build-essential`)"),
        ("node", "install Node 20 or newer (https://nodejs.org)"),
        ("npm", "install npm, which comes with Node (https://nodejs.org)"),
    ] {
        if process::read(process::command(program).arg("--version")).is_err() {
            bail!("`{program}` is missing: {advice}, then run this command again");
        }
    }
    let version = process::read(process::command("node").arg("--version"))?;
    if node_major(&version).is_none_or(|major| major < NODE_MAJOR) {
        bail!(
            "Node {NODE_MAJOR} or newer is needed, found {}: install it (https://nodejs.org), then run this command again",
            version.trim()
        );
    }
    Ok(())
}

fn ensure_rust() -> anyhow::Result<()> {
    let targets = process::read(process::command("rustup").args(["target", "list", "--installed"]))?;
    if !targets.lines().any(|line| line == WASM_TARGET) {
        process::step(&format!("Adding the compiler target {WASM_TARGET}"), || {
            process::run(process::command("rustup").args(["target", "add", WASM_TARGET]))
        })?;
    }
    ensure_component("rust-src", "the source of the standard library, which is built with the client")
}

fn ensure_trunk() -> anyhow::Result<()> {
    if reports("trunk", &["trunk", TRUNK_VERSION]) {
        return Ok(());
    }
    install(&format!("Trunk {TRUNK_VERSION}"), &["trunk", "--version", TRUNK_VERSION, "--locked"])
}

fn ensure_wasm_bindgen() -> anyhow::Result<()> {
    let version = workspace::locked_version("wasm-bindgen")?;
    // The test runner names itself `wasm-bindgen-test-runner`, with the same version.
    if reports("wasm-bindgen", &["wasm-bindgen", &version]) && reports("wasm-bindgen-test-runner", &[&version]) {
        return Ok(());
    }
    // Without --locked: its lock file names a version that the registry no longer has.
    let bins = ["--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"];
    let package = ["wasm-bindgen-cli", "--version", &version, "--no-default-features"];
    install(&format!("wasm-bindgen {version}"), &[package.as_slice(), &bins].concat())
}

fn reports(tool: &str, words: &[&str]) -> bool {
    let path = workspace::tool("bin").join(tool);
    let reported = process::read(Command::new(path).arg("--version")).unwrap_or_default();
    words.iter().all(|word| reported.split_whitespace().any(|part| part == *word))
}

fn install(what: &str, args: &[&str]) -> anyhow::Result<()> {
    let build = workspace::tool("build");
    process::step(&format!("Installing {what} (minutes, once)"), || {
        let mut cargo = process::cargo(&["install", "--force", "--quiet", "--root"]);
        cargo.arg(workspace::tool("")).args(args).env("CARGO_TARGET_DIR", &build);
        // A tool that runs for a second need not be optimised for minutes.
        cargo.envs([
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
        ]);
        process::run(&mut cargo)
    })
}

fn node_major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_says_its_version_with_a_v() {
        assert_eq!(node_major("v20.20.2\n"), Some(20));
        assert_eq!(node_major("20"), None);
    }
}
