//! Acts of linking a second phone to a person.

use domain::{DeviceId, LinkId};
use protocol::LinkCode;
use sqlx::types::Uuid;

use super::{Connection, Result};

/// An act of linking.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// It.
    pub(crate) id: LinkId,
    /// When its code ends.
    pub(crate) expires_ms: i64,
    /// The hash of what the second phone shows.
    pub(crate) claim: Option<Vec<u8>>,
    /// What the second phone calls itself.
    pub(crate) name: String,
    /// The second phone, once it is known which that is.
    pub(crate) asker: Option<DeviceId>,
    /// The first phone accepted it.
    pub(crate) is_accepted: bool,
}

macro_rules! select {
    ($which:literal) => {
        concat!("SELECT id, expires_ms, claim, name, asker_id, accepted_ms IS NOT NULL FROM link WHERE ", $which)
    };
}

type Row = (Uuid, i64, Option<Vec<u8>>, String, Option<Uuid>, bool);

/// Drops the links whose code ended before this, and those of a device that were not accepted.
pub(crate) async fn tidy(conn: &mut Connection, device: DeviceId, ended_ms: i64) -> Result<()> {
    sqlx::query("DELETE FROM link WHERE expires_ms <= $2 OR (device_id = $1 AND accepted_ms IS NULL)")
        .bind(device.uuid())
        .bind(ended_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Begins a link; `false` when the code is taken.
pub(crate) async fn insert(
    conn: &mut Connection,
    link: LinkId,
    device: DeviceId,
    code: LinkCode,
    expires_ms: i64,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO link (id, device_id, code, expires_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (code) DO NOTHING",
    )
    .bind(link.uuid())
    .bind(device.uuid())
    .bind(code.to_string())
    .bind(expires_ms)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Returns a link that this device began.
pub(crate) async fn find(conn: &mut Connection, link: LinkId, device: DeviceId) -> Result<Option<Link>> {
    let row: Option<Row> = sqlx::query_as(select!("id = $1 AND device_id = $2"))
        .bind(link.uuid())
        .bind(device.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(row.map(read))
}

/// Returns the link with this code.
pub(crate) async fn find_by_code(conn: &mut Connection, code: LinkCode) -> Result<Option<Link>> {
    let row: Option<Row> = sqlx::query_as(select!("code = $1")).bind(code.to_string()).fetch_optional(conn).await?;
    Ok(row.map(read))
}

/// Notes which phone asks.
pub(crate) async fn ask(
    conn: &mut Connection,
    link: LinkId,
    claim: &[u8; 32],
    name: &str,
    asker: Option<DeviceId>,
) -> Result<()> {
    sqlx::query("UPDATE link SET claim = $2, name = $3, asker_id = $4 WHERE id = $1")
        .bind(link.uuid())
        .bind(claim.as_slice())
        .bind(name)
        .bind(asker.map(DeviceId::uuid))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that the phone which asked was accepted, and which device it is.
pub(crate) async fn accept(conn: &mut Connection, link: LinkId, asker: DeviceId, now_ms: i64) -> Result<()> {
    sqlx::query("UPDATE link SET asker_id = $2, accepted_ms = $3 WHERE id = $1")
        .bind(link.uuid())
        .bind(asker.uuid())
        .bind(now_ms)
        .execute(conn)
        .await?;
    Ok(())
}

fn read((id, expires_ms, claim, name, asker, is_accepted): Row) -> Link {
    Link { id: LinkId::from_uuid(id), expires_ms, claim, name, asker: asker.map(DeviceId::from_uuid), is_accepted }
}
