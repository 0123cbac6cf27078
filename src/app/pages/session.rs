//! *Gesprek*: what it is, and honestly that it is not there yet.

use leptos::prelude::*;

use crate::locales::use_words;
use crate::navigation::use_screen;
use crate::ui::{Icon, Notice, Top};

/// What a session is.
#[component]
pub(crate) fn Session() -> impl IntoView {
    let words = &use_words().session;
    let heading = use_screen(|| words.title.to_owned());
    let steps = ["images", "talk", "hands"].into_iter().zip(words.steps);
    view! {
        <Top heading title=words.title/>
        <main id="main">
            <div class="page stack" data-gap="m">
                <p>{words.what}</p>
                <ol class="checks">
                    {steps.map(|(name, step)| view! { <li><Icon name/><span>{step}</span></li> }).collect_view()}
                </ol>
                <Notice icon="clock" text=words.not_yet/>
            </div>
        </main>
    }
}
