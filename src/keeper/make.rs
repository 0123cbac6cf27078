//! From own entries to one file.

use std::collections::BTreeMap;

use backup::{BackupEntry, Language, Problem, Writer};
use domain::{Entry, MediaHash, PhotoRef, RecordId, Timestamp, VoiceRef};
use js_sys::{Array, Date, Object, Reflect, Uint8Array};
use protocol::MediaSize;
use store::Store;
use store::device::now;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use crate::phone::{open_store, problem};

/// A backup that was made.
#[derive(Debug)]
pub struct Made {
    /// The file.
    pub file: Blob,
    /// What to call it.
    pub name: String,
    /// Entries in it.
    pub entries: u32,
    /// Photos and voice notes of these that are not in it: they are not on this phone, or not whole.
    pub missing: u32,
}

/// Makes a backup of all own entries, its index in the language of this tag.
///
/// # Errors
/// Why there is none.
pub async fn make(language: &str) -> Result<Made, Problem> {
    let store = open_store().await?;
    let members = store.members().await.map_err(problem)?;
    let projects: BTreeMap<_, _> =
        members.memberships.into_iter().map(|member| (member.project.id, member.project.name)).collect();
    let parts = Array::new();
    let mut writer = Writer::default();
    let (mut entries, mut missing) = (0, 0);
    for (home, record) in store.entries_to_back_up().await.map_err(problem)? {
        let Entry { photos, voice, .. } = Entry::from_record(&record);
        for medium in photos.into_iter().map(Medium::Photo).chain(voice.map(Medium::Voice)) {
            if writer.holds(medium.sha256()) {
                continue;
            }
            match add(&store, &mut writer, record.id, &medium).await? {
                Some((head, bytes)) => {
                    parts.push(&Uint8Array::from(head.as_slice()));
                    parts.push(&bytes);
                }
                None => missing += 1,
            }
        }
        writer.add_entry(BackupEntry { project: home.project(), record });
        entries += 1;
    }
    let tail = writer.finish(Language::from_tag(language), &projects, &|when| date_in_words(when, language))?;
    parts.push(&Uint8Array::from(tail.as_slice()));
    let options = BlobPropertyBag::new();
    options.set_type("application/zip");
    let file = Blob::new_with_blob_sequence_and_options(&parts, &options).map_err(|_| Problem::Failed)?;
    Ok(Made { file, name: format!("wijkbeeld-{}.zip", day(now())), entries, missing })
}

/// What an entry names.
enum Medium {
    Photo(PhotoRef),
    Voice(VoiceRef),
}

impl Medium {
    const fn sha256(&self) -> MediaHash {
        match self {
            Self::Photo(photo) => photo.sha256,
            Self::Voice(voice) => voice.sha256,
        }
    }
}

/// Adds a photo or a voice note; `None` when it is not on this phone, or not whole.
async fn add(
    store: &Store,
    writer: &mut Writer,
    record: RecordId,
    medium: &Medium,
) -> Result<Option<(Vec<u8>, Blob)>, Problem> {
    let Some(blob) = store.photo(record, medium.sha256(), MediaSize::Large).await.map_err(problem)? else {
        return Ok(None);
    };
    // Safari has lost the bytes of a Blob before: the rest of the backup does not suffer from it.
    let Ok(buffer) = JsFuture::from(blob.array_buffer()).await else { return Ok(None) };
    let bytes = Uint8Array::new(&buffer).to_vec();
    let head = match medium {
        Medium::Photo(photo) => writer.add_photo(photo, &bytes),
        Medium::Voice(voice) => writer.add_voice(voice, &bytes),
    }?;
    Ok(head.ok().map(|head| (head, blob)))
}

#[expect(clippy::cast_precision_loss, reason = "a time in milliseconds fits")]
fn date_of(when: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(when.ms() as f64))
}

fn date_in_words(when: Timestamp, language: &str) -> String {
    let options = Object::new();
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(&options, &"dateStyle".into(), &"long".into());
    String::from(date_of(when).to_locale_date_string(language, &options))
}

/// Returns the day as in 2026-11-27, by the phone's own time zone.
fn day(when: Timestamp) -> String {
    let date = date_of(when);
    format!("{}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}
