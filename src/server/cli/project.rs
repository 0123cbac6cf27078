//! `wijkbeeld project`.

use std::io::Write;

use anyhow::{Context, bail};
use clap::Subcommand;

use super::Data;
use super::serve::join_link;
use crate::clock::WallClock;
use crate::config::PublicUrl;
use crate::repositories::Database;
use crate::services::projects;
use crate::state::{database_file, make_folder};

/// What can be done with projects.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Add a project and print the codes by which one joins it
    Create(Args),
}

/// Options of `wijkbeeld project create`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,

    /// The project's name, as residents see it
    #[arg(long)]
    name: String,

    /// The municipality
    #[arg(long)]
    municipality: String,

    /// Where phones find the server; the link is made from it
    #[arg(long, env = "WIJKBEELD_PUBLIC_URL", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    public_url: PublicUrl,
}

const HELP: &str = "\
The server may be running meanwhile. The join code is for residents, on posters and flyers; the worker's code is for
those who guide the project.

Example:
  wijkbeeld project create --data /var/lib/wijkbeeld --name 'Wij zijn De Nude' --municipality Wageningen \\
    --public-url https://wijk.example.nl";

/// Adds a project and prints its codes.
pub(super) async fn create(args: Args) -> anyhow::Result<()> {
    let (name, municipality) = (args.name.trim(), args.municipality.trim());
    if name.is_empty() || municipality.is_empty() {
        bail!("a project needs a name and a municipality");
    }
    let data = &args.data.data;
    make_folder(data).with_context(|| format!("cannot keep data in {}", data.display()))?;
    let db = Database::open(&database_file(data)).await;
    let db = db.with_context(|| format!("cannot keep data in {}", data.display()))?;
    let created = projects::create(&db, name, municipality, WallClock::of_the_machine().now()).await?;
    db.close().await;
    let link = join_link(&args.public_url.to_string(), created.resident_code);
    writeln!(
        std::io::stdout(),
        "project        {}\njoin code      {}   {link}\nworker's code  {}",
        created.id,
        created.resident_code,
        created.worker_code
    )
    .context("stdout is closed")
}
