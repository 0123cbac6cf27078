//! Making photos ready, one at a time, in a worker of their own.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::{Map, PhotoRef};
use gloo::timers::callback::Timeout;
use js_sys::{Object, Promise, Reflect};
use media::PhotoProblem;
use store::ReadyPhoto;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageEvent, Worker};

use crate::device::meta;

/// How long one photo may take, in milliseconds; an old phone needs a few seconds for a large one.
const PATIENCE_MS: u32 = 90_000;

/// The worker did not come (no network, and not kept yet), died, or took too long: that says nothing about the photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotNow;

/// The worker, started with the first photo and started again when it died.
#[derive(Default)]
pub(crate) struct Preparing {
    worker: RefCell<Option<Worker>>,
    waiting: Rc<RefCell<Map<u32, js_sys::Function>>>,
    last_id: Cell<u32>,
    turn: async_lock::Mutex<()>,
}

impl Preparing {
    /// Makes a photo ready, or says what is wrong with it. One at a time: two decoded photos are more than an old phone has
    /// room for.
    pub(crate) async fn prepare(&self, file: &Blob) -> Result<Result<ReadyPhoto, PhotoProblem>, NotNow> {
        let _turn = self.turn.lock().await;
        let id = self.last_id.get().wrapping_add(1);
        self.last_id.set(id);
        let worker = self.worker().ok_or(NotNow)?;
        let answer = self.ask(&worker, id, file).await;
        self.waiting.borrow_mut().remove(&id);
        if let Ok(answer) = answer {
            return Ok(read(&answer));
        }
        // It died or hangs: the next photo gets a fresh one.
        worker.terminate();
        self.worker.take();
        Err(NotNow)
    }

    async fn ask(&self, worker: &Worker, id: u32, file: &Blob) -> Result<JsValue, JsValue> {
        let message = Object::new();
        Reflect::set(&message, &"id".into(), &id.into())?;
        Reflect::set(&message, &"file".into(), file)?;
        let waiting = Rc::clone(&self.waiting);
        let mut give_up = None;
        let promise = Promise::new(&mut |resolve, reject| {
            waiting.borrow_mut().insert(id, resolve);
            give_up = Some(reject);
        });
        let give_up = give_up.ok_or(JsValue::NULL)?;
        let on_error = give_up.clone();
        let on_error = Closure::<dyn Fn()>::new(move || {
            // Rejecting a promise cannot fail.
            let _ = on_error.call0(&JsValue::NULL);
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let timeout = Timeout::new(PATIENCE_MS, move || {
            let _ = give_up.call0(&JsValue::NULL);
        });
        worker.post_message(&message)?;
        let answer = JsFuture::from(promise).await;
        worker.set_onerror(None);
        drop((timeout, on_error));
        answer
    }

    fn worker(&self) -> Option<Worker> {
        if let Some(worker) = self.worker.borrow().as_ref() {
            return Some(worker.clone());
        }
        let worker = Worker::new(&meta("photo-worker")?).ok()?;
        let waiting = Rc::clone(&self.waiting);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "our own counter")]
            let id = Reflect::get(&data, &"id".into()).ok().and_then(|id| id.as_f64()).map(|id| id as u32);
            let resolve = id.and_then(|id| waiting.borrow_mut().remove(&id));
            if let Some(resolve) = resolve {
                // Resolving a promise cannot fail.
                let _ = resolve.call1(&JsValue::NULL, &data);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        *self.worker.borrow_mut() = Some(worker.clone());
        Some(worker)
    }
}

/// Reads `{ok: {large, small, sha256, width, height, bytes}}` or `{error}`.
fn read(answer: &JsValue) -> Result<ReadyPhoto, PhotoProblem> {
    let get = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED);
    if let Some(key) = get(answer, "error").as_string() {
        return Err(PhotoProblem::from_key(&key));
    }
    let ok = get(answer, "ok");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels and bytes of one photo")]
    let number = |name: &str| get(&ok, name).as_f64().map(|number| number as u32);
    let blob = |name: &str| get(&ok, name).dyn_into::<Blob>().ok();
    let photo = || {
        Some(PhotoRef {
            sha256: get(&ok, "sha256").as_string()?.parse().ok()?,
            width: number("width")?,
            height: number("height")?,
            bytes: number("bytes")?,
        })
    };
    let ready = || Some(ReadyPhoto { photo: photo()?, large: blob("large")?, small: blob("small")? });
    ready().ok_or(PhotoProblem::Unreadable)
}
