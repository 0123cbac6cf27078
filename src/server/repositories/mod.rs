//! The database: every SQL statement of the server is below here, in words that SQLite and PostgreSQL both understand.
//!
//! Functions take a connection, so that a service decides what one transaction holds. They know rows, never rules.

pub(crate) mod devices;
pub(crate) mod groups;
pub(crate) mod invitations;
pub(crate) mod links;
pub(crate) mod log;
pub(crate) mod media;
pub(crate) mod members;
pub(crate) mod phones;
pub(crate) mod projects;
pub(crate) mod records;
pub(crate) mod recoveries;
pub(crate) mod stats;

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::sync::Notify;

use crate::random;

/// What every query runs on.
pub(crate) type Connection = SqliteConnection;

/// What a query returns.
pub(crate) type Result<T> = std::result::Result<T, sqlx::Error>;

/// One connection that writes, and a few that only read.
pub(crate) struct Database {
    write: SqlitePool,
    read: SqlitePool,
    wrote: Arc<Notify>,
}

/// A transaction that may write. Dropped without commit, it never was.
pub(crate) struct Writing {
    transaction: Transaction<'static, Sqlite>,
    wrote: Arc<Notify>,
}

impl Writing {
    /// Makes it all last, and says that something was written.
    pub(crate) async fn commit(self) -> Result<()> {
        self.transaction.commit().await?;
        self.wrote.notify_one();
        Ok(())
    }
}

impl Deref for Writing {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.transaction
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.transaction
    }
}

impl Database {
    /// Opens the database in this file, made if it is not there, and brings its tables up to date.
    pub(crate) async fn open(file: &Path) -> Result<Self> {
        let options = options(file).create_if_missing(true);
        let write = pool(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&write).await?;
        let read = pool(4).connect_with(options.read_only(true)).await?;
        let database = Self { write, read, wrote: Arc::default() };
        database.keep_made_up().await?;
        Ok(database)
    }

    /// Opens the database in this file to look at it, beside a server that may be writing.
    pub(crate) async fn open_to_read(file: &Path) -> Result<Self> {
        let read = pool(1).connect_with(options(file).read_only(true)).await?;
        Ok(Self { write: read.clone(), read, wrote: Arc::default() })
    }

    /// Starts a transaction that may write. There is one at a time, so sequence numbers are committed in their order.
    pub(crate) async fn begin(&self) -> Result<Writing> {
        let transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Writing { transaction, wrote: Arc::clone(&self.wrote) })
    }

    /// Returns a connection for a single statement that writes, a transaction of its own. Nobody is told, so it changes no
    /// sequence number.
    pub(crate) async fn write_once(&self) -> Result<PoolConnection<Sqlite>> {
        self.write.acquire().await
    }

    /// Returns what is notified after each commit of this process.
    pub(crate) fn wrote(&self) -> &Notify {
        &self.wrote
    }

    /// Returns a connection for a single question; several that belong together want a [`Self::snapshot`].
    pub(crate) async fn look(&self) -> Result<PoolConnection<Sqlite>> {
        self.read.acquire().await
    }

    /// Starts a transaction that only reads and sees one state of the database from its first query on.
    pub(crate) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>> {
        self.read.begin().await
    }

    /// Leaves nothing of what was deleted in the log of the database either.
    pub(crate) async fn forget(&self) -> Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.write).await?;
        Ok(())
    }

    /// Waits for running queries and closes the files.
    pub(crate) async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }

    /// Makes up what a new database is known by, and what its pseudonyms are made from.
    async fn keep_made_up(&self) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO meta (id, epoch) VALUES (1, $1) ON CONFLICT (id) DO NOTHING")
            .bind(random::hex(&random::bytes::<8>()))
            .execute(&mut *tx)
            .await?;
        sqlx::query("UPDATE meta SET pseudonym_key = $1 WHERE pseudonym_key IS NULL")
            .bind(random::hex(&random::bytes::<32>()))
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}

/// A connection to a file does not break, so none is asked each time whether it still is there.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).test_before_acquire(false)
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        // What is erased is overwritten, not merely unlinked.
        .pragma("secure_delete", "ON")
}

/// Returns which database this is; a cursor carries it.
pub(crate) async fn epoch(conn: &mut Connection) -> Result<String> {
    sqlx::query_scalar("SELECT epoch FROM meta WHERE id = 1").fetch_one(conn).await
}

/// Returns what pseudonyms are made from; it never leaves the server.
pub(crate) async fn pseudonym_key(conn: &mut Connection) -> Result<String> {
    sqlx::query_scalar("SELECT pseudonym_key FROM meta WHERE id = 1").fetch_one(conn).await
}

/// Makes an error of a stored value that cannot be read.
fn unreadable(what: &'static str) -> sqlx::Error {
    sqlx::Error::Decode(format!("a stored {what} cannot be read").into())
}
