//! Questions to the server. Only a well-formed answer of ours counts: a captive portal's page is no answer at all.

use domain::{MediaHash, ProjectId};
use gloo::net::http::{Method, Request, RequestBuilder, Response};
use gloo::timers::callback::Timeout;
use protocol::{
    ErrorCode, ErrorReply, MediaSize, PushRequest, join_path, me_path, media_path, pull_path, records_path,
    upload_header,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::{Outcome, Reply};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, Blob, RequestCredentials, RequestRedirect};

use crate::questions::{NoAnswer, Verb, ask_value};

/// How long a question without bytes may take, in milliseconds.
const QUESTION_MS: u32 = 45_000;

/// How long a medium to show may take on its way, in milliseconds.
const MEDIUM_MS: u32 = 10 * 60_000;

/// The slowest upload that is not taken for a dead connection, in bytes a millisecond: what came stays on the server.
const SLOWEST: f64 = 4.0;

/// Asks the server; a medium's bytes are in `medium`.
pub(crate) async fn ask(request: &sync::Request, medium: Option<Blob>) -> Outcome {
    match request {
        sync::Request::Me => get(me_path(), Reply::Me).await,
        sync::Request::Join(join) => post(join_path(), join, Reply::Joined).await,
        sync::Request::Push(project, records) => {
            post(&records_path(*project), &PushRequest { records: records.clone() }, Reply::Pushed).await
        }
        sync::Request::Pull(project, from) => get(&pull_path(*project, from), Reply::Pulled).await,
        sync::Request::AskOffset(project, sha256) => ask_offset(*project, *sha256).await,
        sync::Request::Upload(project, sha256, from) => match medium {
            Some(bytes) => upload(*project, *sha256, &bytes, *from).await,
            None => Outcome::NothingToSend,
        },
    }
}

/// Asks whether the server knows this device, or why it does not; `None` when nobody of ours answered.
pub(crate) async fn is_known() -> Option<Result<bool, ErrorCode>> {
    match ask_value(Verb::Get, me_path(), None).await {
        // Nothing else of the answer is needed here.
        Ok(me) => me.get("device_id").map(|device| Ok(!device.is_null())),
        Err(NoAnswer::Refused(code @ (ErrorCode::UnknownDevice | ErrorCode::DeviceShutOut))) => Some(Err(code)),
        Err(_) => None,
    }
}

/// Says whether a file of the app is not on the server (any more).
pub(crate) async fn is_gone(path: &str) -> bool {
    let patience = Patience::new(QUESTION_MS);
    let Ok(request) = patience.request(Method::HEAD, path).build() else { return false };
    request.send().await.is_ok_and(|response| response.status() == 404)
}

/// Fetches a medium; `None` when there is none for us, or no network.
pub(crate) async fn fetch_medium(project: ProjectId, sha256: MediaHash, size: MediaSize) -> Option<Blob> {
    let patience = Patience::new(MEDIUM_MS);
    let path = media_path(project, sha256, size);
    let response = patience.request(Method::GET, &path).build().ok()?.send().await.ok()?;
    let kind = response.headers().get("content-type").unwrap_or_default();
    let expected = if size == MediaSize::Played { "audio/" } else { "image/jpeg" };
    if !response.ok() || !kind.starts_with(expected) {
        return None;
    }
    let blob = web_sys::Response::from(response).blob().ok()?;
    wasm_bindgen_futures::JsFuture::from(blob).await.ok()?.dyn_into().ok()
}

async fn get<T: DeserializeOwned>(path: &str, reply: fn(T) -> Reply) -> Outcome {
    let patience = Patience::new(QUESTION_MS);
    match patience.request(Method::GET, path).build() {
        Ok(request) => answer(request, reply).await,
        Err(_) => Outcome::Unreachable,
    }
}

async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize, reply: fn(T) -> Reply) -> Outcome {
    let patience = Patience::new(QUESTION_MS);
    match patience.request(Method::POST, path).json(body) {
        Ok(request) => answer(request, reply).await,
        Err(_) => Outcome::Unreachable,
    }
}

/// Asks how many bytes of a medium the server holds. An answer that does not say so is of a server of the first version, or
/// of nobody of ours: then the whole is sent, and its answer tells.
async fn ask_offset(project: ProjectId, sha256: MediaHash) -> Outcome {
    let patience = Patience::new(QUESTION_MS);
    let path = media_path(project, sha256, MediaSize::Large);
    let Ok(request) = patience.request(Method::HEAD, &path).build() else { return Outcome::Unreachable };
    let Ok(response) = request.send().await else { return Outcome::Unreachable };
    let offset = response.headers().get(upload_header::OFFSET).and_then(|offset| offset.parse().ok());
    Outcome::Reply(Reply::Offset(offset.unwrap_or(0)))
}

/// Sends a medium: the whole by PUT, the rest of one that broke off by PATCH.
async fn upload(project: ProjectId, sha256: MediaHash, bytes: &Blob, from: u64) -> Outcome {
    #[expect(clippy::cast_precision_loss, reason = "no medium has 2^53 bytes")]
    let start = from as f64;
    let rest = if from == 0 { Ok(bytes.clone()) } else { bytes.slice_with_f64(start) };
    let Ok(rest) = rest else { return Outcome::NothingToSend };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a medium has eight megabytes at most")]
    let patience = Patience::new(QUESTION_MS + (rest.size() / SLOWEST) as u32);
    let path = media_path(project, sha256, MediaSize::Large);
    let request = if from == 0 {
        let kind = bytes.type_();
        let kind = if kind.starts_with("audio/") { kind.as_str() } else { "image/jpeg" };
        patience.request(Method::PUT, &path).header("content-type", kind)
    } else {
        patience
            .request(Method::PATCH, &path)
            .header("content-type", upload_header::PARTIAL)
            .header(upload_header::OFFSET, &from.to_string())
    };
    match request.header(upload_header::COMPLETE, upload_header::TRUE).body(JsValue::from(&rest)) {
        Ok(request) => answer(request, Reply::Uploaded).await,
        Err(_) => Outcome::Unreachable,
    }
}

async fn answer<T: DeserializeOwned>(request: Request, reply: fn(T) -> Reply) -> Outcome {
    let Ok(response) = request.send().await else { return Outcome::Unreachable };
    let retry_after_ms = retry_after_ms(&response);
    let Ok(text) = response.text().await else { return Outcome::Unreachable };
    if response.ok() {
        return serde_json::from_str(&text).map_or(Outcome::Unreachable, |body| Outcome::Reply(reply(body)));
    }
    serde_json::from_str::<ErrorReply>(&text).map_or(Outcome::Unreachable, |error| Outcome::Refused {
        code: error.code,
        retry_after_ms,
        server_time_ms: error.server_time_ms,
    })
}

pub(crate) fn retry_after_ms(response: &Response) -> Option<u64> {
    let seconds: u64 = response.headers().get("retry-after")?.parse().ok()?;
    seconds.checked_mul(1000)
}

/// Ends a request that takes too long: a dead connection must not hold the queue for ever.
pub(crate) struct Patience {
    controller: Option<AbortController>,
    _timeout: Option<Timeout>,
}

impl Patience {
    pub(crate) fn new(ms: u32) -> Self {
        let controller = AbortController::new().ok();
        let timeout = controller.clone().map(|controller| Timeout::new(ms, move || controller.abort()));
        Self { controller, _timeout: timeout }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let signal = self.controller.as_ref().map(AbortController::signal);
        RequestBuilder::new(path)
            .method(method)
            .abort_signal(signal.as_ref())
            .cache(web_sys::RequestCache::NoStore)
            .credentials(RequestCredentials::SameOrigin)
            .redirect(RequestRedirect::Error)
            .header(protocol::VERSION_HEADER, &protocol::VERSION.to_string())
    }
}
