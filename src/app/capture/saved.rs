//! Saving, and where the photo is then.

use browser::{MediaSize, OwnEntry, PhotoProblem, SaveProblem};
use domain::RecordId;
use leptos::prelude::*;

use super::photos::FirstPicture;
use super::refused::{alert, problems};
use super::{Making, Step, use_begin};
use crate::app::{use_live, use_phone};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{self, BackTop, Icon, Mark, Photo, PhotoShape, Picker, step_of};

/// Saves the draft as soon as it stands here, and says so when it is true. Reloading it asks again, which is harmless.
#[component]
pub(super) fn Saved(making: Making) -> impl IntoView {
    let phone = use_phone();
    let go = use_go();
    let save = Action::new_local(move |(): &()| {
        let phone = phone.clone();
        async move {
            match phone.save(making.id).await {
                // Saved before: here after a reload, or by another tab.
                Err(SaveProblem::NoDraft) if phone.own_entry(making.id).await.is_some() => Ok(()),
                result => result.map(|_| ()),
            }
        }
    });
    save.dispatch(());
    let result = save.value();
    let problem = Memo::new(move |_| result.get().and_then(Result::err));
    let is_saved = Memo::new(move |_| result.get().is_some_and(|result| result.is_ok()));
    Effect::new(move |_| {
        if problem.get() == Some(SaveProblem::NoPhoto) {
            // There stands why, and what to do.
            go.instead(&Step::Valence.path(making.id));
        }
    });
    let again = Callback::new(move |()| {
        save.dispatch(());
    });
    move || match problem.get() {
        Some(problem) => view! { <NotSaved making problem again/> }.into_any(),
        None => view! { <SavedEntry making is_saved/> }.into_any(),
    }
}

#[component]
fn SavedEntry(making: Making, is_saved: Memo<bool>) -> impl IntoView {
    let words = use_words();
    let title = move || if is_saved.get() { words.saved.title } else { words.saved.saving };
    let heading = use_screen(move || title().to_owned());
    let refused = use_refused(making);
    let entry = use_own_entry(making.id);
    view! {
        <header class="top"></header>
        <main id="main">
            <div class="page stack" data-gap="m">
                {move || refused.with(|refused| (!refused.is_empty()).then(|| alert(refused)))}
                {move || match entry.get() {
                    Some(entry) => view! { <EntryPrint entry/> }.into_any(),
                    None => view! { <FirstPicture making/> }.into_any(),
                }}
                <div class="stack centred" data-gap="2xs">
                    <div role="status"><h1 node_ref=heading tabindex="-1">{title}</h1></div>
                    {move || {
                        if is_saved.get() {
                            view! { <WhatNext entry/> }.into_any()
                        } else {
                            view! { <p>{words.saved.saving_why}</p> }.into_any()
                        }
                    }}
                </div>
                {move || is_saved.get().then(|| view! { <Path entry/> })}
            </div>
        </main>
        {move || is_saved.get().then(|| view! { <Foot/> })}
    }
}

/// The photo and its words on one piece of paper, as others will see them.
#[component]
fn EntryPrint(entry: OwnEntry) -> impl IntoView {
    let OwnEntry { id, entry, .. } = entry;
    let photo = entry.photos.first().map(|photo| {
        view! { <Photo record=id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut alt=use_words().general.photo/> }
    });
    let story = (!entry.story.is_empty()).then(|| view! { <p class="print-story said">{entry.story}</p> });
    view! {
        <figure class="print saved-print">
            <div class="print-photo">{photo}</div>
            <figcaption class="print-words"><Mark valence=entry.valence told=true/>{story}</figcaption>
        </figure>
    }
}

#[component]
fn WhatNext(entry: Memo<Option<OwnEntry>>) -> impl IntoView {
    let words = &use_words().saved;
    let is_joined = Memo::new(move |_| entry.with(|entry| entry.as_ref().is_none_or(|entry| entry.project.is_some())));
    let step = use_step(entry);
    move || {
        if !is_joined.get() {
            let link = view! { <a href="/mee">{words.code_link}</a> };
            return view! { <p>{words.waits_for_join}</p> <p>{link}</p> }.into_any();
        }
        let next = if step.get() == ui::Step::Received { words.received } else { words.goes_by_itself };
        view! { <p>{next}</p> }.into_any()
    }
}

/// The three states as one line.
#[component]
fn Path(entry: Memo<Option<OwnEntry>>) -> impl IntoView {
    let words = &use_words().saved;
    let now = use_step(entry);
    let dot = move |step: ui::Step| {
        let current = move || (now.get() == step).then_some("step");
        let done = move || (step < now.get()).then_some("");
        view! {
            <li aria-current=current data-done=done data-state=step.key()>
                <span class="path-dot"><Icon name=step.icon()/></span>
                {step.word()}
            </li>
        }
    };
    view! { <ol class="path" aria-label=words.where_is_it>{ui::Step::ALL.map(dot).into_iter().collect_view()}</ol> }
}

#[component]
fn Foot() -> impl IntoView {
    let words = use_words();
    let go = use_go();
    let begin = use_begin(move |path| go.instead(path));
    let close = move |event: web_sys::MouseEvent| {
        event.prevent_default();
        go.back_to("/");
    };
    view! {
        <footer class="foot">
            <div class="foot-inner">
                <a class="button" href="/" on:click=close>{words.general.done}</a>
                <Picker class="button picker" kind="main" camera=true on_files=begin>
                    <Icon name="camera"/>
                    {words.saved.another}
                </Picker>
            </div>
        </footer>
    }
}

#[component]
fn NotSaved(making: Making, problem: SaveProblem, again: Callback<()>) -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.saved.not_saved.to_owned());
    let can_retry = problem != SaveProblem::NoDraft;
    view! {
        <BackTop to=if can_retry { Step::Story.path(making.id) } else { "/".to_owned() }/>
        <main id="main">
            <div class="page stack" data-gap="m">
                <h1 node_ref=heading tabindex="-1">{words.saved.not_saved}</h1>
                <div class="notice" data-kind="warn"><Icon name="warn"/><p data-grow="">{(words.saved.problem)(problem)}</p></div>
                {can_retry
                    .then(|| {
                        view! {
                            <button class="button" data-kind="main" type="button" on:click=move |_| again.run(())>
                                {words.general.again}
                            </button>
                        }
                    })}
            </div>
        </main>
    }
}

/// Returns the entry that the draft became.
fn use_own_entry(id: RecordId) -> Memo<Option<OwnEntry>> {
    let phone = use_phone();
    let live = use_live();
    let read = LocalResource::new(move || {
        live.track_entries();
        live.track_drafts();
        let phone = phone.clone();
        async move { phone.own_entry(id).await }
    });
    Memo::new(move |_| read.get().flatten())
}

fn use_step(entry: Memo<Option<OwnEntry>>) -> Memo<ui::Step> {
    Memo::new(move |_| entry.with(|entry| entry.as_ref().map_or(ui::Step::OnPhone, |entry| step_of(entry.state))))
}

/// Returns why files were refused while saving waited for them: still told when the draft is gone.
fn use_refused(making: Making) -> Memo<Vec<PhotoProblem>> {
    Memo::new(move |before: Option<&Vec<PhotoProblem>>| {
        let now = making.draft.with(|draft| draft.as_ref().map(problems));
        now.or_else(|| before.cloned()).unwrap_or_default()
    })
}
