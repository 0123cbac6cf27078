//! Records that several people write, and others read: a project's settings, groups, reviews and answers.

use domain::plain::Value;
use domain::{
    KIND_PROJECT, Maker, ProjectId, ProjectSettings, Record, RecordId, Review, Sharing, Stamp, Timestamp, View,
};
use protocol::ErrorCode;
use sync::{Home, Op, OwnRecord};

use crate::meta::{Phone, own_of};
use crate::records::{read_all, read_own};
use crate::rows::Row;
use crate::schema::{META, OPS, RECORDS, VIEWS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// What this phone holds of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectRecords {
    /// Own records, and those that came whole; erased ones are left out.
    pub records: Vec<Record>,
    /// What others made, as the server handed it out.
    pub views: Vec<View>,
    /// Writes that the server has not taken: of which record, and why if it refused.
    pub waiting: Vec<(RecordId, Option<ErrorCode>)>,
}

impl ProjectRecords {
    /// Returns what the project says of who sees entries.
    pub fn sharing(&self) -> Sharing {
        Sharing::from_values(&|name| self.setting(name))
    }

    /// Returns what the project is like.
    pub fn settings(&self) -> ProjectSettings {
        ProjectSettings::from_values(&|name| self.setting(name))
    }

    /// Returns what the settings hold under a name: of the record, which comes whole to who may set the project up, else of what
    /// the server handed out.
    fn setting(&self, name: &str) -> Option<&Value> {
        match self.records.iter().find(|record| record.kind == KIND_PROJECT) {
            Some(record) => record.last(name),
            None => self.views.iter().find(|view| view.kind == KIND_PROJECT)?.fields.get(name),
        }
    }

    /// Returns all reviews, those of others with who wrote them.
    pub fn reviews(&self) -> impl Iterator<Item = (RecordId, Option<&Maker>, Review)> {
        let others = self.views.iter().filter_map(|view| Some((view.id, Some(&view.maker), Review::from_view(view)?)));
        let own = self.records.iter().filter_map(|record| Some((record.id, None, Review::from_record(record)?)));
        others.chain(own)
    }
}

impl Store {
    /// Returns what this phone holds of a project.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn project_records(&self, project: ProjectId) -> Result<ProjectRecords, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[RECORDS, VIEWS, OPS])?;
            let owns = own_of(&transaction, Home::Project(project)).await?;
            let views = read_all(&transaction.group::<Row>(VIEWS, &project.to_string()).await?)?;
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let is_here = |op: &&Op| op.home == Home::Project(project);
            Ok(ProjectRecords {
                records: owns.into_iter().map(|own| own.record).filter(|record| !record.erased).collect(),
                views,
                waiting: ops.iter().filter(is_here).map(|op| (op.record.id, op.set_aside)).collect(),
            })
        })
        .await
    }

    /// Writes a part of a record of a project, which `part` makes under a stamp of its own: the record and the outbox in one
    /// transaction. One that this phone does not hold begins with it.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was changed.
    pub async fn write_part(
        &self,
        project: ProjectId,
        id: RecordId,
        part: &dyn Fn(Stamp) -> Record,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META, RECORDS, OPS])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let held = read_own(&transaction, id).await?;
            let at = match &held {
                Some(own) => phone.tick_after(&own.record, now),
                None => phone.tick(now),
            };
            let part = part(at);
            let mut own = held.unwrap_or_else(|| OwnRecord::new(id, &part.kind, Home::Project(project)));
            phone.queue(&transaction, &mut own, part)?;
            phone.write(&transaction)?;
            transaction.commit().await
        })
        .await
    }
}
