//! Who is in which group, as the groups' records say.

use domain::{KIND_GROUP, MemberId, ProjectId, RecordId};
use sqlx::types::Uuid;

use super::{Connection, Result};

/// Notes that a member of the project is in a group, or not any more; one who is nobody there is passed over.
pub(crate) async fn set(
    conn: &mut Connection,
    project: ProjectId,
    group: RecordId,
    member: MemberId,
    is_in: bool,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO group_member (group_id, member_id, is_in)
         SELECT $2, m.id, $4 FROM member m WHERE m.id = $3 AND m.project_id = $1
         ON CONFLICT (group_id, member_id) DO UPDATE SET is_in = excluded.is_in",
    )
    .bind(project.uuid())
    .bind(group.uuid())
    .bind(member.uuid())
    .bind(is_in)
    .execute(conn)
    .await?;
    Ok(())
}

/// Says whether a project has groups.
pub(crate) async fn are_there(conn: &mut Connection, project: ProjectId) -> Result<bool> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM record WHERE project_id = $1 AND kind = $2 AND NOT is_erased)")
        .bind(project.uuid())
        .bind(KIND_GROUP)
        .fetch_one(conn)
        .await
}

/// Returns the entries that are for groups, by those who are or were in this one, oldest change first.
pub(crate) async fn entries(conn: &mut Connection, group: RecordId) -> Result<Vec<RecordId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT r.id FROM group_member g JOIN record r ON r.author_id = g.member_id
         WHERE g.group_id = $1 AND r.kind = 'entry' AND r.exposure = 'group' ORDER BY r.seq",
    )
    .bind(group.uuid())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(RecordId::from_uuid).collect())
}
