//! Opening the database, and opening it again when the browser closed it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbVersionChangeEvent};

use crate::blob::Keeping;
use crate::device::of_global;
use crate::rows::FetchedRow;
use crate::schema::{self, FETCHED};
use crate::transaction::{Brought, Transaction};
use crate::{StoreError, blob};

/// The phone's memory: a handle that is cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Rc<Inner>,
}

struct Inner {
    database: RefCell<Option<IdbDatabase>>,
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
        work: impl AsyncFn(&IdbDatabase) -> Result<T, StoreError>,
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

    async fn database(&self) -> Result<IdbDatabase, StoreError> {
        let open = self.inner.database.borrow().clone();
        match open {
            Some(database) => Ok(database),
            None => self.connect().await,
        }
    }

    async fn connect(&self) -> Result<IdbDatabase, StoreError> {
        let factory: IdbFactory = of_global("indexedDB").dyn_into().map_err(|_| StoreError::Refused)?;
        let request = factory.open_with_u32(schema::NAME, schema::VERSION)?;
        let asked = request.clone();
        let upgrade =
            Closure::once(move |event: IdbVersionChangeEvent| schema::upgrade(event.old_version(), &result(&asked)?));
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        Brought::by(request.clone().into()).await?;
        let database = result(&request)?;
        *self.inner.database.borrow_mut() = Some(database.clone());
        self.give_way(&database);
        Ok(database)
    }

    /// Closes the connection when another tab wants a newer schema, so that it is never blocked by us.
    fn give_way(&self, database: &IdbDatabase) {
        let inner = Rc::downgrade(&self.inner);
        let over = Closure::<dyn Fn(Event)>::new(move |event: Event| {
            let Some(inner) = inner.upgrade() else { return };
            if let Some(database) = inner.database.take() {
                database.close();
            }
            if event.type_() == "versionchange" {
                (inner.on_newer)();
            }
        });
        database.set_onversionchange(Some(over.as_ref().unchecked_ref()));
        database.set_onclose(Some(over.as_ref().unchecked_ref()));
        // There are as many as connections, which are few.
        over.forget();
    }

    /// Puts a tiny Blob and takes it back: the one sure way to know whether Blobs are kept here.
    ///
    /// In two transactions. Of a Blob that is put and deleted in one, WebKit leaves an empty file, under the name that it gives to
    /// the next Blob as well; whose bytes are lost then. Taken back by itself, such a file of before goes too.
    async fn probe_keeping(&self) -> Result<Keeping, StoreError> {
        let Ok(blob) = Blob::new() else { return Ok(Keeping::Buffers) };
        let row = FetchedRow { id: "probe".into(), group: String::new(), bytes: blob.into() };
        let probed = self
            .with(async |database| {
                for is_put in [true, false] {
                    let transaction = Transaction::write_relaxed(database, &[FETCHED])?;
                    match is_put {
                        true => transaction.put(FETCHED, &row)?,
                        false => transaction.delete(FETCHED, "probe")?,
                    }
                    transaction.commit().await?;
                }
                Ok(())
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
    pub(crate) async fn form(&self, bytes: &Blob) -> Result<JsValue, StoreError> {
        blob::Keeping::form(self.keeping(), bytes).await
    }
}

/// Returns the database that was asked for.
fn result(request: &IdbOpenDbRequest) -> Result<IdbDatabase, JsValue> {
    Ok(request.result()?.unchecked_into())
}
