//! Where the photo was made: as the phone says, pointed at on the outline of the neighbourhood, or left out; and how precisely
//! others see it.

use browser::{Draft, NoPosition, Phone, Position, Watching, place_now, watch_position};
use dom::{El, View, br, button, div, fieldset, h1, h2, input, label, legend, live, main, p, span};
use domain::{Place, PlaceShown, PlaceSource, RecordId};
use gloo::timers::callback::Timeout;
use ground::{Areas, Lens, read_outline};
use leptos::prelude::*;
use ui::{at_phone, back_top, bones, derive, icon, notice, use_phone, use_reading, use_screen};

use super::foot::{foot, save_draft};
use super::ground_pane::{Pane, pane};
use super::photos::use_draft;
use crate::locales::use_words;
use crate::places::draft_path;

/// How long the phone may look for where it is, in milliseconds.
const LONGEST_MS: u32 = 20_000;

/// What is sure enough to stop looking, in metres.
const SURE_ENOUGH_M: f64 = 8.0;

/// How much is seen around a place where there is no outline, in metres.
const AROUND_M: f64 = 250.0;

/// How the place is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Here,
    Point,
    LeaveOut,
}

/// How it stands with looking for where the phone is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Finding {
    Nothing,
    Looking,
    Found(Position),
    Not(NoPosition),
}

/// What the screen holds.
#[derive(Clone, Copy)]
struct Telling {
    draft: RecordId,
    place: RwSignal<Option<Place>>,
    shown: RwSignal<PlaceShown>,
    way: RwSignal<Option<Way>>,
    finding: RwSignal<Finding>,
    /// Ends with the screen, or once it is sure enough.
    watching: StoredValue<Option<(Watching, Timeout)>, LocalStorage>,
    pane: Pane,
    phone: StoredValue<Phone>,
}

/// The screen on which a draft's place is told.
pub(crate) fn tell_place(draft: RecordId) -> View {
    let words = &use_words().place;
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.title);
    let heading = use_screen(|| words.title.to_owned(), heading);
    let phone = use_phone();
    let outline = use_reading(move || {
        let phone = phone.clone();
        async move {
            let settings = phone.project_settings().await;
            settings.area.as_ref().and_then(|area| read_outline(area).ok()).unwrap_or_default()
        }
    });
    let read = use_draft(draft);
    // Made once: what is told here must not be swept away by what changes meanwhile.
    let is_read =
        derive(move || outline.map(|_| ()).and_then(|()| read.with(|read| read.as_ref().map(Option::is_some))));
    let inside = live(move || match is_read.get() {
        None => View::from(main().attr("id", "main").child(div().class("page").child(bones()))),
        Some(false) => {
            let gone = notice("images", None, use_words().photos.gone);
            main().attr("id", "main").child(div().class("page stack").child(gone)).into()
        }
        Some(true) => {
            let held = read.with_untracked(|read| read.clone().flatten());
            let areas = untrack(|| outline.get()).unwrap_or_default();
            held.map_or_else(View::nothing, |held| Telling::of(&held, areas).shown(&held))
        }
    });
    View::from(back_top(&draft_path(draft)).child(heading)).and(inside)
}

impl Telling {
    fn of(held: &Draft, areas: Areas) -> Self {
        let place = held.place();
        let lens = Lens::on(areas.iter().flatten().flatten().copied());
        let telling = Self {
            draft: held.id,
            place: RwSignal::new(place),
            shown: RwSignal::new(held.place_shown.unwrap_or_default()),
            way: RwSignal::new(place.map(|place| match place.source {
                PlaceSource::Here => Way::Here,
                PlaceSource::Pointed | PlaceSource::Photo => Way::Point,
            })),
            finding: RwSignal::new(Finding::Nothing),
            watching: StoredValue::new_local(None),
            pane: Pane { areas: StoredValue::new(areas), lens: RwSignal::new(lens), pin: RwSignal::new(None) },
            phone: StoredValue::new(use_phone()),
        };
        telling.show_pin(place);
        on_cleanup(move || drop(telling.watching.try_set_value(None)));
        telling
    }

    /// Shows a place on the picture, which looks there where it looked at nothing yet.
    fn show_pin(self, place: Option<Place>) {
        let at = place.map(|place| (degrees_of(place), place.accuracy_m.map(f64::from)));
        self.pane.pin.set(at);
        if let Some((at, accuracy_m)) = at
            && self.pane.lens.with_untracked(Option::is_none)
        {
            self.pane.lens.set(Some(Lens::at(at, accuracy_m.unwrap_or_default().max(AROUND_M))));
        }
    }

    /// Writes down where it was; one that cannot be is none.
    fn tell(self, place: Option<Place>) {
        self.place.set(place);
        self.show_pin(place);
        let phone = self.phone.get_value();
        at_phone(async move { phone.set_place(self.draft, place).await });
    }

    fn go(self, way: Way) {
        self.watching.set_value(None);
        self.finding.set(Finding::Nothing);
        self.way.set(Some(way));
        match way {
            Way::Here => self.look(),
            Way::LeaveOut => self.tell(None),
            Way::Point => {}
        }
    }

    /// Has the phone look for where it is, ever more precisely; nothing waits for it.
    fn look(self) {
        self.finding.set(Finding::Looking);
        let watching = watch_position(move |found| {
            // The screen may be gone.
            if self.way.try_get_untracked() == Some(Some(Way::Here)) {
                self.found(found);
            }
        });
        let Some(watching) = watching else { return self.finding.set(Finding::Not(NoPosition::Unknown)) };
        let enough = Timeout::new(LONGEST_MS, move || {
            // Dropped with what holds it: that must not be now.
            self.watching.try_update_value(|held| {
                held.take().map(|(watching, timeout)| {
                    drop(watching);
                    timeout.forget();
                })
            });
            self.finding.try_update(|finding| {
                if *finding == Finding::Looking {
                    *finding = Finding::Not(NoPosition::Unknown);
                }
            });
        });
        self.watching.set_value(Some((watching, enough)));
    }

    fn found(self, found: Result<Position, NoPosition>) {
        let best = match self.finding.get_untracked() {
            Finding::Found(best) => Some(best),
            Finding::Nothing | Finding::Looking | Finding::Not(_) => None,
        };
        match found {
            // A position that is less sure than the one before says nothing new.
            Ok(position) if best.is_none_or(|best| position.accuracy_m < best.accuracy_m) => {
                self.finding.set(Finding::Found(position));
                self.tell(place_now(position.place, Some(position.accuracy_m), PlaceSource::Here));
                if position.accuracy_m <= SURE_ENOUGH_M {
                    self.watching.set_value(None);
                }
            }
            Err(why) if best.is_none() => self.finding.set(Finding::Not(why)),
            Ok(_) | Err(_) => {}
        }
    }

    fn shown(self, held: &Draft) -> View {
        let page = div()
            .class("page stack")
            .attr("data-gap", "m")
            .child(self.offered(held))
            .child(self.ways())
            .child(div().class("stack").attr("data-gap", "xs").attr("role", "status").child(self.told()))
            .child(self.picture())
            .child(self.precision());
        View::from(main().attr("id", "main").child(page)).and(foot(&draft_path(self.draft), save_draft(self.draft)))
    }

    /// The place that a photo brought along: it is taken over by nobody but its maker.
    fn offered(self, held: &Draft) -> View {
        let words = &use_words().place;
        let Some(offered) = held.offered_place() else { return View::nothing() };
        let is_used = derive(move || self.place.get() == Some(offered));
        live(move || {
            (!is_used.get()).then(|| {
                let take = button().class("button").child(icon("here")).child(words.offered_take).on_tap(move || {
                    self.go(Way::Point);
                    self.tell(Some(offered));
                });
                let told = notice("images", None, words.offered);
                div().class("stack").attr("data-gap", "2xs").child(told).child(div().child(take))
            })
        })
    }

    fn ways(self) -> El {
        let words = &use_words().place;
        let choice = |way: Way, drawing: &'static str, word: &'static str| {
            let field = input()
                .attr("type", "radio")
                .attr("name", "way")
                .prop_live("checked", move || self.way.get() == Some(way))
                // Chosen again it looks again.
                .on("click", move |_| self.go(way));
            label()
                .class("choice")
                .child(field)
                .child(icon(drawing).attr("data-size", "l"))
                .child(span().class("choice-word").child(word))
        };
        fieldset()
            .class("stack")
            .attr("data-gap", "2xs")
            .child(legend().class("visually-hidden").child(words.title))
            .child(
                div()
                    .class("thirds")
                    .child(choice(Way::Here, "here", words.here))
                    .child(choice(Way::Point, "point", words.point))
                    .child(choice(Way::LeaveOut, "skip", words.leave_out)),
            )
    }

    fn told(self) -> View {
        let words = &use_words().place;
        live(move || match (self.way.get(), self.finding.get()) {
            (None, _) => View::from(p().child(words.why)),
            (Some(Way::LeaveOut), _) => p().child(words.left_out).into(),
            (Some(Way::Here), Finding::Looking) => notice("clock", None, words.looking).into(),
            (Some(Way::Here), Finding::Found(position)) => {
                notice("here", None, &(words.found)(position.accuracy_m.max(1.0).round())).into()
            }
            (Some(Way::Here), Finding::Not(why)) => notice("warn", Some("warn"), (words.not_found)(why)).into(),
            (Some(Way::Here), Finding::Nothing) => p().child(words.told).into(),
            (Some(Way::Point), _) if self.pane.lens.with(Option::is_none) => {
                notice("map", None, words.no_outline).into()
            }
            (Some(Way::Point), _) if self.place.get().is_none() => p().child(words.point_how).into(),
            (Some(Way::Point), _) => p().child(words.told).into(),
        })
    }

    fn picture(self) -> View {
        let is_seen = derive(move || {
            self.way.get().is_some_and(|way| way != Way::LeaveOut) && self.pane.lens.with(Option::is_some)
        });
        let point = Callback::new(move |at: [f64; 2]| {
            self.watching.set_value(None);
            self.finding.set(Finding::Nothing);
            self.way.set(Some(Way::Point));
            self.tell(place_now(at, None, PlaceSource::Pointed));
        });
        live(move || is_seen.get().then(|| pane(self.pane, point)))
    }

    /// How precisely others see it.
    fn precision(self) -> View {
        let words = &use_words().place;
        let is_told = derive(move || self.place.with(Option::is_some));
        let option = move |shown: PlaceShown| {
            let (name, what) = (words.precision)(shown);
            let field = input()
                .attr("type", "radio")
                .attr("name", "precision")
                .prop_live("checked", move || self.shown.get() == shown)
                .on("change", move |_| {
                    self.shown.set(shown);
                    let phone = self.phone.get_value();
                    at_phone(async move { phone.set_place_shown(self.draft, shown).await });
                });
            let told =
                span().class("option-words").child(name).child(br()).child(span().class("small quiet").child(what));
            label().class("option").child(field).child(told)
        };
        live(move || {
            is_told.get().then(|| {
                let all = [PlaceShown::Street, PlaceShown::Neighbourhood, PlaceShown::Exact, PlaceShown::Hidden];
                fieldset()
                    .class("stack")
                    .attr("data-gap", "2xs")
                    .child(legend().child(h2().attr("data-size", "m").child(words.how_precisely)))
                    .child(all.into_iter().map(option).collect::<View>())
            })
        })
    }
}

/// Returns degrees east and north.
fn degrees_of(place: Place) -> [f64; 2] {
    // Millionths of a degree are far fewer than a float counts.
    #[expect(clippy::cast_precision_loss, reason = "at most 180 million")]
    let degrees = |micro: i64| micro as f64 / 1e6;
    [degrees(place.east_microdeg), degrees(place.north_microdeg)]
}
