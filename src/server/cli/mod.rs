//! The command line: one file per command.

mod devices;
mod invite;
mod member;
pub(crate) mod permissions;
mod project;
mod serve;
pub(crate) mod stats;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::error::Error;
use crate::repositories::Database;
use crate::state::database_file;

/// Reads the command line and does what it says.
pub(crate) fn run() -> ExitCode {
    let command = Cli::parse();
    log_to_stderr(&command.log);
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(execute(command.command)));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when this fails too.
            let _ = writeln!(std::io::stderr(), "wijkbeeld: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Photos and stories of a neighbourhood: the server of Wijkbeeld.
#[derive(Parser)]
#[command(version, about, arg_required_else_help = true, after_help = EXAMPLES)]
struct Cli {
    /// What goes to stderr: error, warn, info, debug, or a filter such as `warn,wijkbeeld=debug`
    #[arg(long, env = "WIJKBEELD_LOG", default_value = "info", global = true)]
    log: String,

    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  Look around, with an invented neighbourhood:
    wijkbeeld serve --demo
  A real one, behind a proxy that does https:
    wijkbeeld project create --name 'Wij zijn de Wijk' --municipality Ede --public-url https://wijk.example.nl
    wijkbeeld serve --data /var/lib/wijkbeeld --public-url https://wijk.example.nl
  What is in, beside the running server:
    wijkbeeld stats --data /var/lib/wijkbeeld --json

Every option can stand in the environment instead: --data as WIJKBEELD_DATA, and so on.";

#[derive(Subcommand)]
enum Command {
    /// Serve the app and keep what residents send
    Serve(serve::Args),
    /// Set up, close and open projects
    #[command(subcommand)]
    Project(project::Command),
    /// Invite somebody who does more than a resident does
    Invite(invite::Args),
    /// Show and remove members
    #[command(subcommand)]
    Member(member::Command),
    /// Show the phones of members, and shut out one that was lost
    #[command(subcommand)]
    Devices(devices::Command),
    /// Print which role may do what
    #[command(after_help = permissions::HELP)]
    Permissions,
    /// Count what is in; may run beside the server
    Stats(stats::Args),
}

/// Does what a line says, as it would be typed behind the program's name.
#[cfg(test)]
pub(crate) async fn type_in(line: &[&str]) -> anyhow::Result<()> {
    execute(Cli::try_parse_from([&["wijkbeeld"], line].concat())?.command).await
}

async fn execute(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(args) => serve::run(args).await,
        Command::Project(command) => project::run(command).await,
        Command::Invite(args) => invite::run(args).await,
        Command::Member(command) => member::run(command).await,
        Command::Devices(command) => devices::run(command).await,
        Command::Permissions => permissions::run(),
        Command::Stats(args) => stats::run(args).await,
    }
}

/// Where everything is kept; shared by all commands.
#[derive(clap::Args)]
struct Data {
    /// The folder with the database and the pictures; made if it is not there
    #[arg(long, env = "WIJKBEELD_DATA", value_name = "DIR", default_value = "./data")]
    data: PathBuf,
}

/// Opens the database of a data folder that is there already.
async fn open_existing(data: &Data) -> anyhow::Result<Database> {
    let file = database_file(&data.data);
    if !file.exists() {
        bail!("there is no data in {}", data.data.display());
    }
    Database::open(&file).await.with_context(|| format!("cannot open {}", file.display()))
}

/// Returns what went wrong in words of whoever found it.
fn cause(error: Error) -> anyhow::Error {
    match error {
        Error::Refused(_) | Error::Broken(_) => error.into(),
        Error::Database(error) => error.into(),
        Error::Objects(error) => error.into(),
        Error::File(error) => error.into(),
    }
}

fn log_to_stderr(filter: &str) {
    // A filter that cannot be read must not silence the log.
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
}
