//! `wijkbeeld stats`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use domain::{MediaHash, ProjectId};
use serde::Serialize;

use super::Data;
use crate::objects::{self, Objects, Partial, Partials};
use crate::repositories::{Connection, Database, stats};
use crate::state::database_file;

/// Options of `wijkbeeld stats`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,

    /// Print JSON for programs instead of lines for people
    #[arg(long)]
    json: bool,
}

const HELP: &str = "\
It only reads, so the server may be running meanwhile. Deleted and erased entries are not counted, nor removed members.
  closed                      the project takes nothing new
  media                       pictures stored, each counted once however many sent it
  entries_with_missing_media  entries with a photo that the server does not hold: it has not arrived yet
  orphan_media                pictures stored that no entry shows: the entry has not arrived yet
  partials                    uploads not finished: they run, or broke off and are kept for a day
  partial_bytes               what arrived of them

Example:
  wijkbeeld stats --data /var/lib/wijkbeeld --json";

/// Prints counts per project.
pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let report = report(&args.data.data).await?;
    let mut stdout = std::io::stdout();
    if args.json {
        serde_json::to_writer(&mut stdout, &report)?;
        writeln!(stdout)?;
        return Ok(());
    }
    for project in report.projects {
        writeln!(
            stdout,
            "{} ({}){}\n  {}\n  {} members, {} entries ({} with missing media)\n  {} pictures, {} bytes ({} without entry)\n  {} unfinished uploads, {} bytes",
            project.name,
            project.code,
            if project.closed { ", closed" } else { "" },
            project.id,
            project.members,
            project.entries,
            project.entries_with_missing_media,
            project.media,
            project.bytes,
            project.orphan_media,
            project.partials,
            project.partial_bytes
        )?;
    }
    Ok(())
}

/// What is in.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// Oldest first.
    pub(crate) projects: Vec<ProjectReport>,
}

/// What is in one project.
#[derive(Debug, Serialize)]
pub(crate) struct ProjectReport {
    id: ProjectId,
    name: String,
    pub(crate) code: String,
    closed: bool,
    pub(crate) members: i64,
    /// Neither deleted nor erased.
    pub(crate) entries: i64,
    /// Pictures on disk that a member sent, each once.
    pub(crate) media: usize,
    bytes: u64,
    /// Entries with a photo whose bytes are not all on disk.
    pub(crate) entries_with_missing_media: usize,
    /// Pictures on disk that no record of who sent them names.
    pub(crate) orphan_media: usize,
    /// Unfinished uploads, and those whose bytes are being written to their place.
    pub(crate) partials: usize,
    /// What arrived of unfinished uploads.
    pub(crate) partial_bytes: u64,
}

/// Counts what is in a data folder.
pub(crate) async fn report(data: &Path) -> anyhow::Result<Report> {
    let file = database_file(data);
    if !file.exists() {
        bail!("there is no data in {}", data.display());
    }
    let db = Database::open_to_read(&file).await.with_context(|| format!("cannot read {}", file.display()))?;
    let mut partials = BTreeMap::<ProjectId, Vec<Partial>>::new();
    for partial in Partials::below(data).list()? {
        partials.entry(partial.key.project).or_default().push(partial);
    }
    // Pictures first: one that arrives meanwhile is then in neither count, or in both.
    let mut stored = BTreeMap::<ProjectId, BTreeMap<MediaHash, u64>>::new();
    let folder = objects::folder(data);
    if folder.exists() {
        for ((project, sha256), bytes) in Objects::open(&folder)?.list().await? {
            if let Some(bytes) = bytes {
                stored.entry(project).or_default().insert(sha256, bytes);
            }
        }
    }
    let mut tx = db.snapshot().await?;
    let mut projects = Vec::new();
    for counts in stats::projects(&mut tx).await? {
        let pictures = stored.remove(&counts.id).unwrap_or_default();
        let (staged, partials) =
            (objects::count_staged(data, counts.id)?, partials.remove(&counts.id).unwrap_or_default());
        let mut project = count(&mut tx, counts, &pictures).await?;
        project.partials = staged + partials.len();
        project.partial_bytes = partials.iter().map(|partial| partial.bytes).sum();
        projects.push(project);
    }
    drop(tx);
    db.close().await;
    Ok(Report { projects })
}

async fn count(
    conn: &mut Connection,
    counts: stats::ProjectCounts,
    pictures: &BTreeMap<MediaHash, u64>,
) -> anyhow::Result<ProjectReport> {
    let media = stats::media(conn, counts.id).await?;
    let is_whole = |sha256: &MediaHash| {
        let bytes = pictures.get(sha256).and_then(|bytes| i64::try_from(*bytes).ok());
        media.iter().any(|medium| medium.sha256 == *sha256 && Some(medium.bytes) == bytes)
    };
    let named = stats::named_media(conn, counts.id).await?;
    let missing: BTreeSet<_> =
        named.iter().filter(|named| !named.is_sent || !is_whole(&named.sha256)).map(|named| named.entry).collect();
    let in_use: BTreeSet<_> = media.iter().filter(|medium| medium.is_named).map(|medium| medium.sha256).collect();
    Ok(ProjectReport {
        id: counts.id,
        name: counts.name,
        code: counts.code,
        closed: counts.is_closed,
        members: counts.members,
        entries: counts.entries,
        media: pictures.len(),
        bytes: pictures.values().sum(),
        entries_with_missing_media: missing.len(),
        orphan_media: pictures.keys().filter(|sha256| !in_use.contains(*sha256)).count(),
        partials: 0,
        partial_bytes: 0,
    })
}
