//! From the file that was chosen to a photo that may leave the phone.

use js_sys::{Object, Reflect, Uint8Array};
use media::{
    Format, Header, HeaderError, Orientation, Origin, PhotoProblem, Whereabouts, read_header, read_origin, walk_jpeg,
};
use protocol::MAX_PIXELS;
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageBitmap, ImageBitmapOptions, ImageData, ImageEncodeOptions, ImageOrientation, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d, ResizeQuality, WorkerGlobalScope,
};

use crate::turned::browser_turns_webp;

/// The long edge of the large picture, in pixels.
const LARGE_PX: u32 = 2048;

/// The long edge of the small picture, in pixels.
const SMALL_PX: u32 = 400;

/// JPEG quality of the large picture, 0 to 1.
const LARGE_QUALITY: f64 = 0.82;

/// JPEG quality of the small picture, 0 to 1.
const SMALL_QUALITY: f64 = 0.78;

/// How much of a file is read to find its header, in bytes; more only when that does not suffice.
const HEAD_BYTES: [u32; 2] = [256 * 1024, 8 * 1024 * 1024];

/// Makes a photo ready: upright, at most 2048 px on the long edge, JPEG, without metadata, and a small picture beside it.
///
/// Returns `{large: Blob, small: Blob, sha256: string, width, height, bytes, taken, place}`, where hash, size and pixels are those of
/// the large picture. The last two are what the file said of its making and the pictures do not carry any more, where it said so:
/// milliseconds since 1970, and the JSON of a `domain::Place`.
///
/// # Errors
/// Why the file cannot be used.
pub async fn prepare(file: &Blob) -> Result<Object, PhotoProblem> {
    let (header, origin) = header_of(file).await?;
    let turn = turn_left_to_do(&header).await;
    let size = header_size(&header);
    let resize = size.map(|size| fit(size, LARGE_PX)).filter(|fitted| Some(*fitted) != size);
    let bitmap = decode(file, resize).await.map_err(|()| match header.format {
        Format::Heic => PhotoProblem::Heic,
        Format::Jpeg | Format::Png | Format::Gif | Format::WebP | Format::Avif | Format::Bmp => PhotoProblem::Broken,
    })?;
    let large = draw_upright(&bitmap, turn).map_err(unreadable)?;
    bitmap.close();
    with_origin(made_ready(&large).await?, origin)
}

/// Makes a photo ready that another decoder than the browser's has found the pixels of, upright: the first `size` of each row and column.
/// Returns what [`prepare`] does.
///
/// # Errors
/// As [`prepare`].
pub async fn prepare_pixels(pixels: &ImageData, size: (u32, u32), origin: Origin) -> Result<Object, PhotoProblem> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let (width, height) = (size.0.cast_signed(), size.1.cast_signed());
    let fitted = resized(Some(fit(size, LARGE_PX)));
    let promise = scope
        .create_image_bitmap_with_image_data_and_a_sx_and_a_sy_and_a_sw_and_a_sh_and_a_options(
            pixels, 0, 0, width, height, &fitted,
        )
        .map_err(unreadable)?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.map_err(unreadable)?.unchecked_into();
    let large = draw_upright(&bitmap, Orientation::default()).map_err(unreadable)?;
    bitmap.close();
    with_origin(made_ready(&large).await?, origin)
}

/// Adds to a result what the file said of its making.
fn with_origin(result: Object, origin: Origin) -> Result<Object, PhotoProblem> {
    let taken_ms = origin.taken.map(|taken| taken.ms(&ahead_min) as f64);
    let place = origin.place.and_then(|place| place_of(place, taken_ms));
    for (name, said) in [("taken", taken_ms.map(JsValue::from)), ("place", place)] {
        if let Some(said) = said {
            Reflect::set(&result, &name.into(), &said).map_err(unreadable)?;
        }
    }
    Ok(result)
}

/// What is painted over a picture: onto its canvas, of so many pixels across and down.
pub type Paint<'a> = &'a dyn Fn(&OffscreenCanvasRenderingContext2d, f64, f64);

/// Turns a photo that was made ready, paints on it, and makes it ready again: returns what [`prepare`] does, but for what the chosen file said.
///
/// # Errors
/// Why it cannot be done.
pub async fn repaint(photo: &Blob, turn: Orientation, paint: Paint<'_>) -> Result<Object, PhotoProblem> {
    let bitmap = decode(photo, None).await.map_err(|()| PhotoProblem::Broken)?;
    let large = draw_upright(&bitmap, turn).map_err(unreadable)?;
    bitmap.close();
    let context = context_of(&large).map_err(unreadable)?;
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).map_err(unreadable)?;
    paint(&context, large.width().into(), large.height().into());
    made_ready(&large).await
}

/// A picture without colour, one byte a pixel, row by row.
#[derive(Clone, Debug)]
pub struct Grey {
    /// 0 is black.
    pub bytes: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Returns a grey copy of a photo, at most `most_px` on the long edge.
///
/// # Errors
/// Why it cannot be decoded.
pub async fn grey_copy(photo: &Blob, most_px: u32) -> Result<Grey, PhotoProblem> {
    let bitmap = decode(photo, None).await.map_err(|()| PhotoProblem::Broken)?;
    let drawn = draw(most_px, (bitmap.width(), bitmap.height()), |context, width, height| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
    });
    bitmap.close();
    let canvas = drawn.map_err(unreadable)?;
    let (width, height) = (canvas.width(), canvas.height());
    let colours =
        context_of(&canvas).and_then(|context| context.get_image_data(0, 0, width.cast_signed(), height.cast_signed()));
    let colours = colours.map_err(unreadable)?.data();
    // As the eye weighs the three colours (ITU-R BT.601), in parts of 256.
    let grey = |colour: &[u8]| {
        let weighed = u32::from(colour[0]) * 77 + u32::from(colour[1]) * 150 + u32::from(colour[2]) * 29;
        u8::try_from(weighed / 256).unwrap_or(u8::MAX)
    };
    Ok(Grey { bytes: colours.chunks_exact(4).map(grey).collect(), width, height })
}

/// Makes the files of a picture that was drawn.
async fn made_ready(large: &OffscreenCanvas) -> Result<Object, PhotoProblem> {
    let small = draw(SMALL_PX, (large.width(), large.height()), |context, width, height| {
        context.draw_image_with_offscreen_canvas_and_dw_and_dh(large, 0.0, 0.0, width, height)
    })
    .map_err(unreadable)?;
    let small = encode(&small, SMALL_QUALITY).await.map_err(unreadable)?;
    let (width, height) = (large.width(), large.height());
    let large = encode(large, LARGE_QUALITY).await.map_err(unreadable)?;
    let bytes = bytes_of(&large).await.ok_or(PhotoProblem::Unreadable)?;
    // The server checks the same; here it means that nothing but the picture ever leaves the phone.
    walk_jpeg(&bytes).map_err(|_| PhotoProblem::Unreadable)?;
    let result = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&result, &name.into(), &value).map(drop);
    // By hand: nothing else here needs what writes numbers.
    let digits = |byte: &u8| [byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]));
    let sha256: String = Sha256::digest(&bytes).iter().flat_map(digits).collect();
    set("large", large.into())
        .and_then(|()| set("small", small.into()))
        .and_then(|()| set("sha256", sha256.into()))
        .and_then(|()| set("width", width.into()))
        .and_then(|()| set("height", height.into()))
        .and_then(|()| set("bytes", bytes.len().into()))
        .map_err(unreadable)?;
    Ok(result)
}

/// Makes the small picture of a large one of `size` that was made ready once and comes back from a file.
///
/// # Errors
/// Why it cannot be used.
pub async fn small_picture(large: &Blob, size: (u32, u32)) -> Result<Blob, PhotoProblem> {
    let fitted = fit(size, SMALL_PX);
    let bitmap = decode(large, Some(fitted)).await.map_err(|()| PhotoProblem::Broken)?;
    let small = draw(SMALL_PX, fitted, |context, width, height| {
        context.draw_image_with_image_bitmap_and_dw_and_dh(&bitmap, 0.0, 0.0, width, height)
    });
    bitmap.close();
    encode(&small.map_err(unreadable)?, SMALL_QUALITY).await.map_err(unreadable)
}

/// The canvas failed: too little memory, or an old browser.
fn unreadable(_error: JsValue) -> PhotoProblem {
    PhotoProblem::Unreadable
}

/// Reads the header before anything is decoded, so that a picture too large to decode is never tried; and when and where it was
/// taken, which stands before the picture in a JPEG alone.
async fn header_of(file: &Blob) -> Result<(Header, Origin), PhotoProblem> {
    let mut found = Err(HeaderError::Empty);
    let mut origin = Origin::default();
    for most in HEAD_BYTES {
        let head = file.slice_with_i32_and_f64(0, most.into()).map_err(unreadable)?;
        let bytes = bytes_of(&head).await.ok_or(PhotoProblem::Unreadable)?;
        found = read_header(&bytes);
        origin = read_origin(&bytes);
        let is_all = match found {
            Ok(header) => header.format == Format::Jpeg,
            Err(error) => error != HeaderError::Broken,
        };
        if is_all || file.size() <= most.into() {
            break;
        }
    }
    let header = found?;
    if header.pixels() > MAX_PIXELS { Err(PhotoProblem::TooManyPixels) } else { Ok((header, origin)) }
}

/// Returns the JSON of a `domain::Place`.
fn place_of(place: Whereabouts, taken_ms: Option<f64>) -> Option<JsValue> {
    let object = Object::new();
    let [north, east] = [place.north_deg, place.east_deg].map(|degrees| (degrees * 1e6).round());
    let parts: [(&str, JsValue); 5] = [
        ("north_microdeg", north.into()),
        ("east_microdeg", east.into()),
        ("accuracy_m", place.accuracy_m.map_or(JsValue::NULL, |metres| metres.ceil().into())),
        ("source", "photo".into()),
        ("at", taken_ms.unwrap_or_else(js_sys::Date::now).into()),
    ];
    for (name, part) in parts {
        Reflect::set(&object, &name.into(), &part).ok()?;
    }
    js_sys::JSON::stringify(&object).ok().map(JsValue::from)
}

/// Returns how many minutes the clocks here were ahead of UTC.
fn ahead_min(at_ms: u64) -> i64 {
    -js_sys::Date::new(&(at_ms as f64).into()).get_timezone_offset() as i64
}

/// What is left to turn after decoding: browsers turn JPEGs themselves, not all of them WebPs.
async fn turn_left_to_do(header: &Header) -> Orientation {
    if header.format == Format::WebP && header.orientation != Orientation::default() && !browser_turns_webp().await {
        header.orientation
    } else {
        Orientation::default()
    }
}

/// Pixels as the decoder gives them: upright for what browsers turn, as stored for what is turned here.
fn header_size(header: &Header) -> Option<(u32, u32)> {
    let is_turned_by_browser = header.format == Format::Jpeg && header.orientation.is_sideways();
    let size = if is_turned_by_browser { (header.height, header.width) } else { (header.width, header.height) };
    (size.0 > 0 && size.1 > 0).then_some(size)
}

/// Decodes once, downsized where the browser can.
pub(crate) async fn decode(file: &Blob, resize: Option<(u32, u32)>) -> Result<ImageBitmap, ()> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let options = resized(resize);
    options.set_image_orientation(ImageOrientation::FromImage);
    let promise = scope.create_image_bitmap_with_blob_and_image_bitmap_options(file, &options).map_err(drop)?;
    let bitmap = JsFuture::from(promise).await.map_err(drop)?;
    bitmap.dyn_into().map_err(drop)
}

fn resized(to: Option<(u32, u32)>) -> ImageBitmapOptions {
    let options = ImageBitmapOptions::new();
    if let Some((width, height)) = to {
        options.set_resize_width(width);
        options.set_resize_height(height);
        options.set_resize_quality(ResizeQuality::High);
    }
    options
}

fn draw_upright(bitmap: &ImageBitmap, turn: Orientation) -> Result<OffscreenCanvas, JsValue> {
    let (width, height) = (bitmap.width(), bitmap.height());
    let upright = if turn.is_sideways() { (height, width) } else { (width, height) };
    draw(LARGE_PX, upright, |context, across, down| {
        let (stored_across, stored_down) = if turn.is_sideways() { (down, across) } else { (across, down) };
        let [a, b, c, d, e, f] = turn.transform(stored_across, stored_down);
        context.set_transform(a, b, c, d, e, f)?;
        context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, stored_across, stored_down)
    })
}

/// Draws onto white paper of `size`, fitted to `most_px` on the long edge.
fn draw(
    most_px: u32,
    size: (u32, u32),
    paint: impl FnOnce(&OffscreenCanvasRenderingContext2d, f64, f64) -> Result<(), JsValue>,
) -> Result<OffscreenCanvas, JsValue> {
    let (width, height) = fit(size, most_px);
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = context_of(&canvas)?;
    let (width, height) = (f64::from(width), f64::from(height));
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.set_image_smoothing_enabled(true);
    paint(&context, width, height)?;
    Ok(canvas)
}

fn context_of(canvas: &OffscreenCanvas) -> Result<OffscreenCanvasRenderingContext2d, JsValue> {
    Ok(canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?)
}

/// Returns `size` scaled down so that its long edge is at most `most_px`; never up, never to nothing.
fn fit((width, height): (u32, u32), most_px: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= most_px {
        return (width.max(1), height.max(1));
    }
    let scaled = |side: u32| {
        let rounded = (u64::from(side) * u64::from(most_px) + u64::from(long) / 2) / u64::from(long);
        u32::try_from(rounded).unwrap_or(most_px).max(1)
    };
    (scaled(width), scaled(height))
}

async fn encode(canvas: &OffscreenCanvas, quality: f64) -> Result<Blob, JsValue> {
    let options = ImageEncodeOptions::new();
    options.set_type("image/jpeg");
    options.set_quality(quality);
    let blob = JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?;
    blob.dyn_into()
}

pub(crate) async fn bytes_of(blob: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}
