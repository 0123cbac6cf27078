//! No words of the screen stand in a component: they live in `locales` of its crate, in every language.
//!
//! The scanner reads what is put inside elements, the attributes that a person reads or hears, and the texts of the few
//! functions that show one. It does not follow a value into a function; what hides there is found by reading.

use std::fs;

use anyhow::{bail, ensure};

use crate::fingerprint::files_under;
use crate::workspace;

/// Fails when a component holds words.
pub(crate) fn check() -> anyhow::Result<()> {
    let mut found = Vec::new();
    let mut looked_at = 0;
    for part in PARTS {
        let in_part = looked_at;
        let folder = workspace::at(part);
        for path in files_under(&folder)? {
            let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
            if !name.ends_with(".rs") || name.starts_with("locales") {
                continue;
            }
            let mut scanner = Scanner::new(&fs::read_to_string(&path)?);
            scanner.rust(None, Counts::No);
            looked_at += scanner.looked_at;
            found.extend(scanner.found.into_iter().map(|(line, words)| format!("{part}/{name}:{line}: {words:?}")));
        }
        ensure!(looked_at > in_part, "nothing in {part} puts anything on the screen: is the check itself wrong?");
    }
    if !found.is_empty() {
        bail!("words of the screen belong in `locales`:\n  {}", found.join("\n  "));
    }
    println!("words: none in {looked_at} calls that show something");
    Ok(())
}

/// The crates whose components show something.
const PARTS: &[&str] = &["src/ui", "src/app", "src/desk", "src/making"];

/// Attributes and properties that a person reads or hears.
const SPOKEN: &[&str] = &[
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "alt",
    "caption",
    "heading",
    "hint",
    "label",
    "placeholder",
    "text",
    "textContent",
    "title",
];

/// Methods whose first argument names the attribute that the others give a value.
const ATTRIBUTES: &[&str] = &["attr", "attr_live", "maybe", "prop"];

/// Methods whose arguments are shown.
const CHILDREN: &[&str] = &["and", "child"];

/// Functions that show one of their arguments, and which.
const SHOWING: &[(&str, usize)] =
    &[("View::from", 0), ("live", 0), ("notice", 2), ("photo", 4), ("photo_image", 1), ("use_screen", 0)];

/// What passes on what it is given: words in it are shown where it is.
const PASSING: &[&str] = &[
    "Ok",
    "Some",
    "String::from",
    "and_then",
    "format!",
    "map",
    "map_or",
    "map_or_else",
    "or",
    "then",
    "then_some",
    "unwrap_or",
    "unwrap_or_else",
    "vec!",
];

/// Which words count inside a pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    No,
    Yes,
    /// Those of one argument.
    Argument(usize),
    /// Those after the name of an attribute that is spoken.
    Attribute,
}

struct Scanner {
    text: Vec<char>,
    at: usize,
    /// Calls that show something.
    looked_at: usize,
    /// Line and words.
    found: Vec<(usize, String)>,
}

impl Scanner {
    fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, looked_at: 0, found: Vec::new() }
    }

    /// Reads Rust up to the bracket that closes it.
    fn rust(&mut self, closing: Option<char>, counts: Counts) {
        let mut argument = 0;
        // An attribute whose name stands elsewhere may be spoken.
        let mut is_spoken = true;
        let mut is_statement_begun = false;
        let mut is_let = false;
        while let Some(c) = self.peek() {
            if self.skip_comment() || self.skip_tests() {
                continue;
            }
            let is_shown = !is_let
                && match counts {
                    Counts::No => false,
                    Counts::Yes => true,
                    Counts::Argument(shown) => argument == shown,
                    Counts::Attribute => argument > 0 && is_spoken,
                };
            let start = self.at;
            if let Some(words) = self.literal() {
                is_statement_begun = true;
                if counts == Counts::Attribute && argument == 0 {
                    is_spoken = SPOKEN.contains(&words.as_str());
                } else if (is_shown && !self.is_compared(start)) || self.starts_with(".into()") {
                    self.judge(start, &words);
                }
                continue;
            }
            is_let |= !is_statement_begun && self.starts_with("let ");
            is_statement_begun |= !c.is_whitespace();
            self.at += 1;
            let around = if is_shown { Counts::Yes } else { Counts::No };
            match c {
                '(' => {
                    let inside = self.called(start, around);
                    self.rust(Some(')'), inside);
                }
                '[' => self.list(around),
                '{' => {
                    self.rust(Some('}'), around);
                    is_statement_begun = is_let;
                }
                ',' => argument += 1,
                ';' => (is_let, is_statement_begun) = (false, false),
                _ if Some(c) == closing => return,
                _ => {}
            }
        }
    }

    /// Reads `[...]`. One that something else is made of is not what is shown.
    fn list(&mut self, around: Counts) {
        let before = self.found.len();
        self.rust(Some(']'), around);
        if self.rest().trim_start().starts_with('.') {
            self.found.truncate(before);
        }
    }

    /// Returns which words count in the arguments of what is called, where words around it count as they do.
    fn called(&mut self, bracket: usize, around: Counts) -> Counts {
        let before = &self.text[..bracket];
        let length = before.iter().rev().take_while(|c| is_word(**c) || matches!(c, ':' | '!')).count();
        let (before, name) = before.split_at(before.len() - length);
        let name: String = name.iter().collect();
        let is_method = before.last() == Some(&'.');
        let is_declared = before.iter().collect::<String>().ends_with("fn ");
        let counts = if name.is_empty() || PASSING.contains(&name.as_str()) {
            return around;
        } else if is_method && CHILDREN.contains(&name.as_str()) {
            Counts::Yes
        } else if is_method && ATTRIBUTES.contains(&name.as_str()) {
            Counts::Attribute
        } else {
            let showing =
                SHOWING.iter().find(|(function, _)| name == *function || name.ends_with(&format!("::{function}")));
            showing.filter(|_| !is_method && !is_declared).map_or(Counts::No, |(_, shown)| Counts::Argument(*shown))
        };
        self.looked_at += usize::from(counts != Counts::No);
        counts
    }

    /// Says whether the literal that was just read is only compared with something: in a condition or a pattern.
    fn is_compared(&self, start: usize) -> bool {
        let before: String = self.text[..start].iter().collect();
        let after = self.rest();
        let after = after.trim_start_matches(|c: char| c.is_whitespace() || c == ')');
        ["==", "!="].iter().any(|sign| before.trim_end().ends_with(sign) || after.starts_with(sign))
            || after.starts_with("=>")
            || (after.starts_with('|') && !after.starts_with("||"))
    }

    /// Steps over a string or a character, and returns what the string holds.
    fn literal(&mut self) -> Option<String> {
        let rest = &self.text[self.at..];
        let is_raw = rest[0] == 'r' && !self.previous().is_some_and(is_word);
        let hashes = if is_raw { rest[1..].iter().take_while(|c| **c == '#').count() } else { 0 };
        if is_raw && rest.get(1 + hashes) == Some(&'"') {
            let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
            let inside = &rest[2 + hashes..];
            let length = inside.windows(end.len()).position(|window| window == end).unwrap_or(inside.len());
            self.at += 2 + hashes + length + end.len();
            return Some(inside[..length].iter().collect());
        }
        let length = match rest {
            ['"', ..] => 1 + closing_quote(&rest[1..], '"')?,
            ['\'', '\\', ..] => 1 + closing_quote(&rest[1..], '\'')?,
            ['\'', _, '\'', ..] => 2,
            _ => return None,
        };
        self.at += length + 1;
        Some(if rest[0] == '"' { self.text[self.at - length..self.at - 1].iter().collect() } else { String::new() })
    }

    fn skip_comment(&mut self) -> bool {
        let end = match (self.starts_with("//"), self.starts_with("/*")) {
            (true, _) => "\n",
            (_, true) => "*/",
            _ => return false,
        };
        while self.at < self.text.len() && !self.starts_with(end) {
            self.at += 1;
        }
        self.at = (self.at + end.len()).min(self.text.len());
        true
    }

    /// Steps over the tests: what they write is not shown.
    fn skip_tests(&mut self) -> bool {
        let is_tests = self.starts_with("#[cfg(test)]\nmod ");
        if is_tests {
            while self.peek().is_some_and(|c| c != '{') {
                self.at += 1;
            }
            self.at += 1;
            let (found, looked_at) = (self.found.len(), self.looked_at);
            self.rust(Some('}'), Counts::No);
            self.found.truncate(found);
            self.looked_at = looked_at;
        }
        is_tests
    }

    /// Keeps words with letters in them; what stands in the braces of a format is not a word.
    fn judge(&mut self, start: usize, words: &str) {
        let mut depth = 0_usize;
        let has_letters = words.chars().any(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && c.is_alphabetic()
        });
        if has_letters {
            let line = 1 + self.text[..start].iter().filter(|c| **c == '\n').count();
            self.found.push((line, words.trim().to_owned()));
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn previous(&self) -> Option<char> {
        self.at.checked_sub(1).map(|at| self.text[at])
    }

    fn rest(&self) -> String {
        self.text[self.at.min(self.text.len())..].iter().collect()
    }

    fn starts_with(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.text.get(self.at + offset) == Some(&c))
    }
}

fn closing_quote(text: &[char], quote: char) -> Option<usize> {
    let mut at = 0;
    while *text.get(at)? != quote {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    Some(at)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, expected: &[&str]) {
        let mut scanner = Scanner::new(source);
        scanner.rust(None, Counts::No);
        let found: Vec<String> = scanner.found.into_iter().map(|(_, words)| words).collect();
        assert_eq!(found, expected, "in {source}");
        assert_eq!(scanner.at, scanner.text.len(), "read to the end: {source}");
    }

    #[test]
    fn words_put_inside_an_element_are_found() {
        check(r#"fn a() -> El { p().class("warm").child("Dit is fijn") }"#, &["Dit is fijn"]);
        check(r##"p().child(r#"Bewaren"#).child(b().child("\"Ja\""))"##, &["Bewaren", "\\\"Ja\\\""]);
        check(r#"View::from("een").and("twee").and(dom::View::from("drie"))"#, &["een", "twee", "drie"]);
        check(r#"p().child(["een", "twee"]).child(format!("{count} foto's"))"#, &["een", "twee", "{count} foto's"]);
        check(r#"fn told() -> View { "Leeg".into() }"#, &["Leeg"]);
    }

    #[test]
    fn words_in_a_spoken_attribute_are_found() {
        check(
            r#"nav().class("bar").attr("aria-label", "Menu").child(img().attr("alt", "").attr("src", "/a"))"#,
            &["Menu"],
        );
        check(r#"input().prop("placeholder", "Naam").maybe("title", Some("Titel"))"#, &["Naam", "Titel"]);
        check(r#"li().attr_live("aria-label", move || is_on.get().then_some("Aan"))"#, &["Aan"]);
        check(r#"li().attr(NAME, "Aan")"#, &["Aan"]);
    }

    #[test]
    fn words_that_a_function_shows_are_found() {
        check(r#"notice("warn", Some("warn"), "Let op")"#, &["Let op"]);
        check(r#"ui::photo(id, photo, size, PhotoShape::Thumb("s"), "Een foto")"#, &["Een foto"]);
        check(r#"use_screen(|| "Buurt".to_owned(), h1().child(words.title))"#, &["Buurt"]);
    }

    #[test]
    fn words_that_follow_signals_are_found() {
        let source = r#"live(move || match step.get() {
            Some("a") => "Leeg".into(),
            _ if is("b") => { let icon = "qr"; p().child(icon) }
            _ => View::from(if full == "c" { "Vol" } else { "Niet vol" }),
        })"#;
        check(source, &["Leeg", "Vol", "Niet vol"]);
        check(r#"div().child(is_on.then(|| span().child("Aan"))).child(is_on.then(|| "Uit"))"#, &["Aan", "Uit"]);
    }

    #[test]
    fn names_keys_and_addresses_are_not_words() {
        check(r#"p().class("warm").on("click", move |_| go.to("/mijn")).child((t.hello)(&name)).child(" · ")"#, &[]);
        check(
            r#"ul().child(["done", "lock"].into_iter().zip(all).map(row).collect::<View>()) // .child("woord")"#,
            &[],
        );
        check(
            r#"p().child(icon("camera")).attr("data-state", step.key()).attr_live("aria-busy", || Some("true"))"#,
            &[],
        );
        check(r#"let c = '"'; let s = ".child(tekst)"; fn f<'a>(x: &'a str) -> char { '\'' }"#, &[]);
        check("fn notice(icon: &str, kind: Option<&str>, text: &str) -> El { p().child(text) }", &[]);
    }

    #[test]
    fn what_tests_write_is_not_shown() {
        check("#[cfg(test)]\nmod tests { fn a() { p().child(\"Dit\"); } }\nfn b() { p().child(\"Dat\"); }", &["Dat"]);
    }
}
