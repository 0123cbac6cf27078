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
    Setup,
    SetupPart(Part),
    Groups,
    Group(RecordId),
    Phones,
    /// Another phone becomes one of a person's.
    Coming,
    Nowhere,
}

/// A part of the project's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Name,
    Sight,
    Area,
    Themes,
    Questions,
    Assignment,
    JoinText,
    Consent,
    ReportDesk,
    Retention,
}

impl Part {
    /// All parts, in the order in which a project is set up.
    pub(crate) const ALL: [Self; 10] = [
        Self::Name,
        Self::Sight,
        Self::Area,
        Self::Themes,
        Self::Questions,
        Self::Assignment,
        Self::JoinText,
        Self::Consent,
        Self::ReportDesk,
        Self::Retention,
    ];

    /// Returns where it stands.
    pub(crate) fn path(self) -> String {
        format!("/begeleiden/instellen/{}", self.name())
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Name => "naam",
            Self::Sight => "wie-ziet-wat",
            Self::Area => "gebied",
            Self::Themes => "onderwerpen",
            Self::Questions => "vragen",
            Self::Assignment => "opdracht",
            Self::JoinText => "welkom",
            Self::Consent => "toestemming",
            Self::ReportDesk => "meldpunt",
            Self::Retention => "bewaren",
        }
    }

    fn at(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
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
            ["begeleiden", "instellen"] => Self::Setup,
            ["begeleiden", "instellen", part] => Part::at(part).map_or(Self::Nowhere, Self::SetupPart),
            ["begeleiden", "groepen"] => Self::Groups,
            ["begeleiden", "groepen", id] => id.parse().map_or(Self::Nowhere, Self::Group),
            ["meer", "telefoons"] => Self::Phones,
            ["meer", "telefoons", "hierbij"] => Self::Coming,
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
            ("/begeleiden/instellen", Place::Setup),
            ("/begeleiden/instellen/gebied", Place::SetupPart(Part::Area)),
            ("/begeleiden/instellen/nergens", Place::Nowhere),
            ("/begeleiden/groepen", Place::Groups),
            ("/begeleiden/groepen/nieuw", Place::Nowhere),
            ("/meer/telefoons", Place::Phones),
            ("/meer/telefoons/hierbij", Place::Coming),
            ("/begeleiden/nergens", Place::Nowhere),
            ("/meer/telefoons/nergens", Place::Nowhere),
        ] {
            assert_eq!(Place::at(path), place, "{path}");
        }
        let id = RecordId::new(domain::Timestamp::from_ms(1), [1; 10]);
        assert_eq!(Place::at(&format!("/begeleiden/goedkeuren/{id}")), Place::ApproveCase(id));
        for part in Part::ALL {
            assert_eq!(Place::at(&part.path()), Place::SetupPart(part));
        }
        assert_eq!(Place::at(&format!("/begeleiden/groepen/{id}")), Place::Group(id));
    }
}
