//! Drawings beside words; a drawing never stands for a word alone.

use domain::{Theme, Valence};
use leptos::prelude::*;

use crate::locales::use_words;
use crate::shell;

/// The symbols that stand in `index.html` itself: they are there before any other file.
const IN_PAGE: &[&str] =
    &["home", "images", "map", "talk", "more", "camera", "folder", "back", "next", "check", "sun", "up", "logo"];

thread_local! {
    static SPRITE: String = shell::meta("icons");
}

/// An icon of the sprite. `flip` turns those that point somewhere when the page runs from right to left.
#[component]
pub(crate) fn Icon(
    name: &'static str,
    #[prop(optional)] size: Option<&'static str>,
    #[prop(optional)] flip: bool,
) -> impl IntoView {
    let flip = flip.then_some("");
    view! {
        <svg class=class(name) data-size=size data-flip=flip aria-hidden="true"><use href=address(name)/></svg>
    }
    .into_any()
}

fn class(name: &str) -> &'static str {
    if name == "logo" { "logo" } else { "icon" }
}

fn address(name: &str) -> String {
    if IN_PAGE.contains(&name) { format!("#{name}") } else { SPRITE.with(|sprite| format!("{sprite}#{name}")) }
}

/// The disc that says what the maker feels. `told` adds the word for who does not see it; leave it out beside the word.
#[component]
pub(crate) fn Mark(
    valence: Option<Valence>,
    #[prop(optional)] size: Option<&'static str>,
    #[prop(optional)] told: bool,
) -> impl IntoView {
    let words = use_words();
    let icons: &[&str] = match valence {
        Some(Valence::Good) => &["sun"],
        Some(Valence::CouldBeBetter) => &["up"],
        Some(Valence::Both) => &["sun", "up"],
        None => &[],
    };
    let word = valence.filter(|_| told).map(words.valence_said);
    view! {
        <span class="mark" data-valence=valence.map_or("none", Valence::key) data-size=size>
            {icons.iter().map(|name| view! { <Icon name/> }).collect_view()}
            {word.map(|word| view! { <span class="visually-hidden">{word}</span> })}
        </span>
    }
    .into_any()
}

/// A theme, told with its drawing.
#[component]
pub(crate) fn ThemeTag(theme: Theme) -> impl IntoView {
    let words = use_words();
    view! { <span class="tag"><Icon name=theme_icon(theme) size="s"/>{(words.theme)(theme)}</span> }.into_any()
}

/// Returns the drawing of a theme.
pub(crate) const fn theme_icon(theme: Theme) -> &'static str {
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
        let page = include_str!("../index.html");
        for name in IN_PAGE {
            assert!(page.contains(&format!("<symbol id=\"{name}\"")), "{name}");
        }
    }
}
