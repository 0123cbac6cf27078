//! *Groepen*: who belongs together, each group a screen of its own.

mod code;
mod one;

use browser::{Joined, ProjectRecords};
use dom::{El, View, button, div, form, h1, li, live, p, ul};
use domain::{KIND_GROUP, MAX_NAME_CHARS, Record, RecordId, Stamp};
use leptos::prelude::*;
use ui::{Reading, at_phone, back_top, count_of, icon, offline, use_go, use_phone, use_screen};

pub(crate) use one::group;

use super::fields::text_field;
use super::overview::way;
use super::saving::{Saving, said};
use super::{page, part};
use crate::asking::not_for_role;
use crate::locales::use_words;
use crate::people::groups_of;
use crate::records;
use crate::seat::with_seat;
use crate::typed;

/// The groups of the project.
pub(crate) fn groups() -> View {
    let words = &use_words().groups;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let inside = match records::groups(&seat) {
            true => View::from(p().child(words.why)).and(list(records::use_records(&seat))).and(making(&seat)),
            false => not_for_role().into(),
        };
        page(back_top("/begeleiden").child(heading.clone()), offline().and(inside))
    })
}

fn path(id: RecordId) -> String {
    format!("/begeleiden/groepen/{id}")
}

fn list(held: Reading<ProjectRecords>) -> View {
    let words = &use_words().groups;
    live(move || {
        held.map(|held| {
            let groups = groups_of(held);
            if groups.is_empty() {
                return View::from(p().class("quiet").child(words.none));
            }
            let row = |(id, group): &(RecordId, domain::Group)| {
                let count = count_of(group.members.iter().count());
                li().child(way(&path(*id), "group", &group.name, (words.count)(count)))
            };
            ul().class("ways").child(groups.iter().map(row).collect::<View>()).into()
        })
    })
}

/// Makes a group of a name.
fn making(seat: &Joined) -> El {
    let words = &use_words().groups;
    let (phone, go) = (use_phone(), use_go());
    let (project, member) = (seat.project.id, seat.member);
    let name = RwSignal::new(String::new());
    let saving = RwSignal::new(Saving::Nothing);
    let make = move || {
        let Some(name) = typed::name(&name.get_untracked()) else {
            return saving.set(Saving::Wrong(words.no_name.to_owned()));
        };
        if saving.get_untracked() == Saving::Pending {
            return;
        }
        saving.set(Saving::Pending);
        let phone = phone.clone();
        at_phone(async move {
            let id = phone.fresh_id();
            let named = move |at: Stamp| Record::new(id, KIND_GROUP).with("name", name.clone(), at);
            let part = move |at| named(at).written_by(Some(member));
            match phone.write_part(project, id, &part).await {
                Ok(()) => go.to(&path(id)),
                // The screen may be gone.
                Err(problem) => drop(saving.try_set(Saving::Failed(problem))),
            }
        });
    };
    let submit = button().class("button").attr("data-kind", "main").attr("type", "submit");
    let fields = form()
        .class("stack")
        .on("submit", move |event| {
            event.prevent_default();
            make();
        })
        .child(text_field("group-new", words.name, None, MAX_NAME_CHARS, name))
        .child(div().attr("role", "status").child(live(move || said(&saving.get()))))
        .child(div().child(submit.child(icon("plus")).child(words.make)));
    part("groups-new", words.new).child(fields)
}
