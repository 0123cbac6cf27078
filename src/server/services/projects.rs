//! Setting up a project, and what happens to it as a whole.

use domain::{JoinCode, MemberId, ProjectId, Role, Timestamp};
use protocol::{LogAct, ProjectInfo};

use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::log::{Note, note};
use crate::repositories::projects::CodeOf;
use crate::repositories::{Connection, projects};

/// All who join by the code of a project's poster.
pub(crate) const RESIDENTS: CodeOf = CodeOf::Role(Role::Resident);

/// A project with the code by which residents join.
pub(crate) struct Created {
    /// The project.
    pub(crate) id: ProjectId,
    /// For the poster.
    pub(crate) code: JoinCode,
}

/// Makes a project with a new code; `holds_unanswered` says whether it holds an entry until its maker said whether there are people
/// in its photos, as long as nobody sets it up otherwise.
pub(crate) async fn create(
    conn: &mut Connection,
    name: &str,
    municipality: &str,
    holds_unanswered: bool,
    now: Timestamp,
) -> Result<Created, Error> {
    let id = ProjectId::new(now, random::bytes());
    let project = ProjectInfo { id, name: name.to_owned(), municipality: municipality.to_owned() };
    projects::insert(conn, &project, holds_unanswered, stored(now)).await?;
    let code = new_code(conn, id, RESIDENTS).await?;
    Ok(Created { id, code })
}

/// Puts a new code in the place of that by which one joins so, and notes who did.
pub(crate) async fn replace_code(
    conn: &mut Connection,
    project: ProjectId,
    of: CodeOf,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<JoinCode, Error> {
    projects::close_codes(conn, project, of).await?;
    let code = new_code(conn, project, of).await?;
    let act = match of {
        CodeOf::Role(_) => LogAct::CodeRenewed,
        CodeOf::Group(_) => LogAct::GroupCodeRenewed,
    };
    note(conn, Note::new(project, act, by), stored(now)).await?;
    Ok(code)
}

/// Closes a project, or opens it again, and notes it if that changes anything; `false` when there is none.
pub(crate) async fn set_closed(
    conn: &mut Connection,
    project: ProjectId,
    is_closed: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(was) = projects::closed_ms(conn, project).await? else { return Ok(false) };
    if was.is_some() != is_closed {
        projects::set_closed(conn, project, is_closed.then(|| stored(now))).await?;
        let act = if is_closed { LogAct::ProjectClosed } else { LogAct::ProjectOpened };
        note(conn, Note::new(project, act, None), stored(now)).await?;
    }
    Ok(true)
}

/// Adds a code that nobody has.
async fn new_code(conn: &mut Connection, project: ProjectId, of: CodeOf) -> Result<JoinCode, Error> {
    loop {
        let code = random::join_code();
        if projects::insert_code(conn, code, project, of).await? {
            return Ok(code);
        }
    }
}
