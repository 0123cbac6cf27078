//! Pulling: what is new in any project, then what is older.

use domain::{ProjectId, Timestamp};
use protocol::{ErrorCode, PullFrom, PullReply};

use super::{After, Engine, Phase, Waiting};
use crate::{Cursors, Effect, Request, Write};

impl Engine {
    /// Pulls what is new in any project, then what is older; rests when nothing is left. A closed project is still read.
    pub(super) fn pull(&mut self, projects: Vec<(ProjectId, Cursors)>, now: Timestamp) -> Vec<Effect> {
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

    pub(super) fn after_pull(
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
}
