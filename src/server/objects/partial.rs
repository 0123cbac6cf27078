//! Uploads that are not finished: each is a file of its own, and stays when it breaks off, so that it can go on from there.
//!
//! What lies where says whose it is (`uploads/PROJECT/MEMBER/SHA256.part`), and its length how far it came: there is nothing
//! beside it that a kill could leave behind wrong.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use domain::{MediaHash, MemberId, ProjectId, Timestamp};
use sha2::{Digest, Sha256};

use super::place::blocking;
use super::{Form, Objects, sync_folder};
use crate::repositories::media::{MediumKey, MediumKind};
use crate::state::make_folder;

/// The uploads that are not finished.
#[derive(Clone)]
pub(crate) struct Partials {
    folder: PathBuf,
}

/// What is known of an upload that is not finished without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Partial {
    /// Whose it is.
    pub(crate) key: MediumKey,
    /// How many bytes arrived.
    pub(crate) bytes: u64,
    /// When the last of them did.
    pub(crate) touched: Timestamp,
}

impl Partials {
    /// Names the uploads of this data folder.
    pub(crate) fn below(data: &Path) -> Self {
        Self { folder: data.join("uploads") }
    }

    /// Makes the folder, and removes from it what is no upload.
    pub(crate) fn prepare(&self) -> io::Result<()> {
        make_folder(&self.folder)?;
        for path in files(&self.folder)? {
            if self.key(&path).is_none() {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Starts an upload anew; also returns the member's others, the longest untouched first.
    pub(crate) async fn start(&self, key: MediumKey) -> io::Result<(PartialFile, Vec<Partial>)> {
        let (partials, path) = (self.clone(), self.path(key));
        blocking(move || {
            let mut options = OpenOptions::new();
            options.write(true).create(true).truncate(true);
            let file = match options.open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    make_folder(folder_of(&path))?;
                    path.ancestors().skip(2).take(2).try_for_each(sync_folder)?;
                    options.open(&path)?
                }
                opened => opened?,
            };
            let mut others = partials.list_in(folder_of(&path))?;
            others.retain(|partial| partial.key != key);
            Ok((PartialFile { path, file: Arc::new(file), length: 0, hasher: Sha256::new() }, others))
        })
        .await
    }

    /// Opens an upload to go on with it; `None` when there is nothing of it.
    pub(crate) async fn resume(&self, key: MediumKey) -> io::Result<Option<PartialFile>> {
        let path = self.path(key);
        blocking(move || {
            let mut file = match OpenOptions::new().read(true).append(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                opened => opened?,
            };
            let (mut hasher, mut length, mut part) = (Sha256::new(), 0, vec![0; READ_BYTES]);
            loop {
                match file.read(&mut part)? {
                    0 => return Ok(Some(PartialFile { path, file: Arc::new(file), length, hasher })),
                    read => {
                        hasher.update(&part[..read]);
                        length += read as u64;
                    }
                }
            }
        })
        .await
    }

    /// Returns how many bytes of an upload would survive a power cut.
    pub(crate) async fn held(&self, key: MediumKey) -> io::Result<u64> {
        let path = self.path(key);
        blocking(move || {
            let file = match File::open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
                opened => opened?,
            };
            file.sync_all()?;
            sync_folder(folder_of(&path))?;
            Ok(file.metadata()?.len())
        })
        .await
    }

    /// Returns the unfinished uploads of a member, the longest untouched first.
    pub(crate) async fn of_member(&self, project: ProjectId, member: MemberId) -> io::Result<Vec<Partial>> {
        let (partials, folder) = (self.clone(), self.folder_of_member(project, member));
        blocking(move || partials.list_in(&folder)).await
    }

    /// Returns every unfinished upload, the longest untouched first.
    pub(crate) fn list(&self) -> io::Result<Vec<Partial>> {
        self.list_in(&self.folder)
    }

    /// Removes an upload; one that is not there is as good as removed.
    pub(crate) async fn remove(&self, key: MediumKey) -> io::Result<()> {
        let partials = self.clone();
        blocking(move || partials.forget(key)).await
    }

    /// Does what [`Self::remove`] does, for who may wait for the disk.
    pub(crate) fn forget(&self, key: MediumKey) -> io::Result<()> {
        match std::fs::remove_file(self.path(key)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn list_in(&self, folder: &Path) -> io::Result<Vec<Partial>> {
        let mut found = Vec::new();
        for path in files(folder)? {
            let Some(key) = self.key(&path) else { continue };
            let metadata = match path.metadata() {
                // It was finished meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                metadata => metadata?,
            };
            let touched = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            let touched = Timestamp::from_ms(u64::try_from(touched).unwrap_or(u64::MAX));
            found.push(Partial { key, bytes: metadata.len(), touched });
        }
        found.sort_unstable_by_key(|partial| (partial.touched, partial.key));
        Ok(found)
    }

    fn folder_of_member(&self, project: ProjectId, member: MemberId) -> PathBuf {
        self.folder.join(project.to_string()).join(member.to_string())
    }

    fn path(&self, key: MediumKey) -> PathBuf {
        self.folder_of_member(key.project, key.owner).join(format!("{}.{EXTENSION}", key.sha256))
    }

    fn key(&self, path: &Path) -> Option<MediumKey> {
        let mut parts = path.strip_prefix(&self.folder).ok()?.iter().map(|part| part.to_str());
        let (project, owner, file) = (parts.next()??, parts.next()??, parts.next()??);
        let (sha256, extension) = file.split_once('.')?;
        let is_part = extension == EXTENSION && parts.next().is_none();
        let key =
            MediumKey { project: project.parse().ok()?, sha256: sha256.parse().ok()?, owner: owner.parse().ok()? };
        is_part.then_some(key)
    }
}

/// An upload on its way.
pub(crate) struct PartialFile {
    path: PathBuf,
    file: Arc<File>,
    length: u64,
    hasher: Sha256,
}

impl PartialFile {
    /// Returns how many bytes it has.
    pub(crate) const fn length(&self) -> u64 {
        self.length
    }

    /// Returns the hash of its bytes.
    pub(crate) fn sha256(&self) -> MediaHash {
        MediaHash(self.hasher.clone().finalize().into())
    }

    /// Adds bytes at the end.
    pub(crate) async fn append(&mut self, bytes: Bytes) -> io::Result<()> {
        self.length += bytes.len() as u64;
        if bytes.len() <= WRITTEN_AT_ONCE {
            (&*self.file).write_all(&bytes)?;
            self.hasher.update(&bytes);
            return Ok(());
        }
        let (file, mut hasher) = (Arc::clone(&self.file), std::mem::take(&mut self.hasher));
        self.hasher = blocking(move || {
            (&*file).write_all(&bytes)?;
            hasher.update(&bytes);
            Ok(hasher)
        })
        .await?;
        Ok(())
    }

    /// Moves it to its place once `check` has seen all its bytes and said what they are; returns that when the move would survive
    /// a power cut.
    pub(crate) async fn move_to<E>(
        &self,
        objects: &Objects,
        key: MediumKey,
        check: impl FnOnce(&[u8]) -> Result<MediumKind, E> + Send + 'static,
    ) -> io::Result<Result<MediumKind, E>>
    where
        E: Send + 'static,
    {
        let (from, file) = (self.path.clone(), Arc::clone(&self.file));
        let places = Form::AS_SENT.map(|form| (form, objects.place(key.project, key.sha256, form)));
        blocking(move || {
            let kind = match check(&std::fs::read(&from)?) {
                Ok(kind) => kind,
                Err(error) => return Ok(Err(error)),
            };
            file.sync_all()?;
            for (_, place) in places.iter().filter(|(form, _)| *form == Form::as_sent(kind)) {
                place.adopt(&from)?;
            }
            Ok(Ok(kind))
        })
        .await
    }

    /// Keeps what arrived, also through a power cut, and notes when that was.
    pub(crate) async fn keep(&self, now: Timestamp) -> io::Result<()> {
        let (path, file) = (self.path.clone(), Arc::clone(&self.file));
        blocking(move || {
            file.set_modified(system_time(now))?;
            file.sync_all()?;
            sync_folder(folder_of(&path))
        })
        .await
    }
}

const EXTENSION: &str = "part";

const READ_BYTES: usize = 64 * 1024;

/// So few bytes go to the system's memory, and through the hash, sooner than another thread would have taken over.
const WRITTEN_AT_ONCE: usize = 64 * 1024;

fn system_time(time: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(time.ms())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Returns the files in a folder and below; none when it is not there.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => folders.push(entry.path()),
                false => found.push(entry.path()),
            }
        }
    }
    Ok(found)
}
