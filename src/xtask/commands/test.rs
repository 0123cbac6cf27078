//! `cargo xtask test`: everything that must hold before a change lands, step by step.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::{bench, browsers, build, tools};
use crate::fingerprint::Fingerprint;
use crate::process::{cargo, command, run as run_command};
use crate::{checks, workspace};

/// Runs the steps and ends with a table of them; the first failure ends it, unless told to go on.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let options = Options::parse(args)?;
    if options.lists {
        STEPS.iter().for_each(|step| println!("{:<12}{}", step.name, step.what));
        return Ok(());
    }
    let mut outcomes = Vec::new();
    for step in STEPS.iter().filter(|step| options.wants(step)) {
        println!("\n== {}: {}", step.name, step.what);
        let started = Instant::now();
        let result = (step.run)();
        if let Err(error) = &result {
            println!("xtask: {} failed: {error:#}", step.name);
        }
        outcomes.push(Outcome { step, passed: result.is_ok(), took: started.elapsed() });
        println!("== {}: {:.0} s", step.name, started.elapsed().as_secs_f64());
        if result.is_err() && !options.keeps_going {
            break;
        }
    }
    summarise(&outcomes)
}

struct Step {
    name: &'static str,
    what: &'static str,
    run: fn() -> anyhow::Result<()>,
}

/// In this order because what fails most often and fastest comes first, and because the release build feeds what follows it.
const STEPS: &[Step] = &[
    Step { name: "tools", what: "what is missing is installed, pinned", run: || tools::run(&[]) },
    Step {
        name: "fmt",
        what: "the source is formatted",
        run: || run_command(&mut cargo(&["fmt", "--all", "--check"])),
    },
    Step { name: "words", what: "no words of the screen in components", run: checks::words::check },
    Step { name: "layers", what: "dependencies point one way", run: checks::layers::check },
    Step { name: "clippy", what: "no warnings on the host", run: clippy_host },
    Step { name: "clippy-wasm", what: "no warnings for the browser", run: clippy_wasm },
    Step { name: "docs", what: "the documentation holds together, private items too", run: docs },
    Step { name: "unit", what: "unit, conformance, API and simulation tests", run: unit },
    Step { name: "indexeddb", what: "the store, backups and the elements in a headless browser", run: indexeddb },
    Step { name: "build", what: "the one file, in release", run: || build::run(&[]) },
    Step { name: "e2e", what: "journeys through the real thing in Chromium", run: e2e },
    Step { name: "size", what: "bytes of a first visit within the budget", run: || bench::run(&["size".to_owned()]) },
    Step {
        name: "lighthouse",
        what: "accessibility and best practices",
        run: || bench::run(&["lighthouse".to_owned()]),
    },
    // Last, since not every machine can have them.
    Step { name: "firefox", what: "three journeys in Firefox ESR", run: firefox },
    Step { name: "webkit", what: "the same three in WebKitGTK", run: webkit },
];

/// The steps that `--browser` may name, besides the build that they need.
const BROWSERS: [&str; 2] = ["firefox", "webkit"];

/// Crates that also live outside the browser.
const HOST: &[&str] =
    &["domain", "ground", "names", "media", "protocol", "backup", "sync", "simulation", "server", "xtask"];
/// Those of them that also run in the browser.
const PURE: &[&str] = &["domain", "ground", "names", "media", "protocol", "backup", "sync"];
/// Crates that live in the browser alone.
const WASM: &[&str] =
    &["store", "browser", "worker", "sender", "keeper", "cover", "heif", "share", "dom", "ui", "app", "desk", "making"];
const DENY_WARNINGS: [&str; 3] = ["--", "--deny", "warnings"];
const WASM_TARGET: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

fn clippy_host() -> anyhow::Result<()> {
    clippy(&mut cargo_for(&["clippy"], HOST))
}

fn clippy_wasm() -> anyhow::Result<()> {
    // The tests of the pure crates are native, with what only a native machine has.
    run_command(cargo_for(&["clippy"], PURE).args(WASM_TARGET).args(DENY_WARNINGS))?;
    clippy(cargo_for(&["clippy"], WASM).args(WASM_TARGET))
}

fn clippy(cargo: &mut Command) -> anyhow::Result<()> {
    run_command(cargo.arg("--all-targets").args(DENY_WARNINGS))
}

fn docs() -> anyhow::Result<()> {
    let doc = ["doc", "--no-deps", "--document-private-items"];
    run_command(cargo_for(&doc, HOST).env("RUSTDOCFLAGS", "-D warnings"))?;
    run_command(cargo_for(&doc, WASM).args(WASM_TARGET).env("RUSTDOCFLAGS", "-D warnings"))
}

fn unit() -> anyhow::Result<()> {
    let with_screens = [HOST, &["cover", "ui", "app", "desk", "making"]].concat();
    if crate::process::read(&mut cargo(&["nextest", "--version"])).is_err() {
        return run_command(cargo_for(&["test"], &with_screens).arg("--no-fail-fast"));
    }
    // It does not run the examples in the documentation.
    run_command(&mut cargo_for(&["test", "--doc"], PURE))?;
    run_command(cargo_for(&["nextest", "run"], &with_screens).arg("--no-fail-fast"))
}

fn indexeddb() -> anyhow::Result<()> {
    let chromium = browsers::chromium()?;
    let capabilities = workspace::tool("webdriver.json");
    std::fs::write(&capabilities, WEBDRIVER)?;
    let mut cargo = cargo_for(&["test"], &["store", "keeper", "dom"]);
    cargo
        .args(WASM_TARGET)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", workspace::tool("bin/wasm-bindgen-test-runner"));
    cargo.env("CHROMEDRIVER", chromium.driver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    run_command(cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "180"))
}

/// Root has no sandbox in a container, and a small /dev/shm ends a tab.
const WEBDRIVER: &str = r#"{"goog:chromeOptions": {"args": [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"
]}}
"#;

fn e2e() -> anyhow::Result<()> {
    let chromium = browsers::chromium()?.browser;
    journeys(&["test"], |npm| npm.env("CHROMIUM", chromium))
}

fn firefox() -> anyhow::Result<()> {
    let firefox = browsers::firefox()?;
    journeys(&["run", "test:browsers"], |npm| npm.env("WIJKBEELD_BROWSER", "firefox").env("FIREFOX", firefox))
}

fn webkit() -> anyhow::Result<()> {
    browsers::webkit()?;
    journeys(&["run", "test:browsers"], |npm| npm.env("WIJKBEELD_BROWSER", "webkit"))
}

/// Runs a script of `tests/e2e/package.json` with what `adorn` adds to its environment.
fn journeys(script: &[&str], adorn: impl FnOnce(&mut Command) -> &mut Command) -> anyhow::Result<()> {
    let folder = workspace::at("tests/e2e");
    if !workspace::server_binary().is_file() {
        bail!("there is no {}: run the step `build` first", workspace::server_binary().display());
    }
    let manifests = ["tests/e2e/package.json", "tests/e2e/package-lock.json"];
    // `npm ci` begins by removing the folder, and the stamp with it.
    let packages = Fingerprint::of(&manifests, folder.join("node_modules/stamp"))?;
    if !packages.is_current() {
        run_command(command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&folder))?;
        packages.store()?;
    }
    let corpus = std::env::var_os("WIJKBEELD_CORPUS").unwrap_or_else(|| workspace::at("../shared/corpus").into());
    let mut npm = command("npm");
    npm.args(script).arg("--silent").current_dir(&folder);
    npm.env("WIJKBEELD_BIN", workspace::server_binary()).env("WIJKBEELD_CORPUS", corpus);
    run_command(adorn(&mut npm))
}

fn cargo_for(subcommand: &[&str], packages: &[&str]) -> Command {
    let mut cargo = cargo(subcommand);
    cargo.arg("--locked").args(packages.iter().flat_map(|package| ["--package", package]));
    cargo
}

struct Outcome {
    step: &'static Step,
    passed: bool,
    took: Duration,
}

fn summarise(outcomes: &[Outcome]) -> anyhow::Result<()> {
    println!("\n{:<14}{:<8}{:>8}", "step", "", "seconds");
    for outcome in outcomes {
        let word = if outcome.passed { "passed" } else { "FAILED" };
        println!("{:<14}{word:<8}{:>8.0}", outcome.step.name, outcome.took.as_secs_f64());
    }
    let failed: Vec<&str> =
        outcomes.iter().filter(|outcome| !outcome.passed).map(|outcome| outcome.step.name).collect();
    let seconds: f64 = outcomes.iter().map(|outcome| outcome.took.as_secs_f64()).sum();
    println!("{:<14}{:<8}{seconds:>8.0}", "all", "");
    println!("steps: {} passed, {} failed", outcomes.len() - failed.len(), failed.len());
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

#[derive(Default)]
struct Options {
    lists: bool,
    keeps_going: bool,
    only: Vec<String>,
}

impl Options {
    fn parse(args: &[String]) -> anyhow::Result<Self> {
        let mut options = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--list" => options.lists = true,
                "--keep-going" => options.keeps_going = true,
                "--only" => {
                    let names = args.next().context("`--only` wants the names of steps; `--list` prints them")?;
                    options.only.extend(names.split(',').map(str::to_owned));
                }
                "--browser" => {
                    let name = args.next().filter(|name| BROWSERS.contains(&name.as_str()));
                    let name = name.with_context(|| format!("`--browser` wants one of {}", BROWSERS.join(" and ")))?;
                    options.only.extend(["build".to_owned(), name.clone()]);
                }
                unknown => {
                    bail!("`test` knows --list, --only STEP[,STEP], --browser NAME and --keep-going, not `{unknown}`")
                }
            }
        }
        if let Some(unknown) = options.only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
            bail!("there is no step `{unknown}`; `--list` prints them");
        }
        Ok(options)
    }

    fn wants(&self, step: &Step) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == step.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> anyhow::Result<Options> {
        Options::parse(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn only_the_named_steps_run() {
        let options = parse(&["--only", "fmt,unit"]).unwrap();
        let names: Vec<_> = STEPS.iter().filter(|step| options.wants(step)).map(|step| step.name).collect();
        assert_eq!(names, ["fmt", "unit"]);
        assert!(STEPS.iter().all(|step| parse(&[]).unwrap().wants(step)));
    }

    #[test]
    fn a_browser_is_tested_with_what_was_just_built() {
        let options = parse(&["--browser", "webkit"]).unwrap();
        let names: Vec<_> = STEPS.iter().filter(|step| options.wants(step)).map(|step| step.name).collect();
        assert_eq!(names, ["build", "webkit"]);
        assert!(BROWSERS.iter().all(|browser| STEPS.iter().any(|step| step.name == *browser)));
        assert!(parse(&["--browser", "netscape"]).is_err());
        assert!(parse(&["--browser"]).is_err());
    }

    #[test]
    fn a_misspelt_step_is_an_error_and_not_an_empty_run() {
        assert!(parse(&["--only", "untit"]).is_err());
        assert!(parse(&["--only"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }

    #[test]
    fn a_failed_step_fails_the_whole() {
        let outcome = |passed| Outcome { step: &STEPS[0], passed, took: Duration::ZERO };
        assert!(summarise(&[outcome(true), outcome(true)]).is_ok());
        assert!(summarise(&[outcome(true), outcome(false)]).is_err());
    }
}
