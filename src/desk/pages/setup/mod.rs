//! *Instellen*: what the project is like, a part at a time, each a screen of its own.
//!
//! The settings are one record that all coordinators write (`domain::project`): a form reads it from this phone and writes what was
//! changed, without network too.

mod area;
mod consent;
mod form;
mod list;
mod name;
mod questions;
mod retention;
mod settings;
mod sight;
mod texts;
mod themes;

use dom::{View, h1, li, ul};
use ui::{back_top, offline, use_screen};

use form::{Held, use_held};

use super::overview::way;
use super::page;
use crate::asking::not_for_role;
use crate::locales::use_words;
use crate::places::Part;
use crate::records::sets_up;
use crate::seat::with_seat;

/// The parts that can be set up.
pub(crate) fn setup() -> View {
    let words = &use_words().set_up;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let inside = match sets_up(&seat) {
            true => {
                let row = |part: Part| {
                    let (name, why) = (words.part)(part);
                    li().child(way(&part.path(), drawing(part), name, why))
                };
                ul().class("ways").child(Part::ALL.map(row)).into()
            }
            false => View::from(not_for_role()),
        };
        page(back_top("/begeleiden").child(heading.clone()), offline().and(inside))
    })
}

/// A part of the settings.
pub(crate) fn setup_part(part: Part) -> View {
    let (name, why) = (use_words().set_up.part)(part);
    let heading = use_screen(|| name.to_owned(), h1().attr("data-size", "m").child(name));
    with_seat(move |seat| {
        let inside = match sets_up(&seat) {
            true => View::from(dom::p().child(why)).and(form_of(part, &use_held(&seat))),
            false => View::from(not_for_role()),
        };
        page(back_top("/begeleiden/instellen").child(heading.clone()), offline().and(inside))
    })
}

const fn drawing(part: Part) -> &'static str {
    match part {
        Part::Name => "town",
        Part::Sight => "eye",
        Part::Area => "map",
        Part::Themes => "bulb",
        Part::Questions => "talk",
        Part::Assignment => "camera",
        Part::JoinText => "self",
        Part::Consent => "hands",
        Part::ReportDesk => "warn",
        Part::Retention => "calendar",
    }
}

fn form_of(part: Part, held: &Held) -> View {
    match part {
        Part::Name => name::form(held),
        Part::Sight => sight::form(held),
        Part::Area => area::form(held),
        Part::Themes => themes::form(held),
        Part::Questions => questions::form(held),
        Part::Assignment => texts::assignment(held),
        Part::JoinText => texts::join_text(held),
        Part::Consent => consent::form(held),
        Part::ReportDesk => name::report_desk(held),
        Part::Retention => retention::form(held),
    }
}
