//! What goes into the engine and what comes out of it.

use domain::{JoinId, Map, MediaHash, ProjectId, Record, RecordId, Stamp, Timestamp};
use protocol::{
    ErrorCode, JoinReply, JoinRequest, MeReply, MediaReply, MediumState, Membership, PullFrom, PullItem, PullReply,
    PushReply, RemoteChange,
};

use crate::{Cursors, Op, OpId, PendingJoin, Staying, Upload};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The app (or the worker) started.
    Started,
    /// The browser believes there is network again.
    WentOnline,
    /// The page came to the front.
    BecameVisible,
    /// Something was written to the outbox.
    ChangeQueued,
    /// A person asked to send now.
    SendAsked,
    /// The server's stream of events told of a change.
    RemoteChanged(RemoteChange),
    /// The time that [`crate::Engine::next_wakeup`] named has come.
    WakeupReached,
    /// The answer to [`Effect::Load`].
    Loaded(Box<Snapshot>),
    /// An [`Effect::Persist`] is complete; one event for each.
    Stored,
    /// Loading or persisting failed; nothing of it was kept.
    StorageFailed,
    /// The answer to an [`Effect::Send`].
    Answered(RequestId, Box<Outcome>),
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read what syncing needs: answered by [`Event::Loaded`].
    Load,
    /// Do all of this in one transaction: answered by [`Event::Stored`].
    Persist(Vec<Write>),
    /// Ask the server: answered by [`Event::Answered`].
    Send(RequestId, Request),
}

/// Ties an answer to its question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// A question to the server.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Who is this device, and what time is it?
    Me,
    /// Join.
    Join(Box<JoinRequest>),
    /// Push these records.
    Push(ProjectId, Vec<Record>),
    /// How many bytes of this medium does the server hold?
    AskOffset(ProjectId, MediaHash),
    /// Send a medium from this byte on; its bytes are in the storage. From byte 0 it is the whole, in one request.
    Upload(ProjectId, MediaHash, u64),
    /// One page of what changed.
    Pull(ProjectId, PullFrom),
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Our server answered.
    Reply(Reply),
    /// Our server refused.
    Refused {
        /// Why.
        code: ErrorCode,
        /// How long it asked us to wait, in milliseconds.
        retry_after_ms: Option<u64>,
        /// Its clock.
        server_time_ms: u64,
    },
    /// No answer, or one that is not our server's (a captive portal).
    Unreachable,
    /// The storage does not hold the bytes that were to be sent.
    NothingToSend,
}

/// An answer of our server.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// To [`Request::Me`].
    Me(MeReply),
    /// To [`Request::Join`].
    Joined(JoinReply),
    /// To [`Request::Push`].
    Pushed(PushReply),
    /// To [`Request::AskOffset`]: bytes. A server of the first version does not say, which is 0.
    Offset(u64),
    /// To [`Request::Upload`].
    Uploaded(MediaReply),
    /// To [`Request::Pull`].
    Pulled(PullReply),
}

impl Reply {
    /// Returns the server's clock, in an answer that carries it.
    pub(crate) const fn server_time_ms(&self) -> Option<u64> {
        match self {
            Self::Me(reply) => Some(reply.server_time_ms),
            Self::Joined(reply) => Some(reply.server_time_ms),
            Self::Pushed(reply) => Some(reply.server_time_ms),
            Self::Offset(_) => None,
            Self::Uploaded(reply) => Some(reply.server_time_ms),
            Self::Pulled(reply) => Some(reply.server_time_ms),
        }
    }
}

/// What syncing needs from the storage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// Joins that the server has not answered.
    pub joins: Vec<PendingJoin>,
    /// Joins that it has answered and that are still kept.
    pub answered_joins: Vec<PendingJoin>,
    /// The projects of this phone that it has not left, each with how far it was pulled. What belongs to one that it has
    /// left is not sent: neither its writes nor its media stand below.
    pub projects: Vec<(ProjectId, Cursors)>,
    /// Writes that are not set aside and whose project is known, oldest first. All of them: what only takes something back
    /// goes to a closed project ahead of what waits for it to open.
    pub ops: Vec<Op>,
    /// Own records that stay on this phone: of their writes the engine sends what [`crate::leaves`] says.
    pub staying: Staying,
    /// Media that the server has to receive and that are not set aside.
    pub uploads: Vec<Upload>,
    /// An older version of the app parked changes that it did not know.
    pub is_replay_due: bool,
    /// By how many milliseconds the phone's clock is corrected; `None` while the server's clock is not known.
    pub offset_ms: Option<i64>,
    /// The newest stamp of this phone that the server has taken.
    pub confirmed: Option<Stamp>,
}

/// A change of the storage. All writes of one [`Effect::Persist`] happen together or not at all.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// The phone's clock is to be corrected by this many milliseconds from now on.
    Offset(i64),
    /// The server said which memberships this device has: add those that are new, update those that are known.
    Memberships(Vec<Membership>),
    /// This phone is no member of the project (any more): views of it go with their photos, and nothing is sent to it.
    /// What its member made stays.
    Left(ProjectId),
    /// This phone was shut out: it leaves every project, and drops what the server has received of its own too. What the server
    /// has not received stays with its photos, and so do joins that wait.
    ShutOut,
    /// These writes have new stamps; the records on the phone follow.
    Restamped {
        /// The writes, whole.
        ops: Vec<Op>,
        /// Old stamp to new stamp, for the records.
        stamps: Map<Stamp, Stamp>,
    },
    /// These writes are about to be sent.
    Attempted(Vec<OpId>),
    /// The server made this phone a member: what waited for this join, or for any, goes to its project.
    Joined {
        /// The join.
        join_id: JoinId,
        /// The membership.
        membership: Membership,
        /// When, by the server's clock.
        answered: Timestamp,
    },
    /// A join is not needed any more, or does not help any more.
    JoinForgotten(JoinId),
    /// The server refused a join: what waited for it waits for another.
    JoinRefused {
        /// The join.
        join_id: JoinId,
        /// Why.
        code: ErrorCode,
    },
    /// The server holds these writes: they leave the outbox.
    Confirmed {
        /// The writes.
        ops: Vec<OpId>,
        /// The record they wrote.
        record: RecordId,
        /// Where its media stand.
        media: Map<MediaHash, MediumState>,
    },
    /// These writes were refused: they wait for their maker.
    SetAside {
        /// The writes.
        ops: Vec<OpId>,
        /// Why.
        code: ErrorCode,
    },
    /// A medium's state, in these own records, which show it.
    Medium {
        /// The records.
        records: Vec<RecordId>,
        /// The medium.
        sha256: MediaHash,
        /// Where it stands.
        state: MediumState,
    },
    /// Take in the changes that an older version of the app parked; those still not known stay parked.
    Replay,
    /// A page of changes. Those of a later version are parked, until a change of the same record that is known.
    Pulled {
        /// The project.
        project: ProjectId,
        /// The changes.
        items: Vec<PullItem>,
        /// Where to go on.
        cursors: Cursors,
        /// The server began anew: views that are held go before these are taken in.
        restarted: bool,
    },
}
