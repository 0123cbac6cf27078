//! Pushing and pulling records.

use domain::plain::{Plain, Value};
use domain::{Map, MediaHash, Record, RecordId, View};

use crate::{ErrorCode, MediumState};

/// How many records one push carries at the most.
pub const MAX_BATCH: usize = 100;

/// How many items one pull returns at the most.
pub const MAX_PULL: usize = 200;

/// Writes: records or parts of records, each merged into what the server holds. Idempotent.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushRequest {
    /// At most [`MAX_BATCH`], in the order of writing.
    pub records: Vec<Record>,
}

domain::plain!(PushRequest { records });

/// One result per pushed record, in the same order. A stamp that is too far ahead refuses the whole batch instead.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushReply {
    /// In the order of the request.
    pub results: Vec<PushResult>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(PushReply { results, server_time_ms });

/// What became of one pushed record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PushResult {
    /// The record.
    pub id: RecordId,
    /// `None`: the server holds it. Otherwise why not; the record stays as it was.
    pub refused: Option<ErrorCode>,
    /// Where each medium of the record stands with this member.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>), serde(default))]
    pub media: Map<MediaHash, MediumState>,
}

domain::plain!(PushResult { id, refused: unless_default, media: unless_default });

/// The value of `order=` of a first pull that begins with the newest.
pub const NEWEST_FIRST: &str = "newest";

/// Where a pull begins.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PullFrom {
    /// The newest page of all, for a phone that holds nothing yet. A server of the first version answers with the oldest page.
    Newest,
    /// What changed after this cursor, oldest change first.
    After(String),
    /// What is older than the pages before, newest first: the name of the page, from [`PullReply::older`].
    Before(String),
}

/// A page of changes: oldest change first after a cursor, newest first otherwise.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PullReply {
    /// At most [`MAX_PULL`].
    #[cfg_attr(feature = "schema", schema(value_type = Vec<PullItemWire>))]
    pub items: Vec<PullItem>,
    /// Where to go on: opaque, carries the server's epoch.
    pub cursor: String,
    /// More is waiting behind `cursor`.
    pub more: bool,
    /// Older records are waiting: where they go on. Only in answers to [`PullFrom::Newest`] and [`PullFrom::Before`].
    #[cfg_attr(feature = "schema", serde(default))]
    pub older: Option<String>,
    /// The project's newest sequence number when the page was read, as [`crate::RemoteChange`] names it.
    #[cfg_attr(feature = "schema", serde(default))]
    pub sequence: u64,
    /// The cursor sent was of another epoch (a restored server): this page starts anew, and views the phone holds that
    /// do not come again are gone.
    #[cfg_attr(feature = "schema", serde(default))]
    pub restarted: bool,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(PullReply {
    items,
    cursor,
    more,
    older: unless_default,
    sequence: unless_default,
    restarted: unless_default,
    server_time_ms
});

/// One change. On the wire it is an object with one of `record` (and `media`), `view` or `gone`; a change of a later
/// version has none of them, or one that cannot be read. A later version, too, names the record: by `id` inside the object.
#[derive(Clone, Debug, PartialEq)]
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
    /// A change of a later version, as it came: kept until a version that knows it.
    Unknown(Value),
}

/// A [`PullItem`] as it is sent.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(as = PullItem))]
pub(crate) struct PullItemWire {
    /// The member's own record, whole, to be merged.
    record: Option<Record>,
    /// Where each medium of `record` stands.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>), serde(default))]
    media: Map<MediaHash, MediumState>,
    /// Somebody else's record, to be replaced whole.
    view: Option<View>,
    /// A record that may not be seen any more: drop it with its media.
    gone: Option<RecordId>,
}

domain::plain!(PullItemWire {
    record: unless_default,
    media: unless_default,
    view: unless_default,
    gone: unless_default
});

impl PullItem {
    /// Returns the record that changed; `None` when a change of a later version does not say.
    pub fn record_id(&self) -> Option<RecordId> {
        match self {
            Self::Own { record, .. } => Some(record.id),
            Self::View { view } => Some(view.id),
            Self::Gone { id } => Some(*id),
            Self::Unknown(value) => value.as_object()?.values().find_map(|part| RecordId::from_value(part.get("id")?)),
        }
    }
}

impl Plain for PullItem {
    fn to_value(&self) -> Value {
        let wire = match self.clone() {
            Self::Own { record, media } => PullItemWire { record: Some(record), media, ..PullItemWire::default() },
            Self::View { view } => PullItemWire { view: Some(view), ..PullItemWire::default() },
            Self::Gone { id } => PullItemWire { gone: Some(id), ..PullItemWire::default() },
            Self::Unknown(value) => return value,
        };
        wire.to_value()
    }

    fn from_value(value: &Value) -> Option<Self> {
        // A known name with a value that cannot be read is of a later version too.
        Some(match PullItemWire::from_value(value) {
            Some(PullItemWire { record: Some(record), media, .. }) => Self::Own { record, media },
            Some(PullItemWire { view: Some(view), .. }) => Self::View { view },
            Some(PullItemWire { gone: Some(id), .. }) => Self::Gone { id },
            Some(PullItemWire { .. }) | None => Self::Unknown(value.clone()),
        })
    }
}

domain::serde_by_plain!(PullItem);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_later_version_is_unknown_and_kept_as_it_came() {
        for text in [r#"{"moved":{"to":3}}"#, r#"{"view":{"shape":"round"}}"#] {
            let item: PullItem = serde_json::from_str(text).unwrap();
            assert!(matches!(item, PullItem::Unknown(_)));
            assert_eq!(serde_json::to_string(&item).unwrap(), text, "it is kept as it came");
        }
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
