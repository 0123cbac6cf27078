//! Where a medium lies: its bytes come there whole and on disk, or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::{Form, Objects, Partials, sync_folder};
use crate::repositories::media::MediumKey;

impl Objects {
    /// Stores a medium that came whole, in place of what is held of it; returns once it would survive a power cut.
    pub(crate) async fn put_whole(
        &self,
        key: MediumKey,
        form: Form,
        bytes: Vec<u8>,
        partials: Partials,
    ) -> io::Result<()> {
        let place = self.place(key.project, key.sha256, form);
        blocking(move || {
            place.write(&bytes)?;
            partials.forget(key)
        })
        .await
    }
}

/// Where a medium lies, or will. Whoever changes what is there holds the lock of its hash.
pub(crate) struct Place {
    path: PathBuf,
    top: PathBuf,
}

impl Place {
    /// Names a place below the folder of media.
    pub(super) const fn new(path: PathBuf, top: PathBuf) -> Self {
        Self { path, top }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut staged = self.path.clone().into_os_string();
        staged.push(STAGED);
        let staged = PathBuf::from(staged);
        let moved = self.stage(&staged, bytes).and_then(|()| std::fs::rename(&staged, &self.path));
        if moved.is_err() {
            // On a full disk its room is wanted, and nobody goes on with it.
            let _ = std::fs::remove_file(&staged);
        }
        moved?;
        sync_folder(self.folder())
    }

    fn stage(&self, staged: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = match File::create(staged) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_folder()?;
                File::create(staged)?
            }
            created => created?,
        };
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Moves a file here that is fsynced and lies beside the folder of media; returns once the move would survive a power cut.
    pub(super) fn adopt(&self, from: &Path) -> io::Result<()> {
        match std::fs::rename(from, &self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_folder()?;
                std::fs::rename(from, &self.path)?;
            }
            moved => moved?,
        }
        sync_folder(self.folder())
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.top)
    }

    fn make_folder(&self) -> io::Result<()> {
        let folder = self.folder();
        std::fs::create_dir_all(folder)?;
        let above = folder.ancestors().skip(1);
        above.take_while(|above| above.starts_with(&self.top)).try_for_each(sync_folder)
    }
}

/// As the store of objects calls what it is writing: there a number follows.
const STAGED: &str = "#";

/// Does what waits for the disk where nobody else waits for it.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
