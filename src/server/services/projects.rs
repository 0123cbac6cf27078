//! Setting up a project.

use domain::{JoinCode, ProjectId, Role, Timestamp};
use protocol::ProjectInfo;

use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::{Connection, Database, projects};

/// A project with the codes by which one joins.
pub(crate) struct Created {
    /// The project.
    pub(crate) id: ProjectId,
    /// For the poster.
    pub(crate) resident_code: JoinCode,
    /// For those who guide the project.
    pub(crate) worker_code: JoinCode,
}

/// Makes a project with new codes.
pub(crate) async fn create(db: &Database, name: &str, municipality: &str, now: Timestamp) -> Result<Created, Error> {
    let id = ProjectId::new(now, random::bytes());
    let mut tx = db.begin().await?;
    let project = ProjectInfo { id, name: name.to_owned(), municipality: municipality.to_owned() };
    projects::insert(&mut tx, &project, stored(now)).await?;
    let resident_code = new_code(&mut tx, id, Role::Resident).await?;
    let worker_code = new_code(&mut tx, id, Role::Worker).await?;
    tx.commit().await?;
    Ok(Created { id, resident_code, worker_code })
}

/// Puts a new join code in the place of those of a role; `None` when there is no such project.
pub(crate) async fn replace_code(db: &Database, project: ProjectId, role: Role) -> Result<Option<JoinCode>, Error> {
    let mut tx = db.begin().await?;
    if projects::closed_ms(&mut tx, project).await?.is_none() {
        return Ok(None);
    }
    projects::close_codes(&mut tx, project, role).await?;
    let code = new_code(&mut tx, project, role).await?;
    tx.commit().await?;
    Ok(Some(code))
}

async fn new_code(conn: &mut Connection, project: ProjectId, role: Role) -> Result<JoinCode, Error> {
    loop {
        let code = random::join_code();
        if projects::insert_code(conn, code, project, role).await? {
            return Ok(code);
        }
    }
}
