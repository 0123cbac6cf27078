//! One entry: photo and words together, as its maker wants them seen.

use browser::WallEntry;
use dom::reactive::*;
use dom::{El, View, a, article, div, h1, live, main, p};
use domain::{Entry, RecordId};
use ui::{
    Derived, Step, back_top, bones, day, derive, icon, mark_told, offline, photos, replies, state_label, step_of,
    theme_tag, use_language, use_live, use_phone, use_reading, use_screen, voice,
};

use crate::locales::use_words;

type Found = Derived<Option<Option<WallEntry>>>;

/// The page of an entry.
pub(crate) fn entry_page(id: RecordId) -> View {
    let words = &use_words().wall;
    let found = use_found(id);
    // The state changes often while it is being sent: it must not make the pictures anew.
    let shown = derive(move || found.get().map(|found| found.map(|entry| WallEntry { state: None, ..entry })));
    let step = derive(move || found.with(|found| found.as_ref()?.as_ref()?.state.map(step_of)));
    let entry = live(move || match shown.get() {
        None => View::from(bones()),
        Some(None) => p().child(words.entry_gone_why).into(),
        Some(Some(entry)) => sheet(entry, step),
    });
    let page = div().class("page stack").attr("data-measure", "m");
    let page = page.child(heading(found)).child(offline()).child(entry);
    [back_top("/buurt"), main().attr("id", "main").child(page)].into()
}

fn heading(found: Found) -> El {
    let words = &use_words().wall;
    let title = derive(move || {
        found.with(|found| match found {
            Some(Some(entry)) => title_of(entry, words.entry_title, words.entry_title_unnamed),
            Some(None) => words.entry_gone.to_owned(),
            None => words.entry_title_unnamed.to_owned(),
        })
    });
    // Shown where it is all there is to read; beside the entry it would only repeat it.
    let hidden = move || found.with(|found| matches!(found, Some(Some(_)))).then_some("visually-hidden");
    use_screen(move || title.get(), h1().attr_live("class", hidden).child(live(move || title.get())))
}

fn sheet(shown: WallEntry, step: Derived<Option<Step>>) -> View {
    let words = use_words();
    let WallEntry { id, maker, is_mine, entry, .. } = shown;
    let name = if is_mine { words.wall.you } else { &maker };
    let themes = entry.themes.iter().map(|theme| theme_tag(*theme)).collect::<View>();
    let said = div()
        .class("print-words")
        .child(mark_told(entry.valence).attr("data-size", "m"))
        .child((!entry.story.is_empty()).then(|| p().class("print-story said").child(entry.story.as_str())))
        .child(voice(id, &entry))
        .child(replies(&entry))
        .child(div().class("cluster").attr("data-gap", "s").child(themes))
        .child(p().class("small quiet").child(made_by(name, &entry)))
        .child(state_label(step));
    let pictures = div().class("print-photo stack").attr("data-gap", "3xs").child(photos(id, &entry));
    let paper = article().class("print").attr("data-size", "l").child(pictures).child(said);
    let edit = a().class("button").attr("href", &format!("/erbij/mijn/{id}"));
    View::from(paper).and(is_mine.then(|| edit.child(icon("edit")).child(words.mine.edit)))
}

/// Returns who made an entry, where that has a name, and when.
fn made_by(name: &str, entry: &Entry) -> String {
    let day = day(entry.made, use_language().get_untracked());
    if name.is_empty() { day } else { format!("{name}, {day}") }
}

/// Reads the entry: `None` while it is being read, then whether it is there.
fn use_found(id: RecordId) -> Found {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.wall_entry(id).await }
    });
    derive(move || read.get())
}

fn title_of(entry: &WallEntry, named: fn(&str) -> String, unnamed: &str) -> String {
    if entry.maker.is_empty() { unnamed.to_owned() } else { named(&entry.maker) }
}
