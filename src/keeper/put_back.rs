//! From a file that may be anything to own entries.

use backup::{Backup, Outcome, Problem};
use domain::{PhotoRef, VoiceRef};
use js_sys::{Array, Uint8Array};
use store::device::now;
use store::{PutBack, ReadyPhoto};
use web_sys::{Blob, BlobPropertyBag};

use crate::file::ChosenFile;
use crate::phone::{open_store, problem};

/// Puts back what a file holds and this phone does not.
///
/// # Errors
/// Why nothing (more) was put back.
pub async fn put_back(file: Blob) -> Result<Outcome, Problem> {
    let (mut backup, mut plan) = backup::open(ChosenFile::new(file).ok_or(Problem::Failed)?)?;
    let store = open_store().await?;
    let refused = u32::try_from(plan.refused.len()).unwrap_or(u32::MAX);
    let mut outcome = Outcome { refused, ..Outcome::default() };
    // The outbox is in the order of writing: the oldest first, so that none has to be stamped anew.
    plan.take.sort_by_cached_key(|take| take.entry.record.newest_stamp());
    for take in plan.take {
        let photos = ready_photos(&mut backup, &take.photos).await;
        let voice = take.voice.map(|voice| ready_voice(&mut backup, voice));
        let (Some(photos), None | Some(Some(_))) = (photos, &voice) else {
            outcome.refused += 1;
            continue;
        };
        let (project, record) = (take.entry.project, &take.entry.record);
        let done = store.put_back(project, record, &photos, voice.flatten(), now()).await.map_err(problem)?;
        *match done {
            PutBack::Added | PutBack::PhotosAdded => &mut outcome.put_back,
            PutBack::Here | PutBack::Erased => &mut outcome.unchanged,
            PutBack::Anothers => &mut outcome.anothers,
            PutBack::OtherProject => &mut outcome.other_project,
        } += 1;
    }
    Ok(outcome)
}

/// Reads, checks and decodes an entry's photos; `None` when one of them is not what the entry says: words and photos
/// never part.
async fn ready_photos(backup: &mut Backup<ChosenFile>, photos: &[PhotoRef]) -> Option<Vec<ReadyPhoto>> {
    let mut ready = Vec::with_capacity(photos.len());
    for photo in photos {
        let bytes = backup.photo(photo).ok()?;
        let large = blob_of(&bytes, "image/jpeg")?;
        let small = worker::small_picture(&large, (photo.width, photo.height)).await.ok()?;
        ready.push(ReadyPhoto { photo: *photo, large, small });
    }
    Some(ready)
}

/// Reads and checks an entry's voice note; `None` when it is not what the entry says.
fn ready_voice(backup: &mut Backup<ChosenFile>, voice: VoiceRef) -> Option<(VoiceRef, Blob)> {
    let bytes = backup.voice(&voice).ok()?;
    Some((voice, blob_of(&bytes, voice.kind.content_type())?))
}

fn blob_of(bytes: &[u8], kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options).ok()
}
