//! Places on the earth, the outline of a neighbourhood, and a flat picture of the ground around one: nobody's map.
//!
//! Pure. Must not know: screens, projects, the browser. Whatever lets people point at a place is made of it.
//! Read first: [`Lens`] (how the ground is seen), [`read_outline`] (what a project's settings hold).

mod ground;
mod outline;
mod paths;

pub use ground::{
    Areas, Lens, Metres, Pixels, Place, Ring, Side, crosses_itself, distance, halfway, metres_to_line, place_at,
    reach_of, way_between,
};
pub use outline::{
    MAX_FILE_BYTES, NoOutline, outline_of, read_corners, read_file, read_outline, read_place, typed_corners,
};
pub use paths::{grid_path, outline_path};
