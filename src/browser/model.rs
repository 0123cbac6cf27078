//! What screens get to see: values, without anything of the browser or the database in them.

use domain::plain::{Plain, Value};
use domain::{Entry, MemberId, Place, PlaceShown, ProjectId, RecordId, Reply, Role, Theme, Timestamp, Valence};
use media::PhotoProblem;
use protocol::{ErrorCode, ProjectInfo};
use store::StoreError;

/// What has changed; whoever shows it reads it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Own entries, or what others made.
    Entries,
    /// Drafts.
    Drafts,
    /// Memberships, the current project, a join.
    Memberships,
    /// What [`crate::Phone::status`] says.
    Status,
}

impl Change {
    /// All that can change.
    const ALL: [Self; 4] = [Self::Entries, Self::Drafts, Self::Memberships, Self::Status];

    const fn key(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Drafts => "drafts",
            Self::Memberships => "memberships",
            Self::Status => "status",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.key() == key)
    }
}

domain::plain_key!(Change);

/// A draft: it is on disk from its first byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Becomes the entry's id.
    pub id: RecordId,
    /// In the maker's order.
    pub photos: Vec<DraftPhoto>,
    /// What the maker feels.
    pub valence: Option<Valence>,
    /// At most three.
    pub themes: Vec<Theme>,
    /// The maker's words.
    pub story: String,
    /// Where it was made, as it is written; see [`Self::place`].
    pub place: Option<Value>,
    /// How precisely others see that.
    pub place_shown: Option<PlaceShown>,
    /// Where its first photo that knows so was taken, as it is written; see [`Self::offered_place`].
    pub offered_place: String,
    /// What is said of the people in its photos, as it is written; see [`Self::people_said`].
    pub people: Option<Value>,
    /// When it was begun, by the phone's clock.
    pub begun: Timestamp,
    /// What is told by voice.
    pub voice: Option<DraftVoice>,
    /// What is said to questions, one of each.
    pub replies: Vec<Reply>,
}

/// The recording of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftVoice {
    /// Under way, or broken off when the browser was closed or killed: what came of it is on disk.
    Recording,
    /// It goes along when the draft is saved.
    Ready {
        /// How long it sounds, in milliseconds.
        ms: u32,
    },
}

impl Draft {
    /// Returns where it was made, as its maker said.
    pub fn place(&self) -> Option<Place> {
        self.place.as_ref().and_then(Plain::from_value)
    }

    /// Returns what was said to the question with this key; empty where nothing was.
    pub fn said_to(&self, key: &str) -> &str {
        self.replies.iter().find(|reply| reply.key == key).map_or("", |reply| &reply.text)
    }

    /// Returns where its first photo that knows so was taken: its maker may take it over, by [`crate::Phone::set_place`].
    pub fn offered_place(&self) -> Option<Place> {
        serde_json::from_str(&self.offered_place).ok()
    }
}

/// A photo of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftPhoto {
    /// Its name within this phone.
    pub id: PhotoId,
    /// How far it is.
    pub state: PhotoState,
}

/// A photo's name within this phone, from choosing to saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhotoId(pub RecordId);

/// How far a chosen photo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoState {
    /// On disk as it was chosen; being made ready.
    Waiting,
    /// Upright, downsized, without metadata.
    Ready {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Cannot be used; the rest of the draft is safe.
    Refused(PhotoProblem),
}

/// Why saving did not happen. The draft stays on the phone in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveProblem {
    /// There is no such draft (any more).
    NoDraft,
    /// None of its photos can be used.
    NoPhoto,
    /// The phone's storage is full.
    StorageFull,
    /// The phone's storage does not answer.
    StorageFailed,
    /// Its recording was begun and not ended: it is on disk, to be ended or thrown away.
    Recording,
    /// A photo could not be made ready now; it is on disk as it was chosen, and saving tries again.
    NotReady,
}

/// Why a draft's photo was not looked at or painted on. It is as it was in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepaintProblem {
    /// What does so has not come to this phone yet, or it died.
    NotHere,
    /// There is no such photo, or it is not ready.
    NoPhoto,
    /// The browser could not draw it: too little memory, most likely.
    Failed,
    /// It could not be written.
    Storage(SaveProblem),
}

/// Why a recording is no voice note. What was recorded stays on the phone in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoiceProblem {
    /// There is no sound in it (yet), or no such draft.
    NoSound,
    /// It sounds for longer than is taken.
    TooLong,
    /// What looks at it has not come to this phone yet, or it died.
    NotHere,
    /// It could not be written.
    Storage(SaveProblem),
}

/// Where an own entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendState {
    /// *Op deze telefoon*.
    OnPhone,
    /// *Wordt verstuurd*.
    Sending {
        /// Parts that the server holds: the words and each photo.
        sent: u32,
        /// All parts.
        total: u32,
    },
    /// *Ontvangen*: the server holds the record and every medium, checked by hash.
    Received,
    /// *Blijft op deze telefoon*: its maker wants so.
    Stays,
}

/// An own entry.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnEntry {
    /// The entry.
    pub id: RecordId,
    /// Its project; `None` while nothing is joined.
    pub project: Option<ProjectId>,
    /// What it says.
    pub entry: Entry,
    /// Where it is.
    pub state: SendState,
    /// The server keeps a copy although it may be for its maker alone.
    pub keeps_copy: bool,
    /// Why it, or a part of it, was set aside.
    pub problem: Option<ErrorCode>,
}

/// An entry on the wall.
#[derive(Clone, Debug, PartialEq)]
pub struct WallEntry {
    /// The entry.
    pub id: RecordId,
    /// Its project.
    pub project: Option<ProjectId>,
    /// The maker's nickname; may be empty.
    pub maker: String,
    /// Made on this phone's membership.
    pub is_mine: bool,
    /// What it says.
    pub entry: Entry,
    /// Where it is, for an own one.
    pub state: Option<SendState>,
}

/// A membership of this phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The project.
    pub project: ProjectInfo,
    /// Who the phone is there.
    pub member: MemberId,
    /// What that member is there.
    pub role: Role,
    /// May be empty.
    pub nickname: String,
}

/// What this phone takes part in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memberships {
    /// One per project, oldest first.
    pub joined: Vec<Joined>,
    /// The project for which entries are made now.
    pub current: Option<ProjectId>,
    /// Codes typed without network, waiting for the server.
    pub waiting: Vec<domain::JoinCode>,
    /// Codes that the server refused.
    pub refused: Vec<(domain::JoinCode, ErrorCode)>,
    /// The server was asked who this phone is, and knows no more than stands here.
    pub is_asked: bool,
}

/// What became of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinOutcome {
    /// This phone is a member.
    Joined,
    /// Kept on the phone; follows once there is network.
    WaitsForNetwork,
    /// The server said no.
    Refused(ErrorCode),
    /// The phone's storage does not answer.
    StorageFailed,
}

/// How it stands with network, outbox and version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The browser believes there is network.
    pub is_online: bool,
    /// Photos that the server has not received.
    pub unsent_photos: u32,
    /// Entries whose words or photos the server has not received.
    pub unsent_entries: u32,
    /// When the oldest of them was saved.
    pub oldest_unsent: Option<Timestamp>,
    /// Something is on its way now.
    pub is_sending: bool,
    /// Why sending stopped, when it is not the network.
    pub problem: Option<ErrorCode>,
    /// The browser keeps nothing after closing (private window).
    pub keeps_nothing: bool,
    /// A newer version is installed and waits.
    pub update_waits: bool,
}

/// How it stands with the phone's storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Storage {
    /// Bytes in use by the app; `None` where the browser does not say.
    pub used_bytes: Option<u64>,
    /// Bytes that may still be used.
    pub free_bytes: Option<u64>,
    /// The browser promised not to clear it by itself.
    pub is_persisted: bool,
    /// It is opened as an app of its own, not as a page of the browser.
    pub is_installed: bool,
    /// All that a resident may want without network is on this phone.
    pub is_whole: bool,
}

/// Why the app cannot open its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenProblem {
    /// Made by a newer version of the app; nothing is lost, reload.
    NewerVersion,
    /// Another tab with an older version holds it; close that one.
    Blocked,
    /// The browser refuses storage.
    Refused,
}

impl From<StoreError> for OpenProblem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NewerSchema => Self::NewerVersion,
            StoreError::Closed => Self::Blocked,
            StoreError::Full | StoreError::Refused | StoreError::Corrupt(_) | StoreError::Failed(_) => Self::Refused,
        }
    }
}
