//! What there is in figures, strengths first; who was not heard; which phones have not been seen for long.

use browser::{Joined, ProjectRecords};
use dom::{El, View, div, h2, li, live, p, section, span, ul};
use domain::permissions::Endpoint;
use domain::{Entry, Group, KIND_GROUP, MemberId, Theme, Timestamp, Valence};
use leptos::prelude::*;
use protocol::{MembersReply, members_path};
use ui::{Reading, day, derive, icon, mark, theme_icon, use_language};

use super::members::seen;
use crate::asking::use_asked;
use crate::figures::{Count, by_theme, by_week, unheard};
use crate::locales::use_words;
use crate::queue::{All, Turn};
use crate::records::named;
use crate::seat::may;

/// How many phones are told of at the most.
const PHONES: usize = 5;

/// What is counted.
#[derive(Clone, Debug, Default, PartialEq)]
struct Counted {
    all: Count,
    themes: Vec<(Theme, Count)>,
    weeks: Vec<(Timestamp, Count)>,
    /// The names of groups of which there is nothing; `None` where there are no groups.
    unheard: Option<Vec<String>>,
}

/// The figures of a project.
pub(super) fn figures(seat: &Joined, records: Reading<ProjectRecords>, all: All) -> El {
    let me = seat.member;
    let counted = derive(move || {
        let cases = all.get()?;
        records.map(|held| {
            let shown: Vec<_> = cases.iter().filter(|case| case.turn != Turn::Hidden).collect();
            let makers: Vec<MemberId> =
                shown.iter().map(|case| case.maker.as_ref().map_or(me, |maker| maker.id)).collect();
            let entries: Vec<&Entry> = shown.iter().map(|case| &case.entry).collect();
            let groups = held.records.iter().filter(|record| record.kind == KIND_GROUP).map(Group::from_record);
            let groups: Vec<_> = groups.collect();
            let names = || unheard(groups.iter(), &makers).into_iter().map(str::to_owned).collect();
            Counted {
                all: Count::of(entries.iter().copied()),
                themes: by_theme(&entries),
                weeks: by_week(&entries),
                unheard: (!groups.is_empty()).then(names),
            }
        })
    });
    let figures = live(move || counted.get().map(|counted| panels(&counted)));
    let phones = may(seat, Endpoint::SeeMembers).then(|| phones(seat));
    div().class("panels").child(figures).child(phones)
}

fn panels(counted: &Counted) -> View {
    let words = &use_words().figures;
    let Counted { all, themes, weeks, unheard } = counted;
    if all.all() == 0 {
        return panel("figures", words.title).child(p().class("quiet").child(words.none)).into();
    }
    View::from(totals(*all))
        .and((!themes.is_empty()).then(|| about(themes)))
        .and((weeks.len() > 1).then(|| over_time(weeks)))
        .and(unheard.as_ref().map(|names| not_heard(names)))
}

fn panel(id: &str, title: &str) -> El {
    section()
        .class("panel stack")
        .attr("data-gap", "xs")
        .attr("aria-labelledby", id)
        .child(h2().attr("id", id).child(title))
}

/// How many there are, and how people feel about what is in them.
fn totals(all: Count) -> El {
    let words = &use_words().figures;
    let felt = |valence: Valence, count: u32| {
        li().child(mark(Some(valence)))
            .child(span().class("figure").child(count.to_string()))
            .child(span().child((ui::use_words().valence_said)(valence)))
    };
    let felt = ul()
        .class("felt")
        .child(felt(Valence::Good, all.good))
        .child(felt(Valence::Both, all.both))
        .child(felt(Valence::CouldBeBetter, all.could_be_better));
    let unsaid = (all.unsaid > 0).then(|| p().class("small quiet").child((words.unsaid)(all.unsaid)));
    panel("figures", words.title).child(p().child((words.all)(all.all()))).child(felt).child(unsaid)
}

/// What it is about: where most is good first.
fn about(themes: &[(Theme, Count)]) -> El {
    let words = &use_words().figures;
    let most = themes.iter().map(|(_, count)| count.all()).max().unwrap_or(1);
    let row = |(theme, count): &(Theme, Count)| {
        li().child(icon(theme_icon(*theme)))
            .child(span().class("about-name").child((ui::use_words().theme)(*theme)))
            .child(bar(*count, most))
    };
    panel("themes", words.themes).child(ul().class("about").child(themes.iter().map(row).collect::<View>()))
}

/// How much there is of each valence: as long as its share of the most, with the number beside it.
fn bar(count: Count, most: u32) -> El {
    let told = (use_words().figures.told)(count.good, count.both, count.could_be_better);
    let [good, both, better] = [Valence::Good, Valence::Both, Valence::CouldBeBetter].map(Valence::key);
    let parts = [(good, count.good), (both, count.both), (better, count.could_be_better), ("none", count.unsaid)];
    let part = |(valence, n): (&str, u32)| {
        // Where there is nothing at all, a nought says so.
        (n > 0 || valence == "none" && count.all() == 0).then(|| {
            let share = f64::from(n) / f64::from(most.max(1));
            span()
                .class("share")
                .attr("data-valence", valence)
                .style("--share", &format!("{share:.3}"))
                .child(n.to_string())
        })
    };
    let drawn = span().class("shares").attr("aria-hidden", "true").child(parts.map(part));
    span().child(drawn).child(span().class("visually-hidden").child(told))
}

/// How much came in, week by week.
fn over_time(weeks: &[(Timestamp, Count)]) -> El {
    let words = &use_words().figures;
    let language = use_language().get_untracked();
    let most = weeks.iter().map(|(_, count)| count.all()).max().unwrap_or(1);
    let row = |(monday, count): &(Timestamp, Count)| {
        li().child(span().class("about-name").child((words.week)(&day(*monday, language)))).child(bar(*count, most))
    };
    panel("weeks", words.weeks)
        .child(ul().class("about").flag("data-plain", true).child(weeks.iter().rev().map(row).collect::<View>()))
}

fn not_heard(names: &[String]) -> El {
    let words = &use_words().figures;
    let inside = if names.is_empty() {
        View::from(p().child(words.all_heard))
    } else {
        let names = names
            .iter()
            .map(|name| li().child(icon("group").attr("data-size", "s")).child(span().child(name.as_str())));
        View::from(p().child(words.unheard_why)).and(ul().class("row-parts").child(names.collect::<View>()))
    };
    panel("unheard", words.unheard).child(inside)
}

/// Which phones were not seen for longest.
fn phones(seat: &Joined) -> El {
    let words = use_words();
    let project = seat.project.id;
    let asked = use_asked::<MembersReply>(move || members_path(project));
    let list = asked.show(|MembersReply { members, .. }| {
        let of = |member: &protocol::MemberInfo| {
            let name = named(&member.nickname);
            member.devices.iter().map(|device| (device.seen_ms, name.to_owned())).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = members.iter().flat_map(of).collect();
        domain::sort_by(&mut all, |a, b| a.cmp(b));
        let row = |(seen_ms, name): (Option<u64>, String)| {
            let seen = seen(seen_ms);
            let told =
                span().class("row-words").child(span().child(name)).child(span().class("small quiet").child(seen));
            li().child(icon("phone").attr("data-size", "s")).child(told)
        };
        ul().class("row-parts").child(all.into_iter().take(PHONES).map(row).collect::<View>()).into()
    });
    panel("phones", words.figures.phones).child(p().child(words.figures.phones_why)).child(div().child(list))
}
