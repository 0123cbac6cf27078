//! One transaction: read, write, commit. Whatever is not committed is rolled back.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::StoreError;
use crate::rows::JsKey;
use crate::schema::GROUP;

pub(crate) struct Transaction<'a>(indexed_db_futures::transaction::Transaction<'a>);

impl<'a> Transaction<'a> {
    pub(crate) fn read(database: &'a Database, stores: &[&str]) -> Result<Self, StoreError> {
        Ok(Self(database.transaction(stores).build()?))
    }

    /// Begins a transaction whose completion means that the bytes are on disk.
    pub(crate) fn write(database: &'a Database, stores: &[&str]) -> Result<Self, StoreError> {
        Self::begin(database, stores, TransactionDurability::Strict)
    }

    /// Begins a transaction for what can be had again from the server: its completion does not wait for the disk.
    pub(crate) fn write_relaxed(database: &'a Database, stores: &[&str]) -> Result<Self, StoreError> {
        Self::begin(database, stores, TransactionDurability::Relaxed)
    }

    fn begin(database: &'a Database, stores: &[&str], durability: TransactionDurability) -> Result<Self, StoreError> {
        let options = TransactionOptions::new().with_durability(durability);
        let builder = database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(options);
        Ok(Self(builder.build()?))
    }

    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        store: &str,
        key: impl Into<JsKey>,
    ) -> Result<Option<T>, StoreError> {
        let store = self.0.object_store(store)?;
        let value = store.get::<JsValue, JsValue, _>(JsValue::from(key.into())).primitive()?.await?;
        value.map(|value| Ok(serde_wasm_bindgen::from_value(value)?)).transpose()
    }

    pub(crate) async fn all<T: DeserializeOwned>(&self, store: &str) -> Result<Vec<T>, StoreError> {
        let store = self.0.object_store(store)?;
        let values = store.get_all::<JsValue>().primitive()?.await?;
        values.map(|value| Ok(serde_wasm_bindgen::from_value(value?)?)).collect()
    }

    /// Returns the values of a group, in key order.
    pub(crate) async fn group<T: DeserializeOwned>(&self, store: &str, group: &str) -> Result<Vec<T>, StoreError> {
        let store = self.0.object_store(store)?;
        let index = store.index(GROUP)?;
        let values = index.get_all::<JsValue>().with_query(JsValue::from(group)).primitive()?.await?;
        values.map(|value| Ok(serde_wasm_bindgen::from_value(value?)?)).collect()
    }

    /// Writes; what goes wrong is heard at the commit at the latest.
    pub(crate) fn put(&self, store: &str, value: &impl Serialize) -> Result<(), StoreError> {
        let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
        self.0.object_store(store)?.put(value).primitive()?;
        Ok(())
    }

    pub(crate) fn delete(&self, store: &str, key: impl Into<JsKey>) -> Result<(), StoreError> {
        let store = self.0.object_store(store)?;
        store.delete(JsValue::from(key.into())).primitive()?;
        Ok(())
    }

    /// Ends the transaction; returns when the browser said `complete`.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}
