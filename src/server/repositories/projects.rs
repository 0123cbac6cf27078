//! Projects and their join codes.

use std::collections::BTreeMap;

use domain::{Audience, InvitationId, JoinCode, ProjectId, RecordId, Role};
use protocol::ProjectInfo;
use sqlx::types::Uuid;

use super::{Connection, Result, unreadable};

/// Where a code leads, a poster's or an invitation's, also when nobody comes in by it any more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WayIn {
    /// The project.
    pub(crate) project: ProjectId,
    /// What one becomes by it.
    pub(crate) role: Role,
    /// The invitation, if it is one.
    pub(crate) invitation: Option<InvitationId>,
    /// The group whose member one becomes, if the code belongs to one.
    pub(crate) group: Option<RecordId>,
    /// It is neither closed, nor taken back, nor used up, nor has it expired.
    pub(crate) is_valid: bool,
    /// The project is closed.
    pub(crate) is_closed: bool,
}

/// Returns where a poster's code leads; `None` when it was never given out.
pub(crate) async fn find_way_in(conn: &mut Connection, code: JoinCode, now_ms: i64) -> Result<Option<WayIn>> {
    let row: Option<(Uuid, String, Option<Uuid>, bool, bool)> = sqlx::query_as(
        "SELECT c.project_id, c.role, c.group_id, NOT c.is_closed AND (c.expires_ms IS NULL OR c.expires_ms > $2),
             p.closed_ms IS NOT NULL
         FROM join_code c JOIN project p ON p.id = c.project_id WHERE c.code = $1",
    )
    .bind(code.to_string())
    .bind(now_ms)
    .fetch_optional(conn)
    .await?;
    row.map(|(project, role, group, is_valid, is_closed)| {
        Ok(WayIn {
            project: ProjectId::from_uuid(project),
            role: Role::from_key(&role).ok_or_else(|| unreadable("role"))?,
            invitation: None,
            group: group.map(RecordId::from_uuid),
            is_valid,
            is_closed,
        })
    })
    .transpose()
}

/// Whose a poster's code is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CodeOf {
    /// Of all who become this, and come into no group by it.
    Role(Role),
    /// Of residents who come into this group.
    Group(RecordId),
}

impl CodeOf {
    const fn role(self) -> Role {
        match self {
            Self::Role(role) => role,
            Self::Group(_) => Role::Resident,
        }
    }

    fn group(self) -> Option<Uuid> {
        match self {
            Self::Role(_) => None,
            Self::Group(group) => Some(group.uuid()),
        }
    }
}

/// Returns the code by which one joins a project so, if there is one.
pub(crate) async fn code(conn: &mut Connection, project: ProjectId, of: CodeOf) -> Result<Option<JoinCode>> {
    let code: Option<String> = sqlx::query_scalar(
        "SELECT MIN(code) FROM join_code WHERE project_id = $1 AND role = $2 AND group_id IS $3 AND NOT is_closed",
    )
    .bind(project.uuid())
    .bind(of.role().key())
    .bind(of.group())
    .fetch_one(conn)
    .await?;
    code.map(|code| code.parse().map_err(|_| unreadable("join code"))).transpose()
}

/// Closes the codes by which one joins a project so.
pub(crate) async fn close_codes(conn: &mut Connection, project: ProjectId, of: CodeOf) -> Result<()> {
    sqlx::query("UPDATE join_code SET is_closed = 1 WHERE project_id = $1 AND role = $2 AND group_id IS $3")
        .bind(project.uuid())
        .bind(of.role().key())
        .bind(of.group())
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a project.
pub(crate) async fn insert(
    conn: &mut Connection,
    project: &ProjectInfo,
    holds_unanswered: bool,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO project (id, name, municipality, holds_unanswered, created_ms) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(project.id.uuid())
    .bind(&project.name)
    .bind(&project.municipality)
    .bind(holds_unanswered)
    .bind(now_ms)
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a join code that never expires; `false` when it is taken.
pub(crate) async fn insert_code(conn: &mut Connection, code: JoinCode, project: ProjectId, of: CodeOf) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO join_code (code, project_id, role, group_id) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING",
    )
    .bind(code.to_string())
    .bind(project.uuid())
    .bind(of.role().key())
    .bind(of.group())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Returns a project's name.
pub(crate) async fn name(conn: &mut Connection, project: ProjectId) -> Result<String> {
    sqlx::query_scalar("SELECT name FROM project WHERE id = $1").bind(project.uuid()).fetch_one(conn).await
}

/// Returns when a project was closed, if it is; the outer `None`: there is no such project.
pub(crate) async fn closed_ms(conn: &mut Connection, project: ProjectId) -> Result<Option<Option<i64>>> {
    sqlx::query_scalar("SELECT closed_ms FROM project WHERE id = $1").bind(project.uuid()).fetch_optional(conn).await
}

/// Says whether a project is closed.
pub(crate) async fn is_closed(conn: &mut Connection, project: ProjectId) -> Result<bool> {
    Ok(closed_ms(conn, project).await?.flatten().is_some())
}

/// Closes a project, or opens it again.
pub(crate) async fn set_closed(conn: &mut Connection, project: ProjectId, closed_ms: Option<i64>) -> Result<()> {
    sqlx::query("UPDATE project SET closed_ms = $2 WHERE id = $1")
        .bind(project.uuid())
        .bind(closed_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// What a project says of who sees what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rules {
    /// Who sees an entry whose maker does not say.
    pub(crate) default_audience: Audience,
    /// Others see an entry only once it is approved.
    pub(crate) asks_approval: bool,
    /// Others see an entry only once its maker said whether there are people in its photos.
    pub(crate) holds_unanswered: bool,
}

/// Returns what a project says of who sees what.
pub(crate) async fn rules(conn: &mut Connection, project: ProjectId) -> Result<Rules> {
    let (audience, asks_approval, holds_unanswered): (String, bool, bool) =
        sqlx::query_as("SELECT default_audience, asks_approval, holds_unanswered FROM project WHERE id = $1")
            .bind(project.uuid())
            .fetch_one(conn)
            .await?;
    let default_audience = Audience::from_key(&audience).ok_or_else(|| unreadable("audience"))?;
    Ok(Rules { default_audience, asks_approval, holds_unanswered })
}

/// Writes what a project's settings say: its name and municipality where they say one, and who sees what.
pub(crate) async fn set_up(
    conn: &mut Connection,
    project: ProjectId,
    name: Option<&str>,
    municipality: Option<&str>,
    rules: Rules,
) -> Result<()> {
    sqlx::query(
        "UPDATE project SET name = COALESCE($2, name), municipality = COALESCE($3, municipality), default_audience = $4,
             asks_approval = $5, holds_unanswered = $6 WHERE id = $1",
    )
    .bind(project.uuid())
    .bind(name)
    .bind(municipality)
    .bind(rules.default_audience.key())
    .bind(rules.asks_approval)
    .bind(rules.holds_unanswered)
    .execute(conn)
    .await?;
    Ok(())
}

/// Hands out the project's next sequence number; it counts once the transaction commits.
pub(crate) async fn next_seq(conn: &mut Connection, project: ProjectId) -> Result<i64> {
    sqlx::query_scalar("UPDATE project SET seq = seq + 1 WHERE id = $1 RETURNING seq")
        .bind(project.uuid())
        .fetch_one(conn)
        .await
}

/// Returns the project's newest sequence number.
pub(crate) async fn newest_seq(conn: &mut Connection, project: ProjectId) -> Result<i64> {
    sqlx::query_scalar("SELECT seq FROM project WHERE id = $1").bind(project.uuid()).fetch_one(conn).await
}

/// Returns every project's newest sequence number.
pub(crate) async fn sequences(conn: &mut Connection) -> Result<BTreeMap<ProjectId, u64>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as("SELECT id, seq FROM project").fetch_all(conn).await?;
    rows.into_iter().map(sequence).collect()
}

/// Reads a project's sequence number, which is never negative.
pub(super) fn sequence((project, seq): (Uuid, i64)) -> Result<(ProjectId, u64)> {
    Ok((ProjectId::from_uuid(project), u64::try_from(seq).map_err(|_| unreadable("sequence number"))?))
}
