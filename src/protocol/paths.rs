//! The addresses of the API.

use domain::{MediaHash, ProjectId};

use crate::{MediaSize, NEWEST_FIRST, PullFrom};

/// `POST`: joins a project.
pub const fn join_path() -> &'static str {
    "/api/join"
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
    };
    format!("/api/projects/{project}/media/{sha256}{query}")
}
