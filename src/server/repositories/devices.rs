//! Devices, their tokens, and who they are in each project.

use std::collections::BTreeMap;

use domain::{DeviceId, JoinId, MediaHash, MemberId, ProjectId, Role};
use protocol::{Membership, ProjectInfo};
use sqlx::types::Uuid;

use super::projects::sequence;
use super::{Connection, Result, unreadable};
use crate::known::Token;

/// Who a device is in one project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// The member.
    pub(crate) id: MemberId,
    /// The project.
    pub(crate) project: ProjectId,
    /// What the member is there.
    pub(crate) role: Role,
}

/// Adds a device, which is heard of now.
pub(crate) async fn insert(conn: &mut Connection, device: DeviceId, name: &str, now_ms: i64) -> Result<()> {
    sqlx::query("INSERT INTO device (id, name, created_ms, seen_ms) VALUES ($1, $2, $3, $3)")
        .bind(device.uuid())
        .bind(name)
        .bind(now_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Adds a token of a device, by its hash.
pub(crate) async fn insert_token(
    conn: &mut Connection,
    hash: &[u8; 32],
    device: DeviceId,
    now_ms: i64,
    expires_ms: i64,
) -> Result<()> {
    sqlx::query("INSERT INTO device_token (hash, device_id, renewed_ms, expires_ms) VALUES ($1, $2, $3, $4)")
        .bind(hash.as_slice())
        .bind(device.uuid())
        .bind(now_ms)
        .bind(expires_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Returns what there is to know of a token.
pub(crate) async fn find_by_token(conn: &mut Connection, hash: &[u8; 32]) -> Result<Option<Token>> {
    let row: Option<(Uuid, i64, i64, i64, bool)> = sqlx::query_as(
        "SELECT t.device_id, t.renewed_ms, t.expires_ms, COALESCE(d.seen_ms, 0), d.shut_out_ms IS NOT NULL
         FROM device_token t JOIN device d ON d.id = t.device_id WHERE t.hash = $1",
    )
    .bind(hash.as_slice())
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|(device, renewed_ms, expires_ms, seen_ms, is_shut_out)| Token {
        device: DeviceId::from_uuid(device),
        renewed_ms,
        expires_ms,
        seen_ms,
        is_shut_out,
    }))
}

/// Notes that a device was heard of.
pub(crate) async fn see(conn: &mut Connection, device: DeviceId, now_ms: i64) -> Result<()> {
    sqlx::query("UPDATE device SET seen_ms = $2 WHERE id = $1").bind(device.uuid()).bind(now_ms).execute(conn).await?;
    Ok(())
}

/// Lets a token live longer.
pub(crate) async fn renew_token(conn: &mut Connection, hash: &[u8; 32], now_ms: i64, expires_ms: i64) -> Result<()> {
    sqlx::query("UPDATE device_token SET renewed_ms = $2, expires_ms = $3 WHERE hash = $1")
        .bind(hash.as_slice())
        .bind(now_ms)
        .bind(expires_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Drops tokens that have expired.
pub(crate) async fn delete_expired_tokens(conn: &mut Connection, now_ms: i64) -> Result<()> {
    sqlx::query("DELETE FROM device_token WHERE expires_ms <= $1").bind(now_ms).execute(conn).await?;
    Ok(())
}

/// Adds a member.
pub(crate) async fn insert_member(
    conn: &mut Connection,
    member: Member,
    nickname: &str,
    join_id: JoinId,
    device: DeviceId,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO member (id, project_id, role, nickname, join_id, joined_ms, device_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(member.id.uuid())
    .bind(member.project.uuid())
    .bind(member.role.key())
    .bind(nickname)
    .bind(join_id.uuid())
    .bind(now_ms)
    .bind(device.uuid())
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a device a member's.
pub(crate) async fn link(conn: &mut Connection, device: DeviceId, member: Member) -> Result<()> {
    sqlx::query("INSERT INTO device_member (device_id, project_id, member_id) VALUES ($1, $2, $3)")
        .bind(device.uuid())
        .bind(member.project.uuid())
        .bind(member.id.uuid())
        .execute(conn)
        .await?;
    Ok(())
}

/// Makes a member another device's in the place of the one by which he joined, which is nobody in the project then. Other
/// phones of the same person stay.
pub(crate) async fn hand_over(conn: &mut Connection, member: Member, device: DeviceId) -> Result<()> {
    sqlx::query(
        "DELETE FROM device_member WHERE member_id = $1 AND device_id = (SELECT device_id FROM member WHERE id = $1)",
    )
    .bind(member.id.uuid())
    .execute(&mut *conn)
    .await?;
    sqlx::query("UPDATE member SET device_id = $2 WHERE id = $1")
        .bind(member.id.uuid())
        .bind(device.uuid())
        .execute(&mut *conn)
        .await?;
    link(conn, device, member).await
}

/// Returns who made an act of joining since `since_ms`, and on which device, while that device still is this member.
pub(crate) async fn find_by_join(
    conn: &mut Connection,
    join_id: JoinId,
    since_ms: i64,
) -> Result<Option<(DeviceId, Member)>> {
    let row: Option<(Uuid, Uuid, Uuid, String)> = sqlx::query_as(
        "SELECT d.device_id, m.id, m.project_id, m.role FROM member m
         JOIN device_member d ON d.member_id = m.id AND d.device_id = m.device_id
         WHERE m.join_id = $1 AND m.joined_ms > $2",
    )
    .bind(join_id.uuid())
    .bind(since_ms)
    .fetch_optional(conn)
    .await?;
    row.map(|(device, id, project, role)| Ok((DeviceId::from_uuid(device), member((id, project, role))?))).transpose()
}

/// Says whether an act of joining was ever made.
pub(crate) async fn has_join(conn: &mut Connection, join_id: JoinId) -> Result<bool> {
    let row: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM member WHERE join_id = $1").bind(join_id.uuid()).fetch_optional(conn).await?;
    Ok(row.is_some())
}

/// Returns who a device is in a project.
pub(crate) async fn find_member(conn: &mut Connection, device: DeviceId, project: ProjectId) -> Result<Option<Member>> {
    let row: Option<(Uuid, Uuid, String)> = sqlx::query_as(
        "SELECT m.id, m.project_id, m.role FROM device_member d JOIN member m ON m.id = d.member_id
         WHERE d.device_id = $1 AND d.project_id = $2",
    )
    .bind(device.uuid())
    .bind(project.uuid())
    .fetch_optional(conn)
    .await?;
    row.map(member).transpose()
}

/// Returns who a device is in a project, whether that is closed, and how many bytes a medium has if the member sent it.
pub(crate) async fn find_sender(
    conn: &mut Connection,
    device: DeviceId,
    project: ProjectId,
    sha256: MediaHash,
) -> Result<Option<(Member, bool, Option<u64>)>> {
    let row: Option<(Uuid, Uuid, String, bool, Option<i64>)> = sqlx::query_as(
        "SELECT m.id, m.project_id, m.role, p.closed_ms IS NOT NULL, s.bytes
         FROM device_member d JOIN member m ON m.id = d.member_id JOIN project p ON p.id = d.project_id
         LEFT JOIN medium s ON s.project_id = p.id AND s.sha256 = $3 AND s.owner_id = m.id
         WHERE d.device_id = $1 AND d.project_id = $2",
    )
    .bind(device.uuid())
    .bind(project.uuid())
    .bind(sha256.0.as_slice())
    .fetch_optional(conn)
    .await?;
    let Some((id, project, role, is_closed, bytes)) = row else { return Ok(None) };
    Ok(Some((member((id, project, role))?, is_closed, bytes.and_then(|bytes| u64::try_from(bytes).ok()))))
}

/// Says whether a member of a project still is one.
pub(crate) async fn is_member(conn: &mut Connection, project: ProjectId, member: MemberId) -> Result<bool> {
    let row: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM device_member WHERE member_id = $1 AND project_id = $2 LIMIT 1")
            .bind(member.uuid())
            .bind(project.uuid())
            .fetch_optional(conn)
            .await?;
    Ok(row.is_some())
}

/// Returns all memberships of a device, oldest first.
pub(crate) async fn memberships(conn: &mut Connection, device: DeviceId) -> Result<Vec<Membership>> {
    let rows: Vec<(Uuid, String, String, Uuid, String, String)> = sqlx::query_as(
        "SELECT p.id, p.name, p.municipality, m.id, m.role, m.nickname
         FROM device_member d JOIN member m ON m.id = d.member_id JOIN project p ON p.id = d.project_id
         WHERE d.device_id = $1 ORDER BY m.joined_ms, m.id",
    )
    .bind(device.uuid())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(project, name, municipality, member, role, nickname)| {
            Ok(Membership {
                project: ProjectInfo { id: ProjectId::from_uuid(project), name, municipality },
                member_id: MemberId::from_uuid(member),
                role: Role::from_key(&role).ok_or_else(|| unreadable("role"))?,
                nickname,
            })
        })
        .collect()
}

/// Returns all that a device is, oldest first.
pub(crate) async fn members(conn: &mut Connection, device: DeviceId) -> Result<Vec<Member>> {
    let rows: Vec<(Uuid, Uuid, String)> = sqlx::query_as(
        "SELECT m.id, m.project_id, m.role FROM device_member d JOIN member m ON m.id = d.member_id
         WHERE d.device_id = $1 ORDER BY m.joined_ms, m.id",
    )
    .bind(device.uuid())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(member).collect()
}

/// Returns the projects of a device with their newest sequence numbers.
pub(crate) async fn sequences(conn: &mut Connection, device: DeviceId) -> Result<BTreeMap<ProjectId, u64>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "SELECT p.id, p.seq FROM device_member d JOIN project p ON p.id = d.project_id WHERE d.device_id = $1",
    )
    .bind(device.uuid())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(sequence).collect()
}

/// Reads a member.
pub(super) fn member((id, project, role): (Uuid, Uuid, String)) -> Result<Member> {
    Ok(Member {
        id: MemberId::from_uuid(id),
        project: ProjectId::from_uuid(project),
        role: Role::from_key(&role).ok_or_else(|| unreadable("role"))?,
    })
}
