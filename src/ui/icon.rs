//! Drawings beside words; a drawing never stands for a word alone.

use dom::{El, View, span, svg};
use domain::{Theme, Valence};

use crate::locales::use_words;
use crate::shell;

/// The symbols that stand in `index.html` itself: they are there before any other file.
const IN_PAGE: &[&str] =
    &["home", "images", "map", "talk", "more", "camera", "folder", "back", "next", "check", "sun", "up", "logo"];

thread_local! {
    static SPRITE: String = shell::meta("icons");
}

/// An icon of the sprite. `data-flip` turns those that point somewhere when the page runs from right to left.
pub fn icon(name: &'static str) -> El {
    let drawing = svg("use").attr("href", &address(name));
    svg("svg").class(class(name)).attr("aria-hidden", "true").child(drawing)
}

fn class(name: &str) -> &'static str {
    if name == "logo" { "logo" } else { "icon" }
}

fn address(name: &str) -> String {
    if IN_PAGE.contains(&name) { format!("#{name}") } else { SPRITE.with(|sprite| format!("{sprite}#{name}")) }
}

/// The disc that says what the maker feels, beside the word for it.
pub fn mark(valence: Option<Valence>) -> El {
    let icons: &[&str] = match valence {
        Some(Valence::Good) => &["sun"],
        Some(Valence::CouldBeBetter) => &["up"],
        Some(Valence::Both) => &["sun", "up"],
        None => &[],
    };
    let icons = icons.iter().map(|name| icon(name)).collect::<View>();
    span().class("mark").attr("data-valence", valence.map_or("none", Valence::key)).child(icons)
}

/// The disc that says what the maker feels, with the word for who does not see it.
pub fn mark_told(valence: Option<Valence>) -> El {
    let words = use_words();
    let word = valence.map(|valence| span().class("visually-hidden").child((words.valence_said)(valence)));
    mark(valence).child(word)
}

/// A theme, told with its drawing.
pub fn theme_tag(theme: Theme) -> El {
    let words = use_words();
    let drawing = icon(theme_icon(theme)).attr("data-size", "s");
    span().class("tag").child(drawing).child((words.theme)(theme))
}

/// Returns the drawing of a theme.
pub const fn theme_icon(theme: Theme) -> &'static str {
    match theme {
        Theme::Bewegen => "t-bewegen",
        Theme::Ov => "t-ov",
        Theme::Verkeer => "t-verkeer",
        Theme::Straat => "t-straat",
        Theme::Groen => "t-groen",
        Theme::Spelen => "t-spelen",
        Theme::Voorzieningen => "t-voorzieningen",
        Theme::Eten => "t-eten",
        Theme::Wonen => "t-wonen",
        Theme::Ontmoeten => "t-ontmoeten",
        Theme::Trots => "t-trots",
        Theme::Veilig => "t-veilig",
        Theme::Schoon => "t-schoon",
        Theme::Milieu => "t-milieu",
        Theme::Meedoen => "t-meedoen",
        Theme::Werk => "t-werk",
        Theme::Anders => "t-anders",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_to_stand_in_the_page_does() {
        let page = include_str!("../app/index.html");
        for name in IN_PAGE {
            assert!(page.contains(&format!("<symbol id=\"{name}\"")), "{name}");
        }
    }
}
