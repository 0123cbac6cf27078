//! What is drawn of the ground, as the paths of a drawing whose middle is 0, 0.

use crate::{Areas, Lens, Pixels, Place, Ring};

/// Returns the lines around areas; `end` closes each ring (`Z`), or leaves it open.
pub fn outline_path(areas: &Areas, lens: Lens, end: &str) -> String {
    let ring = |ring: &Ring| {
        let places = ring.iter().map(|place| lens.pixels(*place)).enumerate();
        let path = places.map(|(at, [x, y])| format!("{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' }));
        path.chain([end.to_owned()]).collect::<String>()
    };
    areas.iter().flatten().map(ring).collect()
}

/// Returns the lines of the grid as far as `[wide, high]` from the middle; one of each kind goes through a place.
pub fn grid_path(lens: Lens, through: Place, [wide, high]: Pixels) -> String {
    let square = lens.grid() / lens.metres_a_pixel;
    let [right, below] = lens.grid_begins(through);
    let lines = |begin: f64, most: f64| {
        let before = ((most + begin) / square).floor();
        std::iter::successors(Some(begin - before * square), move |at| Some(at + square))
            .take_while(move |at| *at <= most)
    };
    let upright = lines(right, wide).map(|x| format!("M{x:.1} -{high}V{high}"));
    upright.chain(lines(below, high).map(|y| format!("M-{wide} {y:.1}H{wide}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_drawn_from_place_to_place() {
        let lens = Lens::at([5.66, 51.97], 125.0);
        let ring = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]].map(|pixels| lens.place(pixels)).to_vec();
        let path = outline_path(&vec![vec![ring]], lens, "Z");
        assert!(path.starts_with('M') && path.ends_with('Z') && path.matches('L').count() == 2, "{path}");
        assert_eq!(outline_path(&Areas::new(), lens, "Z"), "");
    }

    #[test]
    fn the_grid_goes_through_its_place_and_no_further_than_it_should() {
        let lens = Lens::at([5.66, 51.97], 125.0);
        let path = grid_path(lens, lens.middle, [100.0, 60.0]);
        assert!(path.contains("M0.0 -60V60") && path.contains("M-100 0.0H100"), "{path}");
        // Squares of 50 pixels, for metres a pixel are one.
        assert_eq!((path.matches('V').count(), path.matches('H').count()), (5, 3));
    }
}
