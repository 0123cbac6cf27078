//! Sending media: several at a time, small first, each from the byte where it broke off.

use std::collections::VecDeque;

use domain::{Map, MediaHash, ProjectId, RecordId, Timestamp, sort_by};
use protocol::{ErrorCode, MediumState};

use super::{Engine, Failure, Phase, Wakeup, is_about_project};
use crate::rules::is_poison;
use crate::{Effect, Outcome, Reply, Request, RequestId, Upload, Write};

/// How many media travel at a time.
const UPLOADS_AT_A_TIME: usize = 4;

/// How long a request goes ahead alone after a failure, in milliseconds: without network it mostly fails at once, and then nothing
/// else was begun in vain.
const AHEAD_MS: u64 = 100;

/// With more to ask than this, nothing new is begun meanwhile: the server keeps 16 unfinished uploads of a member.
const MOST_TO_ASK: usize = 12;

/// So often the server may object to where an upload goes on; then it is sent whole.
const MOST_OBJECTIONS: u32 = 1;

/// A medium of a project.
pub(super) type Medium = (ProjectId, MediaHash);

/// How much of a medium the server holds, of uploads that began: `None` when it has to be asked, because a request broke
/// off on its way.
pub(super) type Begun = Map<Medium, Option<u64>>;

/// Media on their way.
#[derive(Debug, Default)]
pub(super) struct Uploading {
    queue: VecDeque<Sending>,
    in_flight: Map<RequestId, Sending>,
    /// Results that wait for the transaction under way: they go together in the next one.
    to_store: Vec<Write>,
    is_storing: bool,
    trust: Trust,
    /// Take no more from the queue: something failed, or something new waits.
    is_ending: bool,
    /// What failed; the run ends when the rest has come in.
    failure: Option<Failure>,
}

/// How far the network is trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Trust {
    /// Nothing speaks against it.
    #[default]
    Whole,
    /// The last run failed: until then a request goes ahead alone.
    Alone(Wakeup),
    /// It has not failed at once: another one goes with it until the server answers.
    Half,
}

/// One medium on its way. One that several records of a project show travels once.
#[derive(Debug)]
struct Sending {
    medium: Medium,
    records: Vec<RecordId>,
    step: Step,
    objections: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Asking how much the server holds.
    Asking,
    /// Sending from this byte on.
    From(u64),
}

impl Uploading {
    /// Returns the records of which a medium is on its way.
    pub(super) fn records(&self) -> impl Iterator<Item = RecordId> {
        self.queue.iter().chain(self.in_flight.values()).flat_map(|sending| sending.records.iter().copied())
    }

    /// Returns the medium whose bytes are needed next.
    pub(super) fn up_next(&self) -> Option<MediaHash> {
        let next = self.queue.get(self.next_place()).filter(|_| !self.is_ending)?;
        matches!(next.step, Step::From(_)).then_some(next.medium.1)
    }

    /// Takes from the queue what travels next; `None` when nothing may, for now.
    fn take_next(&mut self) -> Option<Sending> {
        let most = match self.trust {
            Trust::Whole => UPLOADS_AT_A_TIME,
            Trust::Alone(_) => 1,
            Trust::Half => 2,
        };
        if self.is_ending || self.in_flight.len() >= most { None } else { self.queue.remove(self.next_place()) }
    }

    /// Returns the place in the queue of what travels next: the first, but while nothing but questions is on its way, what
    /// needs none, so that the link is not idle for as long as they take.
    fn next_place(&self) -> usize {
        let is_question = |sending: &&Sending| sending.step == Step::Asking;
        let asking = self.in_flight.values().filter(is_question).count();
        let to_ask = asking + self.queue.iter().filter(is_question).count();
        if asking == 0 || asking < self.in_flight.len() || to_ask > MOST_TO_ASK {
            return 0;
        }
        self.queue.iter().position(|sending| sending.step != Step::Asking).unwrap_or(0)
    }

    /// Returns when a request has gone ahead for long enough.
    pub(super) const fn next_wakeup(&self) -> Option<Timestamp> {
        if let Trust::Alone(wakeup) = self.trust { Some(wakeup.at) } else { None }
    }

    /// Lets what is in flight come in, and takes no more.
    pub(super) const fn end_early(&mut self) {
        self.is_ending = true;
    }

    /// Returns of this failure and what failed so far the one that counts.
    pub(super) fn or_longer(&self, failure: Failure) -> Failure {
        self.failure.map_or(failure, |known| known.or_longer(failure))
    }

    fn is_drained(&self) -> bool {
        self.in_flight.is_empty() && self.to_store.is_empty() && !self.is_storing
    }
}

impl Engine {
    pub(super) fn upload(&mut self, mut uploads: Vec<Upload>, now: Timestamp) -> Vec<Effect> {
        sort_by(&mut uploads, Upload::cmp);
        let mut queue: VecDeque<Sending> = VecDeque::new();
        let mut places: Map<Medium, usize> = Map::new();
        for upload in uploads {
            let medium = (upload.project, upload.sha256);
            let place = *places.get_or_insert_with(medium, || queue.len());
            match queue.get_mut(place) {
                Some(same) => same.records.push(upload.record),
                None => queue.push_back(Sending {
                    medium,
                    records: vec![upload.record],
                    step: match self.begun.get(&medium) {
                        None => Step::From(0),
                        Some(None) => Step::Asking,
                        Some(Some(offset)) => Step::From(*offset),
                    },
                    objections: 0,
                }),
            }
        }
        let ahead = Wakeup { at: now.plus(AHEAD_MS), wait_ms: AHEAD_MS };
        let trust = if self.backoff.has_failed() { Trust::Alone(ahead) } else { Trust::Whole };
        self.phase = Phase::Uploading(Uploading { queue, trust, ..Uploading::default() });
        self.go_on_uploading(now)
    }

    /// Keeps as many media travelling as may, stores what came of others, and ends when all is done.
    pub(super) fn go_on_uploading(&mut self, now: Timestamp) -> Vec<Effect> {
        let Phase::Uploading(uploading) = &mut self.phase else { return Vec::new() };
        let mut effects = Vec::new();
        if !uploading.is_storing && !uploading.to_store.is_empty() {
            uploading.is_storing = true;
            effects.push(Effect::Persist(std::mem::take(&mut uploading.to_store)));
        }
        while let Some(sending) = uploading.take_next() {
            self.last_request += 1;
            let id = RequestId(self.last_request);
            let (project, sha256) = sending.medium;
            effects.push(Effect::Send(
                id,
                match sending.step {
                    Step::Asking => Request::AskOffset(project, sha256),
                    Step::From(offset) => Request::Upload(project, sha256, offset),
                },
            ));
            uploading.in_flight.insert(id, sending);
        }
        if !uploading.is_drained() {
            return effects;
        }
        match uploading.failure {
            Some(failure) => {
                self.fail(failure, now);
                Vec::new()
            }
            None => self.load(),
        }
    }

    /// Time has passed: what went ahead may be followed.
    pub(super) fn look_at_uploads(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Phase::Uploading(uploading) = &mut self.phase
            && let Trust::Alone(wakeup) = uploading.trust
            && wakeup.is_due(now)
        {
            uploading.trust = Trust::Half;
        }
        self.go_on_uploading(now)
    }

    /// The transaction with results is complete.
    pub(super) fn after_storing_uploads(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Phase::Uploading(uploading) = &mut self.phase {
            uploading.is_storing = false;
        }
        self.go_on_uploading(now)
    }

    /// What is in flight is given up: how much of it arrived is not known.
    pub(super) fn forget_in_flight(&mut self) {
        if let Phase::Uploading(uploading) = &self.phase {
            self.begun.extend(uploading.in_flight.values().map(|sending| (sending.medium, None)));
        }
    }

    pub(super) fn after_upload(&mut self, id: RequestId, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        let Phase::Uploading(uploading) = &mut self.phase else { return Vec::new() };
        let Some(mut sending) = uploading.in_flight.remove(&id) else { return Vec::new() };
        let (project, sha256) = sending.medium;
        if matches!(outcome, Outcome::Reply(_) | Outcome::Refused { .. }) {
            uploading.trust = Trust::Whole;
        }
        let state = match outcome {
            // Only the hash that the server computed over what it stored counts.
            Outcome::Reply(Reply::Uploaded(reply)) if reply.sha256 == sha256 => MediumState::Held,
            Outcome::Reply(Reply::Offset(offset)) => {
                sending.step = Step::From(offset);
                uploading.queue.push_front(sending);
                return self.go_on_uploading(now);
            }
            Outcome::Refused { code, .. } if sending.step != Step::From(0) && is_about_offset(code) => {
                sending.objections += 1;
                let may_ask = code == ErrorCode::UploadOffset && sending.objections <= MOST_OBJECTIONS;
                sending.step = if may_ask { Step::Asking } else { Step::From(0) };
                uploading.queue.push_front(sending);
                return self.go_on_uploading(now);
            }
            Outcome::Refused { code, .. } if is_poison(code) => MediumState::SetAside { code },
            Outcome::NothingToSend => MediumState::SetAside { code: ErrorCode::NotFound },
            Outcome::Refused { code, .. } if is_about_project(code) => {
                uploading.queue.retain(|waiting| waiting.medium.0 != project);
                if code == ErrorCode::NotMember {
                    uploading.to_store.push(Write::Left(project));
                }
                self.stuck.insert(project, code);
                return self.go_on_uploading(now);
            }
            Outcome::Refused { code: ErrorCode::DeviceShutOut, .. } => {
                self.is_shut_out = true;
                uploading.is_ending = true;
                return self.go_on_uploading(now);
            }
            Outcome::Refused { code: ErrorCode::UnknownDevice, .. } if self.token.is_open() => {
                self.token = self.token.forgotten();
                uploading.is_ending = true;
                return self.go_on_uploading(now);
            }
            Outcome::Refused { code, retry_after_ms, .. } => {
                return self.end_uploads(sending.medium, Failure { code: Some(code), retry_after_ms }, now);
            }
            Outcome::Reply(_) | Outcome::Unreachable => {
                return self.end_uploads(sending.medium, Failure::default(), now);
            }
        };
        uploading.to_store.push(Write::Medium { records: sending.records, sha256, state });
        if state == MediumState::Held {
            // Between two cuts something came through: the next failure is a first one.
            self.backoff.reset();
            // Should this not get stored, or another record show the same photo: asking costs less than sending.
            self.begun.insert(sending.medium, None);
        } else {
            self.begun.remove(&sending.medium);
        }
        self.go_on_uploading(now)
    }

    /// Lets what is in flight come in, then ends the run; how much of `broken` arrived is not known.
    fn end_uploads(&mut self, broken: Medium, failure: Failure, now: Timestamp) -> Vec<Effect> {
        self.begun.insert(broken, None);
        if let Phase::Uploading(uploading) = &mut self.phase {
            uploading.is_ending = true;
            uploading.failure = Some(uploading.or_longer(failure));
        }
        self.go_on_uploading(now)
    }
}

/// Says whether a refusal may be about where an upload goes on instead of about the medium: a server that does not know how
/// (or holds another beginning) still takes the whole.
const fn is_about_offset(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::UploadOffset
            | ErrorCode::HashMismatch
            | ErrorCode::BadRequest
            | ErrorCode::NotFound
            | ErrorCode::MethodNotAllowed
    )
}
