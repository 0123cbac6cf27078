//! One field of a record: what was written, when, and how two versions of it become one.
//!
//! Every kind of merge is commutative, associative and idempotent (property tests below), so phones and server may
//! exchange versions in any order and any number of times.

use serde_json::Value;

use crate::plain::{Object, Plain, put, put_unless_default, read_variant, take, take_or_default, variant};
use crate::{Map, MemberId, Set, Stamp};

/// A field's state; the kind says how it merges.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", serde(rename_all = "snake_case"))]
pub enum FieldState {
    /// The last writer wins.
    Last {
        /// What was written.
        value: Value,
        /// When.
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        at: Stamp,
    },
    /// Versions written apart are both kept, for a person to choose.
    Both {
        /// The versions that stand, each under the stamp of its writing.
        #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, Value>))]
        versions: Map<Stamp, Value>,
        /// Stamps of versions that a later writer saw and replaced.
        #[cfg_attr(feature = "schema", schema(value_type = Vec<String>), serde(default))]
        replaced: Set<Stamp>,
    },
    /// A set of keys; per key the last writer says whether it is in.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, SetMember>))]
    Set(Map<String, SetMember>),
    /// One value per member; each member's last write stands.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<MemberId, MemberValue>))]
    PerMember(Map<MemberId, MemberValue>),
    /// A kind of field that this version does not know: kept as it came.
    #[cfg_attr(feature = "schema", serde(untagged))]
    Unknown(Value),
}

/// Whether a key is in a set, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SetMember {
    /// When it was put in or taken out.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub at: Stamp,
    /// Whether it is in.
    #[cfg_attr(feature = "schema", serde(rename = "in"))]
    pub is_in: bool,
}

/// What one member wrote.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MemberValue {
    /// What was written.
    pub value: Value,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub at: Stamp,
}

impl Plain for SetMember {
    fn to_value(&self) -> Value {
        let mut object = Object::new();
        put(&mut object, "at", self.at.to_value());
        put(&mut object, "in", self.is_in.into());
        object.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self { at: take(object, "at")?, is_in: take(object, "in")? })
    }
}

crate::serde_by_plain!(SetMember);
crate::plain!(MemberValue { value, at });

impl Plain for FieldState {
    fn to_value(&self) -> Value {
        match self {
            Self::Last { value, at } => variant("last", MemberValue { value: value.clone(), at: *at }.to_value()),
            Self::Both { versions, replaced } => {
                let mut both = Object::new();
                put(&mut both, "versions", versions.to_value());
                put_unless_default(&mut both, "replaced", replaced);
                variant("both", both.into())
            }
            Self::Set(keys) => variant("set", keys.to_value()),
            Self::PerMember(values) => variant("per_member", values.to_value()),
            Self::Unknown(value) => value.clone(),
        }
    }

    /// What is not one of the known kinds is kept as it came.
    fn from_value(value: &Value) -> Option<Self> {
        Some(read(value).unwrap_or_else(|| Self::Unknown(value.clone())))
    }
}

crate::serde_by_plain!(FieldState);

fn read(value: &Value) -> Option<FieldState> {
    let (kind, body) = read_variant(value).filter(|_| value.is_object())?;
    match kind {
        "last" => MemberValue::from_value(body).map(|MemberValue { value, at }| FieldState::Last { value, at }),
        "both" => {
            let body = body.as_object()?;
            Some(FieldState::Both { versions: take(body, "versions")?, replaced: take_or_default(body, "replaced")? })
        }
        "set" => Plain::from_value(body).map(FieldState::Set),
        "per_member" => Plain::from_value(body).map(FieldState::PerMember),
        _ => None,
    }
}

impl FieldState {
    /// Takes in another version of this field.
    pub fn merge(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Last { value, at }, Self::Last { value: other_value, at: other_at }) => {
                if is_later((*other_at, other_value), (*at, value)) {
                    *value = other_value.clone();
                    *at = *other_at;
                }
            }
            (Self::Both { versions, replaced }, Self::Both { versions: other_versions, replaced: other_replaced }) => {
                replaced.extend(other_replaced);
                for (stamp, theirs) in other_versions {
                    let ours = versions.get_or_insert_with(*stamp, || theirs.clone());
                    if text_of(theirs) > text_of(ours) {
                        *ours = theirs.clone();
                    }
                }
                versions.retain(|stamp, _| !replaced.contains(stamp));
            }
            (Self::Set(keys), Self::Set(other_keys)) => {
                for (key, theirs) in other_keys {
                    let ours = keys.get_or_insert_with(key.clone(), || *theirs);
                    *ours = (*ours).max(*theirs);
                }
            }
            (Self::PerMember(values), Self::PerMember(other_values)) => {
                for (member, theirs) in other_values {
                    let ours = values.get_or_insert_with(*member, || theirs.clone());
                    if is_later((theirs.at, &theirs.value), (ours.at, &ours.value)) {
                        *ours = theirs.clone();
                    }
                }
            }
            (Self::Unknown(value), Self::Unknown(other_value)) => {
                if text_of(other_value) > text_of(value) {
                    *value = other_value.clone();
                }
            }
            // Two kinds under one name can only come from a broken writer; the same one wins everywhere.
            (ours, theirs) => {
                if theirs.rank() > ours.rank() {
                    *ours = theirs.clone();
                }
            }
        }
    }

    /// Returns the value of a last-writer field.
    pub fn last(&self) -> Option<&Value> {
        if let Self::Last { value, .. } = self { Some(value) } else { None }
    }

    /// Returns every stamp in this field.
    pub fn stamps(&self) -> Vec<Stamp> {
        match self {
            Self::Last { at, .. } => vec![*at],
            Self::Both { versions, replaced } => versions.keys().chain(replaced).copied().collect(),
            Self::Set(keys) => keys.values().map(|key| key.at).collect(),
            Self::PerMember(values) => values.values().map(|value| value.at).collect(),
            Self::Unknown(_) => Vec::new(),
        }
    }

    /// Replaces stamps by what `correct` says of them.
    pub fn restamp(&mut self, correct: &dyn Fn(Stamp) -> Stamp) {
        match self {
            Self::Last { at, .. } => *at = correct(*at),
            Self::Both { versions, replaced } => {
                *versions = std::mem::take(versions).into_iter().map(|(at, v)| (correct(at), v)).collect();
                *replaced = replaced.iter().map(|at| correct(*at)).collect();
            }
            Self::Set(keys) => keys.values_mut().for_each(|key| key.at = correct(key.at)),
            Self::PerMember(values) => values.values_mut().for_each(|value| value.at = correct(value.at)),
            Self::Unknown(_) => {}
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Unknown(_) => 0,
            Self::Last { .. } => 1,
            Self::Both { .. } => 2,
            Self::Set(_) => 3,
            Self::PerMember(_) => 4,
        }
    }
}

/// Orders writes by stamp; two values under one stamp (a broken writer) by their text, so that all agree.
fn is_later(new: (Stamp, &Value), old: (Stamp, &Value)) -> bool {
    new.0 > old.0 || (new.0 == old.0 && text_of(new.1) > text_of(old.1))
}

fn text_of(value: &Value) -> String {
    value.to_string()
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{NodeId, Timestamp};

    pub(crate) fn stamp(at_ms: u64, node: u64) -> Stamp {
        Stamp { at: Timestamp::from_ms(at_ms), count: 0, node: NodeId(node) }
    }

    fn stamps() -> impl Strategy<Value = Stamp> {
        (0_u64..6, 0_u64..3).prop_map(|(at_ms, node)| stamp(at_ms, node))
    }

    fn values() -> impl Strategy<Value = Value> {
        prop_oneof![Just(json!(null)), (0_i64..4).prop_map(Value::from), "[ab]{0,2}".prop_map(Value::from)]
    }

    fn members() -> impl Strategy<Value = MemberId> {
        (0_u8..3).prop_map(|n| MemberId::from_uuid(uuid::Uuid::from_bytes([n; 16])))
    }

    pub(crate) fn fields() -> impl Strategy<Value = FieldState> {
        prop_oneof![
            (values(), stamps()).prop_map(|(value, at)| FieldState::Last { value, at }),
            (prop::collection::btree_map(stamps(), values(), 0..4), prop::collection::btree_set(stamps(), 0..3))
                .prop_map(|(mut versions, replaced)| {
                    versions.retain(|at, _| !replaced.contains(at));
                    FieldState::Both {
                        versions: versions.into_iter().collect(),
                        replaced: replaced.into_iter().collect(),
                    }
                }),
            prop::collection::btree_map(
                "[xyz]",
                (stamps(), any::<bool>()).prop_map(|(at, is_in)| SetMember { at, is_in }),
                0..4
            )
            .prop_map(|keys| FieldState::Set(keys.into_iter().collect())),
            prop::collection::btree_map(
                members(),
                (values(), stamps()).prop_map(|(value, at)| MemberValue { value, at }),
                0..4
            )
            .prop_map(|values| FieldState::PerMember(values.into_iter().collect())),
            values().prop_map(FieldState::Unknown),
        ]
    }

    fn merged(a: &FieldState, b: &FieldState) -> FieldState {
        let mut a = a.clone();
        a.merge(b);
        a
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn merge_does_not_depend_on_order(a in fields(), b in fields()) {
            prop_assert_eq!(merged(&a, &b), merged(&b, &a));
        }

        #[test]
        fn merge_does_not_depend_on_grouping(a in fields(), b in fields(), c in fields()) {
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        }

        #[test]
        fn merging_again_changes_nothing(a in fields(), b in fields()) {
            let once = merged(&a, &b);
            prop_assert_eq!(&merged(&once, &b), &once);
            prop_assert_eq!(&merged(&once, &once), &once);
        }

        #[test]
        fn a_field_is_read_back_from_its_text(a in fields()) {
            let text = serde_json::to_string(&a).unwrap();
            prop_assert_eq!(serde_json::from_str::<FieldState>(&text).unwrap(), a);
        }
    }

    #[test]
    fn a_version_that_was_seen_and_replaced_stays_away() {
        let first = FieldState::Both { versions: [(stamp(1, 1), json!("one"))].into(), replaced: [].into() };
        let second =
            FieldState::Both { versions: [(stamp(2, 1), json!("two"))].into(), replaced: [stamp(1, 1)].into() };
        let apart = FieldState::Both { versions: [(stamp(2, 2), json!("apart"))].into(), replaced: [].into() };
        let FieldState::Both { versions, .. } = merged(&merged(&second, &apart), &first) else {
            panic!("the kind stays");
        };
        assert_eq!(versions.into_values().collect::<Vec<_>>(), [json!("two"), json!("apart")]);
    }

    #[test]
    fn a_kind_of_field_from_a_later_version_is_kept_as_it_came() {
        let text = r#"{"counter":{"n":3}}"#;
        let field: FieldState = serde_json::from_str(text).unwrap();
        assert!(matches!(field, FieldState::Unknown(_)));
        assert_eq!(serde_json::to_string(&field).unwrap(), text);
    }
}
