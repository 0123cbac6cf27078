//! What is told by voice, typed out for who cannot listen.

use browser::Joined;
use dom::{El, button, div, label, live, p, textarea};
use domain::{MAX_STORY_CHARS, RecordId, Stamp, Typed};
use leptos::prelude::*;
use ui::{at_phone, icon, use_phone};

use crate::locales::use_words;
use crate::pages::saving::{Saving, said};
use crate::queue::Case;

/// The field in which those who guide type out a voice note.
pub(super) fn typing(seat: &Joined, case: &Case) -> El {
    let words = &use_words().approve;
    let (entry, project, phone) = (case.id, seat.project.id, use_phone());
    let text = case.entry.transcript.as_ref().map(|typed| typed.text.clone()).unwrap_or_default();
    let field = textarea()
        .attr("id", "typed")
        .attr("rows", "3")
        .attr("dir", "auto")
        .attr("maxlength", &MAX_STORY_CHARS.to_string())
        .attr("aria-describedby", "typed-why")
        .prop("value", text.as_str());
    let text = RwSignal::new(text);
    let field =
        field.on("input", move |event| text.set(event_target_value(event).chars().take(MAX_STORY_CHARS).collect()));
    let saving = RwSignal::new(Saving::Nothing);
    // What is typed later stands in the same record.
    let record = StoredValue::new(case.typed.unwrap_or_else(|| phone.fresh_id()));
    let save = button().class("button").child(icon("check")).child(words.typed_save).on_tap(move || {
        if saving.get_untracked() == Saving::Pending {
            return;
        }
        saving.set(Saving::Pending);
        let phone = phone.clone();
        at_phone(async move {
            let written = text.get_untracked().trim().to_owned();
            let id: RecordId = record.get_value();
            let part = |at: Stamp| Typed { entry, at, text: written.clone() }.to_record(id);
            let done = phone.write_part(project, id, &part).await;
            // The screen may be gone.
            let _ = saving.try_set(done.map_or_else(Saving::Failed, |()| Saving::Saved));
        });
    });
    div()
        .class("field")
        .child(label().attr("for", "typed").child(words.typed))
        .child(p().class("small quiet").attr("id", "typed-why").child(words.typed_why))
        .child(div().class("tell").child(field))
        .child(div().attr("role", "status").child(live(move || saving.with(said))))
        .child(div().child(save))
}
