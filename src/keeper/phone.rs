//! The phone's storage, clock and chance, as a worker has them.

use backup::Problem;
use domain::Timestamp;
use store::{Store, StoreError};
use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

/// Opens the phone's storage.
pub(crate) async fn open_store() -> Result<Store, Problem> {
    // When a newer version takes the storage over, the page reloads, and this worker ends with it.
    Store::open(chance(), || {}).await.map_err(problem)
}

/// Returns the phone's own clock.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time in milliseconds fits")]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_ms(js_sys::Date::now().max(0.0) as u64)
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

fn chance() -> u64 {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let mut bytes = [0; 8];
    let filled = scope.crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    if filled != Ok(true) {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    u64::from_le_bytes(bytes)
}
