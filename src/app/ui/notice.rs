//! Quiet lines.

use leptos::prelude::*;

use super::Icon;
use crate::app::use_live;
use crate::light::{derive, live, nothing};
use crate::locales::use_words;

/// A line with a drawing. `kind` is one of the block `notice`.
#[component]
pub(crate) fn Notice(
    icon: &'static str,
    #[prop(optional)] kind: Option<&'static str>,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! { <div class="notice" data-kind=kind><Icon name=icon/><p data-grow="">{text}</p></div> }
}

/// One quiet line while there is no network; it takes no room otherwise.
#[component]
pub(crate) fn Offline() -> impl IntoView {
    let words = use_words();
    let status = use_live().status;
    let is_offline = derive(move || !status.get().is_online);
    live(move || match is_offline.get() {
        true => view! { <Notice icon="cloud" text=words.general.offline/> }.into_any(),
        false => nothing(),
    })
}

/// The shape of what comes, while it comes.
#[component]
pub(crate) fn Bones() -> impl IntoView {
    let bone = || {
        view! {
            <div class="stack" data-gap="2xs" aria-hidden="true">
                <span class="bone" data-kind="photo"></span>
                <span class="bone" data-kind="line"></span>
            </div>
        }
        .into_any()
    };
    view! {
        <div class="grid" data-min="m" aria-busy="true">
            <span class="visually-hidden">{use_words().general.loading}</span>
            {(0..4).map(|_| bone()).collect_view()}
        </div>
    }
}
