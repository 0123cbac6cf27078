//! The seam between a wasm and its glue: nothing that no one uses, and names of one or two letters.
//!
//! wasm-bindgen tells what it passes between the two by long names with hashes in them, which no compression shortens, and
//! keeps classes of libraries that nothing makes. Each name stands in both files, so both are rewritten together.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::fingerprint::files_under;

/// Tightens every `x_bg.wasm` of a folder with its `x.js`, as wasm-bindgen left them.
pub(crate) fn tighten_all(folder: &Path) -> anyhow::Result<()> {
    for path in files_under(folder)? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix("_bg.wasm")) else { continue };
        let glue = path.with_file_name(format!("{name}.js"));
        let (short_wasm, short_glue) = tighten(&fs::read(&path)?, &fs::read_to_string(&glue)?)
            .with_context(|| format!("{} is not as wasm-bindgen writes it", path.display()))?;
        fs::write(&path, short_wasm)?;
        fs::write(&glue, short_glue)?;
    }
    Ok(())
}

fn tighten(wasm: &[u8], glue: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let glue = without_idle_classes(glue);
    let (mut imports, mut exports) = (Names::default(), Names::default());
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let glue = map_words(&glue, is_part, |before, word, after| {
        let is_import = before.ends_with([' ', '\n']) && word.starts_with("__wb") && after.starts_with(':');
        let is_export = before.ends_with("wasm.");
        is_import.then(|| imports.shorten(word)).or_else(|| is_export.then(|| exports.shorten(word)))
    });
    let mut short = wasm.get(..8).context("the head is missing")?.to_vec();
    let mut rest = Reader(&wasm[8..]);
    while !rest.0.is_empty() {
        let id = rest.byte()?;
        let length = rest.number()?;
        let body = rest.take(length)?;
        let body = match id {
            IMPORTS => rename_imports(body, &imports)?,
            EXPORTS => rename_exports(body, &exports)?,
            _ => body.to_vec(),
        };
        short.push(id);
        short.extend(number(body.len()));
        short.extend(body);
    }
    Ok((short, glue))
}

/// The ids of two sections of a wasm.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Every import must be known: an unknown one would not be found when the app starts.
fn rename_imports(section: &[u8], names: &Names) -> anyhow::Result<Vec<u8>> {
    let mut rest = Reader(section);
    let count = rest.number()?;
    let mut short = number(count);
    for _ in 0..count {
        let (module, name) = (rest.name()?, rest.name()?);
        let is_glue = module.ends_with("_bg.js");
        let name = if is_glue { names.short(name).with_context(|| format!("no import {name}"))? } else { name };
        if rest.byte()? != FUNCTION {
            bail!("{name} is imported and no function");
        }
        let kind = rest.number()?;
        short.extend([text(module), text(name), vec![FUNCTION], number(kind)].concat());
    }
    Ok(short)
}

/// An export that the glue does not use is dropped: it keeps code alive for nobody.
fn rename_exports(section: &[u8], names: &Names) -> anyhow::Result<Vec<u8>> {
    let mut rest = Reader(section);
    let mut short = Vec::new();
    let mut kept = 0;
    for _ in 0..rest.number()? {
        let (name, kind, index) = (rest.name()?, rest.byte()?, rest.number()?);
        if let Some(name) = names.short(name) {
            short.extend([text(name), vec![kind], number(index)].concat());
            kept += 1;
        }
    }
    Ok([number(kept), short].concat())
}

const FUNCTION: u8 = 0;

/// Short names by long ones, in the order of their first use.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn shorten(&mut self, long: &str) -> String {
        let count = self.0.len();
        self.0.entry(long.to_owned()).or_insert_with(|| letters(count)).clone()
    }

    fn short(&self, long: &str) -> Option<&str> {
        self.0.get(long).map(String::as_str)
    }
}

/// Returns a, b, .. z, aa, ba ..
pub(super) fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.extend(char::from_digit(u32::try_from(number % 26).unwrap_or(0) + 10, 36));
        number /= 26;
        if number == 0 {
            return letters;
        }
        number -= 1;
    }
}

/// Removes the classes that only a module importing the glue could use: the page imports nothing but its start.
fn without_idle_classes(glue: &str) -> String {
    let mut glue = glue.to_owned();
    let names: Vec<String> = glue
        .split("\nexport class ")
        .skip(usize::from(!glue.starts_with("export class ")))
        .filter_map(|rest| rest.trim_start_matches("export class ").split([' ', '{']).next().map(str::to_owned))
        .collect();
    for name in names {
        let parts = [
            (format!("export class {name} {{"), "\n}\n"),
            (format!("if (Symbol.dispose) {name}.prototype"), ";\n"),
            (format!("const {name}Finalization = "), ");\n"),
        ];
        let mut without = glue.clone();
        for (start, end) in &parts {
            let Some(at) = without.find(start.as_str()) else { continue };
            let Some(length) = without[at..].find(end) else { continue };
            without.replace_range(at..at + length + end.len(), "");
        }
        if !without.contains(name.as_str()) {
            glue = without;
        }
    }
    glue
}

/// Replaces words of a script or a style; the closure sees what stands before and after each.
pub(super) fn map_words(
    script: &str,
    is_part: fn(char) -> bool,
    mut map: impl FnMut(&str, &str, &str) -> Option<String>,
) -> String {
    let mut mapped = String::with_capacity(script.len());
    let mut at = 0;
    while let Some(start) = script[at..].find(is_part).map(|gap| at + gap) {
        let end = script[start..].find(|c| !is_part(c)).map_or(script.len(), |length| start + length);
        let word = &script[start..end];
        mapped.push_str(&script[at..start]);
        mapped.push_str(map(&script[..start], word, &script[end..]).as_deref().unwrap_or(word));
        at = end;
    }
    mapped.push_str(&script[at..]);
    mapped
}

/// Reads the numbers and names that a wasm is made of.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length).context("it ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> anyhow::Result<u8> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> anyhow::Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number never ends")
    }

    fn name(&mut self) -> anyhow::Result<&'a str> {
        let length = self.number()?;
        Ok(std::str::from_utf8(self.take(length)?)?)
    }
}

fn number(mut number: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn text(text: &str) -> Vec<u8> {
    [number(text.len()), text.as_bytes().to_vec()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class Idle {
    free() { wasm.__wbg_idle_free(0); }
}
if (Symbol.dispose) Idle.prototype[Symbol.dispose] = Idle.prototype.free;
export class Used {
}
export function work(a) { return wasm.work(a); }
const import0 = {
    __wbg_log_0123456789abcdef: function(arg0) { new Used(wasm.memory.buffer); },
    __wbindgen_throw: function() {},
};
const IdleFinalization = (typeof FinalizationRegistry === 'undefined')
    ? {}
    : new FinalizationRegistry(ptr => wasm.__wbg_idle_free(ptr, 1));
";

    fn section(id: u8, entries: &[Vec<u8>]) -> Vec<u8> {
        let body = [number(entries.len()), entries.concat()].concat();
        [vec![id], number(body.len()), body].concat()
    }

    fn wasm(imports: &[(&str, &str)], exports: &[&str]) -> Vec<u8> {
        let import = |(module, name): &(&str, &str)| [text(module), text(name), vec![FUNCTION, 3]].concat();
        let export = |name: &&str| [text(name), vec![FUNCTION, 200, 1]].concat();
        let imports: Vec<_> = imports.iter().map(import).collect();
        let exports: Vec<_> = exports.iter().map(export).collect();
        [b"\0asm\x01\0\0\0".to_vec(), section(IMPORTS, &imports), section(EXPORTS, &exports), section(10, &[])].concat()
    }

    #[test]
    fn a_name_is_as_short_in_the_code_as_in_the_glue() {
        let long = wasm(
            &[("./app_bg.js", "__wbindgen_throw"), ("./app_bg.js", "__wbg_log_0123456789abcdef"), ("./own.js", "own")],
            &["memory", "work", "__wbg_idle_free"],
        );
        let (short, glue) = tighten(&long, GLUE).unwrap();
        let expected = wasm(&[("./app_bg.js", "b"), ("./app_bg.js", "a"), ("./own.js", "own")], &["b", "a"]);
        assert_eq!(short, expected);
        assert!(glue.contains("export function work(a) { return wasm.a(a); }"), "{glue}");
        assert!(glue.contains("    a: function(arg0) { new Used(wasm.b.buffer); },\n    b: function() {},"), "{glue}");
    }

    #[test]
    fn a_class_goes_when_nothing_makes_it() {
        let glue = without_idle_classes(GLUE);
        assert!(!glue.contains("Idle"), "{glue}");
        assert!(glue.starts_with("export class Used {"), "{glue}");
    }

    #[test]
    fn an_import_that_the_glue_lacks_is_refused() {
        assert!(tighten(&wasm(&[("./app_bg.js", "__wbg_unknown")], &[]), GLUE).is_err());
        assert!(tighten(b"\0asm\x01\0\0\0\x02\x7f", GLUE).is_err());
    }

    #[test]
    fn names_grow_by_a_letter_when_the_alphabet_is_used_up() {
        let names: Vec<String> = (0..800).map(letters).collect();
        assert_eq!((names[0].as_str(), names[25].as_str(), names[26].as_str()), ("a", "z", "aa"));
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
    }
}
