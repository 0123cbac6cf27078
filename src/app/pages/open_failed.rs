//! The app without a phone to keep things on.

use browser::OpenProblem;
use dom::{El, button, div, h1, header, main, p};
use leptos::prelude::window;

use crate::locales::Words;

/// Says why nothing can be kept, what is safe, and what to do.
pub(crate) fn open_failed(problem: OpenProblem, words: &'static Words) -> El {
    let why = match problem {
        OpenProblem::NewerVersion => words.problems.open_newer,
        OpenProblem::Blocked => words.problems.open_blocked,
        OpenProblem::Refused => words.problems.open_refused,
    };
    // If the browser refuses to reload, its own button is still there.
    let reload = || drop(window().location().reload());
    let page = div()
        .class("page stack")
        .child(h1().child(words.problems.open_title))
        .child(p().child(why))
        .child(button().class("button").attr("data-kind", "main").on_tap(reload).child(words.general.again));
    div().class("frame").child(header().class("top")).child(main().attr("id", "main").child(page))
}
