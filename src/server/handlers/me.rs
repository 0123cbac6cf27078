//! `/api/me`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::{Extension, Json};
use protocol::{ErrorReply, MeReply};

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::repositories::{devices, phones};
use crate::security::Spoken;
use crate::services::upload;
use crate::state::App;

/// Says who this device is. A new one, which shows no token at all, is told that it is nobody yet; a token that is not
/// known (any more) is refused.
#[utoipa::path(
    get, path = "/api/me", tag = "devices", security((), ("cookie" = []), ("bearer" = [])),
    responses(Refusals, (status = 200, body = MeReply), (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`")),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Option<Extension<Device>>,
    Extension(Spoken(version)): Extension<Spoken>,
    request: Request,
) -> Result<Json<MeReply>, Error> {
    let device_id = device.map(|Extension(device)| device.0);
    let memberships = match device_id {
        Some(device) => {
            let mut conn = app.db.snapshot().await?;
            let memberships = devices::memberships(&mut conn, device).await?;
            // Its token is known a moment longer where another process shut it out.
            if memberships.is_empty() && phones::is_shut_out(&mut conn, device).await? {
                return Err(auth::shut_out(version));
            }
            memberships
        }
        None if auth::shows_token(&app, request.headers()) => {
            return Err(auth::refuse_nobody(&request.into_parts().0));
        }
        None => Vec::new(),
    };
    let mut unfinished = Vec::new();
    for membership in &memberships {
        unfinished.append(&mut upload::unfinished(&app, membership.project.id, membership.member_id).await?);
    }
    let memberships = memberships.into_iter().map(|membership| membership.for_version(version)).collect();
    Ok(Json(MeReply { device_id, memberships, unfinished, server_time_ms: app.now().ms() }))
}
