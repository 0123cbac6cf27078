//! `/api/projects/{project}/media/{sha256}`.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::{MediaHash, ProjectId};
use protocol::{ErrorCode, ErrorReply, MAX_MEDIUM_BYTES, MediaReply, MediaSize};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::services::media;
use crate::state::App;

/// Sends a photo: a JPEG without metadata, named by the SHA-256 of its bytes.
///
/// The answer never depends on whether somebody else sent the same bytes.
#[utoipa::path(
    put, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("sha256" = MediaHash, Path)),
    request_body(content = Vec<u8>, content_type = "image/jpeg"),
    responses(
        Refusals,
        (status = 201, body = MediaReply, description = "stored"),
        (status = 200, body = MediaReply, description = "this member had sent it before"),
        (status = 401, body = ErrorReply, description = "`unknown_device`"),
        (status = 404, body = ErrorReply, description = "`not_member`"),
        (status = 413, body = ErrorReply, description = "`medium_too_large`"),
        (status = 415, body = ErrorReply, description = "`not_an_image`"),
        (status = 422, body = ErrorReply, description = "`hash_mismatch`, `broken_image`, `too_many_pixels`, `carries_metadata`"),
        (status = 507, body = ErrorReply, description = "`server_full`"),
    ),
)]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
    body: Body,
) -> Result<(StatusCode, Json<MediaReply>), Error> {
    let member = auth::member(&app, device, project).await?;
    if body.size_hint().lower() > u64::try_from(MAX_MEDIUM_BYTES).unwrap_or(u64::MAX) {
        return Err(media::too_large());
    }
    let received = media::receive(&app, member, sha256, body.into_data_stream()).await?;
    let status = if received.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(MediaReply { sha256, bytes: received.bytes, server_time_ms: app.now().ms() })))
}

/// Which picture.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// As it was sent, or the server's small picture.
    #[serde(default)]
    #[param(inline)]
    size: MediaSize,
}

/// Returns a photo of an entry that the member may see.
#[utoipa::path(
    get, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("sha256" = MediaHash, Path), Which),
    responses(
        Refusals,
        (status = 200, body = Vec<u8>, content_type = "image/jpeg"),
        (status = 401, body = ErrorReply, description = "`unknown_device`"),
        (status = 404, body = ErrorReply, description = "`not_found`: absent, erased or not allowed"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let member = auth::member(&app, device, project).await.map_err(as_not_found)?;
    let picture = media::read(&app, member, sha256, which.size).await?;
    let headers = [
        (CONTENT_TYPE, "image/jpeg".to_owned()),
        (CONTENT_LENGTH, picture.meta.size.to_string()),
        // A phone keeps pictures where an erasure reaches them, never in a cache of HTTP.
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(picture.into_stream())).into_response())
}

/// Here a stranger hears what everybody hears for what is not there.
fn as_not_found(error: Error) -> Error {
    if matches!(&error, Error::Refused(refused) if refused.code == ErrorCode::NotMember) {
        Error::not_found()
    } else {
        error
    }
}
