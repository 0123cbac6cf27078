//! Projects and their join codes.

use std::collections::BTreeMap;

use domain::{JoinCode, ProjectId, Role};
use protocol::ProjectInfo;
use sqlx::types::Uuid;

use super::{Connection, Result, unreadable};

/// What a join code leads to.
#[derive(Clone, Debug)]
pub(crate) struct CodeTarget {
    /// The project.
    pub(crate) project: ProjectInfo,
    /// What one becomes by it.
    pub(crate) role: Role,
}

/// Returns where a code leads that is neither expired nor closed, into a project that is open.
pub(crate) async fn find_by_code(conn: &mut Connection, code: JoinCode, now_ms: i64) -> Result<Option<CodeTarget>> {
    let row: Option<(Uuid, String, String, String)> = sqlx::query_as(
        "SELECT p.id, p.name, p.municipality, c.role FROM join_code c JOIN project p ON p.id = c.project_id
         WHERE c.code = $1 AND NOT c.is_closed AND p.closed_ms IS NULL AND (c.expires_ms IS NULL OR c.expires_ms > $2)",
    )
    .bind(code.to_string())
    .bind(now_ms)
    .fetch_optional(conn)
    .await?;
    row.map(|(id, name, municipality, role)| {
        let role = Role::from_key(&role).ok_or_else(|| unreadable("role"))?;
        Ok(CodeTarget { project: ProjectInfo { id: ProjectId::from_uuid(id), name, municipality }, role })
    })
    .transpose()
}

/// Why a code that was given out leads into no project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoEntry {
    /// It was closed or has expired.
    Replaced,
    /// The project is closed.
    Closed,
}

/// Returns why a code leads into no project; `None` when it was never given out, or leads into one.
pub(crate) async fn why_not(conn: &mut Connection, code: JoinCode, now_ms: i64) -> Result<Option<NoEntry>> {
    let row: Option<(bool, bool)> = sqlx::query_as(
        "SELECT c.is_closed OR coalesce(c.expires_ms <= $2, FALSE), p.closed_ms IS NOT NULL
         FROM join_code c JOIN project p ON p.id = c.project_id WHERE c.code = $1",
    )
    .bind(code.to_string())
    .bind(now_ms)
    .fetch_optional(conn)
    .await?;
    Ok(match row {
        Some((_, true)) => Some(NoEntry::Closed),
        Some((true, false)) => Some(NoEntry::Replaced),
        Some((false, false)) | None => None,
    })
}

/// Closes the codes by which one becomes this in a project.
pub(crate) async fn close_codes(conn: &mut Connection, project: ProjectId, role: Role) -> Result<()> {
    sqlx::query("UPDATE join_code SET is_closed = 1 WHERE project_id = $1 AND role = $2")
        .bind(project.uuid())
        .bind(role.key())
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a project.
pub(crate) async fn insert(conn: &mut Connection, project: &ProjectInfo, now_ms: i64) -> Result<()> {
    sqlx::query("INSERT INTO project (id, name, municipality, created_ms) VALUES ($1, $2, $3, $4)")
        .bind(project.id.uuid())
        .bind(&project.name)
        .bind(&project.municipality)
        .bind(now_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a join code that never expires; `false` when it is taken.
pub(crate) async fn insert_code(conn: &mut Connection, code: JoinCode, project: ProjectId, role: Role) -> Result<bool> {
    let done =
        sqlx::query("INSERT INTO join_code (code, project_id, role) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING")
            .bind(code.to_string())
            .bind(project.uuid())
            .bind(role.key())
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Returns when a project was closed, if it is; the outer `None`: there is no such project.
pub(crate) async fn closed_ms(conn: &mut Connection, project: ProjectId) -> Result<Option<Option<i64>>> {
    sqlx::query_scalar("SELECT closed_ms FROM project WHERE id = $1").bind(project.uuid()).fetch_optional(conn).await
}

/// Says whether a project is closed.
pub(crate) async fn is_closed(conn: &mut Connection, project: ProjectId) -> Result<bool> {
    Ok(closed_ms(conn, project).await?.flatten().is_some())
}

/// Closes a project, or opens it again; `false` when there is none.
pub(crate) async fn set_closed(conn: &mut Connection, project: ProjectId, closed_ms: Option<i64>) -> Result<bool> {
    let done = sqlx::query("UPDATE project SET closed_ms = $2 WHERE id = $1")
        .bind(project.uuid())
        .bind(closed_ms)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
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
