//! The outline of a neighbourhood: from a GeoJSON file or typed corners to what the settings hold, and back.

use domain::MAX_AREA_BYTES;
use domain::plain::{Object, Value, put};

use crate::ground::{Areas, Place, Ring};

/// The largest file that is looked at, in bytes: one with many decimals and properties still holds a small outline.
pub const MAX_FILE_BYTES: u32 = 4 * 1024 * 1024;

/// How many points an outline has at least.
const FEWEST_POINTS: usize = 3;

/// Why there is no outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoOutline {
    /// The file is no JSON, or none that names a shape.
    NotGeoJson,
    /// It holds points or lines, or nothing.
    NoArea,
    /// It holds several areas as features of their own.
    SeveralAreas(usize),
    /// Its places are no degrees: metres of the national grid, most likely.
    NotDegrees,
    /// A ring has too few places to go around anything.
    TooFewPoints,
    /// What stands on this line is no place.
    Line(usize),
    /// It has more places than a phone should load.
    TooLarge,
}

/// Reads a GeoJSON file: a Polygon or MultiPolygon, by itself, in a feature, or as the only one of a collection. What else the
/// file says is left out, and a ring that is not closed is closed.
pub fn read_file(text: &str) -> Result<Areas, NoOutline> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_| NoOutline::NotGeoJson)?;
    let areas = read_outline(shape_of(&value)?)?;
    outline_of(&areas).map(|_| areas)
}

/// Reads an outline as the settings hold it. Rings are open here: their last place is another one than the first.
pub fn read_outline(shape: &Value) -> Result<Areas, NoOutline> {
    if !is_area(shape) {
        return Err(NoOutline::NoArea);
    }
    let coordinates = shape.get("coordinates").ok_or(NoOutline::NotGeoJson)?;
    if shape.get("type").and_then(Value::as_str) == Some("Polygon") {
        return Ok(vec![list(coordinates, ring_of)?]);
    }
    list(coordinates, |rings| list(rings, ring_of))
}

/// Reads typed corners, one a line: degrees north, then degrees east.
pub fn read_corners(text: &str) -> Result<Ring, NoOutline> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(at, line)| read_place(line).ok_or(NoOutline::Line(at + 1))).collect()
}

/// Writes corners as one would type them; `None` where there is more than one ring.
pub fn typed_corners(areas: &Areas) -> Option<String> {
    match areas.iter().flatten().collect::<Vec<_>>().as_slice() {
        [] => Some(String::new()),
        [ring] => Some(ring.iter().map(|[east, north]| format!("{north}, {east}")).collect::<Vec<_>>().join("\n")),
        _ => None,
    }
}

/// Writes areas as the settings hold them.
pub fn outline_of(areas: &Areas) -> Result<Value, NoOutline> {
    let place = |place: &Place| Value::from(place.to_vec());
    let ring = |ring: &Ring| Ok(closed(ring.clone())?.iter().map(place).collect::<Vec<_>>().into());
    let rings = |rings: &Vec<Ring>| Ok(rings.iter().map(ring).collect::<Result<Vec<Value>, _>>()?.into());
    let (kind, coordinates) = match areas.as_slice() {
        [] => return Err(NoOutline::TooFewPoints),
        [one] => ("Polygon", rings(one)?),
        several => ("MultiPolygon", several.iter().map(rings).collect::<Result<Vec<Value>, _>>()?.into()),
    };
    let mut shape = Object::new();
    put(&mut shape, "type", kind.into());
    put(&mut shape, "coordinates", coordinates);
    let shape = Value::from(shape);
    if shape.to_string().len() > MAX_AREA_BYTES { Err(NoOutline::TooLarge) } else { Ok(shape) }
}

/// Finds the shape in what a file holds.
fn shape_of(value: &Value) -> Result<&Value, NoOutline> {
    match value.get("type").and_then(Value::as_str) {
        Some("Feature") => value.get("geometry").filter(|shape| !shape.is_null()).ok_or(NoOutline::NoArea),
        Some("FeatureCollection") => {
            let features = value.get("features").and_then(Value::as_array).ok_or(NoOutline::NotGeoJson)?;
            let shapes = features.iter().filter_map(|feature| feature.get("geometry")).filter(|shape| is_area(shape));
            match *shapes.collect::<Vec<_>>().as_slice() {
                [] => Err(NoOutline::NoArea),
                [shape] => Ok(shape),
                ref several => Err(NoOutline::SeveralAreas(several.len())),
            }
        }
        Some(_) => Ok(value),
        None => Err(NoOutline::NotGeoJson),
    }
}

fn is_area(shape: &Value) -> bool {
    matches!(shape.get("type").and_then(Value::as_str), Some("Polygon" | "MultiPolygon"))
}

fn ring_of(value: &Value) -> Result<Ring, NoOutline> {
    open(list(value, place_of)?)
}

/// Reads what is a list of something, and not an empty one.
fn list<T>(value: &Value, read: impl Fn(&Value) -> Result<T, NoOutline>) -> Result<Vec<T>, NoOutline> {
    let items = value.as_array().ok_or(NoOutline::NotGeoJson)?;
    if items.is_empty() {
        return Err(NoOutline::NoArea);
    }
    items.iter().map(read).collect()
}

fn place_of(value: &Value) -> Result<Place, NoOutline> {
    let degrees = |at: usize| value.get(at).and_then(Value::as_f64).ok_or(NoOutline::NotGeoJson);
    on_earth([degrees(0)?, degrees(1)?])
}

fn on_earth([east, north]: Place) -> Result<Place, NoOutline> {
    let is_there = east.abs() <= 180.0 && north.abs() <= 90.0;
    // A ten-millionth of a degree is a centimetre.
    if is_there { Ok([east, north].map(|degrees| (degrees * 1e7).round() / 1e7)) } else { Err(NoOutline::NotDegrees) }
}

/// Opens a ring, and leaves out places that stand twice in a row.
fn open(mut ring: Ring) -> Result<Ring, NoOutline> {
    ring.dedup();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < FEWEST_POINTS { Err(NoOutline::TooFewPoints) } else { Ok(ring) }
}

/// Closes a ring.
fn closed(ring: Ring) -> Result<Ring, NoOutline> {
    let mut ring = open(ring)?;
    ring.extend(ring.first().copied());
    Ok(ring)
}

/// Reads a place as people type it: `51.98, 5.93`, `51,98 5,93` or `51.98° N 5.93° O`.
pub fn read_place(line: &str) -> Option<Place> {
    let bare: String = line.chars().filter(|c| !matches!(c, '°' | 'N' | 'n' | 'O' | 'o' | 'E' | 'e')).collect();
    let words: Vec<_> = bare.split([' ', '\t', ';']).filter(|word| !word.trim_matches(',').is_empty()).collect();
    let [north, east] = match *words.as_slice() {
        [north, east] => [north, east].map(|word| word.trim_matches(',').replace(',', ".")),
        [both] => both.split_once(',').map(|(north, east)| [north.to_owned(), east.to_owned()])?,
        _ => return None,
    };
    on_earth([east.parse().ok()?, north.parse().ok()?]).ok()
}

#[cfg(test)]
mod tests {
    use domain::{KIND_PROJECT, NodeId, Record, RecordId, Stamp, Timestamp};
    use serde_json::json;

    use super::*;

    fn square() -> Value {
        json!([[[5.9, 51.9], [6.0, 51.9], [6.0, 52.0], [5.9, 52.0], [5.9, 51.9]]])
    }

    fn polygon() -> Value {
        json!({ "type": "Polygon", "coordinates": square() })
    }

    fn read(file: Value) -> Result<Value, NoOutline> {
        read_file(&file.to_string()).and_then(|areas| outline_of(&areas))
    }

    fn read_typed(text: &str) -> Result<Value, NoOutline> {
        outline_of(&vec![vec![read_corners(text)?]])
    }

    /// Says whether the settings of a project take it.
    fn is_taken(area: &Value) -> bool {
        let at = Stamp { at: Timestamp::from_ms(1), count: 0, node: NodeId(1) };
        let id = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        Record::new(id, KIND_PROJECT).with("area", area.clone(), at).check(Timestamp::from_ms(1)).is_ok()
    }

    #[test]
    fn an_area_is_found_wherever_a_file_keeps_it_and_nothing_else_comes_along() {
        let feature = json!({ "type": "Feature", "properties": { "naam": "De Nude" }, "geometry": polygon() });
        let point = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [5.9, 51.9] } });
        for file in [
            polygon(),
            json!({ "type": "Polygon", "coordinates": square(), "crs": {}, "bbox": [1] }),
            feature.clone(),
            json!({ "type": "FeatureCollection", "features": [point, feature] }),
            json!({ "type": "MultiPolygon", "coordinates": [square()] }),
            json!({ "type": "Polygon", "coordinates": [[[5.9, 51.9, 12.5], [6.0, 51.9], [6.0, 52.0], [5.9, 52.0]]] }),
        ] {
            let area = read(file.clone());
            assert_eq!(area, Ok(polygon()), "{file}");
            assert!(is_taken(&area.unwrap()));
        }
        let two = json!({ "type": "MultiPolygon", "coordinates": [square(), square()] });
        assert_eq!(read(two.clone()), Ok(two.clone()));
        assert!(is_taken(&two));
        assert!(read_file(&format!("\u{feff}{}", polygon())).is_ok());
    }

    #[test]
    fn what_is_no_area_is_told_why() {
        let feature = json!({ "type": "Feature", "geometry": polygon() });
        let many: Vec<_> = (0..8_000).map(|n| json!([5.9 + f64::from(n) / 1e6, 51.9])).collect();
        for (file, why) in [
            (json!({ "name": "De Nude" }), NoOutline::NotGeoJson),
            (json!([1, 2]), NoOutline::NotGeoJson),
            (json!({ "type": "Polygon" }), NoOutline::NotGeoJson),
            (json!({ "type": "Polygon", "coordinates": [[["a", "b"]]] }), NoOutline::NotGeoJson),
            (json!({ "type": "LineString", "coordinates": [[5.9, 51.9], [6.0, 51.9]] }), NoOutline::NoArea),
            (json!({ "type": "Feature", "geometry": null }), NoOutline::NoArea),
            (json!({ "type": "FeatureCollection", "features": [] }), NoOutline::NoArea),
            (json!({ "type": "Polygon", "coordinates": [] }), NoOutline::NoArea),
            (json!({ "type": "FeatureCollection", "features": [feature, feature] }), NoOutline::SeveralAreas(2)),
            (
                json!({ "type": "Polygon", "coordinates": [[[190_000.0, 444_000.0], [190_100.0, 444_000.0]]] }),
                NoOutline::NotDegrees,
            ),
            (json!({ "type": "Polygon", "coordinates": [[[5.9, 51.9], [6.0, 51.9]]] }), NoOutline::TooFewPoints),
            (json!({ "type": "Polygon", "coordinates": [many] }), NoOutline::TooLarge),
        ] {
            assert_eq!(read(file).err(), Some(why));
        }
        assert_eq!(read_file("not json"), Err(NoOutline::NotGeoJson));
    }

    #[test]
    fn corners_are_read_as_people_type_them_and_written_so_that_they_are_read_again() {
        let typed = "51.9, 5.9\n51,9 6,0\n\n 52.0° N; 6.0° O \n52,5.9";
        let area = read_typed(typed).unwrap();
        assert_eq!(area, polygon());
        assert!(is_taken(&area));
        let corners = typed_corners(&read_outline(&area).unwrap()).unwrap();
        assert_eq!(corners, "51.9, 5.9\n51.9, 6\n52, 6\n52, 5.9");
        assert_eq!(read_typed(&corners), Ok(area));
        let two = read_outline(&json!({ "type": "MultiPolygon", "coordinates": [square(), square()] })).unwrap();
        assert_eq!((typed_corners(&two), typed_corners(&Areas::new())), (None, Some(String::new())));
    }

    #[test]
    fn a_line_that_is_no_place_is_named_and_two_points_are_too_few() {
        for (typed, why) in [
            ("51.9, 5.9\nhier\n52, 6", NoOutline::Line(2)),
            ("51.9\n52, 6", NoOutline::Line(1)),
            ("444000, 190000", NoOutline::Line(1)),
            ("51.9, 5.9, 3", NoOutline::Line(1)),
            ("51.9, 5.9\n52, 6\n51.9, 5.9", NoOutline::TooFewPoints),
            ("", NoOutline::TooFewPoints),
        ] {
            assert_eq!(read_typed(typed), Err(why), "{typed}");
        }
    }
}
