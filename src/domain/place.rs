//! Where an entry was made, and how precisely others see that.

use serde_json::Value;

use crate::plain::Plain;
use crate::{FieldState, Timestamp};

/// Millionths of a degree (11 cm) from the equator to a pole, half way round, and all the way round.
const TO_POLE: i64 = 90_000_000;
const HALF_TURN: i64 = 180_000_000;
const TURN: i64 = 360_000_000;

/// Squares of 100 m.
const STREET: Grid = Grid { row: 900, radius_m: 100 };

/// Squares of a kilometre.
const NEIGHBOURHOOD: Grid = Grid { row: 9_000, radius_m: 1_000 };

/// What is less sure than this, in metres, says nothing about a neighbourhood.
const MAX_ACCURACY_M: u32 = 100_000;

/// How a place came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceSource {
    /// *Hier*: the phone said where it was.
    Here,
    /// *Wijs aan*: somebody pointed at it.
    Pointed,
    /// The photo brought it along, and its maker took it over.
    Photo,
}

impl PlaceSource {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Here, Self::Pointed, Self::Photo];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Pointed => "pointed",
            Self::Photo => "photo",
        }
    }

    /// Returns the source with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.key() == key)
    }
}

crate::plain_key!(PlaceSource);

/// How precisely others see a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceShown {
    /// Not at all.
    Hidden,
    /// The middle of a square kilometre.
    Neighbourhood,
    /// The middle of a square of 100 m; so where the maker did not say.
    #[default]
    Street,
    /// As it is.
    Exact,
}

impl PlaceShown {
    /// All of them, the narrowest first.
    pub const ALL: [Self; 4] = [Self::Hidden, Self::Neighbourhood, Self::Street, Self::Exact];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Neighbourhood => "neighbourhood",
            Self::Street => "street",
            Self::Exact => "exact",
        }
    }

    /// Returns what has this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.key() == key)
    }
}

crate::plain_key!(PlaceShown);

/// Where an entry was made, as its maker alone knows it. Degrees are whole millionths, so that they come back from every store and
/// server as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Degrees north of the equator, in millionths; less than 0 in the south.
    pub north_microdeg: i64,
    /// Degrees east of Greenwich, in millionths; less than 0 in the west.
    pub east_microdeg: i64,
    /// How far off it may be, in metres, where that is known.
    pub accuracy_m: Option<u32>,
    /// How it came to be known.
    pub source: PlaceSource,
    /// When, by the phone's own clock.
    pub at: Timestamp,
}

crate::plain!(Place { north_microdeg, east_microdeg, accuracy_m, source, at });

impl Place {
    /// Makes a place of degrees and metres as phones say them. `None`: that is nowhere on earth, or it is the 0, 0 of what does not
    /// know where it is.
    pub fn new(
        north_deg: f64,
        east_deg: f64,
        accuracy_m: Option<f64>,
        source: PlaceSource,
        at: Timestamp,
    ) -> Option<Self> {
        // A cast makes 0 of what is no number, and the nearest whole number of all else.
        let is_number = north_deg.is_finite() && east_deg.is_finite();
        let micro = |degrees: f64| (degrees * 1e6).round() as i64;
        let accuracy_m = accuracy_m.filter(|metres| *metres >= 0.0).map(|metres| metres.ceil() as u32);
        let place = Self { north_microdeg: micro(north_deg), east_microdeg: micro(east_deg), accuracy_m, source, at };
        (is_number && place.is_possible()).then_some(place)
    }

    /// Says whether this can be where something is.
    fn is_possible(&self) -> bool {
        (-TO_POLE..=TO_POLE).contains(&self.north_microdeg)
            && (-HALF_TURN..=HALF_TURN).contains(&self.east_microdeg)
            && (self.north_microdeg, self.east_microdeg) != (0, 0)
            && self.accuracy_m.is_none_or(|metres| metres <= MAX_ACCURACY_M)
    }

    /// Reads what a field holds; `None` for what is no place, too.
    pub(crate) fn from_field(value: &Value) -> Option<Self> {
        Self::from_value(value).filter(Self::is_possible)
    }

    /// Returns what others see of it. All places in one square are shown alike, and always at its middle, so that asking again tells
    /// nothing more. Nor does showing it more and less by turns: a square of a street lies in one neighbourhood as a whole.
    pub fn shown(&self, how: PlaceShown) -> Option<ShownPlace> {
        let Self { north_microdeg, east_microdeg, accuracy_m, .. } = *self;
        let here = (north_microdeg, east_microdeg);
        let ((north_microdeg, east_microdeg), radius_m) = match how {
            PlaceShown::Hidden => return None,
            PlaceShown::Neighbourhood => (NEIGHBOURHOOD.middle(STREET.middle(here)), Some(NEIGHBOURHOOD.radius_m)),
            PlaceShown::Street => (STREET.middle(here), Some(STREET.radius_m)),
            PlaceShown::Exact => (here, accuracy_m),
        };
        Some(ShownPlace { north_microdeg, east_microdeg, radius_m, shown: how })
    }
}

/// A place as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownPlace {
    /// Degrees north of the equator, in millionths.
    pub north_microdeg: i64,
    /// Degrees east of Greenwich, in millionths.
    pub east_microdeg: i64,
    /// The real place is no further than this from it, in metres; `None` where that is not known.
    pub radius_m: Option<u32>,
    /// How precisely it is shown.
    pub shown: PlaceShown,
}

crate::plain!(ShownPlace { north_microdeg, east_microdeg, radius_m, shown });

/// The earth in rows of one height, each cut into squares. It is the same for everybody and for ever, and of whole numbers alone:
/// no two machines round it differently.
struct Grid {
    /// The height of a row, in millionths of a degree: an even number of [`Self::STEP`]s.
    row: i64,
    /// No place that is shown at the middle of a square is further from it, in metres, near the poles neither.
    radius_m: u32,
}

impl Grid {
    /// What the middle of each row is a whole number of, in millionths of a degree.
    const STEP: i64 = 450;

    /// Returns the middle of the square in which a place lies.
    fn middle(&self, (north, east): (i64, i64)) -> (i64, i64) {
        let row = ((north + TO_POLE) / self.row).min(2 * TO_POLE / self.row - 1);
        let middle = row * self.row + self.row / 2 - TO_POLE;
        let columns = self.columns(middle);
        // 180 degrees east are 180 degrees west.
        let column = (east + HALF_TURN) * columns / TURN % columns;
        (middle, (2 * column + 1) * TURN / (2 * columns) - HALF_TURN)
    }

    /// Returns how many squares a row has: ever less towards the poles, by Bhaskara's cosine, which is right to a fiftieth.
    fn columns(&self, middle: i64) -> i64 {
        let (pole, north) = (TO_POLE / Self::STEP, middle / Self::STEP);
        (TURN / self.row * 4 * (pole * pole - north * north) / (4 * pole * pole + north * north)).max(1)
    }
}

/// Says whether one of the fields about an entry's place has an allowed value: `place`, or `place_shown`.
pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
    field.last().is_some_and(|value| match name {
        "place" => value.is_null() || Place::from_field(value).is_some(),
        _ => PlaceShown::from_value(value).is_some(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ROUNDED: [PlaceShown; 2] = [PlaceShown::Street, PlaceShown::Neighbourhood];

    fn at(north_microdeg: i64, east_microdeg: i64) -> Place {
        let at = Timestamp::from_ms(1);
        Place { north_microdeg, east_microdeg, accuracy_m: Some(12), source: PlaceSource::Here, at }
    }

    fn seen(place: Place, how: PlaceShown) -> ShownPlace {
        place.shown(how).unwrap()
    }

    /// Everywhere, and as often at the poles, the date line, the equator and Greenwich.
    fn places() -> impl Strategy<Value = Place> {
        let near = |edge: i64, most: i64| (edge - 20_000).max(-most)..=(edge + 20_000).min(most);
        let along = move |most: i64| {
            prop_oneof![-most..=most, near(-most, most), near(most, most), near(0, most), near(52_000_000, most)]
        };
        (along(TO_POLE), along(HALF_TURN)).prop_map(|(north, east)| at(north, east))
    }

    /// Along a great circle, on an earth as flat as it is nowhere.
    fn metres(place: Place, from: ShownPlace) -> f64 {
        let radians = |microdeg: i64| (microdeg as f64 / 1e6).to_radians();
        let (north, other) = (radians(place.north_microdeg), radians(from.north_microdeg));
        let (up, along) = (north - other, radians(place.east_microdeg) - radians(from.east_microdeg));
        let part = (up / 2.0).sin().powi(2) + north.cos() * other.cos() * (along / 2.0).sin().powi(2);
        2.0 * 6_400_000.0 * part.sqrt().min(1.0).asin()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_circle_that_others_see_contains_the_place(place in places()) {
            for how in ROUNDED {
                let seen = seen(place, how);
                let radius_m = f64::from(seen.radius_m.unwrap());
                prop_assert!(metres(place, seen) <= radius_m, "{} m of {radius_m}", metres(place, seen));
                prop_assert!(Place::from_field(&at(seen.north_microdeg, seen.east_microdeg).to_value()).is_some());
            }
        }

        #[test]
        fn all_places_of_a_square_are_shown_alike(place in places(), parts in (0..=1000_i64, 0..=1000_i64)) {
            let street = seen(place, PlaceShown::Street);
            let middle = at(street.north_microdeg, street.east_microdeg);
            // 180 degrees east belong to the square on their other side.
            let east = if place.east_microdeg == HALF_TURN { -HALF_TURN } else { place.east_microdeg };
            let between = |from: i64, to: i64, part: i64| from + (to - from) * part / 1000;
            let other = at(
                between(place.north_microdeg, middle.north_microdeg, parts.0),
                between(east, middle.east_microdeg, parts.1),
            );
            prop_assert_eq!(seen(middle, PlaceShown::Street), street);
            prop_assert_eq!(seen(other, PlaceShown::Street), street);
            // Whoever sees now the one and now the other knows no more of it than its street.
            prop_assert_eq!(seen(other, PlaceShown::Neighbourhood), seen(place, PlaceShown::Neighbourhood));
        }

        #[test]
        fn nothing_but_the_square_counts(place in places(), accuracy_m in 0..MAX_ACCURACY_M, at_ms in 0..1000_u64) {
            let otherwise = Place {
                accuracy_m: Some(accuracy_m),
                at: Timestamp::from_ms(at_ms),
                source: PlaceSource::Photo,
                ..place
            };
            for how in ROUNDED {
                prop_assert_eq!(seen(otherwise, how), seen(place, how));
            }
        }
    }

    #[test]
    fn squares_are_of_equal_metres_up_to_the_north_of_norway() {
        for north in [0, 30_000_000, 52_000_000, 71_000_000, -52_000_000] {
            for (how, side_m) in [(PlaceShown::Street, 100.0), (PlaceShown::Neighbourhood, 1_000.0)] {
                let first = seen(at(north, 5_900_000), how);
                let step = (1..).find(|step| seen(at(north, 5_900_000 + step * 10), how) != first).unwrap();
                let next = seen(at(north, 5_900_000 + step * 10), how);
                let wide = metres(at(next.north_microdeg, next.east_microdeg), first);
                assert!((wide / side_m - 1.0).abs() < 0.03, "{wide} m at {north}");
            }
        }
    }

    #[test]
    fn what_is_shown_exactly_is_shown_as_it_is_and_what_is_hidden_is_not_there() {
        let place = at(51_985_100, 5_898_730);
        let exact = seen(place, PlaceShown::Exact);
        assert_eq!((exact.north_microdeg, exact.east_microdeg, exact.radius_m), (51_985_100, 5_898_730, Some(12)));
        assert_eq!(place.shown(PlaceShown::Hidden), None);
    }

    #[test]
    fn the_squares_are_where_they_always_were() {
        let place = at(51_985_100, 5_898_730);
        let seen = |how| (seen(place, how).north_microdeg, seen(place, how).east_microdeg);
        assert_eq!(seen(PlaceShown::Street), (51_985_350, 5_898_472));
        assert_eq!(seen(PlaceShown::Neighbourhood), (51_988_500, 5_904_878));
    }

    #[test]
    fn what_a_phone_says_becomes_a_place_unless_it_is_nowhere() {
        let place = |north, east, accuracy| Place::new(north, east, accuracy, PlaceSource::Here, Timestamp::from_ms(1));
        assert_eq!(place(51.985_100_4, 5.898_729_6, Some(11.2)), Some(at(51_985_100, 5_898_730)));
        assert_eq!(place(-33.9, -0.000_001, None).map(|place| place.east_microdeg), Some(-1));
        assert_eq!(place(1.0, 1.0, Some(f64::NAN)).map(|place| place.accuracy_m), Some(None));
        for (north, east) in
            [(0.0, 0.0), (90.1, 5.0), (-95.5, 5.0), (52.0, 200.0), (f64::NAN, 5.0), (52.0, f64::INFINITY)]
        {
            assert_eq!(place(north, east, None), None, "{north}, {east}");
        }
        assert_eq!(place(52.0, 5.0, Some(3e6)), None);
    }

    #[test]
    fn a_field_holds_a_place_on_earth_or_none() {
        let is_valid =
            |value: Value| is_valid_field("place", &FieldState::Last { value, at: crate::field::tests::stamp(1, 1) });
        let good = at(51_985_100, 5_898_730);
        assert!(is_valid(Value::Null) && is_valid(good.to_value()));
        assert!(is_valid(at(-TO_POLE, HALF_TURN).to_value()));
        let but = |name: &str, value: Value| {
            let mut place = good.to_value();
            place[name] = value;
            place
        };
        for wrong in [
            at(0, 0).to_value(),
            at(TO_POLE + 1, 0).to_value(),
            at(1, HALF_TURN + 1).to_value(),
            but("north_microdeg", 51.5.into()),
            but("east_microdeg", "5".into()),
            but("accuracy_m", (-1).into()),
            but("accuracy_m", (MAX_ACCURACY_M + 1).into()),
            but("source", "satellite".into()),
            but("at", Value::Null),
            "Presikhaaf".into(),
        ] {
            assert!(!is_valid(wrong.clone()), "{wrong}");
        }
        assert!(!is_valid_field(
            "place_shown",
            &FieldState::Last { value: "blurred".into(), at: crate::field::tests::stamp(1, 1) }
        ));
    }
}
