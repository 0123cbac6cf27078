//! The picture on which an outline is drawn: the ground as a grid, without a map of anybody's.

use dom::{El, View, div, each, live, p, svg};
use leptos::prelude::*;
use ui::derive;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent, PointerEvent};

use super::{Area, REACH};
use crate::sketch::Corner;
use ground::{Lens, Pixels, Side, grid_path, outline_path};

/// Where it is found on the page.
pub(super) const PANE: &str = "area-pane";

/// How far from the middle anything is drawn, in pixels: no picture is larger.
const WIDE: f64 = 700.0;
const HIGH: f64 = 320.0;

/// How many corners are drawn at once; of more the chosen one only.
const MOST_SHOWN: usize = 120;

/// How far a finger or mouse goes before it moves something, in pixels.
const STILL: f64 = 6.0;

/// What a finger or mouse holds.
#[derive(Clone, Copy)]
struct Grip {
    /// A corner, or the ground itself.
    corner: Option<Corner>,
    /// Where it was taken, and how the ground was looked at then.
    from: Pixels,
    lens: Lens,
    is_moving: bool,
}

impl Area {
    pub(super) fn pane(self) -> View {
        let Self { words, .. } = self;
        let pane = div()
            .class("sketch-pane")
            .attr("dir", "ltr")
            .attr("id", PANE)
            .attr("role", "application")
            .attr("tabindex", "0")
            .attr("aria-label", words.drawing)
            .attr("aria-describedby", "area-how area-keys")
            .child(self.picture())
            .on("keydown", move |event| {
                if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| self.key(event)) {
                    event.prevent_default();
                }
            });
        let how = p().attr("id", "area-how").child(words.how);
        View::from(how).and(self.held(pane))
    }

    /// Takes taps, and what a finger or mouse drags: a corner, or with a mouse the ground.
    fn held(self, pane: El) -> El {
        let grip = StoredValue::new(None::<Grip>);
        // The browser takes the end of a drag for a tap.
        let was_moved = StoredValue::new(false);
        let [down, moved, tapped] = std::array::from_fn(|_| pane.clone());
        let take = move |event: &PointerEvent| {
            was_moved.set_value(false);
            let (from, lens) = (pixels_of(event, &down), self.seen_now());
            let corner = self.corner_near(lens.place(from), REACH);
            let is_held =
                event.is_primary() && event.button() == 0 && (corner.is_some() || event.pointer_type() == "mouse");
            grip.set_value(is_held.then_some(Grip { corner, from, lens, is_moving: false }));
        };
        let carry = move |event: &PointerEvent| {
            let Some(mut held) = grip.get_value() else { return };
            let to = pixels_of(event, &moved);
            let [right, below] = [0, 1].map(|of| to[of] - held.from[of]);
            if !held.is_moving {
                if right.hypot(below) < STILL {
                    return;
                }
                held.is_moving = true;
                grip.set_value(Some(held));
                was_moved.set_value(true);
                // Without it a drag ends at the edge of the picture.
                let _ = moved.element().set_pointer_capture(event.pointer_id());
                if let Some(corner) = held.corner {
                    self.choose(Some(corner));
                }
            }
            let Lens { metres_a_pixel, .. } = held.lens;
            match held.corner {
                Some(corner) => self.change(|sketch| sketch.shift(corner, held.lens.place(to))),
                None => self.look(held.lens.moved([-right * metres_a_pixel, below * metres_a_pixel])),
            }
        };
        let drop = move || {
            let Some(Grip { corner, is_moving: true, .. }) = grip.get_value() else { return grip.set_value(None) };
            grip.set_value(None);
            if let Some(corner) = corner {
                self.choose(None);
                self.tell((self.words.moved)(self.number(corner)));
            }
        };
        pane.on("pointerdown", with_pointer(take))
            .on("pointermove", with_pointer(carry))
            .on("pointerup", move |_| drop())
            .on("pointercancel", move |_| drop())
            .on("touchmove", move |event| {
                // The page would be scrolled with the corner.
                if grip.with_value(Option::is_some) {
                    event.prevent_default();
                }
            })
            .on("click", move |event| {
                if let Some(event) = event.dyn_ref::<MouseEvent>().filter(|_| !was_moved.get_value()) {
                    self.tap(pixels_of(event, &tapped));
                }
                was_moved.set_value(false);
            })
    }

    /// Does what a key stands for; says whether it stands for anything.
    fn key(self, event: &KeyboardEvent) -> bool {
        let is_command = event.ctrl_key() || event.meta_key();
        let is_far = event.shift_key();
        match event.key().as_str() {
            "z" if is_command => self.undo(),
            _ if is_command || event.alt_key() => return false,
            "ArrowUp" => self.step(Side::North, is_far),
            "ArrowRight" => self.step(Side::East, is_far),
            "ArrowDown" => self.step(Side::South, is_far),
            "ArrowLeft" => self.step(Side::West, is_far),
            "Enter" | " " => self.press(),
            "Delete" | "Backspace" => self.take_chosen(),
            "Escape" if self.chosen_now().is_some() => self.choose(None),
            "PageUp" => self.choose_next(-1),
            "PageDown" => self.choose_next(1),
            "+" | "=" => self.zoom(0.5),
            "-" | "_" => self.zoom(2.0),
            "Home" => self.show_all(),
            _ => return false,
        }
        true
    }

    fn picture(self) -> El {
        let middle = svg("svg")
            .attr("x", "50%")
            .attr("y", "50%")
            .attr("overflow", "visible")
            .child(svg("path").class("sketch-grid").attr_live("d", move || Some(self.grid())))
            .child(self.you())
            .child(
                svg("path")
                    .class("sketch-area")
                    .attr("fill-rule", "evenodd")
                    .attr_live("d", move || Some(self.lines(true))),
            )
            .child(svg("path").class("sketch-end").attr_live("d", move || Some(self.lines(true))))
            .child(svg("path").class("sketch-line").attr_live("d", move || Some(self.lines(false))))
            .child(self.corners())
            .child(svg("path").class("sketch-cross").attr("data-halo", "").attr("d", CROSS))
            .child(svg("path").class("sketch-cross").attr("d", CROSS));
        svg("svg").attr("aria-hidden", "true").child(middle).child(self.scale()).child(self.north())
    }

    /// The lines of the grid.
    fn grid(self) -> String {
        let lens = self.seen();
        grid_path(lens, self.begin.get_value().unwrap_or(lens.middle), [WIDE, HIGH])
    }

    /// The lines from corner to corner; `is_closed`: also from the last to the first where it is not whole yet.
    fn lines(self, is_closed: bool) -> String {
        let lens = self.seen();
        self.sketch
            .with(|sketch| outline_path(sketch.areas(), lens, if is_closed || sketch.is_whole() { "Z" } else { "" }))
    }

    fn corners(self) -> View {
        let shown = derive(move || {
            let lens = self.seen();
            self.sketch.with(|sketch| {
                let is_seen = |[right, below]: Pixels| right.abs() <= WIDE && below.abs() <= HIGH;
                let seen = sketch.corners().filter(|(_, place)| is_seen(lens.pixels(*place))).map(|(corner, _)| corner);
                let all = seen.collect::<Vec<_>>();
                if all.len() > MOST_SHOWN { sketch.chosen().into_iter().collect() } else { all }
            })
        });
        each(move || shown.get(), move |corner| self.corner(*corner).into())
    }

    fn corner(self, corner: Corner) -> El {
        let at = move || {
            let place = self.sketch.with(|sketch| sketch.place(corner))?;
            let [x, y] = self.seen().pixels(place);
            Some(format!("translate({x:.1} {y:.1})"))
        };
        let number = live(move || self.sketch.with(|sketch| sketch.number(corner).to_string()));
        svg("g")
            .class("sketch-corner")
            .attr_live("transform", at)
            .attr_live("data-chosen", move || (self.chosen() == Some(corner)).then_some(""))
            .child(svg("circle").class("sketch-reach").attr("r", &REACH.to_string()))
            .child(svg("circle").class("sketch-dot").attr("r", "11"))
            .child(svg("text").attr("y", "4.5").child(number))
    }

    /// Where the phone was, and how sure it was of that.
    fn you(self) -> View {
        live(move || {
            self.here.get().map(|here| {
                let lens = self.seen();
                let [x, y] = lens.pixels(here.place);
                let radius = (here.accuracy_m / lens.metres_a_pixel).min(2.0 * WIDE);
                svg("g")
                    .class("sketch-you")
                    .attr("transform", &format!("translate({x:.1} {y:.1})"))
                    .child(svg("circle").attr("r", &format!("{radius:.1}")))
                    .child(svg("circle").class("sketch-dot").attr("r", "7"))
            })
        })
    }

    /// How long a square of the grid is.
    fn scale(self) -> El {
        let bar = move || {
            let lens = self.seen();
            Some(format!("M0 -18v8h{:.1}v-8", lens.grid() / lens.metres_a_pixel))
        };
        let length = derive(move || (self.words.distance)(self.seen().grid()));
        let bar = |class| svg("path").class("sketch-scale").maybe("data-halo", class).attr_live("d", bar);
        svg("svg")
            .attr("x", "14")
            .attr("y", "100%")
            .attr("overflow", "visible")
            .child(bar(Some("")))
            .child(bar(None))
            .child(svg("text").class("sketch-text").attr("y", "-24").child(live(move || length.get())))
    }

    fn north(self) -> El {
        let arrow = || svg("path").class("sketch-scale").attr("d", "M21 38V14M14 21l7 -7l7 7");
        svg("g").child(arrow().attr("data-halo", "")).child(arrow()).child(
            svg("text")
                .class("sketch-text")
                .attr("x", "21")
                .attr("y", "56")
                .attr("data-middle", "")
                .child(self.words.north),
        )
    }
}

/// The cross in the middle.
const CROSS: &str = "M-16 0h11M5 0h11M0 -16v11M0 5v11";

fn with_pointer(done: impl Fn(&PointerEvent) + 'static) -> impl FnMut(&Event) + 'static {
    move |event| {
        if let Some(event) = event.dyn_ref::<PointerEvent>() {
            done(event);
        }
    }
}

/// Returns where on the picture something happened, from its middle.
fn pixels_of(event: &MouseEvent, pane: &El) -> Pixels {
    let frame = pane.element().get_bounding_client_rect();
    let middle = [frame.left() + frame.width() / 2.0, frame.top() + frame.height() / 2.0];
    [event.client_x() - middle[0], event.client_y() - middle[1]]
}
