//! `wijkbeeld project`.

use std::io::Write;

use anyhow::{Context, bail};
use clap::Subcommand;
use domain::{ProjectId, Role};
use protocol::INVITATION_DAYS;

use super::invite::invitation_text;
use super::serve::code_line;
use super::{Data, open_existing};
use crate::clock::WallClock;
use crate::config::PublicUrl;
use crate::repositories::{Database, projects as repository};
use crate::services::invitations::{self, Terms};
use crate::services::projects::{self, RESIDENTS};
use crate::state::{database_file, make_folder};

/// What can be done with projects.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Add a project; print its join code, and an invitation for whoever coordinates it
    Create(Args),
    /// Let a project take nothing new; what is in stays to be seen
    Close(OneArgs),
    /// Let a closed project take new entries again
    Open(OneArgs),
    /// Put a new join code in the place of the residents'
    NewCode(NewCodeArgs),
}

/// Where phones find the server.
#[derive(clap::Args)]
pub(super) struct Found {
    /// Where phones find the server; the link is made from it
    #[arg(long, env = "WIJKBEELD_PUBLIC_URL", value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub(super) public_url: PublicUrl,
}

/// Options of `wijkbeeld project new-code`.
#[derive(clap::Args)]
#[command(after_help = NEW_CODE_HELP)]
pub(super) struct NewCodeArgs {
    #[command(flatten)]
    one: OneArgs,

    #[command(flatten)]
    found: Found,
}

const NEW_CODE_HELP: &str = "\
The server may be running meanwhile. Who is in stays in. Who comes with the old code, from a poster that still hangs, is told to
ask for the new one.

Example:
  wijkbeeld project new-code --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe \\
    --public-url https://wijk.example.nl";

/// Options of `wijkbeeld project close` and `open`.
#[derive(clap::Args)]
#[command(after_help = ONE_HELP)]
pub(super) struct OneArgs {
    #[command(flatten)]
    data: Data,

    /// The project's id, as `wijkbeeld stats` shows it
    #[arg(value_name = "PROJECT")]
    project: ProjectId,
}

const ONE_HELP: &str = "\
The server may be running meanwhile. A closed project refuses entries, changes, photos and new members; phones keep what they
could not send, and send it once it is open again. What people put away, erase or withdraw still arrives.

Example:
  wijkbeeld project close --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe";

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

    /// What becomes of a photo whose maker has not said whether there are people in it
    #[arg(long, value_enum, default_value_t = Unanswered::Hold)]
    people_unanswered: Unanswered,

    #[command(flatten)]
    found: Found,
}

/// What becomes of an entry while its maker has not said whether there are people in its photos.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Unanswered {
    /// Its maker sees it, and those who guide the project
    Hold,
    /// It is shown as any other
    Show,
}

const HELP: &str = "\
The server may be running meanwhile. The join code is for residents, on posters and flyers. The invitation is for the one who
coordinates the project: it lets one person in, and can be made again with `wijkbeeld invite`.

Example:
  wijkbeeld project create --data /var/lib/wijkbeeld --name 'Wij zijn De Nude' --municipality Wageningen \\
    --public-url https://wijk.example.nl";

/// Does what the command says.
pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create(args) => create(args).await,
        Command::Close(args) => set_closed(args, true).await,
        Command::Open(args) => set_closed(args, false).await,
        Command::NewCode(args) => replace_code(args).await,
    }
}

async fn replace_code(args: NewCodeArgs) -> anyhow::Result<()> {
    let project = args.one.project;
    let db = open_existing(&args.one.data).await?;
    let mut tx = db.begin().await?;
    if repository::closed_ms(&mut tx, project).await?.is_none() {
        bail!("there is no project {project}");
    }
    let code = projects::replace_code(&mut tx, project, RESIDENTS, None, WallClock::of_the_machine().now()).await?;
    tx.commit().await?;
    db.close().await;
    writeln!(std::io::stdout(), "{}", code_line(code, &args.found.public_url.to_string())).context("stdout is closed")
}

async fn set_closed(args: OneArgs, is_closed: bool) -> anyhow::Result<()> {
    let db = open_existing(&args.data).await?;
    let mut tx = db.begin().await?;
    if !projects::set_closed(&mut tx, args.project, is_closed, WallClock::of_the_machine().now()).await? {
        bail!("there is no project {}", args.project);
    }
    tx.commit().await?;
    db.close().await;
    let said = if is_closed { "closed" } else { "open" };
    writeln!(std::io::stdout(), "{said} {}", args.project).context("stdout is closed")
}

/// Adds a project, and prints the residents' code and an invitation for its coordinator.
async fn create(args: Args) -> anyhow::Result<()> {
    let (name, municipality) = (args.name.trim(), args.municipality.trim());
    if name.is_empty() || municipality.is_empty() {
        bail!("a project needs a name and a municipality");
    }
    let data = &args.data.data;
    make_folder(data).with_context(|| format!("cannot keep data in {}", data.display()))?;
    let db = Database::open(&database_file(data)).await;
    let db = db.with_context(|| format!("cannot keep data in {}", data.display()))?;
    let now = WallClock::of_the_machine().now();
    let holds = args.people_unanswered == Unanswered::Hold;
    let mut tx = db.begin().await?;
    let created = projects::create(&mut tx, name, municipality, holds, now).await?;
    let terms = Terms { role: Role::Coordinator, days: INVITATION_DAYS, uses: 1 };
    let invited = invitations::invite(&mut tx, created.id, None, terms, now).await?;
    tx.commit().await?;
    db.close().await;
    let base = args.found.public_url.to_string();
    let resident = code_line(created.code, &base);
    let invitation = invitation_text(invited.code, terms, &base);
    write!(std::io::stdout(), "project        {}\n{resident}\n{invitation}", created.id).context("stdout is closed")
}
