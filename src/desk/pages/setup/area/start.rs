//! Before anything is drawn: where the neighbourhood is.

use dom::{View, div, input, p};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::super::super::fields::around;
use super::super::list::focus_soon;
use super::pane::PANE;
use super::{Area, tool};
use ground::read_place;
use ground::{Lens, Place};

/// How much is seen around the place where one begins, in metres.
const AROUND: f64 = 300.0;

impl Area {
    pub(super) fn start(self) -> View {
        let Self { words, .. } = self;
        let typed = RwSignal::new(String::new());
        let begin_there = move || match read_place(&typed.get_untracked()) {
            Some(place) => self.begin_at(place, AROUND),
            None => self.tell(words.no_place),
        };
        let begin_here = move || self.ask_here(move |found| self.begin_at(found.place, found.accuracy_m.max(AROUND)));
        let here = tool("here", words.begin_here, begin_here)
            .attr_live("aria-busy", move || self.is_asking.get().then_some("true"))
            .attr("aria-describedby", "area-here-why");
        let field = input()
            .attr("id", "area-start")
            .attr("autocomplete", "off")
            .attr("dir", "ltr")
            .on("input", move |event| typed.set(event_target_value(event)))
            .on("keydown", move |event| {
                // The form would be saved by it.
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
                    event.prevent_default();
                    begin_there();
                }
            });
        let there = tool("map", words.begin_there, begin_there);
        View::from(p().child(words.begin))
            .and(
                div()
                    .class("stack")
                    .attr("data-gap", "2xs")
                    .child(div().child(here))
                    .child(p().class("small quiet").attr("id", "area-here-why").child(words.here_why)),
            )
            .and(
                div()
                    .class("stack")
                    .attr("data-gap", "2xs")
                    .child(around("area-start", words.place, Some(words.place_hint), field))
                    .child(div().child(there)),
            )
    }

    fn begin_at(self, place: Place, metres_around: f64) {
        self.look(Lens::at(place, metres_around));
        self.tell((self.words.square)(self.seen_now().grid()));
        focus_soon(PANE.to_owned());
    }
}
