//! An outline while it is being drawn: its corners, which of them is chosen, and what it was before.

use ground::{Areas, Place, crosses_itself, distance, halfway, metres_to_line};

/// A corner of a sketch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Corner {
    /// Around which area or hole, all counted through.
    ring: usize,
    /// Which one there.
    at: usize,
}

/// An outline while it is being drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sketch {
    areas: Areas,
    chosen: Option<Corner>,
    /// It was whole when it came: a new corner goes into the line that it lengthens least, and not behind the last.
    is_whole: bool,
    /// What it was before each step, the last one last.
    before: Vec<Before>,
    step: Option<Step>,
}

#[derive(Clone, Debug, PartialEq)]
struct Before {
    areas: Areas,
    is_whole: bool,
}

/// What was done last: what goes on with it is the same step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Moving(Corner),
    Typing,
}

/// How many steps can be undone.
const MOST_STEPS: usize = 100;

/// How many corners a ring has at least.
const FEWEST_CORNERS: usize = 3;

impl Sketch {
    /// Begins with an outline that is whole.
    pub(crate) fn of(areas: Areas) -> Self {
        Self { is_whole: !areas.is_empty(), areas, ..Self::default() }
    }

    /// Returns the areas as they are drawn.
    pub(crate) const fn areas(&self) -> &Areas {
        &self.areas
    }

    /// Returns the chosen corner.
    pub(crate) const fn chosen(&self) -> Option<Corner> {
        self.chosen
    }

    /// Says whether it was whole when it came, so that its last corner is no end.
    pub(crate) const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns every corner, with its place.
    pub(crate) fn corners(&self) -> impl Iterator<Item = (Corner, Place)> + Clone + '_ {
        let rings = self.areas.iter().flatten().enumerate();
        rings.flat_map(|(ring, places)| places.iter().enumerate().map(move |(at, place)| (Corner { ring, at }, *place)))
    }

    /// Returns every place.
    pub(crate) fn places(&self) -> impl Iterator<Item = Place> + Clone + '_ {
        self.corners().map(|(_, place)| place)
    }

    /// Returns how many corners it has.
    pub(crate) fn count(&self) -> usize {
        self.areas.iter().flatten().map(Vec::len).sum()
    }

    /// Returns which corner this is, counted from 1 through all rings.
    pub(crate) fn number(&self, corner: Corner) -> usize {
        self.corners().take_while(|(other, _)| *other != corner).count() + 1
    }

    /// Returns where a corner is; `None` of one that is gone.
    pub(crate) fn place(&self, corner: Corner) -> Option<Place> {
        self.areas.iter().flatten().nth(corner.ring)?.get(corner.at).copied()
    }

    /// Returns the corner nearest to a place, no further than that.
    pub(crate) fn corner_near(&self, place: Place, metres: f64) -> Option<Corner> {
        let far = |(_, corner): &(Corner, Place)| distance(place, *corner);
        let nearest = self.corners().min_by(|one, other| far(one).total_cmp(&far(other)))?;
        (far(&nearest) <= metres).then_some(nearest.0)
    }

    /// Says whether a line crosses or touches another of the same ring.
    pub(crate) fn crosses_itself(&self) -> bool {
        self.areas.iter().flatten().any(|ring| crosses_itself(ring))
    }

    /// Chooses a corner, or none.
    pub(crate) fn choose(&mut self, corner: Option<Corner>) {
        self.chosen = corner.filter(|corner| self.place(*corner).is_some());
        self.step = None;
    }

    /// Chooses the corner that is so many further, around from the last to the first; the first where none is chosen.
    pub(crate) fn choose_next(&mut self, by: isize) {
        let count = self.count();
        let at = self.chosen.map(|corner| self.number(corner) - 1);
        let next = match (at, isize::try_from(count)) {
            (Some(at), Ok(length)) if count > 0 => {
                at.checked_add_signed(by).unwrap_or(count - 1) % length.unsigned_abs()
            }
            _ if by < 0 => count.saturating_sub(1),
            _ => 0,
        };
        let corner = self.corners().nth(next).map(|(corner, _)| corner);
        self.choose(corner);
    }

    /// Puts a new corner: behind the last, or into a line that is no further than that. One that came whole, or is more than one
    /// ring, takes it into the line that it lengthens least.
    pub(crate) fn put(&mut self, place: Place, metres: f64) -> Corner {
        let corner = self.line_for(place, metres).unwrap_or_else(|| Corner {
            ring: 0,
            at: self.areas.first().and_then(|area| area.first()).map_or(0, Vec::len),
        });
        self.keep(None);
        if self.areas.is_empty() {
            self.areas = vec![vec![Vec::new()]];
        }
        self.insert(corner, place);
        self.chosen = None;
        corner
    }

    /// Returns where a corner at this place would stand in a line; `None` where it goes behind the last.
    fn line_for(&self, place: Place, metres: f64) -> Option<Corner> {
        if self.count() < FEWEST_CORNERS {
            return None;
        }
        let lines = self.corners().map(|(corner, from)| {
            let to = self.place(self.behind(corner)).unwrap_or(from);
            (Corner { at: corner.at + 1, ..corner }, from, to)
        });
        let least = |measure: &dyn Fn(Place, Place) -> f64| {
            let measured = lines.clone().map(|(corner, from, to)| (corner, measure(from, to)));
            measured.min_by(|(_, one), (_, other)| one.total_cmp(other))
        };
        let tapped = least(&|from, to| metres_to_line(place, from, to)).filter(|(_, far)| *far <= metres);
        let takes_any = self.is_whole || self.areas.iter().flatten().count() > 1;
        // Two lines are as close by where their corner is; one of them becomes longer by less.
        let detour = |from, to| distance(from, place) + distance(place, to) - distance(from, to);
        tapped.or_else(|| least(&detour).filter(|_| takes_any)).map(|(corner, _)| corner)
    }

    /// Returns the corner behind this one.
    fn behind(&self, corner: Corner) -> Corner {
        let length = self.areas.iter().flatten().nth(corner.ring).map_or(1, Vec::len);
        Corner { at: (corner.at + 1) % length.max(1), ..corner }
    }

    /// Puts a new corner halfway between the chosen one and the one behind it, and chooses it.
    pub(crate) fn put_between(&mut self) -> Option<Corner> {
        let chosen = self.chosen?;
        let place = halfway(self.place(chosen)?, self.place(self.behind(chosen))?);
        let corner = Corner { at: chosen.at + 1, ..chosen };
        self.keep(None);
        self.insert(corner, place);
        self.chosen = Some(corner);
        Some(corner)
    }

    /// Moves a corner. Moving it on is the same step.
    pub(crate) fn shift(&mut self, corner: Corner, place: Place) {
        self.keep(Some(Step::Moving(corner)));
        if let Some(there) = self.areas.iter_mut().flatten().nth(corner.ring).and_then(|ring| ring.get_mut(corner.at)) {
            *there = place;
        }
    }

    /// Takes the chosen corner away, and returns which it was. One of several rings that would have too few goes whole.
    pub(crate) fn take_chosen(&mut self) -> Option<usize> {
        let corner = self.chosen?;
        let number = self.number(corner);
        let rings =
            self.areas.iter().enumerate().flat_map(|(area, rings)| (0..rings.len()).map(move |ring| (area, ring)));
        let (is_only, (area, ring)) = (rings.clone().count() == 1, rings.clone().nth(corner.ring)?);
        self.keep(None);
        self.chosen = None;
        let places = &mut self.areas[area][ring];
        places.remove(corner.at);
        if places.is_empty() || !is_only && places.len() < FEWEST_CORNERS {
            // A hole is nothing without what it is a hole in.
            match ring {
                0 => drop(self.areas.remove(area)),
                _ => drop(self.areas[area].remove(ring)),
            }
        }
        self.is_whole &= !self.areas.is_empty();
        Some(number)
    }

    /// Puts an outline that is whole, or none, in the place of this one.
    pub(crate) fn replace(&mut self, areas: Areas) {
        self.keep(None);
        self.is_whole = !areas.is_empty();
        self.areas = areas;
        self.chosen = None;
    }

    /// Puts corners that are being typed in the place of what is drawn. Typing on is the same step.
    pub(crate) fn retype(&mut self, ring: Vec<Place>) {
        self.keep(Some(Step::Typing));
        self.areas = if ring.is_empty() { Vec::new() } else { vec![vec![ring]] };
        self.chosen = None;
    }

    /// Goes back by one step; says whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let Some(Before { areas, is_whole }) = self.before.pop() else { return false };
        (self.areas, self.is_whole, self.chosen, self.step) = (areas, is_whole, None, None);
        true
    }

    /// Says whether there is a step to go back by.
    pub(crate) const fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Keeps what it was before a step.
    fn keep(&mut self, step: Option<Step>) {
        if step.is_none() || self.step != step {
            self.before.push(Before { areas: self.areas.clone(), is_whole: self.is_whole });
            let much = self.before.len().saturating_sub(MOST_STEPS);
            self.before.drain(..much);
        }
        self.step = step;
    }

    fn insert(&mut self, corner: Corner, place: Place) {
        if let Some(ring) = self.areas.iter_mut().flatten().nth(corner.ring) {
            ring.insert(corner.at.min(ring.len()), place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ground::{Metres, place_at, way_between};

    const HERE: Place = [5.91, 51.98];

    fn to(way: Metres) -> Place {
        place_at(HERE, way)
    }

    fn square() -> Vec<Place> {
        [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]].map(to).to_vec()
    }

    fn drawn(ways: &[Metres]) -> Sketch {
        let mut sketch = Sketch::default();
        for way in ways {
            sketch.put(to(*way), 5.0);
        }
        sketch
    }

    fn choose(sketch: &mut Sketch, way: Metres) {
        let corner = sketch.corner_near(to(way), 1.0);
        assert!(corner.is_some());
        sketch.choose(corner);
    }

    #[test]
    fn corners_go_behind_the_last_while_it_is_drawn_and_into_a_line_that_is_tapped() {
        let mut sketch = drawn(&[[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]]);
        assert_eq!(sketch.areas(), &vec![vec![square()]]);
        let last = sketch.put(to([-20.0, 50.0]), 5.0);
        assert_eq!(sketch.number(last), 5);
        let between = sketch.put(to([50.0, 2.0]), 5.0);
        assert_eq!((sketch.number(between), sketch.count()), (2, 6));
        assert_eq!(sketch.place(between), Some(to([50.0, 2.0])));
        // Two corners are no line yet.
        assert_eq!(drawn(&[[0.0, 0.0], [100.0, 0.0], [50.0, 0.0]]).places().last(), Some(to([50.0, 0.0])));
    }

    #[test]
    fn one_that_came_whole_takes_a_corner_into_the_line_that_it_lengthens_least() {
        for (way, number) in [([130.0, 40.0], 3), ([130.0, 110.0], 3), ([110.0, 130.0], 4), ([-20.0, -10.0], 5)] {
            let mut sketch = Sketch::of(vec![vec![square()]]);
            let corner = sketch.put(to(way), 5.0);
            assert_eq!((sketch.number(corner), sketch.count()), (number, 5), "{way:?}");
        }
    }

    #[test]
    fn a_chosen_corner_is_moved_taken_away_and_gets_one_behind_it() {
        let mut sketch = Sketch::of(vec![vec![square()]]);
        assert_eq!((sketch.put_between(), sketch.take_chosen()), (None, None));
        choose(&mut sketch, [0.0, 100.0]);
        let between = sketch.put_between().unwrap();
        assert_eq!((sketch.number(between), sketch.chosen()), (5, Some(between)));
        let [east, north] = way_between(HERE, sketch.place(between).unwrap());
        assert!(east.abs() < 0.1 && (north - 50.0).abs() < 0.1, "{east} {north}");
        sketch.shift(between, to([-30.0, 50.0]));
        assert_eq!(sketch.place(between), Some(to([-30.0, 50.0])));
        assert_eq!(sketch.take_chosen(), Some(5));
        assert_eq!((sketch.areas(), sketch.chosen()), (&vec![vec![square()]], None));
    }

    #[test]
    fn corners_are_chosen_one_after_another_around_both_ways() {
        let mut sketch = Sketch::of(vec![vec![square()]]);
        let mut went = |by| {
            sketch.choose_next(by);
            sketch.chosen().map(|corner| sketch.number(corner))
        };
        assert_eq!([1, 1, -1, -1, 1].map(&mut went), [1, 2, 1, 4, 1].map(Some));
        let mut nothing = Sketch::default();
        nothing.choose_next(-1);
        assert_eq!(nothing.chosen(), None);
    }

    #[test]
    fn each_step_is_undone_and_a_move_is_one_step_however_long_it_is() {
        let mut sketch = drawn(&[[0.0, 0.0], [100.0, 0.0], [100.0, 100.0]]);
        let whole = sketch.clone();
        choose(&mut sketch, [100.0, 0.0]);
        let corner = sketch.chosen().unwrap();
        for north in [10.0, 20.0, 30.0] {
            sketch.shift(corner, to([100.0, north]));
        }
        sketch.take_chosen();
        sketch.retype(vec![to([1.0, 1.0])]);
        sketch.retype(square());
        sketch.replace(Vec::new());
        assert_eq!(sketch.count(), 0);
        for (count, second) in [(4, [100.0, 0.0]), (2, [100.0, 100.0]), (3, [100.0, 30.0]), (3, [100.0, 0.0])] {
            assert!(sketch.undo());
            assert_eq!((sketch.count(), sketch.places().nth(1)), (count, Some(to(second))));
        }
        assert_eq!(sketch.areas(), whole.areas());
        assert!(sketch.undo() && sketch.undo() && sketch.undo() && !sketch.can_undo() && !sketch.undo());
        assert_eq!(sketch.areas(), &Areas::new());
    }

    #[test]
    fn of_several_rings_one_with_too_few_corners_goes_whole_and_a_hole_with_what_it_is_in() {
        let hole = vec![to([20.0, 20.0]), to([40.0, 20.0]), to([30.0, 40.0])];
        let other: Vec<_> = [[200.0, 0.0], [300.0, 0.0], [250.0, 80.0]].map(to).to_vec();
        let areas = vec![vec![square(), hole.clone()], vec![other.clone()]];
        let mut sketch = Sketch::of(areas.clone());
        choose(&mut sketch, [40.0, 20.0]);
        assert_eq!(sketch.take_chosen(), Some(6));
        assert_eq!(sketch.areas(), &vec![vec![square()], vec![other.clone()]]);
        let mut sketch = Sketch::of(vec![vec![other.clone(), hole], vec![square()]]);
        choose(&mut sketch, [300.0, 0.0]);
        sketch.take_chosen();
        assert_eq!(sketch.areas(), &vec![vec![square()]]);
        // A corner finds its ring.
        let mut sketch = Sketch::of(areas);
        let corner = sketch.put(to([305.0, 10.0]), 5.0);
        assert_eq!((sketch.number(corner), sketch.areas()[1][0].len()), (10, 4));
    }

    #[test]
    fn a_corner_is_found_within_reach_and_crossing_lines_are_told() {
        let mut sketch = Sketch::of(vec![vec![square()]]);
        assert_eq!(sketch.corner_near(to([104.0, 3.0]), 5.0).map(|corner| sketch.number(corner)), Some(2));
        assert_eq!(sketch.corner_near(to([104.0, 4.0]), 5.0), None);
        assert!(!sketch.crosses_itself());
        choose(&mut sketch, [100.0, 0.0]);
        let corner = sketch.chosen().unwrap();
        sketch.shift(corner, to([-50.0, 50.0]));
        assert!(sketch.crosses_itself());
    }
}
