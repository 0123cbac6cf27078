//! One transaction: read, write, commit. Whatever is not committed is rolled back.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::{Array, JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionDurability, IdbTransactionMode,
    IdbTransactionOptions,
};

use crate::StoreError;
use crate::rows::Stored;
use crate::schema::GROUP;

pub(crate) struct Transaction<'a> {
    transaction: IdbTransaction,
    is_ended: bool,
    /// It ends with its connection at the latest.
    connection: PhantomData<&'a IdbDatabase>,
}

impl<'a> Transaction<'a> {
    pub(crate) fn read(database: &'a IdbDatabase, stores: &[&str]) -> Result<Self, StoreError> {
        Self::begin(database, stores, IdbTransactionMode::Readonly, IdbTransactionDurability::Default)
    }

    /// Begins a transaction whose completion means that the bytes are on disk.
    pub(crate) fn write(database: &'a IdbDatabase, stores: &[&str]) -> Result<Self, StoreError> {
        Self::begin(database, stores, IdbTransactionMode::Readwrite, IdbTransactionDurability::Strict)
    }

    /// Begins a transaction for what can be had again from the server: its completion does not wait for the disk.
    pub(crate) fn write_relaxed(database: &'a IdbDatabase, stores: &[&str]) -> Result<Self, StoreError> {
        Self::begin(database, stores, IdbTransactionMode::Readwrite, IdbTransactionDurability::Relaxed)
    }

    fn begin(
        database: &'a IdbDatabase,
        stores: &[&str],
        mode: IdbTransactionMode,
        durability: IdbTransactionDurability,
    ) -> Result<Self, StoreError> {
        let names: Vec<JsString> = stores.iter().map(|name| JsString::from(*name)).collect();
        let options = IdbTransactionOptions::new();
        options.set_durability(durability);
        let transaction = database.transaction_with_str_sequence_and_mode_and_options(&names, mode, &options)?;
        Ok(Self { transaction, is_ended: false, connection: PhantomData })
    }

    pub(crate) async fn get<T: Stored>(&self, store: &str, key: impl Into<JsValue>) -> Result<Option<T>, StoreError> {
        let value = Brought::by(self.store(store)?.get(&key.into())?).await?;
        if value.is_undefined() { Ok(None) } else { T::read(&value).map(Some) }
    }

    pub(crate) async fn all<T: Stored>(&self, store: &str) -> Result<Vec<T>, StoreError> {
        read_values(&Brought::by(self.store(store)?.get_all()?).await?)
    }

    /// Returns the values of a group, in key order.
    pub(crate) async fn group<T: Stored>(&self, store: &str, group: &str) -> Result<Vec<T>, StoreError> {
        let index = self.store(store)?.index(GROUP)?;
        read_values(&Brought::by(index.get_all_with_key(&group.into())?).await?)
    }

    /// Writes; what goes wrong is heard at the commit at the latest.
    pub(crate) fn put(&self, store: &str, value: &impl Stored) -> Result<(), StoreError> {
        self.store(store)?.put(&value.write()?)?;
        Ok(())
    }

    pub(crate) fn delete(&self, store: &str, key: impl Into<JsValue>) -> Result<(), StoreError> {
        self.store(store)?.delete(&key.into())?;
        Ok(())
    }

    /// Ends the transaction; returns when the browser said `complete`.
    #[expect(deprecated, reason = "by web-sys alone; browsers and their standard have nothing against it")]
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.is_ended = true;
        let transaction = &self.transaction;
        let ended = answer(&mut |complete, abort| {
            transaction.set_oncomplete(Some(complete));
            transaction.set_onabort(Some(abort));
        });
        // One that the browser has aborted cannot be committed any more.
        let is_ended = transaction.commit().is_ok() && ended.await.is_ok();
        if is_ended { Ok(()) } else { Err(transaction.error().map_or(StoreError::Full, |why| StoreError::of(&why))) }
    }

    fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        Ok(self.transaction.object_store(name)?)
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.is_ended {
            // One that has ended by itself has nothing to roll back.
            let _ = self.transaction.abort();
        }
    }
}

fn read_values<T: Stored>(values: &JsValue) -> Result<Vec<T>, StoreError> {
    values.unchecked_ref::<Array>().iter().map(|value| T::read(&value)).collect()
}

/// What a request brings. A future by name, so that its code stands once in the wasm.
pub(crate) struct Brought {
    request: IdbRequest,
    answer: JsFuture,
}

impl Brought {
    pub(crate) fn by(request: IdbRequest) -> Self {
        let answer = answer(&mut |success, error| {
            request.set_onsuccess(Some(success));
            request.set_onerror(Some(error));
        });
        Self { request, answer }
    }
}

impl Future for Brought {
    type Output = Result<JsValue, StoreError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.answer).poll(context).map(|answered| match answered {
            Ok(_) => Ok(self.request.result()?),
            Err(_) => Err(StoreError::of(&self.request.error()?.ok_or(JsValue::UNDEFINED)?)),
        })
    }
}

/// Returns what ends when one of two listeners is called, which `listen` puts in their places.
fn answer(listen: &mut dyn FnMut(&js_sys::Function, &js_sys::Function)) -> JsFuture {
    Promise::new(&mut |good, bad| listen(&good, &bad)).into()
}
