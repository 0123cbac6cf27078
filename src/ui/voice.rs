//! Voice notes are heard beside the words of their entry.

use dom::{View, el, live, p};
use domain::{Entry, RecordId};

use crate::light::derive;
use crate::locales::use_words;
use crate::photo::use_medium;

/// The voice note of an entry, where it has one, from this phone or fetched once there is network; and the same typed out.
#[inline]
pub fn voice(record: RecordId, entry: &Entry) -> View {
    let Some(voice) = entry.voice else { return View::nothing() };
    let words = &use_words().general;
    let address = use_medium(move |phone| Box::pin(async move { phone.voice(record, voice).await }));
    let source = derive(move || address.map(|found| found.as_ref().map(|found| found.href().to_owned())));
    let player = live(move || match source.get() {
        Some(Some(source)) => {
            el("audio").attr("controls", "").attr("src", &source).attr("aria-label", words.voice).into()
        }
        Some(None) => View::from(p().class("small quiet").child(words.voice_not_here)),
        None => View::nothing(),
    });
    let typed = entry.transcript.as_ref().map(|typed| {
        let by = p().class("small quiet").child((words.typed_by)(typed.by));
        [p().class("print-story said").attr("dir", "auto").child(typed.text.as_str()), by]
    });
    player.and(typed)
}
