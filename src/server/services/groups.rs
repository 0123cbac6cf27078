//! The join codes of groups.

use domain::{JoinCode, KIND_GROUP, MemberId, ProjectId, RecordId, Timestamp};

use crate::error::Error;
use crate::repositories::projects::CodeOf;
use crate::repositories::{Connection, projects, records};

/// Returns the code of a group, if it has one.
///
/// # Errors
/// `not_found` where the project has no such group.
pub(crate) async fn code(
    conn: &mut Connection,
    project: ProjectId,
    group: RecordId,
) -> Result<Option<JoinCode>, Error> {
    exists(conn, project, group).await?;
    Ok(projects::code(conn, project, CodeOf::Group(group)).await?)
}

/// Makes a code for a group, in the place of any that it had, and notes who did.
///
/// # Errors
/// `not_found` where the project has no such group.
pub(crate) async fn replace_code(
    conn: &mut Connection,
    project: ProjectId,
    group: RecordId,
    by: MemberId,
    now: Timestamp,
) -> Result<JoinCode, Error> {
    exists(conn, project, group).await?;
    super::projects::replace_code(conn, project, CodeOf::Group(group), Some(by), now).await
}

async fn exists(conn: &mut Connection, project: ProjectId, group: RecordId) -> Result<(), Error> {
    let found = records::find(conn, group).await?;
    let is_group = |found: &records::StoredRecord| {
        found.project == project && found.record.kind == KIND_GROUP && !found.record.erased
    };
    if found.as_ref().is_some_and(is_group) { Ok(()) } else { Err(Error::not_found()) }
}
