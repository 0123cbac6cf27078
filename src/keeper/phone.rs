//! The phone's storage, as a worker has it.

use backup::Problem;
use store::device::random;
use store::{Store, StoreError};

/// Opens the phone's storage.
pub(crate) async fn open_store() -> Result<Store, Problem> {
    // When a newer version takes the storage over, the page reloads, and this worker ends with it.
    Store::open(u64::from_le_bytes(random()), || {}).await.map_err(problem)
}

/// Says what a failure of the storage means here.
pub(crate) fn problem(error: StoreError) -> Problem {
    match error {
        StoreError::Full => Problem::StorageFull,
        StoreError::Closed
        | StoreError::NewerSchema
        | StoreError::Refused
        | StoreError::Corrupt(_)
        | StoreError::Failed(_) => Problem::Failed,
    }
}
