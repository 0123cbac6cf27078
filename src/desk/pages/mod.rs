//! The screens, one file each.

mod approve;
mod figures;
mod invite;
mod log;
mod members;
mod overview;
mod poster;

use dom::{El, View, div, main};

pub(crate) use approve::{approve, approve_case};
pub(crate) use invite::invite;
pub(crate) use log::log;
pub(crate) use members::members;
pub(crate) use overview::overview;

/// A screen under its head.
fn page(head: El, inside: impl Into<View>) -> View {
    let page = div().class("page stack").attr("data-gap", "l").child(inside);
    [head, main().attr("id", "main").child(page)].into()
}
