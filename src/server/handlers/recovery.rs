//! `/api/recovery` and `/api/recover`.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Json};
use protocol::{ErrorCode, ErrorReply, LinkedReply, RecoverRequest, RecoveryReply, WordsReply};

use super::devices::FEW_BYTES;
use super::join::Sender;
use super::links::linked_reply;
use super::sent::{Message, Sent};
use crate::auth::Device;
use crate::clock::told;
use crate::error::Error;
use crate::openapi::Refusals;
use crate::security::Spoken;
use crate::services::recovery;
use crate::state::App;

impl Message for RecoverRequest {
    const MAX_BYTES: usize = FEW_BYTES;
    const TOO_LARGE: ErrorCode = ErrorCode::RecordTooLarge;
}

/// Says whether the person who asks has words to come back with, and since when.
#[utoipa::path(
    get, path = "/api/recovery", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = RecoveryReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
    ),
)]
pub(crate) async fn get(State(app): State<Arc<App>>, device: Device) -> Result<Json<RecoveryReply>, Error> {
    let made_ms = recovery::made_ms(&app, device.0).await?.map(told);
    Ok(Json(RecoveryReply { made_ms, server_time_ms: app.now().ms() }))
}

/// Makes words to come back with, in the place of those before. They are told this once.
#[utoipa::path(
    post, path = "/api/recovery", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = WordsReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_member`: this phone is nobody in any project"),
    ),
)]
pub(crate) async fn post(State(app): State<Arc<App>>, device: Device) -> Result<Json<WordsReply>, Error> {
    let (words, made_ms) = recovery::make(&app, device.0).await?;
    Ok(Json(WordsReply { words, made_ms: told(made_ms), server_time_ms: app.now().ms() }))
}

/// Takes the words back: they bring nobody back any more.
#[utoipa::path(
    delete, path = "/api/recovery", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = RecoveryReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
    ),
)]
pub(crate) async fn delete(State(app): State<Arc<App>>, device: Device) -> Result<Json<RecoveryReply>, Error> {
    recovery::take_back(&app, device.0).await?;
    Ok(Json(RecoveryReply { made_ms: None, server_time_ms: app.now().ms() }))
}

/// Comes back with words: the device becomes, in each project, the member that the words stand for. Where it is somebody
/// already it stays who it is, and the person's other phones stay in until they are shut out.
///
/// The device's token comes in the `Set-Cookie` header; a device that shows its token keeps it. Sent again after a reply that
/// got lost, it makes another device and no second member.
#[utoipa::path(
    post, path = "/api/recover", tag = "devices", request_body = RecoverRequest,
    responses(
        Refusals,
        (status = 200, body = LinkedReply, headers(("set-cookie" = Option<String>, description = "the token, for a device that showed none"))),
        (status = 404, body = ErrorReply, description = "`unknown_code`: these words bring nobody back"),
        (status = 413, body = ErrorReply, description = "`record_too_large`"),
        (status = 422, body = ErrorReply, description = "`invalid_record`: the name is too long"),
        (status = 429, body = ErrorReply, description = "`too_many_attempts`: see Retry-After"),
    ),
)]
pub(crate) async fn recover(
    State(app): State<Arc<App>>,
    device: Option<Extension<Device>>,
    Extension(spoken): Extension<Spoken>,
    Sender(address): Sender,
    Sent(request): Sent<RecoverRequest>,
) -> Result<Response, Error> {
    let known = device.map(|Extension(device)| device.0);
    Ok(linked_reply(&app, recovery::recover(&app, known, address, request).await?, spoken))
}
