//! `/api/links` and `/api/link`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::{Extension, Json};
use domain::LinkId;
use protocol::{ErrorCode, ErrorReply, LinkBegunReply, LinkReply, LinkRequest, LinkState, LinkWaitsReply, LinkedReply};

use super::devices::FEW_BYTES;
use super::join::Sender;
use super::sent::{Message, Sent};
use crate::auth::{self, Device};
use crate::clock::told;
use crate::error::Error;
use crate::openapi::Refusals;
use crate::security::Spoken;
use crate::services::links::{self, Asked, Linked};
use crate::state::App;

impl Message for LinkRequest {
    const MAX_BYTES: usize = FEW_BYTES;
    const TOO_LARGE: ErrorCode = ErrorCode::RecordTooLarge;
}

/// Begins to link another phone to the person who asks: its code is typed there, within ten minutes, and accepted here. A link
/// that this phone began before ends, unless it was accepted.
#[utoipa::path(
    post, path = "/api/links", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = LinkBegunReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_member`: this phone is nobody in any project"),
    ),
)]
pub(crate) async fn begin(State(app): State<Arc<App>>, device: Device) -> Result<Json<LinkBegunReply>, Error> {
    let begun = links::begin(&app, device.0).await?;
    Ok(Json(LinkBegunReply {
        id: begun.id,
        code: begun.code,
        expires_ms: begun.expires.ms(),
        server_time_ms: app.now().ms(),
    }))
}

/// Says how it stands with a link that this phone began.
#[utoipa::path(
    get, path = "/api/links/{link}", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    params(("link" = LinkId, Path)),
    responses(
        Refusals,
        (status = 200, body = LinkReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_found`: also one whose code ended"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(link): Path<LinkId>,
) -> Result<Json<LinkReply>, Error> {
    Ok(reply(&app, links::state(&app, device.0, link).await?))
}

/// Accepts the phone that asks: it becomes, in each project, the member that this phone is. Where it is somebody already it
/// stays who it is. As long as no phone has asked, nothing happens, and the answer says so.
#[utoipa::path(
    post, path = "/api/links/{link}/accept", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    params(("link" = LinkId, Path)),
    responses(
        Refusals,
        (status = 200, body = LinkReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_found`: also one whose code ended"),
    ),
)]
pub(crate) async fn accept(
    State(app): State<Arc<App>>,
    device: Device,
    Path(link): Path<LinkId>,
) -> Result<Json<LinkReply>, Error> {
    Ok(reply(&app, links::accept(&app, device.0, link).await?))
}

/// Asks, on the other phone, to become one of the person's who shows the code; asked again with the same claim until it is
/// accepted, and after a reply that got lost.
///
/// The device's token comes in the `Set-Cookie` header; a device that shows its token keeps it.
#[utoipa::path(
    post, path = "/api/link", tag = "devices", request_body = LinkRequest,
    responses(
        Refusals,
        (status = 200, body = LinkedReply, headers(("set-cookie" = Option<String>, description = "the token, for a device that showed none"))),
        (status = 202, body = LinkWaitsReply, description = "not accepted yet"),
        (status = 404, body = ErrorReply, description = "`unknown_code`: no phone shows it, its time is over, or another phone typed it first"),
        (status = 413, body = ErrorReply, description = "`record_too_large`"),
        (status = 422, body = ErrorReply, description = "`invalid_record`: the name is too long"),
        (status = 429, body = ErrorReply, description = "`too_many_attempts`: see Retry-After"),
    ),
)]
pub(crate) async fn ask(
    State(app): State<Arc<App>>,
    device: Option<Extension<Device>>,
    Extension(spoken): Extension<Spoken>,
    Sender(address): Sender,
    Sent(request): Sent<LinkRequest>,
) -> Result<Response, Error> {
    let known = device.map(|Extension(device)| device.0);
    match links::ask(&app, known, address, request).await? {
        Asked::Linked(linked) => Ok(linked_reply(&app, linked, spoken)),
        Asked::Waits => {
            let reply = LinkWaitsReply { waiting: true, server_time_ms: app.now().ms() };
            Ok((StatusCode::ACCEPTED, Json(reply)).into_response())
        }
    }
}

/// Answers a device that is somebody now.
pub(super) fn linked_reply(app: &App, linked: Linked, Spoken(version): Spoken) -> Response {
    let memberships = linked.memberships.into_iter().map(|membership| membership.for_version(version)).collect();
    let cookie = linked.token.map(|token| (SET_COOKIE, auth::cookie(app, &token)));
    let reply = LinkedReply { device_id: linked.device, memberships, server_time_ms: app.now().ms() };
    (AppendHeaders(cookie), Json(reply)).into_response()
}

fn reply(app: &App, (state, name, expires_ms): (LinkState, Option<String>, i64)) -> Json<LinkReply> {
    Json(LinkReply { state, name, expires_ms: told(expires_ms), server_time_ms: app.now().ms() })
}
