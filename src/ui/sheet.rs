//! The question before something that cannot be taken back.

use dom::reactive::*;
use dom::{El, button, dialog, div, h2, p};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::icon::icon;
use crate::locales::use_words;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The question.
    pub title: &'a str,
    /// What will be so afterwards.
    pub why: &'a str,
    /// The drawing of the button that does it.
    pub drawing: &'static str,
    /// The word on that button.
    pub yes: &'a str,
}

/// Returns the button `ask`, which asks first, and the sheet with the question. `name` is one that no other sheet of the screen
/// has.
pub fn asked_first(name: &str, ask: El, question: Question<'_>, done: Callback<()>) -> [El; 2] {
    let sheet = dialog();
    let [asked, cancelled, confirmed] = std::array::from_fn(|_| sheet.clone());
    let ask = ask.on_tap(move || {
        // It is refused only when it is open already.
        let _ = asked.element().unchecked_ref::<HtmlDialogElement>().show_modal();
    });
    let cancel = button().class("button").attr("data-kind", "main").child(use_words().general.cancel);
    let cancel = cancel.on_tap(move || close(&cancelled));
    let confirm = button().class("button").child(icon(question.drawing)).child(question.yes).on_tap(move || {
        close(&confirmed);
        done.run(());
    });
    let inside = div()
        .class("stack")
        .child(h2().attr("id", name).child(question.title))
        .child(p().child(question.why))
        .child(cancel)
        .child(confirm);
    [ask, sheet.class("sheet").attr("aria-labelledby", name).child(inside)]
}

fn close(sheet: &El) {
    sheet.element().unchecked_ref::<HtmlDialogElement>().close();
}
