//! Words that bring members back, by their hash.

use domain::{DeviceId, MemberId};
use sqlx::types::Uuid;

use super::devices::{Member, member};
use super::{Connection, Result};

/// Puts words in the place of those that this member had.
pub(crate) async fn put(
    conn: &mut Connection,
    member: MemberId,
    hash: &[u8; 32],
    device: DeviceId,
    now_ms: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO recovery (member_id, hash, device_id, made_ms) VALUES ($1, $2, $3, $4)
         ON CONFLICT (member_id) DO UPDATE SET hash = $2, device_id = $3, made_ms = $4",
    )
    .bind(member.uuid())
    .bind(hash.as_slice())
    .bind(device.uuid())
    .bind(now_ms)
    .execute(conn)
    .await?;
    Ok(())
}

/// Lets the newest words that a device's members have bring back one member more.
pub(crate) async fn extend(conn: &mut Connection, device: DeviceId, member: MemberId) -> Result<()> {
    sqlx::query(
        "INSERT INTO recovery (member_id, hash, device_id, made_ms)
         SELECT $2, r.hash, r.device_id, r.made_ms FROM recovery r JOIN device_member d ON d.member_id = r.member_id
         WHERE d.device_id = $1 ORDER BY r.made_ms DESC LIMIT 1",
    )
    .bind(device.uuid())
    .bind(member.uuid())
    .execute(conn)
    .await?;
    Ok(())
}

/// Returns when the newest words were made that bring back a member whom this device is.
pub(crate) async fn made_ms(conn: &mut Connection, device: DeviceId) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT max(r.made_ms) FROM recovery r JOIN device_member d ON d.member_id = r.member_id WHERE d.device_id = $1",
    )
    .bind(device.uuid())
    .fetch_one(conn)
    .await
}

/// Lets no words bring back the members whom this device is.
pub(crate) async fn delete(conn: &mut Connection, device: DeviceId) -> Result<()> {
    sqlx::query("DELETE FROM recovery WHERE member_id IN (SELECT member_id FROM device_member WHERE device_id = $1)")
        .bind(device.uuid())
        .execute(conn)
        .await?;
    Ok(())
}

/// Drops the words that were made on this device.
pub(crate) async fn delete_made_on(conn: &mut Connection, device: DeviceId) -> Result<()> {
    sqlx::query("DELETE FROM recovery WHERE device_id = $1").bind(device.uuid()).execute(conn).await?;
    Ok(())
}

/// Returns whom words bring back, the first to join first: members that were removed excepted.
pub(crate) async fn members(conn: &mut Connection, hash: &[u8; 32]) -> Result<Vec<Member>> {
    let rows: Vec<(Uuid, Uuid, String)> = sqlx::query_as(
        "SELECT m.id, m.project_id, m.role FROM recovery r JOIN member m ON m.id = r.member_id
         WHERE r.hash = $1 AND m.removed_ms IS NULL ORDER BY m.joined_ms, m.id",
    )
    .bind(hash.as_slice())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(member).collect()
}
