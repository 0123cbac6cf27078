//! What whoever guides a project reads and writes on this phone, without network too.

use domain::{ProjectId, Record, RecordId, Stamp};
use store::ProjectRecords;

use crate::device::{now, random};
use crate::{Phone, SaveProblem};

impl Phone {
    /// Returns what this phone holds of a project.
    pub async fn project_records(&self, project: ProjectId) -> ProjectRecords {
        self.store().project_records(project).await.unwrap_or_default()
    }

    /// Returns the id of a record that is made now.
    pub fn fresh_id(&self) -> RecordId {
        RecordId::new(now(), random())
    }

    /// Writes a part of a record of a project, which `part` makes under a stamp of its own; it is sent once there is network.
    ///
    /// # Errors
    /// Why it was not written.
    pub async fn write_part(
        &self,
        project: ProjectId,
        id: RecordId,
        part: &dyn Fn(Stamp) -> Record,
    ) -> Result<(), SaveProblem> {
        self.store().write_part(project, id, part, now()).await?;
        self.queued();
        Ok(())
    }
}
