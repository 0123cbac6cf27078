//! Changing an own entry: the three questions again, on one screen.

use browser::{MediaSize, OwnEntry, SaveProblem};
use domain::{Entry, EntryEdit, RecordId};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::app::use_phone;
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{BackTop, Bones, Icon, Photo, PhotoShape, StoryBox, ThemeChoice, ValenceChoice};

const BEHIND: &str = "/mijn";

/// The screen on which an own entry is changed.
#[component]
pub(crate) fn EditEntry() -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.mine.edit_title.to_owned());
    let phone = use_phone();
    let id = use_params_map().with_untracked(|params| params.get_str("id").and_then(|id| id.parse::<RecordId>().ok()));
    // Read once: what is typed here must not be swept away by what arrives meanwhile.
    let own = LocalResource::new(move || {
        let phone = phone.clone();
        async move {
            match id {
                Some(id) => phone.own_entry(id).await,
                None => None,
            }
        }
    });
    let form = move || match own.get() {
        None => view! { <Bones/> }.into_any(),
        Some(None) => view! { <p>{words.wall.entry_gone}</p> }.into_any(),
        Some(Some(own)) => view! { <EditForm own/> }.into_any(),
    };
    view! {
        <BackTop to=BEHIND.to_owned()>
            <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.mine.edit_title}</h1>
        </BackTop>
        <main id="main"><div class="page stack" data-gap="l">{form}</div></main>
    }
}

#[component]
fn EditForm(own: OwnEntry) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let go = use_go();
    let OwnEntry { id, entry, .. } = own;
    let valence = RwSignal::new(entry.valence);
    let themes = RwSignal::new(entry.themes.clone());
    let story = RwSignal::new(entry.story.clone());
    let save = Action::new_local(move |edit: &EntryEdit| {
        let (phone, edit) = (phone.clone(), edit.clone());
        async move { if edit == EntryEdit::default() { Ok(()) } else { phone.edit(id, edit).await } }
    });
    Effect::new(move |_| {
        if save.value().get() == Some(Ok(())) {
            go.back_to(BEHIND);
        }
    });
    let problem = move || save.value().get().and_then(Result::err);
    let photos = entry.photos.iter().map(|photo| {
        view! { <li><Photo record=id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut alt=words.general.photo/></li> }
    });
    let photos = photos.collect_view();
    let keep = move |_| {
        let now = Entry {
            valence: valence.get_untracked(),
            themes: themes.get_untracked(),
            story: story.get_untracked(),
            ..Entry::default()
        };
        save.dispatch(difference(&entry, &now));
    };
    let question = |text: &'static str| view! { <h2 data-size="m">{text}</h2> }.into_any();
    view! {
        <ul class="contact">{photos}</ul>
        <ValenceChoice legend=question(words.capture.valence) chosen=valence on_choose=|_| ()/>
        <ThemeChoice legend=question(words.capture.themes) chosen=themes on_choose=|_| ()/>
        <div class="stack" data-gap="xs">
            <h2 id="story-question" data-size="m">{words.capture.story}</h2>
            <StoryBox labelled_by="story-question" story on_write=|_| ()/>
        </div>
        <div role="status">{move || problem().map(|problem| view! { <Problem problem/> })}</div>
        <button class="button" data-kind="main" data-wide="" type="button" on:click=keep>{words.general.save}</button>
    }
}

#[component]
fn Problem(problem: SaveProblem) -> impl IntoView {
    let words = &use_words().saved;
    view! { <div class="notice" data-kind="warn"><Icon name="warn"/><p data-grow="">{(words.problem)(problem)}</p></div> }
}

/// Returns what has to be written to get from one to the other: only what was changed gets a new stamp.
fn difference(before: &Entry, now: &Entry) -> EntryEdit {
    EntryEdit {
        valence: now.valence.filter(|_| now.valence != before.valence),
        themes: (now.themes != before.themes).then(|| now.themes.clone()),
        themes_before: if now.themes == before.themes { Vec::new() } else { before.themes.clone() },
        story: (now.story != before.story).then(|| now.story.clone()),
        ..EntryEdit::default()
    }
}

#[cfg(test)]
mod tests {
    use domain::{Theme, Valence};

    use super::*;

    #[test]
    fn what_was_not_changed_is_not_written() {
        let entry = Entry {
            valence: Some(Valence::Good),
            themes: vec![Theme::Eten],
            story: "Lekker".into(),
            ..Entry::default()
        };
        assert_eq!(difference(&entry, &entry), EntryEdit::default());
        let now = Entry { story: "Heel lekker".into(), ..entry.clone() };
        assert_eq!(difference(&entry, &now), EntryEdit { story: Some("Heel lekker".into()), ..EntryEdit::default() });
    }

    #[test]
    fn a_theme_taken_out_is_told() {
        let entry = Entry { themes: vec![Theme::Eten, Theme::Groen], ..Entry::default() };
        let edit = difference(&entry, &Entry { themes: vec![Theme::Groen], ..Entry::default() });
        assert_eq!((edit.themes, edit.themes_before), (Some(vec![Theme::Groen]), vec![Theme::Eten, Theme::Groen]));
    }
}
