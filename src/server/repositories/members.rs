//! Members as whoever looks after the server sees them.

use std::collections::BTreeMap;

use domain::{MemberId, ProjectId};
use protocol::DeviceSeen;
use sqlx::types::Uuid;

use super::devices::Member;
use super::projects::next_seq;
use super::{Connection, Result};
use crate::clock::told;

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

/// Returns when the devices of each member of a project were last heard of, the latest first.
pub(crate) async fn devices_seen(
    conn: &mut Connection,
    project: ProjectId,
) -> Result<BTreeMap<MemberId, Vec<DeviceSeen>>> {
    let rows: Vec<(Uuid, Option<i64>)> = sqlx::query_as(
        "SELECT l.member_id, d.seen_ms FROM device_member l JOIN device d ON d.id = l.device_id
         WHERE l.project_id = $1 ORDER BY COALESCE(d.seen_ms, 0) DESC, d.id",
    )
    .bind(project.uuid())
    .fetch_all(conn)
    .await?;
    let mut devices: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (member, seen_ms) in rows {
        let seen = DeviceSeen { seen_ms: seen_ms.map(told) };
        devices.entry(MemberId::from_uuid(member)).or_default().push(seen);
    }
    Ok(devices)
}

/// Returns the project of a member, also of one who was removed.
pub(crate) async fn project_of(conn: &mut Connection, member: MemberId) -> Result<Option<ProjectId>> {
    let project: Option<Uuid> = sqlx::query_scalar("SELECT project_id FROM member WHERE id = $1")
        .bind(member.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(project.map(ProjectId::from_uuid))
}

/// Gives a member another role, and lets what his devices hold begin anew: he may see other things since.
pub(crate) async fn set_role(conn: &mut Connection, member: Member) -> Result<()> {
    let seq = next_seq(conn, member.project).await?;
    sqlx::query("UPDATE member SET role = $2, sight_seq = $3 WHERE id = $1")
        .bind(member.id.uuid())
        .bind(member.role.key())
        .bind(seq)
        .execute(conn)
        .await?;
    Ok(())
}

/// Returns the sequence number since which a member sees what he sees now; cursors from before begin anew.
pub(crate) async fn sight_seq(conn: &mut Connection, member: MemberId) -> Result<i64> {
    sqlx::query_scalar("SELECT sight_seq FROM member WHERE id = $1").bind(member.uuid()).fetch_one(conn).await
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
