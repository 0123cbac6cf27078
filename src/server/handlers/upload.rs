//! `/api/projects/{project}/media/{sha256}`: sending a photo or a voice note, in one request or on from where it broke off.

use std::sync::Arc;

use axum::Json;
use axum::body::{Body, HttpBody};
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::permissions::Endpoint;
use domain::{MediaHash, ProjectId};
use protocol::upload_header::{COMPLETE, FALSE, LENGTH, LIMIT, OFFSET, PARTIAL, TRUE};
use protocol::{ErrorCode, ErrorReply, MAX_MEDIUM_BYTES, MediaReply};

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::repositories::media::MediumKey;
use crate::services::upload::{self, KEPT, Received, Sending};
use crate::state::App;

/// Sends a photo (a JPEG) or a voice note (Opus in WebM, AAC or Opus in MP4), without metadata, named by the SHA-256 of its bytes.
/// Its bytes say which it is.
///
/// What arrives of a request that breaks off is kept: `HEAD` says how much, and `PATCH` goes on.
/// The answer never depends on whether somebody else sent the same bytes.
#[utoipa::path(
    put, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("sha256" = MediaHash, Path)),
    request_body(content((Vec<u8> = "image/jpeg"), (Vec<u8> = "audio/webm"), (Vec<u8> = "audio/mp4"))),
    responses(
        Refusals,
        (status = 201, body = MediaReply, description = "stored"),
        (status = 200, body = MediaReply, description = "this member had sent it before"),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 403, body = ErrorReply, description = "`not_yours`: this role sends none; `project_closed`"),
        (status = 404, body = ErrorReply, description = "`not_member`"),
        (status = 413, body = ErrorReply, description = "`medium_too_large`"),
        (status = 415, body = ErrorReply, description = "`not_an_image`"),
        (status = 422, body = ErrorReply, description = "`hash_mismatch`, `broken_image`, `broken_voice`, `voice_too_long`, `too_many_pixels`, `carries_metadata`"),
        (status = 507, body = ErrorReply, description = "`server_full`"),
    ),
)]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
    body: Body,
) -> Result<Response, Error> {
    receive(&app, device, (project, sha256), Endpoint::SendMedium, None, true, body).await
}

/// Goes on with a photo or a voice note that broke off.
#[utoipa::path(
    patch, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(
        ("project" = ProjectId, Path), ("sha256" = MediaHash, Path),
        ("upload-offset" = u64, Header, description = "at which byte of the photo the body begins: as many as are held"),
        ("upload-complete" = String, Header, description = "`?1`: the photo ends with this body; `?0`: more is to come"),
    ),
    request_body(content = Vec<u8>, content_type = "application/partial-upload"),
    responses(
        Refusals,
        (status = 201, body = MediaReply, description = "stored"),
        (status = 200, body = MediaReply, description = "this member had sent it before"),
        (status = 204, description = "held, and more is to come", headers(
            ("upload-offset" = u64, description = "how many bytes are held"), ("upload-complete" = String, description = "`?0`"))),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 403, body = ErrorReply, description = "`not_yours`: this role sends none; `project_closed`"),
        (status = 404, body = ErrorReply, description = "`not_member`"),
        (status = 409, body = ErrorReply, description = "`upload_offset`: another number of bytes is held", headers(
            ("upload-offset" = u64, description = "how many bytes are held"))),
        (status = 413, body = ErrorReply, description = "`medium_too_large`"),
        (status = 415, body = ErrorReply, description = "`not_an_image`"),
        (status = 422, body = ErrorReply, description = "`hash_mismatch`, `broken_image`, `broken_voice`, `voice_too_long`, `too_many_pixels`, `carries_metadata`"),
        (status = 507, body = ErrorReply, description = "`server_full`"),
    ),
)]
pub(crate) async fn patch(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    let bad = |message: &'static str| Error::refused(ErrorCode::BadRequest, message);
    if value(&headers, CONTENT_TYPE.as_str()) != Some(PARTIAL) {
        return Err(bad("the body must be application/partial-upload"));
    }
    let offset = value(&headers, OFFSET).and_then(|offset| offset.parse().ok());
    let offset = offset.ok_or_else(|| bad("upload-offset must be a number of bytes"))?;
    let is_last = match value(&headers, COMPLETE) {
        Some(TRUE) => true,
        Some(FALSE) => false,
        _ => return Err(bad("upload-complete must be ?1 or ?0")),
    };
    receive(&app, device, (project, sha256), Endpoint::GoOnWithMedium, Some(offset), is_last, body).await
}

/// Says how much of a photo or a voice note the server holds for this member.
#[utoipa::path(
    head, path = "/api/projects/{project}/media/{sha256}", tag = "media", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("sha256" = MediaHash, Path)),
    responses(
        Refusals,
        (status = 204, description = "this much is held", headers(
            ("upload-offset" = u64, description = "how many bytes are held"),
            ("upload-complete" = String, description = "`?1`: they are the whole photo, and stored; `?0`: they are not"),
            ("upload-length" = Option<u64>, description = "how many bytes the photo has, once it is stored"),
            ("upload-limit" = String, description = "`max-size`: bytes that are taken; `max-age`: seconds that a part is kept"))),
        (status = 401, description = "`unknown_device`, `device_shut_out`"),
        (status = 403, description = "`not_yours`: this role sends none"),
        (status = 404, description = "`not_member`"),
    ),
)]
pub(crate) async fn head(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, sha256)): Path<(ProjectId, MediaHash)>,
) -> Result<Response, Error> {
    let member = auth::member(&app, device, project, Endpoint::AskMedium).await?;
    let held = upload::held(&app, MediumKey { project, sha256, owner: member.id }).await?;
    let limit = format!("max-size={MAX_MEDIUM_BYTES}, max-age={}", KEPT.as_secs());
    let complete = if held.is_whole { TRUE } else { FALSE };
    let headers = [(OFFSET, held.bytes.to_string()), (COMPLETE, complete.to_owned()), (LIMIT, limit)];
    let length = held.is_whole.then(|| [(LENGTH, held.bytes.to_string())]);
    Ok((StatusCode::NO_CONTENT, headers, axum::response::AppendHeaders(length.into_iter().flatten())).into_response())
}

async fn receive(
    app: &Arc<App>,
    device: Device,
    (project, sha256): (ProjectId, MediaHash),
    endpoint: Endpoint,
    offset: Option<u64>,
    is_last: bool,
    body: Body,
) -> Result<Response, Error> {
    let (member, sent) = auth::sender(app, device, project, sha256, endpoint).await?;
    let length = body.size_hint().exact();
    let sending = Sending { offset, is_last, length, body: body.into_data_stream() };
    let received = upload::receive(app, MediumKey { project, sha256, owner: member.id }, sent, sending).await?;
    Ok(match received {
        Received::Whole { bytes, is_new } => {
            let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
            (status, Json(MediaReply { sha256, bytes, server_time_ms: app.now().ms() })).into_response()
        }
        Received::Part(held) => {
            let headers = [(OFFSET, held.to_string()), (COMPLETE, FALSE.to_owned())];
            (StatusCode::NO_CONTENT, headers).into_response()
        }
        Received::Elsewhere(held) => {
            let refusal = Error::refused(ErrorCode::UploadOffset, "another number of bytes is held");
            ([(OFFSET, held.to_string())], refusal).into_response()
        }
    })
}

/// Returns a header's value without parameters.
fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()?.split(';').next().map(str::trim)
}
