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
        let seen = dependencies(rule)?;
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
                broken.push(format!(
                    "{} sees {forbidden} (cargo tree -p {0} -i {forbidden} --target {})",
                    rule.package, rule.target
                ));
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
    /// Where it is built for: `all`, or only the browser, whose crates carry others' dependencies for other targets.
    target: &'static str,
    never: &'static [&'static [&'static str]],
    /// The positive beside the negatives.
    sees: &'static [&'static str],
}

/// Nothing pure knows a browser, a screen, a runtime or a database.
const OUTSIDE: &[&str] = &["web-sys", "js-sys", "wasm-bindgen", "reactive_graph", "tokio", "sqlx"];
const SERVER: &[&str] = &["server", "sqlx", "axum"];
const SCREENS: &[&str] = &["reactive_graph", "ui", "app", "desk", "making"];
/// Leptos around its reactive system: what it brings along for servers stays in a wasm although nothing calls it.
const LEPTOS: &[&str] = &["leptos", "server_fn", "tachys", "wasm-streams"];

const BROWSER: &str = "wasm32-unknown-unknown";

const RULES: &[Rule] = &[
    Rule {
        package: "domain",
        target: "all",
        never: &[OUTSIDE, &["media", "protocol", "sync", "store", "browser"]],
        sees: &["serde"],
    },
    Rule {
        package: "ground",
        target: "all",
        never: &[OUTSIDE, &["protocol", "sync", "store", "browser"]],
        sees: &["domain"],
    },
    Rule {
        package: "names",
        target: "all",
        never: &[OUTSIDE, &["protocol", "sync", "store", "browser"]],
        sees: &["domain"],
    },
    Rule {
        package: "media",
        target: "all",
        never: &[OUTSIDE, &["domain", "protocol", "sync", "store", "browser"]],
        sees: &[],
    },
    Rule { package: "protocol", target: "all", never: &[OUTSIDE, &["sync", "store", "browser"]], sees: &["domain"] },
    Rule {
        package: "backup",
        target: "all",
        never: &[OUTSIDE, &["sync", "store", "browser"]],
        sees: &["domain", "media", "names", "protocol"],
    },
    Rule { package: "sync", target: "all", never: &[OUTSIDE, &["store", "browser"]], sees: &["domain", "protocol"] },
    Rule { package: "simulation", target: "all", never: &[OUTSIDE, &["store", "browser"]], sees: &["sync"] },
    Rule {
        package: "store",
        target: BROWSER,
        never: &[SERVER, SCREENS, &["browser"]],
        sees: &["sync", "wasm-bindgen"],
    },
    Rule {
        package: "browser",
        target: BROWSER,
        never: &[SERVER, SCREENS],
        sees: &["store", "wasm-bindgen", "web-sys"],
    },
    Rule { package: "worker", target: BROWSER, never: &[SERVER, SCREENS], sees: &["wasm-bindgen"] },
    Rule { package: "sender", target: BROWSER, never: &[SERVER, SCREENS, &["worker"]], sees: &["browser"] },
    Rule {
        package: "keeper",
        target: BROWSER,
        never: &[SERVER, SCREENS, &["browser", "sender", "gloo-net"]],
        sees: &["backup", "store", "worker"],
    },
    Rule {
        package: "dom",
        target: BROWSER,
        never: &[SERVER, LEPTOS, &["app", "desk", "making", "ui", "browser", "store", "domain", "protocol", "sync"]],
        sees: &["reactive_graph"],
    },
    Rule {
        package: "ui",
        target: BROWSER,
        never: &[SERVER, LEPTOS, &["app", "desk", "making", "worker", "sender", "keeper", "cover", "heif", "share"]],
        sees: &["browser", "dom", "reactive_graph"],
    },
    Rule {
        package: "app",
        target: BROWSER,
        never: &[
            SERVER,
            LEPTOS,
            &["desk", "making", "fast_qr", "worker", "sender", "keeper", "cover", "heif", "share"],
        ],
        sees: &["browser", "dom", "reactive_graph", "ui"],
    },
    Rule {
        package: "desk",
        target: BROWSER,
        never: &[SERVER, &["app", "making", "worker", "sender", "keeper", "cover", "heif", "share"]],
        sees: &["browser", "dom", "fast_qr", "leptos", "ui"],
    },
    Rule {
        package: "making",
        target: BROWSER,
        never: &[
            SERVER,
            &["app", "desk", "fast_qr", "worker", "sender", "keeper", "cover", "heif", "share", "rustface"],
        ],
        sees: &["browser", "dom", "leptos", "ui"],
    },
    Rule {
        package: "cover",
        target: BROWSER,
        never: &[SERVER, SCREENS, &["browser", "store", "sender", "keeper"]],
        sees: &["rustface", "worker"],
    },
    Rule {
        package: "heif",
        target: BROWSER,
        never: &[SERVER, SCREENS, &["browser", "store", "sender", "keeper", "cover"]],
        sees: &["worker"],
    },
    Rule {
        package: "share",
        target: BROWSER,
        never: &[SERVER, SCREENS, &["browser", "worker", "sender", "keeper", "cover", "heif"]],
        sees: &["store"],
    },
    Rule {
        package: "server",
        target: "all",
        never: &[SCREENS, &["sync", "store", "browser", "worker", "sender", "keeper", "backup", "names"]],
        sees: &["domain", "protocol", "tokio"],
    },
];

fn dependencies(rule: &Rule) -> anyhow::Result<BTreeSet<String>> {
    let tree = [
        "tree",
        "--locked",
        "--package",
        rule.package,
        "--target",
        rule.target,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ];
    let listing = process::read(&mut process::cargo(&tree))?;
    Ok(listing
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != rule.package)
        .map(str::to_owned)
        .collect())
}
