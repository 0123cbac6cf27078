//! Faces in a grey copy of a photo. Only those that look into the lens are found, and now and then what is none: a person
//! always says what is covered.

use media::Spot;
use rustface::{ImageData, create_detector_with_model, read_model};

/// The long edge of the copy in which faces are looked for, in pixels.
pub const LOOKED_AT_PX: u32 = 640;

/// The smallest face that is looked for, in pixels of that copy.
const SMALLEST_PX: u32 = 20;

/// How sure the finder has to be, on its own scale. A proposal too many costs a tap, a face too few may cost somebody more: this
/// finds a child that looks down, and takes a wheel or a cup for a face now and then (docs/faces.md).
const SURE_ENOUGH: f64 = 0.6;

/// How much more than the face is covered on each side, in parts of it: hair, chin and ears are known too.
const AROUND: f64 = 0.18;

static MODEL: &[u8] = include_bytes!(env!("FACE_MODEL"));

/// Finds faces in a grey picture of `width` × `height` bytes, row by row; the surest first. Finds none in a picture of no size.
///
/// # Panics
/// When `grey` holds fewer bytes than that.
pub fn find(grey: &[u8], width: u32, height: u32) -> Vec<Spot> {
    let smaller = width.min(height);
    if smaller < SMALLEST_PX {
        return Vec::new();
    }
    let model = read_model(MODEL).expect("the model is the one that the finder comes with");
    let mut finder = create_detector_with_model(model);
    finder.set_min_face_size(SMALLEST_PX);
    finder.set_score_thresh(SURE_ENOUGH);
    finder.set_pyramid_scale_factor(0.8);
    finder.set_slide_window_step(4, 4);
    let mut found = finder.detect(&ImageData::new(grey, width, height));
    found.sort_by(|a, b| b.score().total_cmp(&a.score()));
    let of = |length: f64, whole: u32| length / f64::from(whole);
    let spot = |face: &rustface::FaceInfo| {
        let at = face.bbox();
        let (across, down) = (f64::from(at.width()), f64::from(at.height()));
        Spot {
            left: of(f64::from(at.x()) - across * AROUND, width),
            top: of(f64::from(at.y()) - down * AROUND, height),
            width: of(across * (1.0 + 2.0 * AROUND), width),
            height: of(down * (1.0 + 2.0 * AROUND), height),
        }
        .within_photo()
    };
    found.iter().map(spot).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    /// The faces of a shared photo, in pixels of the copy that is looked at: left, top, width; and whether it is to be found,
    /// because it looks into the lens and is at least 40 pixels wide.
    struct Photo {
        name: &'static str,
        faces: &'static [([u32; 3], bool)],
    }

    const PHOTOS: &[Photo] = &[
        Photo { name: "face-street-bus-2.jpg", faces: &[([64, 248, 27], false), ([160, 244, 24], false)] },
        Photo {
            name: "face-family-dark-skin-3.jpg",
            faces: &[([355, 99, 133], true), ([262, 208, 98], true), ([99, 101, 130], true)],
        },
        Photo {
            name: "face-cafe-3.jpg",
            faces: &[([250, 197, 60], true), ([459, 188, 69], true), ([47, 87, 159], true)],
        },
        Photo { name: "face-market-crowd-2.jpg", faces: &[([306, 259, 68], true), ([48, 279, 82], true)] },
        Photo { name: "face-street-far-small-2.jpg", faces: &[([120, 113, 16], false), ([260, 128, 16], false)] },
        Photo { name: "face-child-bicycle-1.jpg", faces: &[([154, 75, 50], true)] },
        Photo { name: "face-orientation6-2.jpg", faces: &[([196, 128, 82], true), ([430, 110, 80], false)] },
        Photo { name: "noface-street-stop-sign.jpg", faces: &[] },
        Photo { name: "noface-street-residential-gps.jpg", faces: &[] },
    ];

    fn corpus() -> PathBuf {
        let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
        std::env::var_os("WIJKBEELD_CORPUS").unwrap_or_else(|| default.into()).into()
    }

    fn look(folder: &Path, name: &str) -> (Vec<Spot>, [u32; 2]) {
        let photo = image::open(folder.join(name)).unwrap();
        let photo = if name.contains("orientation6") { photo.rotate90() } else { photo };
        let grey = photo.resize(LOOKED_AT_PX, LOOKED_AT_PX, image::imageops::FilterType::Triangle).to_luma8();
        let (width, height) = grey.dimensions();
        (find(&grey, width, height), [width, height])
    }

    #[test]
    fn every_face_that_looks_into_the_lens_is_found_in_the_shared_photos() {
        let folder = corpus();
        if !folder.is_dir() {
            println!("no corpus in {}: set WIJKBEELD_CORPUS", folder.display());
            return;
        }
        println!("| photo | faces | found | missed | false |\n|---|---|---|---|---|");
        for Photo { name, faces } in PHOTOS {
            let (found, size) = look(&folder, name);
            let middle = |[left, top, width]: [u32; 3]| {
                let [across, down] = [(left + width / 2, size[0]), (top + width / 2, size[1])];
                [across, down].map(|(place, whole)| f64::from(place) / f64::from(whole))
            };
            let is_found = |face: &[u32; 3]| found.iter().any(|spot| spot.holds(middle(*face)));
            let is_false = |spot: &&Spot| !faces.iter().any(|(face, _)| spot.holds(middle(*face)));
            let (seen, wrong) =
                (faces.iter().filter(|(face, _)| is_found(face)).count(), found.iter().filter(is_false).count());
            println!("| {name} | {} | {seen} | {} | {wrong} |", faces.len(), faces.len() - seen);
            for (face, _) in faces.iter().filter(|(_, must_be)| *must_be) {
                assert!(is_found(face), "{name}: {face:?} was missed; found {found:?}");
            }
            assert!(wrong <= 2, "{name}: {found:?}");
        }
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing() {
        assert!(find(&[], 0, 0).is_empty());
        assert!(find(&[7; 64 * 64], 64, 64).is_empty());
    }
}
