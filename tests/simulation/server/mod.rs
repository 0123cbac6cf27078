//! A model of the server: the real rules of merging, checking and permission over maps.

mod members;
mod pulls;
mod sight;
#[cfg(test)]
mod tests;
mod uploads;
mod writes;

use std::collections::{BTreeMap, BTreeSet};

use domain::permissions::{only_takes_back, taking_back};
use domain::{JoinCode, JoinId, MediaHash, MemberId, ProjectId, Record, RecordId, Review, Timestamp};
use protocol::{ErrorCode, PushReply};
use sync::{Outcome, Reply, Request};

pub(crate) use self::members::Member;
pub(crate) use self::pulls::view_of;
pub(crate) use self::uploads::{Body, MediumKey};
use crate::disk::LATEST_APP;
use crate::world::Found;

/// What the server holds.
#[derive(Debug, Default)]
pub(crate) struct Server {
    pub(crate) codes: BTreeMap<JoinCode, ProjectId>,
    pub(crate) members: BTreeMap<MemberId, Member>,
    tokens: BTreeMap<u64, u64>,
    last_token: u64,
    last_device: u64,
    /// Devices that were shut out: nobody's, whatever token they show.
    shut_out: BTreeSet<u64>,
    /// Which member each join made.
    joins: BTreeMap<JoinId, MemberId>,
    pub(crate) records: BTreeMap<RecordId, Held>,
    pub(crate) media: BTreeSet<MediumKey>,
    /// The beginnings of uploads that broke off: bytes.
    partials: BTreeMap<MediumKey, u64>,
    sequence: u64,
    /// The newest number in each project.
    newest: BTreeMap<ProjectId, u64>,
    /// Cursors carry it; one of another epoch begins anew.
    epoch: u64,
    /// The bytes of each medium that ever travelled.
    pub(crate) sizes: BTreeMap<MediaHash, u64>,
    pub(crate) state: State,
    /// How many phones there are.
    pub(crate) phones: usize,
    /// Phones whose members are in the group of each project.
    pub(crate) groups: BTreeMap<ProjectId, BTreeSet<usize>>,
    /// Projects in which others see an entry only once it is approved.
    pub(crate) approving: BTreeSet<ProjectId>,
    /// Projects that show an entry once its maker said who is in it.
    pub(crate) holding: BTreeSet<ProjectId>,
    /// Whether what the makers of entries said of the people in them holds still.
    pub(crate) people: BTreeMap<RecordId, bool>,
    /// What was decided on each entry.
    pub(crate) reviews: BTreeMap<RecordId, Vec<Review>>,
    /// Records that were emptied for ever.
    pub(crate) erased: BTreeSet<RecordId>,
    /// What it should never have come to: a write that revived something, or that added to a closed project.
    pub(crate) wrong: Option<Found>,
}

/// What is the matter with the server.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) down: u32,
    pub(crate) full: u32,
    /// One `Retry-After` for each reason to be busy, in milliseconds.
    pub(crate) busy: Vec<u64>,
    /// Projects that take nothing, as often as somebody closed them.
    pub(crate) closed: Vec<ProjectId>,
    /// It hands out changes that apps before the latest do not know.
    pub(crate) hands_out_later: u32,
    /// It takes the latest app alone.
    pub(crate) demands: u32,
    /// The newest protocol that it speaks.
    pub(crate) speaks: u32,
}

/// A record with what the server knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) record: Record,
    pub(crate) author: MemberId,
    pub(crate) project: ProjectId,
    sequence: u64,
    /// When it got its sequence number.
    pub(crate) changed: Timestamp,
    /// How it stands to each phone, as that of another than its maker.
    pub(crate) seen: BTreeMap<usize, Seen>,
}

/// Since when a phone may see a record, or may not any more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) since: Option<Timestamp>,
    pub(crate) until: Option<Timestamp>,
}

/// Who asks, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker {
    /// Which phone it is; the server itself knows only the token.
    pub(crate) phone: usize,
    pub(crate) token: Option<u64>,
    pub(crate) app: u32,
}

/// What the server answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) outcome: Outcome,
    /// A new token, in a cookie.
    pub(crate) token: Option<u64>,
    /// Bytes of an upload that were of use.
    pub(crate) useful: u64,
}

impl From<Outcome> for Answer {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, token: None, useful: 0 }
    }
}

impl Server {
    /// Answers a request. `now` is the server's clock; `body` is what arrives of an upload.
    pub(crate) fn answer(&mut self, asker: Asker, request: &Request, body: Body, now: Timestamp) -> Answer {
        let refused =
            |code, retry_after_ms| Answer::from(Outcome::Refused { code, retry_after_ms, server_time_ms: now.ms() });
        if self.is_too_old(asker.app) {
            return refused(ErrorCode::ClientTooOld, None);
        }
        if let Some(longest) = self.state.busy.iter().max() {
            return refused(ErrorCode::Busy, Some(*longest));
        }
        let shown = asker.token.and_then(|token| self.tokens.get(&token)).copied();
        let device = shown.filter(|device| !self.shut_out.contains(device));
        if shown != device && !matches!(request, Request::Join(_)) {
            let knows = self.spoken(asker) > 1;
            return refused(if knows { ErrorCode::DeviceShutOut } else { ErrorCode::UnknownDevice }, None);
        }
        let project = match request {
            Request::Me => return self.me(device, asker, now).into(),
            Request::Join(join) => return self.join(device, asker, join, now),
            Request::Push(project, _)
            | Request::AskOffset(project, _)
            | Request::Upload(project, ..)
            | Request::Pull(project, _) => *project,
        };
        let Some(device) = device else { return refused(ErrorCode::UnknownDevice, None) };
        let Some(member) = self.member_of(device, project) else { return refused(ErrorCode::NotMember, None) };
        let is_write = matches!(request, Request::Push(..) | Request::Upload(..));
        if is_write && self.is_closed(project) && !self.may_take_back(request) {
            return refused(ErrorCode::ProjectClosed, None);
        }
        if is_write && self.state.full > 0 {
            return refused(ErrorCode::ServerFull, None);
        }
        match request {
            Request::Push(_, records) => self.push(member, project, records, now).into(),
            Request::AskOffset(_, sha256) => {
                Outcome::Reply(Reply::Offset(self.offset((project, member, *sha256), asker))).into()
            }
            Request::Upload(_, sha256, from) => self.upload((project, member, *sha256), asker, *from, body, now),
            Request::Pull(_, from) => {
                Outcome::Reply(Reply::Pulled(self.pull(member, project, from, asker, now))).into()
            }
            Request::Me | Request::Join(_) => Outcome::Unreachable.into(),
        }
    }

    /// Says whether the server wants nothing to do with an app of this version.
    pub(crate) const fn is_too_old(&self, app: u32) -> bool {
        self.state.demands > 0 && app < LATEST_APP
    }

    /// Says whether a project takes nothing that adds.
    pub(crate) fn is_closed(&self, project: ProjectId) -> bool {
        self.state.closed.contains(&project)
    }

    /// Says whether a closed project looks at what is in a request; servers of the first protocol do not.
    const fn may_take_back(&self, request: &Request) -> bool {
        matches!(request, Request::Push(..)) && self.state.speaks > 1
    }

    /// Returns the protocol that both speak.
    fn spoken(&self, asker: Asker) -> u32 {
        asker.app.min(self.state.speaks)
    }

    /// Returns the newest number in a project.
    pub(crate) fn newest(&self, project: ProjectId) -> u64 {
        self.newest.get(&project).copied().unwrap_or(0)
    }

    /// All cursors that were given out are of another epoch from now on.
    pub(crate) const fn restart_cursors(&mut self) {
        self.epoch += 1;
    }

    fn push(&mut self, member: MemberId, project: ProjectId, records: &[Record], now: Timestamp) -> Outcome {
        use domain::Invalid::ClockAhead;
        let server_time_ms = now.ms();
        let checks: Vec<_> = records.iter().map(|record| record.check(now)).collect();
        if checks.contains(&Err(ClockAhead)) {
            return Outcome::Refused { code: ErrorCode::ClockAhead, retry_after_ms: None, server_time_ms };
        }
        let is_closed = self.is_closed(project);
        let part = |record: &Record| if is_closed { taking_back(record.clone()) } else { Some(record.clone()) };
        let parts = records.iter().zip(checks).filter_map(|(record, check)| Some((part(record)?, check.is_ok())));
        let results = parts.map(|(record, is_valid)| self.write(member, project, &record, is_valid, now)).collect();
        if is_closed && !records.iter().all(only_takes_back) {
            return Outcome::Refused { code: ErrorCode::ProjectClosed, retry_after_ms: None, server_time_ms };
        }
        Outcome::Reply(Reply::Pushed(PushReply { results, server_time_ms }))
    }

    /// Says whether the server holds the record, and all its media by its author.
    pub(crate) fn holds(&self, id: RecordId) -> bool {
        self.records.get(&id).is_some_and(|held| {
            let has = |sha256| self.media.contains(&(held.project, held.author, sha256));
            named_media(&held.record).into_iter().all(has)
        })
    }
}

/// Returns the media of an entry.
pub(crate) fn named_media(record: &Record) -> Vec<MediaHash> {
    domain::Entry::from_record(record).media().into_iter().map(|(sha256, _)| sha256).collect()
}
