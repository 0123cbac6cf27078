//! Quiet lines.

use leptos::prelude::*;

use super::Icon;
use crate::app::use_live;
use crate::locales::use_words;

/// One quiet line while there is no network; it takes no room otherwise.
#[component]
pub(crate) fn Offline() -> impl IntoView {
    let words = use_words();
    let status = use_live().status;
    let is_offline = Memo::new(move |_| !status.get().is_online);
    move || {
        is_offline.get().then(|| {
            view! {
                <div class="notice">
                    <Icon name="cloud"/>
                    <p data-grow="">{words.general.offline}</p>
                </div>
            }
        })
    }
}

/// The shape of what comes, while it comes.
#[component]
pub(crate) fn Bones() -> impl IntoView {
    view! {
        <div class="grid" data-min="m" aria-busy="true">
            <span class="visually-hidden">{use_words().general.loading}</span>
            {(0..4)
                .map(|_| {
                    view! {
                        <div class="stack" data-gap="2xs" aria-hidden="true">
                            <span class="bone" data-kind="photo"></span>
                            <span class="bone" data-kind="line"></span>
                        </div>
                    }
                })
                .collect_view()}
        </div>
    }
}
