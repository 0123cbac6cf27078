//! The outline of the neighbourhood: from a file, or from points that are typed.

use dom::{El, View, button, div, figcaption, figure, h2, live, p, section, svg};
use domain::plain::Value;
use leptos::prelude::*;
use ui::{at_phone, file_picker, icon, notice};
use web_sys::File;

use super::super::fields::long_field_live;
use super::form::{Filled, Held, Touch, settings_form};
use crate::locales::use_words;
use crate::outline::{Drawing, MAX_FILE_BYTES, NoOutline, draw, points_of, read_file, read_points};

/// The area as it stands in the form: none, an outline, or why what was given is none.
type Given = Result<Option<Value>, NoOutline>;

#[derive(Clone, Copy)]
struct Area {
    given: RwSignal<Given>,
    typed: RwSignal<String>,
    touch: Touch,
}

/// The outline.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up.area;
    settings_form(held, &["area"], move |settings, touch| {
        let given = settings.area.clone();
        let area = Area { typed: RwSignal::new(typed_of(given.as_ref())), given: RwSignal::new(Ok(given)), touch };
        let read = move || match area.given.get_untracked() {
            Ok(area) => Ok(vec![("area", area.unwrap_or_default())]),
            Err(why) => Err((words.none)(why)),
        };
        Filled { inside: area.shown(), read: Box::new(read) }
    })
}

/// Returns the points of an outline that one can still read as such.
fn typed_of(area: Option<&Value>) -> String {
    let points = area.and_then(points_of).unwrap_or_default();
    if points.lines().count() > MOST_TYPED { String::new() } else { points }
}

/// How many points anybody types.
const MOST_TYPED: usize = 60;

impl Area {
    fn shown(self) -> View {
        let words = &use_words().set_up.area;
        let preview = live(move || match self.given.get() {
            Ok(Some(area)) => View::from(draw(&area).map(|drawing| drawn(&drawing))).and(self.removing()),
            Ok(None) => p().class("quiet").child(words.empty).into(),
            Err(why) => notice("warn", Some("warn"), &(words.none)(why)).into(),
        });
        let on_files = Callback::new(move |files: Vec<File>| {
            if let Some(file) = files.into_iter().next() {
                self.take_file(file);
            }
        });
        let button = View::from(icon("folder")).and(words.choose);
        let file = div().child(file_picker("button picker", KINDS, on_files, button));
        let type_in = move |_: &_| {
            let typed = self.typed.get_untracked();
            self.given.set(if typed.trim().is_empty() { Ok(None) } else { read_points(&typed).map(Some) });
        };
        let points = long_field_live("set-area", words.points, words.points_hint, 6, self.typed).on("input", type_in);
        View::from(
            section()
                .class("stack")
                .attr("data-gap", "xs")
                .child(h2().child(words.file))
                .child(p().child(words.file_why))
                .child(file),
        )
        .and(section().class("stack").attr("data-gap", "xs").child(h2().child(words.typing)).child(points))
        .and(preview)
    }

    /// Takes a file's outline in the place of what stands here.
    fn take_file(self, file: File) {
        at_phone(async move {
            let text = browser::read_text(&file, MAX_FILE_BYTES).await;
            let given = text.map_or(Err(NoOutline::TooLarge), |text| read_file(&text)).map(Some);
            // The screen may be gone.
            if let Ok(area) = &given {
                let _ = self.typed.try_set(typed_of(area.as_ref()));
            }
            if self.given.try_set(given).is_none() {
                self.touch.now();
            }
        });
    }

    fn removing(self) -> El {
        let remove = move || {
            self.given.set(Ok(None));
            self.typed.set(String::new());
            self.touch.now();
        };
        div().child(button().class("button").on_tap(remove).child(icon("trash")).child(use_words().set_up.area.remove))
    }
}

/// What file pickers of browsers and systems call such files.
const KINDS: &str = ".geojson,.json,application/geo+json,application/json";

/// An outline as a drawing, north above; in words too.
fn drawn(drawing: &Drawing) -> El {
    let words = &use_words().set_up.area;
    let kilometres = drawing.metres.map(|metres| metres / 1000.0);
    let said = (words.size)(drawing.points, kilometres);
    let shape = svg("svg")
        .class("outline")
        .attr("viewBox", &drawing.view_box)
        .attr("role", "img")
        .attr("aria-label", words.drawing)
        .child(
            svg("path")
                .attr("d", &drawing.path)
                .attr("fill-rule", "evenodd")
                .attr("vector-effect", "non-scaling-stroke"),
        );
    figure().class("stack").attr("data-gap", "2xs").child(shape).child(figcaption().class("small quiet").child(said))
}
