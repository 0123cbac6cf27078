//! Stored values. Bodies are JSON text: the domain reads and writes them, unknown fields and all.
//!
//! Rows are objects of the browser with a handful of texts and bytes, read and written by hand: what serde derives for
//! them is many times as large.

use js_sys::{Object, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::StoreError;
use crate::schema::{GROUP, ID};

/// A value of a store.
pub(crate) trait Stored: Sized {
    /// Reads what the database holds.
    fn read(value: &JsValue) -> Result<Self, StoreError>;

    /// Returns what to put into the database.
    fn write(&self) -> Result<JsValue, StoreError>;
}

const BODY: &str = "body";
const LARGE: &str = "large";
const SMALL: &str = "small";
const BYTES: &str = "bytes";

/// A value of most stores.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Text, or a number for the outbox, which is read in order.
    pub(crate) id: JsValue,
    /// May be empty: then the row is in no group.
    pub(crate) group: String,
    pub(crate) body: String,
}

impl Row {
    pub(crate) fn new(id: impl Into<JsValue>, group: &str, body: &impl Serialize) -> Result<Self, StoreError> {
        Ok(Self { id: id.into(), group: group.to_owned(), body: serde_json::to_string(body)? })
    }

    /// Never inlined: reading a value is much code, which is there once then.
    #[inline(never)]
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

impl Stored for Row {
    fn read(value: &JsValue) -> Result<Self, StoreError> {
        let group = if part(value, GROUP)?.is_undefined() { String::new() } else { text(value, GROUP)? };
        Ok(Self { id: part(value, ID)?, group, body: text(value, BODY)? })
    }

    fn write(&self) -> Result<JsValue, StoreError> {
        let group = (!self.group.is_empty()).then(|| (GROUP, self.group.as_str().into()));
        let parts = [Some((ID, self.id.clone())), group, Some((BODY, self.body.as_str().into()))];
        object(&mut parts.into_iter().flatten())
    }
}

/// An own photo's bytes.
#[derive(Clone, Debug)]
pub(crate) struct MediaRow {
    pub(crate) id: String,
    pub(crate) large: JsValue,
    pub(crate) small: JsValue,
}

impl Stored for MediaRow {
    fn read(value: &JsValue) -> Result<Self, StoreError> {
        Ok(Self { id: text(value, ID)?, large: part(value, LARGE)?, small: part(value, SMALL)? })
    }

    fn write(&self) -> Result<JsValue, StoreError> {
        let parts = [(ID, self.id.as_str().into()), (LARGE, self.large.clone()), (SMALL, self.small.clone())];
        object(&mut parts.into_iter())
    }
}

/// Another's photo, as fetched.
#[derive(Clone, Debug)]
pub(crate) struct FetchedRow {
    pub(crate) id: String,
    pub(crate) group: String,
    pub(crate) bytes: JsValue,
}

impl Stored for FetchedRow {
    fn read(value: &JsValue) -> Result<Self, StoreError> {
        Ok(Self { id: text(value, ID)?, group: text(value, GROUP)?, bytes: part(value, BYTES)? })
    }

    fn write(&self) -> Result<JsValue, StoreError> {
        let parts = [(ID, self.id.as_str().into()), (GROUP, self.group.as_str().into()), (BYTES, self.bytes.clone())];
        object(&mut parts.into_iter())
    }
}

/// A draft's photo. The file as chosen is in it until it is ready.
#[derive(Clone, Debug)]
pub(crate) struct DraftPhotoRow {
    pub(crate) id: String,
    pub(crate) group: String,
    /// JSON of [`crate::PhotoBody`].
    pub(crate) body: String,
    /// The chosen file while waiting, then undefined; until version 3 of the schema the large picture when ready.
    pub(crate) large: JsValue,
    /// Undefined; until version 3 of the schema the small picture when ready.
    pub(crate) small: JsValue,
}

impl Stored for DraftPhotoRow {
    fn read(value: &JsValue) -> Result<Self, StoreError> {
        Ok(Self {
            id: text(value, ID)?,
            group: text(value, GROUP)?,
            body: text(value, BODY)?,
            large: part(value, LARGE)?,
            small: part(value, SMALL)?,
        })
    }

    fn write(&self) -> Result<JsValue, StoreError> {
        let parts = [
            (ID, self.id.as_str().into()),
            (GROUP, self.group.as_str().into()),
            (BODY, self.body.as_str().into()),
            (LARGE, self.large.clone()),
            (SMALL, self.small.clone()),
        ];
        object(&mut parts.into_iter())
    }
}

/// Returns a part of a row; undefined when it has none of this name.
fn part(value: &JsValue, name: &str) -> Result<JsValue, StoreError> {
    Reflect::get(value, &name.into()).map_err(|_| StoreError::Corrupt("a row is no object"))
}

fn text(value: &JsValue, name: &str) -> Result<String, StoreError> {
    part(value, name)?.as_string().ok_or(StoreError::Corrupt("a part of a row is no text"))
}

fn object(parts: &mut dyn Iterator<Item = (&str, JsValue)>) -> Result<JsValue, StoreError> {
    let object = Object::new();
    for (name, part) in parts {
        Reflect::set(&object, &name.into(), &part)?;
    }
    Ok(object.into())
}
