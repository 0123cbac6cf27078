//! What is broken in each mutant.

use std::collections::{BTreeMap, BTreeSet};

use domain::permissions::only_takes_back;
use domain::{JoinId, MediaHash, ProjectId, Record, RecordId, Timestamp, View};
use protocol::{ErrorCode, MediaReply, MediumState, PullItem, PushReply, PushResult};
use sync::{Effect, Event, Op, OpId, Outcome, Reply, Request, RequestId, Staying, Upload, Write};
use uuid::Uuid;

use super::Mutant;

/// Sits between the world and the real engine.
#[derive(Debug)]
pub(super) struct Broken {
    mutant: Mutant,
    /// Writes as they were loaded last.
    ops: BTreeMap<OpId, Op>,
    /// What was still to be uploaded then.
    pending: Vec<Upload>,
    uploads: BTreeMap<RequestId, MediaHash>,
    pushes: BTreeMap<RequestId, ProjectId>,
    /// Projects that refused something because they are closed.
    closed: BTreeSet<ProjectId>,
    views: BTreeMap<RecordId, View>,
    /// Records that went out under another id.
    renamed: BTreeMap<RecordId, RecordId>,
    /// How many times it did what needs a count.
    times: u64,
}

impl Broken {
    pub(super) const fn new(mutant: Mutant) -> Self {
        Self {
            mutant,
            ops: BTreeMap::new(),
            pending: Vec::new(),
            uploads: BTreeMap::new(),
            pushes: BTreeMap::new(),
            closed: BTreeSet::new(),
            views: BTreeMap::new(),
            renamed: BTreeMap::new(),
            times: 0,
        }
    }

    /// Alters what the engine hears.
    pub(super) fn hear(&mut self, event: Event) -> Event {
        match event {
            Event::Loaded(mut snapshot) => {
                if self.mutant == Mutant::NaiveClock {
                    // Nothing is ever to be corrected.
                    snapshot.ops.iter_mut().for_each(|op| op.is_attempted = true);
                }
                if self.mutant == Mutant::KeepsWhatTakesBack {
                    let is_closed = |op: &Op| op.home.project().is_some_and(|project| self.closed.contains(&project));
                    snapshot.ops.retain(|op| !(is_closed(op) && only_takes_back(&op.record)));
                }
                if self.mutant == Mutant::SendsWhatStays {
                    snapshot.staying = Staying::new();
                }
                if self.mutant == Mutant::HidesThatItStays {
                    let staying = &snapshot.staying;
                    snapshot.ops.retain(|op| op.record.erased || !staying.contains_key(&op.record.id));
                }
                if self.mutant == Mutant::NeverReplays {
                    snapshot.is_replay_due = false;
                }
                self.pending.clone_from(&snapshot.uploads);
                self.ops = snapshot.ops.iter().map(|op| (op.id, op.clone())).collect();
                Event::Loaded(snapshot)
            }
            // A start forgets all waiting.
            Event::WakeupReached if self.mutant == Mutant::ForgetsBackoff => Event::Started,
            Event::Answered(id, outcome) => Event::Answered(id, Box::new(self.misread(id, *outcome))),
            other @ (Event::Started
            | Event::WentOnline
            | Event::BecameVisible
            | Event::ChangeQueued
            | Event::SendAsked
            | Event::RemoteChanged(_)
            | Event::WakeupReached
            | Event::Stored
            | Event::StorageFailed) => other,
        }
    }

    fn misread(&mut self, id: RequestId, outcome: Outcome) -> Outcome {
        match (self.mutant, outcome) {
            (Mutant::IgnoresHash, Outcome::Reply(Reply::Uploaded(reply))) => {
                let sha256 = self.uploads.get(&id).copied().unwrap_or(reply.sha256);
                Outcome::Reply(Reply::Uploaded(MediaReply { sha256, ..reply }))
            }
            (Mutant::KeepsWhatTakesBack, outcome @ Outcome::Refused { code: ErrorCode::ProjectClosed, .. }) => {
                self.closed.extend(self.pushes.get(&id));
                outcome
            }
            (Mutant::IgnoresRetryAfter, Outcome::Refused { code, server_time_ms, .. }) => {
                Outcome::Refused { code, retry_after_ms: None, server_time_ms }
            }
            (Mutant::GoesOnWhenShutOut, Outcome::Refused { code: ErrorCode::DeviceShutOut, server_time_ms, .. }) => {
                Outcome::Refused { code: ErrorCode::UnknownDevice, retry_after_ms: None, server_time_ms }
            }
            (Mutant::SetsAsideTooMuch, Outcome::Refused { code: ErrorCode::Busy, server_time_ms, .. }) => {
                Outcome::Refused { code: ErrorCode::InvalidRecord, retry_after_ms: None, server_time_ms }
            }
            (Mutant::NewIdsOnRetry, Outcome::Reply(Reply::Pushed(mut reply))) => {
                for result in &mut reply.results {
                    result.id = self.renamed.get(&result.id).copied().unwrap_or(result.id);
                }
                Outcome::Reply(Reply::Pushed(reply))
            }
            (_, outcome) => outcome,
        }
    }

    /// Alters what the engine does.
    pub(super) fn act(&mut self, effect: Effect) -> Vec<Effect> {
        match effect {
            Effect::Load => vec![Effect::Load],
            Effect::Persist(writes) => {
                vec![Effect::Persist(writes.into_iter().flat_map(|write| self.write(write)).collect())]
            }
            Effect::Send(id, request) => self.send(id, request),
        }
    }

    fn send(&mut self, id: RequestId, request: Request) -> Vec<Effect> {
        if let Request::Upload(_, sha256, _) = &request {
            self.uploads.insert(id, *sha256);
        }
        if let Request::Push(project, _) = &request {
            self.pushes.insert(id, *project);
        }
        let request = match (self.mutant, request) {
            (Mutant::BeginsUploadsAnew, Request::Upload(project, sha256, _)) => Request::Upload(project, sha256, 0),
            (Mutant::SendsTwice, request @ Request::Upload(..)) => {
                return vec![Effect::Send(id, request.clone()), Effect::Send(id, request)];
            }
            (Mutant::SendsErasedWhole, Request::Push(project, mut records)) => {
                records.iter_mut().for_each(|record| record.erased = false);
                Request::Push(project, records)
            }
            (Mutant::NewIdsOnRetry, Request::Push(project, mut records)) => {
                records.iter_mut().for_each(|record| self.rename_retried(record));
                Request::Push(project, records)
            }
            (Mutant::JoinsAnew, Request::Join(mut join)) => {
                self.times += 1;
                let id = join.join_id.uuid().as_u128().wrapping_add((u128::from(id.0) << 64) + u128::from(self.times));
                join.join_id = JoinId::from_uuid(Uuid::from_u128(id));
                Request::Join(join)
            }
            (_, request) => request,
        };
        vec![Effect::Send(id, request)]
    }

    fn rename_retried(&mut self, record: &mut Record) {
        let was_sent = self.ops.values().any(|op| op.record.id == record.id && op.is_attempted);
        if was_sent {
            let real = record.id;
            record.id = RecordId::from_uuid(Uuid::from_u128(real.uuid().as_u128() ^ 1));
            self.renamed.insert(record.id, real);
        }
    }

    fn write(&mut self, write: Write) -> Vec<Write> {
        match (self.mutant, write) {
            (Mutant::DeletesBeforeAnswer, Write::Attempted(ids)) => {
                let known: Vec<(OpId, RecordId)> =
                    ids.iter().filter_map(|id| Some((*id, self.ops.get(id)?.record.id))).collect();
                let confirmed = known.into_iter().map(|(id, record)| Write::Confirmed {
                    ops: vec![id],
                    record,
                    media: domain::Map::new(),
                });
                [Write::Attempted(ids)].into_iter().chain(confirmed).collect()
            }
            (Mutant::SaysReceivedEarly, Write::Confirmed { ops, record, media }) => {
                let media = media.keys().map(|sha256| (*sha256, MediumState::Held)).collect();
                vec![Write::Confirmed { ops, record, media }]
            }
            (Mutant::StaysWhenRemoved, Write::Left(_)) => Vec::new(),
            (Mutant::DropsUnsentPhotos, Write::ShutOut) => {
                let sent = self.pending.drain(..).map(|upload| Write::Medium {
                    records: vec![upload.record],
                    sha256: upload.sha256,
                    state: MediumState::Held,
                });
                sent.chain([Write::ShutOut]).collect()
            }
            (_, Write::Pulled { project, items, cursors, restarted }) => {
                vec![Write::Pulled { project, items: self.take(items), cursors, restarted }]
            }
            (_, write) => vec![write],
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "each mutant alters one thing, and leaves the rest")]
    fn take(&mut self, mut items: Vec<PullItem>) -> Vec<PullItem> {
        match self.mutant {
            Mutant::SkipsCursor => {
                items.pop();
            }
            Mutant::LosesParked => items.retain(|item| !matches!(item, PullItem::Unknown(_))),
            Mutant::KeepsGone => items.retain(|item| !matches!(item, PullItem::Gone { .. })),
            Mutant::KeepsOldView => items.retain(|item| match item {
                PullItem::View { view } => self.views.insert(view.id, view.clone()).is_none(),
                PullItem::Gone { id } => {
                    self.views.remove(id);
                    true
                }
                PullItem::Own { .. } | PullItem::Unknown(_) => true,
            }),
            Mutant::RevivesErased => {
                for item in &items {
                    if let PullItem::View { view } = item {
                        self.views.insert(view.id, view.clone());
                    }
                }
                let old = |item: &PullItem| {
                    let PullItem::Gone { id } = item else { return None };
                    self.views.get(id).cloned().map(|view| PullItem::View { view })
                };
                let late: Vec<PullItem> = items.iter().filter_map(old).collect();
                items.extend(late);
            }
            _ => {}
        }
        items
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "each mutant alters one thing, and leaves the rest")]
    pub(super) fn next_wakeup(&self, real: Option<Timestamp>, is_idle: bool, now: Timestamp) -> Option<Timestamp> {
        match self.mutant {
            Mutant::ForgetsBackoff => real.map(|_| now.plus(1)),
            Mutant::GivesUp => None,
            Mutant::NeverQuiet if is_idle => Some(real.unwrap_or(now.plus(60_000))),
            _ => real,
        }
    }

    pub(super) fn at_portal(&self, request: &Request) -> Outcome {
        if self.mutant != Mutant::TrustsAny200 {
            return Outcome::Unreachable;
        }
        let server_time_ms = 0;
        match request {
            Request::Push(_, records) => {
                let taken = |record: &Record| PushResult { id: record.id, refused: None, media: domain::Map::new() };
                Outcome::Reply(Reply::Pushed(PushReply {
                    results: records.iter().map(taken).collect(),
                    server_time_ms,
                }))
            }
            Request::Upload(_, sha256, _) => {
                Outcome::Reply(Reply::Uploaded(MediaReply { sha256: *sha256, bytes: 0, server_time_ms }))
            }
            Request::Me | Request::Join(_) | Request::AskOffset(..) | Request::Pull(..) => Outcome::Unreachable,
        }
    }
}
