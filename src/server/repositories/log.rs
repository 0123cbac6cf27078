//! Who did what in a project. Lines are only added; the database refuses everything else.

use domain::{InvitationId, MemberId, ProjectId, Role};
use protocol::{LogAct, LogLine};
use sqlx::types::Uuid;

use super::{Connection, Result};
use crate::clock::told;

/// Something that was done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Note {
    /// The project.
    pub(crate) project: ProjectId,
    /// What.
    pub(crate) act: LogAct,
    /// The member who did it; `None`: whoever looks after the server.
    pub(crate) by: Option<MemberId>,
    /// To whom, when that is somebody else.
    pub(crate) member: Option<MemberId>,
    /// The role that was given or offered.
    pub(crate) role: Option<Role>,
    /// The invitation that was made, taken back, or joined by.
    pub(crate) invitation: Option<InvitationId>,
}

impl Note {
    /// Makes a note of an act that is about the project alone.
    pub(crate) const fn new(project: ProjectId, act: LogAct, by: Option<MemberId>) -> Self {
        Self { project, act, by, member: None, role: None, invitation: None }
    }
}

/// Adds a line to the log, in the transaction of the act itself.
pub(crate) async fn note(conn: &mut Connection, note: Note, now_ms: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO log (project_id, at_ms, act, by_id, member_id, role, invitation_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(note.project.uuid())
    .bind(now_ms)
    .bind(note.act.key())
    .bind(note.by.map(MemberId::uuid))
    .bind(note.member.map(MemberId::uuid))
    .bind(note.role.map(Role::key))
    .bind(note.invitation.map(InvitationId::uuid))
    .execute(conn)
    .await?;
    Ok(())
}

/// A row of the log: number, when, what, by whom, to whom, role, invitation.
type Row = (i64, i64, String, Option<Uuid>, Option<Uuid>, Option<String>, Option<Uuid>);

/// Returns the newest lines of a project's log with a number below `before`.
pub(crate) async fn lines(conn: &mut Connection, project: ProjectId, before: i64, limit: i64) -> Result<Vec<LogLine>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT number, at_ms, act, by_id, member_id, role, invitation_id FROM log
         WHERE project_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
    )
    .bind(project.uuid())
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let lines = rows.into_iter().map(|(number, at_ms, act, by, member, role, invitation)| LogLine {
        number: told(number),
        at_ms: told(at_ms),
        act: LogAct::from_key(&act),
        by: by.map(MemberId::from_uuid),
        member: member.map(MemberId::from_uuid),
        role: role.as_deref().and_then(Role::from_key),
        invitation: invitation.map(InvitationId::from_uuid),
    });
    Ok(lines.collect())
}
