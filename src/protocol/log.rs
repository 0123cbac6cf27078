//! The log of a project: who did what. It holds no words of anybody, and no names.

use domain::plain::{Plain, Value};
use domain::{InvitationId, MemberId, Role};

/// How many lines a page of the log has at most.
pub const LOG_PAGE: usize = 100;

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LogReply {
    /// The newest first.
    pub lines: Vec<LogLine>,
    /// Where to go on with what is older: what `before` is then; `None` when there is no more.
    pub older: Option<u64>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(LogReply { lines, older, server_time_ms });

/// Something that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LogLine {
    /// Grows from line to line.
    pub number: u64,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// What.
    pub act: LogAct,
    /// The member who did it; `None`: whoever looks after the server.
    pub by: Option<MemberId>,
    /// To whom, when that is somebody else.
    pub member: Option<MemberId>,
    /// The role that was given or offered.
    pub role: Option<Role>,
    /// The invitation that was made, taken back, or joined by.
    pub invitation: Option<InvitationId>,
}

domain::plain!(LogLine { number, at_ms, act, by, member, role, invitation });

macro_rules! acts {
    ($($name:ident = $key:literal, $doc:literal;)*) => {
        /// What was done; the screens make the words.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum LogAct {
            $(#[doc = $doc] #[cfg_attr(feature = "schema", serde(rename = $key))] $name,)*
            /// An act of a later version.
            #[cfg_attr(feature = "schema", serde(rename = "unknown"))]
            Unknown,
        }

        impl LogAct {
            /// All acts of this version.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Returns the stable key, as sent and stored.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* Self::Unknown => "unknown" }
            }

            /// Returns the act with this key; one of a later version is [`Self::Unknown`].
            pub fn from_key(key: &str) -> Self {
                match key { $($key => Self::$name,)* _ => Self::Unknown }
            }
        }
    };
}

acts! {
    Joined = "joined", "Somebody joined, under a role.";
    Invited = "invited", "An invitation was made.";
    InvitationRevoked = "invitation_revoked", "An invitation was taken back.";
    CodeRenewed = "code_renewed", "The residents' join code was replaced.";
    GroupCodeRenewed = "group_code_renewed", "A group got a join code, in the place of any that it had.";
    MemberRemoved = "member_removed", "A member was taken out of the project.";
    RoleChanged = "role_changed", "A member got another role.";
    DeviceLinked = "device_linked", "A member linked another device.";
    DeviceShutOut = "device_shut_out", "A member's device was shut out.";
    ProjectClosed = "project_closed", "The project takes nothing new since.";
    ProjectOpened = "project_opened", "The project takes new things again.";
    ProjectSetUp = "project_set_up", "The project's settings were changed.";
    GroupChanged = "group_changed", "A group was made or changed.";
    EntryApproved = "entry_approved", "A member's entry was approved.";
    EntryAsked = "entry_asked", "A member was asked about his entry.";
    EntryHidden = "entry_hidden", "A member's entry was hidden from others.";
}

impl Plain for LogAct {
    fn to_value(&self) -> Value {
        self.key().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from_key)
    }
}

domain::serde_by_plain!(LogAct);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_known_by_its_key_and_one_of_a_later_version_is_read_all_the_same() {
        for act in LogAct::ALL {
            assert_eq!(LogAct::from_key(act.key()), *act);
        }
        assert_eq!(serde_json::from_str::<LogAct>(r#""moved""#).unwrap(), LogAct::Unknown);
    }
}
