//! `/api/events`.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::plain::Plain;
use futures_util::{StreamExt, stream};
use protocol::{ErrorReply, RemoteChange};

use crate::auth::Device;
use crate::error::Error;
use crate::openapi::Refusals;
use crate::services::events::{self, Event};
use crate::state::App;

/// When a browser takes a stream up again that broke off, in milliseconds: a phone that is looked at pulls by itself.
const AGAIN: &[u8] = b"retry: 10000\n\n";

/// Tells, as server-sent events, which of the device's projects changed: first each of them as it is now, then whenever one
/// grows, at most twice a second.
///
/// The stream ends with a membership, and when the device begins another.
#[utoipa::path(
    get, path = "/api/events", tag = "events", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = RemoteChange, content_type = "text/event-stream", description = "one in the data of each event"),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
    ),
)]
pub(crate) async fn get(State(app): State<Arc<App>>, device: Device) -> Result<Response, Error> {
    let events = events::listen(&app, device.0).await?;
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        // A proxy that waits for more would keep it all.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    let events = stream::once(async { Bytes::from_static(AGAIN) }).chain(events.map(text));
    let body = Body::from_stream(events.map(Ok::<_, Infallible>));
    Ok((headers, body).into_response())
}

fn text(event: Event) -> Bytes {
    match event {
        Event::Changed(change) => format!("data: {}\n\n", change.to_value()).into(),
        Event::StillHere => Bytes::from_static(b":\n\n"),
    }
}
