//! Voice notes are heard beside the words of their entry.

use dom::{View, el, live, p};
use domain::{Entry, RecordId};

use crate::light::derive;
use crate::locales::use_words;
use crate::photo::use_medium;

/// The voice note of an entry, where it has one: from this phone, or fetched once there is network.
#[inline]
pub fn voice(record: RecordId, entry: &Entry) -> View {
    let Some(voice) = entry.voice else { return View::nothing() };
    let words = &use_words().general;
    let address = use_medium(move |phone| Box::pin(async move { phone.voice(record, voice).await }));
    let source = derive(move || address.map(|found| found.as_ref().map(|found| found.href().to_owned())));
    live(move || match source.get() {
        Some(Some(source)) => {
            el("audio").attr("controls", "").attr("src", &source).attr("aria-label", words.voice).into()
        }
        Some(None) => View::from(p().class("small quiet").child(words.voice_not_here)),
        None => View::nothing(),
    })
}
