//! `/api/projects/{project}/members`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::permissions::{Endpoint, May};
use domain::{MemberId, ProjectId};
use protocol::{DoneReply, ErrorCode, ErrorReply, MembersReply};

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::{Refusals, TeamRefusals};
use crate::repositories::members as repository;
use crate::services::members;
use crate::state::App;

/// Returns who is in a project, how many entries each sent, and when each device was last heard of. A researcher hears of
/// pseudonyms and numbers alone.
#[utoipa::path(
    get, path = "/api/projects/{project}/members", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = MembersReply),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
) -> Result<Json<MembersReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    let asks = auth::member_in(&mut tx, device, project, Endpoint::SeeMembers).await?;
    let are_named = Endpoint::SeeMembers.may(asks.role) == May::Yes;
    let members = members::list(&mut tx, project, are_named).await?;
    Ok(Json(MembersReply { members, server_time_ms: app.now().ms() }))
}

/// Takes a member out of the project: his devices see and send nothing of it within seconds, and his invitations are taken
/// back. What he shared stays. Repeated, it changes nothing.
#[utoipa::path(
    delete, path = "/api/projects/{project}/members/{member}", tag = "team",
    security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("member" = MemberId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = DoneReply),
        (status = 403, body = ErrorReply, description = "`not_yours`: not for this role, or oneself"),
        (status = 404, body = ErrorReply, description = "`not_member`; `not_found`: nobody of this project"),
    ),
)]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, member)): Path<(ProjectId, MemberId)>,
) -> Result<Json<DoneReply>, Error> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let by = auth::member_in(&mut tx, device, project, Endpoint::RemoveMember).await?;
    if by.id == member {
        // So that no project is left without anybody who can let somebody in.
        return Err(Error::refused(ErrorCode::NotYours, "nobody takes himself out"));
    }
    if repository::project_of(&mut tx, member).await? != Some(project) {
        return Err(Error::not_found());
    }
    members::remove(&mut tx, member, Some(by.id), now).await?;
    tx.commit().await?;
    Ok(Json(DoneReply { server_time_ms: now.ms() }))
}
