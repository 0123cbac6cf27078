//! Troubles come and go.

use domain::{Audience, Decision, Entry, KIND_ENTRY, NodeId, ProjectId, Review, Stamp};

use super::{Found, Happening, World};
use crate::disk::LATEST_APP;
use crate::faults::Fault;
use crate::random::Random;
use crate::script::{Part, What};
use crate::server::Held;

impl World {
    pub(super) fn begin_trouble(&mut self, trouble: usize) -> Result<(), Found> {
        let for_ms = self.script.troubles[trouble].for_ms;
        let what = self.what(trouble);
        self.note(Part::Trouble(trouble), || format!("{what} (for {} s, if it lasts)", for_ms / 1000));
        if self.set_in(what)? {
            self.plan_at(for_ms, Happening::TroubleEnds(trouble));
        }
        Ok(())
    }

    /// Lets a trouble begin; says whether it is a state that ends.
    fn set_in(&mut self, what: What) -> Result<bool, Found> {
        let now = self.now;
        match what {
            What::Partition(phone) => self.phones[phone].state.partitions += 1,
            What::Portal(phone) => self.phones[phone].state.portals += 1,
            What::NoEvents(phone) => self.phones[phone].state.silences += 1,
            What::DiskFull(phone) => self.phones[phone].state.full_disks += 1,
            What::DatabaseClosed(phone) => self.phones[phone].state.closed_databases += 1,
            What::Off(phone) => {
                self.count(Fault::Off);
                self.phones[phone].state.offs += 1;
                self.shut(phone);
            }
            What::ClockLies(phone, by_ms) => {
                self.count(Fault::ClockLied);
                self.phones[phone].had_wrong_clock = true;
                self.phones[phone].state.lies_by_ms = by_ms;
            }
            What::ServerDown => self.server.state.down += 1,
            What::ServerBusy { retry_after_ms } => self.server.state.busy.push(retry_after_ms),
            What::ServerFull => self.server.state.full += 1,
            What::LaterKinds => self.server.state.hands_out_later += 1,
            What::ServerDemands => self.server.state.demands += 1,
            What::ProjectClosed(number) => match self.project(number) {
                Some(project) => self.server.state.closed.push(project),
                None => return Ok(false),
            },
            What::ProjectStaysClosed(number) => {
                if let Some(project) = self.project(number) {
                    self.count(Fault::StaysClosed);
                    self.server.state.closed.push(project);
                }
                return Ok(false);
            }
            What::TabClosed(_)
            | What::ClockJumps(..)
            | What::TokenRevoked(_)
            | What::MemberRemoved(..)
            | What::ShutOut(_)
            | What::AppUpdated(_)
            | What::GroupChanged(..)
            | What::ApprovalChanged(_)
            | What::Reviewed(_)
            | What::HoldChanged(_)
            | What::PeopleSaid(_)
            | What::CursorsRestart
            | What::PartialsCollected
            | What::ServerChanged => {
                self.strike(what, now)?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What happens in one moment.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what finds nothing to strike at passes, as all that lasts does"
    )]
    fn strike(&mut self, what: What, now: domain::Timestamp) -> Result<(), Found> {
        match what {
            What::TabClosed(phone) if !self.phones[phone].lock.is_empty() => {
                self.count(Fault::TabClosed);
                self.open_tab(phone)?;
                return self.close_driving_tab(phone);
            }
            What::ClockJumps(phone, skew_ms) => {
                self.count(Fault::ClockJumped);
                self.phones[phone].skew_ms = skew_ms;
                self.phones[phone].had_wrong_clock = true;
                self.phones[phone].manners.clear();
            }
            What::TokenRevoked(phone) if self.server.revoke(phone) => {
                self.phones[phone].was_revoked = true;
                self.count(Fault::TokenRevoked);
            }
            What::MemberRemoved(phone, number) => {
                // From that project, or from the other.
                let projects = [self.project(number), self.project(1 - number)];
                for project in projects.into_iter().flatten() {
                    if self.server.remove(phone, project, now) {
                        self.phones[phone].removed_from.insert(project);
                        self.phones[phone].was_removed = true;
                        self.count(Fault::MemberRemoved);
                        break;
                    }
                }
            }
            What::ShutOut(phone) => {
                let projects = self.server.shut_out(phone, now);
                self.phones[phone].was_shut_out |= !projects.is_empty();
                self.phones[phone].removed_from.extend(projects);
            }
            What::AppUpdated(phone) if self.phones[phone].disk.app < LATEST_APP => {
                self.count(Fault::AppUpdated);
                let disk = &mut self.phones[phone].disk;
                disk.app = if disk.parked.is_empty() { disk.app + 1 } else { LATEST_APP };
                return self.reopen(phone);
            }
            What::GroupChanged(phone, number) => {
                if let Some(project) = self.project(number) {
                    self.count(Fault::GroupChanged);
                    self.server.change_group(phone, project, now);
                    self.tell_soon();
                }
            }
            What::ApprovalChanged(number) => {
                if let Some(project) = self.project(number) {
                    self.count(Fault::ApprovalChanged);
                    self.server.change_approval(project, now);
                    self.tell_soon();
                }
            }
            What::Reviewed(roll) => self.review(roll, now),
            What::HoldChanged(number) => {
                if let Some(project) = self.project(number) {
                    self.count(Fault::HoldChanged);
                    self.server.change_hold(project, now);
                    self.tell_soon();
                }
            }
            What::PeopleSaid(roll) => self.say_people(roll, now),
            What::CursorsRestart => {
                self.count(Fault::CursorsRestarted);
                self.server.restart_cursors();
            }
            What::PartialsCollected => self.collect_partials(),
            What::ServerChanged if self.server.state.speaks == 1 => {
                self.count(Fault::ServerUpdated);
                self.server.state.speaks = 2;
            }
            What::ServerChanged => {
                self.count(Fault::ServerSetBack);
                self.server.state.speaks = 1;
                self.collect_partials();
                // Nobody can ask any more what came of lost replies.
                (0..self.phones.len()).for_each(|phone| self.allow_unknown(phone));
            }
            _ => {}
        }
        Ok(())
    }

    /// Somebody who guides a project decides on an entry that he sees.
    fn review(&mut self, roll: u64, now: domain::Timestamp) {
        let random = &mut Random::new(roll);
        let guided = |held: &&Held| {
            let entry = Entry::from_record(&held.record);
            held.record.kind == KIND_ENTRY && !held.record.erased && entry.audience != Some(Audience::OnlyMe)
        };
        let all: Vec<&Held> = self.server.records.values().filter(guided).collect();
        let Some(held) = random.pick(&all).copied() else { return };
        let (id, project) = (held.record.id, held.project);
        let review = Review {
            entry: id,
            decision: random.pick(&Decision::ALL).copied().unwrap_or(Decision::Hide),
            at: Stamp { at: now, count: 0, node: NodeId(0) },
            reason: String::new(),
            saw: Entry::from_record(&held.record).version(),
        };
        self.count(Fault::Reviewed);
        self.server.reviews.entry(id).or_default().push(review);
        self.server.look_again(project, now);
        self.tell_soon();
    }

    /// The maker of an entry says who is in it, or takes that back.
    fn say_people(&mut self, roll: u64, now: domain::Timestamp) {
        let random = &mut Random::new(roll);
        let is_there = |held: &&Held| held.record.kind == KIND_ENTRY && !held.record.erased;
        let all: Vec<&Held> = self.server.records.values().filter(is_there).collect();
        let Some(held) = random.pick(&all).copied() else { return };
        let (id, project) = (held.record.id, held.project);
        self.count(Fault::PeopleSaid);
        self.server.people.insert(id, random.percent(50));
        self.server.look_again(project, now);
        self.tell_soon();
    }

    fn collect_partials(&mut self) {
        let bytes = self.server.collect_partials();
        if bytes > 0 {
            self.count(Fault::PartialsCollected);
            self.wire.allow(bytes);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "what happens in one moment has no end")]
    pub(super) fn end_trouble(&mut self, trouble: usize) -> Result<(), Found> {
        match self.what(trouble) {
            What::Partition(phone) => {
                self.phones[phone].state.partitions -= 1;
                self.listen_anew(phone);
            }
            What::Portal(phone) => {
                self.phones[phone].state.portals -= 1;
                self.listen_anew(phone);
            }
            What::NoEvents(phone) => {
                self.phones[phone].state.silences -= 1;
                self.listen_anew(phone);
            }
            What::DiskFull(phone) => self.phones[phone].state.full_disks -= 1,
            What::DatabaseClosed(phone) => self.phones[phone].state.closed_databases -= 1,
            What::Off(phone) => {
                self.phones[phone].state.offs -= 1;
                if self.phones[phone].lock.is_empty() && self.phones[phone].state.offs == 0 {
                    return self.open(phone);
                }
            }
            What::ClockLies(phone, _) => self.phones[phone].state.lies_by_ms = 0,
            What::ServerDown => {
                self.server.state.down -= 1;
                (0..self.phones.len()).for_each(|phone| self.listen_anew(phone));
            }
            What::ServerBusy { retry_after_ms } => {
                let busy = &mut self.server.state.busy;
                if let Some(place) = busy.iter().position(|wait_ms| *wait_ms == retry_after_ms) {
                    busy.remove(place);
                }
            }
            What::ServerFull => self.server.state.full -= 1,
            What::LaterKinds => self.server.state.hands_out_later -= 1,
            What::ServerDemands => self.server.state.demands -= 1,
            What::ProjectClosed(number) => {
                let project: Option<ProjectId> = self.project(number);
                let closed = &mut self.server.state.closed;
                if let Some(place) = closed.iter().position(|it| Some(*it) == project) {
                    closed.remove(place);
                }
            }
            _ => {}
        }
        Ok(())
    }
}
