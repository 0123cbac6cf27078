//! The head of a screen.

use dom::{El, a, button, header};

use crate::icon::icon;
use crate::locales::use_words;

/// The head of one of the five places: its name.
pub fn top(heading: El) -> El {
    header().class("top").child(heading.attr("data-size", "m").flag("data-grow", true)).child(say())
}

/// The head of a screen that lies behind another: the way back. What stands beside it is put inside.
pub fn back_top(to: &str) -> El {
    let back = a()
        .class("button")
        .attr("data-kind", "round")
        .attr("href", to)
        .attr("data-go", "back")
        .attr("aria-label", use_words().general.back)
        .child(icon("back").flag("data-flip", true));
    header().class("top").child(back).child(say())
}

/// Reads the screen aloud, where there is a voice (`say.js`).
pub fn say() -> El {
    button().class("button say").attr("data-kind", "ghost").child(icon("say")).child(use_words().general.say)
}
