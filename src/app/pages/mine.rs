//! *Mijn foto's*: every own entry with its honest state, and what can be done with it.

use std::collections::BTreeSet;

use browser::{ErrorCode, MediaSize, OwnEntry, SendState};
use domain::{EntryEdit, RecordId};
use leptos::html::{Button, Dialog};
use leptos::prelude::*;

use crate::app::{use_live, use_phone};
use crate::locales::use_words;
use crate::navigation::{use_height_kept, use_screen};
use crate::shell;
use crate::ui::{Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, Top, step_of};

/// The list of own entries; what was put away stands below, out of sight.
#[component]
pub(crate) fn Mine() -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.mine.title.to_owned());
    let live = use_live();
    let phone = use_phone();
    let read = LocalResource::new(move || {
        live.track_entries();
        live.memberships.track();
        let phone = phone.clone();
        async move { phone.own_entries().await }
    });
    let all = Memo::new(move |_| read.get());
    use_height_kept("/mijn", Memo::new(move |_| all.with(Option::is_some)));
    // What was put away on this visit stays where it stood, so that it can be put back at once.
    let just_away = RwSignal::new(BTreeSet::<RecordId>::new());
    provide_context(JustAway(just_away));
    let shown = Memo::new(move |_| {
        ids(all.get().as_deref(), |own| !own.entry.is_deleted || just_away.with(|it| it.contains(&own.id)))
    });
    let away = Memo::new(move |_| {
        ids(all.get().as_deref(), |own| own.entry.is_deleted && !just_away.with(|it| it.contains(&own.id)))
    });
    let row = move |id: RecordId| view! { <Row own=use_entry(all, id)/> };
    let list = move || match all.with(Option::is_some) {
        false => view! { <Bones/> }.into_any(),
        true if shown.with(Vec::is_empty) => view! { <Empty/> }.into_any(),
        true => view! { <ul><For each=move || shown.get() key=|id| *id children=row/></ul> }.into_any(),
    };
    view! {
        <Top heading title=words.mine.title/>
        <main id="main">
            <div class="page">
                <Offline/>
                {list}
                <Away all away/>
            </div>
        </main>
    }
}

/// What was put away on this visit.
#[derive(Clone, Copy)]
struct JustAway(RwSignal<BTreeSet<RecordId>>);

/// One own entry, or what is left of it once it was put away.
#[component]
fn Row(own: Memo<Option<OwnEntry>>) -> impl IntoView {
    let is_away = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.entry.is_deleted)));
    view! {
        <li>
            {move || match is_away.get() {
                Some(false) => view! { <OwnLine own/> }.into_any(),
                Some(true) => view! { <AwayLine own is_fresh=true/> }.into_any(),
                None => ().into_any(),
            }}
        </li>
    }
}

#[component]
fn OwnLine(own: Memo<Option<OwnEntry>>) -> impl IntoView {
    let words = &use_words().mine;
    let problem = Memo::new(move |_| own.with(|own| own.as_ref().and_then(|own| own.problem)));
    let story = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.entry.story.clone()).unwrap_or_default()));
    let text = move || {
        let story = story.get();
        if story.is_empty() {
            view! { <p class="quiet">{words.no_story}</p> }.into_any()
        } else {
            view! { <p class="line-story">{story}</p> }.into_any()
        }
    };
    let state = move || match problem.get() {
        Some(code) => view! { <SetAside code/> }.into_any(),
        None => view! { <WhereItIs own/> }.into_any(),
    };
    view! {
        <article class="line">
            <LinePhoto own/>
            <div class="line-words">{text} {state}</div>
            <Acts own problem/>
        </article>
    }
}

#[component]
fn LinePhoto(own: Memo<Option<OwnEntry>>) -> impl IntoView {
    let words = use_words();
    let picture = Memo::new(move |_| {
        own.with(|own| own.as_ref().and_then(|own| own.entry.photos.first().map(|photo| (own.id, *photo))))
    });
    let valence = Memo::new(move |_| own.with(|own| own.as_ref().and_then(|own| own.entry.valence)));
    view! {
        <span class="line-photo">
            {move || {
                picture
                    .get()
                    .map(|(id, photo)| {
                        let shape = PhotoShape::Thumb("l");
                        view! { <Photo record=id photo size=MediaSize::Small shape alt=words.general.photo/> }
                    })
            }}
            {move || valence.get().map(|valence| view! { <Mark valence=Some(valence) size="s" told=true/> })}
        </span>
    }
}

/// The state in one word, and what it means.
#[component]
fn WhereItIs(own: Memo<Option<OwnEntry>>) -> impl IntoView {
    let words = &use_words().mine;
    let state = Memo::new(move |_| own.with(|own| own.as_ref().map_or(SendState::OnPhone, |own| own.state)));
    let is_joined = Memo::new(move |_| own.with(|own| own.as_ref().is_none_or(|own| own.project.is_some())));
    let step = Signal::derive(move || step_of(state.get()));
    let meaning = move || match state.get() {
        SendState::OnPhone if is_joined.get() => {
            view! { <p class="small quiet">{words.leaves_when_online}</p> }.into_any()
        }
        SendState::OnPhone => view! { <p class="small quiet">{words.leaves_when_joined}</p> }.into_any(),
        SendState::Sending { sent, total } => {
            let parts = (words.parts)(sent, total);
            view! {
                <progress class="meter" max=total.to_string() value=sent.to_string() aria-label=parts.clone()></progress>
                <p class="small quiet">{parts}</p>
            }
            .into_any()
        }
        SendState::Received => ().into_any(),
    };
    view! { <StateLabel step/> {meaning} }
}

/// What did not get through, why, and that the rest goes on.
#[component]
fn SetAside(code: ErrorCode) -> impl IntoView {
    let words = use_words();
    view! {
        <span class="state" data-state="set_aside"><Icon name="warn"/>{words.mine.set_aside}</span>
        <p class="small">{(words.problems.entry)(code)}</p>
        <p class="small quiet">{(words.general.for_helper)(&format!("{code:?}"))}</p>
    }
}

#[component]
fn Acts(own: Memo<Option<OwnEntry>>, problem: Memo<Option<ErrorCode>>) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let JustAway(just_away) = expect_context();
    let Some(id) = own.with_untracked(|own| own.as_ref().map(|own| own.id)) else { return ().into_any() };
    let retry = {
        let phone = phone.clone();
        Action::new_local(move |(): &()| {
            let phone = phone.clone();
            async move { phone.retry(id).await }
        })
    };
    let put_away = use_put_away(id);
    let throw = move |_| {
        just_away.update(|ids| {
            ids.insert(id);
        });
        put_away.dispatch(true);
    };
    let again = move || {
        problem.get().map(|_| {
            let send = move |_| {
                retry.dispatch(());
            };
            view! { <button class="button" type="button" on:click=send><Icon name="send"/>{words.general.again}</button> }
        })
    };
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
#[component]
fn AwayLine(own: Memo<Option<OwnEntry>>, #[prop(optional)] is_fresh: bool) -> impl IntoView {
    let words = use_words();
    let Some(id) = own.with_untracked(|own| own.as_ref().map(|own| own.id)) else { return ().into_any() };
    let put_away = use_put_away(id);
    let JustAway(just_away) = expect_context();
    let put_back = move |_| {
        just_away.update(|ids| {
            ids.remove(&id);
        });
        put_away.dispatch(false);
    };
    let first = NodeRef::<Button>::new();
    Effect::new(move |_| {
        if let Some(button) = first.get().filter(|_| is_fresh) {
            // The button that was pressed is gone: the focus goes to the one that undoes it.
            let _ = button.focus();
        }
    });
    view! {
        <div class="line" data-away="">
            <LinePhoto own/>
            <div class="line-words"><p>{words.mine.away_told}</p></div>
            <div class="line-acts">
                <button node_ref=first class="button" data-kind="main" type="button" on:click=put_back>
                    <Icon name="undo"/>
                    {words.mine.put_back}
                </button>
                <Erase id/>
            </div>
        </div>
    }
    .into_any()
}

/// Erases for ever, after asking.
#[component]
fn Erase(id: RecordId) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let erase = Action::new_local(move |(): &()| {
        let phone = phone.clone();
        async move { phone.erase(id).await }
    });
    let sheet = NodeRef::<Dialog>::new();
    let ask = move |_| {
        if let Some(sheet) = sheet.get_untracked() {
            // It is refused only when it is open already.
            let _ = sheet.show_modal();
        }
    };
    let close = move || {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    let confirm = move |_| {
        close();
        erase.dispatch(());
    };
    let title = format!("erase-{id}");
    let labelled_by = title.clone();
    view! {
        <button class="button" type="button" on:click=ask>{words.mine.erase}</button>
        <dialog class="sheet" node_ref=sheet aria-labelledby=labelled_by>
            <div class="stack">
                <h2 id=title>{words.mine.erase_sure}</h2>
                <p>{words.mine.erase_why}</p>
                <button class="button" data-kind="main" type="button" on:click=move |_| close()>{words.general.cancel}</button>
                <button class="button" type="button" on:click=confirm><Icon name="trash"/>{words.mine.erase_yes}</button>
            </div>
        </dialog>
    }
}

/// What was put away on earlier visits.
#[component]
fn Away(all: Memo<Option<Vec<OwnEntry>>>, away: Memo<Vec<RecordId>>) -> impl IntoView {
    let words = &use_words().mine;
    let has_any = Memo::new(move |_| !away.with(Vec::is_empty));
    let title = move || (words.away_title)(u32::try_from(away.with(Vec::len)).unwrap_or(u32::MAX));
    let row = move |id: RecordId| {
        let own = use_entry(all, id);
        view! { <li>{move || own.with(Option::is_some).then(|| view! { <AwayLine own/> })}</li> }
    };
    move || {
        has_any.get().then(|| {
            view! {
                <details class="more">
                    <summary>{title}</summary>
                    <ul><For each=move || away.get() key=|id| *id children=row/></ul>
                </details>
            }
        })
    }
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

fn use_put_away(id: RecordId) -> Action<bool, ()> {
    let phone = use_phone();
    Action::new_local(move |is_deleted: &bool| {
        let phone = phone.clone();
        let edit = EntryEdit { is_deleted: Some(*is_deleted), ..EntryEdit::default() };
        async move {
            // If the phone does not answer, the entry stays where it stands, which is what the screen shows.
            let _ = phone.edit(id, edit).await;
        }
    })
}

fn use_entry(all: Memo<Option<Vec<OwnEntry>>>, id: RecordId) -> Memo<Option<OwnEntry>> {
    Memo::new(move |_| all.with(|all| all.as_ref().and_then(|all| all.iter().find(|own| own.id == id).cloned())))
}

fn ids(all: Option<&[OwnEntry]>, keep: impl Fn(&OwnEntry) -> bool) -> Vec<RecordId> {
    all.unwrap_or_default().iter().filter(|own| keep(own)).map(|own| own.id).collect()
}
