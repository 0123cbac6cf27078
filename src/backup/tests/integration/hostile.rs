use backup::{PhotoRefusal, Unusable, ZipProblem, open};
use domain::PhotoRef;
use media::JpegError;
use proptest::prelude::*;
use serde_json::json;

use crate::zips::{File, deflated, entries, envelope, stored, zip, zip_saying};
use crate::{backup_of, entry, jpeg, jpeg_with, photo_of, plan_of, record, segment};

fn refused(files: &[File]) -> Option<ZipProblem> {
    match plan_of(&zip(files)) {
        Err(Unusable::Zip(problem)) => Some(problem),
        Err(Unusable::NotABackup | Unusable::LaterVersion) | Ok(_) => None,
    }
}

#[test]
fn a_bomb_is_seen_before_it_is_unpacked() {
    let bomb = deflated("entries.json", &vec![0; 1024 * 1024]);
    assert_eq!(refused(std::slice::from_ref(&bomb)), Some(ZipProblem::Bomb));
    // One that says it is small is stopped at what it says.
    let liar = File { size: 1_000, ..bomb };
    assert_eq!(refused(&[liar]), Some(ZipProblem::Checksum));
    // Many that are each within bounds, but not together.
    let large = File { size: 800 * 1024 * 1024, packed: vec![0; 5 * 1024 * 1024], ..deflated("0", b"") };
    let many: Vec<_> = (0..6).map(|n| File { name: n.to_string().into(), ..large.clone() }).collect();
    assert_eq!(refused(&many), Some(ZipProblem::TooLarge));
}

#[test]
fn a_name_that_leads_somewhere_ends_it() {
    let names = [
        "../entries.json",
        "photos/../../x",
        "/etc/passwd",
        "photos//x.jpg",
        "./entries.json",
        "C:/x",
        "..\\x",
        "a\0b",
        "other/",
        "",
    ];
    for name in names {
        let files = [entries(&[]), stored(name, b"")];
        assert_eq!(refused(&files), Some(ZipProblem::Name), "{name}");
    }
    let files = [entries(&[]), File { name: b"\xff\xfe".to_vec(), ..stored("x", b"") }];
    assert_eq!(refused(&files), Some(ZipProblem::Name));
    assert_eq!(refused(&[entries(&[]), stored(&"x".repeat(300), b"")]), Some(ZipProblem::Name));
    assert_eq!(refused(&[entries(&[]), stored("photos/", b"not empty")]), Some(ZipProblem::Name));
}

#[test]
fn files_in_one_place_or_of_one_name_end_it() {
    let (one, two) = (stored("one", &[1; 200]), stored("two", &[2; 200]));
    let over = File { at: Some(10), ..two.clone() };
    assert_eq!(refused(&[one.clone(), over]), Some(ZipProblem::Overlap));
    let same = File { at: Some(0), ..two.clone() };
    assert_eq!(refused(&[one.clone(), same]), Some(ZipProblem::Overlap));
    let beyond = File { at: Some(u32::MAX - 1), ..two };
    assert_eq!(refused(&[one.clone(), beyond]), Some(ZipProblem::Overlap));
    assert_eq!(refused(&[one.clone(), one]), Some(ZipProblem::Twice));
}

#[test]
fn a_head_that_contradicts_the_list_is_not_followed() {
    let text = envelope(1, &[]);
    let other = File { head_name: Some(b"entries.jsox".to_vec()), ..stored("entries.json", text.as_bytes()) };
    assert_eq!(refused(&[other]), Some(ZipProblem::Broken));
    let longer =
        File { head_name: Some(b"entries.json with more".to_vec()), ..stored("entries.json", text.as_bytes()) };
    assert_eq!(refused(&[longer]), Some(ZipProblem::Broken));
    let half = File { size: 3, ..stored("entries.json", text.as_bytes()) };
    assert_eq!(refused(&[half]), Some(ZipProblem::Broken));
}

#[test]
fn what_is_locked_or_packed_otherwise_is_said_so() {
    assert_eq!(refused(&[File { flags: 1, ..entries(&[]) }]), Some(ZipProblem::Encrypted));
    assert_eq!(refused(&[File { method: 93, ..entries(&[]) }]), Some(ZipProblem::Method));
}

#[test]
fn a_wrong_checksum_is_seen() {
    assert_eq!(refused(&[File { crc: 1, ..entries(&[]) }]), Some(ZipProblem::Checksum));
    let garbage = File { packed: vec![0xff; 40], ..deflated("entries.json", b"{}") };
    assert_eq!(refused(&[garbage]), Some(ZipProblem::Checksum));
}

#[test]
fn a_hundred_thousand_files_are_too_many_whatever_the_end_says() {
    let many: Vec<_> = (0..100_000).map(|n| stored(&n.to_string(), b"")).collect();
    assert_eq!(refused(&many), Some(ZipProblem::TooMany));
    let lying = plan_of(&zip_saying(&many, 10, b""));
    assert_eq!(lying.unwrap_err(), Unusable::Zip(ZipProblem::Broken));
    let long: Vec<_> = (0..100_000).map(|n| stored(&format!("{n:0>60}"), b"")).collect();
    let lying = plan_of(&zip_saying(&long, 10, b""));
    assert_eq!(lying.unwrap_err(), Unusable::Zip(ZipProblem::TooMany));
}

#[test]
fn other_files_are_no_backup_and_a_later_version_says_so() {
    let says = |text: &str| plan_of(&zip(&[stored("entries.json", text.as_bytes())])).unwrap_err();
    assert_eq!(says(&envelope(2, &[])), Unusable::LaterVersion);
    for text in
        ["", "[]", "null", "{}", r#"{"version":1,"entries":[]}"#, r#"{"format":"wijkbeeld-backup","version":1}"#]
    {
        assert_eq!(says(text), Unusable::NotABackup, "{text}");
    }
    assert_eq!(says(&"[".repeat(1_000_000)), Unusable::NotABackup);
    assert_eq!(plan_of(&zip(&[stored("holiday.txt", b"sun")])).unwrap_err(), Unusable::NotABackup);
    for other in [b"".as_slice(), b"PK", &jpeg(1), &[0; 100_000]] {
        assert_eq!(plan_of(other).unwrap_err(), Unusable::Zip(ZipProblem::NotZip));
    }
}

/// Puts a photo's bytes under the name of another, or of itself, and reads it.
fn photo_read(named: &PhotoRef, bytes: &[u8]) -> Result<Vec<u8>, PhotoRefusal> {
    let value = json!({ "project": null, "record": record(1, "Dag", &[*named]) });
    let file = zip(&[entries(&[value]), stored(&format!("photos/{}.jpg", named.sha256), bytes)]);
    let (mut backup, plan) = open(file.as_slice()).unwrap();
    backup.photo(&plan.take[0].photos[0])
}

#[test]
fn a_photo_is_taken_only_when_it_is_the_one_named_and_nothing_else() {
    let bytes = jpeg(1);
    assert_eq!(photo_read(&photo_of(&bytes), &bytes), Ok(bytes.clone()));
    assert_eq!(photo_read(&photo_of(&jpeg(2)), &bytes), Err(PhotoRefusal::WrongHash));
    let tagged = jpeg_with(&segment(0xe1, b"Exif\0\0II*\0"), 1);
    assert_eq!(photo_read(&photo_of(&tagged), &tagged), Err(PhotoRefusal::Jpeg(JpegError::CarriesMetadata)));
    let cut = &bytes[..bytes.len() - 2];
    assert_eq!(photo_read(&photo_of(cut), cut), Err(PhotoRefusal::Jpeg(JpegError::Broken)));
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>";
    assert_eq!(photo_read(&photo_of(svg), svg), Err(PhotoRefusal::Jpeg(JpegError::NotJpeg)));
    let wider = PhotoRef { width: 4, ..photo_of(&bytes) };
    assert_eq!(photo_read(&wider, &bytes), Err(PhotoRefusal::WrongSize));
    let heavier = PhotoRef { bytes: 4, ..photo_of(&bytes) };
    assert_eq!(photo_read(&heavier, &bytes), Err(PhotoRefusal::WrongSize));
    let large = vec![0; 9 * 1024 * 1024];
    assert_eq!(photo_read(&photo_of(&jpeg(3)), &large), Err(PhotoRefusal::Zip(ZipProblem::TooLarge)));
}

fn whole() -> Vec<u8> {
    let bytes = jpeg(1);
    backup_of(&[entry(1, "Hier deel je eten", &[photo_of(&bytes)])], &[bytes])
}

#[test]
fn a_backup_cut_off_anywhere_is_refused() {
    let whole = whole();
    for end in 0..whole.len() {
        assert!(plan_of(&whole[..end]).is_err(), "cut at {end}");
    }
}

/// Reads all there is to read.
fn read_all(file: &[u8]) {
    if let Ok((mut backup, plan)) = open(file) {
        for photo in plan.take.iter().flat_map(|take| &take.photos) {
            let _ = backup.photo(photo);
        }
    }
}

#[test]
fn one_wrong_byte_is_never_taken_for_the_photo_or_the_words() {
    let whole = whole();
    let (_, right) = open(whole.as_slice()).unwrap();
    for at in 0..whole.len() {
        let mut wrong = whole.clone();
        wrong[at] ^= 1 << (at % 8);
        let Ok((mut backup, plan)) = open(wrong.as_slice()) else { continue };
        assert_eq!(plan.take.len(), 1, "byte {at}");
        assert_eq!(plan.take[0].entry, right.take[0].entry, "byte {at}");
        for photo in &plan.take[0].photos {
            assert!(backup.photo(photo).map_or(true, |bytes| bytes == jpeg(1)), "byte {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_at_all_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn any_change_of_a_backup_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut file = whole();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if cut {
            file.truncate(end.index(file.len()));
        }
        read_all(&file);
    }

    #[test]
    fn any_words_come_back_as_they_were(story in "\\PC{0,60}", number in any::<u128>()) {
        let written = entry(number, &story, &[photo_of(&jpeg(1))]);
        let plan = plan_of(&backup_of(std::slice::from_ref(&written), &[jpeg(1)])).unwrap();
        prop_assert_eq!(&plan.take[0].entry, &written);
    }
}
