//! What an answer means, apart from those to uploads.

use domain::{ProjectId, Timestamp};
use protocol::{ErrorCode, MeReply, UnfinishedUpload};

use super::{After, Engine, Failure, Token, Waiting, is_about_project};
use crate::rules::is_poison;
use crate::{Effect, Outcome, Reply, Write};

impl Engine {
    pub(super) fn after_waiting(&mut self, waiting: Waiting, outcome: Outcome, now: Timestamp) -> Vec<Effect> {
        match (waiting, outcome) {
            (Waiting::Me(projects), Outcome::Reply(Reply::Me(reply))) => self.after_me(projects, reply),
            (Waiting::Me(projects), Outcome::Refused { code: ErrorCode::UnknownDevice, .. }) => {
                self.get_acquainted(&projects, false);
                self.load()
            }
            (
                Waiting::Me(_) | Waiting::Push(_) | Waiting::Pull(..),
                Outcome::Refused { code: ErrorCode::DeviceShutOut, .. },
            ) => {
                self.get_acquainted(&[], false);
                self.is_shut_out = true;
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
                self.is_shut_out = false;
                self.token = Token::Renewed;
                // Whatever was said of the project before in this run was said to nobody.
                let project = reply.membership.project.id;
                self.stuck.remove(&project);
                self.shut.remove(&project);
                self.unreadable.remove(&project);
                self.pulled.remove(&project);
                let answered = Timestamp::from_ms(reply.server_time_ms);
                let write = Write::Joined { join_id: join.join_id, membership: reply.membership, answered };
                self.persist(vec![write], After::Load)
            }
            (Waiting::Join(join), Outcome::Refused { code, .. }) if ends_join(code) && join.answered.is_some() => {
                self.persist(vec![Write::JoinForgotten(join.join_id)], After::Load)
            }
            (Waiting::Join(join), Outcome::Refused { code, .. }) if ends_join(code) => {
                self.persist(vec![Write::JoinRefused { join_id: join.join_id, code }], After::Load)
            }
            (Waiting::Push(ops), Outcome::Reply(Reply::Pushed(reply))) => self.after_push(&ops, &reply),
            (Waiting::Push(ops), Outcome::Refused { code, retry_after_ms, .. }) => {
                self.after_push_refused(ops, Failure { code: Some(code), retry_after_ms }, now)
            }
            (Waiting::Pull(project, cursors, from), Outcome::Reply(Reply::Pulled(reply))) => {
                self.after_pull(project, cursors, &from, reply)
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
                self.fail(Failure::default(), now);
                Vec::new()
            }
        }
    }

    /// The server said whether it knows this device, which holds these projects.
    fn get_acquainted(&mut self, held: &[ProjectId], is_known: bool) {
        self.is_acquainted = true;
        self.is_in_doubt = false;
        if !is_known && !held.is_empty() {
            self.token = self.token.forgotten();
        }
    }

    fn after_me(&mut self, held: Vec<ProjectId>, reply: MeReply) -> Vec<Effect> {
        let is_known = reply.device_id.is_some();
        self.get_acquainted(&held, is_known);
        let mut writes = Vec::new();
        // A server that does not know the device says nothing of its memberships.
        if is_known {
            let is_left =
                |project: &ProjectId| !reply.memberships.iter().any(|membership| membership.project.id == *project);
            writes.extend(held.into_iter().filter(is_left).map(Write::Left));
        }
        // What broke off and is not unfinished may have come whole: that is still to be asked.
        self.begun.retain(|_, offset| offset.is_none());
        for UnfinishedUpload { project, sha256, offset } in reply.unfinished {
            self.begun.insert((project, sha256), Some(offset));
        }
        writes.push(Write::Memberships(reply.memberships));
        self.persist(writes, After::Load)
    }

    /// A project that takes nothing from this phone leaves the others going.
    pub(super) fn leave_alone(&mut self, project: ProjectId, code: ErrorCode) -> Vec<Effect> {
        self.stuck.insert(project, code);
        if code == ErrorCode::NotMember {
            return self.persist(vec![Write::Left(project)], After::Load);
        }
        self.load()
    }
}

/// Says whether a join need not be sent again: its person is told why, and may try once more.
const fn ends_join(code: ErrorCode) -> bool {
    is_poison(code) || matches!(code, ErrorCode::ProjectClosed)
}
