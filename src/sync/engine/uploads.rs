//! Sending media: several at a time, small first, each from the byte where it broke off.

use std::collections::VecDeque;

use domain::{Map, MediaHash, ProjectId, RecordId, Timestamp, sort_by};
use protocol::{ErrorCode, MediumState};

use super::{Engine, Failure, Phase, is_about_project};
use crate::rules::is_poison;
use crate::{Effect, Outcome, Reply, Request, RequestId, Upload, Write};

/// How many media travel at a time.
const UPLOADS_AT_A_TIME: usize = 4;

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
    /// Take no more from the queue: something failed, or something new waits.
    is_ending: bool,
    /// What failed; the run ends when the rest has come in.
    failure: Option<Failure>,
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
        let next = self.queue.front().filter(|_| !self.is_ending)?;
        matches!(next.step, Step::From(_)).then_some(next.medium.1)
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
        self.phase = Phase::Uploading(Uploading { queue, ..Uploading::default() });
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
        while !uploading.is_ending && uploading.in_flight.len() < UPLOADS_AT_A_TIME {
            let Some(sending) = uploading.queue.pop_front() else { break };
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
