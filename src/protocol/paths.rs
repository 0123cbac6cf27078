//! The addresses of the API.

use domain::{MediaHash, ProjectId};

use crate::MediaSize;

/// `POST`: joins a project.
pub const fn join_path() -> &'static str {
    "/api/join"
}

/// `GET`: who this device is.
pub const fn me_path() -> &'static str {
    "/api/me"
}

/// `POST`: pushes records. `GET` with `after=` a cursor: pulls.
pub fn records_path(project: ProjectId) -> String {
    format!("/api/projects/{project}/records")
}

/// `PUT`: sends a medium. `GET`: reads it, or its small picture.
pub fn media_path(project: ProjectId, sha256: MediaHash, size: MediaSize) -> String {
    let query = match size {
        MediaSize::Large => "",
        MediaSize::Small => "?size=small",
    };
    format!("/api/projects/{project}/media/{sha256}{query}")
}
