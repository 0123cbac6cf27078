//! What is stored and sent, as JSON values: read and written by hand-sized code instead of derived code.
//!
//! Derived code is made anew for each type and each way of reading, with the words of every possible mistake; every phone
//! loads all of it. Here a type says how it becomes a [`Value`] and comes back, `plain!` says so for a struct in one
//! line, and serde's traits follow from that, so that everybody else uses serde as always.

use std::fmt::Display;
use std::str::FromStr;

pub use serde_json::Value;

use crate::{Map, Set};

/// An object of JSON.
pub type Object = serde_json::Map<String, Value>;

/// A type with one form in JSON.
pub trait Plain: Sized {
    /// Returns its form.
    fn to_value(&self) -> Value;

    /// Reads it; `None` when this is no such thing.
    fn from_value(value: &Value) -> Option<Self>;

    /// What it is where it is not said at all; `None` where it must be said.
    fn missing() -> Option<Self> {
        None
    }
}

/// Reads a part of an object.
pub fn take<T: Plain>(object: &Object, name: &str) -> Option<T> {
    object.get(name).map_or_else(T::missing, T::from_value)
}

/// Reads a part of an object that may be missing.
pub fn take_or_default<T: Plain + Default>(object: &Object, name: &str) -> Option<T> {
    object.get(name).map_or_else(|| Some(T::default()), T::from_value)
}

/// Writes a part of an object.
pub fn put(object: &mut Object, name: &str, value: Value) {
    object.insert(name.to_owned(), value);
}

/// Writes a part of an object that is left out when it says nothing.
pub fn put_unless_default<T: Plain + Default + PartialEq>(object: &mut Object, name: &str, part: &T) {
    if *part != T::default() {
        put(object, name, part.to_value());
    }
}

/// Returns an object with one part: how a variant that holds something is written.
pub fn variant(name: &str, value: Value) -> Value {
    let mut object = Object::new();
    put(&mut object, name, value);
    object.into()
}

/// Reads a variant: its name, and what it holds, if anything.
pub fn read_variant(value: &Value) -> Option<(&str, &Value)> {
    if let Some(name) = value.as_str() {
        return Some((name, &Value::Null));
    }
    let (name, held) = value.as_object().filter(|object| object.len() == 1)?.iter().next()?;
    Some((name, held))
}

/// Says how a struct becomes an object and comes back: its fields, each written and required, unless it is marked
/// `or_default` (always written, may be missing) or `unless_default` (left out when it says nothing).
#[macro_export]
macro_rules! plain {
    ($type:ty { $($field:ident $(: $mode:ident)?),* $(,)? }) => {
        impl $crate::plain::Plain for $type {
            fn to_value(&self) -> $crate::plain::Value {
                let mut object = $crate::plain::Object::new();
                $($crate::plain!(@put object, self.$field, stringify!($field) $(, $mode)?);)*
                object.into()
            }

            fn from_value(value: &$crate::plain::Value) -> Option<Self> {
                let object = value.as_object()?;
                Some(Self { $($field: $crate::plain!(@take object, stringify!($field) $(, $mode)?)?,)* })
            }
        }

        $crate::serde_by_plain!($type);
    };
    (@put $object:ident, $part:expr, $name:expr, unless_default) => {
        $crate::plain::put_unless_default(&mut $object, $name, &$part)
    };
    (@put $object:ident, $part:expr, $name:expr $(, or_default)?) => {
        $crate::plain::put(&mut $object, $name, $crate::plain::Plain::to_value(&$part))
    };
    (@take $object:ident, $name:expr) => { $crate::plain::take($object, $name) };
    (@take $object:ident, $name:expr, $mode:ident) => { $crate::plain::take_or_default($object, $name) };
}

/// Gives types that are [`Plain`] serde's traits.
#[macro_export]
macro_rules! serde_by_plain {
    ($($type:ty),* $(,)?) => { $(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::plain::Plain::to_value(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <$crate::plain::Value as serde::Deserialize>::deserialize(deserializer)?;
                <Self as $crate::plain::Plain>::from_value(&value)
                    .ok_or_else(|| serde::de::Error::custom(concat!("not a ", stringify!($type))))
            }
        }
    )* };
}

/// Says that types are written as their text, and gives them serde's traits.
#[macro_export]
macro_rules! plain_text {
    ($($type:ty),* $(,)?) => { $(
        impl $crate::plain::Plain for $type {
            fn to_value(&self) -> $crate::plain::Value {
                self.to_string().into()
            }

            fn from_value(value: &$crate::plain::Value) -> Option<Self> {
                value.as_str()?.parse().ok()
            }
        }

        $crate::serde_by_plain!($type);
    )* };
}

/// Says that types with `key` and `from_key` are written as their key, and gives them serde's traits.
#[macro_export]
macro_rules! plain_key {
    ($($type:ty),* $(,)?) => { $(
        impl $crate::plain::Plain for $type {
            fn to_value(&self) -> $crate::plain::Value {
                self.key().into()
            }

            fn from_value(value: &$crate::plain::Value) -> Option<Self> {
                Self::from_key(value.as_str()?)
            }
        }

        $crate::serde_by_plain!($type);
    )* };
}

impl Plain for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }

    fn from_value(value: &Value) -> Option<Self> {
        Some(value.clone())
    }
}

impl Plain for Object {
    fn to_value(&self) -> Value {
        self.clone().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_object().cloned()
    }
}

impl Plain for String {
    fn to_value(&self) -> Value {
        self.as_str().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Plain for bool {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Plain for u64 {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Plain for i64 {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Plain for u32 {
    fn to_value(&self) -> Value {
        (*self).into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl<T: Plain> Plain for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_value)
    }

    fn from_value(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_value(value).map(Some) }
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

impl<T: Plain> Plain for Vec<T> {
    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::from_value).collect()
    }
}

impl<T: Plain + Ord> Plain for Set<T> {
    fn to_value(&self) -> Value {
        Value::Array(self.iter().map(T::to_value).collect())
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::from_value).collect()
    }
}

/// Keys are texts in JSON.
impl<K: Ord + Display + FromStr, V: Plain> Plain for Map<K, V> {
    fn to_value(&self) -> Value {
        let mut object = Object::new();
        for (key, value) in self {
            put(&mut object, &key.to_string(), value.to_value());
        }
        object.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_object()?.iter().map(|(key, value)| Some((key.parse().ok()?, V::from_value(value)?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Sample {
        name: String,
        count: u32,
        shift: Option<i64>,
        words: Vec<String>,
        is_new: bool,
    }

    plain!(Sample { name, count, shift, words: or_default, is_new: unless_default });

    fn read(value: Value) -> Option<Sample> {
        let by_serde = serde_json::from_value::<Sample>(value.clone()).ok();
        assert_eq!(by_serde, Sample::from_value(&value));
        by_serde
    }

    #[test]
    fn what_is_written_is_read_back() {
        let full = Sample { name: "a".into(), count: 7, shift: Some(-1), words: vec!["b".into()], is_new: true };
        let text = r#"{"count":7,"is_new":true,"name":"a","shift":-1,"words":["b"]}"#;
        assert_eq!(serde_json::to_string(&full).unwrap(), text);
        assert_eq!(serde_json::from_str::<Sample>(text).unwrap(), full);
    }

    #[test]
    fn what_says_nothing_is_left_out_only_where_the_type_says_so() {
        let empty = Sample::default();
        assert_eq!(empty.to_value(), json!({"name": "", "count": 0, "shift": null, "words": []}));
        assert_eq!(read(json!({"name": "", "count": 0})), Some(empty));
    }

    #[test]
    fn an_unknown_part_is_passed_over() {
        assert_eq!(read(json!({"name": "", "count": 0, "later": {}})), Some(Sample::default()));
    }

    #[test]
    fn what_is_missing_or_of_another_kind_is_refused() {
        for wrong in [
            json!({"count": 0}),
            json!({"name": null, "count": 0}),
            json!({"name": "", "count": -1}),
            json!({"name": "", "count": 1.5}),
            json!({"name": "", "count": 4_294_967_296_u64}),
            json!({"name": "", "count": 0, "shift": "1"}),
            json!({"name": "", "count": 0, "words": null}),
            json!({"name": "", "count": 0, "words": [1]}),
            json!({"name": "", "count": 0, "is_new": 1}),
            json!([]),
            json!(null),
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
    }

    #[test]
    fn a_variant_is_a_name_or_an_object_of_one() {
        assert_eq!(read_variant(&json!("waiting")), Some(("waiting", &Value::Null)));
        assert_eq!(read_variant(&variant("ready", json!(1))), Some(("ready", &json!(1))));
        for wrong in [json!({}), json!({"a": 1, "b": 2}), json!(3)] {
            assert_eq!(read_variant(&wrong), None, "{wrong}");
        }
    }
}
