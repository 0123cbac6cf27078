//! Places, ways between them, and how they are seen from above.

/// A place: degrees east, degrees north.
pub type Place = [f64; 2];

/// The places around an area, or around a hole in one; the last is followed by the first.
pub type Ring = Vec<Place>;

/// Areas, each as its ring and those of its holes.
pub type Areas = Vec<Vec<Ring>>;

/// How far, in metres: to the east, and to the north.
pub type Metres = [f64; 2];

/// Where on a picture, in pixels: to the right of its middle, and below it.
pub type Pixels = [f64; 2];

const METRES_A_DEGREE: f64 = 111_320.0;

/// Returns how far it is from one place to another. The earth counts as flat in between.
pub fn way_between(from: Place, to: Place) -> Metres {
    [(to[0] - from[0]) * squeeze(from) * METRES_A_DEGREE, (to[1] - from[1]) * METRES_A_DEGREE]
}

/// Returns how many metres it is from one place to another.
pub fn distance(from: Place, to: Place) -> f64 {
    let [east, north] = way_between(from, to);
    east.hypot(north)
}

/// Returns the place this far from another.
pub fn place_at(from: Place, way: Metres) -> Place {
    let east = from[0] + way[0] / squeeze(from) / METRES_A_DEGREE;
    let north = from[1] + way[1] / METRES_A_DEGREE;
    [east.clamp(-180.0, 180.0), north.clamp(-90.0, 90.0)]
}

/// A degree to the east is shorter the further north one is.
fn squeeze(place: Place) -> f64 {
    place[1].to_radians().cos().max(0.01)
}

/// Returns how far places reach from west to east and from south to north, and what lies in the middle; `None` of no place.
pub fn reach_of(places: impl Iterator<Item = Place> + Clone) -> Option<(Metres, Place)> {
    places.clone().next()?;
    let edge = |of: usize, pick: fn(f64, f64) -> f64, from: f64| places.clone().map(|place| place[of]).fold(from, pick);
    let least = [0, 1].map(|of| edge(of, f64::min, f64::INFINITY));
    let most = [0, 1].map(|of| edge(of, f64::max, f64::NEG_INFINITY));
    let middle = [0, 1].map(|of| f64::midpoint(least[of], most[of]));
    let [west_south, east_north] = [least, most].map(|place| way_between(middle, place));
    Some(([0, 1].map(|of| east_north[of] - west_south[of]), middle))
}

/// Where something can be moved to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Up on the picture.
    North,
    /// To its right.
    East,
    /// Down.
    South,
    /// To its left.
    West,
}

impl Side {
    /// All sides, clockwise.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// Returns the way to that side.
    pub const fn way(self, metres: f64) -> Metres {
        match self {
            Self::North => [0.0, metres],
            Self::East => [metres, 0.0],
            Self::South => [0.0, -metres],
            Self::West => [-metres, 0.0],
        }
    }
}

/// How the ground is seen on a picture, north above: which place lies in the middle, and how much a pixel is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// The place in the middle.
    pub middle: Place,
    /// How many metres a pixel is wide and high.
    pub metres_a_pixel: f64,
}

/// How many pixels what is looked at as a whole takes.
const WHOLE_PIXELS: f64 = 250.0;

/// How near and how far one can look, in metres a pixel.
const NEAREST: f64 = 0.1;
const FURTHEST: f64 = 500.0;

/// How wide a square of the grid is at least, in pixels.
const GRID_PIXELS: f64 = 44.0;

impl Lens {
    /// Looks at a place and so many metres around it.
    pub fn at(middle: Place, metres_around: f64) -> Self {
        Self { middle, metres_a_pixel: (2.0 * metres_around / WHOLE_PIXELS).clamp(NEAREST, FURTHEST) }
    }

    /// Looks at these places as a whole; `None` of no place.
    pub fn on(places: impl Iterator<Item = Place> + Clone) -> Option<Self> {
        let (reach, middle) = reach_of(places)?;
        Some(Self::at(middle, (reach[0].max(reach[1]) / 2.0).max(50.0)))
    }

    /// Returns where on the picture a place lies.
    pub fn pixels(self, place: Place) -> Pixels {
        let [east, north] = way_between(self.middle, place);
        [east / self.metres_a_pixel, -north / self.metres_a_pixel]
    }

    /// Returns which place lies there on the picture, to a decimetre.
    pub fn place(self, [right, below]: Pixels) -> Place {
        place_at(self.middle, [right * self.metres_a_pixel, -below * self.metres_a_pixel]).map(to_a_decimetre)
    }

    /// Looks this much further on.
    pub fn moved(self, way: Metres) -> Self {
        Self { middle: place_at(self.middle, way), ..self }
    }

    /// Looks at the same place from nearer by (a factor below 1) or further off.
    pub fn zoomed(self, factor: f64) -> Self {
        Self { metres_a_pixel: (self.metres_a_pixel * factor).clamp(NEAREST, FURTHEST), ..self }
    }

    /// Returns how wide a square of the grid is, in metres: a round number.
    pub fn grid(self) -> f64 {
        round_above(GRID_PIXELS * self.metres_a_pixel)
    }

    /// Returns where the first lines of the grid are, to the right of the middle and below it, when one goes through this place.
    pub fn grid_begins(self, through: Place) -> Pixels {
        let square = self.grid() / self.metres_a_pixel;
        self.pixels(through).map(|pixels| pixels.rem_euclid(square))
    }
}

/// Returns the smallest of 1, 2, 5, 10, 20, 50 ... that is no smaller.
fn round_above(metres: f64) -> f64 {
    let power = 10_f64.powf(metres.log10().floor());
    [1.0, 2.0, 5.0].map(|times| times * power).into_iter().find(|round| *round >= metres).unwrap_or(10.0 * power)
}

/// A ten-millionth of a degree is a centimetre.
fn to_a_decimetre(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// Returns how far a place lies from the line between two others, in metres.
pub fn metres_to_line(place: Place, from: Place, to: Place) -> f64 {
    let [from, to] = [from, to].map(|end| way_between(place, end));
    let along = [to[0] - from[0], to[1] - from[1]];
    let length = along[0].mul_add(along[0], along[1] * along[1]);
    let part = if length > 0.0 { (-(from[0] * along[0] + from[1] * along[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    (part.mul_add(along[0], from[0])).hypot(part.mul_add(along[1], from[1]))
}

/// Returns the place halfway between two others.
pub fn halfway(from: Place, to: Place) -> Place {
    [0, 1].map(|of| to_a_decimetre(f64::midpoint(from[of], to[of])))
}

/// Says whether the line around a ring crosses or touches itself.
pub fn crosses_itself(ring: &[Place]) -> bool {
    let count = ring.len();
    let west = |at: usize| ring[at][0].min(ring[(at + 1) % count][0]);
    let east = |at: usize| ring[at][0].max(ring[(at + 1) % count][0]);
    // From west to east, so that each is held against those only that lie as far east.
    let mut sides: Vec<_> = (0..count).collect();
    sides.sort_by(|one, other| west(*one).total_cmp(&west(*other)));
    let meet = |one: usize, other: usize| {
        let are_neighbours = (one + 1) % count == other || (other + 1) % count == one;
        let [a, b, c, d] = [one, one + 1, other, other + 1].map(|at| ring[at % count]);
        !are_neighbours && lines_meet(a, b, c, d)
    };
    sides.iter().enumerate().any(|(at, one)| {
        let others = sides[at + 1..].iter().take_while(|other| west(**other) <= east(*one));
        others.into_iter().any(|other| meet(*one, *other))
    })
}

/// Says whether the line from `a` to `b` and that from `c` to `d` have a place in common.
fn lines_meet(a: Place, b: Place, c: Place, d: Place) -> bool {
    let turns = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
    let cross = turns[0] * turns[1] < 0.0 && turns[2] * turns[3] < 0.0;
    let on_line = [(c, a, b), (d, a, b), (a, c, d), (b, c, d)];
    cross || turns.iter().zip(on_line).any(|(turn, (place, from, to))| *turn == 0.0 && is_within(place, from, to))
}

/// Above 0 where one turns left from `a` by way of `b` to `c`, 0 where one goes straight on.
fn turn(a: Place, b: Place, c: Place) -> f64 {
    let turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    // Less than a square of a centimetre is what rounding leaves.
    if turn.abs() < 1e-14 { 0.0 } else { turn }
}

fn is_within(place: Place, from: Place, to: Place) -> bool {
    [0, 1].iter().all(|of| {
        let (least, most) = (from[*of].min(to[*of]), from[*of].max(to[*of]));
        (least..=most).contains(&place[*of])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Place = [5.91, 51.98];

    fn near(one: [f64; 2], other: [f64; 2], by: f64) -> bool {
        (one[0] - other[0]).abs() < by && (one[1] - other[1]).abs() < by
    }

    #[test]
    fn the_way_from_a_place_leads_to_the_place_it_was_taken_to() {
        for way in [[0.0, 0.0], [120.0, -40.0], [-2_500.0, 3_000.0]] {
            assert!(near(way_between(HERE, place_at(HERE, way)), way, 1e-6), "{way:?}");
        }
        assert!(near(way_between(HERE, [5.92, 51.99]), [685.7, 1_113.2], 0.1));
        assert_eq!(place_at([0.0, 90.0], [1e9, 1e9]), [180.0, 90.0]);
    }

    #[test]
    fn what_lies_under_a_pixel_is_drawn_at_that_pixel_wherever_one_looks() {
        for lens in
            [Lens::at(HERE, 300.0), Lens::at(HERE, 5_000.0).moved([800.0, -90.0]), Lens::at([-70.2, -33.1], 40.0)]
        {
            for pixels in [[0.0, 0.0], [130.0, -20.0], [-164.0, 180.0]] {
                let drawn = lens.pixels(lens.place(pixels));
                assert!(near(drawn, pixels, 0.2 / lens.metres_a_pixel), "{lens:?} {pixels:?} {drawn:?}");
            }
        }
        let [right, below] = Lens::at(HERE, 300.0).pixels([5.912, 51.981]);
        assert!(right > 0.0 && below < 0.0, "east is right, north is above");
    }

    #[test]
    fn places_are_seen_as_a_whole_and_a_single_one_with_what_is_around_it() {
        let ring = [[5.90, 51.97], [5.92, 51.97], [5.91, 51.99]];
        let lens = Lens::on(ring.into_iter()).unwrap();
        let pixels = ring.map(|place| lens.pixels(place));
        assert!(pixels.iter().flatten().all(|pixels| pixels.abs() <= WHOLE_PIXELS / 2.0 + 0.01), "{pixels:?}");
        assert!(near(lens.middle, [5.91, 51.98], 1e-9));
        assert_eq!(Lens::on([HERE].into_iter()), Some(Lens::at(HERE, 50.0)));
        assert_eq!(Lens::on([].into_iter()), None);
    }

    #[test]
    fn the_grid_has_round_squares_that_stay_where_they_are_on_the_ground() {
        for (metres, round) in
            [(0.7, 1.0), (1.0, 1.0), (1.1, 2.0), (3.0, 5.0), (44.0, 50.0), (51.0, 100.0), (700.0, 1000.0)]
        {
            assert_eq!(round_above(metres), round);
        }
        let lens = Lens::at(HERE, 300.0);
        assert_eq!(lens.grid(), 200.0);
        let square = 200.0 / lens.metres_a_pixel;
        assert!(near(lens.grid_begins(HERE), [0.0, 0.0], 1e-9));
        let [right, below] = lens.moved([50.0, 0.0]).grid_begins(HERE);
        assert!(near([right, below], [square * 0.75, 0.0], 0.01), "{right} {below}");
    }

    #[test]
    fn looking_nearer_and_further_off_ends_somewhere() {
        let lens = Lens::at(HERE, 300.0);
        assert_eq!(lens.zoomed(0.5).zoomed(2.0), lens);
        assert_eq!((0..40).fold(lens, |lens, _| lens.zoomed(0.5)).metres_a_pixel, NEAREST);
        assert_eq!((0..40).fold(lens, |lens, _| lens.zoomed(2.0)).metres_a_pixel, FURTHEST);
    }

    #[test]
    fn a_line_is_as_far_as_its_nearest_place() {
        let to = |way| place_at(HERE, way);
        for (from, end, metres) in [
            ([-100.0, 30.0], [100.0, 30.0], 30.0),
            ([30.0, 40.0], [100.0, 40.0], 50.0),
            ([0.0, 12.0], [0.0, 12.0], 12.0),
        ] {
            assert!((metres_to_line(HERE, to(from), to(end)) - metres).abs() < 0.01);
        }
    }

    #[test]
    fn a_ring_that_crosses_or_touches_itself_is_told_from_one_that_does_not() {
        let ring = |ways: &[Metres]| ways.iter().map(|way| place_at(HERE, *way)).collect::<Vec<_>>();
        let square = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        let [a, b, c, d] = square;
        for (ways, crosses) in [
            (vec![], false),
            (vec![a, b], false),
            (vec![a, b, c], false),
            (square.to_vec(), false),
            (vec![a, c, b, d], true),
            (vec![a, b, c, [50.0, 50.0], d], false),
            (vec![a, b, c, [50.0, 0.0], d], true),
            (vec![a, b, c, [50.0, -20.0], d], true),
        ] {
            assert_eq!(crosses_itself(&ring(&ways)), crosses, "{ways:?}");
        }
        let round = (0..2_000).map(|n| f64::from(n) / 2_000.0 * std::f64::consts::TAU);
        let mut round: Vec<_> = round.map(|angle| [500.0 * angle.cos(), 500.0 * angle.sin()]).collect();
        assert!(!crosses_itself(&ring(&round)));
        round.swap(10, 700);
        assert!(crosses_itself(&ring(&round)));
    }
}
