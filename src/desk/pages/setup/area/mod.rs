//! The outline of the neighbourhood: drawn, from a file, or typed. Three ways to the same corners.

mod pane;
mod start;
mod tools;

use browser::{NoPosition, Position, position};
use dom::{El, View, button, div, h2, live, p, section};
use domain::plain::Value;
use leptos::prelude::*;
use ui::{at_phone, count_of, derive, file_picker, icon, notice};
use web_sys::File;

use super::super::fields::long_field_live;
use super::form::{Filled, Held, Touch, settings_form};
use crate::locales::{SetUpArea, use_words};
use crate::sketch::{Corner, Sketch};
use ground::{Areas, Lens, Place, Side, place_at, reach_of, way_between};
use ground::{MAX_FILE_BYTES, NoOutline, outline_of, read_corners, read_file, read_outline, typed_corners};

/// What is drawn, and how it is looked at.
#[derive(Clone, Copy)]
struct Area {
    words: &'static SetUpArea,
    sketch: RwSignal<Sketch>,
    typed: RwSignal<String>,
    /// Why what was typed is no corner.
    mistyped: RwSignal<Option<NoOutline>>,
    /// Why the file that was chosen holds no outline.
    no_file: RwSignal<Option<NoOutline>>,
    /// How the ground is looked at; nothing before it is known where the neighbourhood is.
    lens: RwSignal<Option<Lens>>,
    /// Where one began to look: the grid goes through there.
    begin: StoredValue<Option<Place>>,
    /// Where the phone was when it was asked.
    here: RwSignal<Option<Position>>,
    is_asking: RwSignal<bool>,
    /// What was just done.
    said: RwSignal<String>,
    touch: Touch,
}

/// The outline.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up.area;
    settings_form(held, &["area"], move |settings, touch| {
        let areas = settings.area.as_ref().and_then(|area| read_outline(area).ok()).unwrap_or_default();
        let area = Area::of(areas, words, touch);
        let read = move || match area.given() {
            Ok(area) => Ok(vec![("area", area)]),
            Err(why) => Err((words.none)(why)),
        };
        Filled { inside: area.shown(), read: Box::new(read) }
    })
}

/// Writes corners as one can still read them.
fn typed_of(areas: &Areas) -> String {
    let corners = typed_corners(areas).unwrap_or_default();
    if corners.lines().count() > MOST_TYPED { String::new() } else { corners }
}

/// How many corners anybody types.
const MOST_TYPED: usize = 60;

/// How near to a corner a finger or the cross counts as on it, in pixels.
const REACH: f64 = 22.0;

/// How near to a line.
const LINE_REACH: f64 = 14.0;

/// How far from the middle a corner that is moved by steps stays, in pixels.
const IN_VIEW: f64 = 125.0;

/// How rough a position may be for a corner, in metres.
const ROUGHEST: f64 = 75.0;

impl Area {
    fn of(areas: Areas, words: &'static SetUpArea, touch: Touch) -> Self {
        let typed = typed_of(&areas);
        let sketch = Sketch::of(areas);
        let lens = Lens::on(sketch.places());
        Self {
            words,
            sketch: RwSignal::new(sketch),
            typed: RwSignal::new(typed),
            mistyped: RwSignal::new(None),
            no_file: RwSignal::new(None),
            lens: RwSignal::new(lens),
            begin: StoredValue::new(lens.map(|lens| lens.middle)),
            here: RwSignal::new(None),
            is_asking: RwSignal::new(false),
            said: RwSignal::new(String::new()),
            touch,
        }
    }

    /// Returns what would be saved.
    fn given(self) -> Result<Value, NoOutline> {
        if let Some(why) = self.mistyped.get_untracked() {
            return Err(why);
        }
        self.sketch.with_untracked(|sketch| match sketch.count() {
            0 => Ok(Value::Null),
            _ => outline_of(sketch.areas()),
        })
    }

    fn shown(self) -> View {
        let Self { words, .. } = self;
        let is_begun = derive(move || self.lens.with(Option::is_some));
        let drawing = live(move || if is_begun.get() { self.pane() } else { self.start() });
        let said = p().class("sketch-said small").attr("role", "status").child(live(move || self.said.get()));
        let tools = live(move || is_begun.get().then(|| self.tools()));
        let drawn = section()
            .class("stack")
            .attr("data-gap", "xs")
            .child(h2().child(words.draw))
            .child(drawing)
            .child(said)
            .child(self.told())
            .child(tools);
        let on_files = Callback::new(move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                self.take_file(file);
            }
        });
        let button = View::from(icon("folder")).and(words.choose);
        let file = section()
            .class("stack")
            .attr("data-gap", "xs")
            .child(h2().child(words.file))
            .child(p().child(words.file_why))
            .child(div().child(file_picker("button picker", KINDS, on_files, button)))
            .child(self.wrong(self.no_file));
        let corners = long_field_live("set-area", words.points, words.points_hint, 6, self.typed);
        let typed = section()
            .class("stack")
            .attr("data-gap", "xs")
            .child(h2().child(words.typing))
            .child(corners.on("input", move |_| self.take_typed()))
            .child(self.wrong(self.mistyped));
        View::from(drawn).and(file).and(typed)
    }

    /// Says how large it is, and what may be wrong with it.
    fn told(self) -> View {
        let Self { words, sketch, .. } = self;
        let size = derive(move || {
            sketch.with(|sketch| (count_of(sketch.count()), reach_of(sketch.places()).map(|(metres, _)| metres)))
        });
        let line = live(move || match size.get() {
            (0, _) | (_, None) => words.empty.to_owned(),
            (count @ 1..=2, _) => (words.too_few)(3 - count),
            (count, Some(metres)) => (words.size)(count, metres.map(|metres| metres / 1000.0)),
        });
        let crosses = derive(move || sketch.with(Sketch::crosses_itself));
        let crossing = live(move || crosses.get().then(|| notice("warn", Some("warn"), words.crosses)));
        View::from(p().class("small quiet").child(line)).and(div().attr("role", "status").child(crossing))
    }

    fn wrong(self, why: RwSignal<Option<NoOutline>>) -> View {
        let told = live(move || why.get().map(|why| notice("warn", Some("warn"), &(self.words.none)(why))));
        div().attr("role", "status").child(told).into()
    }

    /// Takes a file's outline in the place of what stands here.
    fn take_file(self, file: File) {
        at_phone(async move {
            let text = browser::read_text(&file, MAX_FILE_BYTES).await;
            let areas = text.map_or(Err(NoOutline::TooLarge), |text| read_file(&text));
            // The screen may be gone.
            if self.no_file.try_set(areas.as_ref().err().copied()).is_some() {
                return;
            }
            if let Ok(areas) = areas {
                self.change(|sketch| sketch.replace(areas));
                self.look_at_all();
                self.said.set(String::new());
            }
        });
    }

    /// Takes what was typed in the place of what is drawn, where it can be read.
    fn take_typed(self) {
        let corners = read_corners(&self.typed.get_untracked());
        self.mistyped.set(corners.as_ref().err().copied());
        if let Ok(ring) = corners {
            self.sketch.update(|sketch| sketch.retype(ring));
            self.look_at_all();
        }
    }

    /// Changes what is drawn; what is typed follows.
    fn change(self, step: impl FnOnce(&mut Sketch)) {
        self.sketch.update(step);
        self.typed.set(self.sketch.with_untracked(|sketch| typed_of(sketch.areas())));
        self.mistyped.set(None);
        self.touch.now();
    }

    fn tell(self, said: impl Into<String>) {
        self.said.set(said.into());
    }

    /// Returns how the ground is looked at, for what is drawn to follow.
    fn seen(self) -> Lens {
        self.lens.get().unwrap_or_else(|| Lens::at([0.0, 0.0], 1.0))
    }

    fn seen_now(self) -> Lens {
        untrack(|| self.seen())
    }

    fn look(self, lens: Lens) {
        self.begin.update_value(|begin| {
            begin.get_or_insert(lens.middle);
        });
        self.lens.set(Some(lens));
    }

    fn look_at_all(self) {
        if let Some(lens) = self.sketch.with_untracked(|sketch| Lens::on(sketch.places())) {
            self.look(lens);
        }
    }

    fn chosen(self) -> Option<Corner> {
        self.sketch.with(Sketch::chosen)
    }

    fn chosen_now(self) -> Option<Corner> {
        untrack(|| self.chosen())
    }

    fn number(self, corner: Corner) -> u32 {
        count_of(self.sketch.with_untracked(|sketch| sketch.number(corner)))
    }

    fn place(self, corner: Corner) -> Option<Place> {
        self.sketch.with_untracked(|sketch| sketch.place(corner))
    }

    /// Chooses a corner, or none, and says which.
    fn choose(self, corner: Option<Corner>) {
        let before = self.chosen_now();
        self.sketch.update(|sketch| sketch.choose(corner));
        match (corner, before) {
            (Some(corner), _) => self.tell_chosen(corner),
            (None, Some(before)) => self.tell((self.words.let_go)(self.number(before))),
            (None, None) => {}
        }
    }

    fn tell_chosen(self, corner: Corner) {
        let count = count_of(self.sketch.with_untracked(Sketch::count));
        self.tell((self.words.chosen)(self.number(corner), count));
    }

    /// What a tap on the picture does: choose a corner, bring the chosen one there, or put a new one.
    fn tap(self, pixels: [f64; 2]) {
        let lens = self.seen_now();
        let place = lens.place(pixels);
        match (self.corner_near(place, REACH), self.chosen_now()) {
            (Some(corner), chosen) => self.choose(Some(corner).filter(|_| chosen != Some(corner))),
            (None, chosen) => self.settle(place, chosen, LINE_REACH),
        }
    }

    /// What the cross does: let the chosen corner go, choose the one under it, or put a new one.
    fn press(self) {
        let place = self.seen_now().place([0.0, 0.0]);
        match (self.chosen_now(), self.corner_near(place, REACH / 2.0)) {
            (Some(_), _) => self.choose(None),
            (None, Some(corner)) => self.choose(Some(corner)),
            (None, None) => self.settle(place, None, LINE_REACH),
        }
    }

    fn corner_near(self, place: Place, pixels: f64) -> Option<Corner> {
        let metres = pixels * self.seen_now().metres_a_pixel;
        self.sketch.with_untracked(|sketch| sketch.corner_near(place, metres))
    }

    /// Brings the chosen corner to a place, or puts a new one there.
    fn settle(self, place: Place, chosen: Option<Corner>, line_reach: f64) {
        let metres = line_reach * self.seen_now().metres_a_pixel;
        if let Some(corner) = chosen {
            self.change(|sketch| {
                sketch.shift(corner, place);
                sketch.choose(None);
            });
            return self.tell((self.words.moved)(self.number(corner)));
        }
        let mut number = 0;
        self.change(|sketch| {
            let corner = sketch.put(place, metres);
            number = count_of(sketch.number(corner));
        });
        self.tell((self.words.put)(number));
    }

    /// Moves the chosen corner to a side, or else the cross: by a fifth of a square, or a whole one.
    fn step(self, side: Side, is_far: bool) {
        let lens = self.seen_now();
        let metres = if is_far { lens.grid() } else { lens.grid() / 5.0 };
        let Some((corner, place)) = self.chosen_now().and_then(|corner| Some((corner, self.place(corner)?))) else {
            self.look(lens.moved(side.way(metres)));
            return self.tell_cross();
        };
        let place = lens.place(lens.pixels(place_at(place, side.way(metres))));
        self.change(|sketch| sketch.shift(corner, place));
        self.keep_in_view(place);
        self.tell((self.words.moved_toward)(self.number(corner), metres, side));
    }

    /// Looks where a place is, if that is not in view.
    fn keep_in_view(self, place: Place) {
        let lens = self.seen_now();
        if lens.pixels(place).iter().any(|pixels| pixels.abs() > IN_VIEW) {
            self.look(Lens { middle: place, ..lens });
        }
    }

    /// Says where the cross is: on a corner, or how far from the first or from where one began.
    fn tell_cross(self) {
        let Lens { middle, .. } = self.seen_now();
        if let Some(corner) = self.corner_near(middle, REACH / 2.0) {
            return self.tell((self.words.cross_on)(self.number(corner)));
        }
        let first = self.sketch.with_untracked(|sketch| sketch.places().next());
        let from = first.or_else(|| self.begin.get_value()).unwrap_or(middle);
        self.tell((self.words.cross)(way_between(from, middle), first.is_some()));
    }

    fn zoom(self, factor: f64) {
        self.look(self.seen_now().zoomed(factor));
        self.tell((self.words.square)(self.seen_now().grid()));
    }

    fn show_all(self) {
        self.look_at_all();
        self.tell(self.words.all_in_view);
    }

    fn choose_next(self, by: isize) {
        self.sketch.update(|sketch| sketch.choose_next(by));
        match self.chosen_now().and_then(|corner| Some((corner, self.place(corner)?))) {
            Some((corner, place)) => {
                self.keep_in_view(place);
                self.tell_chosen(corner);
            }
            None => self.tell(self.words.empty),
        }
    }

    fn put_between(self) {
        let mut put = None;
        self.change(|sketch| put = sketch.put_between());
        match put {
            Some(corner) => self.tell((self.words.put_chosen)(self.number(corner))),
            None => self.tell(self.words.choose_first),
        }
    }

    fn take_chosen(self) {
        let mut taken = None;
        if self.chosen_now().is_some() {
            self.change(|sketch| taken = sketch.take_chosen());
        }
        match taken {
            Some(number) => self.tell((self.words.taken)(count_of(number))),
            None => self.tell(self.words.choose_first),
        }
    }

    fn undo(self) {
        let mut is_undone = false;
        if self.sketch.with_untracked(Sketch::can_undo) {
            self.change(|sketch| is_undone = sketch.undo());
        }
        self.tell(if is_undone { self.words.undone } else { self.words.none_to_undo });
    }

    fn remove(self) {
        self.change(|sketch| sketch.replace(Vec::new()));
        self.tell(self.words.removed);
    }

    /// Asks the phone where it is; a second tap waits for the first.
    fn ask_here(self, done: impl FnOnce(Position) + 'static) {
        if self.is_asking.get_untracked() {
            return;
        }
        self.is_asking.set(true);
        self.tell(self.words.asking);
        at_phone(async move {
            let found: Result<Position, NoPosition> = position().await;
            // The screen may be gone.
            if self.is_asking.try_set(false).is_some() {
                return;
            }
            match found {
                Ok(found) => {
                    self.here.set(Some(found));
                    done(found);
                }
                Err(why) => self.tell((self.words.no_position)(why)),
            }
        });
    }

    /// Puts a corner where the phone is, or brings the chosen one there.
    fn put_here(self) {
        self.ask_here(move |Position { place, accuracy_m }| {
            if accuracy_m > ROUGHEST {
                return self.tell((self.words.too_rough)(accuracy_m));
            }
            let place = Lens::at(place, ROUGHEST).place([0.0, 0.0]);
            self.settle(place, self.chosen_now(), 0.0);
            self.keep_in_view(place);
            self.said.update(|said| *said = (self.words.within)(said, accuracy_m));
        });
    }
}

/// What file pickers of browsers and systems call such files.
const KINDS: &str = ".geojson,.json,application/geo+json,application/json";

/// A button beside the picture, with a word.
fn tool(drawing: &'static str, word: impl Into<View>, tap: impl FnMut() + 'static) -> El {
    button().class("button").on_tap(tap).child(icon(drawing)).child(word)
}
