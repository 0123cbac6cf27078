//! The themes (*onderwerpen*) of an entry.

/// How many themes an entry has at the most.
pub const MAX_THEMES: usize = 3;

macro_rules! themes {
    ($($name:ident = $key:literal, $doc:literal;)*) => {
        /// What a photo is about. Keys are stable; words are the screens' business.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Theme {
            $(#[doc = $doc] $name,)*
        }

        impl Theme {
            /// All themes, in the order in which screens show them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns the stable key, as stored and sent.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// Returns the theme with this key.
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$name),)* _ => None }
            }
        }
    };
}

themes! {
    Bewegen = "bewegen", "Walking and cycling.";
    Ov = "ov", "Bus and train.";
    Verkeer = "verkeer", "Traffic and parking.";
    Straat = "straat", "Streets, pavements, squares.";
    Groen = "groen", "Green and water.";
    Spelen = "spelen", "Play and sport.";
    Voorzieningen = "voorzieningen", "Shops, school and care.";
    Eten = "eten", "Food and drink.";
    Wonen = "wonen", "Homes.";
    Ontmoeten = "ontmoeten", "Meeting each other.";
    Trots = "trots", "Pride and character.";
    Veilig = "veilig", "Feeling safe.";
    Schoon = "schoon", "Clean and in good order.";
    Milieu = "milieu", "Air, noise and heat (masts too).";
    Meedoen = "meedoen", "Joining in, having a say.";
    Werk = "werk", "Work and learning.";
    Anders = "anders", "Something else.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_theme_is_found_by_its_key() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_key(theme.key()), Some(*theme));
        }
        assert_eq!(Theme::from_key("Bewegen"), None);
    }
}
