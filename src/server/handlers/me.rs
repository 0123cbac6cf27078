//! `/api/me`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use protocol::{ErrorReply, MeReply};

use crate::auth::Device;
use crate::error::Error;
use crate::openapi::Refusals;
use crate::repositories::devices;
use crate::state::App;

/// Says who this device is.
#[utoipa::path(
    get, path = "/api/me", tag = "devices", security(("cookie" = []), ("bearer" = [])),
    responses(Refusals, (status = 200, body = MeReply), (status = 401, body = ErrorReply, description = "`unknown_device`")),
)]
pub(crate) async fn get(State(app): State<Arc<App>>, device: Device) -> Result<Json<MeReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    let memberships = devices::memberships(&mut tx, device.0).await?;
    Ok(Json(MeReply { device_id: device.0, memberships, server_time_ms: app.now().ms() }))
}
