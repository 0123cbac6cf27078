//! Names with a content hash: a file that is named after its bytes may be cached for ever.

use std::collections::BTreeMap;

use anyhow::bail;

use crate::fingerprint::short_hash;

/// Hex digits of the hash in a name.
const HASH_DIGITS: usize = 16;

/// The files of the client by path, without a leading slash.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Gives every file but those that `keeps_name` a name with its hash, and follows the references, leaves first.
///
/// References are root-absolute (`/fonts/a.woff2`), or start with `./` in a file beside or above their target.
pub(crate) fn rename(files: Files, keeps_name: impl Fn(&str) -> bool) -> anyhow::Result<Files> {
    let mut renaming = Renaming { files, keeps_name, names: BTreeMap::new(), done: Files::new(), open: Vec::new() };
    let paths: Vec<String> = renaming.files.keys().cloned().collect();
    for path in paths {
        renaming.visit(&path)?;
    }
    Ok(renaming.done)
}

struct Renaming<K> {
    files: Files,
    keeps_name: K,
    /// New path by old path.
    names: BTreeMap<String, String>,
    done: Files,
    /// The files whose references are being followed; one met again is a circle.
    open: Vec<String>,
}

impl<K: Fn(&str) -> bool> Renaming<K> {
    fn visit(&mut self, path: &str) -> anyhow::Result<()> {
        if self.names.contains_key(path) {
            return Ok(());
        }
        if self.open.iter().any(|open| open == path) {
            bail!(
                "these files name each other in a circle, so none can carry its hash: {} -> {path}",
                self.open.join(" -> ")
            );
        }
        self.open.push(path.to_owned());
        let mut bytes = self.files[path].clone();
        if is_text(path) {
            let mut text = String::from_utf8(bytes)?;
            for target in self.targets(path, &text) {
                self.visit(&target)?;
                let new = self.names[&target].clone();
                text = replace(&text, &format!("/{target}"), &format!("/{new}"));
                if let (Some(from), Some(to)) = (relative(path, &target), relative(path, &new)) {
                    text = replace(&text, &from, &to);
                }
            }
            bytes = text.into_bytes();
        } else if path.ends_with(".wasm") {
            self.refuse_names_in_code(path, &bytes)?;
        }
        let name = if (self.keeps_name)(path) { path.to_owned() } else { hashed(path, &bytes) };
        self.names.insert(path.to_owned(), name.clone());
        self.done.insert(name, bytes);
        self.open.pop();
        Ok(())
    }

    fn targets(&self, path: &str, text: &str) -> Vec<String> {
        let is_named = |target: &&String| {
            let name = relative(path, target);
            find(text, &format!("/{target}"), 0).is_some() || name.is_some_and(|name| find(text, &name, 0).is_some())
        };
        self.files
            .keys()
            .filter(|target| *target != path && !(self.keeps_name)(target))
            .filter(is_named)
            .cloned()
            .collect()
    }

    /// Code cannot be rewritten: it must learn such names from `index.html` when it runs.
    fn refuse_names_in_code(&self, path: &str, code: &[u8]) -> anyhow::Result<()> {
        for target in self.files.keys().filter(|target| !(self.keeps_name)(target)) {
            let name = format!("/{target}");
            if code.windows(name.len()).any(|window| window == name.as_bytes()) {
                bail!(
                    "{path} holds the name {name}, which carries a hash once built: read it from a <meta> in index.html"
                );
            }
        }
        Ok(())
    }
}

fn hashed(path: &str, bytes: &[u8]) -> String {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path[name..].find('.').map_or(path.len(), |dot| name + dot);
    format!("{}-{}{}", &path[..dot], short_hash(bytes, HASH_DIGITS), &path[dot..])
}

/// Returns how a file may name another one beside or below it.
fn relative(from: &str, to: &str) -> Option<String> {
    let folder = &from[..from.rfind('/').map_or(0, |slash| slash + 1)];
    to.strip_prefix(folder).map(|rest| format!("./{rest}"))
}

fn replace(text: &str, from: &str, to: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(at) = find(text, from, rest) {
        result.push_str(&text[rest..at]);
        result.push_str(to);
        rest = at + from.len();
    }
    result.push_str(&text[rest..]);
    result
}

/// Finds `name` where it stands alone: not as the tail or the head of a longer name.
fn find(text: &str, name: &str, from: usize) -> Option<usize> {
    let stands_alone = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        before.is_none_or(|c| "\"'`(=, \n".contains(c)) && after.is_none_or(|c| "\"'`)#?,> \n".contains(c))
    };
    text[from..].match_indices(name).map(|(at, _)| from + at).find(stands_alone)
}

/// Says whether a file is text of ours, which may name others and is worth compressing.
pub(crate) fn is_text(path: &str) -> bool {
    [".html", ".css", ".js", ".svg", ".webmanifest", ".json", ".txt"].iter().any(|ending| path.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)]) -> anyhow::Result<BTreeMap<String, String>> {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
        let renamed = rename(files, |path| path == "index.html")?;
        let with_star = |path: &str| path.split('-').next().unwrap_or(path).to_owned();
        Ok(renamed.into_iter().map(|(path, bytes)| (with_star(&path), String::from_utf8(bytes).unwrap())).collect())
    }

    #[test]
    fn a_name_follows_the_bytes_through_every_reference() {
        let site = |leaf: &str| {
            let css = "src: url(/fonts/a.woff2)";
            check(&[("fonts/a.woff2", leaf), ("style.css", css), ("index.html", "<link href=\"/style.css\">")]).unwrap()
        };
        assert_ne!(site("one")["index.html"], site("two")["index.html"]);
        assert!(site("one")["style"].starts_with("src: url(/fonts/a-"));
    }

    #[test]
    fn a_longer_name_is_not_taken_for_a_shorter_one() {
        let text = "'/worker.js' '/photo-worker.js' '/worker.json' \"/worker.js#x\"";
        assert_eq!(replace(text, "/worker.js", "/w"), "'/w' '/photo-worker.js' '/worker.json' \"/w#x\"");
    }

    #[test]
    fn a_module_may_name_its_neighbour() {
        let files = check(&[("app.js", "import './snippets/x/inline0.js'"), ("snippets/x/inline0.js", "1")]).unwrap();
        assert!(files["app"].starts_with("import './snippets/x/inline0-"), "{files:?}");
    }

    #[test]
    fn a_circle_and_a_name_inside_code_are_refused() {
        assert!(check(&[("a.js", "'/b.js'"), ("b.js", "'/a.js'")]).is_err());
        assert!(check(&[("app.wasm", "..../icons.svg...."), ("icons.svg", "")]).is_err());
    }
}
