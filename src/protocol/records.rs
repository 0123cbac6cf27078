//! Pushing and pulling records.

use std::collections::BTreeMap;

use domain::{MediaHash, Record, RecordId, View};
use serde::{Deserialize, Serialize};

use crate::{ErrorCode, MediumState};

/// How many records one push carries at the most.
pub const MAX_BATCH: usize = 100;

/// How many items one pull returns at the most.
pub const MAX_PULL: usize = 200;

/// Writes: records or parts of records, each merged into what the server holds. Idempotent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushRequest {
    /// At most [`MAX_BATCH`], in the order of writing.
    pub records: Vec<Record>,
}

/// One result per pushed record, in the same order. A stamp that is too far ahead refuses the whole batch instead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushReply {
    /// In the order of the request.
    pub results: Vec<PushResult>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

/// What became of one pushed record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushResult {
    /// The record.
    pub id: RecordId,
    /// `None`: the server holds it. Otherwise why not; the record stays as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
    /// Where each medium of the record stands with this member.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, MediumState>))]
    pub media: BTreeMap<MediaHash, MediumState>,
}

/// What changed after a cursor, oldest change first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PullReply {
    /// At most [`MAX_PULL`].
    pub items: Vec<PullItem>,
    /// Where to go on: opaque, carries the server's epoch.
    pub cursor: String,
    /// More is waiting behind `cursor`.
    pub more: bool,
    /// The cursor sent was of another epoch (a restored server): this page starts anew, and views the phone holds that
    /// do not come again are gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restarted: bool,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PullItem {
    /// The member's own record, whole, to be merged.
    Own {
        /// The record.
        record: Record,
        /// Where each of its media stands.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(value_type = BTreeMap<String, MediumState>))]
        media: BTreeMap<MediaHash, MediumState>,
    },
    /// Somebody else's record, to be replaced whole.
    View {
        /// What may be seen.
        view: View,
    },
    /// A record that may not be seen any more: drop it with its media.
    Gone {
        /// The record.
        id: RecordId,
    },
    /// A change of a later version: skipped.
    #[serde(other)]
    Unknown,
}
