//! How long all is kept.

use dom::View;
use domain::plain::Value;
use leptos::prelude::*;

use super::super::fields::day_field;
use super::form::{Filled, Held, settings_form};
use crate::locales::use_words;
use crate::typed::{day_ms, day_typed};

/// The days on which photos, and all, are to be erased.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up;
    settings_form(held, &["erase_photos_ms", "erase_all_ms"], move |settings, _| {
        let [photos, all] = [settings.erase_photos_ms, settings.erase_all_ms]
            .map(|ms| RwSignal::new(ms.map(day_typed).unwrap_or_default()));
        let inside = View::from(day_field("set-erase-photos", words.erase_photos, photos)).and(day_field(
            "set-erase-all",
            words.erase_all,
            all,
        ));
        let read = move || {
            let day = |typed: RwSignal<String>| match typed.get_untracked().as_str() {
                "" => Ok(None),
                typed => day_ms(typed).map(Some).ok_or_else(|| words.no_day.to_owned()),
            };
            let (photos, all) = (day(photos)?, day(all)?);
            if photos.zip(all).is_some_and(|(photos, all)| photos > all) {
                return Err(words.photos_after_all.to_owned());
            }
            let value = |ms: Option<u64>| ms.map_or(Value::Null, Value::from);
            Ok(vec![("erase_photos_ms", value(photos)), ("erase_all_ms", value(all))])
        };
        Filled { inside, read: Box::new(read) }
    })
}
