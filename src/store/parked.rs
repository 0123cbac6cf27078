//! Changes that this version of the app does not know: kept until a version that does.

use domain::ProjectId;
use protocol::PullItem;

use crate::StoreError;
use crate::records::read_all;
use crate::rows::Row;
use crate::schema::PARKED;
use crate::transaction::Transaction;

/// A change that the app of its time did not know.
#[derive(Clone, Debug)]
struct Parked {
    project: ProjectId,
    item: PullItem,
    /// [`protocol::VERSION`] of the app that parked it.
    version: u32,
}

domain::plain!(Parked { project, item, version });

/// Says whether another version of the app parked something.
pub(crate) async fn is_replay_due(transaction: &Transaction<'_>) -> Result<bool, StoreError> {
    let parked: Vec<Parked> = read_all(&transaction.all::<Row>(PARKED).await?)?;
    Ok(parked.iter().any(|parked| parked.version != protocol::VERSION))
}

/// Says whether anything of a project is parked, or is about to be.
pub(crate) async fn is_any_parked(
    transaction: &Transaction<'_>,
    project: ProjectId,
    items: &[PullItem],
) -> Result<bool, StoreError> {
    let parked: Vec<Row> = transaction.group(PARKED, &project.to_string()).await?;
    Ok(!parked.is_empty() || items.iter().any(|item| matches!(item, PullItem::Unknown(_))))
}

/// Parks a change that is not known.
pub(crate) fn park(transaction: &Transaction<'_>, project: ProjectId, item: &PullItem) -> Result<(), StoreError> {
    let about = match item.record_id() {
        Some(id) => id.to_string(),
        None => serde_json::to_string(item)?,
    };
    let parked = Parked { project, item: item.clone(), version: protocol::VERSION };
    transaction.put(PARKED, &Row::new(format!("{project}/{about}"), &project.to_string(), &parked)?)
}

/// A change ends what was parked of the same record: it is newer.
pub(crate) fn end_parked(transaction: &Transaction<'_>, project: ProjectId, item: &PullItem) -> Result<(), StoreError> {
    item.record_id().map_or(Ok(()), |id| transaction.delete(PARKED, format!("{project}/{id}")))
}

/// Takes out all that was parked.
pub(crate) async fn unpark(transaction: &Transaction<'_>) -> Result<Vec<(ProjectId, PullItem)>, StoreError> {
    let rows: Vec<Row> = transaction.all(PARKED).await?;
    let parked: Vec<Parked> = read_all(&rows)?;
    for row in rows {
        transaction.delete(PARKED, row.id)?;
    }
    Ok(parked.into_iter().map(|parked| (parked.project, parked.item)).collect())
}

/// Drops what was parked of a project.
pub(crate) async fn forget_parked(transaction: &Transaction<'_>, project: ProjectId) -> Result<(), StoreError> {
    for row in transaction.group::<Row>(PARKED, &project.to_string()).await? {
        transaction.delete(PARKED, row.id)?;
    }
    Ok(())
}
