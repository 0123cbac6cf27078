//! *Mijn foto's*: every own entry with its honest state, and what can be done with it.

use browser::{ErrorCode, MediaSize, OwnEntry, SendState};
use domain::{EntryEdit, RecordId};
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use crate::app::{use_live, use_phone};
use crate::light::{Derived, Doing, derive, each, live, nothing, tap, use_doing, use_reading};
use crate::locales::use_words;
use crate::navigation::{use_height_kept, use_screen};
use crate::shell;
use crate::ui::{Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, Top, step_of};

type All = Derived<Option<Vec<OwnEntry>>>;
type Own = Derived<Option<OwnEntry>>;

/// The list of own entries; what was put away stands below, out of sight.
#[component]
pub(crate) fn Mine() -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.mine.title.to_owned());
    let told = use_live();
    let phone = use_phone();
    let read = use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = phone.clone();
        async move { phone.own_entries().await }
    });
    let all: All = derive(move || read.get());
    let is_there = derive(move || all.with(Option::is_some));
    use_height_kept("/mijn", is_there);
    // What was put away on this visit stays where it stood, so that it can be put back at once.
    let just_away = RwSignal::new(Vec::<RecordId>::new());
    provide_context(JustAway(just_away));
    let is_here = move |own: &OwnEntry| !own.entry.is_deleted || just_away.with(|ids| ids.contains(&own.id));
    let shown = derive(move || ids(all, &is_here));
    let away = derive(move || ids(all, &|own| !is_here(own)));
    let is_empty = derive(move || shown.with(Vec::is_empty));
    let list = live(move || match (is_there.get(), is_empty.get()) {
        (false, _) => view! { <Bones/> }.into_any(),
        (true, true) => view! { <Empty/> }.into_any(),
        (true, false) => view! { <ul>{each(shown, move |id| row(use_entry(all, id)))}</ul> }.into_any(),
    });
    view! {
        <Top heading title=words.mine.title/>
        <main id="main"><div class="page"><Offline/> {list} {away_list(all, away)}</div></main>
    }
}

/// What was put away on this visit.
#[derive(Clone, Copy)]
struct JustAway(RwSignal<Vec<RecordId>>);

/// One own entry, or what is left of it once it was put away.
fn row(own: Own) -> AnyView {
    let is_away = derive(move || own.with(|own| own.as_ref().map(|own| own.entry.is_deleted)));
    let line = live(move || match is_away.get() {
        Some(false) => own_line(own),
        Some(true) => away_line(own, true),
        None => nothing(),
    });
    view! { <li>{line}</li> }.into_any()
}

fn own_line(own: Own) -> AnyView {
    let words = &use_words().mine;
    let problem = derive(move || own.with(|own| own.as_ref().and_then(|own| own.problem)));
    let story = derive(move || own.with(|own| own.as_ref().map(|own| own.entry.story.clone()).unwrap_or_default()));
    let text = live(move || {
        let story = story.get();
        if story.is_empty() {
            view! { <p class="quiet">{words.no_story}</p> }.into_any()
        } else {
            view! { <p class="line-story">{story}</p> }.into_any()
        }
    });
    let state = live(move || match problem.get() {
        Some(code) => set_aside(code),
        None => where_it_is(own),
    });
    view! {
        <article class="line">
            {line_photo(own)}
            <div class="line-words">{text} {state}</div>
            {acts(own, problem)}
        </article>
    }
    .into_any()
}

fn line_photo(own: Own) -> AnyView {
    let alt = use_words().general.photo;
    let first = |own: &OwnEntry| Some((own.id, *own.entry.photos.first()?));
    let photo = derive(move || own.with(|own| own.as_ref().and_then(first)));
    let valence = derive(move || own.with(|own| own.as_ref().and_then(|own| own.entry.valence)));
    let photo = live(move || match photo.get() {
        Some((id, photo)) => {
            view! { <Photo record=id photo size=MediaSize::Small shape=PhotoShape::Thumb("l") alt/> }.into_any()
        }
        None => nothing(),
    });
    let mark = live(move || match valence.get() {
        Some(valence) => view! { <Mark valence=Some(valence) size="s" told=true/> }.into_any(),
        None => nothing(),
    });
    view! { <span class="line-photo">{photo} {mark}</span> }.into_any()
}

/// The state in one word, and what it means.
fn where_it_is(own: Own) -> AnyView {
    let words = &use_words().mine;
    let state = derive(move || own.with(|own| own.as_ref().map(|own| (own.state, own.project.is_some()))));
    let step = derive(move || state.get().map(|(state, _)| step_of(state)));
    let meaning = live(move || {
        let quiet = match state.get() {
            Some((SendState::OnPhone, true)) => words.leaves_when_online.to_owned(),
            Some((SendState::OnPhone, false)) => words.leaves_when_joined.to_owned(),
            Some((SendState::Sending { sent, total }, _)) => {
                let parts = (words.parts)(sent, total);
                let (max, value, label) = (total.to_string(), sent.to_string(), parts.clone());
                return view! {
                    <progress class="meter" max=max value=value aria-label=label></progress>
                    <p class="small quiet">{parts}</p>
                }
                .into_any();
            }
            Some((SendState::Received, _)) | None => return nothing(),
        };
        view! { <p class="small quiet">{quiet}</p> }.into_any()
    });
    view! { <StateLabel step/> {meaning} }.into_any()
}

/// What did not get through, why, and that the rest goes on.
fn set_aside(code: ErrorCode) -> AnyView {
    let words = use_words();
    view! {
        <span class="state" data-state="set_aside"><Icon name="warn"/>{words.mine.set_aside}</span>
        <p class="small">{(words.problems.entry)(code)}</p>
        <p class="small quiet">{(words.general.for_helper)(&format!("{code:?}"))}</p>
    }
    .into_any()
}

fn acts(own: Own, problem: Derived<Option<ErrorCode>>) -> AnyView {
    let words = use_words();
    let phone = use_phone();
    let JustAway(just_away) = expect_context();
    let Some(id) = own.with_untracked(|own| own.as_ref().map(|own| own.id)) else { return nothing() };
    let doing = use_doing();
    let put_away = use_put_away(id, doing);
    let throw = tap(move || {
        just_away.update(|ids| ids.push(id));
        put_away.run(true);
    });
    let again = live(move || {
        if problem.get().is_none() {
            return nothing();
        }
        let phone = phone.clone();
        let send = tap(move || {
            let phone = phone.clone();
            doing.run(async move { phone.retry(id).await });
        });
        view! { <button class="button" type="button" on:click=send><Icon name="send"/>{words.general.again}</button> }
            .into_any()
    });
    view! {
        <div class="line-acts">
            {again}
            <a class="button" href=format!("/mijn/{id}")><Icon name="edit"/>{words.mine.edit}</a>
            <button class="button" type="button" on:click=throw><Icon name="trash"/>{words.mine.away}</button>
        </div>
    }
    .into_any()
}

/// An entry that was put away: the way back, and the way out for ever.
fn away_line(own: Own, is_fresh: bool) -> AnyView {
    let words = &use_words().mine;
    let Some(id) = own.with_untracked(|own| own.as_ref().map(|own| own.id)) else { return nothing() };
    let put_away = use_put_away(id, use_doing());
    let JustAway(just_away) = expect_context();
    let put_back = tap(move || {
        just_away.update(|ids| ids.retain(|other| *other != id));
        put_away.run(false);
    });
    let first = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = first.get().filter(|_| is_fresh) {
            // The button that was pressed is gone: the focus goes to the one that undoes it.
            let _ = button.focus();
        }
    });
    view! {
        <div class="line" data-away="">
            {line_photo(own)}
            <div class="line-words"><p>{words.away_told}</p></div>
            <div class="line-acts">
                <button node_ref=first class="button" data-kind="main" type="button" on:click=put_back>
                    <Icon name="undo"/>
                    {words.put_back}
                </button>
                {erase(id)}
            </div>
        </div>
    }
    .into_any()
}

/// Erases for ever, after asking.
fn erase(id: RecordId) -> AnyView {
    let words = use_words();
    let phone = use_phone();
    let erasing = use_doing();
    let sheet = NodeRef::<Dialog>::new();
    let ask = tap(move || {
        if let Some(sheet) = sheet.get_untracked() {
            // It is refused only when it is open already.
            let _ = sheet.show_modal();
        }
    });
    let close = move || {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    let confirm = tap(move || {
        close();
        let phone = phone.clone();
        // If the phone does not answer, the entry still stands there, with the way to try again.
        erasing.run(async move {
            let _ = phone.erase(id).await;
        });
    });
    let title = format!("erase-{id}");
    let labelled_by = title.clone();
    view! {
        <button class="button" type="button" on:click=ask>{words.mine.erase}</button>
        <dialog class="sheet" node_ref=sheet aria-labelledby=labelled_by>
            <div class="stack">
                <h2 id=title>{words.mine.erase_sure}</h2>
                <p>{words.mine.erase_why}</p>
                <button class="button" data-kind="main" type="button" on:click=tap(close)>{words.general.cancel}</button>
                <button class="button" type="button" on:click=confirm><Icon name="trash"/>{words.mine.erase_yes}</button>
            </div>
        </dialog>
    }
    .into_any()
}

/// What was put away on earlier visits.
fn away_list(all: All, away: Derived<Vec<RecordId>>) -> AnyView {
    let words = &use_words().mine;
    let count = derive(move || away.with(Vec::len));
    let has_any = derive(move || count.get() > 0);
    let row = move |id| {
        let own = use_entry(all, id);
        view! { <li>{live(move || if own.with(Option::is_some) { away_line(own, false) } else { nothing() })}</li> }
            .into_any()
    };
    live(move || {
        if !has_any.get() {
            return nothing();
        }
        let title = live(move || (words.away_title)(u32::try_from(count.get()).unwrap_or(u32::MAX)));
        view! { <details class="more"><summary>{title}</summary><ul>{each(away, row)}</ul></details> }.into_any()
    })
    .into_any()
}

#[component]
fn Empty() -> impl IntoView {
    let words = use_words();
    view! {
        <div class="empty">
            <img src=shell::meta("picture-playground") alt="" width="800" height="600"/>
            <h2 data-size="m">{words.mine.empty}</h2>
            <p>{words.mine.empty_what_to_do}</p>
            <a class="button" data-kind="main" href="/"><Icon name="camera"/>{words.general.to_start}</a>
        </div>
    }
}

/// Returns what puts an entry away, or back.
fn use_put_away(id: RecordId, doing: Doing) -> Callback<bool> {
    let phone = use_phone();
    Callback::new(move |is_deleted: bool| {
        let phone = phone.clone();
        let edit = EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() };
        // If the phone does not answer, the entry stays as it was, which is what the screen shows.
        doing.run(async move {
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
