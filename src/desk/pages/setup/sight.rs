//! Who sees what: for whom entries are whose makers do not say, whether they are looked at first, and whether they wait for what
//! their makers say of the people in them.

use dom::{El, View, b, br, div, fieldset, input, label, legend, span};
use domain::plain::Plain;
use domain::{Audience, HOLD, KIND_GROUP, PEOPLE_UNANSWERED, SHOW};
use leptos::prelude::*;
use ui::{Text, icon};

use super::form::{Filled, Held, settings_form};
use crate::locales::use_words;

/// Who sees what.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up;
    let records = held.records;
    settings_form(held, &["default_audience", "approval", PEOPLE_UNANSWERED], move |settings, _| {
        let audience = RwSignal::new(settings.default_audience.unwrap_or(Audience::Everyone));
        let approval = RwSignal::new(settings.asks_approval);
        let people = RwSignal::new(settings.holds_unanswered.unwrap_or_default());
        // A choice that was made is shown, also where there is no group any more.
        let has_groups = settings.has_groups
            || audience.get_untracked() == Audience::MyGroup
            || records.map(|records| records.records.iter().any(|record| record.kind == KIND_GROUP)) == Some(true);
        let open = Audience::ALL.into_iter().rev().filter(|choice| *choice != Audience::MyGroup || has_groups);
        let choices = open.map(|choice| choice_of(choice, audience)).collect::<View>();
        let inside = View::from(
            fieldset()
                .class("stack")
                .attr("data-gap", "xs")
                .child(legend().child(words.default_audience))
                .child(choices),
        )
        .and(fieldset().class("stack").attr("data-gap", "xs").child(legend().child(words.approval)).child(switch(
            approval,
            "eye",
            words.asks_approval,
        )))
        .and(
            fieldset().class("stack").attr("data-gap", "xs").child(legend().child(words.people)).child(switch(
                people,
                "usercheck",
                words.holds_unanswered,
            )),
        );
        let read = move || {
            let audience = audience.get_untracked().to_value();
            let people = if people.get_untracked() { HOLD } else { SHOW };
            Ok(vec![
                ("default_audience", audience),
                ("approval", approval.get_untracked().into()),
                (PEOPLE_UNANSWERED, people.into()),
            ])
        };
        Filled { inside, read: Box::new(read) }
    })
}

fn choice_of(choice: Audience, chosen: RwSignal<Audience>) -> El {
    let (name, why) = (use_words().set_up.audience)(choice);
    let drawing = match choice {
        Audience::OnlyMe => "lock",
        Audience::MyGroup => "group",
        Audience::Everyone => "town",
    };
    let radio = input()
        .attr("type", "radio")
        .attr("name", "set-audience")
        .attr("value", choice.key())
        .flag("checked", chosen.get_untracked() == choice)
        .on("change", move |_| chosen.set(choice));
    option(radio, drawing, name, why)
}

fn switch(is_on: RwSignal<bool>, drawing: &'static str, (name, why): (Text, Text)) -> El {
    let box_ = input()
        .attr("type", "checkbox")
        .flag("checked", is_on.get_untracked())
        .on("change", move |event| is_on.set(event_target_checked(event)));
    option(box_, drawing, name, why)
}

/// A row that can be chosen, with one sentence.
pub(super) fn option(choice: El, drawing: &'static str, name: &str, why: &str) -> El {
    let told = span().class("option-words").child(b().child(name)).child(br()).child(span().class("small").child(why));
    div().child(label().class("option").child(choice).child(icon(drawing)).child(told))
}
