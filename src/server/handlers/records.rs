//! `/api/projects/{project}/records`.

use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::ProjectId;
use domain::permissions::Endpoint;
use protocol::{ErrorCode, ErrorReply, MAX_PULL, NEWEST_FIRST, PullFrom, PullReply, PushReply, PushRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use super::sent::{Message, Sent};
use crate::auth::{self, Device};
use crate::error::Error;
use crate::openapi::Refusals;
use crate::security::Spoken;
use crate::services::pull;
use crate::services::push::{self, MAX_PUSH_BYTES};
use crate::state::App;

impl Message for PushRequest {
    const MAX_BYTES: usize = MAX_PUSH_BYTES;
    const TOO_LARGE: ErrorCode = ErrorCode::BatchTooLarge;
}

/// Writes records, or parts of them: each is merged into what the server holds.
///
/// The author is the member whose token is shown, whatever the body says. One result per record, in the same order. A closed
/// project takes what takes something back (`deleted`, `withdrawn`, `erased`, an entry narrowed to its maker, a place
/// taken away or not shown any more, a review that hides)
/// also when it refuses what it came with.
#[utoipa::path(
    post, path = "/api/projects/{project}/records", tag = "records", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path)), request_body = PushRequest,
    responses(
        Refusals,
        (status = 200, body = PushReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 403, body = ErrorReply, description = "`project_closed`: something of it adds; keep it all, and send what only takes back by itself"),
        (status = 404, body = ErrorReply, description = "`not_member`"),
        (status = 409, body = ErrorReply, description = "`clock_ahead`: nothing was written; restamp and send again"),
        (status = 413, body = ErrorReply, description = "`batch_too_large`"),
    ),
)]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
    Sent(request): Sent<PushRequest>,
) -> Result<Json<PushReply>, Error> {
    let member = auth::member(&app, device, project, Endpoint::Push).await?;
    let results = push::push(&app, member, request.records).await?;
    Ok(Json(PushReply { results, server_time_ms: app.now().ms() }))
}

/// Where a pull goes on.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Onward {
    /// `newest`: the newest first, for a phone that holds nothing yet.
    order: Option<String>,
    /// What is older than the pages before: `older` of the last reply.
    before: Option<String>,
    /// The cursor of the last reply; none or empty at first.
    #[serde(default)]
    after: String,
    /// The most items to return; the server may return fewer.
    #[serde(default = "all")]
    limit: usize,
}

const fn all() -> usize {
    MAX_PULL
}

impl Onward {
    fn place(self) -> PullFrom {
        match self {
            Self { before: Some(older), .. } => PullFrom::Before(older),
            Self { order: Some(order), .. } if order == NEWEST_FIRST => PullFrom::Newest,
            Self { after, .. } => PullFrom::After(after),
        }
    }
}

/// Returns what changed after a cursor: the member's own records, views of others', and what is gone. A first pull may begin
/// with the newest instead, and go on with what is older; what changes meanwhile comes after the first page's cursor.
#[utoipa::path(
    get, path = "/api/projects/{project}/records", tag = "records", security(("cookie" = []), ("bearer" = [])),
    params(("project" = ProjectId, Path), Onward),
    responses(
        Refusals,
        (status = 200, body = PullReply),
        (status = 401, body = ErrorReply, description = "`unknown_device`, `device_shut_out`"),
        (status = 404, body = ErrorReply, description = "`not_member`"),
    ),
)]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    device: Device,
    Path(project): Path<ProjectId>,
    Query(onward): Query<Onward>,
    Extension(Spoken(version)): Extension<Spoken>,
) -> Result<Json<PullReply>, Error> {
    let member = auth::member(&app, device, project, Endpoint::Pull).await?;
    let limit = onward.limit;
    let page = pull::pull(&app, member, version, &onward.place(), limit).await?;
    Ok(Json(PullReply {
        items: page.items,
        cursor: page.cursor,
        more: page.has_more,
        older: page.older,
        sequence: page.sequence,
        restarted: page.is_restarted,
        server_time_ms: app.now().ms(),
    }))
}
