//! The head of a screen.

use leptos::html::H1;
use leptos::prelude::*;
use web_sys::MouseEvent;

use super::Icon;
use crate::locales::use_words;
use crate::navigation::use_go;

/// The head of one of the five places: its name.
#[component]
pub(crate) fn Top(heading: NodeRef<H1>, title: &'static str) -> impl IntoView {
    view! {
        <header class="top">
            <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{title}</h1>
        </header>
    }
}

/// The head of a screen that lies behind another: the way back, and what `children` add.
#[component]
pub(crate) fn BackTop(#[prop(into)] to: Signal<String>, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <header class="top">
            <BackLink to/>
            {children.map(|children| children())}
        </header>
    }
}

#[component]
fn BackLink(to: Signal<String>) -> impl IntoView {
    let go = use_go();
    let back = move |event: MouseEvent| {
        event.prevent_default();
        go.back_to(&to.get_untracked());
    };
    view! {
        <a class="button" data-kind="round" href=to aria-label=use_words().general.back on:click=back>
            <Icon name="back" flip=true/>
        </a>
    }
}
