//! Which screen stands at which address.

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Overview,
    Nowhere,
}

impl Place {
    /// Returns the screen at a path.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        match *parts {
            ["begeleiden"] => Self::Overview,
            _ => Self::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_to_its_screen() {
        for (path, place) in [
            ("/begeleiden", Place::Overview),
            ("/begeleiden/", Place::Overview),
            ("/begeleiden/nergens", Place::Nowhere),
            ("/meer/telefoons/nergens", Place::Nowhere),
        ] {
            assert_eq!(Place::at(path), place, "{path}");
        }
    }
}
