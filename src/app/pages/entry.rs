//! One entry: photo and words together, as its maker wants them seen.

use browser::{MediaSize, WallEntry};
use domain::RecordId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::app::{use_language, use_live, use_phone};
use crate::locales::{day, use_words};
use crate::navigation::use_screen;
use crate::ui::{BackTop, Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, ThemeTag, step_of};

/// The page of an entry.
#[component]
pub(crate) fn EntryPage() -> impl IntoView {
    let words = &use_words().wall;
    let phone = use_phone();
    let live = use_live();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<RecordId>().ok())));
    let read = LocalResource::new(move || {
        live.track_entries();
        let (phone, id) = (phone.clone(), id.get());
        async move {
            match id {
                Some(id) => phone.wall_entry(id).await,
                None => None,
            }
        }
    });
    let found = Memo::new(move |_| read.get());
    let title = move || {
        found.with(|found| match found {
            Some(Some(entry)) => title_of(entry, words.entry_title, words.entry_title_unnamed),
            Some(None) => words.entry_gone.to_owned(),
            None => words.entry_title_unnamed.to_owned(),
        })
    };
    let heading = use_screen(title);
    let entry = move || match found.get() {
        None => view! { <Bones/> }.into_any(),
        Some(None) => view! { <p>{words.entry_gone_why}</p> }.into_any(),
        Some(Some(entry)) => view! { <Sheet entry/> }.into_any(),
    };
    // Shown where it is all there is to read; beside the entry it would only repeat it.
    let class = move || if found.with(|found| matches!(found, Some(Some(_)))) { "visually-hidden" } else { "" };
    view! {
        <BackTop to="/buurt".to_owned()/>
        <main id="main">
            <div class="page stack" data-measure="m">
                <h1 class=class node_ref=heading tabindex="-1">{title}</h1>
                <Offline/>
                {entry}
            </div>
        </main>
    }
}

#[component]
fn Sheet(entry: WallEntry) -> impl IntoView {
    let words = use_words();
    let language = use_language().get_untracked();
    let WallEntry { id, maker, is_mine, entry, state, .. } = entry;
    let count = u32::try_from(entry.photos.len()).unwrap_or(u32::MAX);
    let photos = entry.photos.iter().enumerate().map(|(index, photo)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let alt = if count == 1 { words.general.photo.to_owned() } else { (words.general.photo_of)(number, count) };
        view! { <Photo record=id photo=*photo size=MediaSize::Large shape=PhotoShape::Whole alt/> }
    });
    let photos = photos.collect_view();
    let story = (!entry.story.is_empty()).then(|| view! { <p class="print-story said">{entry.story}</p> });
    let themes = entry.themes.iter().map(|theme| view! { <ThemeTag theme=*theme/> }).collect_view();
    let name = if is_mine { words.wall.you.to_owned() } else { maker };
    let by = if name.is_empty() { day(entry.made, language) } else { format!("{name}, {}", day(entry.made, language)) };
    let edit = is_mine.then(|| {
        view! { <a class="button" href=format!("/mijn/{id}")><Icon name="edit"/>{words.mine.edit}</a> }
    });
    view! {
        <article class="print" data-size="l">
            <div class="print-photo stack" data-gap="3xs">{photos}</div>
            <div class="print-words">
                <Mark valence=entry.valence size="m" told=true/>
                {story}
                <div class="cluster" data-gap="s">{themes}</div>
                <p class="small quiet">{by}</p>
                {state.map(|state| view! { <p><StateLabel step=step_of(state)/></p> })}
            </div>
        </article>
        {edit}
    }
}

fn title_of(entry: &WallEntry, named: fn(&str) -> String, unnamed: &str) -> String {
    if entry.maker.is_empty() { unnamed.to_owned() } else { named(&entry.maker) }
}
