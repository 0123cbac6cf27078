//! Pushing and pulling records.

use domain::{Map, MediaHash, Record, RecordId, View};
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
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub media: Map<MediaHash, MediumState>,
}

/// What changed after a cursor, oldest change first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PullReply {
    /// At most [`MAX_PULL`].
    #[cfg_attr(feature = "schema", schema(value_type = Vec<PullItemWire>))]
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

/// One change. On the wire it is an object with one of `record` (and `media`), `view` or `gone`; a change of a later
/// version has none of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "PullItemWire", into = "PullItemWire")]
pub enum PullItem {
    /// The member's own record, whole, to be merged.
    Own {
        /// The record.
        record: Record,
        /// Where each of its media stands.
        media: Map<MediaHash, MediumState>,
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
    Unknown,
}

/// A [`PullItem`] as it is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PullItem))]
pub struct PullItemWire {
    /// The member's own record, whole, to be merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<Record>,
    /// Where each medium of `record` stands.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>))]
    media: Map<MediaHash, MediumState>,
    /// Somebody else's record, to be replaced whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<View>,
    /// A record that may not be seen any more: drop it with its media.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone: Option<RecordId>,
}

impl From<PullItemWire> for PullItem {
    fn from(wire: PullItemWire) -> Self {
        match wire {
            PullItemWire { record: Some(record), media, .. } => Self::Own { record, media },
            PullItemWire { view: Some(view), .. } => Self::View { view },
            PullItemWire { gone: Some(id), .. } => Self::Gone { id },
            PullItemWire { .. } => Self::Unknown,
        }
    }
}

impl From<PullItem> for PullItemWire {
    fn from(item: PullItem) -> Self {
        match item {
            PullItem::Own { record, media } => Self { record: Some(record), media, ..Self::default() },
            PullItem::View { view } => Self { view: Some(view), ..Self::default() },
            PullItem::Gone { id } => Self { gone: Some(id), ..Self::default() },
            PullItem::Unknown => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_later_version_is_read_as_unknown() {
        assert_eq!(serde_json::from_str::<PullItem>(r#"{"moved":{"to":3}}"#).unwrap(), PullItem::Unknown);
    }

    #[test]
    fn a_change_is_read_back_from_its_text() {
        let id: RecordId = "01977d18-297c-7ea7-85c2-c3fde6345cbe".parse().unwrap();
        let own = PullItem::Own {
            record: Record::new(id, "entry"),
            media: Map::from([(MediaHash([1; 32]), MediumState::Held)]),
        };
        for item in [own, PullItem::Gone { id }] {
            let text = serde_json::to_string(&item).unwrap();
            assert_eq!(serde_json::from_str::<PullItem>(&text).unwrap(), item);
        }
    }
}
