//! The words of the index. It is a document of its own, read when the app is far away, so its words are here and not
//! among those of the screen; themes and valences are called the same in both (crate `names`).

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
    pub(crate) voice: &'static str,
    pub(crate) voice_elsewhere: &'static str,
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
    voice: "Gesproken bericht",
    voice_elsewhere: "Dit gesproken bericht stond niet op de telefoon.",
    no_story: "Nog niets bij verteld",
    put_away: "Weggegooid",
    valence: names::dutch::valence,
    theme: names::dutch::theme,
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "Backup of Wijkbeeld",
    keep: "Here are your photos and your words. Keep this file safe, and for yourself.",
    put_back: "To put them back, open Wijkbeeld, go to More, and choose Put back. Then choose the ZIP file.",
    no_project: "Not in a neighbourhood yet",
    photo: "Photo",
    photo_elsewhere: "This photo was not on the phone.",
    voice: "Voice note",
    voice_elsewhere: "This voice note was not on the phone.",
    no_story: "Nothing told yet",
    put_away: "Thrown away",
    valence: names::english::valence,
    theme: names::english::theme,
};
