//! Who sees what: for whom entries are whose makers do not say, and whether they are looked at first.

use dom::{El, View, b, br, div, fieldset, input, label, legend, span};
use domain::plain::Plain;
use domain::{Audience, KIND_GROUP};
use leptos::prelude::*;
use ui::icon;

use super::form::{Filled, Held, settings_form};
use crate::locales::use_words;

/// Who sees what.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up;
    let records = held.records;
    settings_form(held, &["default_audience", "approval"], move |settings, _| {
        let audience = RwSignal::new(settings.default_audience.unwrap_or(Audience::Everyone));
        let approval = RwSignal::new(settings.asks_approval);
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
        .and(
            fieldset()
                .class("stack")
                .attr("data-gap", "xs")
                .child(legend().child(words.approval))
                .child(approving(approval)),
        );
        let read = move || {
            let audience = audience.get_untracked().to_value();
            Ok(vec![("default_audience", audience), ("approval", approval.get_untracked().into())])
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

fn approving(approval: RwSignal<bool>) -> El {
    let (name, why) = use_words().set_up.asks_approval;
    let box_ = input()
        .attr("type", "checkbox")
        .flag("checked", approval.get_untracked())
        .on("change", move |event| approval.set(event_target_checked(event)));
    option(box_, "eye", name, why)
}

/// A row that can be chosen, with one sentence.
pub(super) fn option(choice: El, drawing: &'static str, name: &str, why: &str) -> El {
    let told = span().class("option-words").child(b().child(name)).child(br()).child(span().class("small").child(why));
    div().child(label().class("option").child(choice).child(icon(drawing)).child(told))
}
