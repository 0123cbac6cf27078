//! What can go wrong, and how often, in one place.

use std::collections::BTreeMap;

use crate::random::Random;

macro_rules! faults {
    ($($name:ident = $text:literal;)*) => {
        /// A kind of thing that goes wrong, or that is not as it always is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fault {
            $(#[doc = $text] $name,)*
        }

        impl Fault {
            /// All kinds.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns its name, as it is printed.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

faults! {
    RequestLost = "request lost";
    ReplyLost = "reply lost";
    Cut = "upload cut at a byte";
    Duplicated = "request duplicated";
    Reordered = "requests reordered";
    Delayed = "request delayed";
    MixedUp = "answer of another request";
    Partition = "phone cut off for minutes";
    Portal = "captive portal";
    ServerDown = "server down";
    ServerBusy = "server busy, Retry-After";
    ServerFull = "server full";
    ProjectClosed = "project closed";
    StaysClosed = "project closed for good";
    CursorsRestarted = "cursors began anew";
    PartialsCollected = "partial uploads collected";
    EventLost = "event lost";
    EventDelayed = "event delayed";
    EventDoubled = "event doubled";
    NoEvents = "stream of events down";
    Killed = "killed between two effects";
    Off = "phone off for a while";
    TabClosed = "driving tab closed";
    SecondTab = "second tab waited";
    DiskFailed = "transaction failed";
    DiskFull = "disk full for a while";
    DatabaseClosed = "database closed for a while";
    ClockWrong = "clock wrong from the start";
    ClockJumped = "clock jumped";
    ClockLied = "clock lied at each reading";
    TokenNotKept = "token not kept";
    TokenRevoked = "token revoked";
    MemberRemoved = "member removed";
    Rejoined = "joined again after removal";
    ShutOut = "phone shut out";
    WrongCode = "wrong join code";
    TakenBack = "entry taken back";
    Erased = "entry erased";
    TakenBackThere = "taken back in a closed project";
    Narrowed = "entry narrowed to its maker";
    LetGo = "entry let go from its phone";
    GroupChanged = "group changed";
    ApprovalChanged = "approval begun or ended";
    Reviewed = "entry approved or hidden";
    HoldChanged = "hold begun or ended";
    PeopleSaid = "people said, or taken back";
    OldApp = "app of protocol 1";
    OldServer = "server of protocol 1";
    AppUpdated = "app updated";
    ClientTooOld = "app too old for the server";
    ServerUpdated = "server updated";
    ServerSetBack = "server set back to protocol 1";
    LaterKind = "change of a later version";
}

/// How often each fault occurred.
pub type Occurred = BTreeMap<Fault, u64>;

/// How often what strikes a single request, transaction or event goes wrong; in percent unless said otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FaultPlan {
    request_lost: u8,
    reply_lost: u8,
    cut: u8,
    duplicated: u8,
    delayed: u8,
    mixed_up: u8,
    events: u8,
    killed: u8,
    disk_failed: u8,
    token_not_kept: u8,
    /// The longest way of a request or a reply, in milliseconds.
    pub(crate) delay_ms: u64,
}

impl FaultPlan {
    /// Nothing goes wrong.
    pub(crate) const CALM: Self = Self {
        request_lost: 0,
        reply_lost: 0,
        cut: 0,
        duplicated: 0,
        delayed: 0,
        mixed_up: 0,
        events: 0,
        killed: 0,
        disk_failed: 0,
        token_not_kept: 0,
        delay_ms: 50,
    };

    /// Draws a plan: some runs are mild, some are wild.
    pub(crate) const fn draw(random: &mut Random) -> Self {
        Self {
            request_lost: random.below(20) as u8,
            reply_lost: random.below(20) as u8,
            cut: random.below(40) as u8,
            duplicated: random.below(15) as u8,
            delayed: random.below(5) as u8,
            mixed_up: random.below(10) as u8,
            events: random.below(30) as u8,
            killed: random.below(6) as u8,
            disk_failed: random.below(6) as u8,
            token_not_kept: 50,
            delay_ms: 1 + random.below(8_000),
        }
    }

    /// Returns how often a fault strikes that strikes by chance.
    #[expect(clippy::wildcard_enum_match_arm, reason = "the others are troubles of the script, or what people do")]
    pub(crate) const fn percent(&self, fault: Fault) -> u8 {
        match fault {
            Fault::RequestLost => self.request_lost,
            Fault::ReplyLost => self.reply_lost,
            Fault::Cut => self.cut,
            Fault::Duplicated => self.duplicated,
            Fault::Delayed => self.delayed,
            Fault::MixedUp => self.mixed_up,
            Fault::EventLost | Fault::EventDelayed | Fault::EventDoubled => self.events,
            Fault::Killed => self.killed,
            Fault::DiskFailed => self.disk_failed,
            Fault::TokenNotKept => self.token_not_kept,
            _ => 0,
        }
    }
}
