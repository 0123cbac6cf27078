//! One entry: photo and words together, as its maker wants them seen.

use browser::{MediaSize, WallEntry};
use domain::RecordId;
use leptos::prelude::*;

use crate::app::{use_language, use_live, use_phone};
use crate::light::{derive, live, use_reading};
use crate::locales::{day, use_words};
use crate::navigation::use_screen;
use crate::ui::{BackTop, Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, ThemeTag, step_of};

/// The page of an entry.
#[component]
pub(crate) fn EntryPage(id: RecordId) -> impl IntoView {
    let words = &use_words().wall;
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.wall_entry(id).await }
    });
    let found = derive(move || read.get());
    let title = derive(move || {
        found.with(|found| match found {
            Some(Some(entry)) => title_of(entry, words.entry_title, words.entry_title_unnamed),
            Some(None) => words.entry_gone.to_owned(),
            None => words.entry_title_unnamed.to_owned(),
        })
    });
    let heading = use_screen(move || title.get());
    let entry = live(move || match found.get() {
        None => view! { <Bones/> }.into_any(),
        Some(None) => view! { <p>{words.entry_gone_why}</p> }.into_any(),
        Some(Some(entry)) => sheet(entry),
    });
    // Shown where it is all there is to read; beside the entry it would only repeat it.
    let hidden = live(move || found.with(|found| matches!(found, Some(Some(_)))).then_some("visually-hidden"));
    view! {
        <BackTop to="/buurt".to_owned()/>
        <main id="main">
            <div class="page stack" data-measure="m">
                <h1 class=hidden node_ref=heading tabindex="-1">{live(move || title.get())}</h1>
                <Offline/>
                {entry}
            </div>
        </main>
    }
}

fn sheet(shown: WallEntry) -> AnyView {
    let words = use_words();
    let language = use_language().get_untracked();
    let WallEntry { id, maker, is_mine, entry, state, .. } = shown;
    let count = u32::try_from(entry.photos.len()).unwrap_or(u32::MAX);
    let photo = |(index, photo): (usize, &domain::PhotoRef)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let alt = if count == 1 { words.general.photo.to_owned() } else { (words.general.photo_of)(number, count) };
        view! { <Photo record=id photo=*photo size=MediaSize::Large shape=PhotoShape::Whole alt/> }
    };
    let photos = entry.photos.iter().enumerate().map(photo).collect_view();
    let story = (!entry.story.is_empty()).then(|| view! { <p class="print-story said">{entry.story}</p> });
    let themes = entry.themes.iter().map(|theme| view! { <ThemeTag theme=*theme/> }).collect_view();
    let name = if is_mine { words.wall.you.to_owned() } else { maker };
    let day = day(entry.made, language);
    let by = if name.is_empty() { day } else { format!("{name}, {day}") };
    let step = derive(move || state.map(step_of));
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
                <StateLabel step/>
            </div>
        </article>
        {edit}
    }
    .into_any()
}

fn title_of(entry: &WallEntry, named: fn(&str) -> String, unnamed: &str) -> String {
    if entry.maker.is_empty() { unnamed.to_owned() } else { named(&entry.maker) }
}
