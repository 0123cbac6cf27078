//! Asking a worker of ours one thing at a time.

use gloo::timers::callback::Timeout;
use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

use crate::device::meta;

/// Asks a worker and returns its answer: `{ok}` or `{error}`. One that dies, or takes longer than `patience_ms`, has none;
/// it is of no use any more then.
pub(crate) async fn ask(
    worker: &Worker,
    what: &str,
    of: &JsValue,
    patience_ms: Option<u32>,
) -> Result<JsValue, JsValue> {
    let mut timeout = None;
    let answer = Promise::new(&mut |answered, failed| {
        worker.set_onmessage(Some(&answered));
        worker.set_onerror(Some(&failed));
        // Rejecting a promise cannot fail.
        timeout = patience_ms.map(|ms| Timeout::new(ms, move || drop(failed.call0(&JsValue::NULL))));
    });
    let question = Object::new();
    Reflect::set(&question, &what.into(), of)?;
    worker.post_message(&question)?;
    let answer = JsFuture::from(answer).await;
    drop(timeout);
    Ok(get(&answer?, "data"))
}

/// How long one photo may take, in milliseconds; an old phone needs a few seconds for a large one.
pub(crate) const PATIENCE_MS: u32 = 90_000;

/// Asks a fresh worker of this name in the page, which ends with its answer: what it needs is large. Returns `{ok}` or `{error}`; `None`
/// when it did not come, or died.
pub(crate) async fn ask_fresh(name: &str, what: &str, of: &JsValue) -> Option<JsValue> {
    let worker = Worker::new(&meta(name)?).ok()?;
    let answer = ask(&worker, what, of, Some(PATIENCE_MS)).await;
    worker.terminate();
    answer.ok()
}

/// Returns a part of an answer; undefined where it has none of this name.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
