//! Dutch, on level A2.

use domain::{Theme, Valence};

/// Returns what a theme is called.
pub const fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Bewegen => "Lopen en fietsen",
        Theme::Ov => "Bus en trein",
        Theme::Verkeer => "Auto's en parkeren",
        Theme::Straat => "Straat, stoep en plein",
        Theme::Groen => "Groen en water",
        Theme::Spelen => "Spelen en sport",
        Theme::Voorzieningen => "Winkels, school en zorg",
        Theme::Eten => "Eten en drinken",
        Theme::Wonen => "Wonen",
        Theme::Ontmoeten => "Elkaar ontmoeten",
        Theme::Trots => "Trots op de buurt",
        Theme::Veilig => "Veilig voelen",
        Theme::Schoon => "Schoon en heel",
        Theme::Milieu => "Lucht, geluid en warmte",
        Theme::Meedoen => "Meedoen en meepraten",
        Theme::Werk => "Werk en leren",
        Theme::Anders => "Iets anders",
    }
}

/// Returns what a valence is called beside an entry.
pub const fn valence(valence: Valence) -> &'static str {
    match valence {
        Valence::Good => "Fijn",
        Valence::CouldBeBetter => "Kan beter",
        Valence::Both => "Allebei",
    }
}

/// How the usual questions are asked, in the order of [`domain::QUESTION_KEYS`].
pub const QUESTIONS: [&str; 5] = [
    "Wat zie je?",
    "Wat gebeurt hier echt?",
    "Wat betekent dit voor ons?",
    "Waarom is het zo, en wie of wat helpt al?",
    "Wat kunnen we doen, wie doet mee?",
];
