//! What a person covers in a photo, step by step, as one list: pure.

use browser::{Shape, Spot, Stroke};

/// How far one press moves a rectangle, in parts of the photo.
const STEP: f64 = 0.02;

/// How much one press changes a rectangle's size.
const GROWTH: f64 = 1.15;

/// The smallest and the largest side of a rectangle, in parts of the photo.
const SIDES: [f64; 2] = [0.02, 1.0];

/// The long side of a rectangle that somebody places, in parts of the photo's long side.
const PLACED: f64 = 0.14;

/// How near two places of a stroke may be, in parts of the photo: a finger tells of more than anybody sees.
const NEAR: f64 = 0.004;

/// How a rectangle is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nudge {
    Left,
    Right,
    Up,
    Down,
    Larger,
    Smaller,
}

/// What is covered, and what one comes back to by undoing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Covering {
    /// In the order of making.
    pub(crate) shapes: Vec<Shape>,
    /// The rectangle that is being changed.
    pub(crate) chosen: Option<usize>,
    before: Vec<(Vec<Shape>, Option<usize>)>,
}

impl Covering {
    /// Returns the last step to undo; `None` where nothing was done.
    pub(crate) const fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Takes the last step back.
    pub(crate) fn undo(&mut self) {
        if let Some((shapes, chosen)) = self.before.pop() {
            (self.shapes, self.chosen) = (shapes, chosen);
        }
    }

    fn step(&mut self) {
        self.before.push((self.shapes.clone(), self.chosen));
    }

    /// Covers rectangles, in one step; the last is chosen where there is one only.
    pub(crate) fn add(&mut self, spots: &[Spot]) {
        self.step();
        self.shapes.extend(spots.iter().copied().map(Shape::Spot));
        self.chosen = (spots.len() == 1).then(|| self.shapes.len() - 1);
    }

    /// A tap at a place: chooses the rectangle that lies there, the last made first, and covers a new one where there is
    /// none. `[width, height]` is the photo's size in pixels.
    pub(crate) fn tap(&mut self, place: [f64; 2], size: [f64; 2]) {
        let holds = |shape: &Shape| matches!(shape, Shape::Spot(spot) if spot.holds(place));
        match self.shapes.iter().rposition(holds) {
            Some(at) => self.chosen = Some(at),
            None => self.place(place, size),
        }
    }

    /// Covers a square around a place, and chooses it.
    pub(crate) fn place(&mut self, place: [f64; 2], size: [f64; 2]) {
        self.add(&[placed(place, size)]);
    }

    /// Begins a stroke of a brush.
    pub(crate) fn begin_stroke(&mut self, width: f64, place: [f64; 2]) {
        self.step();
        self.shapes.push(Shape::Stroke(Stroke { width, points: vec![place] }));
        self.chosen = None;
    }

    /// Goes on with the stroke that was begun last.
    pub(crate) fn stroke_to(&mut self, place: [f64; 2]) {
        let Some(Shape::Stroke(stroke)) = self.shapes.last_mut() else { return };
        let is_far = |last: &[f64; 2]| (last[0] - place[0]).abs().max((last[1] - place[1]).abs()) > NEAR;
        if stroke.points.last().is_none_or(is_far) {
            stroke.points.push(place);
        }
    }

    /// Changes the chosen rectangle.
    pub(crate) fn nudge(&mut self, nudge: Nudge) {
        let Some(Shape::Spot(spot)) = self.chosen.and_then(|at| self.shapes.get(at)).cloned() else { return };
        let [across, down] = spot.middle();
        let (middle, growth) = match nudge {
            Nudge::Left => ([across - STEP, down], 1.0),
            Nudge::Right => ([across + STEP, down], 1.0),
            Nudge::Up => ([across, down - STEP], 1.0),
            Nudge::Down => ([across, down + STEP], 1.0),
            Nudge::Larger => ([across, down], GROWTH),
            Nudge::Smaller => ([across, down], 1.0 / GROWTH),
        };
        let size = [spot.width, spot.height].map(|side| (side * growth).clamp(SIDES[0], SIDES[1]));
        self.step();
        if let Some(shape) = self.chosen.and_then(|at| self.shapes.get_mut(at)) {
            *shape = Shape::Spot(Spot::around(middle, size));
        }
    }

    /// Uncovers a shape.
    pub(crate) fn remove(&mut self, at: usize) {
        if at < self.shapes.len() {
            self.step();
            self.shapes.remove(at);
            self.chosen = None;
        }
    }
}

/// Returns the square that somebody places, as parts of a photo of this size in pixels.
fn placed(place: [f64; 2], [width, height]: [f64; 2]) -> Spot {
    let side = PLACED * width.max(height);
    Spot::around(place, [side / width.max(1.0), side / height.max(1.0)])
}

/// Returns those of the faces that were found that nothing covers yet.
pub(crate) fn proposed(found: &[Spot], covering: &Covering) -> Vec<Spot> {
    let is_covered = |face: &Spot| {
        covering.shapes.iter().any(|shape| matches!(shape, Shape::Spot(spot) if spot.holds(face.middle())))
    };
    found.iter().filter(|face| !is_covered(face)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: [f64; 2] = [2000.0, 1000.0];

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    fn spot(covering: &Covering, at: usize) -> Spot {
        match covering.shapes[at] {
            Shape::Spot(spot) => spot,
            Shape::Stroke(_) => panic!("a stroke"),
        }
    }

    #[test]
    fn a_tap_covers_a_square_and_another_one_in_it_chooses_it() {
        let mut covering = Covering::default();
        covering.tap([0.5, 0.5], SIZE);
        let square = spot(&covering, 0);
        assert!(near(square.width * SIZE[0], square.height * SIZE[1]) && square.holds([0.5, 0.5]));
        covering.chosen = None;
        covering.tap([0.51, 0.51], SIZE);
        assert_eq!((covering.shapes.len(), covering.chosen), (1, Some(0)));
    }

    #[test]
    fn a_rectangle_is_moved_and_sized_within_the_photo_and_each_press_can_be_undone() {
        let mut covering = Covering::default();
        covering.tap([0.5, 0.5], SIZE);
        let first = covering.clone();
        covering.nudge(Nudge::Right);
        assert!(spot(&covering, 0).left > spot(&first, 0).left);
        covering.nudge(Nudge::Larger);
        assert!(spot(&covering, 0).width > spot(&first, 0).width);
        for _ in 0..200 {
            covering.nudge(Nudge::Up);
            covering.nudge(Nudge::Larger);
        }
        assert_eq!(spot(&covering, 0), Spot { left: 0.0, top: 0.0, width: 1.0, height: 1.0 });
        for _ in 0..402 {
            covering.undo();
        }
        assert_eq!(covering, first);
        covering.undo();
        assert_eq!(covering, Covering::default());
        covering.nudge(Nudge::Left);
        assert!(!covering.can_undo());
    }

    #[test]
    fn a_stroke_is_one_step_however_far_it_goes() {
        let mut covering = Covering::default();
        covering.begin_stroke(0.05, [0.1, 0.1]);
        covering.stroke_to([0.1001, 0.1]);
        covering.stroke_to([0.2, 0.2]);
        let stroke = Stroke { width: 0.05, points: vec![[0.1, 0.1], [0.2, 0.2]] };
        assert_eq!(covering.shapes, [Shape::Stroke(stroke)]);
        covering.undo();
        assert!(covering.shapes.is_empty());
    }

    #[test]
    fn a_face_is_proposed_until_it_is_covered_and_again_once_it_is_not() {
        let faces = [[0.2, 0.2], [0.8, 0.2]].map(|middle| Spot::around(middle, [0.1, 0.1]));
        let mut covering = Covering::default();
        assert_eq!(proposed(&faces, &covering), faces);
        covering.add(&faces);
        assert!(proposed(&faces, &covering).is_empty());
        covering.remove(0);
        assert_eq!(proposed(&faces, &covering), faces[..1]);
    }
}
