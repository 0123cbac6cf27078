//! The three questions about a photo, as they are asked when it is made and when it is changed.

use domain::{MAX_STORY_CHARS, MAX_THEMES, Theme, Valence};
use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

use super::icon::theme_icon;
use super::{Icon, Mark};
use crate::locales::use_words;

/// "Wat vind je hiervan?": three picture buttons. `legend` is the heading with the question.
#[component]
pub(crate) fn ValenceChoice(
    legend: AnyView,
    chosen: RwSignal<Option<Valence>>,
    #[prop(into)] on_choose: Callback<Valence>,
) -> impl IntoView {
    let words = use_words();
    let tile = move |valence: Valence| {
        let choose = move |_| {
            chosen.set(Some(valence));
            on_choose.run(valence);
        };
        view! {
            <label class="choice" data-tone=valence.key() data-size="big">
                <input
                    type="radio"
                    name="valence"
                    value=valence.key()
                    prop:checked=move || chosen.get() == Some(valence)
                    on:change=choose
                />
                <Mark valence=Some(valence) size="l"/>
                <span class="choice-word">{(words.valence)(valence)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="stack" role="radiogroup" aria-labelledby="valence-question">
            <legend id="valence-question">{legend}</legend>
            <div class="thirds">
                {tile(Valence::Good)} {tile(Valence::CouldBeBetter)} {tile(Valence::Both)}
            </div>
        </fieldset>
    }
}

/// "Waar gaat het over?": up to three tiles.
#[component]
pub(crate) fn ThemeChoice(
    legend: AnyView,
    chosen: RwSignal<Vec<Theme>>,
    #[prop(into)] on_choose: Callback<Vec<Theme>>,
) -> impl IntoView {
    let words = use_words();
    let is_full = Memo::new(move |_| chosen.with(Vec::len) >= MAX_THEMES);
    let hint = move || if is_full.get() { words.capture.themes_full } else { words.capture.themes_hint };
    let tile = move |theme: Theme| {
        let is_chosen = Memo::new(move |_| chosen.with(|all| all.contains(&theme)));
        let change = move |event: Targeted<Event, HtmlInputElement>| {
            let themes = with_theme(&chosen.get_untracked(), theme, event.target().checked());
            chosen.set(themes.clone());
            on_choose.run(themes);
        };
        view! {
            <label class="choice" data-size="tile">
                <input
                    type="checkbox"
                    name="theme"
                    value=theme.key()
                    prop:checked=is_chosen
                    disabled=move || is_full.get() && !is_chosen.get()
                    on:change:target=change
                />
                <Icon name=theme_icon(theme) size="l"/>
                <span class="choice-word">{(words.theme)(theme)}</span>
            </label>
        }
    };
    view! {
        <fieldset aria-describedby="themes-hint">
            <legend>{legend}</legend>
            <p id="themes-hint" class="quiet small themes-hint" aria-live="polite">{hint}</p>
            <div class="grid">{Theme::ALL.iter().copied().map(tile).collect_view()}</div>
        </fieldset>
    }
}

/// Returns the themes with one put in or taken out, in their fixed order, never more than allowed.
fn with_theme(themes: &[Theme], theme: Theme, is_in: bool) -> Vec<Theme> {
    let mut themes: Vec<_> = themes.iter().copied().filter(|other| *other != theme).collect();
    if is_in && themes.len() < MAX_THEMES {
        themes.push(theme);
    }
    themes.sort();
    themes
}

/// "Vertel erbij": the ruled page. The heading beside it is its label, by `labelled_by`.
#[component]
pub(crate) fn StoryBox(
    labelled_by: &'static str,
    story: RwSignal<String>,
    #[prop(into)] on_write: Callback<String>,
) -> impl IntoView {
    let words = use_words();
    let write = move |event: Targeted<Event, HtmlTextAreaElement>| {
        let text: String = event.target().value().chars().take(MAX_STORY_CHARS).collect();
        story.set(text.clone());
        on_write.run(text);
    };
    let first = story.get_untracked();
    view! {
        <div class="tell">
            <textarea
                rows="6"
                aria-labelledby=labelled_by
                maxlength=MAX_STORY_CHARS.to_string()
                placeholder=words.capture.story_hint
                prop:value=first
                on:input:target=write
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
