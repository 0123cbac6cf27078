//! Texts that the project says in its own words: the assignment, and what stands on the join page.

use browser::{Joined, ProjectRecords};
use dom::View;
use domain::plain::Plain;
use domain::{ProjectSettings, Texts};
use ui::Reading;

use super::fields::{InLanguages, long_field};
use super::form::{Filled, settings_form};
use crate::locales::use_words;

/// What people are asked to photograph.
pub(super) fn assignment(seat: &Joined, records: Reading<ProjectRecords>) -> View {
    let name = use_words().set_up.assignment;
    form(seat, records, &["assignment"], name, |settings| &settings.assignment)
}

/// What stands on the join page.
pub(super) fn join_text(seat: &Joined, records: Reading<ProjectRecords>) -> View {
    let name = use_words().set_up.join_text;
    form(seat, records, &["join_text"], name, |settings| &settings.join_text)
}

fn form(
    seat: &Joined,
    records: Reading<ProjectRecords>,
    field: &'static [&'static str; 1],
    name: &'static str,
    of: fn(&ProjectSettings) -> &Texts,
) -> View {
    settings_form(seat, records, field, move |settings, _| {
        let texts = InLanguages::new(of(settings));
        let long = |id: &str, name: &str, text| long_field(id, name, None, 4, text);
        let inside = texts.fields("set-text", name, long).into();
        let read = move || Ok(vec![(field[0], texts.texts().to_value())]);
        Filled { inside, read: Box::new(read) }
    })
}
