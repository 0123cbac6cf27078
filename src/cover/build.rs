//! Finds the model by which faces are found: it lies in the package `rustface`.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";

fn main() -> anyhow::Result<()> {
    let mut cargo = Command::new(std::env::var("CARGO")?);
    // Whoever builds has fetched it.
    let told = cargo.args(["metadata", "--format-version", "1", "--offline", "--locked"]).output()?;
    ensure!(told.status.success(), "cargo metadata failed: {}", String::from_utf8_lossy(&told.stderr));
    let all: Value = serde_json::from_slice(&told.stdout)?;
    let packages = all["packages"].as_array().context("cargo metadata names no packages")?;
    let rustface = packages.iter().find(|package| package["name"] == "rustface").context("there is no rustface")?;
    let manifest = rustface["manifest_path"].as_str().context("rustface lies nowhere")?;
    let model = Path::new(manifest).with_file_name(MODEL);
    ensure!(model.is_file(), "rustface has no {MODEL}");
    println!("cargo::rustc-env=FACE_MODEL={}", model.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../Cargo.lock");
    Ok(())
}
