//! Backups in a real browser's worker: from the storage to a file, and from a file to another storage.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test panics to say what is wrong")]

use backup::{Outcome, Problem};
use domain::{Entry, MediaHash, PhotoRef, RecordId, Timestamp, VoiceKind, VoiceRef};
use js_sys::{Array, Reflect, Uint8Array};
use protocol::MediaSize;
use sha2::{Digest, Sha256};
use store::{DraftBody, DraftSave, PhotoWrite, ReadyPhoto, Store};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, OffscreenCanvas};

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn id(number: u128) -> RecordId {
    RecordId::from_uuid(uuid::Uuid::from_u128(number))
}

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(ms)
}

async fn bytes_of(blob: &Blob) -> Vec<u8> {
    Uint8Array::new(&JsFuture::from(blob.array_buffer()).await.unwrap()).to_vec()
}

fn blob_of(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).unwrap()
}

/// Makes the phone one that holds nothing.
async fn wipe() {
    indexed_db_futures::database::Database::delete_by_name("wijkbeeld").unwrap().await.unwrap();
}

/// Makes a photo ready, as the photo worker does.
async fn photo(width: u32, height: u32) -> ReadyPhoto {
    let canvas = OffscreenCanvas::new(width, height).unwrap();
    canvas.get_context("2d").unwrap().unwrap();
    let chosen: Blob = JsFuture::from(canvas.convert_to_blob().unwrap()).await.unwrap().unchecked_into();
    let ready = worker::prepare(&chosen).await.unwrap();
    let get = |name: &str| Reflect::get(&ready, &name.into()).unwrap();
    let large: Blob = get("large").unchecked_into();
    let bytes = u32::try_from(bytes_of(&large).await.len()).unwrap();
    let sha256 = get("sha256").as_string().unwrap().parse().unwrap();
    ReadyPhoto { photo: PhotoRef { sha256, width, height, bytes }, large, small: get("small").unchecked_into() }
}

/// Saves an entry with this photo.
async fn save(store: &Store, number: u128, ready: ReadyPhoto) {
    store.add_draft_photos(DraftBody::new(id(number), at(50)), &[(id(number + 1000), blob_of(b"x"))]).await.unwrap();
    store.change_draft(id(number), &|body| body.story = "Hier deel je eten".into()).await.unwrap();
    store.write_draft_photo(id(number + 1000), PhotoWrite::Ready(ready, None)).await.unwrap();
    assert_eq!(store.save_draft(id(number), at(100)).await.unwrap(), DraftSave::Saved);
}

async fn open() -> Store {
    Store::open(7, || {}).await.unwrap()
}

/// Makes a backup of a phone with one entry, and wipes the phone.
async fn backup_of_one() -> (Blob, ReadyPhoto) {
    wipe().await;
    let ready = photo(600, 450).await;
    let store = open().await;
    save(&store, 1, ready.clone()).await;
    let made = keeper::make("nl").await.unwrap();
    assert_eq!((made.entries, made.missing), (1, 0));
    assert!(made.name.starts_with("wijkbeeld-20") && made.name.ends_with(".zip"), "{}", made.name);
    drop(store);
    wipe().await;
    (made.file, ready)
}

#[wasm_bindgen_test]
async fn a_backup_brings_entry_and_photo_back_once() {
    let (file, ready) = backup_of_one().await;
    // As it is once it was on a disk, and the storage that it came from is gone.
    let file = blob_of(&bytes_of(&file).await);
    let first = keeper::put_back(file.clone()).await;
    assert_eq!(first, Ok(Outcome { put_back: 1, ..Outcome::default() }));
    assert_eq!(keeper::put_back(file).await, Ok(Outcome { unchanged: 1, ..Outcome::default() }));

    let store = open().await;
    let entries = store.own_entries().await.unwrap();
    assert_eq!(entries.len(), 1);
    let entry = Entry::from_record(&entries[0].own.record);
    assert_eq!((entry.story.as_str(), entry.photos, entry.made), ("Hier deel je eten", vec![ready.photo], at(50)));
    let large = store.own_photo(ready.photo.sha256, MediaSize::Large).await.unwrap().unwrap();
    assert_eq!(bytes_of(&large).await, bytes_of(&ready.large).await);
    let small = store.own_photo(ready.photo.sha256, MediaSize::Small).await.unwrap().unwrap();
    let header = media::walk_jpeg(&bytes_of(&small).await).unwrap();
    assert_eq!((header.width, header.height), (400, 300));
}

#[wasm_bindgen_test]
async fn a_recording_that_broke_off_is_a_voice_note_as_far_as_it_is_whole_and_comes_back_from_a_backup() {
    let recorded = include_bytes!("../../../media/voice/recorded/chromium.webm");
    let whole = media::whole_voice(&recorded[..9_000]).unwrap();
    let ready = worker::ready_voice(&blob_of(&recorded[..9_000])).await.unwrap();
    let get = |name: &str| Reflect::get(&ready, &name.into()).unwrap();
    let number = |name: &str| u32::try_from(get(name).as_f64().unwrap() as u64).unwrap();
    let kind = VoiceKind::from_key(&get("kind").as_string().unwrap()).unwrap();
    let sha256 = get("sha256").as_string().unwrap().parse().unwrap();
    let voice = VoiceRef { sha256, kind, bytes: number("bytes"), ms: number("ms") };
    assert_eq!((kind, voice.bytes as usize), (VoiceKind::WebmOpus, whole));
    assert_eq!(sha256, MediaHash(Sha256::digest(&recorded[..whole]).into()));
    assert_eq!(worker::ready_voice(&blob_of(b"words")).await, Err("no_sound"));

    wipe().await;
    let store = open().await;
    let photo = photo(8, 6).await;
    store.add_draft_photos(DraftBody::new(id(1), at(50)), &[(id(1001), blob_of(b"x"))]).await.unwrap();
    store.write_draft_photo(id(1001), PhotoWrite::Ready(photo, None)).await.unwrap();
    store.add_recorded(id(1), 0, &blob_of(&recorded[..9_000])).await.unwrap();
    assert!(store.end_recorded(id(1), voice, &blob_of(&recorded[..whole])).await.unwrap());
    assert_eq!(store.save_draft(id(1), at(100)).await.unwrap(), DraftSave::Saved);
    let made = keeper::make("nl").await.unwrap();
    assert_eq!((made.entries, made.missing), (1, 0));
    drop(store);
    wipe().await;
    assert_eq!(keeper::put_back(made.file).await, Ok(Outcome { put_back: 1, ..Outcome::default() }));
    let store = open().await;
    let entry = Entry::from_record(&store.own_entries().await.unwrap()[0].own.record);
    assert_eq!(entry.voice, Some(voice));
    let bytes = store.own_photo(sha256, MediaSize::Played).await.unwrap().unwrap();
    assert_eq!(bytes_of(&bytes).await, recorded[..whole]);
}

#[wasm_bindgen_test]
async fn a_photo_that_is_not_on_the_phone_is_counted() {
    wipe().await;
    let store = open().await;
    let ready = photo(8, 6).await;
    let photo = PhotoRef { width: 9, ..ready.photo };
    save(&store, 1, ReadyPhoto { photo, ..ready }).await;
    let made = keeper::make("en").await.unwrap();
    assert_eq!((made.entries, made.missing), (1, 1));
}

#[wasm_bindgen_test]
async fn what_is_damaged_is_refused_and_leaves_the_phone_as_it_was() {
    let (file, _) = backup_of_one().await;
    let whole = bytes_of(&file).await;
    assert_eq!(keeper::put_back(blob_of(&whole[..whole.len() - 1])).await, Err(Problem::NotABackup));
    assert_eq!(keeper::put_back(blob_of(b"")).await, Err(Problem::NotABackup));
    // A byte of the photo, behind its head and name.
    let mut bitten = whole.clone();
    bitten[30 + 75 + 300] ^= 1;
    assert_eq!(keeper::put_back(blob_of(&bitten)).await, Ok(Outcome { refused: 1, ..Outcome::default() }));
    assert!(open().await.own_entries().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn a_picture_that_walks_like_one_but_does_not_decode_is_refused() {
    wipe().await;
    // A JPEG by its structure alone: no tables, so nothing that could be drawn.
    let hollow = b"\xff\xd8\xff\xc0\0\x0b\x08\0\x02\0\x03\x01\x01\x11\0\xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\xff\xd9";
    let bytes = u32::try_from(hollow.len()).unwrap();
    let photo = PhotoRef { sha256: MediaHash(Sha256::digest(hollow).into()), width: 3, height: 2, bytes };
    let store = open().await;
    let large = blob_of(hollow);
    save(&store, 1, ReadyPhoto { photo, large: large.clone(), small: large }).await;
    let made = keeper::make("nl").await.unwrap();
    assert_eq!(made.missing, 0);
    let file = blob_of(&bytes_of(&made.file).await);
    drop(store);
    wipe().await;
    assert_eq!(keeper::put_back(file).await, Ok(Outcome { refused: 1, ..Outcome::default() }));
}
