//! Which screen stands at which address.

use domain::RecordId;

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Overview,
    Members,
    Invite,
    Log,
    Approve,
    ApproveCase(RecordId),
    Nowhere,
}

impl Place {
    /// Returns the screen at a path.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        match *parts {
            ["begeleiden"] => Self::Overview,
            ["begeleiden", "leden"] => Self::Members,
            ["begeleiden", "uitnodigen"] => Self::Invite,
            ["begeleiden", "logboek"] => Self::Log,
            ["begeleiden", "goedkeuren"] => Self::Approve,
            ["begeleiden", "goedkeuren", id] => id.parse().map_or(Self::Nowhere, Self::ApproveCase),
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
            ("/begeleiden/leden", Place::Members),
            ("/begeleiden/uitnodigen", Place::Invite),
            ("/begeleiden/logboek", Place::Log),
            ("/begeleiden/goedkeuren", Place::Approve),
            ("/begeleiden/goedkeuren/nergens", Place::Nowhere),
            ("/begeleiden/nergens", Place::Nowhere),
            ("/meer/telefoons/nergens", Place::Nowhere),
        ] {
            assert_eq!(Place::at(path), place, "{path}");
        }
        let id = RecordId::new(domain::Timestamp::from_ms(1), [1; 10]);
        assert_eq!(Place::at(&format!("/begeleiden/goedkeuren/{id}")), Place::ApproveCase(id));
    }
}
