//! English.

use domain::{Theme, Valence};

/// Returns what a theme is called.
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Bewegen => "Walking and cycling",
        Theme::Ov => "Bus and train",
        Theme::Verkeer => "Traffic and parking",
        Theme::Straat => "Streets, pavements, squares",
        Theme::Groen => "Green and water",
        Theme::Spelen => "Play and sport",
        Theme::Voorzieningen => "Shops, school and care",
        Theme::Eten => "Food and drink",
        Theme::Wonen => "Homes",
        Theme::Ontmoeten => "Meeting each other",
        Theme::Trots => "Pride and character",
        Theme::Veilig => "Feeling safe",
        Theme::Schoon => "Clean and in good order",
        Theme::Milieu => "Air, noise and heat",
        Theme::Meedoen => "Having a say",
        Theme::Werk => "Work and learning",
        Theme::Anders => "Something else",
    }
}

/// Returns what a valence is called beside an entry.
pub const fn valence(valence: Valence) -> &'static str {
    match valence {
        Valence::Good => "Good",
        Valence::CouldBeBetter => "Could be better",
        Valence::Both => "Both",
    }
}

/// How the usual questions are asked, in the order of [`domain::QUESTION_KEYS`].
pub const QUESTIONS: [&str; 5] = [
    "What do you see?",
    "What is really happening here?",
    "What does this mean for us?",
    "Why is it so, and who or what helps already?",
    "What can we do, who joins in?",
];
