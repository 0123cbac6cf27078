//! `/api/devices`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::DeviceId;
use protocol::{DeviceInfo, DevicesReply, ErrorCode, ErrorReply, NameRequest};

use super::sent::{Message, Sent};
use crate::auth::Device;
use crate::clock::told;
use crate::error::Error;
use crate::openapi::Refusals;
use crate::repositories::phones::Listed;
use crate::services::devices;
use crate::state::App;

/// More than enough for a name and a few codes.
pub(super) const FEW_BYTES: usize = 4096;

impl Message for NameRequest {
    const MAX_BYTES: usize = FEW_BYTES;
    const TOO_LARGE: ErrorCode = ErrorCode::RecordTooLarge;
}

/// Returns the phones of the person who asks: those that are the same member as this one in a project.
#[utoipa::path(
    get, path = "/api/devices", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(
        Refusals,
        (status = 200, body = DevicesReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
    ),
)]
pub(crate) async fn get(State(app): State<Arc<App>>, device: Device) -> Result<Json<DevicesReply>, Error> {
    reply(&app, device).await
}

/// Gives one of these phones a name; answers with all of them.
#[utoipa::path(
    patch, path = "/api/devices/{device}", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    params(("device" = DeviceId, Path)), request_body = NameRequest,
    responses(
        Refusals,
        (status = 200, body = DevicesReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_found`: no such phone, or another person's"),
        (status = 413, body = ErrorReply, description = "`record_too_large`"),
        (status = 422, body = ErrorReply, description = "`invalid_record`: the name is too long"),
    ),
)]
pub(crate) async fn patch(
    State(app): State<Arc<App>>,
    device: Device,
    Path(other): Path<DeviceId>,
    Sent(request): Sent<NameRequest>,
) -> Result<Json<DevicesReply>, Error> {
    devices::rename(&app, device.0, other, &request.name).await?;
    reply(&app, device).await
}

/// Shuts out one of these phones, which may be the one that asks; answers with those that are left.
///
/// Its tokens are void at once, and its stream of events ends. It is told `device_shut_out`, and may join as somebody new.
#[utoipa::path(
    delete, path = "/api/devices/{device}", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    params(("device" = DeviceId, Path)),
    responses(
        Refusals,
        (status = 200, body = DevicesReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_found`: no such phone, another person's, or one that was shut out"),
    ),
)]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    device: Device,
    Path(other): Path<DeviceId>,
) -> Result<Json<DevicesReply>, Error> {
    devices::shut_out(&app, device.0, other).await?;
    reply(&app, device).await
}

async fn reply(app: &App, device: Device) -> Result<Json<DevicesReply>, Error> {
    let listed = devices::list(app, device.0).await?;
    let devices = listed.into_iter().map(|listed| info(listed, device)).collect();
    Ok(Json(DevicesReply { devices, server_time_ms: app.now().ms() }))
}

fn info(Listed { id, name, created_ms, last_seen_ms }: Listed, device: Device) -> DeviceInfo {
    DeviceInfo { id, name, made_ms: told(created_ms), last_seen_ms: last_seen_ms.map(told), is_this: id == device.0 }
}
