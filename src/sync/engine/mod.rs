//! The engine: event and time in, effects out.

mod answers;
mod pulls;
mod pushes;
mod token;
mod uploads;
mod waits;

use domain::{Map, MediaHash, ProjectId, RecordId, Set, Stamp, Timestamp};
use protocol::{ErrorCode, JoinRequest, PullFrom, RemoteChange};

use self::token::Token;
use self::uploads::{Begun, Uploading};
use self::waits::{Failure, Wakeup};
use crate::backoff::Backoff;
use crate::{Cursors, Effect, Event, Op, Outcome, PendingJoin, Request, RequestId, Snapshot, Upload, Write, restamp};

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
    /// The server said that this phone was shut out: nothing is asked until it joins again, or a person asks to send.
    is_shut_out: bool,
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
    /// Projects that take nothing from this phone in this run, and why. One that is closed still takes what only takes back.
    stuck: Map<ProjectId, ErrorCode>,
    /// Closed projects that refused that too in this run: a server of before.
    shut: Set<ProjectId>,
    /// Projects that hand nothing out in this run.
    unreadable: Set<ProjectId>,
    /// A batch was refused as a whole: in this run each record goes alone, so that only the broken one is set aside.
    is_one_by_one: bool,
    problem: Option<ErrorCode>,
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
            is_shut_out: false,
            is_in_doubt: false,
            was_ahead: false,
            pulled: Set::new(),
            heard: Map::new(),
            begun: Begun::new(),
            has_projects: false,
            stuck: Map::new(),
            shut: Set::new(),
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
                // It may have been linked or brought back meanwhile.
                self.is_in_doubt |= std::mem::take(&mut self.is_shut_out);
                self.start_or_remember()
            }
            Event::BecameVisible if matches!(self.phase, Phase::Uploading(_)) => {
                // What others made comes after the uploads anyway.
                self.is_asked_again = true;
                Vec::new()
            }
            Event::BecameVisible | Event::ChangeQueued => self.start_or_remember(),
            Event::RemoteChanged(change) => self.hear(change),
            Event::WakeupReached if matches!(self.phase, Phase::Uploading(_)) => self.look_at_uploads(now),
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
                let failure = Failure::default();
                let failure =
                    if let Phase::Uploading(uploading) = &self.phase { uploading.or_longer(failure) } else { failure };
                self.fail(failure, now);
                Vec::new()
            }
            Event::Answered(id, outcome) => self.after_answer(id, *outcome, now),
        }
    }

    /// Returns when to send [`Event::WakeupReached`]; `None` while there is nothing to wait for.
    pub fn next_wakeup(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Idle => self.wakeup.map(|wakeup| wakeup.at),
            Phase::Uploading(uploading) => uploading.next_wakeup(),
            Phase::Loading | Phase::Storing(_) | Phase::Waiting(..) => None,
        }
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

    /// Says whether a write or a medium is on its way.
    pub const fn is_sending(&self) -> bool {
        matches!(self.phase, Phase::Waiting(_, Waiting::Push(_)) | Phase::Uploading(_))
    }

    /// Returns the medium that travels as soon as another has come in: its bytes may be taken from the storage meanwhile.
    pub fn up_next(&self) -> Option<MediaHash> {
        match &self.phase {
            Phase::Uploading(uploading) => uploading.up_next(),
            Phase::Idle | Phase::Loading | Phase::Storing(_) | Phase::Waiting(..) => None,
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
        self.shut.clear();
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
        let is_asked_again = std::mem::take(&mut self.is_asked_again);
        if is_asked_again {
            self.pulled.clear();
        }
        self.has_projects = !snapshot.projects.is_empty();
        if self.is_shut_out {
            if self.has_projects || !snapshot.answered_joins.is_empty() {
                return self.persist(vec![Write::ShutOut], After::Load);
            }
            if is_asked_again {
                return self.load();
            }
            if snapshot.joins.is_empty() {
                self.phase = Phase::Idle;
                self.problem = Some(ErrorCode::DeviceShutOut);
                return Vec::new();
            }
        }
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
        if let Some(project) = self.next_to_push(&snapshot.ops, &snapshot.staying) {
            return self.push(project, &snapshot.ops, &snapshot.staying);
        }
        let is_stuck = |project: &ProjectId| self.stuck.contains_key(project);
        let uploads: Vec<Upload> = snapshot.uploads.into_iter().filter(|upload| !is_stuck(&upload.project)).collect();
        if !uploads.is_empty() {
            return self.upload(uploads, now);
        }
        self.pull(snapshot.projects, now)
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
