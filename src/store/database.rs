//! Opening the database, and opening it again when the browser closed it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Blob;

use crate::blob::Keeping;
use crate::rows::FetchedRow;
use crate::schema::{self, FETCHED};
use crate::transaction::Transaction;
use crate::{StoreError, blob};

/// The phone's memory: a handle that is cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Rc<Inner>,
}

struct Inner {
    database: RefCell<Option<Database>>,
    keeping: Cell<Keeping>,
    /// What a new phone takes as its node.
    fresh_node: u64,
    /// Called when another tab needs a newer schema: this page must reload.
    on_newer: Box<dyn Fn()>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        // The browser keeps a connection open until it is told, and an open one blocks the next schema.
        if let Some(database) = self.database.take() {
            database.close();
        }
    }
}

impl Store {
    /// Opens the database, bringing it to today's schema. `fresh_node` is a random number, which a new phone takes as its
    /// part of stamps. `on_newer` is called when a newer version of the app, in
    /// another tab, takes the database over; this page then has to reload.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when it was made by a newer version, [`StoreError::Refused`] when there is none.
    pub async fn open(fresh_node: u64, on_newer: impl Fn() + 'static) -> Result<Self, StoreError> {
        let inner = Inner {
            database: RefCell::new(None),
            keeping: Cell::new(Keeping::Blobs),
            fresh_node,
            on_newer: Box::new(on_newer),
        };
        let store = Self { inner: Rc::new(inner) };
        store.connect().await?;
        store.inner.keeping.set(store.probe_keeping().await?);
        Ok(store)
    }

    /// Returns the form in which this browser keeps bytes.
    pub fn keeping(&self) -> Keeping {
        self.inner.keeping.get()
    }

    pub(crate) fn fresh_node(&self) -> u64 {
        self.inner.fresh_node
    }

    /// Runs `work` on the open database; when the browser closed it under our feet, opens it again and runs once more.
    pub(crate) async fn with<T>(
        &self,
        work: impl AsyncFn(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut is_second_try = false;
        // One place that awaits the work, so that its code stands once in the wasm.
        loop {
            let database = self.database().await?;
            match work(&database).await {
                Err(StoreError::Closed) if !is_second_try => {
                    is_second_try = true;
                    self.inner.database.take();
                }
                done => return done,
            }
        }
    }

    async fn database(&self) -> Result<Database, StoreError> {
        let open = self.inner.database.borrow().clone();
        match open {
            Some(database) => Ok(database),
            None => self.connect().await,
        }
    }

    async fn connect(&self) -> Result<Database, StoreError> {
        let database = Database::open(schema::NAME)
            .with_version(schema::VERSION)
            .with_on_upgrade_needed(|event, database| schema::upgrade(&event, &database))
            .build()?
            .await?;
        *self.inner.database.borrow_mut() = Some(database.clone());
        self.give_way(&database)?;
        Ok(database)
    }

    /// Closes the connection when another tab wants a newer schema, so that it is never blocked by us.
    fn give_way(&self, database: &Database) -> Result<(), StoreError> {
        let mut changes = database.version_changes()?;
        let inner = Rc::downgrade(&self.inner);
        spawn_local(async move {
            let change = changes.recv().await;
            let Some(inner) = inner.upgrade() else { return };
            if let Some(database) = inner.database.take() {
                database.close();
            }
            if change.is_some() {
                (inner.on_newer)();
            }
        });
        Ok(())
    }

    /// Puts a tiny Blob and takes it back: the one sure way to know whether Blobs are kept here.
    async fn probe_keeping(&self) -> Result<Keeping, StoreError> {
        let Ok(blob) = Blob::new() else { return Ok(Keeping::Buffers) };
        let row = FetchedRow { id: "probe".into(), group: String::new(), bytes: blob.into() };
        let probed = self
            .with(async |database| {
                let transaction = Transaction::write_relaxed(database, &[FETCHED])?;
                transaction.put(FETCHED, &row)?;
                transaction.delete(FETCHED, "probe")?;
                transaction.commit().await
            })
            .await;
        match probed {
            Ok(()) => Ok(Keeping::Blobs),
            Err(StoreError::Closed | StoreError::NewerSchema) => Err(StoreError::Closed),
            // A full disk refuses too; then every save says so itself.
            Err(StoreError::Full) => Ok(Keeping::Blobs),
            Err(StoreError::Refused | StoreError::Corrupt(_) | StoreError::Failed(_)) => Ok(Keeping::Buffers),
        }
    }

    /// Returns bytes in the form that this browser keeps.
    pub(crate) async fn form(&self, bytes: &Blob) -> Result<wasm_bindgen::JsValue, StoreError> {
        blob::Keeping::form(self.keeping(), bytes).await
    }
}
