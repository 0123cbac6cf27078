//! What every request shares.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Timestamp;
use tokio::sync::{Notify, Semaphore, watch};

use crate::attempts::WrongCodes;
use crate::background::Background;
use crate::claims::Claims;
use crate::client::Client;
use crate::clock::WallClock;
use crate::config::{Config, PublicUrl};
use crate::converter::Converter;
use crate::error::Error;
use crate::known::Tokens;
use crate::objects::{self, Objects, Partials};
use crate::repositories::Database;
use crate::services::arrivals::Arrivals;
use crate::services::check;
use crate::services::events::Events;

/// The server's parts.
pub(crate) struct App {
    /// Records, members, projects.
    pub(crate) db: Database,
    /// Pictures.
    pub(crate) objects: Objects,
    /// Uploads that are not finished.
    pub(crate) partials: Partials,
    /// Which of them run.
    pub(crate) claims: Claims,
    /// Where phones find the server, when that is not where it listens.
    pub(crate) public_url: Option<PublicUrl>,
    /// What is served to browsers.
    pub(crate) client: Client,
    /// Who sent how many wrong codes.
    pub(crate) wrong_codes: WrongCodes,
    /// Pictures that are stored and not yet noted.
    pub(crate) arrivals: Arrivals,
    /// Tokens that were shown a moment ago.
    pub(crate) tokens: Tokens,
    /// Decodes pictures while nobody waits.
    pub(crate) background: Background,
    /// Makes voice notes playable everywhere, where it can.
    pub(crate) converter: Option<Converter>,
    /// Woken when a medium waits for its check.
    pub(crate) medium_arrived: Notify,
    /// How many uploads may be in memory at once, to be checked and stored.
    pub(crate) finishing: Semaphore,
    /// How many small ones may be in memory from their first byte on.
    pub(crate) at_once: Semaphore,
    /// Who listens to what changes.
    pub(crate) events: Events,
    /// True once the server was asked to end.
    pub(crate) ending: watch::Sender<bool>,
    clock: WallClock,
    /// Held while the server runs: the data folder has one server.
    _lock: File,
}

/// Uploads that are read whole, walked and stored at the same time; each has at most eight megabytes.
const FINISHING: usize = 8;

/// Uploads that come and are stored at the same time without ever being partials; each has at most one megabyte.
const AT_ONCE: usize = 64;

impl App {
    /// Opens the data folder, made if it is not there.
    pub(crate) async fn open(config: Config, clock: WallClock) -> Result<Arc<Self>, Error> {
        for folder in [&config.data, &objects::folder(&config.data)] {
            make_folder(folder)?;
        }
        let lock = lock(&config.data)?;
        let objects = Objects::open(&objects::folder(&config.data))?;
        objects.tidy()?;
        let partials = Partials::below(&config.data);
        partials.prepare()?;
        Ok(Arc::new(Self {
            db: Database::open(&database_file(&config.data)).await?,
            objects,
            partials,
            claims: Claims::default(),
            public_url: config.public_url,
            client: Client::new(config.client),
            wrong_codes: WrongCodes::default(),
            arrivals: Arrivals::default(),
            tokens: Tokens::default(),
            background: Background::new(check::decoders())?,
            converter: Converter::find(&config.path, &config.data)?,
            medium_arrived: Notify::new(),
            finishing: Semaphore::new(FINISHING),
            at_once: Semaphore::new(AT_ONCE),
            events: Events::default(),
            ending: watch::Sender::new(false),
            clock,
            _lock: lock,
        }))
    }

    /// Says whether an upload is being stored right now.
    pub(crate) fn is_finishing(&self) -> bool {
        self.finishing.available_permits() < FINISHING || self.at_once.available_permits() < AT_ONCE
    }

    /// Returns the server's time.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Makes a folder that is nobody else's business on this machine; one that is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Returns where the database lies below the data folder.
pub(crate) fn database_file(data: &Path) -> PathBuf {
    data.join("wijkbeeld.sqlite")
}

fn lock(data: &Path) -> io::Result<File> {
    let file = File::create(data.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(io::Error::new(io::ErrorKind::ResourceBusy, "another server is using this data folder"))
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}
