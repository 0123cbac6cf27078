//! One entry, what was said of it, and what those who guide say now.

use std::rc::Rc;

use browser::Joined;
use dom::{El, View, article, button, div, h1, h2, label, li, live, p, section, textarea, ul};
use domain::{Decision, MAX_REASON_CHARS, RecordId, Review, Stamp};
use leptos::prelude::*;
use ui::{
    Derived, at_phone, back_top, bones, day, derive, icon, mark_told, moment, notice, offline, photos, replies,
    theme_tag, use_go, use_language, use_phone, use_screen, voice,
};

use super::typing::typing;
use super::{LIST, from, page};
use crate::asking::not_for_role;
use crate::locales::use_words;
use crate::queue::{Case, Said, Turn, cases};
use crate::records::{named, reviews, types_out, use_records};
use crate::seat::with_seat;

/// Where one stands with an entry: the entry as it is now, and the one that waits after it.
type Found = Derived<Option<(Option<Case>, Option<RecordId>)>>;

/// The screen on which those who guide look at an entry.
pub(crate) fn approve_case(id: RecordId) -> View {
    let words = &use_words().approve;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let inside = if reviews(&seat) { looked_at(&seat, id) } else { not_for_role().into() };
        page(back_top(LIST).child(heading.clone()), offline().and(inside))
    })
}

fn looked_at(seat: &Joined, id: RecordId) -> View {
    let records = use_records(seat);
    let found: Found = derive(move || {
        records.map(|held| {
            let all = cases(held);
            let waiting = all.iter().filter(|case| case.turn == Turn::Ours && case.id != id).map(|case| case.id);
            let next =
                next_after(id, &all.iter().map(|case| case.id).collect::<Vec<_>>(), &waiting.collect::<Vec<_>>());
            (all.into_iter().find(|case| case.id == id), next)
        })
    });
    let case = derive(move || found.with(|found| found.as_ref().map(|(case, _)| case.clone())));
    // What was said comes and goes; it must not make the pictures anew.
    let shown =
        derive(move || case.get().map(|case| case.map(|case| Case { said: Vec::new(), turn: Turn::Ours, ..case })));
    let is_there = derive(move || case.with(|case| case.as_ref().map(Option::is_some)));
    let paper = live(move || match shown.get() {
        None => bones().into(),
        Some(None) => gone(),
        Some(Some(case)) => paper(&case),
    });
    let said = live(move || case.get().flatten().map(|case| history(&case)));
    let typed_for = seat.clone();
    let types = derive(move || case.with(|case| case.iter().flatten().any(|case| types_out(&typed_for, case))));
    let typed_by = seat.clone();
    // Made once: what is typed here must not be swept away by what changes meanwhile.
    let typing = live(move || {
        let case = types.get().then(|| case.get_untracked().flatten()).flatten();
        case.map(|case| typing(&typed_by, &case))
    });
    let seat = seat.clone();
    let form = live(move || (is_there.get() == Some(true)).then(|| form(&seat, id, found)));
    paper.and(typing).and(said).and(form)
}

/// Returns which entry comes next of those that wait: the one after this in the order of all, else the first.
fn next_after(id: RecordId, all: &[RecordId], waiting: &[RecordId]) -> Option<RecordId> {
    let behind = all.iter().skip_while(|other| **other != id).find(|other| waiting.contains(other));
    behind.or(waiting.first()).copied()
}

fn gone() -> View {
    let words = &use_words().approve;
    View::from(notice("nobody", None, words.gone))
}

fn paper(case: &Case) -> View {
    let words = &use_words().approve;
    let Case { id, maker, entry, .. } = case;
    let story = match (entry.story.as_str(), entry.voice) {
        ("", Some(_)) => None,
        ("", None) => Some(p().class("print-story quiet").child(words.no_story)),
        (story, _) => Some(p().class("print-story said").child(story)),
    };
    let who = from(maker.as_ref().map(|maker| maker.name.as_str()));
    let when = day(entry.made, use_language().get_untracked());
    let themes = entry.themes.iter().map(|theme| theme_tag(*theme)).collect::<View>();
    let said = div()
        .class("print-words")
        .child(mark_told(entry.valence).attr("data-size", "m"))
        .child(story)
        .child(voice(*id, entry))
        .child(replies(entry))
        .child(div().class("cluster").attr("data-gap", "s").child(themes))
        .child(p().class("small quiet").child(format!("{who}, {when}")));
    let pictures = div().class("print-photo stack").attr("data-gap", "3xs").child(photos(*id, entry));
    article().class("print").attr("data-size", "l").child(pictures).child(said).into()
}

/// What was said of it so far, and answered.
fn history(case: &Case) -> View {
    let words = &use_words().approve;
    if case.said.is_empty() {
        return View::nothing();
    }
    let version = case.entry.version();
    let maker = case.maker.as_ref().map(|maker| maker.name.as_str());
    let rows = case.said.iter().map(|said| li().child(row(said, maker, &version))).collect::<View>();
    section()
        .class("stack")
        .attr("aria-labelledby", "said")
        .child(h2().attr("id", "said").attr("data-size", "m").child(words.said_before))
        .child(ul().class("rows").child(rows))
        .into()
}

fn row(said: &Said, maker: Option<&str>, version: &str) -> El {
    let words = use_words();
    let name = |name: Option<&str>| name.map_or(words.log.you, named).to_owned();
    let Said { review, by, answers, waits } = said;
    let when = moment(review.at.at, use_language().get_untracked());
    let quiet = |line: &str| p().class("small quiet").child(line);
    let quoted = |text: &str| (!text.is_empty()).then(|| p().class("said").child(text));
    let answer = |text: &String| View::from(quiet(&(words.approve.answered)(&name(maker)))).and(quoted(text));
    div()
        .class("row-words")
        .child(p().child((words.approve.decided)(review.decision, &name(by.as_deref()))))
        .child(quoted(&review.reason))
        .child(answers.iter().map(answer).collect::<View>())
        .child((review.saw != version).then(|| quiet(words.approve.changed_since)))
        .child(quiet(&when))
        .child(waits.then(|| quiet(words.approve.waits)))
}

/// A message to the maker, and what to do with the entry.
fn form(seat: &Joined, id: RecordId, found: Found) -> View {
    let words = &use_words().approve;
    let message = RwSignal::new(String::new());
    let told = RwSignal::new(None::<&'static str>);
    // A second tap would be a second review.
    let is_pending = StoredValue::new(false);
    let field = textarea()
        .attr("id", "message")
        .attr("rows", "3")
        .attr("maxlength", &MAX_REASON_CHARS.to_string())
        .attr("aria-describedby", "message-why")
        .on("input", move |event| message.set(event_target_value(event).chars().take(MAX_REASON_CHARS).collect()));
    let say: Rc<dyn Fn(Decision)> = Rc::new({
        let (field, phone, go, project) = (field.clone(), use_phone(), use_go(), seat.project.id);
        move |decision| {
            if is_pending.get_value() {
                return;
            }
            let reason = message.get_untracked().trim().to_owned();
            if reason.is_empty() && decision != Decision::Approve {
                told.set(Some(words.message_first));
                field.focus();
                return;
            }
            let Some((Some(case), next)) = found.get_untracked() else { return };
            is_pending.set_value(true);
            let phone = phone.clone();
            at_phone(async move {
                let (saw, review) = (case.entry.version(), phone.fresh_id());
                let part = |at: Stamp| {
                    let (reason, saw) = (reason.clone(), saw.clone());
                    Review { entry: id, decision, at, reason, saw }.to_record(review)
                };
                match (phone.write_part(project, review, &part).await, next) {
                    (Ok(()), Some(next)) => go.instead(&format!("{LIST}/{next}")),
                    (Ok(()), None) => go.back_to(LIST),
                    (Err(why), _) => {
                        // The screen may be gone.
                        is_pending.try_set_value(false);
                        let _ = told.try_set(Some((words.problem)(why)));
                    }
                }
            });
        }
    });
    let act = |decision: Decision, drawing: &'static str, word: &str| {
        let say = Rc::clone(&say);
        button().class("button").child(icon(drawing)).child(word).on_tap(move || say(decision))
    };
    let acts = div()
        .class("cluster")
        .child(act(Decision::Approve, "check", words.approve).attr("data-kind", "main"))
        .child(act(Decision::Ask, "talk", words.ask))
        .child(act(Decision::Hide, "cover", words.hide));
    let field = div()
        .class("field")
        .child(label().attr("for", "message").child(words.message))
        .child(p().class("small quiet").attr("id", "message-why").child(words.message_why))
        .child(div().class("tell").child(field));
    let why = live(move || told.get().map(|why| notice("warn", Some("warn"), why)));
    View::from(p().child(words.look)).and(field).and(div().attr("role", "status").child(why)).and(acts)
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn what_waits_behind_an_entry_comes_next_and_else_the_first_that_waits() {
        let [a, b, c, d] = [1, 2, 3, 4].map(|n| RecordId::new(Timestamp::from_ms(n), [0; 10]));
        let all = [a, b, c, d];
        assert_eq!(next_after(b, &all, &[a, d]), Some(d));
        assert_eq!(next_after(d, &all, &[a]), Some(a));
        assert_eq!(next_after(b, &all, &[]), None);
    }
}
