//! Members as whoever looks after the server sees them.

use domain::{MemberId, ProjectId};
use sqlx::types::Uuid;

use super::{Connection, Result};

/// A member, also one who was removed.
#[derive(Debug)]
pub(crate) struct Listed {
    /// The member.
    pub(crate) id: MemberId,
    /// What the member calls himself.
    pub(crate) nickname: String,
    /// What the member is there.
    pub(crate) role: String,
    /// When he joined.
    pub(crate) joined_ms: i64,
    /// When he was removed.
    pub(crate) removed_ms: Option<i64>,
    /// His entries, without deleted and erased ones.
    pub(crate) entries: i64,
}

/// Returns the members of a project, the first to join first.
pub(crate) async fn list(conn: &mut Connection, project: ProjectId) -> Result<Vec<Listed>> {
    let rows: Vec<(Uuid, String, String, i64, Option<i64>, i64)> = sqlx::query_as(
        "SELECT m.id, m.nickname, m.role, m.joined_ms, m.removed_ms,
             (SELECT COUNT(*) FROM record r WHERE r.project_id = m.project_id AND r.author_id = m.id AND r.kind = $2
                  AND r.deleted_ms IS NULL AND NOT r.is_erased)
         FROM member m WHERE m.project_id = $1 ORDER BY m.joined_ms, m.id",
    )
    .bind(project.uuid())
    .bind(domain::KIND_ENTRY)
    .fetch_all(conn)
    .await?;
    let listed = rows.into_iter().map(|(id, nickname, role, joined_ms, removed_ms, entries)| Listed {
        id: MemberId::from_uuid(id),
        nickname,
        role,
        joined_ms,
        removed_ms,
        entries,
    });
    Ok(listed.collect())
}

/// Makes a member's devices nobody in the project; `false` when there is no such member, or not any more.
pub(crate) async fn remove(conn: &mut Connection, member: MemberId, now_ms: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE member SET removed_ms = $2 WHERE id = $1 AND removed_ms IS NULL")
        .bind(member.uuid())
        .bind(now_ms)
        .execute(&mut *conn)
        .await?;
    sqlx::query("DELETE FROM device_member WHERE member_id = $1").bind(member.uuid()).execute(conn).await?;
    Ok(done.rows_affected() == 1)
}
