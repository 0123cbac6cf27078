//! What there is in figures: how people feel, about what, when, and who was not heard.

use domain::{Entry, Group, MemberId, Theme, Timestamp, Valence, sort_by};

/// A week, in milliseconds.
const WEEK_MS: u64 = 7 * DAY_MS;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// The first Monday after 1970 began, on a Thursday.
const FIRST_MONDAY_MS: u64 = 4 * DAY_MS;

/// How many weeks are shown at the most, up to that of the newest entry.
pub(crate) const WEEKS: usize = 12;

/// How many entries there are of each valence, strengths first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// *Fijn*.
    pub(crate) good: u32,
    /// *Allebei*.
    pub(crate) both: u32,
    /// *Kan beter*.
    pub(crate) could_be_better: u32,
    /// Nobody said yet.
    pub(crate) unsaid: u32,
}

impl Count {
    /// Counts entries.
    pub(crate) fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut count = Self::default();
        for entry in entries {
            *match entry.valence {
                Some(Valence::Good) => &mut count.good,
                Some(Valence::Both) => &mut count.both,
                Some(Valence::CouldBeBetter) => &mut count.could_be_better,
                None => &mut count.unsaid,
            } += 1;
        }
        count
    }

    /// Returns how many there are together.
    pub(crate) const fn all(self) -> u32 {
        self.good + self.both + self.could_be_better + self.unsaid
    }
}

/// Returns the themes that occur: where most is good first.
pub(crate) fn by_theme(entries: &[&Entry]) -> Vec<(Theme, Count)> {
    let about = |theme: &Theme| Count::of(entries.iter().copied().filter(|entry| entry.themes.contains(theme)));
    let mut themes: Vec<_> =
        Theme::ALL.iter().map(|theme| (*theme, about(theme))).filter(|(_, count)| count.all() > 0).collect();
    let strength = |count: Count| (count.good + count.both, count.all());
    sort_by(&mut themes, |a, b| strength(b.1).cmp(&strength(a.1)));
    themes
}

/// Returns the Monday of each week, and what was made in it: at most [`WEEKS`] up to the newest entry, those without any too.
pub(crate) fn by_week(entries: &[&Entry]) -> Vec<(Timestamp, Count)> {
    let week_of = |entry: &Entry| entry.made.ms().saturating_sub(FIRST_MONDAY_MS) / WEEK_MS;
    let weeks = || entries.iter().map(|entry| week_of(entry));
    let (Some(first), Some(last)) = (weeks().min(), weeks().max()) else { return Vec::new() };
    let first = first.max(last.saturating_sub(WEEKS as u64 - 1));
    let made_in = |week: u64| Count::of(entries.iter().copied().filter(|entry| week_of(entry) == week));
    (first..=last).map(|week| (Timestamp::from_ms(FIRST_MONDAY_MS + week * WEEK_MS), made_in(week))).collect()
}

/// Returns the names of groups of which no member made anything.
pub(crate) fn unheard<'a>(groups: impl Iterator<Item = &'a Group>, makers: &[MemberId]) -> Vec<&'a str> {
    groups
        .filter(|group| !group.members.iter().any(|member| makers.contains(member)))
        .map(|group| group.name.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(valence: Option<Valence>, themes: &[Theme], made_ms: u64) -> Entry {
        Entry { valence, themes: themes.to_vec(), made: Timestamp::from_ms(made_ms), ..Entry::default() }
    }

    #[test]
    fn themes_stand_with_what_is_good_first() {
        let all = [
            entry(Some(Valence::CouldBeBetter), &[Theme::Straat], 1),
            entry(Some(Valence::CouldBeBetter), &[Theme::Straat, Theme::Groen], 1),
            entry(Some(Valence::Good), &[Theme::Groen], 1),
            entry(Some(Valence::Both), &[Theme::Eten], 1),
            entry(None, &[], 1),
        ];
        let all: Vec<_> = all.iter().collect();
        let themes = by_theme(&all);
        let order: Vec<_> = themes.iter().map(|(theme, _)| *theme).collect();
        assert_eq!(order, [Theme::Groen, Theme::Eten, Theme::Straat]);
        assert_eq!(themes[0].1, Count { good: 1, could_be_better: 1, ..Count::default() });
        assert_eq!(Count::of(all.into_iter()), Count { good: 1, both: 1, could_be_better: 2, unsaid: 1 });
    }

    #[test]
    fn weeks_begin_on_monday_and_those_between_stand_empty() {
        // Sunday 22 November 2026 23:59 UTC, Monday 23 November 00:00, and two weeks before.
        let sunday = 1_795_391_940_000;
        let monday = 1_795_392_000_000;
        let all = [entry(None, &[], sunday), entry(None, &[], monday), entry(None, &[], monday - 2 * WEEK_MS)];
        let all: Vec<_> = all.iter().collect();
        let weeks: Vec<_> = by_week(&all).into_iter().map(|(week, count)| (week.ms(), count.all())).collect();
        assert_eq!(weeks, [(monday - 2 * WEEK_MS, 1), (monday - WEEK_MS, 1), (monday, 1)]);
        assert_eq!(by_week(&[]), []);
    }

    #[test]
    fn a_long_project_shows_its_last_weeks() {
        let all = [entry(None, &[], FIRST_MONDAY_MS), entry(None, &[], FIRST_MONDAY_MS + 500 * WEEK_MS)];
        let weeks = by_week(&all.iter().collect::<Vec<_>>());
        assert_eq!((weeks.len(), weeks[WEEKS - 1].1.all()), (WEEKS, 1));
    }

    #[test]
    fn a_group_of_which_nobody_made_anything_was_not_heard() {
        let member = |n: u8| MemberId::new(Timestamp::from_ms(1), [n; 10]);
        let group = |name: &str, members: &[u8]| Group {
            name: name.into(),
            members: members.iter().map(|n| member(*n)).collect(),
        };
        let groups = [group("Moestuin", &[1, 2]), group("School", &[3]), group("Nieuw", &[])];
        assert_eq!(unheard(groups.iter(), &[member(2)]), ["School", "Nieuw"]);
    }
}
