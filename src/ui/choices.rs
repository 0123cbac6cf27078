//! The questions about a photo, as they are asked when it is made and when it is changed.

use dom::reactive::*;
use dom::{El, View, div, fieldset, input, label, live, p, span, textarea};
use domain::{Audience, MAX_THEMES, Theme, Valence};
use web_sys::Event;

use crate::icon::{icon, mark, theme_icon};
use crate::light::{Derived, derive};
use crate::locales::use_words;

/// "Wat vind je hiervan?": three picture buttons. `legend` is the heading with the question.
pub fn valence_choice(legend: View, chosen: RwSignal<Option<Valence>>, on_choose: Option<Callback<Valence>>) -> El {
    let tile = move |valence| valence_tile(valence, chosen, on_choose);
    fieldset()
        .class("stack")
        .attr("role", "radiogroup")
        .attr("aria-labelledby", "valence-question")
        .child(dom::legend().attr("id", "valence-question").child(legend))
        .child(div().class("thirds").child([Valence::Good, Valence::CouldBeBetter, Valence::Both].map(tile)))
}

fn valence_tile(valence: Valence, chosen: RwSignal<Option<Valence>>, on_choose: Option<Callback<Valence>>) -> El {
    let words = use_words();
    let choose = move || {
        chosen.set(Some(valence));
        if let Some(on_choose) = on_choose {
            on_choose.run(valence);
        }
    };
    label()
        .class("choice")
        .attr("data-tone", valence.key())
        .attr("data-size", "big")
        .child(radio("valence", move || chosen.get() == Some(valence), choose))
        .child(mark(Some(valence)).attr("data-size", "l"))
        .child(span().class("choice-word").child((words.valence)(valence)))
}

/// One of several that exclude each other.
pub fn radio(name: &str, is_chosen: impl FnMut() -> bool + 'static, mut choose: impl FnMut() + 'static) -> El {
    let field = input().attr("type", "radio").attr("name", name).prop_live("checked", is_chosen);
    field.on("change", move |_| choose())
}

/// "Wie mag dit zien?": who may, as far as there are such in the project.
pub fn audience_choice(legend: El, chosen: Derived<Audience>, choose: Callback<Audience>, has_groups: bool) -> El {
    let words = &use_words().showing;
    let option = move |audience| {
        let field = radio("audience", move || chosen.get() == audience, move || choose.run(audience));
        label().class("option").child(field).child(span().class("option-words").child((words.choice)(audience)))
    };
    let is_there = move |audience: &Audience| has_groups || *audience != Audience::MyGroup;
    let options = Audience::ALL.into_iter().rev().filter(is_there).map(option).collect::<View>();
    fieldset().class("stack").attr("data-gap", "2xs").child(dom::legend().child(legend)).child(options)
}

/// "Waar gaat het over?": up to three tiles.
pub fn theme_choice(legend: View, chosen: RwSignal<Vec<Theme>>, on_choose: Option<Callback<Vec<Theme>>>) -> El {
    let words = &use_words().questions;
    let is_full = derive(move || chosen.with(Vec::len) >= MAX_THEMES);
    let hint = p()
        .attr("id", "themes-hint")
        .class("quiet small themes-hint")
        .attr("aria-live", "polite")
        .child(live(move || if is_full.get() { words.themes_full } else { words.themes_hint }));
    let tile = move |theme: &Theme| theme_tile(*theme, chosen, is_full, on_choose);
    fieldset()
        .attr("aria-describedby", "themes-hint")
        .child(dom::legend().child(legend))
        .child(hint)
        .child(div().class("grid").child(Theme::ALL.iter().map(tile).collect::<View>()))
}

fn theme_tile(
    theme: Theme,
    chosen: RwSignal<Vec<Theme>>,
    is_full: Derived<bool>,
    on_choose: Option<Callback<Vec<Theme>>>,
) -> El {
    let words = use_words();
    let is_chosen = move || chosen.with(|all| all.contains(&theme));
    let change = move |event: &Event| {
        let themes = with_theme(&chosen.get_untracked(), theme, event_target_checked(event));
        chosen.set(themes.clone());
        if let Some(on_choose) = on_choose {
            on_choose.run(themes);
        }
    };
    let field = input()
        .attr("type", "checkbox")
        .attr("name", "theme")
        .attr("value", theme.key())
        .prop_live("checked", is_chosen)
        .prop_live("disabled", move || is_full.get() && !is_chosen())
        .on("change", change);
    label()
        .class("choice")
        .attr("data-size", "tile")
        .child(field)
        .child(icon(theme_icon(theme)).attr("data-size", "l"))
        .child(span().class("choice-word").child((words.theme)(theme)))
}

/// Returns the themes with one put in or taken out, in their fixed order, never more than allowed.
fn with_theme(themes: &[Theme], theme: Theme, is_in: bool) -> Vec<Theme> {
    let has_room = themes.iter().filter(|other| **other != theme).count() < MAX_THEMES;
    let stays = |other: &Theme| if *other == theme { is_in && has_room } else { themes.contains(other) };
    Theme::ALL.iter().copied().filter(stays).collect()
}

/// The ruled page, for so many signs at the most. The heading beside it is its label, by `labelled_by`.
pub fn story_box(labelled_by: &str, story: RwSignal<String>, most: usize, on_write: Option<Callback<String>>) -> El {
    let write = move |event: &Event| {
        let text: String = event_target_value(event).chars().take(most).collect();
        story.set(text.clone());
        if let Some(on_write) = on_write {
            on_write.run(text);
        }
    };
    let field = textarea()
        .attr("rows", "6")
        .attr("aria-labelledby", labelled_by)
        .attr("maxlength", &most.to_string())
        .attr("placeholder", use_words().questions.story_hint)
        .prop("value", story.get_untracked())
        .on("input", write);
    div().class("tell").child(field)
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
