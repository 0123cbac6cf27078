//! The parts of the app beside the first: each has the first part's page with another program behind it, and is there once it is
//! wanted.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

use crate::workspace;

/// A part beside the first.
pub(crate) struct Part {
    /// How its crate is called, and its page.
    pub(crate) name: &'static str,
    /// How the names of its files begin, those of its workers too.
    pub(crate) files: &'static [&'static str],
}

impl Part {
    /// Says whether a file is one of this part's.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|start| path.starts_with(start))
    }

    /// Returns how its page is called.
    pub(crate) fn page(&self) -> String {
        format!("{}.html", self.name)
    }
}

/// Guiding a project, and the phones of a person; what is made with a photo beside the quick way.
pub(crate) const PARTS: &[Part] =
    &[Part { name: "desk", files: &["desk"] }, Part { name: "making", files: &["making", "cover", "heif"] }];

/// Writes a part's page for Trunk, as deep in the workspace as the first part's, and returns where.
pub(crate) fn write_page(part: &Part) -> anyhow::Result<PathBuf> {
    let read = |path: &str| fs::read_to_string(workspace::at(path)).with_context(|| format!("cannot read {path}"));
    let page = page(&read("src/app/index.html")?, &read(&format!("src/{}/head.html", part.name))?)?;
    let path = workspace::at(&format!("target/client-{}/{}", part.name, part.page()));
    fs::create_dir_all(path.parent().unwrap_or(&path))?;
    // An unchanged file is left alone, so that a watcher does not see it change.
    if fs::read_to_string(&path).ok().as_deref() != Some(&page) {
        fs::write(&path, page)?;
    }
    Ok(path)
}

const ONLY_FIRST: &str = "<!-- Only of the first part. -->";
const ALL: &str = "<!-- Of all parts again. -->";

/// Leaves out what only the first part has, and puts a part's own head in.
fn page(first: &str, head: &str) -> anyhow::Result<String> {
    let mut pieces = first.split(ONLY_FIRST);
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, shared) = piece.split_once(ALL).context("index.html never ends what only the first part has")?;
        page.push_str(shared);
    }
    let end = page.find("</head>").context("index.html has no </head>")?;
    page.insert_str(end, head);
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_page_is_the_first_with_a_head_of_its_own() {
        let first = format!("<head>{ONLY_FIRST}app{ALL}<i></head><body>{ONLY_FIRST}photo{ALL}bar</body>");
        assert_eq!(page(&first, "desk").unwrap(), "<head><i>desk</head><body>bar</body>");
        assert!(page(ONLY_FIRST, "").is_err());
    }
}
