//! The head of a screen.

use leptos::html::H1;
use leptos::prelude::*;

use super::Icon;
use crate::locales::use_words;

/// The head of one of the five places: its name.
#[component]
pub(crate) fn Top(heading: NodeRef<H1>, title: &'static str) -> impl IntoView {
    view! {
        <header class="top">
            <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{title}</h1>
        </header>
    }
}

/// The head of a screen that lies behind another: the way back, and what stands beside it.
#[component]
pub(crate) fn BackTop(to: String, #[prop(optional)] beside: Option<AnyView>) -> impl IntoView {
    view! {
        <header class="top">
            <a class="button" data-kind="round" href=to data-go="back" aria-label=use_words().general.back>
                <Icon name="back" flip=true/>
            </a>
            {beside}
        </header>
    }
}
