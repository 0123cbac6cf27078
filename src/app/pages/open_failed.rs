//! The app without a phone to keep things on.

use browser::OpenProblem;
use leptos::prelude::*;

use crate::light::tap;
use crate::locales::Words;

/// Says why nothing can be kept, what is safe, and what to do.
#[component]
pub(crate) fn OpenFailed(problem: OpenProblem, words: &'static Words) -> impl IntoView {
    let why = match problem {
        OpenProblem::NewerVersion => words.problems.open_newer,
        OpenProblem::Blocked => words.problems.open_blocked,
        OpenProblem::Refused => words.problems.open_refused,
    };
    // If the browser refuses to reload, its own button is still there.
    let reload = tap(|| drop(window().location().reload()));
    view! {
        <div class="frame">
            <header class="top"></header>
            <main id="main">
                <div class="page stack">
                    <h1>{words.problems.open_title}</h1>
                    <p>{why}</p>
                    <button class="button" data-kind="main" type="button" on:click=reload>{words.general.again}</button>
                </div>
            </main>
        </div>
    }
}
