//! Another member's record as the server hands it out.

use serde_json::Value;

use crate::{MemberId, RecordId};

/// What a member sees of somebody else's record: filtered, rounded, redacted. A phone never merges a view: it replaces
/// it whole, and drops it with its media when the server says it is gone.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct View {
    /// The record's id.
    pub id: RecordId,
    /// The record's kind.
    pub kind: String,
    /// Who made it.
    pub maker: Maker,
    /// Plain values by field name.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, Value>))]
    pub fields: serde_json::Map<String, Value>,
}

crate::plain!(View { id, kind, maker, fields });

/// Who made a record, as others may know it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Maker {
    /// The member.
    pub id: MemberId,
    /// The nickname; empty when none was given.
    pub name: String,
}

crate::plain!(Maker { id, name });
