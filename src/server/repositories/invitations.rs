//! Invitations: the database knows a code by its hash alone.

use std::collections::BTreeMap;

use domain::{InvitationId, MemberId, ProjectId, Role};
use protocol::Invitation;
use sqlx::types::Uuid;

use super::projects::WayIn;
use super::{Connection, Result, unreadable};
use crate::clock::told;

/// A new invitation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct New {
    /// The invitation.
    pub(crate) id: InvitationId,
    /// Where it leads.
    pub(crate) project: ProjectId,
    /// SHA-256 of its code.
    pub(crate) hash: [u8; 32],
    /// What one becomes by it.
    pub(crate) role: Role,
    /// How many it lets in.
    pub(crate) uses: u32,
    /// When it ends.
    pub(crate) expires_ms: i64,
    /// Who invites; `None`: whoever looks after the server.
    pub(crate) inviter: Option<MemberId>,
}

/// Adds an invitation.
pub(crate) async fn insert(conn: &mut Connection, new: &New, now_ms: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO invitation (id, project_id, hash, role, uses_left, expires_ms, inviter_id, created_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.id.uuid())
    .bind(new.project.uuid())
    .bind(new.hash.as_slice())
    .bind(new.role.key())
    .bind(new.uses)
    .bind(new.expires_ms)
    .bind(new.inviter.map(MemberId::uuid))
    .bind(now_ms)
    .execute(conn)
    .await?;
    Ok(())
}

/// Returns where the invitation of a code's hash leads.
pub(crate) async fn find_way_in(conn: &mut Connection, hash: &[u8; 32], now_ms: i64) -> Result<Option<WayIn>> {
    let row: Option<(Uuid, Uuid, String, bool, bool)> = sqlx::query_as(
        "SELECT i.id, i.project_id, i.role, i.revoked_ms IS NULL AND i.uses_left > 0 AND i.expires_ms > $2,
             p.closed_ms IS NOT NULL
         FROM invitation i JOIN project p ON p.id = i.project_id WHERE i.hash = $1",
    )
    .bind(hash.as_slice())
    .bind(now_ms)
    .fetch_optional(conn)
    .await?;
    row.map(|(id, project, role, is_valid, is_closed)| {
        Ok(WayIn {
            project: ProjectId::from_uuid(project),
            role: Role::from_key(&role).ok_or_else(|| unreadable("role"))?,
            invitation: Some(InvitationId::from_uuid(id)),
            group: None,
            is_valid,
            is_closed,
        })
    })
    .transpose()
}

/// Notes who came by an invitation that is valid.
pub(crate) async fn use_up(conn: &mut Connection, id: InvitationId, member: MemberId, now_ms: i64) -> Result<()> {
    sqlx::query("UPDATE invitation SET uses_left = uses_left - 1 WHERE id = $1")
        .bind(id.uuid())
        .execute(&mut *conn)
        .await?;
    sqlx::query("INSERT INTO invitation_use (invitation_id, member_id, used_ms) VALUES ($1, $2, $3)")
        .bind(id.uuid())
        .bind(member.uuid())
        .bind(now_ms)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes an invitation back. `None`: there is none in the project; `Some(false)`: that had happened before.
pub(crate) async fn revoke(
    conn: &mut Connection,
    project: ProjectId,
    id: InvitationId,
    now_ms: i64,
) -> Result<Option<bool>> {
    let was: Option<Option<i64>> =
        sqlx::query_scalar("SELECT revoked_ms FROM invitation WHERE id = $1 AND project_id = $2")
            .bind(id.uuid())
            .bind(project.uuid())
            .fetch_optional(&mut *conn)
            .await?;
    if was == Some(None) {
        sqlx::query("UPDATE invitation SET revoked_ms = $2 WHERE id = $1")
            .bind(id.uuid())
            .bind(now_ms)
            .execute(conn)
            .await?;
    }
    Ok(was.map(|revoked_ms| revoked_ms.is_none()))
}

/// Returns the invitations of a member by which somebody could still come in.
pub(crate) async fn valid_of(conn: &mut Connection, inviter: MemberId, now_ms: i64) -> Result<Vec<InvitationId>> {
    let rows: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM invitation WHERE inviter_id = $1 AND revoked_ms IS NULL AND uses_left > 0 AND expires_ms > $2
         ORDER BY created_ms, id",
    )
    .bind(inviter.uuid())
    .bind(now_ms)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(InvitationId::from_uuid).collect())
}

/// Returns who made an invitation; `None`: whoever looks after the server, or there is none.
pub(crate) async fn inviter(conn: &mut Connection, id: InvitationId) -> Result<Option<MemberId>> {
    let inviter: Option<Option<Uuid>> = sqlx::query_scalar("SELECT inviter_id FROM invitation WHERE id = $1")
        .bind(id.uuid())
        .fetch_optional(conn)
        .await?;
    Ok(inviter.flatten().map(MemberId::from_uuid))
}

/// A row: id, role, uses left, when made, when it ends, taken back, by whom it was made.
type Row = (Uuid, String, i64, i64, i64, bool, Option<Uuid>);

/// Returns the newest invitations of a project, or those that one member made, with who came by each.
pub(crate) async fn list(
    conn: &mut Connection,
    project: ProjectId,
    inviter: Option<MemberId>,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, role, uses_left, created_ms, expires_ms, revoked_ms IS NOT NULL, inviter_id FROM invitation
         WHERE project_id = $1 AND ($2 IS NULL OR inviter_id = $2) ORDER BY created_ms DESC, id DESC LIMIT $3",
    )
    .bind(project.uuid())
    .bind(inviter.map(MemberId::uuid))
    .bind(limit)
    .fetch_all(&mut *conn)
    .await?;
    let mut used_by = used_by(conn, project).await?;
    rows.into_iter()
        .map(|(id, role, uses_left, made_ms, expires_ms, is_revoked, inviter)| {
            let id = InvitationId::from_uuid(id);
            Ok(Invitation {
                id,
                role: Role::from_key(&role).ok_or_else(|| unreadable("role"))?,
                uses_left: u32::try_from(uses_left).map_err(|_| unreadable("number of uses"))?,
                made_ms: told(made_ms),
                expires_ms: told(expires_ms),
                is_revoked,
                invited_by: inviter.map(MemberId::from_uuid),
                members: used_by.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

async fn used_by(conn: &mut Connection, project: ProjectId) -> Result<BTreeMap<InvitationId, Vec<MemberId>>> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT u.invitation_id, u.member_id FROM invitation_use u JOIN invitation i ON i.id = u.invitation_id
         WHERE i.project_id = $1 ORDER BY u.used_ms, u.member_id",
    )
    .bind(project.uuid())
    .fetch_all(conn)
    .await?;
    let mut used_by: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (invitation, member) in rows {
        used_by.entry(InvitationId::from_uuid(invitation)).or_default().push(MemberId::from_uuid(member));
    }
    Ok(used_by)
}
