//! Phones at work: tabs and their lock, an engine that is fed, and effects that are carried out.

use std::collections::BTreeSet;

use domain::{ProjectId, Timestamp};
use sync::{Effect, Event, Outcome, Reply, Write};

use super::{Found, Happening, World};
use crate::checkers;
use crate::disk::LATEST_APP;
use crate::faults::Fault;
use crate::mutants::{Driven, Mutant};
use crate::phone::Tab;
use crate::random::Random;

/// How long a browser takes to write a cookie to disk, in milliseconds.
const COOKIE_MS: u64 = 30_000;

impl World {
    /// Returns what a phone's clock says.
    pub(super) fn clock(&mut self, phone: usize) -> Timestamp {
        let state = &self.phones[phone].state;
        let lie_ms = match state.lies_by_ms {
            0 => 0,
            by_ms => self.draw(phone).around(by_ms),
        };
        self.now.shifted(self.phones[phone].skew_ms + lie_ms)
    }

    /// Opens the app in its first tab.
    pub(super) fn open(&mut self, phone: usize) -> Result<(), Found> {
        let token = self.phones[phone].token;
        // A browser that is killed soon after joining has not written its cookie to disk.
        if token.is_some_and(|(_, since)| self.now.since(since) < COOKIE_MS)
            && self.strikes(phone, Fault::TokenNotKept).is_some()
        {
            self.phones[phone].token = None;
            self.phones[phone].lost_token = true;
        }
        self.phones[phone].manners.clear();
        self.open_tab(phone)
    }

    /// Opens a tab: it asks for the lock, and drives once it has it.
    pub(super) fn open_tab(&mut self, number: usize) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        phone.last_tab += 1;
        let tab = phone.last_tab;
        phone.lock.push_back(tab);
        let is_granted = phone.lock.len() == 1;
        if is_granted {
            // An engine that a person starts knows of no failure.
            phone.manners.clear();
        } else {
            self.count(Fault::SecondTab);
        }
        if is_granted || self.options.mutant == Some(Mutant::TwoDrivers) { self.drive(number, tab) } else { Ok(()) }
    }

    fn drive(&mut self, number: usize, tab: Tab) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        let life = phone.last_life + 1;
        let seed = Random::keyed(self.seed, [4, number as u64, life]).next();
        let life = phone.drive(tab, Driven::new(seed, self.options.mutant));
        self.feed(number, life, Event::Started)
    }

    /// Ends all tabs: what was only in memory is gone.
    pub(super) fn shut(&mut self, number: usize) {
        let phone = &mut self.phones[number];
        phone.lock.clear();
        phone.drivers.clear();
        self.give_up_requests(number);
    }

    /// Ends all tabs and opens the app anew.
    pub(super) fn reopen(&mut self, phone: usize) -> Result<(), Found> {
        self.shut(phone);
        if self.phones[phone].state.offs == 0 { self.open(phone) } else { Ok(()) }
    }

    /// Updates an app that is not the latest, unless the phone is off.
    pub(super) fn update(&mut self, number: usize) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        if phone.disk.app == LATEST_APP || phone.state.offs > 0 {
            return Ok(());
        }
        phone.disk.app = LATEST_APP;
        self.count(Fault::AppUpdated);
        self.reopen(number)
    }

    /// Closes the tab that drives: the next one gets the lock.
    pub(super) fn close_driving_tab(&mut self, number: usize) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        let Some(closed) = phone.lock.pop_front() else { return Ok(()) };
        phone.drivers.retain(|driver| driver.tab != closed);
        let next = phone.lock.front().copied();
        let drives = next.is_some_and(|tab| phone.drivers.iter().any(|driver| driver.tab == tab));
        phone.manners.clear();
        self.give_up_requests(number);
        match next {
            Some(tab) if !drives => self.drive(number, tab),
            _ => Ok(()),
        }
    }

    pub(super) fn feed(&mut self, number: usize, life: u64, event: Event) -> Result<(), Found> {
        if !self.phones[number].is_alive(life) {
            return Ok(());
        }
        let now = self.clock(number);
        let real = self.now;
        let phone = &mut self.phones[number];
        let starts = match &event {
            Event::Started
            | Event::WentOnline
            | Event::SendAsked
            | Event::BecameVisible
            | Event::ChangeQueued
            | Event::WakeupReached => Some(real),
            Event::RemoteChanged(_) | Event::Loaded(_) | Event::Stored | Event::StorageFailed | Event::Answered(..) => {
                None
            }
        };
        let is_storage_failure = event == Event::StorageFailed;
        let Some(driver) = phone.driver(life) else { return Ok(()) };
        let was_idle = driver.engine().is_idle();
        let effects = driver.engine.handle(event, now);
        let takes_page = effects.iter().any(|effect| {
            matches!(effect, Effect::Persist(writes) if writes.iter().any(|write| matches!(write, Write::Pulled { .. })))
        });
        let (is_idle, wakeup) = (driver.engine().is_idle(), driver.engine.next_wakeup(now));
        if was_idle && !is_idle {
            driver.run_since = starts;
        }
        let begins_listening = driver.engine().wants_events() && !std::mem::replace(&mut driver.is_listening, true);
        if let Some((project, page)) = phone.coming.take().filter(|_| takes_page) {
            phone.pages.insert(project, page);
        }
        if begins_listening {
            self.begin_listening(number, life);
        }
        if is_storage_failure && is_idle {
            // The engine does not wait any more for what is still on its way.
            self.give_up_requests(number);
        }
        if is_idle && !was_idle {
            self.check_rest(number, life, wakeup.is_none())?;
        }
        self.arm(number, life, wakeup, now);
        for effect in effects {
            if !self.phones[number].is_alive(life) {
                return Ok(());
            }
            self.carry_out(number, life, effect)?;
        }
        Ok(())
    }

    fn check_rest(&mut self, number: usize, life: u64, is_done: bool) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        if is_done {
            phone.manners.rest();
        }
        let Some(driver) = phone.driver(life) else { return Ok(()) };
        let since = driver.run_since.take().filter(|_| is_done);
        since.map_or(Ok(()), |since| checkers::sees::at_rest(self, number, since))
    }

    /// Plans the wakeup that the engine wants now.
    fn arm(&mut self, number: usize, life: u64, wakeup: Option<Timestamp>, now: Timestamp) {
        let Some(driver) = self.phones[number].driver(life) else { return };
        if driver.armed == wakeup {
            return;
        }
        driver.armed = wakeup;
        if let Some(at) = wakeup {
            self.plan_at(at.since(now), Happening::Wakeup { phone: number, life, at });
        }
    }

    pub(super) fn wake(&mut self, number: usize, life: u64, at: Timestamp) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        let Some(driver) = phone.driver(life).filter(|driver| driver.armed == Some(at)) else { return Ok(()) };
        driver.armed = None;
        let was_idle = driver.engine().is_idle();
        self.feed(number, life, Event::WakeupReached)?;
        let phone = &mut self.phones[number];
        let runs = phone.driver(life).is_some_and(|driver| !driver.engine().is_idle());
        if was_idle && runs { phone.manners.woken(number, self.now) } else { Ok(()) }
    }

    fn carry_out(&mut self, number: usize, life: u64, effect: Effect) -> Result<(), Found> {
        checkers::one_driver::at_effect(&self.phones[number], number, life)?;
        if self.strikes(number, Fault::Killed).is_some() {
            self.shut(number);
            // A person notices, sooner or later.
            self.plan_at(1_000, Happening::Opened(number));
            return Ok(());
        }
        match effect {
            Effect::Load => {
                let event = if self.phones[number].state.closed_databases > 0 {
                    self.count(Fault::DatabaseClosed);
                    Event::StorageFailed
                } else {
                    Event::Loaded(Box::new(self.phones[number].disk.snapshot()))
                };
                self.plan_at(1, Happening::Engine { phone: number, life, event });
                Ok(())
            }
            Effect::Persist(writes) => {
                let fails = self.disk_fails(number);
                if !fails {
                    self.persist(number, &writes)?;
                }
                let event = if fails { Event::StorageFailed } else { Event::Stored };
                self.plan_at(2, Happening::Engine { phone: number, life, event });
                Ok(())
            }
            Effect::Send(id, request) => self.send(number, life, id, request),
        }
    }

    fn disk_fails(&mut self, number: usize) -> bool {
        let state = &self.phones[number].state;
        if state.closed_databases > 0 {
            self.count(Fault::DatabaseClosed);
            return true;
        }
        if state.full_disks > 0 {
            self.count(Fault::DiskFull);
            return true;
        }
        self.strikes(number, Fault::DiskFailed).is_some()
    }

    fn persist(&mut self, number: usize, writes: &[Write]) -> Result<(), Found> {
        // What leaves the outbox is looked at while it is still there.
        checkers::lost::at_write(self, number, writes)?;
        checkers::errors::at_write(self, number, writes)?;
        let had_parked = self.phones[number].disk.parked.len();
        self.phones[number].disk.persist(writes);
        if self.phones[number].disk.parked.len() > had_parked {
            self.count(Fault::LaterKind);
        }
        if writes.contains(&Write::ShutOut) {
            checkers::lost::at_shut_out(self, number)?;
            checkers::sees::at_shut_out(self, number)?;
        }
        let touched = self.phones[number].disk.take_touched();
        checkers::received::at_write(self, number, &touched)?;
        checkers::erased::at_write(self, number, &touched, writes)?;
        for write in writes {
            if let Write::Pulled { project, .. } = write {
                checkers::skipped::at_pull(self, number, *project)?;
                checkers::sees::at_pull(self, number, *project)?;
            }
        }
        Ok(())
    }

    /// A reply that gives a token reached the browser.
    pub(super) fn keep_token(&mut self, number: usize, token: Option<u64>, outcome: &Outcome) {
        if let Outcome::Reply(Reply::Joined(joined)) = outcome {
            let (now, project) = (self.now, joined.membership.project.id);
            let phone = &mut self.phones[number];
            if let Some(token) = token {
                phone.token = Some((token, now));
            }
            // He may have been removed again while the reply travelled.
            if self.server.member(phone.token.map(|(token, _)| token), project).is_some() {
                phone.removed_from.remove(&project);
            }
        }
    }

    /// The server answered a join, whether or not the phone hears of it.
    pub(super) fn look_at_names(&mut self, number: usize) {
        let names = || self.server.members.values().filter(|member| member.phone == number);
        let devices: BTreeSet<u64> = names().map(|member| member.device).collect();
        let projects: BTreeSet<ProjectId> = names().map(|member| member.project).collect();
        let known_as = names().count();
        let is_another = devices.len() > 1 || known_as > projects.len();
        let phone = &mut self.phones[number];
        if is_another && std::mem::replace(&mut phone.known_as, known_as) != known_as {
            // What it sent under its old name it has to send again.
            let bytes = phone.disk.pending().map(|it| u64::from(it.bytes)).sum();
            self.wire.allow(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Options;

    #[test]
    fn who_opens_the_app_after_a_kill_need_not_wait_for_what_the_engine_before_was_told() {
        let mut world = World::new(0, &Options::default());
        world.phones[0].manners.asked_to_wait(world.now.plus(60_000));
        world.open_tab(0).unwrap();
        let now = world.now;
        assert_eq!(checkers::polite::at_send(&mut world.phones[0], 0, now), Ok(()));
    }
}
