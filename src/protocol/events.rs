//! What the server tells phones that listen.

use domain::ProjectId;

/// Something changed in a project: whoever has not pulled as far as this sequence number pulls. It says no more than
/// that, so that nobody hears by it what he may not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RemoteChange {
    /// The project.
    pub project: ProjectId,
    /// The newest sequence number in it.
    pub sequence: u64,
}

domain::plain!(RemoteChange { project, sequence });
