//! What people type or choose in a field, as the settings hold it, and back.

use domain::plain::Value;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Reads the value of a date field (`2027-09-30`) as the moment when that day begins, in milliseconds since 1970.
pub(crate) fn day_ms(typed: &str) -> Option<u64> {
    let mut parts = typed.trim().splitn(3, '-').map(str::parse::<u64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let is_day = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let ms = days_until(year, month, is_day.then_some(day)?) * DAY_MS;
    // 31 February would be a day in March.
    (day_typed(ms) == format!("{year:04}-{month:02}-{day:02}")).then_some(ms)
}

/// Writes a moment as the value of a date field.
pub(crate) fn day_typed(ms: u64) -> String {
    let days = ms / DAY_MS;
    // Years begin in March here, so that the leap day is the last of one; 1 March 0000 is 719,468 days before 1970.
    let since = days + 719_468;
    let (era, day_of_era) = (since / 146_097, since % 146_097);
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + u64::from(month <= 2))
}

/// Returns how many days lie between 1970 and a day.
fn days_until(year: u64, month: u64, day: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let day_of_era = year % 400 * 365 + year % 400 / 4 - year % 400 / 100 + day_of_year;
    year / 400 * 146_097 + day_of_era - 719_468
}

/// Reads a link as people type it; an empty one is none. `None` where it is no link over `https`.
pub(crate) fn link(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let bare = typed.strip_prefix("https://").unwrap_or(typed);
    let (host, _) = bare.split_once('/').unwrap_or((bare, ""));
    let is_link = host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty())
        && !bare.contains(|c: char| c.is_whitespace() || c == '@')
        && !host.contains(':')
        && typed.len() <= MAX_LINK_BYTES;
    match typed {
        "" => Some(String::new()),
        _ => is_link.then(|| format!("https://{bare}")),
    }
}

/// The longest link that the settings take, without its beginning.
const MAX_LINK_BYTES: usize = 490;

/// Reads a name: without blanks around it. `None` where nothing is left.
pub(crate) fn name(typed: &str) -> Option<Value> {
    let name = typed.trim();
    (!name.is_empty()).then(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_it_was_chosen() {
        for (typed, ms) in [
            ("1970-01-01", 0),
            ("2000-02-29", 951_782_400_000),
            ("2026-11-28", 1_795_824_000_000),
            ("2027-12-31", 1_830_211_200_000),
        ] {
            assert_eq!(day_ms(typed), Some(ms), "{typed}");
            assert_eq!(day_typed(ms), typed);
            assert_eq!(day_typed(ms + DAY_MS - 1), typed);
        }
        let mut ms = 0;
        while ms < 200 * 365 * DAY_MS {
            assert_eq!(day_ms(&day_typed(ms)), Some(ms));
            ms += 13 * DAY_MS;
        }
        for wrong in ["", "2027-02-29", "2027-13-01", "1969-12-31", "31-12-2027", "morgen"] {
            assert_eq!(day_ms(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_link_is_one_over_https_whether_or_not_that_was_typed() {
        for (typed, link_) in [
            ("https://www.ede.nl/melden", "https://www.ede.nl/melden"),
            (" www.ede.nl/melden ", "https://www.ede.nl/melden"),
            ("", ""),
        ] {
            assert_eq!(link(typed).as_deref(), Some(link_), "{typed}");
        }
        for wrong in ["http://ede.nl", "javascript:alert(1)", "ede", "ede .nl", "ede.", "https://", "a@ede.nl"] {
            assert_eq!(link(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_name_of_blanks_is_none() {
        assert_eq!((name("  De Nude "), name(" ")), (Some("De Nude".into()), None));
    }
}
