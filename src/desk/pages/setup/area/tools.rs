//! What can be done with the drawing, by buttons: all that fingers and keys do on the picture.

use dom::{El, View, button, div, live, p};
use leptos::prelude::*;
use ui::icon;

use super::{Area, tool};
use ground::Side;

impl Area {
    pub(super) fn tools(self) -> View {
        let Self { words, sketch, .. } = self;
        let press = button().class("button").on_tap(move || self.press()).child(live(move || match self.chosen() {
            Some(corner) => View::from(icon("check")).and((words.let_go_which)(self.number(corner))),
            None => View::from(icon("plus")).and(words.put_on_cross),
        }));
        let here = tool("here", words.put_here, move || self.put_here())
            .attr("aria-describedby", "area-walk")
            .attr_live("aria-busy", move || self.is_asking.get().then_some("true"));
        let go_on = |drawing: &'static str, word: &str, by: isize| {
            button()
                .class("button")
                .on_tap(move || self.choose_next(by))
                .child(icon(drawing).flag("data-flip", true))
                .child(word)
        };
        let is_empty = move || sketch.with(|sketch| sketch.count() == 0);
        let is_none_chosen = move || self.chosen().is_none();
        let acts = div()
            .class("sketch-acts")
            .child(press)
            .child(here)
            .child(unless(
                move || sketch.with(|sketch| !sketch.can_undo()),
                tool("undo", words.undo, move || self.undo()),
            ))
            .child(unless(is_empty, go_on("back", words.earlier, -1)))
            .child(unless(is_empty, go_on("next", words.later, 1)))
            .child(unless(is_none_chosen, tool("plus", words.between, move || self.put_between())))
            .child(unless(is_none_chosen, tool("trash", words.take, move || self.take_chosen())))
            .child(unless(is_empty, tool("trash", words.remove, move || self.remove())));
        View::from(div().class("sketch-tools").child(self.pad()).child(acts))
            .and(p().class("small quiet").attr("id", "area-walk").child(words.walk))
            .and(p().class("sketch-keys small quiet").attr("id", "area-keys").child(words.keys))
    }

    /// Four buttons that move the chosen corner, or else the cross, and around them those that look nearer and further off.
    fn pad(self) -> El {
        let Self { words, .. } = self;
        let one = |side: Side| {
            let drawing = match side {
                Side::North => "earlier",
                Side::East => "next",
                Side::South => "later",
                Side::West => "back",
            };
            let label = move || match self.chosen() {
                Some(corner) => Some((words.corner_toward)(self.number(corner), side)),
                None => Some((words.cross_toward)(side).to_owned()),
            };
            button()
                .class("button")
                .attr_live("aria-label", label)
                .on_tap(move || self.step(side, self.chosen_now().is_none()))
                .child(icon(drawing))
        };
        let look = |drawing: &'static str, label: &str, tap: Box<dyn Fn()>| {
            button().class("button").attr("aria-label", label).on_tap(tap).child(icon(drawing))
        };
        div()
            .class("sketch-pad")
            .attr("dir", "ltr")
            .child(Side::ALL.map(one))
            .child(look("plus", words.nearer, Box::new(move || self.zoom(0.5))))
            .child(look("minus", words.further, Box::new(move || self.zoom(2.0))))
            .child(look("whole", words.whole, Box::new(move || self.show_all())))
    }
}

/// A button that can still be pressed, and then says why it does nothing.
fn unless(is_off: impl Fn() -> bool + 'static, button: El) -> El {
    button.attr_live("aria-disabled", move || is_off().then_some("true"))
}
