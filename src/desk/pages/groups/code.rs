//! The code by which one joins a group, with a sheet to print.

use browser::{Joined, ProjectRecords, Verb};
use dom::{El, View, button, div, live, p};
use domain::{Group, RecordId};
use leptos::prelude::*;
use protocol::{GroupCodeReply, group_code_path};
use ui::{Derived, Reading, derive, icon};

use crate::asking::{Asked, use_asked, use_deed};
use crate::changed::{Whereabouts, whereabouts};
use crate::locales::use_words;
use crate::pages::invite::{printing, renewing};
use crate::pages::poster::ticket;
use crate::pages::{here, part};

/// The code; there is one once the server has the group and somebody asked for it.
pub(super) fn code(seat: &Joined, id: RecordId, group: Derived<Group>, records: Reading<ProjectRecords>) -> El {
    let words = &use_words().groups;
    let is_received = derive(move || records.map(|records| whereabouts(records, id)) == Some(Whereabouts::Received));
    let was_received = StoredValue::new(false);
    // What is written of it later takes nothing away from the code.
    let is_there = derive(move || {
        let is_there = is_received.get() || was_received.get_value();
        was_received.set_value(is_there);
        is_there
    });
    let seat = seat.clone();
    let shown = live(move || match is_there.get() {
        true => asked_for(&seat, id, group),
        false => p().class("quiet").child(words.code_later).into(),
    });
    part("group-code", words.code).child(p().child(words.code_why)).child(shown)
}

fn asked_for(seat: &Joined, id: RecordId, group: Derived<Group>) -> View {
    let path = group_code_path(seat.project.id, id);
    let asked = use_asked::<GroupCodeReply>({
        let path = path.clone();
        move || path.clone()
    });
    let seat = seat.clone();
    asked.show(move |reply| match &reply.code {
        None => making(&path, asked).into(),
        Some(code) => {
            let (code, link) = (code.to_string(), here(&protocol::join_link(*code)));
            let name = group.with_untracked(|group| group.name.clone());
            let place = (use_words().groups.on_sheet)(&name, &seat.project.municipality);
            let sheet = printing(&seat.project.name, &place, code.clone(), link.clone());
            View::from(ticket(&code, &link)).and(sheet).and(renewing(path.clone(), asked))
        }
    })
}

fn making(path: &str, asked: Asked<GroupCodeReply>) -> El {
    let words = &use_words().groups;
    let deed = use_deed();
    let path = path.to_owned();
    let make = move || deed.run(Verb::Post, path.clone(), None, move |GroupCodeReply { .. }| asked.again());
    let make = button()
        .class("button")
        .attr("data-kind", "main")
        .attr_live("aria-busy", move || deed.is_pending().then_some("true"))
        .on_tap(make);
    div().class("stack").child(div().child(make.child(icon("qr")).child(words.make_code))).child(deed.told())
}
