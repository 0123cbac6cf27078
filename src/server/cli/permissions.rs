//! `wijkbeeld permissions`.

use std::fmt::{self, Write as _};
use std::io::Write as _;

use anyhow::Context;
use domain::Role;
use domain::permissions::endpoints::{self, Gate};
use domain::permissions::fields::{self, OTHER};
use domain::permissions::{Cells, may_invite};

pub(super) const HELP: &str = "\
It prints the one table that the server asks, as Markdown; `docs/permissions.md` says what its words mean.

Example:
  wijkbeeld permissions";

/// Prints what each role may do.
pub(super) fn run() -> anyhow::Result<()> {
    std::io::stdout().write_all(matrix().as_bytes()).context("stdout is closed")
}

/// Returns the whole table as Markdown.
pub(crate) fn matrix() -> String {
    let mut text = String::new();
    write(&mut text).expect("a string takes everything");
    text
}

fn write(text: &mut String) -> fmt::Result {
    writeln!(text, "## Addresses\n")?;
    head(text, &["address"], &["elsewhere", "nobody"])?;
    for line in endpoints::LINES {
        let (of_members, elsewhere, nobody) = match line.gate {
            Gate::Anyone => (["own"; Role::ALL.len()], "own", "own"),
            Gate::Device => (["own"; Role::ALL.len()], "own", "no"),
            Gate::Members(cells) => (words(cells), "no", "no"),
        };
        row(text, &[&format!("`{} {}`", line.method, line.path)], &[&of_members[..], &[elsewhere, nobody]].concat())?;
    }

    writeln!(text, "\n## Inviting\n")?;
    head(text, &["to become"], &[])?;
    for invited in Role::ALL {
        let cells = Role::ALL.map(|role| if may_invite(role, invited) { "yes" } else { "no" });
        row(text, &[invited.key()], &cells)?;
    }

    let mut kind = "";
    for line in fields::LINES {
        if line.kind != kind {
            kind = line.kind;
            let named = if kind == OTHER { "any other kind".to_owned() } else { format!("kind `{kind}`") };
            writeln!(text, "\n## Records of {named}\n")?;
            head(text, &["field", "whose", "to"], &[])?;
        }
        let field = if line.field == OTHER { "any other".to_owned() } else { format!("`{}`", line.field) };
        for (whose, to, cells) in [
            ("own", "write", line.own.write),
            ("own", "read", line.own.read),
            ("others'", "write", line.others.write),
            ("others'", "read", line.others.read),
        ] {
            row(text, &[&field, whose, to], &words(cells))?;
        }
    }
    Ok(())
}

fn words(Cells(cells): Cells) -> [&'static str; Role::ALL.len()] {
    cells.map(|may| may.key())
}

fn head(text: &mut String, before: &[&str], behind: &[&str]) -> fmt::Result {
    let titles = [before, &Role::ALL.map(Role::key), behind].concat();
    writeln!(text, "| {} |", titles.join(" | "))?;
    writeln!(text, "|{}", "---|".repeat(titles.len()))
}

fn row(text: &mut String, before: &[&str], cells: &[&str]) -> fmt::Result {
    writeln!(text, "| {} |", [before, cells].concat().join(" | "))
}
