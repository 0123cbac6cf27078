//! From a file that may be anything to own entries.

use backup::{Backup, Outcome, Problem};
use domain::PhotoRef;
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
        let Some(photos) = ready_photos(&mut backup, &take.photos).await else {
            outcome.refused += 1;
            continue;
        };
        let done = store.put_back(take.entry.project, &take.entry.record, &photos, now()).await.map_err(problem)?;
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
        let options = BlobPropertyBag::new();
        options.set_type("image/jpeg");
        let parts = Array::of1(&Uint8Array::from(bytes.as_slice()));
        let large = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        let small = worker::small_picture(&large, (photo.width, photo.height)).await.ok()?;
        ready.push(ReadyPhoto { photo: *photo, large, small });
    }
    Some(ready)
}
