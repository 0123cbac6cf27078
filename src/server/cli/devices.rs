//! `wijkbeeld devices`.

use std::io::Write;

use anyhow::bail;
use clap::Subcommand;
use domain::{DeviceId, MemberId, ProjectId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::{Data, cause, open_existing};
use crate::clock::{WallClock, stored};
use crate::repositories::phones::Listed;
use crate::repositories::{phones, projects};
use crate::services::devices;

/// What can be done with the phones of members.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Show the phones of a project's members, or of one member
    List(ListArgs),
    /// Shut out a phone that was lost
    ShutOut(ShutOutArgs),
}

/// Options of `wijkbeeld devices list`.
#[derive(clap::Args)]
#[command(after_help = LIST_HELP)]
pub(super) struct ListArgs {
    #[command(flatten)]
    data: Data,

    /// The id of a project, as `wijkbeeld stats` shows it, or of a member, as `wijkbeeld member list` shows it
    #[arg(value_name = "PROJECT|MEMBER")]
    whose: Uuid,

    /// Print JSON for programs instead of lines for people
    #[arg(long)]
    json: bool,
}

/// Options of `wijkbeeld devices shut-out`.
#[derive(clap::Args)]
#[command(after_help = SHUT_OUT_HELP)]
pub(super) struct ShutOutArgs {
    #[command(flatten)]
    data: Data,

    /// The phone's id, as `wijkbeeld devices list` shows it
    #[arg(value_name = "DEVICE")]
    device: DeviceId,

    /// Void the recovery words that were made on it too: whoever has it may have made them
    #[arg(long)]
    words: bool,
}

const LIST_HELP: &str = "\
The server may be running meanwhile. A phone is known for its member's, and may have a name that the person gave it.

Example:
  wijkbeeld devices list --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe";

const SHUT_OUT_HELP: &str = "\
The server may be running meanwhile: within seconds the phone sees and sends nothing of any project, and it drops what it holds
of others as soon as it hears so. What was sent stays with the project. The person comes back on another phone with the words
that he wrote down, with a phone that is still in, or as somebody new with a join code.

Example:
  wijkbeeld devices shut-out --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe";

/// Does what the command says.
pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list(args).await,
        Command::ShutOut(args) => shut_out(args).await,
    }
}

#[derive(Serialize)]
struct Line {
    id: DeviceId,
    member: MemberId,
    name: String,
    made_ms: i64,
    last_seen_ms: Option<i64>,
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let db = open_existing(&args.data).await?;
    let mut tx = db.snapshot().await?;
    let (project, member) = (ProjectId::from_uuid(args.whose), MemberId::from_uuid(args.whose));
    let found = match projects::closed_ms(&mut tx, project).await? {
        Some(_) => phones::in_project(&mut tx, project).await?,
        None => phones::of_member(&mut tx, member).await?,
    };
    drop(tx);
    db.close().await;
    let line = |(member, Listed { id, name, created_ms, last_seen_ms })| Line {
        id,
        member,
        name,
        made_ms: created_ms,
        last_seen_ms,
    };
    let lines: Vec<Line> = found.into_iter().map(line).collect();
    let mut stdout = std::io::stdout();
    if args.json {
        serde_json::to_writer(&mut stdout, &lines)?;
        writeln!(stdout)?;
        return Ok(());
    }
    let now = WallClock::of_the_machine().now();
    for line in lines {
        let seen = line.last_seen_ms.map_or_else(|| "not seen yet".to_owned(), |seen_ms| seen(seen_ms, now));
        writeln!(stdout, "{}  {} (member {}, {seen})", line.id, line.name, line.member)?;
    }
    Ok(())
}

async fn shut_out(args: ShutOutArgs) -> anyhow::Result<()> {
    let db = open_existing(&args.data).await?;
    let now = WallClock::of_the_machine().now();
    let was_in = devices::shut_out_in(&db, args.device, args.words, now).await.map_err(cause)?;
    db.close().await;
    if !was_in {
        bail!("there is no phone {}, or it was shut out already", args.device);
    }
    Ok(writeln!(std::io::stdout(), "shut out {}", args.device)?)
}

fn seen(seen_ms: i64, now: Timestamp) -> String {
    let minutes = stored(now).saturating_sub(seen_ms).max(0) / 60_000;
    match minutes {
        0..120 => format!("seen {minutes} minutes ago"),
        120..2_880 => format!("seen {} hours ago", minutes / 60),
        _ => format!("seen {} days ago", minutes / 1_440),
    }
}
