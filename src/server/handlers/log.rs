//! `/api/projects/{project}/log`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use domain::ProjectId;
use domain::permissions::Endpoint;
use protocol::{LOG_PAGE, LogReply};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::{Refusals, TeamRefusals};
use crate::repositories::log;
use crate::state::App;

/// Where the log goes on.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Onward {
    /// Only lines with a smaller number: `older` of the last reply; none at first.
    before: Option<u64>,
}

/// Returns who did what, the newest first: ids and kinds of acts, no names and nobody's words.
#[utoipa::path(
    get, path = "/api/projects/{project}/log", tag = "team", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), Onward),
    responses(
        Refusals,
        TeamRefusals,
        (status = 200, body = LogReply),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
    Query(Onward { before }): Query<Onward>,
) -> Result<Json<LogReply>, Error> {
    let mut tx = app.db.snapshot().await?;
    auth::member_in(&mut tx, device, project, Endpoint::ReadLog).await?;
    let before = before.and_then(|number| i64::try_from(number).ok()).unwrap_or(i64::MAX);
    // One more than is told says whether there are more.
    let one_more = i64::try_from(LOG_PAGE + 1).unwrap_or(i64::MAX);
    let mut lines = log::lines(&mut tx, project, before, one_more).await?;
    let has_older = lines.len() > LOG_PAGE;
    lines.truncate(LOG_PAGE);
    let older = lines.last().filter(|_| has_older).map(|line| line.number);
    Ok(Json(LogReply { lines, older, server_time_ms: app.now().ms() }))
}
