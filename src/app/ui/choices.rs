//! The three questions about a photo, as they are asked when it is made and when it is changed.

use domain::{MAX_STORY_CHARS, MAX_THEMES, Theme, Valence};
use leptos::prelude::*;

use super::{Icon, Mark, theme_icon};
use crate::light::{Derived, derive, live, on_input};
use crate::locales::use_words;

/// "Wat vind je hiervan?": three picture buttons. `legend` is the heading with the question.
#[component]
pub(crate) fn ValenceChoice(
    legend: AnyView,
    chosen: RwSignal<Option<Valence>>,
    #[prop(optional)] on_choose: Option<Callback<Valence>>,
) -> impl IntoView {
    let tile = move |valence| valence_tile(valence, chosen, on_choose);
    view! {
        <fieldset class="stack" role="radiogroup" aria-labelledby="valence-question">
            <legend id="valence-question">{legend}</legend>
            <div class="thirds">{[Valence::Good, Valence::CouldBeBetter, Valence::Both].map(tile).collect_view()}</div>
        </fieldset>
    }
}

fn valence_tile(valence: Valence, chosen: RwSignal<Option<Valence>>, on_choose: Option<Callback<Valence>>) -> AnyView {
    let words = use_words();
    let choose = on_input(move |_| {
        chosen.set(Some(valence));
        if let Some(on_choose) = on_choose {
            on_choose.run(valence);
        }
    });
    let is_chosen = live(move || chosen.get() == Some(valence));
    view! {
        <label class="choice" data-tone=valence.key() data-size="big">
            <input type="radio" name="valence" value=valence.key() prop:checked=is_chosen on:change=choose/>
            <Mark valence=Some(valence) size="l"/>
            <span class="choice-word">{(words.valence)(valence)}</span>
        </label>
    }
    .into_any()
}

/// "Waar gaat het over?": up to three tiles.
#[component]
pub(crate) fn ThemeChoice(
    legend: AnyView,
    chosen: RwSignal<Vec<Theme>>,
    #[prop(optional)] on_choose: Option<Callback<Vec<Theme>>>,
) -> impl IntoView {
    let words = &use_words().capture;
    let is_full = derive(move || chosen.with(Vec::len) >= MAX_THEMES);
    let hint = live(move || if is_full.get() { words.themes_full } else { words.themes_hint });
    let tile = move |theme: &Theme| theme_tile(*theme, chosen, is_full, on_choose);
    view! {
        <fieldset aria-describedby="themes-hint">
            <legend>{legend}</legend>
            <p id="themes-hint" class="quiet small themes-hint" aria-live="polite">{hint}</p>
            <div class="grid">{Theme::ALL.iter().map(tile).collect_view()}</div>
        </fieldset>
    }
}

fn theme_tile(
    theme: Theme,
    chosen: RwSignal<Vec<Theme>>,
    is_full: Derived<bool>,
    on_choose: Option<Callback<Vec<Theme>>>,
) -> AnyView {
    let words = use_words();
    let is_chosen = move || chosen.with(|all| all.contains(&theme));
    let change = on_input(move |event| {
        let themes = with_theme(&chosen.get_untracked(), theme, event_target_checked(event));
        chosen.set(themes.clone());
        if let Some(on_choose) = on_choose {
            on_choose.run(themes);
        }
    });
    view! {
        <label class="choice" data-size="tile">
            <input
                type="checkbox"
                name="theme"
                value=theme.key()
                prop:checked=live(is_chosen)
                prop:disabled=live(move || is_full.get() && !is_chosen())
                on:change=change
            />
            <Icon name=theme_icon(theme) size="l"/>
            <span class="choice-word">{(words.theme)(theme)}</span>
        </label>
    }
    .into_any()
}

/// Returns the themes with one put in or taken out, in their fixed order, never more than allowed.
fn with_theme(themes: &[Theme], theme: Theme, is_in: bool) -> Vec<Theme> {
    let has_room = themes.iter().filter(|other| **other != theme).count() < MAX_THEMES;
    let stays = |other: &Theme| if *other == theme { is_in && has_room } else { themes.contains(other) };
    Theme::ALL.iter().copied().filter(stays).collect()
}

/// "Vertel erbij": the ruled page. The heading beside it is its label, by `labelled_by`.
#[component]
pub(crate) fn StoryBox(
    labelled_by: &'static str,
    story: RwSignal<String>,
    #[prop(optional)] on_write: Option<Callback<String>>,
) -> impl IntoView {
    let write = on_input(move |event| {
        let text: String = event_target_value(event).chars().take(MAX_STORY_CHARS).collect();
        story.set(text.clone());
        if let Some(on_write) = on_write {
            on_write.run(text);
        }
    });
    view! {
        <div class="tell">
            <textarea
                rows="6"
                aria-labelledby=labelled_by
                maxlength=MAX_STORY_CHARS.to_string()
                placeholder=use_words().capture.story_hint
                prop:value=story.get_untracked()
                on:input=write
            ></textarea>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fourth_theme_does_not_stand() {
        let three = [Theme::Bewegen, Theme::Groen, Theme::Eten];
        assert_eq!(with_theme(&three, Theme::Anders, true), three);
        assert_eq!(with_theme(&three, Theme::Groen, false), [Theme::Bewegen, Theme::Eten]);
    }

    #[test]
    fn themes_stand_in_their_fixed_order_and_never_twice() {
        assert_eq!(with_theme(&[Theme::Eten], Theme::Bewegen, true), [Theme::Bewegen, Theme::Eten]);
        assert_eq!(with_theme(&[Theme::Eten], Theme::Eten, true), [Theme::Eten]);
    }
}
