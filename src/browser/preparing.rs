//! Making photos ready, one at a time, in a worker of their own.

use std::cell::RefCell;

use domain::{PhotoRef, Timestamp};
use media::PhotoProblem;
use store::{PhotoOrigin, ReadyPhoto};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Worker};

use crate::asking::{PATIENCE_MS, ask, ask_fresh, get};
use crate::device::meta;

/// The worker did not come (no network, and not kept yet), died, or took too long: that says nothing about the photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotNow;

/// A photo that is ready, and what its file said of its making.
pub(crate) type Prepared = (ReadyPhoto, PhotoOrigin);

/// The worker, started with the first photo and started again when it died.
#[derive(Default)]
pub(crate) struct Preparing {
    worker: RefCell<Option<Worker>>,
    turn: async_lock::Mutex<()>,
}

impl Preparing {
    /// Makes a photo ready, or says what is wrong with it. One at a time: two decoded photos are more than an old phone has
    /// room for.
    pub(crate) async fn prepare(&self, file: &Blob) -> Result<Result<Prepared, PhotoProblem>, NotNow> {
        let _turn = self.turn.lock().await;
        let worker = self.worker().ok_or(NotNow)?;
        if let Ok(answer) = ask(&worker, "file", file, Some(PATIENCE_MS)).await {
            let prepared = read(&answer);
            let is_left_to_do = matches!(prepared, Err(PhotoProblem::Heic));
            // What can decode it comes when it is wanted; where it does not come, the browser's word stands.
            let again = if is_left_to_do { ask_fresh("heif-worker", "file", file).await } else { None };
            return Ok(again.map_or(prepared, |answer| read(&answer)));
        }
        // It died or hangs: the next photo gets a fresh one.
        worker.terminate();
        self.worker.take();
        Err(NotNow)
    }

    fn worker(&self) -> Option<Worker> {
        let mut worker = self.worker.borrow_mut();
        if worker.is_none() {
            *worker = Worker::new(&meta("photo-worker")?).ok();
        }
        worker.clone()
    }
}

/// Reads `{ok: {large, small, sha256, width, height, bytes, taken, place}}` or `{error}`.
fn read(answer: &JsValue) -> Result<Prepared, PhotoProblem> {
    if let Some(key) = get(answer, "error").as_string() {
        return Err(PhotoProblem::from_key(&key));
    }
    let ok = get(answer, "ok");
    let taken = get(&ok, "taken").as_f64().map(|ms| Timestamp::from_ms(ms as u64));
    let origin = PhotoOrigin { taken, place: get(&ok, "place").as_string().unwrap_or_default() };
    read_ready(&ok).map(|ready| (ready, origin)).ok_or(PhotoProblem::Unreadable)
}

/// Reads `{large, small, sha256, width, height, bytes}`.
pub(crate) fn read_ready(ok: &JsValue) -> Option<ReadyPhoto> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels and bytes of one photo")]
    let number = |name: &str| get(ok, name).as_f64().map(|number| number as u32);
    let blob = |name: &str| get(ok, name).dyn_into::<Blob>().ok();
    let photo = PhotoRef {
        sha256: get(ok, "sha256").as_string()?.parse().ok()?,
        width: number("width")?,
        height: number("height")?,
        bytes: number("bytes")?,
    };
    Some(ReadyPhoto { photo, large: blob("large")?, small: blob("small")? })
}
