//! The screens, one file each.

mod approve;
mod fields;
mod figures;
mod groups;
mod invite;
mod log;
mod members;
mod overview;
mod phones;
mod poster;
mod saving;
mod setup;

use dom::{El, View, div, h2, main, section};
use leptos::prelude::window;

pub(crate) use approve::{approve, approve_case};
pub(crate) use groups::{group, groups};
pub(crate) use invite::invite;
pub(crate) use log::log;
pub(crate) use members::members;
pub(crate) use overview::overview;
pub(crate) use phones::{coming, phones};
pub(crate) use setup::{setup, setup_part};

/// A screen under its head.
fn page(head: El, inside: impl Into<View>) -> View {
    framed(head, div(), inside)
}

/// A screen under its head, with room for things beside each other.
fn wide_page(head: El, inside: impl Into<View>) -> View {
    framed(head, div().attr("data-measure", "l"), inside)
}

fn framed(head: El, page: El, inside: impl Into<View>) -> View {
    [head, main().attr("id", "main").child(page.class("page stack").attr("data-gap", "l").child(inside))].into()
}

/// A part of a screen under its own heading.
fn part(id: &str, title: &str) -> El {
    section().class("stack").attr("aria-labelledby", id).child(h2().attr("id", id).child(title))
}

/// Returns the whole address of a path here.
fn here(path: &str) -> String {
    format!("{}{path}", window().location().origin().unwrap_or_default())
}
