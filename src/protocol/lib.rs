//! What phone and server say to each other: paths, requests, replies, codes, limits.
//!
//! Must not know: how either side stores or sends anything. Every JSON reply carries `server_time_ms`, so that a phone
//! can correct its clock, and so that a reply of somebody else's (a captive portal) is never taken for one of ours.
//! Read first: [`PushRequest`], [`PullReply`], [`ErrorReply`].

mod devices;
mod error;
mod events;
mod join;
mod log;
mod media;
mod paths;
mod records;
mod recovery;
mod team;

pub use devices::{
    Claim, DeviceInfo, DevicesReply, LINK_CODE_DIGITS, LinkBegunReply, LinkCode, LinkReply, LinkRequest, LinkState,
    LinkWaitsReply, LinkedReply, MAX_DEVICE_NAME_CHARS, NameRequest, NoSuchText, RecoverRequest, RecoveryReply,
    WordsReply,
};
pub use error::{ErrorCode, ErrorReply};
pub use events::RemoteChange;
pub use join::{
    ConsentShown, JoinReply, JoinRequest, MAX_NICKNAME_CHARS, MeReply, Membership, ProjectInfo, WelcomeReply,
};
pub use log::{LOG_PAGE, LogAct, LogLine, LogReply};
pub use media::{
    MAX_MEDIUM_BYTES, MAX_PIXELS, MAX_SOUND_MS, MediaReply, MediaSize, MediumState, UnfinishedUpload, upload_header,
};
pub use paths::{
    code_path, device_path, devices_path, events_path, group_code_path, invitation_path, invitations_path, join_link,
    join_path, link_accept_path, link_path, link_with_code_path, links_path, log_path, me_path, media_path,
    member_path, members_path, pull_path, records_path, recover_path, recovery_path, welcome_path,
};
pub use records::{
    MAX_BATCH, MAX_PULL, NEWEST_FIRST, PullFrom, PullItem, PullReply, PushReply, PushRequest, PushResult,
};
pub use recovery::{RECOVERY_LIST, RECOVERY_WORDS, typed_words, unknown_words};
pub use team::{
    CodeReply, DeviceSeen, DoneReply, GroupCodeReply, INVITATION_DAYS, Invitation, InvitationsReply, InviteReply,
    InviteRequest, MAX_INVITATION_DAYS, MAX_INVITATION_USES, MemberInfo, MembersReply,
};

/// The version of this protocol, sent by phones in the header [`VERSION_HEADER`].
///
/// 2: uploads go on where they broke off, a first pull begins with the newest, events. Each is asked for by the phone, so a
/// server speaks both versions, and a phone takes a server of the first for one that has none of them.
///
/// 3: more roles than resident and worker. Older phones are told the nearest of these two ([`Membership::for_version`]). A
/// phone that was shut out is told so; an older one hears that it is not known.
pub const VERSION: u32 = 3;

/// The oldest version that the server still speaks.
pub const OLDEST_VERSION: u32 = 1;

/// The request header with the phone's [`VERSION`]; missing means the newest.
pub const VERSION_HEADER: &str = "wijkbeeld-protocol";
