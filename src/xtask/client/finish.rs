//! From what Trunk leaves to what the server embeds.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::parts::PARTS;
use super::references::{self, Files};
use super::{glue, html};
use crate::fingerprint::{files_under, short_hash};
use crate::{process, workspace};

/// Tightens, optimises, minifies, names by hash, writes the service worker and compresses.
pub(crate) fn finish(packages: &Path, from: &[PathBuf], to: &Path) -> anyhow::Result<()> {
    let work = workspace::at("target/client-finish");
    remove(&work)?;
    from.iter().try_for_each(|from| copy(from, &work))?;
    glue::tighten_all(&work)?;
    optimise_wasm(packages, &work)?;
    node(packages, "minify.mjs", &work)?;

    let mut files = load(&work)?;
    let service_worker = files.remove("sw.js").context("public/sw.js is missing")?;
    html::tidy(&mut files)?;
    html::inline_styles(&mut files)?;
    html::shorten_properties(&mut files)?;
    let mut files = references::rename(files, keeps_name)?;
    let version = version(&files);
    html::set_version(&mut files, &version)?;
    let service_worker = fill_in(&String::from_utf8(service_worker)?, &version, &files)?;
    files.insert("sw.js".to_owned(), service_worker.into_bytes());

    remove(to)?;
    save(&files, to)?;
    node(packages, "compress.mjs", to)
}

/// Names that the world knows us by: they never carry a hash, and are asked for again at every use.
fn keeps_name(path: &str) -> bool {
    ["sw.js", "send-closed.js", "take-shares.js", "manifest.webmanifest"].contains(&path)
        || html::pages().any(|page| page == path)
        || path.ends_with(".txt")
}

/// What the service worker fetches at once; other hashed files it keeps when they are first used. What sends is of no use
/// without network, and none before there is a project. Pictures that only adorn a screen come with that screen.
fn is_precached(path: &str) -> bool {
    let is_rare_letters = path.starts_with("fonts/") && !path.starts_with("fonts/ahn-basic");
    let is_later = ["icons/", PICTURES, SENDER, KEEPER, SHARES].iter().any(|start| path.starts_with(start))
        || PARTS.iter().any(|part| part.has(path));
    !keeps_name(path) && !is_later && !is_rare_letters
}

/// How the names of the files begin that send and fetch.
const SENDER: &str = "send";

/// How the names of the files begin that make a backup and put one back. They must work without network, but only once there
/// is something to back up: the service worker fetches them when the first photo is made ready.
const KEEPER: &str = "keep";

/// How the names of the files begin that take in what other apps share: of use once the app is on a home screen. Their own service worker
/// keeps them.
const SHARES: &str = "share";

/// Where pictures lie that say nothing.
const PICTURES: &str = "pictures/";

/// What wasm-opt does, and may rely on.
const WASM_OPT: &[&str] = &[
    // What brotli makes smallest: repetitions cost it next to nothing, so the compiler's inlining is enough, and locals
    // that spare a repetition only make the places unlike each other.
    "--no-inline=*",
    "-Os",
    "--skip-pass=local-cse",
    "--skip-pass=simplify-locals",
    // What the first round leaves, and then like beside like: brotli finds it sooner.
    "-Os",
    "--reorder-functions-by-name",
    // The memory is the module's own, so it starts with zeros, and its first KB is the end of the stack, which no
    // address is computed from.
    "--zero-filled-memory",
    "--low-memory-unused",
    // The features that the compiler's wasm target has by default.
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

fn optimise_wasm(packages: &Path, folder: &Path) -> anyhow::Result<()> {
    // A library's was made by another compiler, which does not keep to what is relied on here, and has optimised it.
    let is_ours = |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().ends_with(b"_bg.wasm"));
    let wasm: Vec<PathBuf> = files_under(folder)?.into_iter().filter(is_ours).collect();
    let optimise = |path: &PathBuf| {
        let before = fs::metadata(path)?.len();
        let mut wasm_opt = process::command("node");
        wasm_opt.arg(packages.join("binaryen/bin/wasm-opt")).args(WASM_OPT).arg(path).arg("-o").arg(path);
        process::run(&mut wasm_opt)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        eprintln!("xtask:   {name}: {before} bytes, {} after wasm-opt", fs::metadata(path)?.len());
        Ok(())
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = wasm.iter().map(|path| scope.spawn(move || optimise(path))).collect();
        running
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| bail!("a thread of wasm-opt ended in panic")))
    })
}

fn version(files: &Files) -> String {
    let all: Vec<u8> = files.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()].concat()).collect();
    short_hash(&all, 12)
}

fn fill_in(template: &str, version: &str, files: &Files) -> anyhow::Result<String> {
    let list = |wanted: &dyn Fn(&str) -> bool| {
        let paths = files.keys().filter(|path| wanted(path)).map(|path| format!("\"/{path}\""));
        paths.collect::<Vec<_>>().join(",")
    };
    let mut values = vec![
        ("\"__VERSION__\"".to_owned(), format!("\"{version}\"")),
        ("\"__PRECACHE__\"".to_owned(), list(&is_precached)),
        ("\"__LATER__\"".to_owned(), list(&|path| path.starts_with(KEEPER))),
    ];
    values.extend(PARTS.iter().map(|part| {
        (format!("\"__{}__\"", part.name.to_uppercase()), list(&|path| part.has(path) && !keeps_name(path)))
    }));
    let mut worker = template.to_owned();
    for (placeholder, value) in values {
        if worker.matches(&placeholder).count() != 1 {
            bail!("sw.js must hold {placeholder} exactly once");
        }
        worker = worker.replace(&placeholder, &value);
    }
    Ok(worker)
}

fn node(packages: &Path, script: &str, folder: &Path) -> anyhow::Result<()> {
    process::run(process::command("node").arg(workspace::at("src/xtask/client").join(script)).arg(packages).arg(folder))
}

fn load(folder: &Path) -> anyhow::Result<Files> {
    let read = |path: PathBuf| {
        let name = path.strip_prefix(folder)?.to_str().context("a file name is not UTF-8")?.to_owned();
        Ok((name, fs::read(path)?))
    };
    // A hidden file holds its folder's place in git, at most.
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    files_under(folder)?.into_iter().filter(|path| !is_hidden(path)).map(read).collect()
}

fn save(files: &Files, folder: &Path) -> anyhow::Result<()> {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    save(&load(from)?, to)
}

fn remove(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_worker_lists_what_the_app_needs_offline() {
        let names = [
            "app-1.js",
            "desk-1.js",
            "desk.html",
            "fonts/ahn-basic-1.woff2",
            "fonts/ahn-latin-1.woff2",
            "icons/192-1.png",
            "keeper-1.js",
            "making-1.js",
            "cover-worker-1.js",
            "heif-lib-1.wasm",
            "heif-licence.txt",
            "making.html",
            "pictures/street-1.svg",
            "send-worker-1.js",
            "share-1.js",
            "take-shares.js",
            "index.html",
        ];
        let files: Files = names.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
        let template = r#"a="__VERSION__",b=["/","__PRECACHE__"],c=["__LATER__"],d=["__DESK__"],e=["__MAKING__"]"#;
        let worker = fill_in(template, "v1", &files).unwrap();
        let lists = r#"b=["/","/app-1.js","/fonts/ahn-basic-1.woff2"],c=["/keeper-1.js"],d=["/desk-1.js"],e=["/cover-worker-1.js","/heif-lib-1.wasm","/making-1.js"]"#;
        assert_eq!(worker, format!(r#"a="v1",{lists}"#));
        assert!(fill_in("const a = 1", "v1", &files).is_err());
    }
}
