//! `/api/projects/{project}/code`: the code on the poster.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use domain::permissions::Endpoint;
use domain::{JoinCode, ProjectId};
use protocol::{CodeReply, ErrorReply, join_link};

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::{Refusals, TeamRefusals};
use crate::repositories::projects as repository;
use crate::services::projects::{self, RESIDENTS};
use crate::state::App;

/// Returns the code by which residents join.
#[utoipa::path(
    get, path = "/api/projects/{project}/code", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = CodeReply),
        (status = 404, body = ErrorReply, description = "`not_member`; `not_found`: the project has none"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
) -> Result<Json<CodeReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    auth::member_in(&mut tx, device, project, Endpoint::SeeCode).await?;
    let code = repository::code(&mut tx, project, RESIDENTS).await?.ok_or_else(Error::not_found)?;
    Ok(Json(told(&app, code)))
}

/// Puts a new code in the place of the old one. Who is in stays in; who comes with the old code is told whom to ask.
#[utoipa::path(
    post, path = "/api/projects/{project}/code", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = CodeReply),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
) -> Result<Json<CodeReply>, Error> {
    let mut tx = app.db.begin().await?;
    let member = auth::member_in(&mut tx, device, project, Endpoint::RotateCode).await?;
    let code = projects::replace_code(&mut tx, project, RESIDENTS, Some(member.id), app.now()).await?;
    tx.commit().await?;
    Ok(Json(told(&app, code)))
}

fn told(app: &App, code: JoinCode) -> CodeReply {
    CodeReply { code, path: join_link(code), server_time_ms: app.now().ms() }
}
