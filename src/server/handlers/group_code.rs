//! `/api/projects/{project}/groups/{group}/code`: the code by which one joins a group.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::permissions::Endpoint;
use domain::{ProjectId, RecordId};
use protocol::{ErrorReply, GroupCodeReply};

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::{Refusals, TeamRefusals};
use crate::services::groups;
use crate::state::App;

/// Returns the code of a group. Whoever joins by it is a resident, and in the group at once.
#[utoipa::path(
    get, path = "/api/projects/{project}/groups/{group}/code", tag = "team",
    security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("group" = RecordId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = GroupCodeReply),
        (status = 404, body = ErrorReply, description = "`not_member`; `not_found`: no group of this project"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, group)): Path<(ProjectId, RecordId)>,
) -> Result<Json<GroupCodeReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    auth::member_in(&mut tx, device, project, Endpoint::SeeGroupCode).await?;
    let code = groups::code(&mut tx, project, group).await?;
    Ok(Json(GroupCodeReply { code, server_time_ms: app.now().ms() }))
}

/// Makes a code for a group, in the place of any that it had. Who is in stays in; who comes with the old code is told whom to ask.
#[utoipa::path(
    post, path = "/api/projects/{project}/groups/{group}/code", tag = "team",
    security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("group" = RecordId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = GroupCodeReply),
        (status = 404, body = ErrorReply, description = "`not_member`; `not_found`: no group of this project"),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, group)): Path<(ProjectId, RecordId)>,
) -> Result<Json<GroupCodeReply>, Error> {
    let mut tx = app.db.begin().await?;
    let member = auth::member_in(&mut tx, device, project, Endpoint::RotateGroupCode).await?;
    let code = groups::replace_code(&mut tx, project, group, member.id, app.now()).await?;
    tx.commit().await?;
    Ok(Json(GroupCodeReply { code: Some(code), server_time_ms: app.now().ms() }))
}
