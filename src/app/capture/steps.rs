//! The questions.

use dom::reactive::*;
use dom::{El, View, a, button, div, footer, h1, h2, main, span};
use domain::{MAX_STORY_CHARS, Reply, Theme, Valence, WHAT_IS_THERE};
use ui::{at_phone, back_top, count_of, icon, story_box, theme_choice, use_go, use_phone, use_screen, valence_choice};

use super::photos::{first_thumb, photos};
use super::refused::{refusals, use_dismiss};
use super::{Making, Step, beside_path, voice_path};
use crate::locales::use_words;
use crate::safety::{ABOUT_PEOPLE, safety};

/// The photo, and what its maker feels.
pub(super) fn valence_step(making: Making) -> View {
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let choose = Callback::new(move |valence: Valence| {
        dismiss.run(());
        let phone = phone.clone();
        at_phone(async move { phone.set_valence(making.id, valence).await });
    });
    let legend = question(ui::use_words().questions.valence);
    let choice = valence_choice(legend.into(), making.valence, Some(choose));
    let reminder = div().class("small quiet").child(safety(ABOUT_PEOPLE));
    step_screen(making, Step::Valence, [photos(making), choice, reminder])
}

/// What the photo is about.
pub(super) fn themes_step(making: Making) -> View {
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let choose = Callback::new(move |themes: Vec<Theme>| {
        dismiss.run(());
        let phone = phone.clone();
        at_phone(async move { phone.set_themes(making.id, themes).await });
    });
    let heading = question(ui::use_words().questions.themes).attr("data-grow", "");
    let legend = span().class("row").child(first_thumb(making)).child(heading);
    step_screen(making, Step::Themes, theme_choice(legend.into(), making.themes, Some(choose)))
}

/// The maker's words.
pub(super) fn story_step(making: Making) -> View {
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let tell = Callback::new(move |story: String| {
        dismiss.run(());
        let phone = phone.clone();
        at_phone(async move { phone.set_story(making.id, story).await });
    });
    let heading = question(ui::use_words().questions.story).attr("id", "story-question").attr("data-grow", "");
    let asked = div().class("row").child(first_thumb(making)).child(heading);
    let tool = |path: &str, drawing: &'static str, word: &'static str| {
        a().class("tool").attr("href", path).child(icon(drawing)).child(word)
    };
    let capture = &use_words().capture;
    let tools = [
        tool(&voice_path(making.id), "mic", capture.voice),
        tool(&format!("{}/plek", beside_path(making.id)), "here", capture.place),
        tool(&format!("{}/vraag/1", beside_path(making.id)), "talk", capture.questions),
    ];
    let words = story_box("story-question", making.story, MAX_STORY_CHARS, Some(tell));
    let page = View::from([asked, words, div().class("tools").child(tools)]).and(what_is_there(making));
    step_screen(making, Step::Story, page)
}

/// What is there already, asked wherever something could be better.
fn what_is_there(making: Making) -> Option<[El; 2]> {
    let could_be_better = matches!(making.valence.get_untracked(), Some(Valence::CouldBeBetter | Valence::Both));
    could_be_better.then(|| {
        let asked = use_words().capture.what_is_there;
        let phone = use_phone();
        let reply = Callback::new(move |text: String| {
            let phone = phone.clone();
            let reply = Reply { key: WHAT_IS_THERE.to_owned(), asked: asked.to_owned(), text };
            at_phone(async move { phone.reply(making.id, reply).await });
        });
        let heading = h2().attr("data-size", "m").attr("id", WHAT_IS_THERE).child(asked);
        [heading, story_box(WHAT_IS_THERE, making.what_is_there, MAX_STORY_CHARS, Some(reply))]
    })
}

/// The heading of a step, which is its question.
fn question(text: &'static str) -> El {
    use_screen(|| text.to_owned(), h1().attr("data-size", "m").child(text))
}

/// A question between the way back and the way on.
fn step_screen(making: Making, step: Step, asked: impl Into<View>) -> View {
    let page = div().class("page stack").child(refusals(making)).child(asked);
    let back = back_top(&step.path_before(making.id)).child(dashes(step));
    [back, main().attr("id", "main").child(page), step_foot(making, step)].into()
}

/// How far one is.
fn dashes(step: Step) -> El {
    let words = &use_words().capture;
    let here = Step::ASKING.iter().position(|other| *other == step).unwrap_or_default();
    let count = Step::ASKING.len();
    ui::dashes(here, count, &(words.step)(count_of(here + 1), count_of(count)))
}

/// What to do next, where the thumb is: save now, skip, go on. The last question is followed by saving alone.
fn step_foot(making: Making, step: Step) -> El {
    let words = use_words();
    let go = use_go();
    let dismiss = use_dismiss(making);
    let next = match step {
        Step::Valence => Some(Step::Themes),
        Step::Themes => Some(Step::Story),
        Step::Story | Step::Saved => None,
    };
    let save = button()
        .class("button")
        .maybe("data-kind", next.is_none().then_some("main"))
        .child(ui::use_words().general.save);
    let save = save.on_tap(move || {
        dismiss.run(());
        making.saving.begin.run(());
    });
    let onward = next.map(|next| {
        let onward = move |kind: &str| {
            button().class("button").attr("data-kind", kind).on_tap(move || {
                dismiss.run(());
                go.to(&next.path(making.id));
            })
        };
        let skip = onward("ghost").child(words.capture.skip);
        [skip, onward("main").child(words.capture.next).child(icon("next").flag("data-flip", true))]
    });
    footer().class("foot").child(div().class("foot-inner").child(save).child(onward))
}
