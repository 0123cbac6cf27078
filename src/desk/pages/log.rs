//! *Logboek*: who did what, in plain words, without anybody's story.

use browser::{Joined, Verb};
use dom::{El, View, button, each, h1, li, p, span, ul};
use domain::{MemberId, Timestamp};
use leptos::prelude::*;
use protocol::{LogLine, LogReply, MembersReply, log_path, members_path};
use ui::{back_top, derive, moment, use_language, use_screen};

use super::page;
use crate::asking::{Asked, use_asked, use_deed};
use crate::locales::use_words;
use crate::records::{called, listed};
use crate::seat::with_seat;

/// What was done in the project, the newest first.
pub(crate) fn log() -> View {
    let words = &use_words().log;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let project = seat.project.id;
        let names = use_asked::<MembersReply>(move || members_path(project));
        let newest = use_asked::<LogReply>(move || log_path(project, None));
        let list = newest.show({
            let seat = seat.clone();
            move |reply| pages(reply.clone(), &seat, names)
        });
        page(back_top("/begeleiden").child(heading.clone()), View::from(p().child(words.what)).and(list))
    })
}

/// The newest page, and older ones as they are asked for.
fn pages(newest: LogReply, seat: &Joined, names: Asked<MembersReply>) -> View {
    let words = &use_words().log;
    if newest.lines.is_empty() {
        return p().class("quiet").child(words.empty).into();
    }
    let project = seat.project.id;
    let lines = RwSignal::new(newest.lines);
    let older = RwSignal::new(newest.older);
    let deed = use_deed();
    let go_on = move || {
        let Some(before) = older.get_untracked() else { return };
        deed.run(Verb::Get, log_path(project, Some(before)), None, move |reply: LogReply| {
            lines.update(|lines| lines.extend(reply.lines));
            older.set(reply.older);
        });
    };
    let of = seat.member;
    let numbers = derive(move || lines.with(|lines| lines.iter().map(|line| line.number).collect::<Vec<_>>()));
    let rows = each(
        move || numbers.get(),
        move |number| {
            let line = lines.with_untracked(|lines| lines.iter().find(|line| line.number == *number).copied());
            line.map(|line| li().child(row(line, of, names))).into()
        },
    );
    let has_older = derive(move || older.get().is_some());
    let more = dom::live(move || has_older.get().then(|| button().class("button").child(words.older).on_tap(go_on)));
    View::from(ul().class("rows").child(rows)).and(more).and(deed.told())
}

fn row(line: LogLine, reader: MemberId, names: Asked<MembersReply>) -> El {
    let words = use_words();
    let language = use_language().get_untracked();
    let when = moment(Timestamp::from_ms(line.at_ms), language);
    let said = dom::live(move || {
        let name = |member: Option<MemberId>| member.map(|member| named(member, reader, names));
        let by = name(line.by).unwrap_or_else(|| words.log.operator.to_owned());
        let whom = name(line.member).unwrap_or_default();
        let role = line.role.map_or("", words.seat.role);
        (words.log.act)(line.act, &by, &whom, role)
    });
    span().class("row-words").child(p().child(said)).child(p().class("small quiet").child(when))
}

/// Returns what a member is called here, as the server says.
fn named(member: MemberId, reader: MemberId, names: Asked<MembersReply>) -> String {
    let nickname = names.map(|reply| listed(reply, member));
    called(member, reader, nickname.flatten().as_deref())
}
