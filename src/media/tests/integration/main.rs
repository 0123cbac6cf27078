//! Photos as phones make them, and as nobody should: when and where they say they were taken.

use std::path::Path;

use media::{Format, Origin, is_wide_gamut, read_header, read_heif_origin, read_origin, sniff};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Looks at every photo of the corpus; `manifest.tsv` says what other programs read in it.
#[test]
fn of_every_photo_of_the_corpus_is_known_when_and_where_it_was_taken_or_that_it_does_not_say() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let corpus = std::env::var("WIJKBEELD_CORPUS").unwrap_or_else(|_| default.to_owned());
    let Ok(manifest) = std::fs::read_to_string(Path::new(&corpus).join("manifest.tsv")) else {
        // The blocks that the unit tests make stand for them.
        println!("no corpus in {corpus}: set WIJKBEELD_CORPUS");
        return;
    };
    let mut lines = manifest.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    let column = |name: &str| names.iter().position(|other| *other == name).unwrap();
    let [file, gps, taken] = ["file", "gps_lat_lon", "date_time_original"].map(column);
    let mut told = 0;
    for line in lines.filter(|line| !line[file].starts_with("voice-")) {
        let bytes = std::fs::read(Path::new(&corpus).join(line[file])).unwrap();
        let Origin { taken: read, place } = origin(&bytes);
        // Of one that was made up, nothing can be true.
        let is_possible = line[file] != "bad-exif-orientation99-gps95-xss.jpg";
        let place = place.map(|place| format!("{:.5},{:.5}", place.north_deg, place.east_deg));
        assert_eq!(place.unwrap_or_default(), if is_possible { line[gps] } else { "" }, "{}", line[file]);
        let read = read.map(|taken| date(taken.local_ms));
        assert_eq!(read.unwrap_or_default(), if is_possible { line[taken] } else { "" }, "{}", line[file]);
        told += usize::from(is_possible && !line[gps].is_empty());
        assert_eq!(is_wide_gamut(&bytes), line[file] == "fmt-heic-iphone7-gps-p3.heic", "{}", line[file]);
        // The beginning of a file tells less, never anything else.
        for end in (0..bytes.len().min(70_000)).step_by(97) {
            let _ = (origin(&bytes[..end]), read_header(&bytes[..end]), is_wide_gamut(&bytes[..end]));
        }
    }
    assert!(told > 5, "{told}");
}

/// Reads a picture of whatever kind.
fn origin(bytes: &[u8]) -> Origin {
    match sniff(bytes) {
        Some(Format::Heic | Format::Avif) => read_heif_origin(bytes),
        _ => read_origin(bytes),
    }
}

/// Beginnings of pictures, and what may stand in them.
const BEGINNINGS: [&[u8]; 5] = [
    b"\xff\xd8\xff\xe1\x00\x40Exif\0\0",
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0",
    b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\0\0\0\0\0\0",
    b"\0\0\0\x10ftypheic\0\0\0\0",
    b"\0\0\0\x10ftypavif\0\0\0\0",
];
const PARTS: [&[u8]; 19] = [
    b"meta",
    b"iprp",
    b"ipco",
    b"colr",
    b"nclx",
    b"prof",
    b"rXYZ",
    b"iinf",
    b"iloc",
    b"infe",
    b"Exif",
    b"eXIf",
    b"EXIF",
    b"MM\0\x2a",
    b"II\x2a\0",
    b"\0\0\0\x08",
    b"\0\0\0\x30",
    b"\0\0\0\x01",
    b"\xff\xff\xff\xff",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_bytes_are_reading_them_ends(
        beginning in select(&BEGINNINGS),
        parts in vec(prop_oneof![select(&PARTS).prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..12)], 0..40),
    ) {
        let bytes = [beginning, &parts.concat()].concat();
        let _ = (read_header(&bytes), is_wide_gamut(&bytes));
        let Origin { taken, place } = origin(&bytes);
        prop_assert!(place.is_none_or(|place| place.north_deg.abs() <= 90.0 && place.east_deg.abs() <= 180.0));
        prop_assert!(taken.is_none_or(|taken| taken.local_ms > 0));
    }
}

/// Counts days one by one, unlike what is looked at here.
fn date(local_ms: u64) -> String {
    let (mut days, seconds) = (local_ms / 86_400_000, local_ms / 1000 % 86_400);
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}:{month:02}:{:02} {hour:02}:{minute:02}:{second:02}", days + 1)
}
