//! Who comes into a project and who is in it: what coordinators ask for.

use domain::plain::{Plain, Value};
use domain::{InvitationId, JoinCode, MemberId, Role, plain};

/// How many days an invitation lasts when nothing else is asked for.
pub const INVITATION_DAYS: u32 = 14;

/// The most days that an invitation lasts.
pub const MAX_INVITATION_DAYS: u32 = 90;

/// The most people that an invitation lets in.
pub const MAX_INVITATION_USES: u32 = 100;

/// Invites somebody under a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InviteRequest {
    /// What one becomes by it.
    pub role: Role,
    /// How many days it lasts, 1 to 90; 14 when it is not said.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 90))]
    pub days: Option<u32>,
    /// How many people it lets in, 1 to 100; one when it is not said.
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 100))]
    pub uses: Option<u32>,
}

impl Plain for InviteRequest {
    fn to_value(&self) -> Value {
        let mut object = plain::Object::new();
        plain::put(&mut object, "role", self.role.to_value());
        plain::put(&mut object, "days", self.days.to_value());
        plain::put(&mut object, "uses", self.uses.to_value());
        object.into()
    }

    /// A role that is not known invites nobody, under no other one either.
    fn from_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            role: Role::from_key(object.get("role")?.as_str()?)?,
            days: plain::take(object, "days")?,
            uses: plain::take(object, "uses")?,
        })
    }
}

domain::serde_by_plain!(InviteRequest);

/// An invitation that was just made: the only answer that tells its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InviteReply {
    /// The invitation.
    pub id: InvitationId,
    /// What whoever is invited joins with.
    pub code: JoinCode,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(InviteReply { id, code, expires_ms, server_time_ms });

/// The invitations of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InvitationsReply {
    /// The newest first.
    pub invitations: Vec<Invitation>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(InvitationsReply { invitations, server_time_ms });

/// An invitation, as those see it who may invite.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// The invitation.
    pub id: InvitationId,
    /// What one becomes by it.
    pub role: Role,
    /// How many may still come in by it.
    pub uses_left: u32,
    /// When it was made, in milliseconds since 1970.
    pub made_ms: u64,
    /// When it ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// It was taken back.
    pub is_revoked: bool,
    /// Who invites; `None`: whoever looks after the server.
    pub invited_by: Option<MemberId>,
    /// Who came in by it, or got his role by it, the first one first.
    pub members: Vec<MemberId>,
}

domain::plain!(Invitation { id, role, uses_left, made_ms, expires_ms, is_revoked, invited_by, members });

/// The code on the poster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CodeReply {
    /// What residents join with.
    pub code: JoinCode,
    /// The link's path on this server, for a QR code.
    pub path: String,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(CodeReply { code, path, server_time_ms });

/// The code by which one joins a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupCodeReply {
    /// What one joins with, and is in the group at once; `None`: none was made yet.
    pub code: Option<JoinCode>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(GroupCodeReply { code, server_time_ms });

/// The members of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MembersReply {
    /// The first to join first, without those who were removed; pseudonyms stand in an order of their own.
    pub members: Vec<MemberInfo>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(MembersReply { members, server_time_ms });

/// A member, as those see him who may see who is in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MemberInfo {
    /// The member.
    pub id: MemberId,
    /// May be empty.
    pub nickname: String,
    /// What the member is there.
    pub role: Role,
    /// When he joined, in milliseconds since 1970; `None` beside a pseudonym.
    pub joined_ms: Option<u64>,
    /// How many entries of his the server holds, without what he put away.
    pub entries: u64,
    /// His devices, the last one heard of first; none beside a pseudonym.
    pub devices: Vec<DeviceSeen>,
}

domain::plain!(MemberInfo { id, nickname, role, joined_ms, entries, devices });

/// A member's device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeviceSeen {
    /// When it last asked the server for something, to a minute, in milliseconds since 1970.
    pub seen_ms: Option<u64>,
}

domain::plain!(DeviceSeen { seen_ms });

/// It is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DoneReply {
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(DoneReply { server_time_ms });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_says_its_role_and_need_not_say_more() {
        let read = |text| serde_json::from_str::<InviteRequest>(text).ok();
        let asked = |days, uses| Some(InviteRequest { role: Role::Worker, days, uses });
        assert_eq!(read(r#"{"role":"worker"}"#), asked(None, None));
        assert_eq!(read(r#"{"role":"worker","days":7,"uses":3}"#), asked(Some(7), Some(3)));
        let text = serde_json::to_string(&asked(Some(7), None).unwrap()).unwrap();
        assert_eq!(read(&text), asked(Some(7), None));
        for wrong in [r#"{"role":"mayor"}"#, "{}", r#"{"role":"worker","uses":-1}"#, r#"{"role":"worker","days":"7"}"#]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
