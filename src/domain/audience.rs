//! Who may see an entry.

use serde_json::Value;

use crate::{FieldState, KIND_ENTRY, Record};

/// Who may see an entry beside its maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", serde(rename_all = "snake_case"))]
pub enum Audience {
    /// *Alleen ik*.
    OnlyMe,
    /// *Mijn groep*: the members of the maker's groups, and those who guide the project.
    MyGroup,
    /// *Iedereen*: the members of this project, never the web.
    Everyone,
}

impl Audience {
    /// All audiences, the narrowest first.
    pub const ALL: [Self; 3] = [Self::OnlyMe, Self::MyGroup, Self::Everyone];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnlyMe => "only_me",
            Self::MyGroup => "my_group",
            Self::Everyone => "everyone",
        }
    }

    /// Returns the audience with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.key() == key)
    }
}

crate::plain_key!(Audience);

/// Says whether a record stays on its maker's phone: an entry for the maker alone, without a copy on the server. What the
/// maker did not say, keeps nothing back.
pub fn stays_on_phone(record: &Record) -> bool {
    record.kind == KIND_ENTRY
        && record.last("audience").and_then(Value::as_str) == Some(Audience::OnlyMe.key())
        && !keeps_copy(record)
}

/// Says whether the maker of a record wants a copy of it on the server, whoever may see it.
pub fn keeps_copy(record: &Record) -> bool {
    record.last("keep_copy").and_then(Value::as_bool) == Some(true)
}

/// Says whether a field tells who may see an entry, and nothing of what is in it.
pub fn is_about_sight(name: &str) -> bool {
    matches!(name, "audience" | "keep_copy")
}

/// Says whether the server keeps a field of an entry that stays on its maker's phone: who may see it, and whether it was put away.
/// A closed project hears of both before it hears of what was written in between, which must not undo them.
pub fn outlives_emptying(name: &str) -> bool {
    is_about_sight(name) || name == "deleted"
}

/// Says whether one of these fields has an allowed value.
pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
    field.last().is_some_and(|value| match name {
        "audience" => value.as_str().is_some_and(|key| Audience::from_key(key).is_some()),
        _ => value.is_boolean(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{EntryEdit, KIND_CONSENT, RecordId};

    fn record(audience: Option<Audience>, keep_copy: Option<bool>) -> Record {
        let edit = EntryEdit { audience, keep_copy, story: Some("Dag".into()), ..EntryEdit::default() };
        edit.into_record(RecordId::from_uuid(uuid::Uuid::nil()), stamp(1, 1))
    }

    #[test]
    fn an_entry_stays_on_the_phone_when_it_is_for_its_maker_alone_and_no_copy_was_asked_for() {
        assert!(stays_on_phone(&record(Some(Audience::OnlyMe), None)));
        assert!(stays_on_phone(&record(Some(Audience::OnlyMe), Some(false))));
        assert!(!stays_on_phone(&record(Some(Audience::OnlyMe), Some(true))));
        for audience in [None, Some(Audience::MyGroup), Some(Audience::Everyone)] {
            assert!(!stays_on_phone(&record(audience, None)), "{audience:?}");
        }
        assert!(!stays_on_phone(&Record { kind: KIND_CONSENT.into(), ..record(Some(Audience::OnlyMe), None) }));
    }
}
