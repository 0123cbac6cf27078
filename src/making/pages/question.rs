//! The questions that go further, one per screen, each to be skipped.

use browser::Draft;
use dom::{El, View, a, div, footer, h1, live, main};
use domain::{MAX_STORY_CHARS, ProjectSettings, QUESTION_KEYS, Question, RecordId, Reply};
use leptos::prelude::*;
use ui::{
    Language, at_phone, back_top, bones, count_of, dashes, icon, in_language, notice, story_box, use_language,
    use_phone, use_reading, use_screen, usual_questions,
};

use crate::locales::use_words;
use crate::places::{Place, story_path};

/// How a question is asked: its key, and the words.
type Asked = (String, String);

/// The screen with one question about a draft, by its place in the row.
pub(crate) fn question(draft: RecordId, at: usize) -> View {
    let phone = use_phone();
    let language = use_language().get_untracked();
    // Read once: what is typed here must not be swept away by what arrives meanwhile.
    let read = use_reading(move || {
        let phone = phone.clone();
        async move { (phone.draft(draft).await, phone.project_settings().await) }
    });
    live(move || match read.get() {
        None => main().attr("id", "main").child(div().class("page").child(bones())).into(),
        Some((None, _)) => {
            let page = div().class("page").child(notice("images", None, use_words().photos.gone));
            View::from(back_top("/")).and(main().attr("id", "main").child(page))
        }
        Some((Some(found), settings)) => {
            let asked = all_asked(&settings, language);
            match asked.get(at) {
                Some(one) => screen(&found, at, one, asked.len()),
                None => ended(draft),
            }
        }
    })
}

/// Returns the questions that the project asks, in their order; the usual ones where it has chosen none.
fn all_asked(settings: &ProjectSettings, language: Language) -> Vec<Asked> {
    let text_of = |question: &Question| {
        let usual = QUESTION_KEYS.iter().position(|usual| *usual == question.key);
        in_language(&question.texts, language).or_else(|| Some(usual_questions(language)[usual?])).map(str::to_owned)
    };
    let usual = QUESTION_KEYS.map(|key| Question { key: key.to_owned(), ..Question::default() });
    let chosen = if settings.questions.is_empty() { usual.as_slice() } else { &settings.questions };
    let chosen = chosen.iter().filter(|question| !question.is_off);
    chosen.filter_map(|question| Some((question.key.clone(), text_of(question)?))).collect()
}

fn screen(found: &Draft, at: usize, (key, asked): &Asked, count: usize) -> View {
    let words = &use_words().question;
    let phone = use_phone();
    let draft = found.id;
    let said = RwSignal::new(found.said_to(key).to_owned());
    let (title, reply) = (asked.clone(), Reply { key: key.clone(), asked: asked.clone(), text: String::new() });
    let write = Callback::new(move |text: String| {
        let (phone, reply) = (phone.clone(), Reply { text, ..reply.clone() });
        at_phone(async move { phone.reply(draft, reply).await });
    });
    let heading = h1().attr("data-size", "m").attr("id", "question").child(asked.as_str());
    let heading = use_screen(move || title.clone(), heading);
    let voice = a().class("tool").attr("href", &Place::Voice(draft).path()).child(icon("mic")).child(words.voice);
    let page = div()
        .class("page stack")
        .child(heading)
        .child(story_box("question", said, MAX_STORY_CHARS, Some(write)))
        .child(div().class("tools").child(voice));
    let before = at.checked_sub(1).map_or_else(|| story_path(draft), |before| Place::Question(draft, before).path());
    let told = (words.which)(count_of(at + 1), count_of(count));
    View::from(back_top(&before).child(dashes(at, count, &told)))
        .and(main().attr("id", "main").child(page))
        .and(foot(draft, at, count))
}

/// The way on; every question may be left open.
fn foot(draft: RecordId, at: usize, count: usize) -> El {
    let words = &use_words().question;
    let way = |to: &str, kind: &str| a().class("button").attr("data-kind", kind).attr("href", to);
    let is_last = at + 1 == count;
    let next = if is_last { story_path(draft) } else { Place::Question(draft, at + 1).path() };
    let inside = div().class("foot-inner");
    let inside = if is_last {
        inside.child(way(&next, "main").child(icon("check")).child(ui::use_words().general.done))
    } else {
        inside
            .child(way(&story_path(draft), "").child(words.enough))
            .child(way(&next, "ghost").child(words.skip))
            .child(way(&next, "main").child(words.next).child(icon("next").flag("data-flip", true)))
    };
    footer().class("foot").child(inside)
}

/// Behind the last one: the project asks fewer by now.
fn ended(draft: RecordId) -> View {
    let words = &use_words().question;
    let heading = use_screen(|| words.ended.to_owned(), h1().attr("data-size", "m").child(words.ended));
    let page = div().class("page stack").child(heading);
    let done = a().class("button").attr("data-kind", "main").attr("href", &story_path(draft));
    let done = div().class("foot-inner").child(done.child(ui::use_words().general.done));
    View::from(back_top(&story_path(draft)))
        .and(main().attr("id", "main").child(page))
        .and(footer().class("foot").child(done))
}

#[cfg(test)]
mod tests {
    use domain::Map;

    use super::*;

    fn own(key: &str, text: Option<&str>, is_off: bool) -> Question {
        let texts = text.map(|text| ("nl".to_owned(), text.to_owned())).into_iter().collect::<Map<_, _>>();
        Question { key: key.into(), texts, is_off }
    }

    #[test]
    fn a_project_that_chose_nothing_asks_the_usual_five() {
        let asked = all_asked(&ProjectSettings::default(), Language::English);
        assert_eq!(asked.len(), 5);
        assert_eq!(asked[0], ("see".to_owned(), usual_questions(Language::English)[0].to_owned()));
    }

    #[test]
    fn what_is_off_is_not_asked_and_what_has_no_words_in_a_language_is_asked_in_another() {
        let questions = vec![
            own("hond", Some("Waar plast de hond?"), false),
            own("see", None, false),
            own("why", None, true),
            own("leeg", None, false),
        ];
        let asked = all_asked(&ProjectSettings { questions, ..ProjectSettings::default() }, Language::English);
        let expected = [("hond", "Waar plast de hond?"), ("see", usual_questions(Language::English)[0])];
        assert_eq!(asked, expected.map(|(key, text)| (key.to_owned(), text.to_owned())));
    }
}
