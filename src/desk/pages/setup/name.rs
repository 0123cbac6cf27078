//! Name and municipality; and the municipality's own report desk.

use dom::View;
use domain::MAX_NAME_CHARS;
use leptos::prelude::*;

use super::super::fields::text_field;
use super::form::{Filled, Held, settings_form};
use crate::locales::use_words;
use crate::typed;

/// Name and municipality.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up;
    let info = held.seat.project.clone();
    settings_form(held, &["name", "municipality"], move |settings, _| {
        let name = RwSignal::new(settings.name.clone().unwrap_or_else(|| info.name.clone()));
        let municipality = RwSignal::new(settings.municipality.clone().unwrap_or_else(|| info.municipality.clone()));
        let inside = View::from(text_field("set-name", words.name, None, MAX_NAME_CHARS, name)).and(text_field(
            "set-municipality",
            words.municipality,
            None,
            MAX_NAME_CHARS,
            municipality,
        ));
        let read = move || {
            let named = |value: RwSignal<String>| typed::name(&value.get_untracked());
            let (Some(name), Some(municipality)) = (named(name), named(municipality)) else {
                return Err(words.no_name.to_owned());
            };
            Ok(vec![("name", name), ("municipality", municipality)])
        };
        Filled { inside, read: Box::new(read) }
    })
}

/// Where the municipality wants to hear of acute defects.
pub(super) fn report_desk(held: &Held) -> View {
    let words = &use_words().set_up;
    settings_form(held, &["report_desk"], move |settings, _| {
        let link = RwSignal::new(settings.report_desk.clone().unwrap_or_default());
        let field = text_field("set-report-desk", words.report_desk, Some(words.report_desk_hint), 500, link);
        let read = move || match typed::link(&link.get_untracked()) {
            Some(link) => Ok(vec![("report_desk", link.into())]),
            None => Err(words.no_link.to_owned()),
        };
        Filled { inside: field.into(), read: Box::new(read) }
    })
}
