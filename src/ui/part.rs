//! What several screens are made of.

use dom::{El, View, h2, li, ol, section};

/// A part of a screen under its own heading.
pub fn part(id: &str, title: &str, inside: impl Into<View>) -> El {
    section()
        .class("stack")
        .attr("data-gap", "xs")
        .attr("aria-labelledby", id)
        .child(h2().attr("id", id).child(title))
        .child(inside)
}

/// How far one is: at which of so many steps, counted from 0. `told` says the same in words.
pub fn dashes(here: usize, count: usize, told: &str) -> El {
    let dash = |index| li().flag("data-done", index < here).maybe("aria-current", (index == here).then_some("step"));
    ol().class("steps").attr("aria-label", told).child((0..count).map(dash).collect::<View>())
}
