//! Inviting somebody under a role, and taking that back.

use domain::{InvitationId, JoinCode, MemberId, ProjectId, Role, Timestamp};
use protocol::{LogAct, MAX_INVITATION_DAYS, MAX_INVITATION_USES};
use sha2::{Digest, Sha256};

use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::log::{Note, note};
use crate::repositories::{Connection, invitations};

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// What somebody is invited to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// What one becomes by it.
    pub(crate) role: Role,
    /// How many days it lasts.
    pub(crate) days: u32,
    /// How many it lets in.
    pub(crate) uses: u32,
}

impl Terms {
    /// Says whether an invitation may last as long and let in as many.
    pub(crate) fn are_possible(&self) -> bool {
        (1..=MAX_INVITATION_DAYS).contains(&self.days) && (1..=MAX_INVITATION_USES).contains(&self.uses)
    }
}

/// An invitation that was just made. Its code is told now or never.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Invited {
    /// The invitation.
    pub(crate) id: InvitationId,
    /// What whoever is invited joins with.
    pub(crate) code: JoinCode,
    /// When it ends.
    pub(crate) expires: Timestamp,
}

/// Makes an invitation to a project that is there, and notes who did.
pub(crate) async fn invite(
    conn: &mut Connection,
    project: ProjectId,
    inviter: Option<MemberId>,
    terms: Terms,
    now: Timestamp,
) -> Result<Invited, Error> {
    let id = InvitationId::new(now, random::bytes());
    let code = random::invitation();
    let expires = now.plus(u64::from(terms.days) * DAY_MS);
    let Terms { role, uses, .. } = terms;
    let new = invitations::New { id, project, hash: hash(code), role, uses, expires_ms: stored(expires), inviter };
    invitations::insert(conn, &new, stored(now)).await?;
    let invited = Note { role: Some(role), invitation: Some(id), ..Note::new(project, LogAct::Invited, inviter) };
    note(conn, invited, stored(now)).await?;
    Ok(Invited { id, code, expires })
}

/// Takes an invitation back, and notes who did; `false` when the project has none such. Repeated, it changes nothing.
pub(crate) async fn revoke(
    conn: &mut Connection,
    project: ProjectId,
    id: InvitationId,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let revoked = invitations::revoke(conn, project, id, stored(now)).await?;
    if revoked == Some(true) {
        let revoked = Note { invitation: Some(id), ..Note::new(project, LogAct::InvitationRevoked, by) };
        note(conn, revoked, stored(now)).await?;
    }
    Ok(revoked.is_some())
}

/// Returns what the database knows of an invitation's code. Nobody tries all codes of 128 bits, so it is hashed once.
pub(crate) fn hash(code: JoinCode) -> [u8; 32] {
    Sha256::digest(code.to_string().as_bytes()).into()
}
