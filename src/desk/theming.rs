//! The themes of a project: those that everybody has and its own, on or off, in an order.

use domain::{ProjectSettings, Theme, ThemeChoice};

/// Returns all themes, those of the settings first in their order; what everybody has and the settings do not name is on where
/// nothing was chosen yet, and else off.
pub(crate) fn all_themes(settings: &ProjectSettings) -> Vec<ThemeChoice> {
    let chosen = &settings.themes;
    let is_missing = |theme: &&Theme| chosen.iter().all(|choice| choice.key != theme.key());
    let missing = Theme::ALL.iter().filter(is_missing).map(|theme| ThemeChoice {
        key: theme.key().to_owned(),
        is_off: !chosen.is_empty(),
        ..ThemeChoice::default()
    });
    chosen.iter().cloned().chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn themes_that_the_settings_do_not_name_are_there_to_be_put_on() {
        let theme = |key: &str, is_off| ThemeChoice { key: key.into(), is_off, ..ThemeChoice::default() };
        let settings = |themes| ProjectSettings { themes, ..ProjectSettings::default() };
        let all = all_themes(&settings(Vec::new()));
        assert_eq!(all.len(), Theme::ALL.len());
        assert!(all.iter().zip(Theme::ALL).all(|(choice, theme)| choice.key == theme.key() && !choice.is_off));
        let all = all_themes(&settings(vec![theme("markt", false), theme("groen", true), theme("bewegen", false)]));
        assert_eq!(all[..3], [theme("markt", false), theme("groen", true), theme("bewegen", false)]);
        assert_eq!(all.len(), Theme::ALL.len() + 1);
        assert!(all[3..].iter().all(|choice| choice.is_off));
    }
}
