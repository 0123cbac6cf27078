//! The five places, and the way past them for who has no pointer.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

use super::Icon;
use crate::app::use_live;
use crate::light::{derive, live};
use crate::locales::use_words;
use crate::navigation::use_go;

/// The bar with the five places; a rail at the side on a wide screen.
#[component]
pub(crate) fn Bar() -> impl IntoView {
    let words = use_words();
    let places = [
        ("/", "home", words.places.start),
        ("/mijn", "images", words.places.mine),
        ("/buurt", "map", words.places.wall),
        ("/gesprek", "talk", words.places.session),
        ("/meer", "more", words.places.more),
    ];
    view! {
        <nav class="bar" aria-label=words.places.label>
            <p class="bar-name"><Icon name="logo"/><ProjectName/></p>
            <ul class="bar-list">{places.map(|(place, icon, word)| bar_item(place, icon, word)).collect_view()}</ul>
        </nav>
    }
}

fn bar_item(place: &'static str, icon: &'static str, word: &'static str) -> AnyView {
    let go = use_go();
    let current = live(move || is_in(&go.path(), place).then_some("page"));
    view! { <li><a class="bar-item" href=place aria-current=current><Icon name=icon/><span>{word}</span></a></li> }
        .into_any()
}

/// The name of the project for which entries are made now; that of the app where there is none.
#[component]
pub(crate) fn ProjectName() -> impl IntoView {
    let app = use_words().general.app;
    let all = use_live().memberships;
    let name = derive(move || {
        let name = all.map(|all| {
            let current = all.joined.iter().find(|joined| Some(joined.project.id) == all.current);
            current.map(|joined| joined.project.name.clone())
        });
        name.flatten().unwrap_or_else(|| app.to_owned())
    });
    view! { <span>{live(move || name.get())}</span> }
}

fn is_in(path: &str, place: &str) -> bool {
    match path.strip_prefix(place) {
        Some("") => true,
        Some(rest) => place != "/" && rest.starts_with('/'),
        None => false,
    }
}

/// The first thing that the tab key reaches: jumps over what is the same on every screen.
#[component]
pub(crate) fn SkipLink() -> impl IntoView {
    let jump: Box<dyn FnMut(MouseEvent)> = Box::new(|event| {
        event.prevent_default();
        let main = document().query_selector("main").ok().flatten();
        if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
            main.set_tab_index(-1);
            // If it cannot have the focus, the next tab goes on from here.
            let _ = main.focus();
        }
    });
    view! { <a class="skip" href="#main" on:click=jump>{use_words().general.skip_to_content}</a> }
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
