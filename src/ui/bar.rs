//! The five places, and the way past them for who has no pointer.

use dom::reactive::*;
use dom::{El, a, li, live, nav, p, span, ul};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::icon::icon;
use crate::light::derive;
use crate::live::use_live;
use crate::locales::use_words;
use crate::navigation::use_go;

/// The bar with the five places; a rail at the side on a wide screen.
pub fn bar() -> El {
    let words = use_words();
    let places = [
        ("/", "home", words.places.start),
        ("/mijn", "images", words.places.mine),
        ("/buurt", "map", words.places.wall),
        ("/gesprek", "talk", words.places.session),
        ("/meer", "more", words.places.more),
    ];
    nav()
        .class("bar")
        .attr("aria-label", words.places.label)
        .child(p().class("bar-name").child(icon("logo")).child(project_name()))
        .child(ul().class("bar-list").child(places.map(|(place, icon, word)| bar_item(place, icon, word))))
}

fn bar_item(place: &'static str, drawing: &'static str, word: &str) -> El {
    let go = use_go();
    let link = a()
        .class("bar-item")
        .attr("href", place)
        .attr_live("aria-current", move || is_in(&go.path(), place).then_some("page"))
        .child(icon(drawing))
        .child(span().child(word));
    li().child(link)
}

/// The name of the project for which entries are made now; that of the app where there is none.
pub fn project_name() -> El {
    let app = use_words().general.app;
    let all = use_live().memberships;
    let name = derive(move || {
        let name = all.map(|all| {
            let current = all.joined.iter().find(|joined| Some(joined.project.id) == all.current);
            current.map(|joined| joined.project.name.clone())
        });
        name.flatten().unwrap_or_else(|| app.to_owned())
    });
    span().child(live(move || name.get()))
}

fn is_in(path: &str, place: &str) -> bool {
    match path.strip_prefix(place) {
        Some("") => true,
        Some(rest) => place != "/" && rest.starts_with('/'),
        None => false,
    }
}

/// The first thing that the tab key reaches: jumps over what is the same on every screen.
pub fn skip_link() -> El {
    let jump = |event: &Event| {
        event.prevent_default();
        let main = document().query_selector("main").ok().flatten();
        if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
            main.set_tab_index(-1);
            // If it cannot have the focus, the next tab goes on from here.
            let _ = main.focus();
        }
    };
    a().class("skip").attr("href", "#main").on("click", jump).child(use_words().general.skip_to_content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_current_on_all_its_screens() {
        assert!(is_in("/", "/") && is_in("/mijn", "/mijn") && is_in("/buurt/1", "/buurt"));
        assert!(!is_in("/mijn", "/") && !is_in("/buurten", "/buurt") && !is_in("/", "/meer"));
    }
}
