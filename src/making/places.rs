//! Which screen stands at which address.

use browser::PhotoId;
use domain::RecordId;
use leptos::prelude::window;

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// All photos of a draft.
    Photos(RecordId),
    /// Where they were made.
    Where(RecordId),
    /// Telling by voice.
    Voice(RecordId),
    /// Who is in them.
    People(RecordId),
    /// Who is in the photos of an own entry.
    PeopleOfEntry(RecordId),
    /// One of the questions that go further, by its place in the row.
    Question(RecordId, usize),
    /// Covering people in one of them.
    Cover(RecordId, PhotoId),
    /// Photos that another app shared were not taken in.
    ShareAgain(NotTaken),
    /// Changing an own entry.
    Edit(RecordId),
    /// What somebody gave.
    Data,
    Nowhere,
}

/// Why photos that were shared were not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// Nothing on this phone took them in.
    NotThere,
    /// There is no room for them.
    Full,
}

impl Place {
    /// Returns the screen at a path, where `shared` says what became of photos that were shared.
    pub(crate) fn at(path: &str, shared: Option<&str>) -> Self {
        match shared {
            Some("vol") if path == "/" => return Self::ShareAgain(NotTaken::Full),
            Some(_) if path == "/" => return Self::ShareAgain(NotTaken::NotThere),
            Some(_) | None => {}
        }
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        let [draft, own, photo] = [1, 2, 3].map(|at| parts.get(at).and_then(|id| id.parse::<RecordId>().ok()));
        match (parts.as_slice(), draft, photo) {
            (["meer", "gegevens"], ..) => Self::Data,
            (["erbij", "mijn", _], ..) => own.map_or(Self::Nowhere, Self::Edit),
            (["erbij", "mijn", _, "mensen"], ..) => own.map_or(Self::Nowhere, Self::PeopleOfEntry),
            (["erbij", _], Some(draft), _) => Self::Photos(draft),
            (["erbij", _, "plek"], Some(draft), _) => Self::Where(draft),
            (["erbij", _, "stem"], Some(draft), _) => Self::Voice(draft),
            (["erbij", _, "mensen"], Some(draft), _) => Self::People(draft),
            (["erbij", _, "vraag", number], Some(draft), _) => match number.parse::<usize>() {
                Ok(number @ 1..) => Self::Question(draft, number - 1),
                _ => Self::Nowhere,
            },
            (["erbij", _, "bedek", _], Some(draft), Some(photo)) => Self::Cover(draft, PhotoId(photo)),
            _ => Self::Nowhere,
        }
    }

    /// Returns where it stands.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Photos(draft) => format!("/erbij/{draft}"),
            Self::Where(draft) => format!("/erbij/{draft}/plek"),
            Self::Voice(draft) => format!("/erbij/{draft}/stem"),
            Self::People(draft) => format!("/erbij/{draft}/mensen"),
            Self::PeopleOfEntry(entry) => format!("/erbij/mijn/{entry}/mensen"),
            Self::Question(draft, at) => format!("/erbij/{draft}/vraag/{}", at + 1),
            Self::Cover(draft, PhotoId(photo)) => format!("/erbij/{draft}/bedek/{photo}"),
            Self::ShareAgain(NotTaken::NotThere) => "/?gedeeld=opnieuw".to_owned(),
            Self::ShareAgain(NotTaken::Full) => "/?gedeeld=vol".to_owned(),
            Self::Edit(entry) => format!("/erbij/mijn/{entry}"),
            Self::Data => "/meer/gegevens".to_owned(),
            Self::Nowhere => "/".to_owned(),
        }
    }
}

/// Leaves for a screen of another part, in the place of this one.
pub(crate) fn leave_to(path: &str) {
    // A browser that refuses stays here.
    let _ = window().location().replace(path);
}

/// Where own entries stand, in the first part of the app.
pub(crate) const MINE: &str = "/mijn";

/// Returns where a draft goes on in the first part of the app.
pub(crate) fn draft_path(draft: RecordId) -> String {
    format!("/maak/{draft}")
}

/// Returns where a draft is told in writing.
pub(crate) fn story_path(draft: RecordId) -> String {
    format!("/maak/{draft}/vertel")
}

/// Returns where a draft is saved: who comes there asks for it.
pub(crate) fn saved_path(draft: RecordId) -> String {
    format!("/maak/{draft}/bewaard")
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn every_address_leads_to_its_screen() {
        let [draft, photo] = [1, 2].map(|ms| RecordId::new(Timestamp::from_ms(ms), [0; 10]));
        let covering = Place::Cover(draft, PhotoId(photo));
        let own = [Place::Edit(draft), Place::PeopleOfEntry(draft), Place::Data];
        let drafts = [
            Place::Photos(draft),
            Place::Where(draft),
            Place::Voice(draft),
            Place::Question(draft, 4),
            Place::People(draft),
            covering,
        ];
        for place in drafts.into_iter().chain(own) {
            assert_eq!(Place::at(&place.path(), None), place);
        }
        for why in [NotTaken::NotThere, NotTaken::Full] {
            let path = Place::ShareAgain(why).path();
            let (path, query) = path.split_once("?gedeeld=").unwrap();
            assert_eq!(Place::at(path, Some(query)), Place::ShareAgain(why));
        }
        for path in [
            "/erbij",
            "/erbij/7",
            "/erbij/mijn/7/mensen",
            &format!("/erbij/{draft}/bedek"),
            &format!("/erbij/{draft}/anders/{photo}"),
        ] {
            assert_eq!(Place::at(path, Some("opnieuw")), Place::Nowhere, "{path}");
        }
    }
}
