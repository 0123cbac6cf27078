//! `cargo xtask simulate`: the simulation under as many seeds as one has time for, or with engines broken on purpose.

use crate::process;

/// Builds the simulation in release and runs it; `args` say which seeds, or `--mutants`.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let simulate = ["run", "--quiet", "--release", "--locked", "--package", "simulation", "--bin", "simulate", "--"];
    process::run(process::cargo(&simulate).args(args))
}
