//! The addresses of the API.

use domain::{DeviceId, InvitationId, JoinCode, LinkId, MediaHash, MemberId, ProjectId, RecordId};

use crate::{MediaSize, NEWEST_FIRST, PullFrom};

/// `POST`: joins a project.
pub const fn join_path() -> &'static str {
    "/api/join"
}

/// `GET`: what lies behind a code; the project's words in the language of this tag.
pub fn welcome_path(code: JoinCode, language: &str) -> String {
    format!("/api/codes/{code}?language={language}")
}

/// `GET`: who this device is.
pub const fn me_path() -> &'static str {
    "/api/me"
}

/// `GET`: the stream of events, as server-sent events: each a [`crate::RemoteChange`].
pub const fn events_path() -> &'static str {
    "/api/events"
}

/// `POST`: pushes records. `GET`: pulls, as [`pull_path`] says.
pub fn records_path(project: ProjectId) -> String {
    format!("/api/projects/{project}/records")
}

/// `GET`: one page of a pull. A cursor and a page's name are of signs that need no escaping.
pub fn pull_path(project: ProjectId, from: &PullFrom) -> String {
    let path = records_path(project);
    match from {
        PullFrom::Newest => format!("{path}?order={NEWEST_FIRST}"),
        PullFrom::After(cursor) => format!("{path}?after={cursor}"),
        PullFrom::Before(older) => format!("{path}?before={older}"),
    }
}

/// `PUT`: sends a medium. `HEAD`: how much of it the server holds. `PATCH`: goes on with it. `GET`: reads it, or its small picture.
pub fn media_path(project: ProjectId, sha256: MediaHash, size: MediaSize) -> String {
    let query = match size {
        MediaSize::Large => "",
        MediaSize::Small => "?size=small",
        MediaSize::Played => "?size=played",
    };
    format!("/api/projects/{project}/media/{sha256}{query}")
}

/// `GET`: the invitations of a project. `POST`: makes one.
pub fn invitations_path(project: ProjectId) -> String {
    format!("/api/projects/{project}/invitations")
}

/// `DELETE`: takes an invitation back.
pub fn invitation_path(project: ProjectId, invitation: InvitationId) -> String {
    format!("/api/projects/{project}/invitations/{invitation}")
}

/// `GET`: the residents' join code. `POST`: puts a new one in its place.
pub fn code_path(project: ProjectId) -> String {
    format!("/api/projects/{project}/code")
}

/// `GET`: the join code of a group. `POST`: makes one, in the place of any that there was.
pub fn group_code_path(project: ProjectId, group: RecordId) -> String {
    format!("/api/projects/{project}/groups/{group}/code")
}

/// `GET`: the members of a project.
pub fn members_path(project: ProjectId) -> String {
    format!("/api/projects/{project}/members")
}

/// `DELETE`: takes a member out of the project.
pub fn member_path(project: ProjectId, member: MemberId) -> String {
    format!("/api/projects/{project}/members/{member}")
}

/// `GET`: a page of the log; `before` is a line's number, `None` asks for the newest.
pub fn log_path(project: ProjectId, before: Option<u64>) -> String {
    let query = before.map(|number| format!("?before={number}")).unwrap_or_default();
    format!("/api/projects/{project}/log{query}")
}

/// Returns the app's own path by which one joins with a code: what a QR code leads to, behind scheme and host.
pub fn join_link(code: JoinCode) -> String {
    format!("/mee/{code}")
}

/// `GET`: the phones of this person.
pub const fn devices_path() -> &'static str {
    "/api/devices"
}

/// `PATCH`: gives one of them a name. `DELETE`: shuts it out.
pub fn device_path(device: DeviceId) -> String {
    format!("/api/devices/{device}")
}

/// `POST`: begins to link another phone.
pub const fn links_path() -> &'static str {
    "/api/links"
}

/// `GET`: how it stands with a link.
pub fn link_path(link: LinkId) -> String {
    format!("/api/links/{link}")
}

/// `POST`: accepts the phone that asks.
pub fn link_accept_path(link: LinkId) -> String {
    format!("/api/links/{link}/accept")
}

/// `POST`: asks, on the other phone, to be linked.
pub const fn link_with_code_path() -> &'static str {
    "/api/link"
}

/// `GET`: whether this person has words to come back with. `POST`: makes new ones. `DELETE`: takes them back.
pub const fn recovery_path() -> &'static str {
    "/api/recovery"
}

/// `POST`: comes back with words.
pub const fn recover_path() -> &'static str {
    "/api/recover"
}
