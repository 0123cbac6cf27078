//! Joining a project, and asking who this device is.

use domain::{Audience, DeviceId, JoinCode, JoinId, MemberId, ProjectId, Record, Role};

use crate::UnfinishedUpload;

/// The longest nickname, in signs.
pub const MAX_NICKNAME_CHARS: usize = 40;

/// Joins a project. Sent again (a lost reply), it makes no second member.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JoinRequest {
    /// Made on the phone, known to nobody else.
    pub join_id: JoinId,
    /// The code on the poster.
    pub code: JoinCode,
    /// May be empty.
    #[cfg_attr(feature = "schema", serde(default))]
    pub nickname: String,
    /// The consent to take part: a record of kind `consent`.
    pub consent: Record,
}

domain::plain!(JoinRequest { join_id, code, nickname: or_default, consent });

/// The device is a member now; its token is in the `Set-Cookie` header alone.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct JoinReply {
    /// The device.
    pub device_id: DeviceId,
    /// The membership that was made, or that was there already.
    pub membership: Membership,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(JoinReply { device_id, membership, server_time_ms });

/// What lies behind a code, for whoever is about to join by it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WelcomeReply {
    /// The project's name.
    pub name: String,
    /// Who sees an entry whose maker does not say.
    pub default_audience: Audience,
    /// There are groups, so that "my group" means something.
    pub has_groups: bool,
    /// What the project says to whoever comes, in the language that was asked for.
    pub join_text: Option<String>,
    /// The project's own text under which one takes part.
    pub consent: Option<ConsentShown>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(WelcomeReply { name, default_audience, has_groups, join_text, consent, server_time_ms });

/// A text under which a consent is given, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ConsentShown {
    /// Its number, as a consent names it.
    pub version: u32,
    /// What it says.
    pub text: String,
}

domain::plain!(ConsentShown { version, text });

/// Who this device is.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MeReply {
    /// The device; `None` for one that has joined nothing yet.
    pub device_id: Option<DeviceId>,
    /// One per project, oldest first.
    pub memberships: Vec<Membership>,
    /// Uploads of this device that broke off: it goes on with them without asking for each.
    #[cfg_attr(feature = "schema", serde(default))]
    pub unfinished: Vec<UnfinishedUpload>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(MeReply { device_id, memberships, unfinished: unless_default, server_time_ms });

/// A device's place in a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Membership {
    /// The project.
    pub project: ProjectInfo,
    /// Who the device is there.
    pub member_id: MemberId,
    /// What the member is there.
    pub role: Role,
    /// May be empty.
    pub nickname: String,
}

domain::plain!(Membership { project, member_id, role, nickname });

impl Membership {
    /// Returns it in words that a phone of this version of the protocol knows.
    #[must_use]
    pub fn for_version(self, version: u32) -> Self {
        let role = if version < 3 { self.role.as_of_the_first_two() } else { self.role };
        Self { role, ..self }
    }
}

/// What a member knows of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProjectInfo {
    /// The project.
    pub id: ProjectId,
    /// Such as "Wij zijn Presikhaaf".
    pub name: String,
    /// Such as "Arnhem".
    pub municipality: String,
}

domain::plain!(ProjectInfo { id, name, municipality });
