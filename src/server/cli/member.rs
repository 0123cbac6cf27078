//! `wijkbeeld member`.

use std::io::Write;

use anyhow::bail;
use clap::Subcommand;
use domain::{MemberId, ProjectId};
use serde::Serialize;

use super::{Data, open_existing};
use crate::clock::WallClock;
use crate::repositories::members::Listed;
use crate::repositories::{members, projects};
use crate::services;

/// What can be done with members.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Show who is in a project
    List(ListArgs),
    /// Take a member out of a project
    Remove(RemoveArgs),
}

/// Options of `wijkbeeld member list`.
#[derive(clap::Args)]
#[command(after_help = LIST_HELP)]
pub(super) struct ListArgs {
    #[command(flatten)]
    data: Data,

    /// The project's id, as `wijkbeeld stats` shows it
    #[arg(value_name = "PROJECT")]
    project: ProjectId,

    /// Print JSON for programs instead of lines for people
    #[arg(long)]
    json: bool,
}

/// Options of `wijkbeeld member remove`.
#[derive(clap::Args)]
#[command(after_help = REMOVE_HELP)]
pub(super) struct RemoveArgs {
    #[command(flatten)]
    data: Data,

    /// The member's id, as `wijkbeeld member list` shows it
    #[arg(value_name = "MEMBER")]
    member: MemberId,
}

const LIST_HELP: &str = "\
The server may be running meanwhile.

Example:
  wijkbeeld member list --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe";

const REMOVE_HELP: &str = "\
The server may be running meanwhile: the member's phones see and send nothing of the project within seconds. What the member
shared stays with the others, and the invitations that the member made are taken back. Whoever has a join code can join again as
somebody new.

Example:
  wijkbeeld member remove --data /var/lib/wijkbeeld 01977d18-297c-7ea7-85c2-c3fde6345cbe";

/// Does what the command says.
pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(args) => list(args).await,
        Command::Remove(args) => remove(args).await,
    }
}

#[derive(Serialize)]
struct Line {
    id: MemberId,
    nickname: String,
    role: String,
    joined_ms: i64,
    removed_ms: Option<i64>,
    entries: i64,
}

impl From<Listed> for Line {
    fn from(Listed { id, nickname, role, joined_ms, removed_ms, entries }: Listed) -> Self {
        Self { id, nickname, role, joined_ms, removed_ms, entries }
    }
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let db = open_existing(&args.data).await?;
    let mut tx = db.snapshot().await?;
    if projects::closed_ms(&mut tx, args.project).await?.is_none() {
        bail!("there is no project {}", args.project);
    }
    let lines: Vec<Line> = members::list(&mut tx, args.project).await?.into_iter().map(Line::from).collect();
    drop(tx);
    db.close().await;
    let mut stdout = std::io::stdout();
    if args.json {
        serde_json::to_writer(&mut stdout, &lines)?;
        writeln!(stdout)?;
        return Ok(());
    }
    for line in lines {
        let removed = if line.removed_ms.is_some() { ", removed" } else { "" };
        writeln!(stdout, "{}  {} ({}, {} entries{removed})", line.id, line.nickname, line.role, line.entries)?;
    }
    Ok(())
}

async fn remove(args: RemoveArgs) -> anyhow::Result<()> {
    let db = open_existing(&args.data).await?;
    let mut tx = db.begin().await?;
    if !services::members::remove(&mut tx, args.member, None, WallClock::of_the_machine().now()).await? {
        bail!("{} is no member of any project", args.member);
    }
    tx.commit().await?;
    db.close().await;
    Ok(writeln!(std::io::stdout(), "removed {}", args.member)?)
}
