//! The app without a phone to keep things on.

use browser::OpenProblem;
use dom::reactive::window;
use dom::{El, button, div, h1, header, main, p};

use crate::locales::Language;

/// Says why nothing can be kept, what is safe, and what to do.
pub fn open_failed(problem: OpenProblem, language: Language) -> El {
    let words = language.words();
    let opening = &words.opening;
    let why = match problem {
        OpenProblem::NewerVersion => opening.newer,
        OpenProblem::Blocked => opening.blocked,
        OpenProblem::Refused => opening.refused,
    };
    // If the browser refuses to reload, its own button is still there.
    let reload = || drop(window().location().reload());
    let page = div()
        .class("page stack")
        .child(h1().child(opening.title))
        .child(p().child(why))
        .child(button().class("button").attr("data-kind", "main").on_tap(reload).child(words.general.again));
    div().class("frame").child(header().class("top")).child(main().attr("id", "main").child(page))
}
