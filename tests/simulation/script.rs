//! What a seed has in store: who does what when, and what troubles come over whom. Drawn before the world begins, so
//! that any part of it can be left out.

use std::fmt;

use crate::faults::{Fault, FaultPlan};
use crate::random::Random;

/// How long the storm lasts, in milliseconds of simulated time.
pub(crate) const STORM_MS: u64 = 10 * 60_000;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// A part of what happens that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What a person does: the number in the script.
    Act(usize),
    /// A trouble: the number in the script.
    Trouble(usize),
    /// What strikes by chance: whom, what, and the how manieth occasion of it.
    Chance(usize, Fault, u64),
}

/// A whole run before it begins.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) plan: FaultPlan,
    pub(crate) phones: Vec<Setup>,
    /// The protocol that the server speaks at the beginning.
    pub(crate) server_speaks: u32,
    pub(crate) acts: Vec<Act>,
    pub(crate) troubles: Vec<Trouble>,
    /// Nobody touches a phone when the storm is over: what is left must come by itself.
    pub(crate) heals_alone: bool,
    /// Apps and server stay as old as they are when the storm is over.
    pub(crate) stays_old: bool,
}

/// How a phone begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    /// The version of the app: it speaks protocol 1, 2, or 2 with kinds of a later one.
    pub(crate) app: u32,
    pub(crate) skew_ms: i64,
}

/// A person does something with a phone; what, is drawn from `roll`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    pub(crate) at_ms: u64,
    pub(crate) phone: usize,
    pub(crate) roll: u64,
}

/// Something that comes and, if it is a state, goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trouble {
    pub(crate) at_ms: u64,
    pub(crate) for_ms: u64,
    pub(crate) what: What,
}

/// What kind of trouble, and whose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Partition(usize),
    Portal(usize),
    Off(usize),
    TabClosed(usize),
    NoEvents(usize),
    DiskFull(usize),
    DatabaseClosed(usize),
    ClockJumps(usize, i64),
    ClockLies(usize, u64),
    TokenRevoked(usize),
    MemberRemoved(usize, usize),
    ShutOut(usize),
    AppUpdated(usize),
    GroupChanged(usize, usize),
    ApprovalChanged(usize),
    Reviewed(u64),
    HoldChanged(usize),
    PeopleSaid(u64),
    ServerDown,
    ServerBusy { retry_after_ms: u64 },
    ServerFull,
    ProjectClosed(usize),
    ProjectStaysClosed(usize),
    CursorsRestart,
    PartialsCollected,
    LaterKinds,
    ServerChanged,
    ServerDemands,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partition(phone) => write!(f, "phone {phone} has no network"),
            Self::Portal(phone) => write!(f, "phone {phone} is behind a captive portal"),
            Self::Off(phone) => write!(f, "phone {phone} is off"),
            Self::TabClosed(phone) => write!(f, "phone {phone}: the driving tab is closed, another goes on"),
            Self::NoEvents(phone) => write!(f, "phone {phone} hears no events"),
            Self::DiskFull(phone) => write!(f, "phone {phone}: the disk is full"),
            Self::DatabaseClosed(phone) => write!(f, "phone {phone}: the database is closed"),
            Self::ClockJumps(phone, skew_ms) => {
                write!(f, "phone {phone}: the clock is wrong by {skew_ms} ms from now on")
            }
            Self::ClockLies(phone, by_ms) => write!(f, "phone {phone}: the clock lies by up to {by_ms} ms"),
            Self::TokenRevoked(phone) => write!(f, "phone {phone}: its tokens are revoked"),
            Self::MemberRemoved(phone, project) => write!(f, "phone {phone} is removed from project {project}"),
            Self::ShutOut(phone) => write!(f, "phone {phone} is shut out"),
            Self::AppUpdated(phone) => write!(f, "phone {phone}: the app is updated"),
            Self::GroupChanged(phone, project) => {
                write!(f, "phone {phone} enters or leaves the group of project {project}")
            }
            Self::ApprovalChanged(project) => {
                write!(f, "project {project} asks for approval from now on, or not any more")
            }
            Self::HoldChanged(project) => {
                write!(f, "project {project} holds what is unanswered from now on, or not any more")
            }
            Self::PeopleSaid(_) => write!(f, "a maker says who is in an entry, or takes that back"),
            Self::Reviewed(_) => write!(f, "an entry is approved, asked about or hidden"),
            Self::ServerDown => write!(f, "the server is down"),
            Self::ServerBusy { retry_after_ms } => write!(f, "the server is busy, Retry-After {retry_after_ms} ms"),
            Self::ServerFull => write!(f, "the server is full"),
            Self::ProjectClosed(project) => write!(f, "project {project} is closed"),
            Self::ProjectStaysClosed(project) => write!(f, "project {project} is closed and stays so"),
            Self::CursorsRestart => write!(f, "the server's cursors begin anew"),
            Self::PartialsCollected => write!(f, "the server collects partial uploads"),
            Self::LaterKinds => write!(f, "the server hands out changes of a later version"),
            Self::ServerDemands => write!(f, "the server takes the latest app alone"),
            Self::ServerChanged => write!(f, "the server is updated, or set back to protocol 1"),
        }
    }
}

impl Script {
    pub(crate) fn draw(seed: u64) -> Self {
        let random = &mut Random::new(seed);
        let plan = FaultPlan::draw(random);
        let skew_most_ms = [0, 0, 500, 90_000, 2 * DAY_MS, 3650 * DAY_MS][random.index(6)];
        let are_old = random.percent(25);
        let phones: Vec<Setup> = (0..2 + random.below(3))
            .map(|_| Setup {
                app: if are_old && random.percent(60) { 1 } else { 2 },
                skew_ms: random.around(skew_most_ms),
            })
            .collect();
        let mut acts = Vec::new();
        for phone in 0..phones.len() {
            for _ in 0..8 + random.below(18) {
                acts.push(Act { at_ms: random.below(STORM_MS), phone, roll: random.next() });
            }
        }
        Self {
            plan,
            server_speaks: if random.percent(25) { 1 } else { 2 },
            acts,
            troubles: draw_troubles(random, phones.len()),
            phones,
            heals_alone: random.percent(50),
            stays_old: random.percent(30),
        }
    }
}

/// Draws which troubles come. What needs something to strike at comes more often; what makes apps the latest more seldom,
/// as it leaves others nothing to strike at.
fn draw_troubles(random: &mut Random, phones: usize) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    for kind in 0..30 {
        let percent = match kind {
            19 => 95,
            4 | 9 | 10 | 18 | 20 | 23 => 70,
            22 | 24 | 28 => 25,
            _ => 40,
        };
        let times = if random.percent(percent) { 1 + random.below(2) } else { 0 };
        for _ in 0..times {
            let what = draw_trouble(random, kind, phones);
            troubles.push(Trouble { at_ms: random.below(STORM_MS), for_ms: 5_000 + random.below(180_000), what });
        }
    }
    troubles
}

fn draw_trouble(random: &mut Random, kind: u32, phones: usize) -> What {
    let phone = random.index(phones);
    let project = random.index(2);
    let skew_most_ms = [90_000, 2 * DAY_MS, 3650 * DAY_MS][random.index(3)];
    match kind {
        0 => What::Partition(phone),
        1 => What::Portal(phone),
        2 => What::Off(phone),
        3 => What::TabClosed(phone),
        4 => What::NoEvents(phone),
        5 => What::DiskFull(phone),
        6 => What::DatabaseClosed(phone),
        7 => What::ClockJumps(phone, random.around(skew_most_ms)),
        8 => What::ClockLies(phone, 1 + random.below(5_000)),
        9 | 10 => What::MemberRemoved(phone, project),
        11 => What::TokenRevoked(phone),
        12 => What::AppUpdated(phone),
        13 => What::ServerDown,
        14 => What::ServerBusy { retry_after_ms: 1_000 * (1 + random.below(90)) },
        15 => What::ServerFull,
        16 => What::ProjectClosed(project),
        17 => What::CursorsRestart,
        18 => What::PartialsCollected,
        19 => What::LaterKinds,
        21 => What::ProjectStaysClosed(project),
        22 => What::ServerDemands,
        23 => What::GroupChanged(phone, project),
        24 => What::ApprovalChanged(project),
        25 | 26 => What::Reviewed(random.next()),
        27 => What::ShutOut(phone),
        28 => What::HoldChanged(project),
        29 => What::PeopleSaid(random.next()),
        _ => What::ServerChanged,
    }
}
