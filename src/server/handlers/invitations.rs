//! `/api/projects/{project}/invitations`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::permissions::{Endpoint, May, may_invite};
use domain::{InvitationId, ProjectId};
use protocol::{
    DoneReply, ErrorCode, ErrorReply, INVITATION_DAYS, InvitationsReply, InviteReply, InviteRequest,
    MAX_INVITATION_DAYS, MAX_INVITATION_USES,
};

use super::sent::{Message, Sent};
use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::{Refusals, TeamRefusals};
use crate::repositories::{invitations as repository, projects};
use crate::services::invitations::{self, Terms};
use crate::state::App;

/// How many invitations are told.
const MOST: i64 = 500;

impl Message for InviteRequest {
    const MAX_BYTES: usize = 1024;
    const TOO_LARGE: ErrorCode = ErrorCode::BadRequest;
}

/// Returns the newest invitations of a project and who came by each: a coordinator all, a worker his own. Never a code.
#[utoipa::path(
    get, path = "/api/projects/{project}/invitations", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = InvitationsReply),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
) -> Result<Json<InvitationsReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    let member = auth::member_in(&mut tx, device, project, Endpoint::SeeInvitations).await?;
    let whose = (Endpoint::SeeInvitations.may(member.role) != May::Yes).then_some(member.id);
    let invitations = repository::list(&mut tx, project, whose, MOST).await?;
    Ok(Json(InvitationsReply { invitations, server_time_ms: app.now().ms() }))
}

/// Makes an invitation. Its code is in this answer alone: the server keeps the hash. By its link, or by the code at
/// `/api/join`, as many people as it says come in under its role until it expires.
#[utoipa::path(
    post, path = "/api/projects/{project}/invitations", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)), request_body = InviteRequest,
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = InviteReply),
        (status = 403, body = ErrorReply, description = "`not_yours`: this role invites nobody to that one; `project_closed`"),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
    Sent(request): Sent<InviteRequest>,
) -> Result<Json<InviteReply>, Error> {
    let terms = terms(request)?;
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = auth::member_in(&mut tx, device, project, Endpoint::Invite).await?;
    if !may_invite(member.role, terms.role) {
        return Err(Error::refused(ErrorCode::NotYours, "this role invites nobody to that one"));
    }
    if projects::is_closed(&mut tx, project).await? {
        return Err(auth::project_closed());
    }
    let invited = invitations::invite(&mut tx, project, Some(member.id), terms, now).await?;
    tx.commit().await?;
    let invitations::Invited { id, code, expires } = invited;
    Ok(Json(InviteReply { id, code, expires_ms: expires.ms(), server_time_ms: now.ms() }))
}

/// Takes an invitation back: nobody comes in by it any more. Who did already stays. Repeated, it changes nothing.
#[utoipa::path(
    delete, path = "/api/projects/{project}/invitations/{invitation}", tag = "team",
    security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), ("invitation" = InvitationId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = DoneReply),
        (status = 404, body = ErrorReply, description = "`not_member`; `not_found`: no such invitation, or not this member's to take back"),
    ),
)]
pub(crate) async fn delete(
    State(app): State<Arc<App>>,
    device: Device,
    Path((project, invitation)): Path<(ProjectId, InvitationId)>,
) -> Result<Json<DoneReply>, Error> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let member = auth::member_in(&mut tx, device, project, Endpoint::RevokeInvitation).await?;
    let is_anybodys = Endpoint::RevokeInvitation.may(member.role) == May::Yes;
    if !is_anybodys && repository::inviter(&mut tx, invitation).await? != Some(member.id) {
        return Err(Error::not_found());
    }
    if !invitations::revoke(&mut tx, project, invitation, Some(member.id), now).await? {
        return Err(Error::not_found());
    }
    tx.commit().await?;
    Ok(Json(DoneReply { server_time_ms: now.ms() }))
}

fn terms(request: InviteRequest) -> Result<Terms, Error> {
    let InviteRequest { role, days, uses } = request;
    let terms = Terms { role, days: days.unwrap_or(INVITATION_DAYS), uses: uses.unwrap_or(1) };
    if terms.are_possible() {
        return Ok(terms);
    }
    let message =
        format!("an invitation lasts 1 to {MAX_INVITATION_DAYS} days, and lets in 1 to {MAX_INVITATION_USES} people");
    Err(Error::refused(ErrorCode::BadRequest, message))
}
