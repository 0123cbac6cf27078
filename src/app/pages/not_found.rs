//! No such page.

use leptos::prelude::*;

use crate::locales::use_words;
use crate::navigation::use_screen;
use crate::ui::Bar;

/// An address that leads nowhere.
#[component]
pub(crate) fn NotFound() -> impl IntoView {
    let words = &use_words().general;
    let heading = use_screen(|| words.not_found.to_owned());
    view! {
        <div class="frame" data-rail="">
            <header class="top"></header>
            <main id="main">
                <div class="page stack">
                    <h1 node_ref=heading tabindex="-1">{words.not_found}</h1>
                    <p>{words.not_found_what_to_do}</p>
                    <p><a class="button" data-kind="main" href="/">{words.to_start}</a></p>
                </div>
            </main>
            <Bar/>
        </div>
    }
}
