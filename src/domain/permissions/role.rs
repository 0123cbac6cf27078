//! What a member is in a project.

use serde_json::Value;

use crate::plain::Plain;

/// What a member is in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", serde(rename_all = "snake_case"))]
pub enum Role {
    /// *Bewoner*: makes entries, and sees what is shared.
    Resident,
    /// *Begeleider*: a resident who also guides the others.
    Worker,
    /// *Coördinator*: sets the project up, and says who is in it.
    Coordinator,
    /// *Onderzoeker*: reads what is shared, without names.
    Researcher,
    /// *Gemeente*: reads what everyone in the project may see.
    Municipality,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] = [Self::Resident, Self::Worker, Self::Coordinator, Self::Researcher, Self::Municipality];

    /// Returns the stable key, as stored and sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Worker => "worker",
            Self::Coordinator => "coordinator",
            Self::Researcher => "researcher",
            Self::Municipality => "municipality",
        }
    }

    /// Returns the role with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Says whether the part of the app is for this role in which one guides others, or looks at what they did (*Begeleiden*).
    pub const fn has_desk(self) -> bool {
        !matches!(self, Self::Resident)
    }

    /// Says whether this role is above another: a member who is offered both has this one. From low to high: resident,
    /// municipality, researcher, worker, coordinator.
    pub const fn is_above(self, other: Self) -> bool {
        self.rank() > other.rank()
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Resident => 0,
            Self::Municipality => 1,
            Self::Researcher => 2,
            Self::Worker => 3,
            Self::Coordinator => 4,
        }
    }

    /// Returns what phones are told that know residents and workers alone: the nearest role that may not do more.
    pub const fn as_of_the_first_two(self) -> Self {
        match self {
            Self::Resident | Self::Researcher | Self::Municipality => Self::Resident,
            Self::Worker | Self::Coordinator => Self::Worker,
        }
    }
}

impl Plain for Role {
    fn to_value(&self) -> Value {
        self.key().into()
    }

    /// Takes a role of a later version for the one that may do least beyond its own; who needs to know better asks
    /// [`Role::from_key`].
    fn from_value(value: &Value) -> Option<Self> {
        Some(Self::from_key(value.as_str()?).unwrap_or(Self::Resident))
    }
}

crate::serde_by_plain!(Role);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_roles_one_is_above_the_other() {
        use Role::{Coordinator, Municipality, Researcher, Resident, Worker};
        let from_low_to_high = [Resident, Municipality, Researcher, Worker, Coordinator];
        assert!(from_low_to_high.is_sorted_by(|low, high| high.is_above(*low) && !low.is_above(*high)));
        assert!(Role::ALL.iter().all(|role| from_low_to_high.contains(role) && !role.is_above(*role)));
    }

    #[test]
    fn a_role_of_a_later_version_is_a_residents_and_everything_else_is_none() {
        for role in Role::ALL {
            assert_eq!(Role::from_value(&role.to_value()), Some(role));
        }
        assert_eq!(Role::from_value(&"mayor".into()), Some(Role::Resident));
        assert_eq!((Role::from_key("mayor"), Role::from_value(&1.into())), (None, None));
    }
}
