//! When and where a photo was taken, as far as its EXIF says so and that can be true.

use crate::tiff::{Directory, Kind, Tiff};

const TAG_EXIF: u16 = 0x8769;
const TAG_GPS: u16 = 0x8825;
const TAG_TAKEN: u16 = 0x9003;
const TAG_TAKEN_OFFSET: u16 = 0x9011;
const TAG_NORTH_OR_SOUTH: u16 = 1;
const TAG_LATITUDE: u16 = 2;
const TAG_EAST_OR_WEST: u16 = 3;
const TAG_LONGITUDE: u16 = 4;
const TAG_ACCURACY: u16 = 0x1f;

/// No phone took photos before; what a clock says that was never set lies before.
const FIRST_YEAR: u64 = 1990;

/// What a photo says of its making.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Origin {
    /// When it was taken; `None`: it does not say, or what cannot be.
    pub taken: Option<Taken>,
    /// Where; `None` likewise.
    pub place: Option<Whereabouts>,
}

/// When a photo was taken, as a clock on a wall showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// That time, in milliseconds since 1970 by the same wall.
    pub local_ms: u64,
    /// How far the wall was ahead of UTC, in minutes; `None`: the photo does not say where the wall stood.
    pub offset_min: Option<i16>,
}

impl Taken {
    /// Returns when that was, in milliseconds since 1970. `ahead_min` says how many minutes a wall here is ahead of UTC at a time:
    /// asked where the photo does not say it.
    pub fn ms(&self, ahead_min: &dyn Fn(u64) -> i64) -> u64 {
        let back = |minutes: i64| self.local_ms.saturating_add_signed(-minutes * 60_000);
        match self.offset_min {
            Some(minutes) => back(minutes.into()),
            // Asked twice: the first answer is for a time that is off by itself.
            None => back(ahead_min(back(ahead_min(self.local_ms)))),
        }
    }
}

/// Where a photo was taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Whereabouts {
    /// Degrees north of the equator; less than 0 in the south.
    pub north_deg: f64,
    /// Degrees east of Greenwich; less than 0 in the west.
    pub east_deg: f64,
    /// How far off that may be, in metres.
    pub accuracy_m: Option<f64>,
}

/// Reads an EXIF block; anything that cannot be read, or cannot be true, says nothing.
pub(crate) fn origin(exif: &[u8]) -> Origin {
    let Some((tiff, first)) = Tiff::open(exif) else { return Origin::default() };
    let taken = tiff.directory(first, TAG_EXIF).and_then(|exif| taken(&tiff, exif));
    let place = tiff.directory(first, TAG_GPS).and_then(|gps| place(&tiff, gps));
    Origin { taken, place }
}

fn taken(tiff: &Tiff<'_>, exif: Directory) -> Option<Taken> {
    let local_ms = wall_clock(tiff.value(exif, TAG_TAKEN, Kind::Text)?)?;
    let offset_min = tiff.value(exif, TAG_TAKEN_OFFSET, Kind::Text).and_then(offset);
    Some(Taken { local_ms, offset_min })
}

/// Reads `2026:11:28 12:34:56`.
fn wall_clock(text: &[u8]) -> Option<u64> {
    let [year, month, day, hour, minute, second] =
        [(0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2)].map(|(at, len)| digits(text, at, len));
    let (year, month, day) = (year?, month?, day?);
    let (hour, minute, second) = (hour?, minute?, second?);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if year < FIRST_YEAR || !(1..=length).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Years that begin in March, so that the day that some have is their last.
    let (years, months) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (months * 153 + 2) / 5 + day - 1 - DAYS_TO_1970;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

/// From the first of March of the year 0 to the first of January of 1970.
const DAYS_TO_1970: u64 = 719_468;

/// Reads `+02:00`.
fn offset(text: &[u8]) -> Option<i16> {
    let minutes = digits(text, 1, 2).filter(|hours| *hours <= 14)? * 60 + digits(text, 4, 2).filter(|m| *m < 60)?;
    let minutes = i16::try_from(minutes).ok()?;
    match text.first()? {
        b'+' => Some(minutes),
        b'-' => Some(-minutes),
        _ => None,
    }
}

fn digits(text: &[u8], at: usize, len: usize) -> Option<u64> {
    text.get(at..at + len)?.iter().try_fold(0, |number, sign| {
        let digit = sign.is_ascii_digit().then(|| u64::from(sign - b'0'))?;
        Some(number * 10 + digit)
    })
}

fn place(tiff: &Tiff<'_>, gps: Directory) -> Option<Whereabouts> {
    let north_deg = degrees(tiff, gps, (TAG_NORTH_OR_SOUTH, [b'N', b'S']), TAG_LATITUDE, 90.0)?;
    let east_deg = degrees(tiff, gps, (TAG_EAST_OR_WEST, [b'E', b'W']), TAG_LONGITUDE, 180.0)?;
    // Said by what does not know where it is.
    if north_deg == 0.0 && east_deg == 0.0 {
        return None;
    }
    let accuracy_m = tiff.value(gps, TAG_ACCURACY, Kind::Rational).and_then(|value| tiff.rational(value, 0));
    Some(Whereabouts { north_deg, east_deg, accuracy_m })
}

fn degrees(
    tiff: &Tiff<'_>,
    gps: Directory,
    (side_tag, [plus, minus]): (u16, [u8; 2]),
    tag: u16,
    most: f64,
) -> Option<f64> {
    let value = tiff.value(gps, tag, Kind::Rational)?;
    let [whole, minutes, seconds] = [0, 1, 2].map(|number| tiff.rational(value, number));
    let [minutes, seconds] = [minutes?, seconds?].map(|part| (part < 60.0).then_some(part));
    let degrees = whole? + minutes? / 60.0 + seconds? / 3600.0;
    let side = *tiff.value(gps, side_tag, Kind::Text)?.first()?;
    let signed = if side == plus {
        degrees
    } else if side == minus {
        -degrees
    } else {
        return None;
    };
    (degrees <= most).then_some(signed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A block of three directories, as cameras write them.
    struct Block {
        is_big_endian: bool,
        exif: Vec<(u16, Kind, Vec<u8>)>,
        gps: Vec<(u16, Kind, Vec<u8>)>,
    }

    impl Block {
        fn new() -> Self {
            Self { is_big_endian: true, exif: Vec::new(), gps: Vec::new() }
        }

        fn taken(mut self, text: &str) -> Self {
            self.exif.push((TAG_TAKEN, Kind::Text, format!("{text}\0").into_bytes()));
            self
        }

        fn offset(mut self, text: &str) -> Self {
            self.exif.push((TAG_TAKEN_OFFSET, Kind::Text, format!("{text}\0").into_bytes()));
            self
        }

        fn side(mut self, tag: u16, side: &str) -> Self {
            self.gps.push((tag, Kind::Text, format!("{side}\0").into_bytes()));
            self
        }

        fn rationals(mut self, tag: u16, parts: &[(u32, u32)]) -> Self {
            let longs = parts.iter().flat_map(|(over, under)| [*over, *under]);
            let bytes = longs.flat_map(|long| if self.is_big_endian { long.to_be_bytes() } else { long.to_le_bytes() });
            self.gps.push((tag, Kind::Rational, bytes.collect()));
            self
        }

        fn at(self, north: [(u32, u32); 3], east: [(u32, u32); 3]) -> Self {
            self.side(TAG_NORTH_OR_SOUTH, "N")
                .rationals(TAG_LATITUDE, &north)
                .side(TAG_EAST_OR_WEST, "E")
                .rationals(TAG_LONGITUDE, &east)
        }

        fn bytes(self) -> Vec<u8> {
            let Self { is_big_endian, exif, gps } = self;
            let short = |n: u16| if is_big_endian { n.to_be_bytes() } else { n.to_le_bytes() };
            let long = |n: usize| {
                let n = u32::try_from(n).unwrap();
                if is_big_endian { n.to_be_bytes() } else { n.to_le_bytes() }
            };
            let exif_at = 8 + 2 + 2 * 12 + 4;
            let gps_at = exif_at + 2 + exif.len() * 12 + 4;
            let mut behind = gps_at + 2 + gps.len() * 12 + 4;
            let pointer = |tag, to| (tag, Kind::Long, long(to).to_vec());
            let first = vec![pointer(TAG_EXIF, exif_at), pointer(TAG_GPS, gps_at)];
            let mut bytes = if is_big_endian { b"MM\0\x2a".to_vec() } else { b"II\x2a\0".to_vec() };
            bytes.extend(long(8));
            let mut values = Vec::new();
            for directory in [first, exif, gps] {
                bytes.extend(short(directory.len().try_into().unwrap()));
                for (tag, kind, value) in directory {
                    bytes.extend(short(tag));
                    bytes.extend(short(kind.number()));
                    bytes.extend(long(value.len() / kind.bytes()));
                    if value.len() <= 4 {
                        bytes.extend(value.iter().copied().chain([0; 4]).take(4));
                    } else {
                        bytes.extend(long(behind));
                        behind += value.len();
                        values.extend(value);
                    }
                }
                bytes.extend(long(0));
            }
            bytes.extend(values);
            bytes
        }
    }

    fn taken_of(text: &str) -> Option<u64> {
        origin(&Block::new().taken(text).bytes()).taken.map(|taken| taken.local_ms)
    }

    fn place_of(north: [(u32, u32); 3], east: [(u32, u32); 3]) -> Option<Whereabouts> {
        origin(&Block::new().at(north, east).bytes()).place
    }

    #[test]
    fn when_and_where_are_read_in_either_order_of_bytes() {
        for is_big_endian in [true, false] {
            let block = Block { is_big_endian, ..Block::new() }
                .taken("2026:11:28 12:34:56")
                .offset("+01:00")
                .at([(51, 1), (59, 1), (636, 100)], [(5, 1), (53, 1), (5532, 100)])
                .rationals(TAG_ACCURACY, &[(14, 3)]);
            let origin = origin(&block.bytes());
            let taken = origin.taken.unwrap();
            assert_eq!((taken.local_ms, taken.offset_min), (1_795_869_296_000, Some(60)));
            assert_eq!(taken.ms(&|_| panic!("it says where the wall stood")), 1_795_865_696_000);
            let place = origin.place.unwrap();
            assert!((place.north_deg - 51.985_1).abs() < 1e-6 && (place.east_deg - 5.898_7).abs() < 1e-6, "{place:?}");
            assert!(place.accuracy_m.is_some_and(|metres| (metres - 4.667).abs() < 0.01));
        }
    }

    #[test]
    fn south_and_west_lie_on_the_other_side() {
        let (north, east) = ([(33, 1), (54, 1), (0, 1)], [(70, 1), (30, 1), (0, 1)]);
        let block = Block::new()
            .side(TAG_NORTH_OR_SOUTH, "S")
            .rationals(TAG_LATITUDE, &north)
            .side(TAG_EAST_OR_WEST, "W")
            .rationals(TAG_LONGITUDE, &east);
        let place = origin(&block.bytes()).place.unwrap();
        assert_eq!((place.north_deg, place.east_deg, place.accuracy_m), (-33.9, -70.5, None));
    }

    #[test]
    fn a_place_that_cannot_be_is_none() {
        let east = [(5, 1), (54, 1), (0, 1)];
        let none = (0, 1);
        assert!(place_of([(51, 1), (59, 1), none], east).is_some());
        for (north, east) in [
            ([(95, 1), (30, 1), none], east),
            ([(90, 1), (0, 1), (1, 1)], east),
            ([(51, 1), (60, 1), none], east),
            ([(51, 1), (59, 1), (61, 1)], east),
            ([(51, 0), (59, 1), none], east),
            ([(51, 1), (59, 1), (0, 0)], east),
            ([(u32::MAX, 1), none, none], east),
            ([(51, 1), (59, 1), none], [(200, 1), none, none]),
            ([none; 3], [none; 3]),
            ([(0, 0); 3], [(0, 0); 3]),
        ] {
            assert_eq!(place_of(north, east), None, "{north:?} {east:?}");
        }
        let north = [(51, 1), (59, 1), none];
        let lacking = [
            Block::new(),
            Block::new().rationals(TAG_LATITUDE, &north).rationals(TAG_LONGITUDE, &east),
            Block::new().side(TAG_NORTH_OR_SOUTH, "N").rationals(TAG_LATITUDE, &north),
            Block::new()
                .side(TAG_NORTH_OR_SOUTH, "?")
                .rationals(TAG_LATITUDE, &north)
                .side(TAG_EAST_OR_WEST, "E")
                .rationals(TAG_LONGITUDE, &east),
            Block::new()
                .side(TAG_NORTH_OR_SOUTH, "N")
                .rationals(TAG_LATITUDE, &north[..1])
                .side(TAG_EAST_OR_WEST, "E")
                .rationals(TAG_LONGITUDE, &east),
        ];
        for block in lacking {
            assert_eq!(origin(&block.bytes()).place, None);
        }
    }

    #[test]
    fn a_date_that_cannot_be_is_none() {
        assert_eq!(taken_of("1990:01:01 00:00:00"), Some(631_152_000_000));
        assert_eq!(taken_of("2000:02:29 23:59:59"), Some(951_868_799_000));
        for wrong in [
            "9999:99:99 99:99:99",
            "0000:00:00 00:00:00",
            "1970:01:01 00:00:00",
            "1989:12:31 23:59:59",
            "2025:02:29 10:00:00",
            "2100:02:29 10:00:00",
            "2026:04:31 10:00:00",
            "2026:13:01 10:00:00",
            "2026:01:00 10:00:00",
            "2026:01:01 24:00:00",
            "2026:01:01 10:60:00",
            "2026:01:01",
            "    :  :     :  :  ",
            "",
        ] {
            assert_eq!(taken_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_photo_that_does_not_say_where_its_clock_stood_was_taken_by_the_clock_here() {
        let block = |offset| Block::new().taken("2026:03:29 03:30:00").offset(offset).bytes();
        let taken = |offset| origin(&block(offset)).taken.unwrap();
        assert_eq!(taken("-09:30").offset_min, Some(-570));
        for wrong in ["   :  ", "+25:00", "+01:75", "Z", ""] {
            assert_eq!(taken(wrong).offset_min, None, "{wrong}");
        }
        // Half an hour after the clocks went forward: at 01:00 UTC they were two hours ahead from then on.
        let forward_ms = 1_774_746_000_000;
        let here = |ms: u64| if ms < forward_ms { 60 } else { 120 };
        assert_eq!(taken("").ms(&here), forward_ms + 30 * 60_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_the_bytes_are_what_is_read_can_be_true(
            bytes in prop::collection::vec(any::<u8>(), 0..400),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
            is_big_endian: bool,
            cut in any::<prop::sample::Index>(),
        ) {
            let good = Block { is_big_endian, ..Block::new() }
                .taken("2026:11:28 12:34:56")
                .offset("+01:00")
                .at([(51, 1), (59, 1), (636, 100)], [(5, 1), (53, 1), (5532, 100)]);
            let mut broken = good.bytes();
            for (at, byte) in changes {
                let at = at.index(broken.len());
                broken[at] = byte;
            }
            broken.truncate(cut.index(broken.len() + 1));
            for bytes in [bytes, broken] {
                let Origin { taken, place } = origin(&bytes);
                if let Some(place) = place {
                    prop_assert!(place.north_deg.abs() <= 90.0 && place.east_deg.abs() <= 180.0);
                    prop_assert!(place.north_deg != 0.0 || place.east_deg != 0.0);
                }
                prop_assert!(taken.is_none_or(|taken| taken.local_ms >= 631_152_000_000));
            }
        }
    }
}
