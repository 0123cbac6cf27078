//! The page of the second part of the app (`desk`): that of the first, with another program behind it.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;

use crate::workspace;

/// Writes the page for Trunk, as deep in the workspace as the first part's, and returns where.
pub(crate) fn write_page() -> anyhow::Result<PathBuf> {
    let read = |path| fs::read_to_string(workspace::at(path)).with_context(|| format!("cannot read {path}"));
    let page = page(&read("src/app/index.html")?, &read("src/desk/head.html")?)?;
    let path = workspace::at("target/client-desk/desk.html");
    fs::create_dir_all(path.parent().unwrap_or(&path))?;
    // An unchanged file is left alone, so that a watcher does not see it change.
    if fs::read_to_string(&path).ok().as_deref() != Some(&page) {
        fs::write(&path, page)?;
    }
    Ok(path)
}

const ONLY_FIRST: &str = "<!-- Only of the first part. -->";
const BOTH: &str = "<!-- Of both parts again. -->";

/// Leaves out what only the first part has, and puts the second's own head in.
fn page(first: &str, head: &str) -> anyhow::Result<String> {
    let mut pieces = first.split(ONLY_FIRST);
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (_, shared) = piece.split_once(BOTH).context("index.html never ends what only the first part has")?;
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
    fn the_second_page_is_the_first_with_a_head_of_its_own() {
        let first = format!("<head>{ONLY_FIRST}app{BOTH}<i></head><body>{ONLY_FIRST}photo{BOTH}bar</body>");
        assert_eq!(page(&first, "desk").unwrap(), "<head><i>desk</head><body>bar</body>");
        assert!(page(ONLY_FIRST, "").is_err());
    }
}
