//! Stored values. Bodies are JSON text: the domain reads and writes them, unknown fields and all.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::StoreError;

/// A value of most stores.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) id: JsKey,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) group: String,
    pub(crate) body: String,
}

/// A key: text, or a number for the outbox, which is read in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum JsKey {
    Text(String),
    Number(f64),
}

impl From<&str> for JsKey {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for JsKey {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<JsKey> for JsValue {
    fn from(key: JsKey) -> Self {
        match key {
            JsKey::Text(text) => text.into(),
            JsKey::Number(number) => number.into(),
        }
    }
}

impl Row {
    pub(crate) fn new(id: impl Into<JsKey>, group: &str, body: &impl Serialize) -> Result<Self, StoreError> {
        Ok(Self { id: id.into(), group: group.to_owned(), body: serde_json::to_string(body)? })
    }

    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        Ok(serde_json::from_str(&self.body)?)
    }
}

/// An own photo's bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MediaRow {
    pub(crate) id: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) large: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) small: JsValue,
}

/// Another's photo, as fetched.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FetchedRow {
    pub(crate) id: String,
    pub(crate) group: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) bytes: JsValue,
}

/// A draft's photo: the file as chosen, replaced by the pictures made of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct DraftPhotoRow {
    pub(crate) id: String,
    pub(crate) group: String,
    /// JSON of [`crate::PhotoBody`].
    pub(crate) body: String,
    /// The chosen file while waiting, the large picture when ready.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) large: JsValue,
    /// The small picture when ready, else undefined.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub(crate) small: JsValue,
}
