//! The one form of a voice note that every browser plays, made by ffmpeg: a process of its own that can do little else.
//!
//! It sees one file in a folder of its own, opens nothing but files, gives way to every other process, and ends after a minute, or
//! when it wants more memory, disk or time than a voice note takes. Where it cannot be bounded so (elsewhere than on Linux), or is not
//! installed, voice notes are handed out as they were sent.

use std::ffi::OsStr;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use media::{Codec, Container, walk_voice};

use crate::state::make_folder;

/// The longest that a voice note is worked on; a minute of sound takes a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked whether it is done.
const PAUSE: Duration = Duration::from_millis(20);

/// Why a voice note has no other form.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be begun, or what it made could not be read.
    Io(io::Error),
    /// It took too long, and was ended.
    TookTooLong,
    /// It said that it failed, or was ended for wanting too much.
    Failed,
    /// It made something else than was asked for.
    MadeSomethingElse,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "ffmpeg cannot be run: {error}"),
            Self::TookTooLong => f.write_str("ffmpeg took too long"),
            Self::Failed => f.write_str("ffmpeg failed"),
            Self::MadeSomethingElse => f.write_str("ffmpeg made something else"),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes voice notes playable everywhere.
#[derive(Clone, Debug)]
pub(crate) struct Converter {
    ffmpeg: PathBuf,
    folder: PathBuf,
    patience: Duration,
}

impl Converter {
    /// Looks for ffmpeg in the folders of `path`, as a shell would; `None` where it is not, or cannot be bounded. Its work is done
    /// below the data folder.
    pub(crate) fn find(path: &OsStr, data: &Path) -> io::Result<Option<Self>> {
        let folder = data.join("converting");
        // What was being made when the server was killed is made again.
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        if !cfg!(target_os = "linux") {
            return Ok(None);
        }
        let found = std::env::split_paths(path).map(|folder| folder.join("ffmpeg"));
        let ffmpeg = found.into_iter().find(|program| program.is_absolute() && program.is_file());
        Ok(ffmpeg.map(|ffmpeg| Self { ffmpeg, folder, patience: PATIENCE }))
    }

    /// The same with another patience.
    #[cfg(test)]
    pub(crate) fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Returns a voice note as AAC in MP4, one channel of about 48 kbit/s. `name` is for its folder alone. Waits for it: to be called
    /// where nobody waits, on a thread that gives way, since the process does as its thread does.
    pub(crate) fn convert(&self, name: &str, voice: &[u8], container: Container) -> Result<Vec<u8>, Failure> {
        let folder = self.folder.join(name);
        make_folder(&folder)?;
        let made = self.convert_in(&folder, voice, container);
        std::fs::remove_dir_all(&folder)?;
        let made = made?;
        let walked = walk_voice(&made).map_err(|_| Failure::MadeSomethingElse)?;
        if (walked.container, walked.codec) == (Container::Mp4, Codec::Aac) {
            Ok(made)
        } else {
            Err(Failure::MadeSomethingElse)
        }
    }

    fn convert_in(&self, folder: &Path, voice: &[u8], container: Container) -> Result<Vec<u8>, Failure> {
        let (reader, file) = match container {
            Container::Webm => ("matroska", "sent.webm"),
            Container::Mp4 => ("mov", "sent.mp4"),
        };
        std::fs::write(folder.join(file), voice)?;
        // The shell waits for a word before it becomes ffmpeg, so that the limits are there before anything is read.
        let child = Command::new("/bin/sh")
            .args(["-c", r#"read -r go && exec "$0" "$@""#])
            .arg(&self.ffmpeg)
            .args(["-nostdin", "-hide_banner", "-v", "error", "-protocol_whitelist", "file", "-f", reader, "-i", file])
            .args(["-map", "0:a:0", "-map_metadata", "-1", "-map_chapters", "-1", "-vn", "-sn", "-dn"])
            .args(["-threads", "1", "-ac", "1", "-ar", "44100", "-c:a", "aac", "-b:a", "48k"])
            .args(["-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-f", "mp4", "-y", MADE])
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        self.wait(child)?;
        Ok(std::fs::read(folder.join(MADE))?)
    }

    fn wait(&self, mut child: Child) -> Result<(), Failure> {
        let begun = bound(&child).and_then(|()| match child.stdin.take() {
            Some(mut stdin) => stdin.write_all(b"go\n"),
            None => Ok(()),
        });
        let until = Instant::now() + self.patience;
        loop {
            let is_over = begun.is_err() || Instant::now() >= until;
            if is_over {
                child.kill()?;
            }
            match child.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(_) if !is_over => return Err(Failure::Failed),
                None if !is_over => std::thread::sleep(PAUSE),
                Some(_) | None => {
                    child.wait()?;
                    return begun.map_err(Failure::Io).and(Err(Failure::TookTooLong));
                }
            }
        }
    }
}

/// What it makes, in its folder.
const MADE: &str = "played.mp4";

/// Sets what the process and whatever it becomes may use.
#[cfg(target_os = "linux")]
fn bound(child: &Child) -> io::Result<()> {
    use rustix::process::{Pid, Resource, Rlimit, prlimit};
    let pid = Pid::from_child(child);
    let most = |limit| Rlimit { current: Some(limit), maximum: Some(limit) };
    for (resource, limit) in [
        // Bytes of memory and of a file, seconds of work, and a dump of nothing if it fails.
        (Resource::As, 1024 * 1024 * 1024),
        (Resource::Fsize, protocol::MAX_MEDIUM_BYTES as u64),
        (Resource::Cpu, PATIENCE.as_secs()),
        (Resource::Core, 0),
        (Resource::Nofile, 64),
    ] {
        prlimit(Some(pid), resource, most(limit))?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn bound(_child: &Child) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
