//! What the pages become: one sheet of style inside each, the version, no room for comments.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};

use super::glue::{letters, map_words};
use super::parts::{PARTS, Part};
use super::references::Files;

/// Returns the page of each part of the app.
pub(crate) fn pages() -> impl Iterator<Item = String> {
    std::iter::once("index.html".to_owned()).chain(PARTS.iter().map(Part::page))
}

/// Puts every style sheet that a page links into the page: one answer of the server is then enough to draw it.
pub(crate) fn inline_styles(files: &mut Files) -> anyhow::Result<()> {
    let mut inlined = BTreeSet::new();
    change_pages(files, |page, files| {
        let mut sheets = String::new();
        let mut first = None;
        let mut of_page = BTreeSet::new();
        while let Some((start, end, href)) = find_stylesheet(page) {
            let sheet = files.get(&href).with_context(|| format!("no style sheet {href}"))?;
            sheets.push_str(std::str::from_utf8(sheet)?.trim());
            page.replace_range(start..end, "");
            first.get_or_insert(start);
            if !of_page.insert(href.clone()) {
                bail!("two style sheets are called {href}");
            }
        }
        if sheets.contains("</style") {
            bail!("a style sheet may not hold `</style`");
        }
        if let Some(first) = first {
            page.insert_str(first, &format!("<style>{sheets}</style>"));
        }
        inlined.extend(of_page);
        Ok(())
    })?;
    files.retain(|name, _| !inlined.contains(name));
    Ok(())
}

/// Gives the pages' custom properties short names. One that no sheet declares is set by code, and keeps its own.
pub(crate) fn shorten_properties(files: &mut Files) -> anyhow::Result<()> {
    change_pages(files, |page, _| {
        let (before, rest) = page.split_once("<style>").context("a page has no style")?;
        let (style, after) = rest.split_once("</style>").context("a page's style never ends")?;
        *page = format!("{before}<style>{}</style>{after}", with_short_properties(style));
        Ok(())
    })
}

fn with_short_properties(style: &str) -> String {
    let (mut declared, mut used) = (Vec::new(), BTreeSet::new());
    map_words(style, is_in_property, |_, word, after| {
        if word.starts_with("--") {
            used.insert(word.to_owned());
            if after.starts_with(':') && !declared.iter().any(|name| name == word) {
                declared.push(word.to_owned());
            }
        }
        None
    });
    let is_free = |name: &String| !used.contains(name) || declared.contains(name);
    let mut short = (0..).map(|number| format!("--{}", letters(number))).filter(is_free);
    let names: BTreeMap<_, _> = declared.iter().cloned().zip(&mut short).collect();
    map_words(style, is_in_property, |_, word, _| names.get(word).cloned())
}

fn is_in_property(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// Writes the version into the pages, for the app to show and for the service worker to know its own pages by.
pub(crate) fn set_version(files: &mut Files, version: &str) -> anyhow::Result<()> {
    change_pages(files, |page, _| {
        let head = page.find("</head>").context("a page has no </head>")?;
        page.insert_str(head, &format!(r#"<meta name="version" content="{version}">"#));
        Ok(())
    })
}

/// Drops comments and indentation.
pub(crate) fn tidy(files: &mut Files) -> anyhow::Result<()> {
    change_pages(files, |page, _| {
        if page.contains("<pre") || page.contains("<textarea") {
            bail!("a page holds an element in which white space counts");
        }
        while let Some(start) = page.find("<!--") {
            let end = page[start..].find("-->").context("a comment in a page never ends")?;
            page.replace_range(start..start + end + 3, "");
        }
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        *page = lines.join("\n");
        Ok(())
    })
}

fn change_pages(
    files: &mut Files,
    mut change: impl FnMut(&mut String, &Files) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    for name in pages() {
        let page = files.remove(&name).with_context(|| format!("the client has no {name}"))?;
        let mut page = String::from_utf8(page)?;
        change(&mut page, files)?;
        files.insert(name, page.into_bytes());
    }
    Ok(())
}

/// Returns where the next `<link rel="stylesheet">` starts and ends, and the path it names.
fn find_stylesheet(page: &str) -> Option<(usize, usize, String)> {
    page.match_indices("<link").find_map(|(start, _)| {
        let end = start + page[start..].find('>')? + 1;
        let tag = &page[start..end];
        let href = tag.split("href=").nth(1)?.trim_start_matches('"').trim_start_matches('/');
        let href = href.split(['"', ' ', '>']).next()?;
        (tag.contains("stylesheet") && href.ends_with(".css")).then(|| (start, end, href.to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, change: impl Fn(&mut Files) -> anyhow::Result<()>) -> anyhow::Result<String> {
        let mut files = Files::new();
        files.insert("a.css".to_owned(), b"a{}\n".to_vec());
        files.insert("b.css".to_owned(), b"b{}\n".to_vec());
        files.extend(pages().map(|name| (name, page.as_bytes().to_vec())));
        change(&mut files)?;
        let mut changed: Vec<_> =
            pages().map(|name| String::from_utf8(files.remove(&name).unwrap()).unwrap()).collect();
        changed.dedup();
        assert_eq!(changed.len(), 1, "{changed:?}");
        Ok(changed.remove(0))
    }

    #[test]
    fn sheets_move_into_the_page_in_their_order() {
        let page = r#"<head><link rel="icon" href="/i.svg"><link rel="stylesheet" href="/b.css"/><link rel="stylesheet" href="/a.css"></head>"#;
        let expected = r#"<head><link rel="icon" href="/i.svg"><style>b{}a{}</style></head>"#;
        assert_eq!(check(page, inline_styles).unwrap(), expected);
    }

    #[test]
    fn a_property_is_as_short_where_it_is_declared_as_where_it_is_used() {
        let style =
            ":root{--ink:red;--step--1:1px}p{color:var(--ink);margin:var(--a,var(--step--1))}.x--ink{--mark:2px}";
        let expected = ":root{--b:red;--c:1px}p{color:var(--b);margin:var(--a,var(--c))}.x--ink{--d:2px}";
        let page = |style: &str| format!("<head><style>{style}</style></head>");
        assert_eq!(check(&page(style), shorten_properties).unwrap(), page(expected));
        assert!(check("<head></head>", shorten_properties).is_err());
    }

    #[test]
    fn two_sheets_of_one_name_are_refused() {
        let page = r#"<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/a.css">"#;
        assert!(check(page, inline_styles).is_err());
    }

    #[test]
    fn the_page_says_its_version_and_loses_its_comments() {
        let page = check("<head>\n  <!-- why -->\n  <title>W</title>\n</head>", tidy).unwrap();
        assert_eq!(page, "<head>\n<title>W</title>\n</head>");
        assert!(check(&page, |files| set_version(files, "abc")).unwrap().contains(r#"content="abc"></head>"#));
    }
}
