//! Who is who: tokens, devices, members, joins.

use domain::{DeviceId, MemberId, ProjectId, Role, Timestamp};
use protocol::{ErrorCode, JoinReply, JoinRequest, MeReply, Membership, ProjectInfo, UnfinishedUpload};
use sync::{Outcome, Reply};
use uuid::Uuid;

use super::{Answer, Asker, Server};

/// A member, its device, and the phone that this is in truth.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) project: ProjectId,
    pub(crate) device: u64,
    pub(crate) phone: usize,
    /// Since when it is no device's any more: it was removed, or its phone was shut out.
    pub(crate) removed: Option<Timestamp>,
}

impl Server {
    pub(super) fn me(&self, device: Option<u64>, asker: Asker, now: Timestamp) -> Outcome {
        let memberships = self
            .members
            .iter()
            .filter(|(_, member)| Some(member.device) == device && member.removed.is_none())
            .map(|(id, member)| membership(*id, member.project))
            .collect();
        let unfinished = device.filter(|_| self.spoken(asker) > 1).map(|device| self.unfinished(device));
        Outcome::Reply(Reply::Me(MeReply {
            device_id: device.map(device_id),
            memberships,
            unfinished: unfinished.unwrap_or_default(),
            server_time_ms: now.ms(),
        }))
    }

    pub(super) fn join(&mut self, known: Option<u64>, asker: Asker, join: &JoinRequest, now: Timestamp) -> Answer {
        let refused = |code| Answer::from(Outcome::Refused { code, retry_after_ms: None, server_time_ms: now.ms() });
        if join.consent.check(now).is_err() {
            return refused(ErrorCode::ClockAhead);
        }
        let done = self.joins.get(&join.join_id).and_then(|id| Some((*id, *self.members.get(id)?)));
        let (device, id) = match done {
            // Who was removed does not come back by an old join.
            Some((_, member)) if member.removed.is_some() => return refused(ErrorCode::UnknownCode),
            // A join whose reply was lost, sent again by the device that another one made meanwhile, is that device's.
            Some((id, member)) => {
                let device = known.unwrap_or(member.device);
                let there = self.member_of(device, member.project);
                if there.is_none() {
                    self.members.insert(id, Member { device, ..member });
                }
                (device, there.unwrap_or(id))
            }
            None => {
                let Some(project) = self.codes.get(&join.code).copied() else { return refused(ErrorCode::UnknownCode) };
                if self.is_closed(project) {
                    return refused(ErrorCode::ProjectClosed);
                }
                let device = known.unwrap_or_else(|| {
                    self.last_device += 1;
                    self.last_device
                });
                let id = self.member_of(device, project).unwrap_or_else(|| {
                    let id = MemberId::from_uuid(join.join_id.uuid());
                    self.members.insert(id, Member { project, device, phone: asker.phone, removed: None });
                    self.joins.insert(join.join_id, id);
                    id
                });
                (device, id)
            }
        };
        let Some(member) = self.members.get(&id) else { return refused(ErrorCode::Internal) };
        let membership = membership(id, member.project);
        let token = known.is_none().then(|| {
            self.last_token += 1;
            self.tokens.insert(self.last_token, device);
            self.last_token
        });
        let reply = JoinReply { device_id: device_id(device), membership, server_time_ms: now.ms() };
        Answer { outcome: Outcome::Reply(Reply::Joined(reply)), token, useful: 0 }
    }

    /// Returns the member that a device is in a project.
    pub(super) fn member_of(&self, device: u64, project: ProjectId) -> Option<MemberId> {
        let is_his = |member: &Member| member.device == device && member.project == project && member.removed.is_none();
        self.members.iter().find(|(_, member)| is_his(member)).map(|(id, _)| *id)
    }

    /// Returns the member that a token stands for in a project.
    pub(crate) fn member(&self, token: Option<u64>, project: ProjectId) -> Option<MemberId> {
        self.member_of(*self.tokens.get(&token?)?, project)
    }

    /// Says whether the server knows a token.
    pub(crate) fn knows(&self, token: Option<u64>) -> bool {
        let device = token.and_then(|token| self.tokens.get(&token));
        device.is_some_and(|device| !self.shut_out.contains(device))
    }

    /// Ends a membership; says whether there was one.
    pub(crate) fn remove(&mut self, phone: usize, project: ProjectId, now: Timestamp) -> bool {
        let is_his = |member: &&mut Member| member.phone == phone && member.project == project;
        let mut was_one = false;
        for member in self.members.values_mut().filter(is_his) {
            was_one |= member.removed.is_none();
            member.removed = Some(now);
        }
        was_one
    }

    /// Shuts out a phone that is a member somewhere; returns where.
    pub(crate) fn shut_out(&mut self, phone: usize, now: Timestamp) -> Vec<ProjectId> {
        let is_his = |member: &&mut Member| member.phone == phone && member.removed.is_none();
        let mut projects = Vec::new();
        for member in self.members.values_mut().filter(is_his) {
            self.shut_out.insert(member.device);
            member.removed = Some(now);
            projects.push(member.project);
        }
        projects
    }

    /// Forgets all tokens of a phone.
    pub(crate) fn revoke(&mut self, phone: usize) -> bool {
        let devices: Vec<_> =
            self.members.values().filter(|member| member.phone == phone).map(|member| member.device).collect();
        let before = self.tokens.len();
        self.tokens.retain(|_, device| !devices.contains(device));
        self.tokens.len() < before
    }

    fn unfinished(&self, device: u64) -> Vec<UnfinishedUpload> {
        let is_his = |id| self.members.get(id).is_some_and(|member| member.device == device);
        self.partials
            .iter()
            .filter(|((_, member, _), _)| is_his(member))
            .map(|((project, _, sha256), offset)| UnfinishedUpload {
                project: *project,
                sha256: *sha256,
                offset: *offset,
            })
            .collect()
    }
}

fn membership(id: MemberId, project: ProjectId) -> Membership {
    Membership {
        project: ProjectInfo { id: project, name: String::new(), municipality: String::new() },
        member_id: id,
        role: Role::Resident,
        nickname: String::new(),
    }
}

fn device_id(device: u64) -> DeviceId {
    DeviceId::from_uuid(Uuid::from_u128(device.into()))
}
