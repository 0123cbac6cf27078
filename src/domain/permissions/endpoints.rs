//! Which role may ask what of the server.

use super::May::{self, No, Own, Yes};
use super::{Cells, Role};

/// Who may ask at an address at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everybody, whether known or not.
    Anyone,
    /// Every device with a token, in whatever project; for itself, and for the devices of the same person.
    Device,
    /// Members of the project that the address names, by their roles.
    Members(Cells),
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub endpoint: Endpoint,
    /// Such as `GET`.
    pub method: &'static str,
    /// The address, with names in the place of ids.
    pub path: &'static str,
    /// Who may ask.
    pub gate: Gate,
}

macro_rules! endpoints {
    ($($name:ident = $method:literal $path:literal $gate:expr;)*) => {
        /// A method at an address.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Endpoint {
            $(#[doc = concat!("`", $method, " ", $path, "`")] $name,)*
        }

        /// All of them.
        pub const LINES: &[Line] =
            &[$(Line { endpoint: Endpoint::$name, method: $method, path: $path, gate: $gate },)*];
    };
}

const fn members(cells: [May; Role::ALL.len()]) -> Gate {
    Gate::Members(Cells(cells))
}

// Of members, in this order: resident, worker, coordinator, researcher, municipality.
endpoints! {
    Join = "POST" "/api/join" Gate::Anyone;
    Welcome = "GET" "/api/codes/{code}" Gate::Anyone;
    Me = "GET" "/api/me" Gate::Anyone;
    Events = "GET" "/api/events" Gate::Device;
    Push = "POST" "/api/projects/{project}/records" members([Yes, Yes, Yes, Yes, Yes]);
    Pull = "GET" "/api/projects/{project}/records" members([Yes, Yes, Yes, Yes, Yes]);
    ReadMedium = "GET" "/api/projects/{project}/media/{sha256}" members([Yes, Yes, Yes, Yes, Yes]);
    SendMedium = "PUT" "/api/projects/{project}/media/{sha256}" members([Own, Own, Own, No, No]);
    AskMedium = "HEAD" "/api/projects/{project}/media/{sha256}" members([Own, Own, Own, No, No]);
    GoOnWithMedium = "PATCH" "/api/projects/{project}/media/{sha256}" members([Own, Own, Own, No, No]);
    SeeInvitations = "GET" "/api/projects/{project}/invitations" members([No, Own, Yes, No, No]);
    Invite = "POST" "/api/projects/{project}/invitations" members([No, Yes, Yes, No, No]);
    RevokeInvitation = "DELETE" "/api/projects/{project}/invitations/{invitation}" members([No, Own, Yes, No, No]);
    SeeCode = "GET" "/api/projects/{project}/code" members([No, Yes, Yes, No, No]);
    RotateCode = "POST" "/api/projects/{project}/code" members([No, No, Yes, No, No]);
    SeeGroupCode = "GET" "/api/projects/{project}/groups/{group}/code" members([No, Yes, Yes, No, No]);
    RotateGroupCode = "POST" "/api/projects/{project}/groups/{group}/code" members([No, Yes, Yes, No, No]);
    SeeMembers = "GET" "/api/projects/{project}/members" members([No, Yes, Yes, May::Pseudonymised, No]);
    RemoveMember = "DELETE" "/api/projects/{project}/members/{member}" members([No, No, Yes, No, No]);
    ReadLog = "GET" "/api/projects/{project}/log" members([No, No, Yes, No, No]);
    SeeDevices = "GET" "/api/devices" Gate::Device;
    NameDevice = "PATCH" "/api/devices/{device}" Gate::Device;
    ShutOutDevice = "DELETE" "/api/devices/{device}" Gate::Device;
    BeginLink = "POST" "/api/links" Gate::Device;
    SeeLink = "GET" "/api/links/{link}" Gate::Device;
    AcceptLink = "POST" "/api/links/{link}/accept" Gate::Device;
    Link = "POST" "/api/link" Gate::Anyone;
    SeeRecovery = "GET" "/api/recovery" Gate::Device;
    MakeRecovery = "POST" "/api/recovery" Gate::Device;
    DropRecovery = "DELETE" "/api/recovery" Gate::Device;
    Recover = "POST" "/api/recover" Gate::Anyone;
}

impl Endpoint {
    /// Returns its line.
    pub const fn line(self) -> &'static Line {
        &LINES[self as usize]
    }

    /// Returns what a member with this role may ask there.
    pub const fn may(self, role: Role) -> May {
        match self.line().gate {
            Gate::Anyone | Gate::Device => Own,
            Gate::Members(cells) => cells.of(role),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_names_a_project_where_roles_count_and_none_where_they_do_not() {
        for (at, line) in LINES.iter().enumerate() {
            assert_eq!(line.endpoint as usize, at);
            assert_eq!(line.endpoint.line(), line);
            assert_eq!(line.path.contains("{project}"), matches!(line.gate, Gate::Members(_)), "{}", line.path);
        }
    }
}
