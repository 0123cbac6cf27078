//! What can go wrong with the storage, cut by what the caller will do.

use std::fmt;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why the storage did not do what was asked. Nothing of the transaction was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No room: free some, or say so.
    Full,
    /// The connection was closed under our feet (iOS in the background): open again and retry.
    Closed,
    /// The database was made by a newer version of the app: reload.
    NewerSchema,
    /// The browser refuses to keep this kind of value.
    Refused,
    /// A stored value cannot be read.
    Corrupt(&'static str),
    /// Anything else, with the browser's name for it.
    Failed(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => f.write_str("no room in the storage"),
            Self::Closed => f.write_str("the storage was closed"),
            Self::NewerSchema => f.write_str("the storage was made by a newer version"),
            Self::Refused => f.write_str("the browser refuses to keep this"),
            Self::Corrupt(what) => write!(f, "a stored value cannot be read: {what}"),
            Self::Failed(why) => write!(f, "the storage failed: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    pub(crate) fn of(exception: &DomException) -> Self {
        match exception.name().as_str() {
            "InvalidStateError" => Self::Closed,
            "DataCloneError" => Self::Refused,
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::NewerSchema,
            name => Self::Failed(name.to_owned()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        Self::Corrupt("it is not as it was written")
    }
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> Self {
        error.dyn_ref().map_or_else(|| Self::Failed(String::new()), Self::of)
    }
}
