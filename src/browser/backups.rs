//! The page's side of backups: it starts the worker that makes one or puts one back (crate `keeper`), asks, and ends it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, File, Worker};

use crate::asking::{ask, get};
use crate::device::meta;
use crate::{BackupProblem, ObjectUrl, PutBack};

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct MadeBackup {
    /// Where the browser has it, until this is dropped.
    pub file: ObjectUrl,
    /// What to call the file.
    pub name: String,
    /// Entries in it.
    pub entries: u32,
    /// Photos of these that are not in it: they are not on this phone.
    pub missing: u32,
}

/// Makes a backup, its index in the language of this tag.
pub(crate) async fn make(language: &str) -> Result<MadeBackup, BackupProblem> {
    let made = ask_keeper("make", &language.into()).await?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "entries and photos of one phone")]
    let number = |name: &str| get(&made, name).as_f64().map(|number| number as u32);
    let made = || {
        Some(MadeBackup {
            file: ObjectUrl::new(get(&made, "file").dyn_ref::<Blob>()?)?,
            name: get(&made, "name").as_string()?,
            entries: number("entries")?,
            missing: number("missing")?,
        })
    };
    made().ok_or(BackupProblem::Failed)
}

/// Puts a backup back.
pub(crate) async fn put_back(file: &File) -> Result<PutBack, BackupProblem> {
    let text = ask_keeper("putBack", file).await?.as_string().unwrap_or_default();
    serde_json::from_str(&text).map_err(|_| BackupProblem::Failed)
}

/// Asks a fresh worker. It takes as long as it takes: the slowest phone with the most photos is the one that needs it most.
async fn ask_keeper(what: &str, of: &JsValue) -> Result<JsValue, BackupProblem> {
    let worker = meta("keep-worker").and_then(|address| Worker::new(&address).ok()).ok_or(BackupProblem::NotHere)?;
    let answer = ask(&worker, what, of, None).await;
    worker.terminate();
    // It did not come, or died.
    let answer = answer.map_err(|_| BackupProblem::NotHere)?;
    match get(&answer, "error").as_string() {
        Some(key) => Err(BackupProblem::from_key(&key)),
        None => Ok(get(&answer, "ok")),
    }
}
