//! *Mijn foto's*: every own entry with its honest state, and what can be done with it.

use browser::{ErrorCode, Guidance, MediaSize, OwnEntry, SendState};
use dom::reactive::*;
use dom::{
    El, View, a, article, button, details, div, each, h1, h2, img, li, live, main, p, progress, span, summary, ul,
};
use domain::{EntryEdit, PhotoRef, RecordId};
use ui::{
    Derived, PhotoShape, Question, Reading, Standing, afterwards, asked_first, at_phone, bones, count_of, derive, icon,
    mark_told, meta, offline, photo, state_label, step_of, top, use_guidance, use_height_kept, use_live, use_phone,
    use_reading, use_screen,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::locales::use_words;

type All = Derived<Option<Vec<OwnEntry>>>;
type Own = Derived<Option<OwnEntry>>;

/// The list of own entries; what was put away stands below, out of sight.
pub(crate) fn mine() -> View {
    let words = use_words();
    let heading = use_screen(|| words.mine.title.to_owned(), h1().child(words.mine.title));
    let read = use_own_entries();
    let all: All = derive(move || read.get());
    let is_there = derive(move || all.with(Option::is_some));
    use_height_kept("/mijn", is_there);
    // What was put away on this visit stays where it stood, so that it can be put back at once.
    let just_away = RwSignal::new(Vec::<RecordId>::new());
    provide_context(JustAway(just_away));
    provide_context(Guided(use_guidance()));
    let is_here = move |own: &OwnEntry| !own.entry.is_deleted || just_away.with(|ids| ids.contains(&own.id));
    let shown = derive(move || ids(all, &is_here));
    let away = derive(move || ids(all, &|own| !is_here(own)));
    let is_empty = derive(move || shown.with(Vec::is_empty));
    let list = live(move || match (is_there.get(), is_empty.get()) {
        (false, _) => bones(),
        (true, true) => empty(),
        (true, false) => ul().child(each(move || shown.get(), move |id| row(all, *id).into())),
    });
    let page = div().class("page").child(offline()).child(list).child(away_list(all, away));
    [top(heading), main().attr("id", "main").child(page)].into()
}

/// What was put away on this visit.
#[derive(Clone, Copy)]
struct JustAway(RwSignal<Vec<RecordId>>);

/// What was said of own entries.
#[derive(Clone, Copy)]
struct Guided(Reading<Guidance>);

/// One own entry, or what is left of it once it was put away.
fn row(all: All, id: RecordId) -> El {
    let own = use_entry(all, id);
    let is_away = derive(move || own.with(|own| own.as_ref().map(|own| own.entry.is_deleted)));
    li().child(live(move || {
        is_away.get().map(|is_away| if is_away { fresh_away_line(id, own) } else { own_line(id, own) })
    }))
}

fn own_line(id: RecordId, own: Own) -> El {
    let problem = derive(move || own.with(|own| own.as_ref().and_then(|own| own.problem)));
    let told = derive(move || {
        own.with(|own| own.as_ref().map(|own| (own.entry.story.clone(), own.entry.voice.is_some())).unwrap_or_default())
    });
    let text = live(move || told.with(|(story, is_spoken)| story_text(story, *is_spoken)));
    let state = live(move || problem.get().map_or_else(|| where_it_is(own), set_aside));
    let Guided(guidance) = expect_context();
    let standing = derive(move || {
        own.with(|own| guidance.map(|guidance| Standing::of(id, &own.as_ref()?.entry, guidance)).flatten())
    });
    let said = live(move || standing.with(|standing| standing.as_ref().map(Standing::told)));
    article()
        .class("line")
        .child(line_photo(own))
        .child(div().class("line-words").child(text).child(state).child(said))
        .child(acts(id, problem))
}

fn story_text(story: &str, is_spoken: bool) -> El {
    if story.is_empty() {
        let told = if is_spoken { ui::use_words().general.voice } else { use_words().mine.no_story };
        p().class("quiet").child(told)
    } else {
        p().class("line-story").child(story)
    }
}

fn line_photo(own: Own) -> El {
    let first = |own: &OwnEntry| Some((own.id, *own.entry.photos.first()?));
    let first = derive(move || own.with(|own| own.as_ref().and_then(first)));
    let valence = derive(move || own.with(|own| own.as_ref().and_then(|own| own.entry.valence)));
    span()
        .class("line-photo")
        .child(live(move || first.get().map(thumb)))
        .child(live(move || valence.get().map(|valence| mark_told(Some(valence)).attr("data-size", "s"))))
}

fn thumb((id, of): (RecordId, PhotoRef)) -> El {
    photo(id, of, MediaSize::Small, PhotoShape::Thumb("l"), ui::use_words().general.photo)
}

/// The state in one word, and what it means.
fn where_it_is(own: Own) -> View {
    let words = &use_words().mine;
    let state = derive(move || own.with(|own| own.as_ref().map(|own| (own.state, own.project.is_some()))));
    let step = derive(move || state.get().map(|(state, _)| step_of(state)));
    let parts = derive(move || match state.get()?.0 {
        SendState::Sending { sent, total } => Some((sent, total)),
        SendState::OnPhone | SendState::Received | SendState::Stays => None,
    });
    let is_sending = derive(move || parts.get().is_some());
    let when = derive(move || match state.get()? {
        (SendState::OnPhone, true) => Some(words.leaves_when_online),
        (SendState::OnPhone, false) => Some(words.leaves_when_joined),
        (SendState::Stays, _) => Some(words.stays),
        (SendState::Sending { .. } | SendState::Received, _) => None,
    });
    state_label(step)
        .and(live(move || is_sending.get().then(|| sending_meter(parts))))
        .and(live(move || when.get().map(quiet)))
}

/// How many parts of an entry are sent.
fn sending_meter(parts: Derived<Option<(u32, u32)>>) -> [El; 2] {
    let words = &use_words().mine;
    let told = move || parts.get().map(|(sent, total)| (words.parts)(sent, total));
    let meter = progress()
        .class("meter")
        .attr_live("max", move || parts.get().map(|(_, total)| total.to_string()))
        .attr_live("value", move || parts.get().map(|(sent, _)| sent.to_string()))
        .attr_live("aria-label", told);
    [meter, quiet(live(told))]
}

fn quiet(text: impl Into<View>) -> El {
    p().class("small quiet").child(text)
}

/// What did not get through, why, and that the rest goes on.
fn set_aside(code: ErrorCode) -> View {
    let words = use_words();
    let state = span().class("state").attr("data-state", "set_aside");
    [
        state.child(icon("warn")).child(words.mine.set_aside),
        p().class("small").child((words.problems.entry)(code)),
        quiet((ui::use_words().general.for_helper)(code.key())),
    ]
    .into()
}

fn acts(id: RecordId, problem: Derived<Option<ErrorCode>>) -> El {
    let words = &use_words().mine;
    let JustAway(just_away) = expect_context();
    let put_away = use_put_away(id);
    let is_set_aside = derive(move || problem.get().is_some());
    let edit = a().class("button").attr("href", &format!("/erbij/mijn/{id}")).child(icon("edit")).child(words.edit);
    let throw = button().class("button").child(icon("trash")).child(words.away).on_tap(move || {
        just_away.update(|ids| ids.push(id));
        put_away.run(true);
    });
    div().class("line-acts").child(live(move || is_set_aside.get().then(|| send_again(id)))).child(edit).child(throw)
}

fn send_again(id: RecordId) -> El {
    let phone = use_phone();
    button().class("button").child(icon("send")).child(ui::use_words().general.again).on_tap(move || {
        let phone = phone.clone();
        at_phone(async move { phone.retry(id).await });
    })
}

/// An entry that was just put away. The button that was pressed is gone: the focus goes to the one that undoes it.
fn fresh_away_line(id: RecordId, own: Own) -> El {
    let put_back = put_back(id);
    let undoes = put_back.clone();
    afterwards(move || {
        // What cannot have the focus leaves it where it is, and everything still works.
        let _ = undoes.element().unchecked_ref::<HtmlElement>().focus();
    });
    away_line(id, own, put_back)
}

/// An entry that was put away: the way back, and the way out for ever.
fn away_line(id: RecordId, own: Own, put_back: El) -> El {
    div()
        .class("line")
        .attr("data-away", "")
        .child(line_photo(own))
        .child(div().class("line-words").child(p().child(use_words().mine.away_told)))
        .child(div().class("line-acts").child(put_back).child(erase(id)))
}

fn put_back(id: RecordId) -> El {
    let put_away = use_put_away(id);
    let JustAway(just_away) = expect_context();
    let button = button().class("button").attr("data-kind", "main");
    button.child(icon("undo")).child(use_words().mine.put_back).on_tap(move || {
        just_away.update(|ids| ids.retain(|other| *other != id));
        put_away.run(false);
    })
}

/// Erases for ever, after asking.
fn erase(id: RecordId) -> [El; 2] {
    let words = &use_words().mine;
    let phone = use_phone();
    let erase = Callback::new(move |()| {
        let phone = phone.clone();
        // If the phone does not answer, the entry still stands there, with the way to try again.
        at_phone(async move {
            let _ = phone.erase(id).await;
        });
    });
    let ask = button().class("button").child(words.erase);
    let question = Question { title: words.erase_sure, why: words.erase_why, drawing: "trash", yes: words.erase_yes };
    asked_first(&format!("erase-{id}"), ask, question, erase)
}

/// What was put away on earlier visits.
fn away_list(all: All, away: Derived<Vec<RecordId>>) -> View {
    let words = &use_words().mine;
    let count = derive(move || away.with(Vec::len));
    let has_any = derive(move || count.get() > 0);
    live(move || {
        has_any.get().then(|| {
            let title = live(move || (words.away_title)(count_of(count.get())));
            let rows = each(move || away.get(), move |id| away_row(all, *id).into());
            details().class("more").child(summary().child(title)).child(ul().child(rows))
        })
    })
}

fn away_row(all: All, id: RecordId) -> El {
    let own = use_entry(all, id);
    // It must not be made anew while it asks: the sheet would close.
    let is_there = derive(move || own.with(Option::is_some));
    li().child(live(move || is_there.get().then(|| away_line(id, own, put_back(id)))))
}

fn empty() -> El {
    let words = use_words();
    let picture = img().attr("src", &meta("picture-playground")).attr("alt", "");
    let start = a().class("button").attr("data-kind", "main").attr("href", "/");
    div()
        .class("empty")
        .child(picture.attr("width", "800").attr("height", "600"))
        .child(h2().attr("data-size", "m").child(words.mine.empty))
        .child(p().child(words.mine.empty_what_to_do))
        .child(start.child(icon("camera")).child(ui::use_words().general.to_start))
}

fn use_own_entries() -> Reading<Vec<OwnEntry>> {
    let told = use_live();
    let phone = use_phone();
    use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = phone.clone();
        async move { phone.own_entries().await }
    })
}

/// Returns what puts an entry away, or back.
fn use_put_away(id: RecordId) -> Callback<bool> {
    let phone = use_phone();
    Callback::new(move |is_deleted: bool| {
        let phone = phone.clone();
        let edit = EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() };
        // If the phone does not answer, the entry stays as it was, which is what the screen shows.
        at_phone(async move {
            let _ = phone.edit(id, edit).await;
        });
    })
}

fn use_entry(all: All, id: RecordId) -> Own {
    derive(move || all.with(|all| all.as_ref().and_then(|all| all.iter().find(|own| own.id == id).cloned())))
}

fn ids(all: All, keep: &dyn Fn(&OwnEntry) -> bool) -> Vec<RecordId> {
    all.with(|all| all.iter().flatten().filter(|own| keep(own)).map(|own| own.id).collect())
}
