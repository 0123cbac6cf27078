//! Uploads that are not finished: each is a file of its own until its bytes are known to be good.

use std::io;
use std::path::{Path, PathBuf};

use tokio::io::AsyncWriteExt;

use crate::random;

/// An upload on its way. Dropping it removes its file.
pub(crate) struct PartialFile {
    path: PathBuf,
    file: tokio::fs::File,
}

impl PartialFile {
    /// Starts an upload in this data folder.
    pub(crate) async fn create(data: &Path) -> io::Result<Self> {
        let path = uploads(data).join(format!("{}.{EXTENSION}", random::hex(&random::bytes::<16>())));
        let file = tokio::fs::File::create_new(&path).await?;
        Ok(Self { path, file })
    }

    /// Adds bytes at the end.
    pub(crate) async fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Returns all bytes that were added.
    pub(crate) async fn read(&mut self) -> io::Result<Vec<u8>> {
        self.file.flush().await?;
        tokio::fs::read(&self.path).await
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "an upload's temporary file stays until the next start");
        }
    }
}

/// Returns where unfinished uploads lie below the data folder.
pub(crate) fn uploads(data: &Path) -> PathBuf {
    data.join("uploads")
}

/// Counts the uploads that are not finished, those of a killed server included.
pub(crate) fn count_partials(data: &Path) -> io::Result<usize> {
    Ok(left_over(data)?.len())
}

/// Removes what a killed server left unfinished. No upload may be running.
pub(crate) fn remove_partials(data: &Path) -> io::Result<()> {
    left_over(data)?.into_iter().try_for_each(std::fs::remove_file)
}

const EXTENSION: &str = "part";

/// Uploads, and pictures that the object store was writing when it was killed: it calls those `NAME#NUMBER`.
fn left_over(data: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![uploads(data), super::folder(data)];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else if name.ends_with(&format!(".{EXTENSION}")) || name.contains('#') {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}
