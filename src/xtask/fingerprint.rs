//! Whether anything changed since the last build.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::workspace;

/// What one build was made from: a hash over the inputs, kept in a file beside the outputs.
pub(crate) struct Fingerprint {
    stamp: PathBuf,
    now: String,
}

impl Fingerprint {
    /// Reads the inputs (files or folders, from the workspace root); `stamp` belongs beside what is made from them.
    pub(crate) fn of(inputs: &[&str], stamp: PathBuf) -> anyhow::Result<Self> {
        let mut hasher = Sha256::new();
        for input in inputs {
            add(&mut hasher, &workspace::at(input))?;
        }
        Ok(Self { stamp, now: hex(&hasher.finalize()) })
    }

    /// Says whether the last finished build had the same inputs.
    pub(crate) fn is_current(&self) -> bool {
        fs::read_to_string(&self.stamp).is_ok_and(|then| then == self.now)
    }

    /// Forgets the last build, so that one cut short is not taken for whole.
    pub(crate) fn clear(&self) {
        // A stamp that is not there is as good as removed.
        let _ = fs::remove_file(&self.stamp);
    }

    /// Notes that the build of these inputs is finished.
    pub(crate) fn store(&self) -> anyhow::Result<()> {
        fs::create_dir_all(self.stamp.parent().unwrap_or(Path::new(".")))?;
        Ok(fs::write(&self.stamp, &self.now)?)
    }
}

/// Returns the first `length` hex digits of the hash of `bytes`.
pub(crate) fn short_hash(bytes: &[u8], length: usize) -> String {
    hex(&Sha256::digest(bytes))[..length].to_owned()
}

/// Returns every file under `folder`, sorted, without installed packages.
pub(crate) fn files_under(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if !path.is_dir() {
                found.push(path);
            } else if path.file_name().is_some_and(|name| name != "node_modules") {
                folders.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn add(hasher: &mut Sha256, input: &Path) -> anyhow::Result<()> {
    let files = if input.is_dir() { files_under(input)? } else { vec![input.to_owned()] };
    for file in files {
        let Ok(bytes) = fs::read(&file) else {
            hasher.update(b"absent");
            continue;
        };
        hasher.update(file.as_os_str().as_encoded_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_current_until_an_input_changes() {
        let folder = std::env::temp_dir().join(format!("wijkbeeld-fingerprint-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let input = folder.join("input");
        let read =
            || Fingerprint::of(&[input.to_str().unwrap()], PathBuf::new()).map(|fingerprint| fingerprint.now).unwrap();
        let absent = read();
        fs::write(&input, "one").unwrap();
        let one = read();
        assert_ne!(absent, one);
        assert_eq!(one, read());
        fs::write(&input, "two").unwrap();
        assert_ne!(one, read());
        fs::remove_dir_all(&folder).unwrap();
    }
}
