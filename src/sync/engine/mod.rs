//! The engine: event and time in, effects out.

mod uploads;

use domain::{Map, ProjectId, RecordId, Set, Stamp, Timestamp};
use protocol::{ErrorCode, JoinRequest, MAX_BATCH, MeReply, PullFrom, PullReply, PushReply, RemoteChange};

use self::uploads::{Begun, Uploading};
use crate::backoff::Backoff;
use crate::rules::is_poison;
use crate::{
    Cursors, Effect, Event, Op, Outcome, PendingJoin, Reply, Request, RequestId, Snapshot, Upload, Write, restamp,
};

/// How long the server's clock, once read, is trusted without reading it again, in milliseconds.
const CLOCK_TRUSTED_MS: u64 = 10 * 60_000;

/// How long an answered join is kept, in milliseconds: long enough for any browser to have its cookie on disk.
const JOIN_KEPT_MS: u64 = 10 * 60_000;

/// Smaller differences between two readings of the server's clock are the network's, in milliseconds.
const CLOCK_NOISE_MS: u64 = 1_000;

/// A pure state machine that syncs one phone. See the crate's page for its states.
#[derive(Debug)]
pub struct Engine {
    phase: Phase,
    backoff: Backoff,
    wakeup: Option<Wakeup>,
    /// A trigger came during a run: load once more at its end.
    is_asked_again: bool,
    last_request: u64,
    /// What the server's clock said last: (when by the phone's clock, correction in milliseconds).
    clock: Option<(Timestamp, i64)>,
    /// Answers to `Me` in this engine's life; the first run asks once.
    is_acquainted: bool,
    /// How it stands with the token in this run.
    token: Token,
    /// Who this device is has to be asked before anything else.
    is_in_doubt: bool,
    /// The server refused stamps of the last push as being ahead.
    was_ahead: bool,
    /// Projects of which nothing newer waits, as far as this run knows, or of which it is being asked for.
    pulled: Set<ProjectId>,
    /// The newest sequence number of each project at its last pull.
    heard: Map<ProjectId, u64>,
    /// Uploads of which the server holds a part.
    begun: Begun,
    /// There was a project when the storage was last read.
    has_projects: bool,
    /// Projects that take nothing from this phone in this run, and why.
    stuck: Map<ProjectId, ErrorCode>,
    /// Projects that hand nothing out in this run.
    unreadable: Set<ProjectId>,
    /// A batch was refused as a whole: in this run each record goes alone, so that only the broken one is set aside.
    is_one_by_one: bool,
    problem: Option<ErrorCode>,
}

/// How it stands with the device's token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// Nothing speaks against it.
    Assumed,
    /// The server does not know this device (any more), although it has memberships.
    Forgotten,
    /// Brought anew in this run.
    Renewed,
    /// That did not help, so nothing does (a browser that keeps no cookies).
    Lost,
}

impl Token {
    const fn forgotten(self) -> Self {
        match self {
            Self::Assumed | Self::Forgotten => Self::Forgotten,
            Self::Renewed | Self::Lost => Self::Lost,
        }
    }

    /// Says whether a join may still bring it back.
    const fn is_open(self) -> bool {
        matches!(self, Self::Assumed | Self::Forgotten)
    }
}

#[derive(Debug)]
enum Phase {
    Idle,
    Loading,
    Storing(After),
    Waiting(RequestId, Waiting),
    Uploading(Uploading),
}

/// What comes when the transaction is complete.
#[derive(Debug)]
enum After {
    Load,
    Send(Box<(Request, Waiting)>),
}

/// For which answer the engine waits.
#[derive(Debug)]
enum Waiting {
    /// With the projects that the phone holds.
    Me(Vec<ProjectId>),
    Join(PendingJoin),
    Push(Vec<Op>),
    /// With how far the project was pulled.
    Pull(ProjectId, Cursors, PullFrom),
}

/// When to go on after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wakeup {
    at: Timestamp,
    wait_ms: u64,
}

impl Wakeup {
    /// Says whether the wait is over, also when the clock was set back meanwhile: it never was longer than that.
    const fn is_due(self, now: Timestamp) -> bool {
        self.at.since(now) == 0 || self.at.since(now) > self.wait_ms
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Failure {
    code: Option<ErrorCode>,
    retry_after_ms: Option<u64>,
}

impl Failure {
    /// Of several failures the one for which the server asked to wait longest counts.
    fn or_longer(self, other: Self) -> Self {
        if self.retry_after_ms > other.retry_after_ms { self } else { other }
    }
}

impl Engine {
    /// Makes an engine at rest; `seed` spreads its waiting times.
    pub const fn new(seed: u64) -> Self {
        Self {
            phase: Phase::Idle,
            backoff: Backoff::new(seed),
            wakeup: None,
            is_asked_again: false,
            last_request: 0,
            clock: None,
            is_acquainted: false,
            token: Token::Assumed,
            is_in_doubt: false,
            was_ahead: false,
            pulled: Set::new(),
            heard: Map::new(),
            begun: Begun::new(),
            has_projects: false,
            stuck: Map::new(),
            unreadable: Set::new(),
            is_one_by_one: false,
            problem: None,
        }
    }

    /// Takes in what happened and returns what to do. `now` is the phone's own clock.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        match event {
            Event::Started | Event::WentOnline | Event::SendAsked => {
                self.backoff.reset();
                self.start_or_remember()
            }
            Event::BecameVisible | Event::ChangeQueued => self.start_or_remember(),
            Event::RemoteChanged(change) => self.hear(change),
            Event::WakeupReached => {
                if self.wakeup.is_some_and(|wakeup| wakeup.is_due(now)) {
                    self.start_or_remember()
                } else {
                    Vec::new()
                }
            }
            Event::Loaded(snapshot) => match self.phase {
                Phase::Loading => self.take_next_step(*snapshot, now),
                Phase::Idle | Phase::Storing(_) | Phase::Waiting(..) | Phase::Uploading(_) => Vec::new(),
            },
            Event::Stored => self.after_storing(now),
            Event::StorageFailed => {
                // What was in flight may have arrived; the next run finds out. Nothing was lost: nothing was removed.
                let failure = Failure { code: None, retry_after_ms: None };
                let known = if let Phase::Uploading(uploading) = &self.phase { uploading.failure() } else { None };
                self.fail(known.map_or(failure, |known| known.or_longer(failure)), now);
                Vec::new()
            }
            Event::Answered(id, outcome) => self.after_answer(id, *outcome, now),
        }
    }

    /// Returns when to send [`Event::WakeupReached`]; `None` while at rest.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        if self.is_idle() { self.wakeup.map(|wakeup| wakeup.at) } else { None }
    }

    /// Says whether nothing is under way.
    pub const fn is_idle(&self) -> bool {
        matches!(self.phase, Phase::Idle)
    }

    /// Returns the records of which a part is on its way now.
    pub fn sending(&self) -> Set<RecordId> {
        match &self.phase {
            Phase::Waiting(_, Waiting::Push(ops)) => ops.iter().map(|op| op.record.id).collect(),
            Phase::Uploading(uploading) => uploading.records().collect(),
            Phase::Idle | Phase::Loading | Phase::Storing(_) | Phase::Waiting(..) => Set::new(),
        }
    }

    /// Returns why the last run stopped, when our server said so.
    pub const fn problem(&self) -> Option<ErrorCode> {
        self.problem
    }

    /// Says whether the server has told who this device is.
    pub const fn is_acquainted(&self) -> bool {
        self.is_acquainted
    }

    /// Says whether there is something to hear from the server's stream of events.
    pub const fn wants_events(&self) -> bool {
        self.is_acquainted && self.has_projects
    }

    fn start_or_remember(&mut self) -> Vec<Effect> {
        if let Phase::Uploading(uploading) = &mut self.phase {
            // What is in flight goes on; then the new record goes before the rest of the media.
            uploading.end_early();
        }
        if !self.is_idle() {
            self.is_asked_again = true;
            return Vec::new();
        }
        self.pulled.clear();
        self.start()
    }

    /// A change elsewhere never disturbs what is on its way, and makes this phone pull that project alone.
    fn hear(&mut self, change: RemoteChange) -> Vec<Effect> {
        if self.heard.get(&change.project) == Some(&change.sequence) {
            return Vec::new();
        }
        self.pulled.remove(&change.project);
        // After a failure the wakeup finds out: a server that asked for patience gets it.
        if self.is_idle() && self.wakeup.is_none() { self.start() } else { Vec::new() }
    }

    fn start(&mut self) -> Vec<Effect> {
        self.wakeup = None;
        self.stuck.clear();
        self.unreadable.clear();
        self.was_ahead = false;
        self.is_one_by_one = false;
        // Before a join that waits makes another device of this one, the server says whether it knows it now.
        self.is_in_doubt |= matches!(self.token, Token::Forgotten | Token::Lost);
        self.token = Token::Assumed;
        self.load()
    }

    fn load(&mut self) -> Vec<Effect> {
        self.phase = Phase::Loading;
        vec![Effect::Load]
    }

    fn take_next_step(&mut self, snapshot: Snapshot, now: Timestamp) -> Vec<Effect> {
        if std::mem::take(&mut self.is_asked_again) {
            self.pulled.clear();
        }
        self.has_projects = !snapshot.projects.is_empty();
        let is_clock_fresh = self.clock.is_some_and(|(read, _)| read <= now && now.since(read) < CLOCK_TRUSTED_MS);
        let Some((_, offset_ms)) = self.clock.filter(|_| is_clock_fresh && self.is_acquainted && !self.is_in_doubt)
        else {
            let projects = snapshot.projects.into_iter().map(|(project, _)| project).collect();
            return self.send(Request::Me, Waiting::Me(projects));
        };
        if self.token == Token::Forgotten {
            // A join that was answered gives a device its token back.
            if let Some(join) = snapshot.answered_joins.first().cloned() {
                let request = Request::Join(Box::new(join_request(&join, offset_ms, now.shifted(offset_ms))));
                return self.send(request, Waiting::Join(join));
            }
            // So does one that waits.
            if snapshot.joins.is_empty() {
                self.fail(Failure { code: Some(ErrorCode::UnknownDevice), retry_after_ms: None }, now);
                return Vec::new();
            }
        }
        let server_now = now.shifted(offset_ms);
        let is_old = |join: &&PendingJoin| join.answered.is_some_and(|at| server_now.since(at) > JOIN_KEPT_MS);
        if let Some(join) = snapshot.answered_joins.iter().find(is_old) {
            return self.persist(vec![Write::JoinForgotten(join.join_id)], After::Load);
        }
        if snapshot.offset_ms.is_none_or(|stored| stored.abs_diff(offset_ms) >= CLOCK_NOISE_MS) {
            return self.persist(vec![Write::Offset(offset_ms)], After::Load);
        }
        if snapshot.is_replay_due {
            // Before anything newer comes in.
            return self.persist(vec![Write::Replay], After::Load);
        }
        let restamped = restamp(&snapshot.ops, offset_ms, now.shifted(offset_ms), snapshot.confirmed);
        if !restamped.ops.is_empty() {
            let write = Write::Restamped { ops: restamped.ops, stamps: restamped.stamps };
            return self.persist(vec![write], After::Load);
        }
        if let Some(join) = snapshot.joins.into_iter().find(|join| join.refused.is_none()) {
            let request = Request::Join(Box::new(join_request(&join, offset_ms, now.shifted(offset_ms))));
            return self.send(request, Waiting::Join(join));
        }
        let is_stuck = |project: &ProjectId| self.stuck.contains_key(project);
        if let Some(project) = snapshot.ops.iter().filter_map(|op| op.home.project()).find(|id| !is_stuck(id)) {
            let most = if self.is_one_by_one { 1 } else { MAX_BATCH };
            let is_here = |op: &Op| op.home.project() == Some(project);
            let batch: Vec<Op> = snapshot.ops.into_iter().filter(is_here).take(most).collect();
            let ids = batch.iter().map(|op| op.id).collect();
            let records = batch.iter().map(|op| op.record.clone()).collect();
            let after = After::Send(Box::new((Request::Push(project, records), Waiting::Push(batch))));
            return self.persist(vec![Write::Attempted(ids)], after);
        }
        let uploads: Vec<Upload> = snapshot.uploads.into_iter().filter(|upload| !is_stuck(&upload.project)).collect();
        if !uploads.is_empty() {
            return self.upload(uploads, now);
        }
        self.pull(snapshot.projects, now)
    }

    /// Pulls what is new in any project, then what is older; rests when nothing is left. A closed project is still read.
    fn pull(&mut self, projects: Vec<(ProjectId, Cursors)>, now: Timestamp) -> Vec<Effect> {
        let is_open = |(project, _): &&(ProjectId, Cursors)| !self.unreadable.contains(project);
        let has_new = |(project, _): &&(ProjectId, Cursors)| !self.pulled.contains(project);
        let new = projects.iter().filter(is_open).find(has_new).map(|(project, cursors)| {
            (*project, cursors.clone(), cursors.newest.clone().map_or(PullFrom::Newest, PullFrom::After))
        });
        let next = new.or_else(|| {
            projects.iter().filter(is_open).find_map(|(project, cursors)| {
                Some((*project, cursors.clone(), PullFrom::Before(cursors.older.clone()?)))
            })
        });
        if let Some((project, cursors, from)) = next {
            // Before the answer, so that a change told of meanwhile is not overlooked.
            self.pulled.insert(project);
            return self.send(Request::Pull(project, from.clone()), Waiting::Pull(project, cursors, from));
        }
        self.phase = Phase::Idle;
        self.backoff.reset();
        self.problem = self.stuck.values().next().copied();
        if self.stuck.values().any(|code| *code == ErrorCode::ProjectClosed) {
            // What waits for it is asked about again now and then: nobody tells when it opens.
            let wait_ms = self.backoff.longest_ms();
            self.wake_in(wait_ms, now);
        }
        Vec::new()
    }

    fn after_storing(&mut self, now: Timestamp) -> Vec<Effect> {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Storing(After::Load) => self.load(),
            Phase::Storing(After::Send(next)) => self.send(next.0, next.1),
            uploading @ Phase::Uploading(_) => {
                self.phase = uploading;
                self.after_storing_uploads(now)
            }
            other @ (Phase::Idle | Phase::Loading | Phase::Waiting(..)) => {
                self.phase = other;
                Vec::new()
            }
        }
    }

    fn after_answer(&mut self, id: RequestId, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        self.read_clock(&outcome, now);
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Waiting(expected, waiting) if expected == id => self.after_waiting(waiting, outcome, now),
            uploading @ Phase::Uploading(_) => {
                self.phase = uploading;
                self.after_upload(id, outcome, now)
            }
            // An answer that nobody waits for any more.
            other @ (Phase::Idle | Phase::Loading | Phase::Storing(_) | Phase::Waiting(..)) => {
                self.phase = other;
                Vec::new()
            }
        }
    }

    fn after_waiting(&mut self, waiting: Waiting, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        match (waiting, outcome) {
            (Waiting::Me(projects), Outcome::Reply(Reply::Me(reply))) => self.after_me(projects, reply),
            (Waiting::Me(projects), Outcome::Refused { code: ErrorCode::UnknownDevice, .. }) => {
                self.is_acquainted = true;
                self.is_in_doubt = false;
                if !projects.is_empty() {
                    self.token = self.token.forgotten();
                }
                self.load()
            }
            (Waiting::Push(_) | Waiting::Pull(..), Outcome::Refused { code: ErrorCode::UnknownDevice, .. })
                if self.token.is_open() =>
            {
                self.token = self.token.forgotten();
                self.load()
            }
            (Waiting::Join(join), Outcome::Reply(Reply::Joined(reply))) => {
                // Only who is known hears which of his uploads broke off.
                self.is_in_doubt |= self.token == Token::Forgotten;
                self.token = Token::Renewed;
                let answered = Timestamp::from_ms(reply.server_time_ms);
                let write = Write::Joined { join_id: join.join_id, membership: reply.membership, answered };
                self.persist(vec![write], After::Load)
            }
            (Waiting::Join(join), Outcome::Refused { code, .. }) if is_poison(code) && join.answered.is_some() => {
                self.persist(vec![Write::JoinForgotten(join.join_id)], After::Load)
            }
            (Waiting::Join(join), Outcome::Refused { code, .. }) if is_poison(code) => {
                self.persist(vec![Write::JoinRefused { join_id: join.join_id, code }], After::Load)
            }
            (Waiting::Push(ops), Outcome::Reply(Reply::Pushed(reply))) => self.after_push(&ops, &reply),
            (Waiting::Push(ops), Outcome::Refused { code: ErrorCode::ClockAhead, .. }) if !self.was_ahead => {
                // Nothing of the batch was kept, so these are free to be restamped by the clock just read.
                self.was_ahead = true;
                let unsent = ops.into_iter().map(|op| Op { is_attempted: false, ..op }).collect();
                self.persist(vec![Write::Restamped { ops: unsent, stamps: Map::new() }], After::Load)
            }
            (Waiting::Push(ops), Outcome::Refused { code, .. }) if is_poison(code) && ops.len() > 1 => {
                self.is_one_by_one = true;
                self.load()
            }
            (Waiting::Push(ops), Outcome::Refused { code, .. }) if is_poison(code) => {
                let ids = ops.iter().map(|op| op.id).collect();
                self.persist(vec![Write::SetAside { ops: ids, code }], After::Load)
            }
            (Waiting::Pull(project, cursors, from), Outcome::Reply(Reply::Pulled(reply))) => {
                self.after_pull(project, cursors, &from, reply)
            }
            (Waiting::Push(ops), Outcome::Refused { code, .. }) if is_about_project(code) => {
                match ops.first().and_then(|op| op.home.project()) {
                    Some(project) => self.leave_alone(project, code),
                    None => self.load(),
                }
            }
            (Waiting::Pull(project, ..), Outcome::Refused { code, .. }) if is_about_project(code) => {
                self.unreadable.insert(project);
                self.leave_alone(project, code)
            }
            (_, Outcome::Refused { code, retry_after_ms, .. }) => {
                self.fail(Failure { code: Some(code), retry_after_ms }, now);
                Vec::new()
            }
            (_, Outcome::Reply(_) | Outcome::Unreachable | Outcome::NothingToSend) => {
                self.fail(Failure { code: None, retry_after_ms: None }, now);
                Vec::new()
            }
        }
    }

    fn after_me(&mut self, held: Vec<ProjectId>, reply: MeReply) -> Vec<Effect> {
        self.is_acquainted = true;
        self.is_in_doubt = false;
        let mut writes = Vec::new();
        if reply.device_id.is_none() {
            // A server that does not know the device says nothing of its memberships.
            if !held.is_empty() {
                self.token = self.token.forgotten();
            }
        } else {
            let is_left =
                |project: &ProjectId| !reply.memberships.iter().any(|membership| membership.project.id == *project);
            writes.extend(held.into_iter().filter(is_left).map(Write::Left));
        }
        let is_known =
            |unfinished: protocol::UnfinishedUpload| ((unfinished.project, unfinished.sha256), Some(unfinished.offset));
        // What broke off and is not unfinished may have come whole: that is still to be asked.
        self.begun.retain(|_, offset| offset.is_none());
        let unfinished: Begun = reply.unfinished.into_iter().map(is_known).collect();
        self.begun.extend(&unfinished);
        writes.push(Write::Memberships(reply.memberships));
        self.persist(writes, After::Load)
    }

    fn after_pull(
        &mut self,
        project: ProjectId,
        mut cursors: Cursors,
        from: &PullFrom,
        reply: PullReply,
    ) -> Vec<Effect> {
        // A server of the first version does not know pages of older records: it begins with the oldest of all.
        let begins_anew = reply.restarted || reply.sequence == 0;
        match from {
            PullFrom::Before(_) if !begins_anew => cursors.older = reply.older,
            PullFrom::Newest | PullFrom::Before(_) => {
                cursors = Cursors { newest: Some(reply.cursor), older: reply.older };
            }
            PullFrom::After(_) => {
                cursors.newest = Some(reply.cursor);
                // One that began anew sends all, oldest first.
                cursors.older = cursors.older.filter(|_| !reply.restarted);
            }
        }
        if reply.more {
            self.pulled.remove(&project);
        }
        if !matches!(from, PullFrom::Before(_)) {
            self.heard.insert(project, reply.sequence);
        }
        let write = Write::Pulled { project, items: reply.items, cursors, restarted: reply.restarted };
        self.persist(vec![write], After::Load)
    }

    /// A project that takes nothing from this phone leaves the others going.
    fn leave_alone(&mut self, project: ProjectId, code: ErrorCode) -> Vec<Effect> {
        self.stuck.insert(project, code);
        if code == ErrorCode::NotMember {
            return self.persist(vec![Write::Left(project)], After::Load);
        }
        self.load()
    }

    fn after_push(&mut self, ops: &[Op], reply: &PushReply) -> Vec<Effect> {
        self.was_ahead = false;
        let writes = ops
            .iter()
            .zip(&reply.results)
            .filter(|(op, result)| op.record.id == result.id)
            .map(|(op, result)| match result.refused {
                None => Write::Confirmed { ops: vec![op.id], record: result.id, media: result.media.clone() },
                Some(code) => Write::SetAside { ops: vec![op.id], code },
            })
            .collect();
        self.persist(writes, After::Load)
    }

    fn read_clock(&mut self, outcome: &Outcome, now: Timestamp) {
        let server_time_ms = match outcome {
            Outcome::Reply(reply) => reply.server_time_ms(),
            Outcome::Refused { server_time_ms, .. } => Some(*server_time_ms),
            Outcome::Unreachable | Outcome::NothingToSend => None,
        };
        let Some(server_time_ms) = server_time_ms else { return };
        // Both are below 2^48, so the difference fits.
        let offset_ms = Timestamp::from_ms(server_time_ms).ms().cast_signed() - now.ms().cast_signed();
        // Within the noise the first reading stands, so that a slow network does not restamp again and again.
        let steady = self.clock.map(|(_, old_ms)| old_ms).filter(|old_ms| old_ms.abs_diff(offset_ms) < CLOCK_NOISE_MS);
        self.clock = Some((now, steady.unwrap_or(offset_ms)));
    }

    fn persist(&mut self, writes: Vec<Write>, after: After) -> Vec<Effect> {
        self.phase = Phase::Storing(after);
        vec![Effect::Persist(writes)]
    }

    fn send(&mut self, request: Request, waiting: Waiting) -> Vec<Effect> {
        self.last_request += 1;
        let id = RequestId(self.last_request);
        self.phase = Phase::Waiting(id, waiting);
        vec![Effect::Send(id, request)]
    }

    fn fail(&mut self, failure: Failure, now: Timestamp) {
        self.forget_in_flight();
        self.pulled.clear();
        self.phase = Phase::Idle;
        self.is_asked_again = false;
        self.problem = failure.code;
        let wait_ms = self.backoff.next_ms().max(failure.retry_after_ms.unwrap_or(0));
        self.wake_in(wait_ms, now);
    }

    fn wake_in(&mut self, wait_ms: u64, now: Timestamp) {
        self.wakeup = Some(Wakeup { at: now.plus(wait_ms), wait_ms });
    }
}

/// Says whether a refusal is about one project: the others go on.
const fn is_about_project(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::NotMember | ErrorCode::ProjectClosed)
}

/// Makes the request of a join, its consent stamped by the corrected clock and never ahead of the server's.
fn join_request(join: &PendingJoin, offset_ms: i64, server_now: Timestamp) -> JoinRequest {
    let delta_ms = offset_ms - join.offset_ms.unwrap_or(0);
    let mut consent = join.consent.clone();
    consent.restamp(&|stamp| Stamp { at: stamp.at.shifted(delta_ms).min(server_now), ..stamp });
    JoinRequest { join_id: join.join_id, code: join.code, nickname: join.nickname.clone(), consent }
}
