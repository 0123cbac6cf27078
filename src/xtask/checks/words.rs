//! No words of the screen stand in a component: they live in `src/app/locales`, in every language.
//!
//! The scanner reads what stands inside `view!`: text between tags, and the attributes that a person reads or hears. It
//! does not follow a value into a function; what hides there is found by reading.

use std::fs;

use anyhow::bail;

use crate::fingerprint::files_under;
use crate::workspace;

/// Fails when a component holds words.
pub(crate) fn check() -> anyhow::Result<()> {
    let app = workspace::at("src/app");
    let mut found = Vec::new();
    let mut views = 0;
    for path in files_under(&app)? {
        let name = path.strip_prefix(&app)?.to_string_lossy().into_owned();
        if !name.ends_with(".rs") || name.starts_with("locales") {
            continue;
        }
        let mut scanner = Scanner::new(&fs::read_to_string(&path)?);
        scanner.rust(None);
        views += scanner.views;
        found.extend(scanner.found.into_iter().map(|(line, words)| format!("src/app/{name}:{line}: {words:?}")));
    }
    if !found.is_empty() {
        bail!("words of the screen belong in src/app/locales:\n  {}", found.join("\n  "));
    }
    println!("words: none in {views} views");
    Ok(())
}

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
    "title",
];

struct Scanner {
    text: Vec<char>,
    at: usize,
    views: usize,
    /// Line and words.
    found: Vec<(usize, String)>,
}

impl Scanner {
    fn new(text: &str) -> Self {
        Self { text: text.chars().collect(), at: 0, views: 0, found: Vec::new() }
    }

    /// Reads Rust up to the bracket that closes it.
    fn rust(&mut self, closing: Option<char>) {
        while let Some(c) = self.peek() {
            if self.skip_comment() || self.nested_view() || self.literal().is_some() {
                continue;
            }
            self.at += 1;
            match c {
                '(' => self.rust(Some(')')),
                '[' => self.rust(Some(']')),
                '{' => self.rust(Some('}')),
                _ if Some(c) == closing => return,
                _ => {}
            }
        }
    }

    fn nested_view(&mut self) -> bool {
        let is_view = self.starts_with("view!") && !self.previous().is_some_and(is_word);
        if is_view {
            self.at += "view!".len();
            self.skip_space();
            self.at += 1;
            self.views += 1;
            self.view();
        }
        is_view
    }

    /// Reads what stands between tags, up to the bracket that closes the macro.
    fn view(&mut self) {
        while let Some(c) = self.peek() {
            let line = self.line();
            if self.skip_comment() {
                continue;
            }
            if let Some(words) = self.literal() {
                self.judge(line, words);
                continue;
            }
            self.at += 1;
            match c {
                '}' | ')' | ']' => return,
                '<' => self.tag(),
                '{' => self.braced_child(),
                _ if c.is_whitespace() => {}
                _ => {
                    let start = self.at - 1;
                    while self.peek().is_some_and(|c| !"<{}\"".contains(c)) {
                        self.at += 1;
                    }
                    self.judge(line, self.text[start..self.at].iter().collect());
                }
            }
        }
    }

    /// Reads `{...}` between tags: only words that are all of it count, the rest is an expression.
    fn braced_child(&mut self) {
        self.skip_space();
        let (line, words) = (self.line(), self.literal());
        self.skip_space();
        if let (Some(words), Some('}')) = (words, self.peek()) {
            self.judge(line, words);
        }
        self.rust(Some('}'));
    }

    fn tag(&mut self) {
        while let Some(c) = self.peek() {
            let (line, start) = (self.line(), self.at);
            if self.skip_comment() || self.nested_view() {
                continue;
            }
            if let Some(words) = self.literal() {
                if self.attribute_before(start).is_some_and(|name| SPOKEN.contains(&name.as_str())) {
                    self.judge(line, words);
                }
                continue;
            }
            self.at += 1;
            match c {
                '(' => self.rust(Some(')')),
                '[' => self.rust(Some(']')),
                '{' => self.rust(Some('}')),
                '>' if !matches!(self.text[start - 1], '-' | '=') => return,
                _ => {}
            }
        }
    }

    /// Returns the name in `name="..."`, without `attr:` or `prop:` before it.
    fn attribute_before(&self, literal: usize) -> Option<String> {
        let before = self.text[..literal].strip_suffix(&['='])?;
        let length = before.iter().rev().take_while(|c| is_word(**c) || **c == '-').count();
        Some(before[before.len() - length..].iter().collect())
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

    fn skip_space(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn judge(&mut self, line: usize, words: String) {
        if words.chars().any(char::is_alphabetic) {
            self.found.push((line, words.trim().to_owned()));
        }
    }

    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    fn previous(&self) -> Option<char> {
        self.at.checked_sub(1).map(|at| self.text[at])
    }

    fn starts_with(&self, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.text.get(self.at + offset) == Some(&c))
    }

    fn line(&self) -> usize {
        1 + self.text[..self.at.min(self.text.len())].iter().filter(|c| **c == '\n').count()
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
        scanner.rust(None);
        let found: Vec<String> = scanner.found.into_iter().map(|(_, words)| words).collect();
        assert_eq!(found, expected, "in {source}");
        assert_eq!(scanner.at, scanner.text.len(), "read to the end: {source}");
    }

    #[test]
    fn words_between_tags_are_found() {
        check(r#"fn a() { view! { <p>"Dit is fijn"</p> } }"#, &["Dit is fijn"]);
        check(r#"view! { <p>{"Dit is fijn"}</p> }"#, &["Dit is fijn"]);
        check("view! { <p>Dit is fijn</p> }", &["Dit is fijn"]);
        check(r##"view! { <p>r#"Bewaren"#</p> }"##, &["Bewaren"]);
    }

    #[test]
    fn words_in_a_spoken_attribute_are_found() {
        check(r#"view! { <nav class="bar" aria-label="Menu"><img alt="" src="/a.jpg"/></nav> }"#, &["Menu"]);
        check(r#"view! { <input attr:placeholder="Naam" prop:value="x"/> }"#, &["Naam"]);
    }

    #[test]
    fn words_in_a_view_inside_a_closure_are_found() {
        let source =
            r#"view! { <Show when=move || a.get() fallback=|| view! { <i>"Leeg"</i> }><b>{t.full}</b></Show> }"#;
        check(source, &["Leeg"]);
    }

    #[test]
    fn code_marks_and_class_names_are_not_words() {
        check(r#"view! { <p class="warm" on:click=move |_| go("mijn")>{move || t.hello(name)}" · "</p> }"#, &[]);
        check(r#"view! { <For each=all key=|e| e.id.clone() let:e><li>{e.text}</li></For> } // "woord""#, &[]);
        check(r#"let c = '"'; let s = "view! { tekst }"; fn f<'a>(x: &'a str) -> char { '\'' }"#, &[]);
    }
}
