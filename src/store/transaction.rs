//! One transaction: read, write, commit. Whatever is not committed is rolled back.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};
use wasm_bindgen::JsValue;

use crate::StoreError;
use crate::rows::Stored;
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

    pub(crate) async fn get<T: Stored>(&self, store: &str, key: impl Into<JsValue>) -> Result<Option<T>, StoreError> {
        let value = self.value(store, key.into()).await?;
        value.as_ref().map(T::read).transpose()
    }

    pub(crate) async fn all<T: Stored>(&self, store: &str) -> Result<Vec<T>, StoreError> {
        let store = self.0.object_store(store)?;
        let values = store.get_all::<JsValue>().primitive()?.await?;
        values.map(|value| T::read(&value?)).collect()
    }

    /// Returns the values of a group, in key order.
    pub(crate) async fn group<T: Stored>(&self, store: &str, group: &str) -> Result<Vec<T>, StoreError> {
        let store = self.0.object_store(store)?;
        let index = store.index(GROUP)?;
        let values = index.get_all::<JsValue>().with_query(JsValue::from(group)).primitive()?.await?;
        values.map(|value| T::read(&value?)).collect()
    }

    /// Writes; what goes wrong is heard at the commit at the latest.
    pub(crate) fn put(&self, store: &str, value: &impl Stored) -> Result<(), StoreError> {
        self.0.object_store(store)?.put(value.write()?).primitive()?;
        Ok(())
    }

    pub(crate) fn delete(&self, store: &str, key: impl Into<JsValue>) -> Result<(), StoreError> {
        let store = self.0.object_store(store)?;
        store.delete::<JsValue, _>(key.into()).primitive()?;
        Ok(())
    }

    /// Ends the transaction; returns when the browser said `complete`.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }

    async fn value(&self, store: &str, key: JsValue) -> Result<Option<JsValue>, StoreError> {
        let store = self.0.object_store(store)?;
        Ok(store.get::<JsValue, JsValue, _>(key).primitive()?.await?)
    }
}
