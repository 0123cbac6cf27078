//! The document: that it is what the command prints, and what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use domain::permissions::endpoints;

use crate::cli::permissions::matrix;
use crate::tests::support::Server;

/// A table of the document: the first cells of each line, and what stands there under each title.
pub(super) type Table = BTreeMap<Vec<String>, BTreeMap<String, String>>;

const TITLES_OF_CELLS: [&str; 7] =
    ["resident", "worker", "coordinator", "researcher", "municipality", "elsewhere", "nobody"];

#[test]
fn the_document_holds_what_the_command_prints() {
    let document = read();
    let (before, printed) = document.split_once("-->\n\n").expect("a mark before what is printed");
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(file(), format!("{before}-->\n\n{}", matrix())).unwrap();
        return;
    }
    assert!(
        printed == matrix(),
        "the table changed; look at the difference after\n  UPDATE_SNAPSHOT=1 cargo test -p server permissions"
    );
}

#[tokio::test]
async fn every_address_of_the_api_has_its_line() {
    let server = Server::start().await;
    let description: serde_json::Value = server.get("/api/openapi.json").await.json();
    let mut described = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            described.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let lines: BTreeSet<_> = endpoints::LINES.iter().map(|line| format!("{} {}", line.method, line.path)).collect();
    let missing: Vec<_> = described.difference(&lines).collect();
    assert!(missing.is_empty(), "domain::permissions::endpoints has no line for {missing:?}");
}

/// Returns the tables of the document by their titles.
pub(super) fn tables() -> BTreeMap<String, Table> {
    let document = read();
    let (_, printed) = document.split_once("-->\n\n").unwrap();
    let mut tables = BTreeMap::new();
    for section in printed.split("## ").skip(1) {
        let mut lines = section.lines();
        let title = lines.next().unwrap().to_owned();
        let mut rows = lines.filter_map(|line| Some(cells(line.strip_prefix("| ")?.strip_suffix(" |")?)));
        let titles = rows.next().unwrap();
        let split = titles.iter().position(|title| title == TITLES_OF_CELLS[0]).unwrap();
        let table: Table = rows
            .map(|row| {
                let words = titles[split..].iter().cloned().zip(row[split..].iter().cloned()).collect();
                (row[..split].to_vec(), words)
            })
            .collect();
        assert!(!table.is_empty(), "{title}");
        assert!(titles[split..].iter().eq(TITLES_OF_CELLS.iter().take(titles.len() - split)), "{titles:?}");
        tables.insert(title, table);
    }
    tables
}

fn cells(row: &str) -> Vec<String> {
    row.split(" | ").map(|cell| cell.trim_matches('`').to_owned()).collect()
}

fn read() -> String {
    std::fs::read_to_string(file()).unwrap()
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md")
}
