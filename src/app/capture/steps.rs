//! The questions.

use leptos::prelude::*;

use super::photos::{FirstThumb, Photos};
use super::refused::{Refused, use_dismiss};
use super::{Making, Step};
use crate::app::use_phone;
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
    let write = Action::new_local(move |valence: &domain::Valence| {
        let (phone, valence) = (phone.clone(), *valence);
        async move { phone.set_valence(making.id, valence).await }
    });
    let choose = move |valence| {
        dismiss.run(());
        write.dispatch(valence);
    };
    let legend = view! { <h1 node_ref=heading tabindex="-1" data-size="m">{words.valence}</h1> }.into_any();
    view! {
        <StepTop making step=Step::Valence/>
        <main id="main">
            <div class="page stack">
                <Refused making/>
                <Photos making/>
                <ValenceChoice legend chosen=making.valence on_choose=choose/>
            </div>
        </main>
        <StepFoot making step=Step::Valence/>
    }
}

/// What the photo is about.
#[component]
pub(super) fn ThemesStep(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let heading = use_screen(|| words.themes.to_owned());
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let write = Action::new_local(move |themes: &Vec<domain::Theme>| {
        let (phone, themes) = (phone.clone(), themes.clone());
        async move { phone.set_themes(making.id, themes).await }
    });
    let choose = move |themes| {
        dismiss.run(());
        write.dispatch(themes);
    };
    let legend = view! {
        <span class="row">
            <FirstThumb making/>
            <h1 node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.themes}</h1>
        </span>
    };
    view! {
        <StepTop making step=Step::Themes/>
        <main id="main">
            <div class="page stack">
                <Refused making/>
                <ThemeChoice legend=legend.into_any() chosen=making.themes on_choose=choose/>
            </div>
        </main>
        <StepFoot making step=Step::Themes/>
    }
}

/// The maker's words.
#[component]
pub(super) fn StoryStep(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let heading = use_screen(|| words.story.to_owned());
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let write = Action::new_local(move |story: &String| {
        let (phone, story) = (phone.clone(), story.clone());
        async move { phone.set_story(making.id, story).await }
    });
    let tell = move |story| {
        dismiss.run(());
        write.dispatch(story);
    };
    view! {
        <StepTop making step=Step::Story/>
        <main id="main">
            <div class="page stack">
                <Refused making/>
                <div class="row">
                    <FirstThumb making/>
                    <h1 id="story-question" node_ref=heading tabindex="-1" data-size="m" data-grow="">{words.story}</h1>
                </div>
                <StoryBox labelled_by="story-question" story=making.story on_write=tell/>
            </div>
        </main>
        <StepFoot making step=Step::Story/>
    }
}

/// The way back, and how far one is.
#[component]
fn StepTop(making: Making, step: Step) -> impl IntoView {
    let words = &use_words().capture;
    let here = Step::ASKING.iter().position(|other| *other == step).unwrap_or_default();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let dash = move |index: usize| {
        let is_current = (index == here).then_some("step");
        view! { <li data-done=(index < here).then_some("") aria-current=is_current></li> }
    };
    view! {
        <BackTop to=step.path_before(making.id)>
            <ol class="steps" aria-label=(words.step)(count(here + 1), count(Step::ASKING.len()))>
                {(0..Step::ASKING.len()).map(dash).collect_view()}
            </ol>
        </BackTop>
    }
}

/// What to do next, where the thumb is: save now, skip, go on. The last question is followed by saving alone.
#[component]
fn StepFoot(making: Making, step: Step) -> impl IntoView {
    let words = use_words();
    let go = use_go();
    let dismiss = use_dismiss(making);
    let save = move |_| {
        dismiss.run(());
        go.instead(&Step::Saved.path(making.id));
    };
    let next = match step {
        Step::Valence => Some(Step::Themes),
        Step::Themes => Some(Step::Story),
        Step::Story | Step::Saved => None,
    };
    let go_on = move |step: Step| {
        dismiss.run(());
        go.to(&step.path(making.id));
    };
    let kind = next.is_none().then_some("main");
    let onward = next.map(|next| {
        view! {
            <button class="button" data-kind="ghost" type="button" on:click=move |_| go_on(next)>{words.capture.skip}</button>
            <button class="button" data-kind="main" type="button" on:click=move |_| go_on(next)>
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
