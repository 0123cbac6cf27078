//! A picture of the ground with the outline of the neighbourhood, on which one points at a place: by a tap, by keys, by buttons.
//! Nobody's map: nothing is fetched for it.

use dom::{El, View, button, div, live, p, svg};
use ground::{Areas, Lens, Place, Side, grid_path, outline_path};
use leptos::prelude::*;
use ui::{Derived, derive, icon};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, MouseEvent};

use crate::locales::use_words;

/// How far from the middle anything is drawn, in pixels: no picture is larger.
const REACH: f64 = 700.0;

/// How far one step moves the pin, in pixels.
const STEP: f64 = 12.0;

/// What is seen.
#[derive(Clone, Copy)]
pub(super) struct Pane {
    /// The neighbourhood.
    pub(super) areas: StoredValue<Areas>,
    /// How the ground is looked at; nothing before it is known where that is.
    pub(super) lens: RwSignal<Option<Lens>>,
    /// The place that was told, and how far off it may be, in metres.
    pub(super) pin: RwSignal<Option<(Place, Option<f64>)>>,
}

/// The picture, and the buttons that do what fingers and keys do on it. `point` is called with the place.
pub(super) fn pane(pane: Pane, point: Callback<Place>) -> View {
    let words = &use_words().place;
    let seen = derive(move || pane.lens.get());
    let picture = div()
        .class("sketch-pane")
        .attr("dir", "ltr")
        .attr("role", "application")
        .attr("tabindex", "0")
        .attr("aria-label", words.drawing)
        .attr("aria-describedby", "ground-keys")
        .child(drawing(pane, seen));
    let tapped = picture.clone();
    let picture = picture
        .on("click", move |event| {
            if let (Some(lens), Some(pixels)) = (pane.lens.get_untracked(), pixels_of(event, &tapped)) {
                point.run(lens.place(pixels));
            }
        })
        .on("keydown", move |event| {
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| key(pane, point, event)) {
                event.prevent_default();
            }
        });
    let keys = p().class("sketch-keys small quiet").attr("id", "ground-keys").child(words.keys);
    View::from(picture).and(keys).and(pad(pane, point))
}

fn key(pane: Pane, point: Callback<Place>, event: &KeyboardEvent) -> bool {
    match event.key().as_str() {
        "ArrowUp" => step(pane, point, Side::North),
        "ArrowRight" => step(pane, point, Side::East),
        "ArrowDown" => step(pane, point, Side::South),
        "ArrowLeft" => step(pane, point, Side::West),
        "+" | "=" => zoom(pane, 0.5),
        "-" | "_" => zoom(pane, 2.0),
        "Enter" | " " => {
            if let Some(lens) = pane.lens.get_untracked() {
                point.run(lens.middle);
            }
        }
        _ => return false,
    }
    true
}

/// Moves the pin; where there is none yet, it comes in the middle. The picture goes along when it would leave it.
fn step(pane: Pane, point: Callback<Place>, side: Side) {
    let Some(lens) = pane.lens.get_untracked() else { return };
    let from = pane.pin.get_untracked().map(|(at, _)| at);
    let to = match from {
        None => lens.middle,
        Some(at) => ground::place_at(at, side.way(STEP * lens.metres_a_pixel)),
    };
    let [right, below] = lens.pixels(to);
    if right.abs().max(below.abs()) > IN_VIEW {
        pane.lens.set(Some(Lens { middle: to, ..lens }));
    }
    point.run(to);
}

/// How far from the middle a pin that is moved by steps stays, in pixels.
const IN_VIEW: f64 = 120.0;

fn zoom(pane: Pane, factor: f64) {
    pane.lens.update(|lens| {
        if let Some(lens) = lens {
            // What is pointed at stays in view.
            let middle = pane.pin.get_untracked().map_or(lens.middle, |(at, _)| at);
            *lens = Lens { middle, ..lens.zoomed(factor) };
        }
    });
}

fn pad(pane: Pane, point: Callback<Place>) -> El {
    let words = &use_words().place;
    let toward = |side: Side| {
        let drawing = match side {
            Side::North => "earlier",
            Side::East => "next",
            Side::South => "later",
            Side::West => "back",
        };
        let press = button().class("button").attr("aria-label", (words.toward)(side)).child(icon(drawing));
        press.on_tap(move || step(pane, point, side))
    };
    let look = |drawing: &'static str, name: &str, factor: f64| {
        button().class("button").attr("aria-label", name).child(icon(drawing)).on_tap(move || zoom(pane, factor))
    };
    div()
        .class("sketch-pad")
        .attr("dir", "ltr")
        .child(Side::ALL.map(toward))
        .child(look("plus", words.nearer, 0.5))
        .child(look("minus", words.further, 2.0))
}

fn drawing(pane: Pane, seen: Derived<Option<Lens>>) -> El {
    let outline = move || seen.get().map(|lens| pane.areas.with_value(|areas| outline_path(areas, lens, "Z")));
    let pin = live(move || {
        seen.get().zip(pane.pin.get()).map(|(lens, (at, accuracy_m))| {
            let [x, y] = lens.pixels(at);
            let radius = accuracy_m.map(|metres| (metres / lens.metres_a_pixel).clamp(12.0, 2.0 * REACH));
            let sure = radius.map(|radius| svg("circle").attr("r", &format!("{radius:.1}")));
            svg("g")
                .class("sketch-you")
                .attr("transform", &format!("translate({x:.1} {y:.1})"))
                .child(sure)
                .child(svg("circle").class("sketch-dot").attr("r", "9"))
        })
    });
    let middle = svg("svg")
        .attr("x", "50%")
        .attr("y", "50%")
        .attr("overflow", "visible")
        .child(
            svg("path")
                .class("sketch-grid")
                .attr_live("d", move || seen.get().map(|lens| grid_path(lens, lens.middle, [REACH; 2]))),
        )
        .child(svg("path").class("sketch-area").attr("fill-rule", "evenodd").attr_live("d", outline))
        .child(svg("path").class("sketch-line").attr_live("d", outline))
        .child(pin);
    svg("svg").attr("aria-hidden", "true").child(middle).child(scale(seen))
}

/// How long a square of the grid is.
fn scale(seen: Derived<Option<Lens>>) -> El {
    let words = &use_words().place;
    let bar = move || seen.get().map(|lens| format!("M0 -18v8h{:.1}v-8", lens.grid() / lens.metres_a_pixel));
    let length = live(move || seen.get().map(|lens| (words.distance)(lens.grid())));
    svg("svg")
        .attr("x", "14")
        .attr("y", "100%")
        .attr("overflow", "visible")
        .child(svg("path").class("sketch-scale").attr("data-halo", "").attr_live("d", bar))
        .child(svg("path").class("sketch-scale").attr_live("d", bar))
        .child(svg("text").class("sketch-text").attr("y", "-24").child(length))
}

/// Returns where a tap was, from the middle of the picture.
fn pixels_of(event: &Event, picture: &El) -> Option<[f64; 2]> {
    let event = event.dyn_ref::<MouseEvent>()?;
    let at = picture.element().get_bounding_client_rect();
    let middle = [at.left() + at.width() / 2.0, at.top() + at.height() / 2.0];
    Some([event.client_x() - middle[0], event.client_y() - middle[1]])
}
