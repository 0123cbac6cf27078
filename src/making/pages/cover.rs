//! Covering people, number plates and windows: what the phone proposes, a brush, rectangles that are placed by a tap or by keys.

use browser::{PhotoId, PhotoState, RepaintProblem, Shape, Spot};
use dom::{El, View, a, button, div, each, footer, h1, h2, img, li, live, main, p, svg, ul};
use domain::RecordId;
use leptos::prelude::*;
use ui::{
    Derived, at_phone, back_top, bones, count_of, derive, icon, notice, use_go, use_phone, use_reading, use_screen,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

use super::photos::use_draft;
use crate::covering::{Covering, Nudge, proposed};
use crate::locales::use_words;
use crate::places::Place;

/// How wide the brush is, in parts of the photo's longer side: a face of somebody who stands some metres away.
const BRUSH: f64 = 0.06;

/// What a finger does on the photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    /// Goes over what is covered.
    Wipe,
    /// Places a rectangle.
    Place,
}

/// What the screen holds.
#[derive(Clone, Copy)]
struct Editor {
    draft: RecordId,
    photo: PhotoId,
    /// The photo's pixels.
    size: [u32; 2],
    covering: RwSignal<Covering>,
    tool: RwSignal<Tool>,
    /// A finger is going over the photo.
    is_wiping: StoredValue<bool>,
    found: RwSignal<Option<Result<Vec<Spot>, RepaintProblem>>>,
    is_burning: RwSignal<bool>,
    problem: RwSignal<Option<RepaintProblem>>,
}

/// The screen on which a photo of a draft is covered.
pub(crate) fn cover(draft: RecordId, photo: PhotoId) -> View {
    let words = &use_words().cover;
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.title);
    let heading = use_screen(|| words.title.to_owned(), heading);
    let read = use_draft(draft);
    // Made once for a photo that is ready: what is covered so far must not be swept away by what changes meanwhile.
    let size = derive(move || {
        read.with(|read| {
            let photos = read.as_ref().map(|draft| draft.iter().flat_map(|draft| &draft.photos));
            photos.map(|mut photos| {
                photos.find(|held| held.id == photo).and_then(|held| match held.state {
                    PhotoState::Ready { width, height } => Some([width, height]),
                    PhotoState::Waiting | PhotoState::Refused(_) => None,
                })
            })
        })
    });
    let back = Place::Photos(draft).path();
    let inside = live(move || match size.get() {
        None => View::from(main().attr("id", "main").child(div().class("page").child(bones()))),
        Some(None) => {
            let why = notice("images", None, (use_words().problem)(RepaintProblem::NoPhoto));
            main().attr("id", "main").child(div().class("page stack").child(why)).into()
        }
        Some(Some(size)) => Editor::new(draft, photo, size).shown(),
    });
    View::from(back_top(&back).child(heading)).and(inside)
}

impl Editor {
    fn new(draft: RecordId, photo: PhotoId, size: [u32; 2]) -> Self {
        let editor = Self {
            draft,
            photo,
            size,
            covering: RwSignal::new(Covering::default()),
            tool: RwSignal::new(Tool::Place),
            is_wiping: StoredValue::new(false),
            found: RwSignal::new(None),
            is_burning: RwSignal::new(false),
            problem: RwSignal::new(None),
        };
        let phone = use_phone();
        at_phone(async move {
            let found = phone.find_faces(draft, photo).await;
            // The screen may be gone.
            let _ = editor.found.try_set(Some(found));
        });
        editor
    }

    fn shown(self) -> View {
        let words = &use_words().cover;
        let page = div()
            .class("page stack")
            .child(p().child(words.why))
            .child(self.stage())
            .child(div().class("stack").attr("data-gap", "2xs").attr("role", "status").child(self.proposal()))
            .child(self.tools())
            .child(self.list());
        View::from(main().attr("id", "main").child(page)).and(self.foot())
    }

    /// The photo, with what is covered on it.
    fn stage(self) -> El {
        let words = &use_words().cover;
        let phone = use_phone();
        let address = use_reading(move || {
            let phone = phone.clone();
            async move { phone.large_photo(self.draft, self.photo).await }
        });
        let source = derive(move || address.map(|found| found.as_ref().map(|found| found.href().to_owned())).flatten());
        let [width, height] = self.size;
        let shapes = live(move || {
            self.covering.with(|covering| {
                let drawn = |(at, shape)| self.drawn(shape, covering.chosen == Some(at));
                covering.shapes.iter().enumerate().map(drawn).collect::<View>()
            })
        });
        let faces = self.proposals();
        let hints = live(move || {
            faces.with(|faces| faces.iter().map(|face| self.square(*face, "cover-found")).collect::<View>())
        });
        let pane = svg("svg")
            .class("cover-pane")
            .attr("viewBox", &format!("0 0 {width} {height}"))
            .attr("tabindex", "0")
            .attr("role", "img")
            .attr("aria-label", words.photo)
            .attr("aria-describedby", "cover-keys")
            .attr_live("data-tool", move || Some(if self.tool.get() == Tool::Wipe { "wipe" } else { "place" }))
            .child(hints)
            .child(shapes)
            .on("pointerdown", move |event| self.pressed(event))
            .on("pointermove", move |event| self.moved(event))
            .on("pointerup", move |_| self.is_wiping.set_value(false))
            .on("pointercancel", move |_| self.is_wiping.set_value(false))
            .on("keydown", move |event| self.typed(event));
        let photo = img().attr_live("src", move || source.get()).attr("alt", "");
        div().class("cover-stage").style("--r", &format!("calc({width} / {height})")).child(photo).child(pane)
    }

    fn drawn(self, shape: &Shape, is_chosen: bool) -> El {
        match shape {
            Shape::Spot(spot) => self.square(*spot, "cover-shape").flag("data-chosen", is_chosen),
            Shape::Stroke(stroke) => {
                let [width, height] = self.size.map(f64::from);
                let place = |[across, down]: &[f64; 2]| format!("{:.1} {:.1}", across * width, down * height);
                let points: Vec<_> = stroke.points.iter().map(place).collect();
                // A tap is a line to where it began.
                let path = format!("M{}L{}", points[0], points.join("L"));
                svg("path")
                    .class("cover-stroke")
                    .attr("d", &path)
                    .attr("stroke-width", &format!("{:.1}", stroke.width * width.max(height)))
            }
        }
    }

    fn square(self, spot: Spot, class: &str) -> El {
        let [width, height] = self.size.map(f64::from);
        let number = |value: f64| format!("{value:.1}");
        svg("rect")
            .class(class)
            .attr("x", &number(spot.left * width))
            .attr("y", &number(spot.top * height))
            .attr("width", &number(spot.width * width))
            .attr("height", &number(spot.height * height))
    }

    /// Returns the faces that the phone proposes still.
    fn proposals(self) -> Derived<Vec<Spot>> {
        derive(move || match self.found.get() {
            Some(Ok(found)) => self.covering.with(|covering| proposed(&found, covering)),
            Some(Err(_)) | None => Vec::new(),
        })
    }

    /// What the phone found, and the button that covers it.
    fn proposal(self) -> View {
        let words = use_words();
        let faces = self.proposals();
        let said = live(move || match (self.problem.get(), self.found.get()) {
            (Some(why), _) => View::from(notice("warn", Some("warn"), (words.problem)(why))),
            (None, None) => notice("clock", None, words.cover.looking).into(),
            (None, Some(Err(why))) => notice("bulb", None, (words.problem)(why)).into(),
            (None, Some(Ok(found))) if found.is_empty() => notice("eye", None, words.cover.found_none).into(),
            (None, Some(Ok(found))) => notice("eye", None, &(words.cover.found)(count_of(found.len()))).into(),
        });
        let all = live(move || {
            let faces = faces.get();
            (!faces.is_empty()).then(|| {
                let text = (words.cover.cover_found)(count_of(faces.len()));
                let cover = button().class("button").child(icon("cover")).child(text.as_str());
                div().child(cover.on_tap(move || self.covering.update(|covering| covering.add(&faces))))
            })
        });
        said.and(all)
    }

    fn tools(self) -> View {
        let words = &use_words().cover;
        let tool = |drawing: &'static str, word, tool: Tool| {
            button()
                .class("chip")
                .attr_live("aria-pressed", move || Some(if self.tool.get() == tool { "true" } else { "false" }))
                .child(icon(drawing).attr("data-size", "s"))
                .child(word)
                .on_tap(move || self.tool.set(tool))
        };
        let tools = div()
            .class("cluster")
            .attr("role", "group")
            .attr("aria-label", words.tools)
            .child(tool("plus", words.place, Tool::Place))
            .child(tool("point", words.wipe, Tool::Wipe));
        let how = p().class("small quiet").child(live(move || match self.tool.get() {
            Tool::Wipe => words.wipe_how,
            Tool::Place => words.place_how,
        }));
        let keys = p().class("small quiet sketch-keys").attr("id", "cover-keys").child(words.keys);
        let stack = div().class("stack").attr("data-gap", "2xs").child(tools).child(how).child(keys);
        View::from(stack).and(self.nudging())
    }

    /// Moving and sizing the chosen rectangle, without dragging.
    fn nudging(self) -> View {
        let words = &use_words().cover;
        let is_chosen = derive(move || self.covering.with(|covering| covering.chosen.is_some()));
        const ALL: [(Nudge, &str); 6] = [
            (Nudge::Left, "back"),
            (Nudge::Up, "earlier"),
            (Nudge::Down, "later"),
            (Nudge::Right, "next"),
            (Nudge::Smaller, "minus"),
            (Nudge::Larger, "plus"),
        ];
        live(move || {
            is_chosen.get().then(|| {
                let one = |(nudge, drawing): (Nudge, &'static str)| {
                    let press =
                        button().class("button").attr("data-kind", "round").attr("aria-label", (words.nudge)(nudge));
                    press.child(icon(drawing)).on_tap(move || self.covering.update(|covering| covering.nudge(nudge)))
                };
                // The photo is not mirrored where writing is, so its left stays left.
                div().class("cluster cover-nudges").attr("dir", "ltr").child(ALL.into_iter().map(one).collect::<View>())
            })
        })
    }

    /// What is covered, in words: to choose and to take away without pointing.
    fn list(self) -> View {
        let words = &use_words().cover;
        let add = button().class("button").child(icon("plus")).child(words.add);
        let add = add.on_tap(move || {
            // A place that nothing covers yet, from the middle on.
            let size = self.size.map(f64::from);
            self.covering.update(|covering| {
                let number = f64::from(count_of(covering.shapes.len()) % 5);
                covering.chosen = None;
                covering.place([0.5 + number * 0.05, 0.5], size);
            });
        });
        let keys = move || (0..self.covering.with(|covering| covering.shapes.len())).collect::<Vec<_>>();
        let rows = ul().class("cover-rows").child(each(keys, move |at: &usize| self.row(*at).into()));
        let is_any = derive(move || self.covering.with(|covering| !covering.shapes.is_empty()));
        let heading = live(move || is_any.get().then(|| h2().attr("data-size", "s").child(words.shapes)));
        View::from(div().child(add)).and(heading).and(rows)
    }

    fn row(self, at: usize) -> El {
        let words = &use_words().cover;
        let is_square = derive(move || self.covering.with(|all| matches!(all.shapes.get(at), Some(Shape::Spot(_)))));
        let number = count_of(at + 1);
        let name = move || if is_square.get() { (words.square)(number) } else { (words.stroke)(number) };
        let name = derive(name);
        let choose = button()
            .class("chip")
            .attr_live("aria-pressed", move || {
                Some(if self.covering.with(|all| all.chosen == Some(at)) { "true" } else { "false" })
            })
            .attr_live("aria-label", move || Some((words.choose)(&name.get())))
            .child(live(move || name.get()))
            .on_tap(move || self.covering.update(|covering| covering.chosen = Some(at)));
        let choose = live(move || match is_square.get() {
            true => View::from(choose.clone()),
            false => p().child(name.get().as_str()).into(),
        });
        let remove = button()
            .class("button")
            .attr("data-kind", "round")
            .attr_live("aria-label", move || Some((words.remove)(&name.get())))
            .child(icon("trash"))
            .on_tap(move || self.covering.update(|covering| covering.remove(at)));
        li().class("row").child(div().attr("data-grow", "").child(choose)).child(remove)
    }

    fn foot(self) -> El {
        let words = &use_words().cover;
        let phone = use_phone();
        let go = use_go();
        let back = Place::Photos(self.draft).path();
        let is_any = derive(move || self.covering.with(|covering| !covering.shapes.is_empty()));
        let can_undo = derive(move || self.covering.with(Covering::can_undo));
        let undo = button().class("button").child(icon("undo")).child(words.undo);
        let undo = undo
            .attr_live("aria-disabled", move || (!can_undo.get()).then_some("true"))
            .on_tap(move || self.covering.update(Covering::undo));
        let stop =
            a().class("button").attr("href", &back).attr("data-go", "back").attr("data-kind", "main").child(words.stop);
        let burn = button().class("button").attr("data-kind", "main").child(icon("cover")).child(words.done);
        let burn = burn.attr_live("aria-busy", move || self.is_burning.get().then_some("true")).on_tap(move || {
            if self.is_burning.get_untracked() {
                return;
            }
            self.is_burning.set(true);
            let (phone, back) = (phone.clone(), back.clone());
            at_phone(async move {
                let shapes = self.covering.with_untracked(|covering| covering.shapes.clone());
                let done = phone.cover(self.draft, self.photo, &shapes).await;
                // The screen may be gone.
                if self.is_burning.try_set(false).is_some() {
                    return;
                }
                match done {
                    Ok(()) => go.back_to(&back),
                    Err(why) => self.problem.set(Some(why)),
                }
            });
        });
        let done = live(move || if is_any.get() { View::from(burn.clone()) } else { stop.clone().into() });
        let warned = live(move || is_any.get().then(|| p().class("small cover-warned").child(words.for_ever)));
        footer().class("foot").child(warned).child(div().class("foot-inner").child(undo).child(done))
    }

    fn pressed(self, event: &Event) {
        let Some((pane, place, event)) = pointed(event) else { return };
        if !event.is_primary() || event.button() != 0 {
            return;
        }
        match self.tool.get_untracked() {
            Tool::Place => self.covering.update(|covering| covering.tap(place, self.size.map(f64::from))),
            Tool::Wipe => {
                event.prevent_default();
                // Where the browser refuses, the stroke ends at the photo's edge.
                let _ = pane.set_pointer_capture(event.pointer_id());
                self.is_wiping.set_value(true);
                self.covering.update(|covering| covering.begin_stroke(BRUSH, place));
            }
        }
    }

    fn moved(self, event: &Event) {
        if !self.is_wiping.get_value() {
            return;
        }
        if let Some((_, place, _)) = pointed(event) {
            self.covering.update(|covering| covering.stroke_to(place));
        }
    }

    fn typed(self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else { return };
        let nudge = match key.as_str() {
            "ArrowLeft" => Nudge::Left,
            "ArrowRight" => Nudge::Right,
            "ArrowUp" => Nudge::Up,
            "ArrowDown" => Nudge::Down,
            "+" | "=" => Nudge::Larger,
            "-" => Nudge::Smaller,
            "Delete" | "Backspace" => {
                event.prevent_default();
                self.covering.update(|covering| {
                    if let Some(at) = covering.chosen {
                        covering.remove(at);
                    }
                });
                return;
            }
            "Enter" | " " => {
                event.prevent_default();
                self.covering.update(|covering| covering.place([0.5, 0.5], self.size.map(f64::from)));
                return;
            }
            _ => return,
        };
        if self.covering.with_untracked(|covering| covering.chosen.is_some()) {
            event.prevent_default();
            self.covering.update(|covering| covering.nudge(nudge));
        }
    }
}

/// Returns the pane that was pointed at, and where, in parts of it.
fn pointed(event: &Event) -> Option<(Element, [f64; 2], &PointerEvent)> {
    let event = event.dyn_ref::<PointerEvent>()?;
    let pane: Element = event.current_target()?.dyn_into().ok()?;
    let at = pane.get_bounding_client_rect();
    let part = |place: f64, start: f64, length: f64| ((place - start) / length.max(1.0)).clamp(0.0, 1.0);
    let across = part(event.client_x(), at.left(), at.width());
    let down = part(event.client_y(), at.top(), at.height());
    Some((pane, [across, down], event))
}
