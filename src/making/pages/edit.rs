//! Changing an own entry: the questions again, on one screen, who may see it, and what was said of it.

use browser::{Guidance, MediaSize, OwnEntry, Phone, Said, SaveProblem, ShownText};
use dom::{El, View, br, button, div, h1, h2, input, label, li, live, main, p, span, ul};
use domain::{
    Audience, ConsentSubject, Entry, EntryEdit, MAX_REASON_CHARS, MAX_STORY_CHARS, RecordId, Reply, Theme, Transcript,
    TypedBy, Valence,
};
use leptos::prelude::*;
use ui::{
    PhotoShape, Standing, at_phone, audience_choice, back_top, bones, derive, notice, photo, story_box, theme_choice,
    use_language, use_phone, use_reading, use_screen, valence_choice, voice,
};

use super::people::people_link;
use crate::locales::use_words;
use crate::places::{MINE, leave_to};

/// The screen on which an own entry is changed.
pub(crate) fn edit(id: RecordId) -> View {
    let words = use_words();
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.edit.title);
    let heading = use_screen(|| words.edit.title.to_owned(), heading);
    let phone = use_phone();
    let language = use_language().get_untracked().lang();
    // Read once: what is typed here must not be swept away by what arrives meanwhile.
    let read = use_reading(move || {
        let phone = phone.clone();
        async move {
            let text = phone.shown_text(ConsentSubject::Audience, language).await;
            (phone.own_entry(id).await, phone.guidance().await, phone.typed_by_guide(id).await, text)
        }
    });
    let own = derive(move || read.get());
    let form = live(move || match own.get() {
        None => View::from(bones()),
        Some((None, ..)) => p().child(words.photos.gone).into(),
        Some((Some(own), guidance, typed, text)) => form(own, &guidance, typed.as_deref(), &text),
    });
    let page = div().class("page stack").attr("data-gap", "l").child(form);
    [back_top(MINE).child(heading), main().attr("id", "main").child(page)].into()
}

/// What the form holds, as it stands on the screen.
#[derive(Clone, Copy)]
struct Answers {
    valence: RwSignal<Option<Valence>>,
    themes: RwSignal<Vec<Theme>>,
    story: RwSignal<String>,
    typed: RwSignal<String>,
    audience: RwSignal<Audience>,
    keep_copy: RwSignal<bool>,
    answer: RwSignal<String>,
    replies: StoredValue<Vec<(Reply, RwSignal<String>)>>,
}

impl Answers {
    fn of(own: &OwnEntry, guidance: &Guidance) -> Self {
        let entry = &own.entry;
        let answer = guidance.of(own.id).map(|said| said.answer.clone());
        Self {
            valence: RwSignal::new(entry.valence),
            themes: RwSignal::new(entry.themes.clone()),
            story: RwSignal::new(entry.story.clone()),
            typed: RwSignal::new(entry.transcript.as_ref().map(|typed| typed.text.clone()).unwrap_or_default()),
            audience: RwSignal::new(guidance.audience_of(entry)),
            keep_copy: RwSignal::new(own.keeps_copy),
            answer: RwSignal::new(answer.unwrap_or_default()),
            replies: StoredValue::new(
                entry.replies.iter().map(|reply| (reply.clone(), RwSignal::new(reply.text.clone()))).collect(),
            ),
        }
    }

    fn now(self) -> Entry {
        Entry {
            valence: self.valence.get_untracked(),
            themes: self.themes.get_untracked(),
            story: self.story.get_untracked(),
            transcript: self.typed.with_untracked(|typed| Transcript::new(typed, TypedBy::Maker)),
            replies: self.replies.with_value(|all| {
                let now =
                    |(reply, text): &(Reply, RwSignal<String>)| Reply { text: text.get_untracked(), ..reply.clone() };
                all.iter().map(now).collect()
            }),
            ..Entry::default()
        }
    }
}

fn form(own: OwnEntry, guidance: &Guidance, typed_by_guide: Option<&str>, text: &ShownText) -> View {
    let words = ui::use_words();
    let answers = Answers::of(&own, guidance);
    let standing = Standing::of(own.id, &own.entry, guidance);
    let answer = standing.as_ref().filter(|standing| standing.takes_answer());
    let answer = answer.map(|_| writing("answer", words.showing.answer, answers.answer, MAX_REASON_CHARS));
    View::from(pictures(&own))
        .and(standing.map(|standing| standing.told()))
        .and(answer)
        .and(valence_choice(question(words.questions.valence).into(), answers.valence, None))
        .and(theme_choice(question(words.questions.themes).into(), answers.themes, None))
        .and(writing("story-question", words.questions.story, answers.story, MAX_STORY_CHARS))
        .and(spoken(&own, typed_by_guide, answers))
        .and(people_link(own.id))
        .and(replied(answers))
        .and(audience(answers, guidance.sharing.has_groups))
        .and(agreed(answers, guidance.audience_of(&own.entry), text))
        .and(copy(answers))
        .and(keep(own, answers, guidance, text.version))
}

fn question(text: &str) -> El {
    h2().attr("data-size", "m").child(text)
}

fn writing(id: &str, asked: &str, text: RwSignal<String>, most: usize) -> El {
    let heading = question(asked).attr("id", id);
    div().class("stack").attr("data-gap", "xs").child(heading).child(story_box(id, text, most, None))
}

/// What was told by voice, and the same in writing: the maker's words for it stand before a guide's.
fn spoken(own: &OwnEntry, typed_by_guide: Option<&str>, answers: Answers) -> View {
    if own.entry.voice.is_none() {
        return View::nothing();
    }
    let by_guide = typed_by_guide.filter(|_| own.entry.transcript.is_none());
    let transcript = by_guide.and_then(|text| Transcript::new(text, TypedBy::Guide));
    let heard =
        div().class("stack").attr("data-gap", "xs").child(voice(own.id, &Entry { transcript, ..own.entry.clone() }));
    View::from(heard).and(writing("typed", use_words().edit.typed, answers.typed, MAX_STORY_CHARS))
}

/// What was said to questions.
fn replied(answers: Answers) -> View {
    let one = |(reply, text): &(Reply, RwSignal<String>)| {
        writing(&format!("reply-{}", reply.key), &reply.asked, *text, MAX_STORY_CHARS)
    };
    answers.replies.with_value(|all| all.iter().map(one).collect())
}

fn audience(answers: Answers, has_groups: bool) -> El {
    let Answers { audience, .. } = answers;
    let choose = Callback::new(move |choice| audience.set(choice));
    audience_choice(question(ui::use_words().showing.question), derive(move || audience.get()), choose, has_groups)
}

/// What the maker agrees to who shows an entry to more people, where the project says so in words of its own. `before` is who saw it.
fn agreed(answers: Answers, before: Audience, text: &ShownText) -> View {
    let words = text.words.clone();
    live(move || {
        let words = words.as_deref().filter(|_| answers.audience.get() > before);
        words.map(|words| notice("hands", None, words))
    })
}

/// Where an entry is that is for its maker alone, and whether the server keeps a copy.
fn copy(answers: Answers) -> View {
    let words = &ui::use_words().showing;
    let is_alone = derive(move || answers.audience.get() == Audience::OnlyMe);
    live(move || {
        is_alone.get().then(|| {
            let field = input()
                .attr("type", "checkbox")
                .prop("checked", answers.keep_copy.get_untracked())
                .on("change", move |event| answers.keep_copy.set(event_target_checked(event)));
            let why = span().class("small quiet").child(words.keep_copy_why);
            let told = span().class("option-words").child(words.keep_copy).child(br()).child(why);
            [p().child(words.stays), label().class("option").child(field).child(told)]
        })
    })
}

fn pictures(own: &OwnEntry) -> El {
    let alt = ui::use_words().general.photo;
    let picture = |of| li().child(photo(own.id, of, MediaSize::Small, PhotoShape::Cut, alt));
    ul().class("contact").child(own.entry.photos.iter().copied().map(picture).collect::<View>())
}

/// Writes what was changed, and tells where that did not work.
fn keep(own: OwnEntry, answers: Answers, guidance: &Guidance, text_version: u32) -> [El; 2] {
    let words = ui::use_words();
    let phone = use_phone();
    let text = (text_version, use_language().get_untracked().lang());
    let said = guidance.of(own.id).cloned();
    let audience = guidance.audience_of(&own.entry);
    let problem = RwSignal::new(None::<SaveProblem>);
    let told = live(move || problem.get().map(|why| notice("warn", Some("warn"), (words.save_problem)(why))));
    let save = button().class("button").attr("data-kind", "main").attr("data-wide", "").child(words.general.save);
    let save = save.on_tap(move || {
        let (phone, own, said) = (phone.clone(), own.clone(), said.clone());
        at_phone(async move {
            match write(&phone, own, (audience, text), said, answers).await {
                Ok(()) => leave_to(MINE),
                Err(why) => drop(problem.try_set(Some(why))),
            }
        });
    });
    [div().attr("role", "status").child(told), save]
}

/// Writes what is other than it was. `audience` is who saw it, and `text` what the maker agrees to who shows it to more people.
async fn write(
    phone: &Phone,
    own: OwnEntry,
    (audience, text): (Audience, (u32, &str)),
    said: Option<Said>,
    answers: Answers,
) -> Result<(), SaveProblem> {
    let OwnEntry { id, entry, project, keeps_copy, .. } = own;
    let (chosen, keep_copy) = (answers.audience.get_untracked(), answers.keep_copy.get_untracked());
    let is_shown_otherwise = (chosen, keep_copy) != (audience, keeps_copy);
    let is_narrow = chosen == Audience::OnlyMe;
    let edit = difference(&entry, &answers.now());
    // What is written for oneself alone reaches nobody on its way, and what was so is gone before others see it.
    if is_shown_otherwise && is_narrow {
        phone.show(id, chosen, keep_copy).await?;
    }
    if edit != EntryEdit::default() {
        phone.edit(id, edit).await?;
    }
    if is_shown_otherwise && !is_narrow {
        if chosen > audience {
            phone.agree_to_show(id, chosen, text).await?;
        }
        phone.show(id, chosen, keep_copy).await?;
    }
    let answer = answers.answer.get_untracked();
    match said.zip(project).filter(|(said, _)| said.answer != answer) {
        Some((said, project)) => phone.answer(project, &said, answer).await,
        None => Ok(()),
    }
}

/// Returns what has to be written to get from one to the other: only what was changed gets a new stamp.
fn difference(before: &Entry, now: &Entry) -> EntryEdit {
    EntryEdit {
        valence: now.valence.filter(|_| now.valence != before.valence),
        themes: (now.themes != before.themes).then(|| now.themes.clone()),
        themes_before: if now.themes == before.themes { Vec::new() } else { before.themes.clone() },
        story: (now.story != before.story).then(|| now.story.clone()),
        transcript: (now.transcript != before.transcript)
            .then(|| now.transcript.as_ref().map(|typed| typed.text.clone()).unwrap_or_default()),
        replies: now.replies.iter().filter(|reply| !before.replies.contains(reply)).cloned().collect(),
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
        let typed = Entry { transcript: Transcript::new("Lekker hoor", TypedBy::Maker), ..entry.clone() };
        let written = |text: &str| EntryEdit { transcript: Some(text.into()), ..EntryEdit::default() };
        assert_eq!(difference(&entry, &typed), written("Lekker hoor"));
        assert_eq!(difference(&typed, &entry), written(""));
    }

    #[test]
    fn a_theme_taken_out_is_told() {
        let entry = Entry { themes: vec![Theme::Eten, Theme::Groen], ..Entry::default() };
        let edit = difference(&entry, &Entry { themes: vec![Theme::Groen], ..Entry::default() });
        assert_eq!((edit.themes, edit.themes_before), (Some(vec![Theme::Groen]), vec![Theme::Eten, Theme::Groen]));
    }
}
