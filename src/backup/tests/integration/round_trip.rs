use std::collections::BTreeMap;

use backup::{BackupEntry, EntryRefusal, Language, PhotoRefusal, Refused, Writer, open};
use domain::{EntryEdit, KIND_CONSENT, Place, PlaceShown, PlaceSource, Record, Timestamp, VoiceKind, VoiceRef};
use media::JpegError;
use serde_json::json;

use crate::zips::{deflated, entries, envelope, stored, zip, zip_saying};
use crate::{
    Watched, backup_of, entry, hash_of, id, jpeg, jpeg_with, photo_of, plan_of, project, record, segment, stamp,
    story_of,
};

#[test]
fn what_went_in_comes_out_with_every_stamp_and_byte() {
    let photos = [jpeg(1), jpeg(2), jpeg(3)];
    let refs: Vec<_> = photos.iter().map(|bytes| photo_of(bytes)).collect();
    let mut entries = [entry(1, "Hier deel je eten", &refs[..2]), entry(2, "", &refs[2..])];
    let place = Place::new(51.987_654, 5.9, Some(8.0), PlaceSource::Here, Timestamp::from_ms(7));
    let where_made = EntryEdit { place_shown: Some(PlaceShown::Hidden), ..EntryEdit::at(place) };
    entries[0].record.merge(&where_made.into_record(id(1), stamp(7)));
    let file = backup_of(&entries, &photos);
    let (mut backup, plan) = open(file.as_slice()).unwrap();
    assert_eq!(plan.refused, []);
    for entry in &entries {
        let take = plan.take.iter().find(|take| take.entry.record.id == entry.record.id).unwrap();
        assert_eq!(take.entry, *entry);
        assert_eq!(take.photos, domain::Entry::from_record(&entry.record).photos);
    }
    let text = String::from_utf8_lossy(&file);
    let index = &text[text.find("<!doctype").unwrap()..text.find("entries.json").unwrap()];
    assert!(
        text.contains("51987654") && !index.contains("51987654"),
        "the page that people show each other says no place"
    );
    for (bytes, photo) in photos.iter().zip(&refs) {
        assert_eq!(backup.photo(photo).as_ref(), Ok(bytes));
    }
}

#[test]
fn a_voice_note_comes_out_as_it_went_in_and_another_in_its_place_does_not() {
    let bytes = include_bytes!("../../../media/voice/recorded/chromium.webm");
    let voice = VoiceRef {
        sha256: hash_of(bytes),
        kind: VoiceKind::WebmOpus,
        bytes: u32::try_from(bytes.len()).unwrap(),
        ms: 2_100,
    };
    let told = |voice| {
        let mut told = entry(1, "", &[]);
        let edit = EntryEdit { voice: Some(Some(voice)), transcript: Some("<b>Hoi".into()), ..EntryEdit::default() };
        told.record.merge(&edit.into_record(id(1), stamp(7)));
        told
    };
    let file = |told: &BackupEntry, voice: &VoiceRef| {
        let mut writer = Writer::default();
        let mut file = writer.add_voice(voice, bytes).unwrap().unwrap();
        file.extend(bytes);
        writer.add_entry(told.clone());
        file.extend(writer.finish(Language::Dutch, &BTreeMap::new(), &|_| String::new()).unwrap());
        file
    };
    let whole = file(&told(voice), &voice);
    let (mut backup, plan) = open(whole.as_slice()).unwrap();
    assert_eq!((&plan.take[0].entry, plan.take[0].voice), (&told(voice), Some(voice)));
    assert_eq!(backup.voice(&voice).as_deref(), Ok(bytes.as_slice()));
    let text = String::from_utf8_lossy(&whole);
    assert!(!text.contains("bij verteld"), "it was told by voice");
    assert!(text.contains(&format!("<audio controls preload=\"none\" src=\"voices/{}.webm\"", voice.sha256)));
    assert!(text.contains("<blockquote dir=\"auto\">&lt;b&gt;Hoi</blockquote>"));

    let longer = VoiceRef { bytes: voice.bytes + 1, ..voice };
    let other_kind = VoiceRef { kind: VoiceKind::Mp4Aac, ..voice };
    for wrong in [longer, other_kind] {
        assert_eq!(Writer::default().add_voice(&wrong, bytes), Ok(Err(PhotoRefusal::WrongSize)));
    }
    assert_eq!(Writer::default().add_voice(&voice, &bytes[1..]), Ok(Err(PhotoRefusal::WrongHash)));
    assert_eq!(backup.voice(&longer), Err(PhotoRefusal::WrongSize));
    let elsewhere = backup_of(&[told(voice)], &[]);
    assert_eq!(plan_of(&elsewhere).unwrap().take[0].voice, None);
    assert!(String::from_utf8_lossy(&elsewhere).contains("Dit gesproken bericht stond niet op de telefoon."));
}

#[test]
fn a_backup_of_nothing_is_one_too() {
    let plan = plan_of(&backup_of(&[], &[])).unwrap();
    assert!(plan.take.is_empty() && plan.refused.is_empty());
}

#[test]
fn another_program_may_have_packed_it_anew() {
    let bytes = jpeg(7);
    let value = serde_json::to_value(entry(1, "Dag", &[photo_of(&bytes)])).unwrap();
    let name = format!("photos/{}.jpg", photo_of(&bytes).sha256);
    let files = [
        stored("photos/", b""),
        deflated(&name, &bytes),
        deflated("entries.json", envelope(1, &[value]).as_bytes()),
        stored(".DS_Store", b"whatever"),
    ];
    let file = zip_saying(&files, 4, b"packed by something else");
    let (mut backup, plan) = open(file.as_slice()).unwrap();
    assert_eq!(story_of(&plan.take[0].entry), "Dag");
    assert_eq!(backup.photo(&plan.take[0].photos[0]), Ok(bytes));
}

#[test]
fn a_photo_that_was_not_on_the_phone_is_told_and_its_entry_kept() {
    let (here, elsewhere) = (jpeg(1), jpeg(2));
    let entry = entry(1, "Twee", &[photo_of(&here), photo_of(&elsewhere)]);
    let file = backup_of(std::slice::from_ref(&entry), std::slice::from_ref(&here));
    let plan = plan_of(&file).unwrap();
    assert_eq!(plan.take[0].photos, [photo_of(&here)]);
    assert_eq!(plan.take[0].entry, entry);
    assert!(String::from_utf8_lossy(&file).contains("Deze foto stond niet op de telefoon."));
}

#[test]
fn the_index_can_be_read_and_what_people_wrote_stays_text() {
    let bytes = jpeg(1);
    let story = "<script>alert('x')</script> & \"meer\"";
    let unjoined = BackupEntry { project: None, ..entry(2, "Los", &[]) };
    let away = EntryEdit { is_deleted: Some(true), ..EntryEdit::default() }.into_record(id(3), stamp(5));
    let mut gone = entry(3, "Weg", &[]);
    gone.record.merge(&away);
    let file = backup_of(&[entry(1, story, &[photo_of(&bytes)]), unjoined, gone], std::slice::from_ref(&bytes));
    let text = String::from_utf8_lossy(&file);
    let index = &text[text.find("<!doctype").unwrap()..text.find("entries.json").unwrap()];
    assert!(!index.contains("<script"), "{index}");
    assert!(index.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;meer&quot;"), "{index}");
    assert!(index.contains("<html lang=\"nl\">") && index.contains("<h2>Wij &amp; co</h2>"), "{index}");
    assert!(index.contains("Fijn · Eten en drinken · Trots op de buurt") && index.contains("dag 1700000000000"));
    assert!(index.contains(&format!("<img src=\"photos/{}.jpg\"", photo_of(&bytes).sha256)), "{index}");
    assert!(index.contains("<h2>Nog zonder buurt</h2>") && index.contains("Weggegooid"), "{index}");
}

#[test]
fn other_languages_than_the_two_get_dutch() {
    assert_eq!(Language::from_tag("en-GB"), Language::English);
    assert_eq!(Language::from_tag("ar"), Language::Dutch);
    let mut writer = Writer::default();
    writer.add_entry(entry(1, "Hello", &[]));
    let tail = writer.finish(Language::English, &[].into(), &|_| String::new()).unwrap();
    assert!(String::from_utf8_lossy(&tail).contains("Backup of Wijkbeeld"));
}

#[test]
fn a_photo_that_could_not_be_put_back_is_not_written() {
    let mut writer = Writer::default();
    let bytes = jpeg(1);
    let other = photo_of(&jpeg(2));
    assert_eq!(writer.add_photo(&other, &bytes).unwrap(), Err(PhotoRefusal::WrongHash));
    let tagged = jpeg_with(&segment(0xe1, b"Exif\0\0II*\0"), 1);
    let refused = writer.add_photo(&photo_of(&tagged), &tagged).unwrap();
    assert_eq!(refused, Err(PhotoRefusal::Jpeg(JpegError::CarriesMetadata)));
    assert!(!writer.holds(photo_of(&tagged).sha256));
    assert!(writer.add_photo(&photo_of(&bytes), &bytes).unwrap().is_ok());
    assert!(writer.holds(photo_of(&bytes).sha256));
}

#[test]
fn only_entries_are_taken_and_each_refusal_says_why() {
    let good = json!({ "project": null, "record": record(1, "Dag", &[]) });
    let consent =
        json!({ "project": null, "record": Record::new(id(2), KIND_CONSENT).with("withdrawn", true, stamp(1)) });
    let erased = json!({ "project": null, "record": Record::erasure(id(3), "entry") });
    let wrong = json!({ "project": null, "record": record(4, "Dag", &[]).with("valence", "negative", stamp(9)) });
    let long = json!({ "project": null, "record": record(5, &"x".repeat(5_001), &[]) });
    let empty = json!({ "project": project(1), "record": record(6, " ", &[]) });
    let huge = domain::PhotoRef { bytes: u32::MAX, ..photo_of(&jpeg(1)) };
    let huge = json!({ "project": null, "record": record(7, "Dag", &[huge]) });
    let all = [good.clone(), consent, erased, wrong, long, empty, huge, good, json!({ "record": 1 }), json!(null)];
    let plan = plan_of(&zip(&[entries(&all)])).unwrap();
    assert_eq!(plan.take.iter().map(|take| take.entry.record.id).collect::<Vec<_>>(), [id(1)]);
    let invalid = |name: &str| EntryRefusal::Invalid(domain::Invalid::Field(name.to_owned()));
    let why = [
        (Some(id(2)), EntryRefusal::NotAnEntry),
        (Some(id(3)), EntryRefusal::Erased),
        (Some(id(4)), invalid("valence")),
        (Some(id(5)), invalid("story")),
        (Some(id(6)), EntryRefusal::Empty),
        (Some(id(7)), EntryRefusal::TooLargePhoto),
        (Some(id(1)), EntryRefusal::Twice),
        (None, EntryRefusal::Unreadable),
        (None, EntryRefusal::Unreadable),
    ];
    assert_eq!(plan.refused, why.map(|(id, why)| Refused { id, why }));
}

/// What stands before a photo: the fixed part and its name.
const HEAD_BYTES: usize = 30 + 75;

#[test]
fn no_more_than_one_photo_is_read_at_a_time() {
    // 0xff in a scan would begin a marker.
    let photos: Vec<_> = (0..255).map(jpeg).collect();
    let refs: Vec<_> = photos.iter().map(|bytes| photo_of(bytes)).collect();
    let all: Vec<_> = refs.chunks(10).zip(1..).map(|(refs, n)| entry(n, "x", refs)).collect();
    let file = backup_of(&all, &photos);
    let largest = std::cell::Cell::new(0);
    let (mut backup, plan) = open(Watched { bytes: &file, largest: &largest }).unwrap();
    largest.set(0);
    for take in &plan.take {
        take.photos.iter().for_each(|photo| drop(backup.photo(photo).unwrap()));
    }
    assert!(largest.get() <= photos[0].len().max(HEAD_BYTES), "{}", largest.get());
}
