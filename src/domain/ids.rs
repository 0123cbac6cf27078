//! Identifiers. Each is a type of its own, so that one never stands where another is meant.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::Timestamp;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub struct $name(Uuid);

        impl $name {
            /// Makes a UUIDv7 from a time and ten random bytes.
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.ms(), &random).into_uuid())
            }

            /// Wraps a UUID that already exists.
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// Returns the UUID inside.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        crate::plain_text!($name);
    };
}

id! {
    /// One neighbourhood's project.
    ProjectId
}
id! {
    /// A person in one project.
    MemberId
}
id! {
    /// A phone or browser; it has one membership per project.
    DeviceId
}
id! {
    /// One act of linking a second phone.
    LinkId
}
id! {
    /// A record of any kind.
    RecordId
}
id! {
    /// One act of joining, made on the phone: a repeated join makes one member, not two.
    JoinId
}
id! {
    /// One invitation to a project.
    InvitationId
}

/// The writer's part of a [`Stamp`](crate::Stamp): a random number that a device keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u64);

impl NodeId {
    /// The server, which writes a little itself.
    pub const SERVER: Self = Self(0);
}
