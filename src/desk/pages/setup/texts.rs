//! Texts that the project says in its own words: the assignment, and what stands on the join page.

use dom::View;
use domain::plain::Plain;
use domain::{ProjectSettings, Texts};

use super::super::fields::{InLanguages, long_field};
use super::form::{Filled, Held, settings_form};
use crate::locales::use_words;

/// What people are asked to photograph.
pub(super) fn assignment(held: &Held) -> View {
    let name = use_words().set_up.assignment;
    form(held, &["assignment"], name, |settings| &settings.assignment)
}

/// What stands on the join page.
pub(super) fn join_text(held: &Held) -> View {
    let name = use_words().set_up.join_text;
    form(held, &["join_text"], name, |settings| &settings.join_text)
}

fn form(
    held: &Held,
    field: &'static [&'static str; 1],
    name: &'static str,
    of: fn(&ProjectSettings) -> &Texts,
) -> View {
    settings_form(held, field, move |settings, _| {
        let texts = InLanguages::new(of(settings));
        let long = |id: &str, name: &str, text| long_field(id, name, None, 4, text);
        let inside = texts.fields("set-text", name, long).into();
        let read = move || Ok(vec![(field[0], texts.texts().to_value())]);
        Filled { inside, read: Box::new(read) }
    })
}
