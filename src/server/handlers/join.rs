//! `/api/join` and `/api/codes/{code}`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::{Extension, Json};
use domain::JoinCode;
use protocol::{ErrorCode, ErrorReply, JoinReply, JoinRequest, WelcomeReply};
use serde::Deserialize;
use utoipa::IntoParams;

use super::sent::{Message, Sent};
use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::security::Spoken;
use crate::services::join::{self, MAX_JOIN_BYTES};
use crate::state::App;

impl Message for JoinRequest {
    const MAX_BYTES: usize = MAX_JOIN_BYTES;
    const TOO_LARGE: ErrorCode = ErrorCode::RecordTooLarge;
}

/// Joins a project with a code or an invitation.
///
/// Who is a member already gets the role of the code or invitation when it is above his own, and otherwise stays who he is.
/// The device's token comes in the `Set-Cookie` header; a device that shows its token keeps it and joins one project more.
/// Sent again with the same `join_id`, it makes no second member.
#[utoipa::path(
    post, path = "/api/join", tag = "devices", request_body = JoinRequest,
    responses(
        Refusals,
        (status = 200, body = JoinReply, headers(("set-cookie" = Option<String>, description = "the token, for a device that showed none"))),
        (status = 403, body = ErrorReply, description = "`project_closed`; `cross_site`: another site's page cannot change anything"),
        (status = 404, body = ErrorReply, description = "`unknown_code`: never given out"),
        (status = 410, body = ErrorReply, description = "`code_replaced`: a code that was replaced, an invitation that was used, has expired or was taken back"),
        (status = 409, body = ErrorReply, description = "`clock_ahead`"),
        (status = 422, body = ErrorReply, description = "`invalid_record`: no consent to take part, or a nickname too long"),
        (status = 429, body = ErrorReply, description = "`too_many_attempts`: see Retry-After"),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    device: Option<Extension<Device>>,
    Extension(Spoken(version)): Extension<Spoken>,
    Sender(address): Sender,
    Sent(request): Sent<JoinRequest>,
) -> Result<Response, Error> {
    let known = device.map(|Extension(device)| device.0);
    let joined = join::join(&app, known, address, request).await?;
    let cookie = joined.token.map(|token| (SET_COOKIE, auth::cookie(&app, &token)));
    let membership = joined.membership.for_version(version);
    let reply = JoinReply { device_id: joined.device, membership, server_time_ms: app.now().ms() };
    Ok((AppendHeaders(cookie), Json(reply)).into_response())
}

/// In which words.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Spoke {
    /// The tag of the screen's language, such as `nl`.
    language: Option<String>,
}

/// Says what lies behind a code or an invitation, to whoever is about to join by it. A wrong one counts as in joining.
#[utoipa::path(
    get, path = "/api/codes/{code}", tag = "devices",
    params(("code" = JoinCode, Path), Spoke),
    responses(
        Refusals,
        (status = 200, body = WelcomeReply),
        (status = 403, body = ErrorReply, description = "`project_closed`"),
        (status = 404, body = ErrorReply, description = "`unknown_code`: never given out"),
        (status = 410, body = ErrorReply, description = "`code_replaced`: a code that was replaced, an invitation that was used, has expired or was taken back"),
        (status = 429, body = ErrorReply, description = "`too_many_attempts`: see Retry-After"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Option<Extension<Device>>,
    Sender(address): Sender,
    Path(code): Path<JoinCode>,
    Query(Spoke { language }): Query<Spoke>,
) -> Result<Json<WelcomeReply>, Error> {
    let known = device.map(|Extension(device)| device.0);
    Ok(Json(join::welcome(&app, known, address, code, language.as_deref().unwrap_or_default()).await?))
}

/// The address that a request comes from.
pub(crate) struct Sender(pub(super) IpAddr);

impl<S: Sync> FromRequestParts<S> for Sender {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        // On this machine stands a proxy, or a developer. Anybody else may write what he likes into that header.
        let forwarded = peer.to_canonical().is_loopback().then(|| forwarded_for(&parts.headers)).flatten();
        Ok(Self(forwarded.unwrap_or(peer)))
    }
}

/// Returns what the nearest proxy added.
fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}
