//! `wijkbeeld invite`.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use domain::{JoinCode, ProjectId, Role};
use fast_qr::QRBuilder;
use protocol::{INVITATION_DAYS, MAX_INVITATION_DAYS, MAX_INVITATION_USES};

use super::project::Found;
use super::{Data, open_existing};
use crate::clock::WallClock;
use crate::repositories::projects;
use crate::services::invitations::{self, Terms};

/// Options of `wijkbeeld invite`.
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    #[command(flatten)]
    data: Data,

    /// What whoever is invited becomes
    #[arg(long, value_parser = role())]
    role: Role,

    /// How many days the invitation lasts
    #[arg(long, default_value_t = INVITATION_DAYS, value_parser = up_to(MAX_INVITATION_DAYS))]
    days: u32,

    /// How many people it lets in
    #[arg(long, default_value_t = 1, value_parser = up_to(MAX_INVITATION_USES))]
    uses: u32,

    #[command(flatten)]
    found: Found,

    /// The project's id, as `wijkbeeld stats` shows it
    #[arg(value_name = "PROJECT")]
    project: ProjectId,
}

const HELP: &str = "\
The server may be running meanwhile. Whoever opens the link or scans the QR code first is in under that role; a member who does
gets it when it is above his own; from low to high: resident, municipality, researcher, worker, coordinator. Nobody can read the
code again.

Example:
  wijkbeeld invite --data /var/lib/wijkbeeld --role coordinator 01977d18-297c-7ea7-85c2-c3fde6345cbe \\
    --public-url https://wijk.example.nl";

/// Makes an invitation and prints it.
pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let Args { role, days, uses, project, .. } = args;
    let db = open_existing(&args.data).await?;
    let mut tx = db.begin().await?;
    match projects::closed_ms(&mut tx, project).await? {
        None => bail!("there is no project {project}"),
        Some(Some(_)) => bail!("{project} is closed, and takes nobody new"),
        Some(None) => {}
    }
    let now = WallClock::of_the_machine().now();
    let invited = invitations::invite(&mut tx, project, None, Terms { role, days, uses }, now).await?;
    tx.commit().await?;
    db.close().await;
    let text = invitation_text(invited.code, Terms { role, days, uses }, &args.found.public_url.to_string());
    std::io::stdout().write_all(text.as_bytes()).context("stdout is closed")
}

/// Returns what is printed of an invitation: what it is for, its code, its link, and the link as a QR code.
pub(super) fn invitation_text(code: JoinCode, terms: Terms, base: &str) -> String {
    let Terms { role, days, uses } = terms;
    let link = join_link(base, code);
    let people = if uses == 1 { "one person".to_owned() } else { format!("{uses} people") };
    let mut text =
        format!("invitation     {}, {people}, {days} days\ncode           {code}\nlink           {link}\n", role.key());
    add_qr(&mut text, &link);
    text
}

/// Returns the address that joins with a code.
pub(super) fn join_link(base: &str, code: JoinCode) -> String {
    format!("{base}{}", protocol::join_link(code))
}

/// Adds a link as a QR code, if it fits into one.
pub(super) fn add_qr(text: &mut String, link: &str) {
    if let Ok(qr) = QRBuilder::new(link).build() {
        // Writing into a string does not fail.
        let _ = writeln!(text, "\n{}", qr.to_str());
    }
}

fn role() -> impl TypedValueParser<Value = Role> {
    let known = |key: String| Role::from_key(&key).expect("only roles are possible");
    PossibleValuesParser::new(Role::ALL.map(Role::key)).map(known)
}

fn up_to(most: u32) -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=i64::from(most))
}
