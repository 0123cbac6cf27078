//! Devices as their person sees them, and whoever looks after the server.

use domain::{DeviceId, MemberId, ProjectId};
use sqlx::types::Uuid;

use super::{Connection, Result};

/// A device in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The device.
    pub(crate) id: DeviceId,
    /// What the person calls it.
    pub(crate) name: String,
    /// When it became known.
    pub(crate) created_ms: i64,
    /// When it was seen last.
    pub(crate) last_seen_ms: Option<i64>,
}

type Row = (Uuid, String, i64, Option<i64>);

/// Returns the devices that are the same member as this one in a project, this one among them; the first known first.
pub(crate) async fn of_person(conn: &mut Connection, device: DeviceId) -> Result<Vec<Listed>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT e.id, e.name, e.created_ms, e.seen_ms FROM device e WHERE e.id IN (
             SELECT o.device_id FROM device_member d JOIN device_member o ON o.member_id = d.member_id
             WHERE d.device_id = $1)
         ORDER BY e.created_ms, e.id",
    )
    .bind(device.uuid())
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(listed).collect())
}

/// Says whether another device is the same member as this one in a project.
pub(crate) async fn is_of_person(conn: &mut Connection, device: DeviceId, other: DeviceId) -> Result<bool> {
    let row: Option<i64> = sqlx::query_scalar(
        "SELECT 1 FROM device_member d JOIN device_member o ON o.member_id = d.member_id
         WHERE d.device_id = $1 AND o.device_id = $2 LIMIT 1",
    )
    .bind(device.uuid())
    .bind(other.uuid())
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Returns the devices of a project's members with who they are, those of a member together.
pub(crate) async fn in_project(conn: &mut Connection, project: ProjectId) -> Result<Vec<(MemberId, Listed)>> {
    let rows: Vec<(Uuid, Uuid, String, i64, Option<i64>)> = sqlx::query_as(
        "SELECT m.id, e.id, e.name, e.created_ms, e.seen_ms
         FROM device_member d JOIN member m ON m.id = d.member_id JOIN device e ON e.id = d.device_id
         WHERE d.project_id = $1 ORDER BY m.joined_ms, m.id, e.created_ms, e.id",
    )
    .bind(project.uuid())
    .fetch_all(conn)
    .await?;
    Ok(with_members(rows))
}

/// Returns the devices of a member.
pub(crate) async fn of_member(conn: &mut Connection, member: MemberId) -> Result<Vec<(MemberId, Listed)>> {
    let rows: Vec<(Uuid, Uuid, String, i64, Option<i64>)> = sqlx::query_as(
        "SELECT d.member_id, e.id, e.name, e.created_ms, e.seen_ms
         FROM device_member d JOIN device e ON e.id = d.device_id WHERE d.member_id = $1 ORDER BY e.created_ms, e.id",
    )
    .bind(member.uuid())
    .fetch_all(conn)
    .await?;
    Ok(with_members(rows))
}

/// Gives a device a name.
pub(crate) async fn rename(conn: &mut Connection, device: DeviceId, name: &str) -> Result<()> {
    sqlx::query("UPDATE device SET name = $2 WHERE id = $1").bind(device.uuid()).bind(name).execute(conn).await?;
    Ok(())
}

/// Says whether a device was shut out.
pub(crate) async fn is_shut_out(conn: &mut Connection, device: DeviceId) -> Result<bool> {
    let row: Option<i64> = sqlx::query_scalar("SELECT 1 FROM device WHERE id = $1 AND shut_out_ms IS NOT NULL")
        .bind(device.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Makes a device nobody anywhere, with the links that it began or that were to make it somebody; `false` when there is no
/// such device, or not any more.
pub(crate) async fn shut_out(conn: &mut Connection, device: DeviceId, now_ms: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE device SET shut_out_ms = $2 WHERE id = $1 AND shut_out_ms IS NULL")
        .bind(device.uuid())
        .bind(now_ms)
        .execute(&mut *conn)
        .await?;
    for statement in
        ["DELETE FROM device_member WHERE device_id = $1", "DELETE FROM link WHERE device_id = $1 OR asker_id = $1"]
    {
        sqlx::query(statement).bind(device.uuid()).execute(&mut *conn).await?;
    }
    Ok(done.rows_affected() == 1)
}

fn listed((id, name, created_ms, last_seen_ms): Row) -> Listed {
    Listed { id: DeviceId::from_uuid(id), name, created_ms, last_seen_ms }
}

fn with_members(rows: Vec<(Uuid, Uuid, String, i64, Option<i64>)>) -> Vec<(MemberId, Listed)> {
    let rows = rows.into_iter().map(|(member, id, name, created_ms, last_seen_ms)| {
        (MemberId::from_uuid(member), listed((id, name, created_ms, last_seen_ms)))
    });
    rows.collect()
}
