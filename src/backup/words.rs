//! The words of the index. It is a document of its own, read when the app is far away, so its words are here and not
//! among those of the screen.

use domain::{Theme, Valence};

/// A language of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
}

impl Language {
    /// Returns the language for a tag as in `lang="nl"`; Dutch for those that the index is not written in.
    pub fn from_tag(tag: &str) -> Self {
        if tag == "en" || tag.starts_with("en-") { Self::English } else { Self::Dutch }
    }

    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::Dutch => &DUTCH,
            Self::English => &ENGLISH,
        }
    }
}

pub(crate) struct Words {
    pub(crate) lang: &'static str,
    pub(crate) title: &'static str,
    pub(crate) keep: &'static str,
    pub(crate) put_back: &'static str,
    /// Over entries that belong to no project yet.
    pub(crate) no_project: &'static str,
    pub(crate) photo: &'static str,
    pub(crate) photo_elsewhere: &'static str,
    pub(crate) no_story: &'static str,
    pub(crate) put_away: &'static str,
    pub(crate) valence: fn(Valence) -> &'static str,
    pub(crate) theme: fn(Theme) -> &'static str,
}

const DUTCH: Words = Words {
    lang: "nl",
    title: "Reservekopie van Wijkbeeld",
    keep: "Hier staan je foto's en je woorden. Bewaar dit bestand goed, en alleen voor jezelf.",
    put_back: "Terugzetten? Open Wijkbeeld, ga naar Meer, en kies Zet terug. Kies dan het ZIP-bestand.",
    no_project: "Nog zonder buurt",
    photo: "Foto",
    photo_elsewhere: "Deze foto stond niet op de telefoon.",
    no_story: "Nog niets bij verteld",
    put_away: "Weggegooid",
    valence: |valence| match valence {
        Valence::Good => "Fijn",
        Valence::CouldBeBetter => "Kan beter",
        Valence::Both => "Allebei",
    },
    theme: |theme| match theme {
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
    },
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "Backup of Wijkbeeld",
    keep: "Here are your photos and your words. Keep this file safe, and for yourself.",
    put_back: "To put them back, open Wijkbeeld, go to More, and choose Put back. Then choose the ZIP file.",
    no_project: "Not in a neighbourhood yet",
    photo: "Photo",
    photo_elsewhere: "This photo was not on the phone.",
    no_story: "Nothing told yet",
    put_away: "Thrown away",
    valence: |valence| match valence {
        Valence::Good => "Good",
        Valence::CouldBeBetter => "Could be better",
        Valence::Both => "Both",
    },
    theme: |theme| match theme {
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
        Theme::Meedoen => "Joining in, having a say",
        Theme::Werk => "Work and learning",
        Theme::Anders => "Something else",
    },
};
