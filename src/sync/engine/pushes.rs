//! Sending what was written: in batches, oldest first. A closed project gets what only takes something back; the rest waits.

use domain::permissions::only_takes_back;
use domain::{Map, ProjectId, Timestamp};
use protocol::{ErrorCode, MAX_BATCH, PushReply};

use super::{After, Engine, Failure, Waiting, is_about_project};
use crate::rules::{is_poison, leaves};
use crate::{Effect, Op, OpId, Request, Staying, Write};

impl Engine {
    /// Returns the project of the oldest write that may go.
    pub(super) fn next_to_push(&self, ops: &[Op], staying: &Staying) -> Option<ProjectId> {
        let mut going = ops.iter().filter(|op| leaves(op, ops, staying));
        going.find_map(|op| op.home.project().filter(|project| self.may_go(*project, op)))
    }

    /// Sends a batch of the writes that wait to a project.
    pub(super) fn push(&mut self, project: ProjectId, ops: &[Op], staying: &Staying) -> Vec<Effect> {
        let most = if self.is_one_by_one { 1 } else { MAX_BATCH };
        let here = || ops.iter().filter(|op| op.home.project() == Some(project));
        let goes = |op: &&Op| leaves(op, ops, staying) && self.may_go(project, op);
        let batch: Vec<Op> = here().filter(goes).take(most).cloned().collect();
        // What waits before any of them keeps its stamp too: moved behind them, an entry that was brought back and then
        // put away again would be there once more. What stays on the phone moves, unless a later word on the same goes: whether
        // any of it was sent has to be known.
        let last = batch.last().map(|op| op.id);
        let keeps_stamp =
            |op: &&Op| leaves(op, ops, staying) || batch.iter().any(|other| other.record.id == op.record.id);
        let ids: Vec<OpId> = here().filter(keeps_stamp).map(|op| op.id).filter(|id| Some(*id) <= last).collect();
        let records = batch.iter().map(|op| op.record.clone()).collect();
        let after = After::Send(Box::new((Request::Push(project, records), Waiting::Push(batch))));
        self.persist(vec![Write::Attempted(ids)], after)
    }

    fn may_go(&self, project: ProjectId, op: &Op) -> bool {
        match self.stuck.get(&project) {
            None => true,
            Some(ErrorCode::ProjectClosed) => !self.shut.contains(&project) && only_takes_back(&op.record),
            Some(_) => false,
        }
    }

    pub(super) fn after_push(&mut self, ops: &[Op], reply: &PushReply) -> Vec<Effect> {
        self.was_ahead = false;
        self.backoff.reset();
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

    /// A batch was refused as a whole.
    pub(super) fn after_push_refused(&mut self, ops: Vec<Op>, failure: Failure, now: Timestamp) -> Vec<Effect> {
        match failure.code {
            Some(ErrorCode::ClockAhead) if !self.was_ahead => {
                // Nothing of the batch was kept, so these are free to be restamped by the clock just read.
                self.was_ahead = true;
                let unsent = ops.into_iter().map(|op| Op { is_attempted: false, ..op }).collect();
                self.persist(vec![Write::Restamped { ops: unsent, stamps: Map::new() }], After::Load)
            }
            Some(code) if is_poison(code) && ops.len() > 1 => {
                self.is_one_by_one = true;
                self.load()
            }
            Some(code) if is_poison(code) => {
                let ids = ops.iter().map(|op| op.id).collect();
                self.persist(vec![Write::SetAside { ops: ids, code }], After::Load)
            }
            Some(code) if is_about_project(code) => match ops.first().and_then(|op| op.home.project()) {
                Some(project) => {
                    if ops.iter().all(|op| only_takes_back(&op.record)) {
                        self.shut.insert(project);
                    }
                    self.leave_alone(project, code)
                }
                None => self.load(),
            },
            Some(_) | None => {
                self.fail(failure, now);
                Vec::new()
            }
        }
    }
}
