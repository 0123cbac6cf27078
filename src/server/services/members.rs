//! Who is in a project, and taking somebody out of it.

use domain::{MemberId, ProjectId, Role, Timestamp};
use protocol::{LogAct, MemberInfo};

use super::invitations;
use super::pseudonyms::Pseudonyms;
use crate::clock::{stored, told};
use crate::error::Error;
use crate::repositories::log::{Note, note};
use crate::repositories::{Connection, invitations as stored_invitations, members};

/// Returns who is in a project. Without names: pseudonyms and numbers alone, in an order that says nothing either.
pub(crate) async fn list(conn: &mut Connection, project: ProjectId, are_named: bool) -> Result<Vec<MemberInfo>, Error> {
    let mut devices = members::devices_seen(conn, project).await?;
    let pseudonyms = Pseudonyms::of(conn, project).await?;
    let listed = members::list(conn, project).await?;
    let members = listed.into_iter().filter(|listed| listed.removed_ms.is_none()).map(|listed| {
        let (role, entries) = (Role::from_key(&listed.role).unwrap_or(Role::Resident), told(listed.entries));
        if are_named {
            let devices = devices.remove(&listed.id).unwrap_or_default();
            let members::Listed { id, nickname, joined_ms, .. } = listed;
            MemberInfo { id, nickname, role, joined_ms: Some(told(joined_ms)), entries, devices }
        } else {
            let pseudonym = pseudonyms.maker(listed.id);
            MemberInfo {
                id: pseudonym.id,
                nickname: pseudonym.name,
                role,
                joined_ms: None,
                entries,
                devices: Vec::new(),
            }
        }
    });
    let mut members: Vec<_> = members.collect();
    if !are_named {
        members.sort_by_key(|member| member.id);
    }
    Ok(members)
}

/// Makes a member's devices nobody in the project, takes his open invitations back, and notes who did; `false` when there is
/// no such member, or not any more.
pub(crate) async fn remove(
    conn: &mut Connection,
    member: MemberId,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(project) = members::project_of(conn, member).await? else { return Ok(false) };
    if !members::remove(conn, member, stored(now)).await? {
        return Ok(false);
    }
    let removed = Note { member: Some(member), ..Note::new(project, LogAct::MemberRemoved, by) };
    note(conn, removed, stored(now)).await?;
    for invitation in stored_invitations::valid_of(conn, member, stored(now)).await? {
        invitations::revoke(conn, project, invitation, by, now).await?;
    }
    Ok(true)
}
