//! Decodes a photo that was made ready, paints on it, and makes it ready again.

use js_sys::Object;
use media::{Orientation, PhotoProblem, Shape, Spot, Stroke};
use web_sys::{Blob, OffscreenCanvasRenderingContext2d};
use worker::{grey_copy, repaint};

use crate::{LOOKED_AT_PX, find};

/// What covers: opaque, and of one colour everywhere.
const PAINT: &str = "#1d2b2e";

/// Finds faces in a photo.
///
/// # Errors
/// Why the photo cannot be looked at.
pub async fn faces_in(photo: &Blob) -> Result<Vec<Spot>, PhotoProblem> {
    let grey = grey_copy(photo, LOOKED_AT_PX).await?;
    Ok(find(&grey.bytes, grey.width, grey.height))
}

/// Covers shapes of a photo: returns what [`worker::prepare`] does.
///
/// # Errors
/// Why it cannot be done; nothing came of it.
pub async fn covered(photo: &Blob, shapes: &[Shape]) -> Result<Object, PhotoProblem> {
    repaint(photo, Orientation::default(), &|context, width, height| {
        context.set_fill_style_str(PAINT);
        context.set_stroke_style_str(PAINT);
        for shape in shapes {
            match shape {
                // To whole pixels, outwards: half a pixel of what lies under it would be something.
                Shape::Spot(spot) => {
                    let (left, top) = ((spot.left * width).floor(), (spot.top * height).floor());
                    let right = ((spot.left + spot.width) * width).ceil();
                    let bottom = ((spot.top + spot.height) * height).ceil();
                    context.fill_rect(left, top, right - left, bottom - top);
                }
                Shape::Stroke(stroke) => brush(context, stroke, width, height),
            }
        }
    })
    .await
}

fn brush(context: &OffscreenCanvasRenderingContext2d, stroke: &Stroke, width: f64, height: f64) {
    context.set_line_cap("round");
    context.set_line_join("round");
    context.set_line_width(stroke.width * width.max(height));
    context.begin_path();
    let place = |[across, down]: [f64; 2]| (across * width, down * height);
    let Some(first) = stroke.points.first() else { return };
    let (x, y) = place(*first);
    context.move_to(x, y);
    // A tap is a line to where it began.
    for point in &stroke.points {
        let (x, y) = place(*point);
        context.line_to(x, y);
    }
    context.stroke();
}

/// Turns a photo by a quarter, clockwise.
///
/// # Errors
/// As [`covered`].
pub async fn turned(photo: &Blob) -> Result<Object, PhotoProblem> {
    repaint(photo, Orientation::QUARTER_TURN, &|_, _, _| {}).await
}
