//! What others made, as the server handed it out.

use domain::{Entry, ProjectId, RecordId, View};

use crate::meta::Phone;
use crate::records::read_all;
use crate::rows::{FetchedRow, Row};
use crate::schema::{FETCHED, META, VIEWS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

impl Store {
    /// Returns the views of the current project.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn views(&self) -> Result<Vec<View>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, VIEWS])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let Some(project) = phone.project() else { return Ok(Vec::new()) };
            read_all(&transaction.group::<Row>(VIEWS, &project.to_string()).await?)
        })
        .await
    }

    /// Returns one view with its project.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn view(&self, id: RecordId) -> Result<Option<(ProjectId, View)>, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[VIEWS])?;
            let Some(row) = transaction.get::<Row>(VIEWS, id.to_string()).await? else { return Ok(None) };
            let project = row.group.parse().map_err(|_| StoreError::Corrupt("a view has no project"))?;
            Ok(Some((project, row.read()?)))
        })
        .await
    }
}

/// Puts a view in place of the one before, whole, and drops media that it does not show any more.
pub(crate) async fn replace_view(
    transaction: &Transaction<'_>,
    project: ProjectId,
    view: &View,
) -> Result<(), StoreError> {
    if let Some(row) = transaction.get::<Row>(VIEWS, view.id.to_string()).await? {
        let kept = Entry::from_view(view).media();
        for (sha256, _) in Entry::from_view(&row.read()?).media().iter().filter(|medium| !kept.contains(medium)) {
            drop_fetched(transaction, &group_of(view.id, *sha256)).await?;
        }
    }
    transaction.put(VIEWS, &Row::new(view.id.to_string(), &project.to_string(), view)?)
}

/// Drops a view with its media.
pub(crate) async fn drop_view(transaction: &Transaction<'_>, id: RecordId) -> Result<(), StoreError> {
    let Some(row) = transaction.get::<Row>(VIEWS, id.to_string()).await? else { return Ok(()) };
    for (sha256, _) in Entry::from_view(&row.read()?).media() {
        drop_fetched(transaction, &group_of(id, sha256)).await?;
    }
    transaction.delete(VIEWS, id.to_string())
}

/// The group of what was fetched of one medium of one record.
pub(crate) fn group_of(record: RecordId, sha256: domain::MediaHash) -> String {
    format!("{record}/{sha256}")
}

async fn drop_fetched(transaction: &Transaction<'_>, group: &str) -> Result<(), StoreError> {
    for row in transaction.group::<FetchedRow>(FETCHED, group).await? {
        transaction.delete(FETCHED, row.id)?;
    }
    Ok(())
}
