//! The project's own commands: `cargo xtask <command>`.
//!
//! Whatever a machine needs beyond cargo, a C compiler and Node is installed pinned inside `target/tools`; there is no
//! drawer of shell scripts beside this crate. It knows nothing of the product's rules: it calls tools, moves files and
//! counts bytes. Read first: [`commands`] (one file each), [`client`] (how `dist/` comes about), [`workspace`] (where things lie).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "talking to the terminal is what these commands are for"
)]

mod checks;
mod client;
mod commands;
mod fingerprint;
mod process;
mod workspace;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> anyhow::Result<()> {
    let (command, rest) = match args.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", args),
    };
    match command {
        "tools" => commands::tools::run(rest),
        "build" => commands::build::run(rest),
        "serve" => commands::serve::run(rest),
        "dev" => commands::dev::run(rest),
        "test" => commands::test::run(rest),
        "bench" => commands::bench::run(rest),
        "fuzz" => commands::fuzz::run(rest),
        "simulate" => commands::simulate::run(rest),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        unknown => anyhow::bail!("there is no command `{unknown}`; `cargo xtask help` lists them"),
    }
}

const HELP: &str = "\
cargo xtask <command>

  serve [ARGS]     install what is missing, build, and start on http://127.0.0.1:8080 with the demo neighbourhood;
                   ARGS replace `--data ./data --listen 127.0.0.1:8080 --demo`
  test             everything that must hold before a change lands
    --list           the steps by name
    --only A,B       only these steps
    --browser NAME   the build, and the journeys in firefox or webkit
    --keep-going     run on after a step that failed
  dev              the app with live reload on http://127.0.0.1:8080, in front of a server
  build            one file, target/release/wijkbeeld, with the client inside
  bench size       bytes of a first visit against the budget
  bench boot       how long an old phone on a slow network waits
  bench lighthouse accessibility and best practices of the start page
  bench sync       sending beside PouchDB, tus, Workbox and plain PUT, in real browsers (an hour): --only MEASURE,... --runs N (3)
  bench server     uploads a second beside a bare server: --runs N (3)
  fuzz             random requests by every role against what was built: --requests N (10000 for each role) --seed N (1)
  simulate         many phones and one server under seeds: --seeds N (1000) --from S (0)
    --mutants        engines broken on purpose, each of which must be caught
  tools            only install what is missing, into target/tools";
