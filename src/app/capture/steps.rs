//! The questions.

use domain::{Theme, Valence};
use leptos::prelude::*;

use super::photos::{FirstThumb, Photos};
use super::refused::{Refused, use_dismiss};
use super::{Making, Step};
use crate::app::use_phone;
use crate::light::{tap, use_doing};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{BackTop, Icon, StoryBox, ThemeChoice, ValenceChoice};

/// The photo, and what its maker feels.
#[component]
pub(super) fn ValenceStep(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let heading = use_screen(|| words.valence.to_owned());
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let write = use_doing();
    let choose = Callback::new(move |valence: Valence| {
        dismiss.run(());
        let phone = phone.clone();
        write.run(async move { phone.set_valence(making.id, valence).await });
    });
    let legend = view! { <h1 node_ref=heading tabindex="-1" data-size="m">{words.valence}</h1> }.into_any();
    let asked = view! {
        <Photos making/>
        <ValenceChoice legend chosen=making.valence on_choose=choose/>
    };
    step_screen(making, Step::Valence, asked.into_any())
}

/// What the photo is about.
#[component]
pub(super) fn ThemesStep(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let heading = use_screen(|| words.themes.to_owned());
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let write = use_doing();
    let choose = Callback::new(move |themes: Vec<Theme>| {
        dismiss.run(());
        let phone = phone.clone();
        write.run(async move { phone.set_themes(making.id, themes).await });
    });
    let legend = view! {
        <span class="row">
            <FirstThumb making/>
            <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.themes}</h1>
        </span>
    };
    let asked = view! { <ThemeChoice legend=legend.into_any() chosen=making.themes on_choose=choose/> };
    step_screen(making, Step::Themes, asked.into_any())
}

/// The maker's words.
#[component]
pub(super) fn StoryStep(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let heading = use_screen(|| words.story.to_owned());
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let write = use_doing();
    let tell = Callback::new(move |story: String| {
        dismiss.run(());
        let phone = phone.clone();
        write.run(async move { phone.set_story(making.id, story).await });
    });
    let asked = view! {
        <div class="row">
            <FirstThumb making/>
            <h1 id="story-question" node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.story}</h1>
        </div>
        <StoryBox labelled_by="story-question" story=making.story on_write=tell/>
    };
    step_screen(making, Step::Story, asked.into_any())
}

/// A question between the way back and the way on.
fn step_screen(making: Making, step: Step, asked: AnyView) -> AnyView {
    view! {
        <BackTop to=step.path_before(making.id) beside=dashes(step)/>
        <main id="main">
            <div class="page stack"><Refused making/> {asked}</div>
        </main>
        <StepFoot making step/>
    }
    .into_any()
}

/// How far one is.
fn dashes(step: Step) -> AnyView {
    let words = &use_words().capture;
    let here = Step::ASKING.iter().position(|other| *other == step).unwrap_or_default();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let dash = |index: usize| {
        let (done, current) = ((index < here).then_some(""), (index == here).then_some("step"));
        view! { <li data-done=done aria-current=current></li> }
    };
    view! {
        <ol class="steps" aria-label=(words.step)(count(here + 1), count(Step::ASKING.len()))>
            {(0..Step::ASKING.len()).map(dash).collect_view()}
        </ol>
    }
    .into_any()
}

/// What to do next, where the thumb is: save now, skip, go on. The last question is followed by saving alone.
#[component]
fn StepFoot(making: Making, step: Step) -> impl IntoView {
    let words = use_words();
    let go = use_go();
    let dismiss = use_dismiss(making);
    let save = tap(move || {
        dismiss.run(());
        go.instead(&Step::Saved.path(making.id));
    });
    let next = match step {
        Step::Valence => Some(Step::Themes),
        Step::Themes => Some(Step::Story),
        Step::Story | Step::Saved => None,
    };
    let go_on = move |step: Step| {
        tap(move || {
            dismiss.run(());
            go.to(&step.path(making.id));
        })
    };
    let kind = next.is_none().then_some("main");
    let onward = next.map(|next| {
        view! {
            <button class="button" data-kind="ghost" type="button" on:click=go_on(next)>{words.capture.skip}</button>
            <button class="button" data-kind="main" type="button" on:click=go_on(next)>
                {words.capture.next}
                <Icon name="next" flip=true/>
            </button>
        }
    });
    view! {
        <footer class="foot">
            <div class="foot-inner">
                <button class="button" data-kind=kind type="button" on:click=save>{words.general.save}</button>
                {onward}
            </div>
        </footer>
    }
}
