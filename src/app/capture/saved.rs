//! Saving, and where the photo is then.

use browser::{MediaSize, OwnEntry, PhotoProblem, SaveProblem};
use domain::RecordId;
use leptos::prelude::*;

use super::photos::FirstPicture;
use super::refused::{alert, problems};
use super::{Making, Step, use_begin};
use crate::app::{use_live, use_phone};
use crate::light::{Derived, derive, live, nothing, tap, use_doing, use_reading};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{self, BackTop, Icon, Mark, Notice, Photo, PhotoShape, Picker, step_of};

/// Saves the draft as soon as it stands here, and says so when it is true. Reloading it asks again, which is harmless.
#[component]
pub(super) fn Saved(making: Making) -> impl IntoView {
    let phone = use_phone();
    let go = use_go();
    let result = RwSignal::new(None::<Result<(), SaveProblem>>);
    let saving = use_doing();
    let save = Callback::new(move |()| {
        result.set(None);
        let phone = phone.clone();
        saving.run(async move {
            let saved = match phone.save(making.id).await {
                // Saved before: here after a reload, or by another tab.
                Err(SaveProblem::NoDraft) if phone.own_entry(making.id).await.is_some() => Ok(()),
                result => result.map(|_| ()),
            };
            if saved == Err(SaveProblem::NoPhoto) {
                // There stands why, and what to do.
                go.instead(&Step::Valence.path(making.id));
            } else {
                result.try_set(Some(saved));
            }
        });
    });
    save.run(());
    let problem = derive(move || result.get().and_then(Result::err));
    let is_saved = derive(move || result.get() == Some(Ok(())));
    live(move || match problem.get() {
        Some(problem) => view! { <NotSaved making problem again=save/> }.into_any(),
        None => view! { <SavedEntry making is_saved/> }.into_any(),
    })
}

#[component]
fn SavedEntry(making: Making, is_saved: Derived<bool>) -> impl IntoView {
    let words = &use_words().saved;
    let title = move || if is_saved.get() { words.title } else { words.saving };
    let heading = use_screen(move || title().to_owned());
    let refused = use_refused(making);
    let entry = use_own_entry(making.id);
    let print = live(move || match entry.get() {
        Some(entry) => entry_print(entry),
        None => view! { <FirstPicture making/> }.into_any(),
    });
    let next = live(move || match is_saved.get() {
        true => view! { <WhatNext entry/> }.into_any(),
        false => view! { <p>{words.saving_why}</p> }.into_any(),
    });
    let path = live(move || if is_saved.get() { view! { <Path entry/> }.into_any() } else { nothing() });
    let foot = live(move || if is_saved.get() { view! { <Foot/> }.into_any() } else { nothing() });
    view! {
        <header class="top"></header>
        <main id="main">
            <div class="page stack" data-gap="m">
                {live(move || refused.with(|refused| alert(refused)))}
                {print}
                <div class="stack centred" data-gap="2xs">
                    <div role="status"><h1 node_ref=heading tabindex="-1">{live(title)}</h1></div>
                    {next}
                </div>
                {path}
            </div>
        </main>
        {foot}
    }
}

/// The photo and its words on one piece of paper, as others will see them.
fn entry_print(own: OwnEntry) -> AnyView {
    let OwnEntry { id, entry, .. } = own;
    let photo = entry.photos.first().map(|photo| {
        let alt = use_words().general.photo;
        view! { <Photo record=id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut alt/> }
    });
    let story = (!entry.story.is_empty()).then(|| view! { <p class="print-story said">{entry.story}</p> });
    view! {
        <figure class="print saved-print">
            <div class="print-photo">{photo}</div>
            <figcaption class="print-words"><Mark valence=entry.valence told=true/>{story}</figcaption>
        </figure>
    }
    .into_any()
}

#[component]
fn WhatNext(entry: Derived<Option<OwnEntry>>) -> impl IntoView {
    let words = &use_words().saved;
    let is_joined = derive(move || entry.with(|entry| entry.as_ref().is_none_or(|entry| entry.project.is_some())));
    let step = use_step(entry);
    live(move || {
        if !is_joined.get() {
            let link = view! { <a class="button" href="/mee">{words.code_link}</a> };
            return view! { <p>{words.waits_for_join}</p> <p>{link}</p> }.into_any();
        }
        let next = if step.get() == ui::Step::Received { words.received } else { words.goes_by_itself };
        view! { <p>{next}</p> }.into_any()
    })
}

/// The three states as one line.
#[component]
fn Path(entry: Derived<Option<OwnEntry>>) -> impl IntoView {
    let now = use_step(entry);
    let dot = move |step: ui::Step| {
        let current = live(move || (now.get() == step).then_some("step"));
        let done = live(move || (step < now.get()).then_some(""));
        view! {
            <li aria-current=current data-done=done data-state=step.key()>
                <span class="path-dot"><Icon name=step.icon()/></span>
                {step.word()}
            </li>
        }
    };
    view! { <ol class="path" aria-label=use_words().saved.where_is_it>{ui::Step::ALL.map(dot).collect_view()}</ol> }
}

#[component]
fn Foot() -> impl IntoView {
    let words = use_words();
    let go = use_go();
    let begin = use_begin(move |path| go.instead(path));
    let shape = view! { <Icon name="camera"/> {words.saved.another} }.into_any();
    view! {
        <footer class="foot">
            <div class="foot-inner">
                <a class="button" href="/" data-go="back">{words.general.done}</a>
                <Picker class="button picker" kind="main" camera=true on_files=begin shape/>
            </div>
        </footer>
    }
}

#[component]
fn NotSaved(making: Making, problem: SaveProblem, again: Callback<()>) -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.saved.not_saved.to_owned());
    let can_retry = problem != SaveProblem::NoDraft;
    let retry = can_retry.then(|| {
        let retry = tap(move || again.run(()));
        view! { <button class="button" data-kind="main" type="button" on:click=retry>{words.general.again}</button> }
    });
    view! {
        <BackTop to=if can_retry { Step::Story.path(making.id) } else { "/".to_owned() }/>
        <main id="main">
            <div class="page stack" data-gap="m">
                <h1 node_ref=heading tabindex="-1">{words.saved.not_saved}</h1>
                <Notice icon="warn" kind="warn" text=(words.saved.problem)(problem)/>
                {retry}
            </div>
        </main>
    }
}

/// Returns the entry that the draft became.
fn use_own_entry(id: RecordId) -> Derived<Option<OwnEntry>> {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.own_entry(id).await }
    });
    derive(move || read.get().flatten())
}

fn use_step(entry: Derived<Option<OwnEntry>>) -> Derived<ui::Step> {
    derive(move || entry.with(|entry| entry.as_ref().map_or(ui::Step::OnPhone, |entry| step_of(entry.state))))
}

/// Returns why files were refused while saving waited for them: still told when the draft is gone.
fn use_refused(making: Making) -> Derived<Vec<PhotoProblem>> {
    let kept = StoredValue::new(Vec::new());
    derive(move || {
        if let Some(now) = making.draft.with(|draft| draft.as_ref().map(problems)) {
            kept.set_value(now);
        }
        kept.get_value()
    })
}
