//! Large objects: the bytes of pictures and voice notes, in a folder.
//!
//! A medium is stored once per project, whoever sent it; who may read it is the database's business.

mod form;
mod partial;
mod place;

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use domain::{MediaHash, ProjectId};
use futures_util::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{GetResult, ObjectStore, ObjectStoreExt, Result};
use tokio::sync::{Mutex, MutexGuard};

pub(crate) use form::Form;
pub(crate) use partial::{Partial, PartialFile, Partials};
pub(crate) use place::Place;

/// The store of large objects. What it confirmed is on disk.
pub(crate) struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: PathBuf,
    /// Pictures whose first byte falls on the same lock wait for each other.
    locks: [Mutex<()>; LOCKS],
}

const LOCKS: usize = 256;

impl Objects {
    /// Opens the store in this folder, which must exist.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let store = Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true));
        Ok(Self { store, folder: folder.to_owned(), locks: std::array::from_fn(|_| Mutex::new(())) })
    }

    /// Keeps others from storing or removing these bytes while a decision about them is made and carried out.
    pub(crate) async fn lock(&self, sha256: MediaHash) -> MutexGuard<'_, ()> {
        self.locks[usize::from(sha256.0[0]) % LOCKS].lock().await
    }

    /// Stores a form of a medium; returns once it would survive a power cut.
    pub(crate) async fn put(&self, project: ProjectId, sha256: MediaHash, form: Form, bytes: Bytes) -> Result<()> {
        self.store.put(&key(project, sha256, form), bytes.into()).await.map(drop)
    }

    /// Names the place of what is sent, in this form.
    pub(crate) fn place(&self, project: ProjectId, sha256: MediaHash, form: Form) -> Place {
        let path = self.folder.join(key(project, sha256, form).as_ref());
        Place::new(path, self.folder.clone())
    }

    /// Returns how many bytes a medium has as it was sent, or `None` when it is not there.
    pub(crate) async fn size(&self, project: ProjectId, sha256: MediaHash) -> Result<Option<u64>> {
        for form in Form::AS_SENT {
            match self.store.head(&key(project, sha256, form)).await {
                Ok(found) => return Ok(Some(found.size)),
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// Returns a form of a medium, or `None` when it is not there.
    pub(crate) async fn get(&self, project: ProjectId, sha256: MediaHash, form: Form) -> Result<Option<GetResult>> {
        match self.store.get(&key(project, sha256, form)).await {
            Ok(found) => Ok(Some(found)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a medium in all its forms; one that is not there is as good as removed.
    pub(crate) async fn delete(&self, project: ProjectId, sha256: MediaHash) -> Result<()> {
        for form in Form::ALL {
            match self.store.delete(&key(project, sha256, form)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Returns what is stored: per medium how many bytes it has as it was sent, if that is there.
    pub(crate) async fn list(&self) -> Result<BTreeMap<(ProjectId, MediaHash), Option<u64>>> {
        let mut media = BTreeMap::new();
        let mut found = self.store.list(None);
        while let Some(object) = found.try_next().await? {
            let Some((project, sha256, form)) = read_key(&object.location) else { continue };
            let sent = media.entry((project, sha256)).or_insert(None);
            if Form::AS_SENT.contains(&form) {
                *sent = Some(object.size);
            }
        }
        Ok(media)
    }

    /// Removes what was being written when the server was killed, and moves up what earlier versions kept in a folder for each
    /// first byte of a hash. Nothing may be writing.
    pub(crate) fn tidy(&self) -> io::Result<()> {
        staged(&self.folder)?.into_iter().try_for_each(std::fs::remove_file)?;
        for project in folders(&self.folder)? {
            let former = folders(&project)?;
            for file in former.iter().map(|folder| partial::files(folder)).collect::<io::Result<Vec<_>>>()?.concat() {
                std::fs::rename(&file, project.join(file.file_name().unwrap_or_default()))?;
            }
            if !former.is_empty() {
                sync_folder(&project)?;
                former.into_iter().try_for_each(std::fs::remove_dir)?;
            }
        }
        Ok(())
    }

    /// Finds out whether something can be stored.
    pub(crate) async fn check(&self) -> Result<()> {
        self.store.put(&Key::from("health"), Bytes::from_static(b"ok").into()).await.map(drop)
    }
}

/// Returns where media lie below the data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("media")
}

/// Counts the uploads that the store was writing for a project, now or when it was killed. What the server makes itself of what
/// it holds is none: it makes that again where it was killed.
pub(crate) fn count_staged(data: &Path, project: ProjectId) -> io::Result<usize> {
    let files = staged(&folder(data).join(project.to_string()))?;
    let is_sent = |file: &&PathBuf| {
        let name = file.to_string_lossy();
        Form::AS_SENT.iter().any(|form| name.contains(&format!(".{}#", form.extension())))
    };
    Ok(files.iter().filter(is_sent).count())
}

/// Files that are being written: the store calls them `NAME#NUMBER`.
fn staged(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = partial::files(folder)?;
    files.retain(|file| file.file_name().is_some_and(|name| name.to_string_lossy().contains('#')));
    Ok(files)
}

fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    folders.retain(|path| path.is_dir());
    Ok(folders)
}

/// Makes sure that the names in a folder would survive a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn key(project: ProjectId, sha256: MediaHash, form: Form) -> Key {
    Key::from(format!("{project}/{sha256}.{}", form.extension()))
}

fn read_key(key: &Key) -> Option<(ProjectId, MediaHash, Form)> {
    let (project, name) = key.as_ref().split_once('/')?;
    let (hash, extension) = name.split_once('.')?;
    let form = Form::ALL.into_iter().find(|form| form.extension() == extension)?;
    Some((project.parse().ok()?, hash.parse().ok()?, form))
}
