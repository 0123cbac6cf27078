//! The texts under which consents are given, each change a version of its own.

use dom::{El, View, button, dd, details, div, dl, dt, h2, h3, li, live, p, summary, ul};
use domain::plain::Plain;
use domain::{ConsentSubject, ConsentText};
use leptos::prelude::*;
use ui::{Language, derive};

use super::super::fields::{InLanguages, long_field};
use super::form::{Filled, Held, settings_form};
use super::settings::settings_of;
use crate::consents::{versions, with_version};
use crate::locales::use_words;

/// The texts of a subject at a time.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up.consent;
    let subject = RwSignal::new(ConsentSubject::TakePart);
    let chip = move |choice: ConsentSubject| {
        button()
            .class("chip")
            .attr_live("aria-pressed", move || Some(if subject.get() == choice { "true" } else { "false" }))
            .on_tap(move || subject.set(choice))
            .child((words.subject)(choice).0)
    };
    let chips = div().class("cluster").attr("role", "group").attr("aria-label", words.subjects);
    let held = held.clone();
    let shown = live(move || {
        let subject = subject.get();
        let (name, why) = (words.subject)(subject);
        let older = older(&held, subject);
        View::from(h2().child(name)).and(p().child(why)).and(of_subject(&held, subject)).and(older)
    });
    View::from(chips.child(ConsentSubject::ALL.map(chip))).and(shown)
}

fn of_subject(held: &Held, subject: ConsentSubject) -> View {
    let words = &use_words().set_up.consent;
    let (records, project) = (held.records, held.seat.project.id);
    settings_form(held, &["consent_texts"], move |settings, _| {
        let newest = versions(&settings.consent_texts, subject).first().map(|text| text.texts.clone());
        let texts = InLanguages::new(&newest.unwrap_or_default());
        let long = |id: &str, name: &str, text| long_field(id, name, None, 6, text);
        let inside = texts.fields("set-consent", words.text, long).into();
        let read = move || {
            // What came since from elsewhere stays in: a text that was shown is never lost.
            let held = untrack(|| records.map(|records| settings_of(records, project).read.consent_texts));
            let held = held.unwrap_or_default();
            let after = with_version(&held, subject, &texts.texts()).unwrap_or(held);
            Ok(vec![("consent_texts", after.to_value())])
        };
        Filled { inside, read: Box::new(read) }
    })
}

/// All versions of a subject, the newest first.
fn older(held: &Held, subject: ConsentSubject) -> View {
    let words = &use_words().set_up.consent;
    let (records, project) = (held.records, held.seat.project.id);
    let all = derive(move || {
        let all = records.map(|records| settings_of(records, project).read.consent_texts).unwrap_or_default();
        versions(&all, subject).into_iter().cloned().collect::<Vec<_>>()
    });
    live(move || {
        let rows = all.with(|all| all.iter().map(|text| li().child(version(text))).collect::<View>());
        let is_any = all.with(|all| !all.is_empty());
        is_any.then(|| {
            details().class("more").child(summary().child(words.versions)).child(ul().class("rows").child(rows))
        })
    })
}

fn version(text: &ConsentText) -> El {
    let words = &use_words().set_up.consent;
    let said = Language::CHOICES.into_iter().filter_map(|language| Some((language, text.texts.get(language.tag())?)));
    let said = said.map(|(language, text)| {
        let words = dd().attr("lang", language.lang()).child(text.as_str());
        div().child(dt().class("small quiet").child(language.words().name)).child(words)
    });
    let said = dl().class("stack").attr("data-gap", "2xs").child(said.collect::<View>());
    let empty = text.texts.is_empty().then(|| p().class("quiet").child(words.usual));
    div().class("row-words").child(h3().child((words.version)(text.version))).child(said).child(empty)
}
