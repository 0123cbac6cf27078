//! What the phone keeps for syncing, in words that engine, store and screens share.

use domain::{JoinCode, JoinId, Map, MediaHash, ProjectId, Record, RecordId, Timestamp};
use protocol::{ErrorCode, MediumState};
use serde::{Deserialize, Serialize};

/// Where a record belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Home {
    /// A project of which this phone is a member.
    Project(ProjectId),
    /// A project that is being joined: the server has not answered yet.
    Join(JoinId),
    /// Made before joining anything: goes to the first project joined.
    Unjoined,
}

impl Home {
    /// Returns the project, once it is known.
    pub const fn project(self) -> Option<ProjectId> {
        match self {
            Self::Project(project) => Some(project),
            Self::Join(_) | Self::Unjoined => None,
        }
    }
}

/// A place in the outbox; grows with each write on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OpId(pub u64);

/// One write that the server has not confirmed: an entry of the outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Op {
    /// Its place; the order of writing.
    pub id: OpId,
    /// Where it goes.
    pub home: Home,
    /// The fields written.
    pub record: Record,
    /// By how many milliseconds the phone's clock was corrected when it was stamped; `None` while the server's clock
    /// was not known.
    pub offset_ms: Option<i64>,
    /// It may have reached the server: it is not restamped, so that it is the same write when it arrives again.
    pub is_attempted: bool,
    /// Refused by the server for this reason; waits for its maker.
    pub set_aside: Option<ErrorCode>,
}

/// A join. It is kept for a while after the server's answer: browsers take their time to write a cookie to disk, and one
/// that is killed meanwhile comes back without its token. The same join, sent again, brings a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingJoin {
    /// Made on the phone.
    pub join_id: JoinId,
    /// The code that was typed.
    pub code: JoinCode,
    /// May be empty.
    pub nickname: String,
    /// The consent to take part.
    pub consent: Record,
    /// By how many milliseconds the phone's clock was corrected when the consent was stamped.
    pub offset_ms: Option<i64>,
    /// The server's refusal; it is not sent again.
    pub refused: Option<ErrorCode>,
    /// When the server answered, by its clock; `None` while it has not.
    #[serde(default)]
    pub answered: Option<Timestamp>,
    /// When it was asked for, by the phone's clock.
    pub made: Timestamp,
}

/// A record that this phone's member made, as the phone holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnRecord {
    /// All that is known of it: what the server gave back, with the phone's own writes merged in.
    pub record: Record,
    /// Where it belongs.
    pub home: Home,
    /// What the server said of its media.
    pub media: Map<MediaHash, MediumState>,
}

/// A medium that the server still has to receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upload {
    /// Bytes to send; the engine sends small ones first, so this stands first.
    pub bytes: u32,
    /// The project of the record.
    pub project: ProjectId,
    /// What to send.
    pub sha256: MediaHash,
    /// A record that shows it.
    pub record: RecordId,
}
