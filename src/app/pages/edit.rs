//! Changing an own entry: the three questions again, on one screen.

use browser::{MediaSize, OwnEntry, SaveProblem};
use dom::{El, View, button, div, h1, h2, li, live, main, p, ul};
use domain::{Entry, EntryEdit, RecordId, Theme, Valence};
use leptos::prelude::*;
use ui::{PhotoShape, at_phone, back_top, bones, derive, notice, photo, use_go, use_phone, use_reading, use_screen};

use crate::choices::{story_box, theme_choice, valence_choice};
use crate::locales::use_words;

const BEHIND: &str = "/mijn";

/// The screen on which an own entry is changed.
pub(crate) fn edit_entry(id: RecordId) -> View {
    let words = use_words();
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.mine.edit_title);
    let heading = use_screen(|| words.mine.edit_title.to_owned(), heading);
    let phone = use_phone();
    // Read once: what is typed here must not be swept away by what arrives meanwhile.
    let read = use_reading(move || {
        let phone = phone.clone();
        async move { phone.own_entry(id).await }
    });
    let own = derive(move || read.get());
    let form = live(move || match own.get() {
        None => View::from(bones()),
        Some(None) => p().child(words.wall.entry_gone).into(),
        Some(Some(own)) => form(own),
    });
    let page = div().class("page stack").attr("data-gap", "l").child(form);
    [back_top(BEHIND).child(heading), main().attr("id", "main").child(page)].into()
}

/// What the form holds, as it stands on the screen.
#[derive(Clone, Copy)]
struct Answers {
    valence: RwSignal<Option<Valence>>,
    themes: RwSignal<Vec<Theme>>,
    story: RwSignal<String>,
}

impl Answers {
    fn of(entry: &Entry) -> Self {
        Self {
            valence: RwSignal::new(entry.valence),
            themes: RwSignal::new(entry.themes.clone()),
            story: RwSignal::new(entry.story.clone()),
        }
    }

    fn now(self) -> Entry {
        Entry {
            valence: self.valence.get_untracked(),
            themes: self.themes.get_untracked(),
            story: self.story.get_untracked(),
            ..Entry::default()
        }
    }
}

fn form(own: OwnEntry) -> View {
    let words = &use_words().capture;
    let answers = Answers::of(&own.entry);
    let question = |text: &str| h2().attr("data-size", "m").child(text);
    let story = div()
        .class("stack")
        .attr("data-gap", "xs")
        .child(question(words.story).attr("id", "story-question"))
        .child(story_box("story-question", answers.story, None));
    View::from(pictures(&own))
        .and(valence_choice(question(words.valence).into(), answers.valence, None))
        .and(theme_choice(question(words.themes).into(), answers.themes, None))
        .and(story)
        .and(keep(own, answers))
}

fn pictures(own: &OwnEntry) -> El {
    let alt = ui::use_words().general.photo;
    let picture = |of| li().child(photo(own.id, of, MediaSize::Small, PhotoShape::Cut, alt));
    ul().class("contact").child(own.entry.photos.iter().copied().map(picture).collect::<View>())
}

/// Writes what was changed, and tells where that did not work.
fn keep(own: OwnEntry, answers: Answers) -> [El; 2] {
    let words = use_words();
    let phone = use_phone();
    let go = use_go();
    let OwnEntry { id, entry, .. } = own;
    let problem = RwSignal::new(None::<SaveProblem>);
    let told = live(move || problem.get().map(|why| notice("warn", Some("warn"), (words.saved.problem)(why))));
    let save =
        button().class("button").attr("data-kind", "main").attr("data-wide", "").child(ui::use_words().general.save);
    let save = save.on_tap(move || {
        let (phone, edit) = (phone.clone(), difference(&entry, &answers.now()));
        at_phone(async move {
            let saved = if edit == EntryEdit::default() { Ok(()) } else { phone.edit(id, edit).await };
            match saved {
                Ok(()) => go.back_to(BEHIND),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    });
    [div().attr("role", "status").child(told), save]
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
