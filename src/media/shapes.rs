//! What of a photo is covered, in parts of it: 0 is its left or upper edge, 1 its right or lower one.

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its left edge, in parts of the photo's width.
    pub left: f64,
    /// Its upper edge, in parts of the photo's height.
    pub top: f64,
    /// In parts of the photo's width.
    pub width: f64,
    /// In parts of the photo's height.
    pub height: f64,
}

impl Spot {
    /// Returns the part of it that lies within the photo.
    pub const fn within_photo(self) -> Self {
        let (left, top) = (self.left.clamp(0.0, 1.0), self.top.clamp(0.0, 1.0));
        let (right, bottom) = ((self.left + self.width).clamp(left, 1.0), (self.top + self.height).clamp(top, 1.0));
        Self { left, top, width: right - left, height: bottom - top }
    }

    /// Returns the rectangle of this size around a place, moved so that it lies within the photo.
    pub const fn around([across, down]: [f64; 2], [width, height]: [f64; 2]) -> Self {
        let (width, height) = (width.clamp(0.0, 1.0), height.clamp(0.0, 1.0));
        let left = (across - width / 2.0).clamp(0.0, 1.0 - width);
        let top = (down - height / 2.0).clamp(0.0, 1.0 - height);
        Self { left, top, width, height }
    }

    /// Returns its middle.
    pub const fn middle(self) -> [f64; 2] {
        [self.left + self.width / 2.0, self.top + self.height / 2.0]
    }

    /// Says whether a place lies in it.
    pub const fn holds(self, [across, down]: [f64; 2]) -> bool {
        across >= self.left && across <= self.left + self.width && down >= self.top && down <= self.top + self.height
    }
}

/// What a brush went over.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// How wide the brush is, in parts of the photo's longer side.
    pub width: f64,
    /// Where it went: parts of the photo's width and height.
    pub points: Vec<[f64; 2]>,
}

/// Something that is covered.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A rectangle.
    Spot(Spot),
    /// What a brush went over.
    Stroke(Stroke),
}

impl Shape {
    /// Writes a shape as the page hands it to its worker; [`Shape::from_numbers`] reads it.
    pub fn to_numbers(&self) -> Vec<f64> {
        match self {
            Self::Spot(spot) => vec![spot.left, spot.top, spot.width, spot.height],
            Self::Stroke(stroke) => [&[stroke.width], stroke.points.as_flattened()].concat(),
        }
    }

    /// Reads a shape as it comes from the page: four numbers are a rectangle (left, top, width, height); an odd count of at least
    /// three is a stroke (width of the brush, then its points). `None` for anything else.
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        if !numbers.iter().all(|number| number.is_finite()) {
            return None;
        }
        match *numbers {
            [left, top, width, height] => Some(Self::Spot(Spot { left, top, width, height }.within_photo())),
            [width, ref points @ ..] if points.len() >= 2 && points.len().is_multiple_of(2) => {
                let points = points.chunks_exact(2).map(|point| [point[0], point[1]]).collect();
                Some(Self::Stroke(Stroke { width, points }))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_over_the_edge_is_covered_up_to_it() {
        let over = Spot { left: -0.25, top: 0.75, width: 0.5, height: 0.5 };
        assert_eq!(over.within_photo(), Spot { left: 0.0, top: 0.75, width: 0.25, height: 0.25 });
        let beside = Spot { left: 2.0, top: 0.0, width: 0.5, height: 0.5 };
        assert!(beside.within_photo().width.abs() < f64::EPSILON);
    }

    #[test]
    fn a_rectangle_around_a_place_near_the_edge_is_moved_into_the_photo() {
        let corner = Spot::around([0.0, 1.0], [0.5, 0.25]);
        assert_eq!(corner, Spot { left: 0.0, top: 0.75, width: 0.5, height: 0.25 });
        assert!(corner.holds([0.25, 0.875]) && corner.holds(corner.middle()) && !corner.holds([0.25, 0.5]));
        assert_eq!(Spot::around([0.5, 0.5], [2.0, 2.0]), Spot { left: 0.0, top: 0.0, width: 1.0, height: 1.0 });
    }

    #[test]
    fn a_shape_is_read_from_its_numbers_or_not_at_all() {
        let spot = Shape::Spot(Spot { left: 0.0, top: 0.5, width: 0.25, height: 0.5 });
        let tap = Shape::Stroke(Stroke { width: 0.1, points: vec![[0.5, 0.5]] });
        let stroke = Shape::Stroke(Stroke { width: 0.1, points: vec![[0.5, 0.5], [0.75, 0.5]] });
        for shape in [spot, tap, stroke] {
            assert_eq!(Shape::from_numbers(&shape.to_numbers()), Some(shape));
        }
        for none in [&[][..], &[0.1], &[0.1, 0.2], &[0.0, 0.0, f64::NAN, 1.0], &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6]] {
            assert_eq!(Shape::from_numbers(none), None, "{none:?}");
        }
    }
}
