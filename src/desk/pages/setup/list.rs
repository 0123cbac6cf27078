//! Lists whose order people choose: by buttons, so that it needs no dragging.

use dom::{El, View, button, div, live, span};
use leptos::prelude::*;
use ui::{Derived, count_of, icon};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::locales::use_words;
use crate::order::{Toward, can_move};

/// What was moved, and where it is now: said for who does not see it.
#[derive(Clone, Copy)]
pub(super) struct Told {
    said: RwSignal<String>,
    moved: fn(&str, u32, u32) -> String,
}

/// Returns what tells of moves.
pub(super) fn use_told() -> Told {
    Told { said: RwSignal::new(String::new()), moved: use_words().set_up.moved }
}

impl Told {
    /// Says that something is in a place now, counted from 0.
    pub(super) fn moved(self, name: &str, to: usize, length: usize) {
        self.said.set((self.moved)(name, count_of(to + 1), count_of(length)));
    }

    /// Where it is said.
    pub(super) fn shown(self) -> El {
        div().class("visually-hidden").attr("role", "status").child(live(move || self.said.get()))
    }
}

/// The buttons that move a row by one place; `place` says where it is and in how long a list.
pub(super) fn movers(
    id: &str,
    name: impl Fn() -> String + Clone + 'static,
    place: Derived<(usize, usize)>,
    moved: impl Fn(Toward) + Clone + 'static,
) -> View {
    let words = &use_words().set_up;
    let one = |toward: Toward, drawing: &'static str, label: fn(&str) -> String| {
        let (name, moved, ids) =
            (name.clone(), moved.clone(), [Toward::Start, Toward::End].map(|toward| mover_id(id, toward)));
        let is_open = move |toward| place.with(|(at, length)| can_move(*at, *length, toward));
        let tap = move || {
            if !is_open(toward) {
                return;
            }
            moved(toward);
            // What is moved loses the focus; at the end of the list the way back has it.
            let ids = ids.clone();
            request_animation_frame(move || {
                let [start, end] = ids;
                let toward = if is_open(toward) { toward } else { !toward };
                focus(if toward == Toward::Start { &start } else { &end });
            });
        };
        button()
            .class("button")
            .attr("id", &mover_id(id, toward))
            .attr_live("aria-label", move || Some(label(&name())))
            .attr_live("aria-disabled", move || (!is_open(toward)).then_some("true"))
            .on_tap(tap)
            .child(icon(drawing))
    };
    View::from(one(Toward::Start, "earlier", words.move_up)).and(one(Toward::End, "later", words.move_down))
}

fn mover_id(id: &str, toward: Toward) -> String {
    format!("{id}-{}", if toward == Toward::Start { "up" } else { "down" })
}

/// Gives something on the screen the focus once what was changed now stands there.
pub(super) fn focus_soon(id: String) {
    request_animation_frame(move || focus(&id));
}

fn focus(id: &str) {
    let found = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = found {
        // Without the focus everything still works.
        let _ = element.focus();
    }
}

/// The number of a row in a list.
pub(super) fn number(place: Derived<(usize, usize)>) -> El {
    span()
        .class("list-number")
        .attr("aria-hidden", "true")
        .child(live(move || place.with(|(at, _)| (at + 1).to_string())))
}
