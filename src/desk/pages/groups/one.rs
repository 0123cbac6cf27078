//! A group: its name, who is in it, and the code by which one joins it.

use browser::{Joined, ProjectRecords};
use dom::{El, View, b, button, div, each, fieldset, form, h1, input, label, legend, live, p, span};
use domain::{Group, KIND_GROUP, MAX_NAME_CHARS, MemberId, Record, RecordId, Stamp};
use leptos::prelude::*;
use protocol::{MembersReply, members_path};
use ui::{
    Derived, Question, Reading, asked_first, at_phone, back_top, count_of, derive, icon, offline, use_go, use_phone,
    use_screen,
};

use super::code::code;
use crate::asking::{not_for_role, use_asked};
use crate::locales::use_words;
use crate::pages::fields::text_field;
use crate::pages::saving::{Saving, Told, said};
use crate::pages::{page, part};
use crate::people::people;
use crate::records::{called, groups, known_names, use_records};
use crate::seat::with_seat;
use crate::typed;

/// A group as this phone holds it: `None` while it is being read, none inside where there is no such group.
type Found = Derived<Option<Option<Group>>>;

/// A group.
pub(crate) fn group(id: RecordId) -> View {
    with_seat(move |seat| {
        let records = use_records(&seat);
        let found: Found = derive(move || {
            records.map(|records| {
                let record = records.records.iter().find(|record| record.id == id && record.kind == KIND_GROUP);
                record.map(Group::from_record)
            })
        });
        let is_for = groups(&seat);
        let name = derive(move || {
            let named = found.get().flatten().filter(|_| is_for);
            named.map_or_else(|| use_words().groups.one.to_owned(), |group| group.name)
        });
        let heading = h1().attr("data-size", "m").flag("data-grow", true).child(live(move || name.get()));
        let heading = use_screen(move || name.get(), heading);
        let inside = match is_for {
            true => shown(&seat, id, found, records),
            false => not_for_role().into(),
        };
        page(back_top("/begeleiden/groepen").child(heading), offline().and(inside))
    })
}

fn shown(seat: &Joined, id: RecordId, found: Found, records: Reading<ProjectRecords>) -> View {
    let seat = seat.clone();
    let is_there = derive(move || found.with(|found| found.as_ref().map(Option::is_some)));
    let members = use_asked::<MembersReply>({
        let project = seat.project.id;
        move || {
            // Who has just joined by the group's code may be nobody that this phone knows.
            found.track();
            members_path(project)
        }
    });
    live(move || match is_there.get() {
        None => View::nothing(),
        Some(false) => p().child(use_words().groups.gone).into(),
        Some(true) => {
            let held = derive(move || found.get().flatten().unwrap_or_default());
            let told = Told { records, members, reader: seat.member };
            View::from(members_form(&seat, id, held, &told))
                .and(code(&seat, id, held, records))
                .and(naming(&seat, id, held, &told))
                .and(ending(&seat, id))
        }
    })
}

/// Who is in it: everybody with a box that is ticked or not, each tap a write.
fn members_form(seat: &Joined, id: RecordId, group: Derived<Group>, told: &Told) -> El {
    let words = &use_words().groups;
    let Told { records, members, reader } = *told;
    let all = derive(move || {
        let known = records.map(known_names).unwrap_or_default();
        let listed = members.map(|reply| reply.members.clone());
        group.with(|group| people(group, listed.as_deref(), &known))
    });
    let keys = move || all.with(|all| all.iter().map(|(id, _)| *id).collect());
    let project = seat.project.id;
    let phone = use_phone();
    let saving = RwSignal::new(Saving::Nothing);
    let row = move |member: &MemberId| {
        let member = *member;
        let phone = phone.clone();
        let put = move |is_in: bool| {
            let phone = phone.clone();
            at_phone(async move {
                let part = move |at| Group::putting(id, member, is_in, at).written_by(Some(reader));
                let written = phone.write_part(project, id, &part).await;
                // The screen may be gone.
                let _ = saving.try_set(written.err().map_or(Saving::Saved, Saving::Failed));
            });
        };
        let name = live(move || {
            let name = all.with(|all| all.iter().find(|(id, _)| *id == member).map(|(_, name)| name.clone()));
            called(member, reader, name.as_deref())
        });
        let tick = input()
            .attr("type", "checkbox")
            .prop_live("checked", move || group.with(|group| group.members.contains(&member)))
            .on("change", move |event| put(event_target_checked(event)));
        let told = span().class("option-words").child(b().child(name));
        div().child(label().class("option").child(tick).child(icon("usercheck")).child(told)).into()
    };
    let is_known = derive(move || members.map(|_| ()).is_some());
    let partly = live(move || (!is_known.get()).then(|| p().class("small quiet").child(words.partly)));
    let nobody = live(move || all.with(Vec::is_empty).then(|| p().class("quiet").child(words.nobody)));
    let count = live(move || (words.count)(group.with(|group| count_of(group.members.iter().count()))));
    let boxes =
        fieldset().class("stack").attr("data-gap", "2xs").child(legend().class("visually-hidden").child(words.members));
    part("group-members", words.members)
        .child(p().class("small quiet").child(count))
        .child(boxes.child(each(keys, row)))
        .child(nobody)
        .child(partly)
        .child(div().attr("role", "status").child(live(move || said(&saving.get()))))
        .child(told.of(id, &["members"], None))
}

/// What it is called.
fn naming(seat: &Joined, id: RecordId, group: Derived<Group>, told: &Told) -> El {
    let words = &use_words().groups;
    let phone = use_phone();
    let (project, member) = (seat.project.id, seat.member);
    let name = RwSignal::new(group.with_untracked(|group| group.name.clone()));
    let saving = RwSignal::new(Saving::Nothing);
    let save = move || {
        let Some(named) = typed::name(&name.get_untracked()) else {
            return saving.set(Saving::Wrong(words.no_name.to_owned()));
        };
        if group.with_untracked(|group| named == group.name.as_str()) {
            return saving.set(Saving::Unchanged);
        }
        let phone = phone.clone();
        at_phone(async move {
            let renamed = move |at: Stamp| Record::new(id, KIND_GROUP).with("name", named.clone(), at);
            let part = move |at| renamed(at).written_by(Some(member));
            let written = phone.write_part(project, id, &part).await;
            // The screen may be gone.
            let _ = saving.try_set(written.err().map_or(Saving::Saved, Saving::Failed));
        });
    };
    let submit =
        button().class("button").attr("type", "submit").child(icon("check")).child(ui::use_words().general.save);
    let fields = form()
        .class("stack")
        .on("input", move |_| saving.set(Saving::Nothing))
        .on("submit", move |event| {
            event.prevent_default();
            save();
        })
        .child(text_field("group-name", words.name, None, MAX_NAME_CHARS, name))
        .child(div().attr("role", "status").child(live(move || said(&saving.get()))))
        .child(div().child(submit));
    part("group-naming", words.naming).child(fields).child(told.of(id, &["name"], None))
}

/// Ends the group, after asking.
fn ending(seat: &Joined, id: RecordId) -> El {
    let words = &use_words().groups;
    let (phone, go) = (use_phone(), use_go());
    let project = seat.project.id;
    let end = Callback::new(move |()| {
        let phone = phone.clone();
        at_phone(async move {
            if phone.write_part(project, id, &move |_| Record::erasure(id, KIND_GROUP)).await.is_ok() {
                go.back_to("/begeleiden/groepen");
            }
        });
    });
    let ask = button().class("button").child(icon("trash")).child(words.end);
    let question = Question { title: words.end_sure, why: words.end_why, drawing: "trash", yes: words.end_yes };
    div().child(asked_first("group-end", ask, question, end))
}
