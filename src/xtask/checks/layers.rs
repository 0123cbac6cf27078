//! Which crate may depend on which: the picture in ARCHITECTURE.md, held mechanically.

use std::collections::BTreeSet;
use std::fs;

use anyhow::bail;

use crate::{process, workspace};

/// Fails when a crate sees what it must not, or when a rule names a package that does not exist.
pub(crate) fn check() -> anyhow::Result<()> {
    let lock = fs::read_to_string(workspace::at("Cargo.lock"))?;
    let mut broken = Vec::new();
    let mut looked_at = 0;
    for rule in RULES {
        let seen = dependencies(rule.package)?;
        for needed in rule.sees {
            if !seen.contains(*needed) {
                broken.push(format!("{} should see {needed}: is the check itself wrong?", rule.package));
            }
        }
        for forbidden in rule.never.iter().flat_map(|names| names.iter()) {
            // A misspelt name is absent from every tree.
            if !lock.contains(&format!("name = \"{forbidden}\"\n")) {
                broken.push(format!("no package is called {forbidden}: is the rule for {} misspelt?", rule.package));
            }
            if seen.contains(*forbidden) {
                broken
                    .push(format!("{} sees {forbidden} (cargo tree -p {0} -i {forbidden} --target all)", rule.package));
            }
            looked_at += 1;
        }
    }
    if !broken.is_empty() {
        bail!("dependencies point the wrong way:\n  {}", broken.join("\n  "));
    }
    println!("layers: {looked_at} forbidden dependencies are absent from {} crates", RULES.len());
    Ok(())
}

struct Rule {
    package: &'static str,
    never: &'static [&'static [&'static str]],
    /// The positive beside the negatives.
    sees: &'static [&'static str],
}

/// Nothing pure knows a browser, a screen, a runtime or a database.
const OUTSIDE: &[&str] = &["web-sys", "js-sys", "wasm-bindgen", "leptos", "tokio", "sqlx"];
const SERVER: &[&str] = &["server", "tokio", "sqlx", "axum"];
const SCREENS: &[&str] = &["leptos", "app"];

const RULES: &[Rule] = &[
    Rule { package: "domain", never: &[OUTSIDE, &["media", "protocol", "sync", "store", "browser"]], sees: &["serde"] },
    Rule { package: "media", never: &[OUTSIDE, &["domain", "protocol", "sync", "store", "browser"]], sees: &[] },
    Rule { package: "protocol", never: &[OUTSIDE, &["sync", "store", "browser"]], sees: &["domain"] },
    Rule { package: "sync", never: &[OUTSIDE, &["store", "browser"]], sees: &["domain", "protocol"] },
    Rule { package: "simulation", never: &[OUTSIDE, &["store", "browser"]], sees: &["sync"] },
    Rule { package: "store", never: &[SERVER, SCREENS, &["browser"]], sees: &["sync", "wasm-bindgen"] },
    Rule { package: "browser", never: &[SERVER, SCREENS], sees: &["store", "wasm-bindgen", "web-sys"] },
    Rule { package: "worker", never: &[SERVER, SCREENS], sees: &["wasm-bindgen"] },
    Rule { package: "app", never: &[SERVER, &["worker"]], sees: &["browser", "leptos"] },
    Rule {
        package: "server",
        never: &[SCREENS, &["sync", "store", "browser", "worker"]],
        sees: &["domain", "protocol", "tokio"],
    },
];

fn dependencies(package: &str) -> anyhow::Result<BTreeSet<String>> {
    let tree =
        ["tree", "--locked", "--package", package, "--target", "all", "--edges", "normal,build", "--prefix", "none"];
    let listing = process::read(&mut process::cargo(&tree))?;
    Ok(listing
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != package)
        .map(str::to_owned)
        .collect())
}
