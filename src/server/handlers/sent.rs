//! A request's JSON, read with a limit.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use protocol::ErrorCode;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::services::upload::SILENCE;

/// What a phone may send as JSON.
pub(crate) trait Message: DeserializeOwned {
    /// The most bytes it may have.
    const MAX_BYTES: usize;
    /// What a larger one is refused with.
    const TOO_LARGE: ErrorCode;
}

/// Extracts a message.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Sync, T: Message> FromRequest<S> for Sent<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let bad = |message: String| Error::refused(ErrorCode::BadRequest, message);
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            return Err(bad("the body must be application/json".to_owned()));
        }
        let body = tokio::time::timeout(SILENCE, to_bytes(request.into_body(), T::MAX_BYTES)).await;
        let body = body.map_err(|_| bad("the body stopped arriving".to_owned()))?;
        let body = body.map_err(|error| match is_too_long(&error) {
            true => Error::refused(T::TOO_LARGE, format!("the body has at most {} bytes", T::MAX_BYTES)),
            false => bad("the body broke off".to_owned()),
        })?;
        // Where, never what: the reader's own words would repeat the story.
        let unreadable = |error: serde_json::Error| {
            bad(format!("the JSON is wrong in line {}, column {}", error.line(), error.column()))
        };
        serde_json::from_slice(&body).map(Self).map_err(unreadable)
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.to_string().contains("length limit"))
}
