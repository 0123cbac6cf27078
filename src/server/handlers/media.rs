//! `/api/projects/{project}/media/{sha256}`: reading a photo or a voice note.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::permissions::Endpoint;
use domain::{MediaHash, ProjectId};
use protocol::{ErrorCode, ErrorReply, MediaSize};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::services::media;
use crate::state::App;

/// Which form of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// As it was sent, the server's small picture, or a voice note as every browser plays it.
    #[serde(default)]
    #[param(inline)]
    size: MediaSize,
}

/// Returns a photo or the voice note of an entry that the member may see.
#[utoipa::path(
    get, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("sha256" = MediaHash, Path), Which),
    responses(
        Refusals,
        (status = 200, description = "the bytes", content(
            (Vec<u8> = "image/jpeg"), (Vec<u8> = "audio/webm"), (Vec<u8> = "audio/mp4"))),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_found`: absent, erased or not allowed"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let member = auth::member(&app, device, project, Endpoint::ReadMedium).await.map_err(as_not_found)?;
    let (medium, content_type) = media::read(&app, member, sha256, which.size).await?;
    let headers = [
        (CONTENT_TYPE, content_type.to_owned()),
        (CONTENT_LENGTH, medium.meta.size.to_string()),
        // A phone keeps media where an erasure reaches them, never in a cache of HTTP.
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(medium.into_stream())).into_response())
}

/// Here whoever may not ask hears what everybody hears for what is not there.
fn as_not_found(error: Error) -> Error {
    if matches!(&error, Error::Refused(refused) if matches!(refused.code, ErrorCode::NotMember | ErrorCode::NotYours)) {
        Error::not_found()
    } else {
        error
    }
}
