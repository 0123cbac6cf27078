//! Changing an own entry: the three questions again, on one screen.

use browser::{MediaSize, OwnEntry, SaveProblem};
use domain::{Entry, EntryEdit, RecordId};
use leptos::prelude::*;

use crate::app::use_phone;
use crate::light::{live, nothing, tap, use_doing, use_reading};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{BackTop, Bones, Notice, Photo, PhotoShape, StoryBox, ThemeChoice, ValenceChoice};

const BEHIND: &str = "/mijn";

/// The screen on which an own entry is changed.
#[component]
pub(crate) fn EditEntry(id: RecordId) -> impl IntoView {
    let words = use_words();
    let heading = use_screen(|| words.mine.edit_title.to_owned());
    let phone = use_phone();
    // Read once: what is typed here must not be swept away by what arrives meanwhile.
    let own = use_reading(move || {
        let phone = phone.clone();
        async move { phone.own_entry(id).await }
    });
    let form = live(move || match own.get() {
        None => view! { <Bones/> }.into_any(),
        Some(None) => view! { <p>{words.wall.entry_gone}</p> }.into_any(),
        Some(Some(own)) => form(own),
    });
    let title = view! { <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.mine.edit_title}</h1> };
    view! {
        <BackTop to=BEHIND.to_owned() beside=title.into_any()/>
        <main id="main"><div class="page stack" data-gap="l">{form}</div></main>
    }
}

fn form(own: OwnEntry) -> AnyView {
    let words = use_words();
    let phone = use_phone();
    let go = use_go();
    let OwnEntry { id, entry, .. } = own;
    let valence = RwSignal::new(entry.valence);
    let themes = RwSignal::new(entry.themes.clone());
    let story = RwSignal::new(entry.story.clone());
    let photo = |photo: &domain::PhotoRef| {
        let alt = words.general.photo;
        view! { <li><Photo record=id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut alt/></li> }
    };
    let photos = entry.photos.iter().map(photo).collect_view();
    let problem = RwSignal::new(None::<SaveProblem>);
    let saving = use_doing();
    let keep = tap(move || {
        let now = Entry {
            valence: valence.get_untracked(),
            themes: themes.get_untracked(),
            story: story.get_untracked(),
            ..Entry::default()
        };
        let (phone, edit) = (phone.clone(), difference(&entry, &now));
        saving.run(async move {
            let saved = if edit == EntryEdit::default() { Ok(()) } else { phone.edit(id, edit).await };
            match saved {
                Ok(()) => go.back_to(BEHIND),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    });
    let told = live(move || match problem.get() {
        Some(problem) => view! { <Notice icon="warn" kind="warn" text=(words.saved.problem)(problem)/> }.into_any(),
        None => nothing(),
    });
    let question = |text: &'static str| view! { <h2 data-size="m">{text}</h2> }.into_any();
    view! {
        <ul class="contact">{photos}</ul>
        <ValenceChoice legend=question(words.capture.valence) chosen=valence/>
        <ThemeChoice legend=question(words.capture.themes) chosen=themes/>
        <div class="stack" data-gap="xs">
            <h2 id="story-question" data-size="m">{words.capture.story}</h2>
            <StoryBox labelled_by="story-question" story/>
        </div>
        <div role="status">{told}</div>
        <button class="button" data-kind="main" data-wide="" type="button" on:click=keep>{words.general.save}</button>
    }
    .into_any()
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
