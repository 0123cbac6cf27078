//! Which screen stands at which address.

use domain::RecordId;

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Start,
    /// With the code that the address brings.
    Join(String),
    Mine,
    Wall,
    Entry(RecordId),
    Session,
    More,
    /// All steps of one draft.
    Capture(RecordId),
    Nowhere,
}

impl Place {
    /// Returns the screen at a path.
    pub(crate) fn at(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (first, second) = (parts.next(), parts.next());
        let id = second.and_then(|id| id.parse().ok());
        match (first, second, id) {
            (None, ..) => Self::Start,
            (Some("mee"), code, _) => Self::Join(code.unwrap_or_default().to_owned()),
            (Some("mijn"), None, _) => Self::Mine,
            (Some("buurt"), None, _) => Self::Wall,
            (Some("buurt"), _, Some(id)) => Self::Entry(id),
            (Some("gesprek"), None, _) => Self::Session,
            (Some("meer"), None, _) => Self::More,
            (Some("maak"), _, Some(id)) => Self::Capture(id),
            _ => Self::Nowhere,
        }
    }

    /// Says whether this is one of the capture steps, which have a frame of their own.
    pub(crate) const fn is_capture(&self) -> bool {
        matches!(self, Self::Capture(_))
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn every_address_leads_to_its_screen() {
        let id = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        for (path, place) in [
            ("/".to_owned(), Place::Start),
            ("/mee".to_owned(), Place::Join(String::new())),
            ("/mee/BUURT2".to_owned(), Place::Join("BUURT2".to_owned())),
            ("/mijn/".to_owned(), Place::Mine),
            (format!("/mijn/{id}"), Place::Nowhere),
            ("/buurt".to_owned(), Place::Wall),
            (format!("/buurt/{id}"), Place::Entry(id)),
            ("/gesprek".to_owned(), Place::Session),
            ("/meer".to_owned(), Place::More),
            (format!("/maak/{id}"), Place::Capture(id)),
            (format!("/maak/{id}/vertel"), Place::Capture(id)),
            ("/buurt/7".to_owned(), Place::Nowhere),
            ("/nergens".to_owned(), Place::Nowhere),
        ] {
            assert_eq!(Place::at(&path), place, "{path}");
        }
    }
}
