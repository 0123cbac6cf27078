//! The network between phones and server.

use domain::ProjectId;
use protocol::{ErrorCode, MediaReply, PullFrom, RemoteChange};
use sync::{Event, Outcome, Reply, Request, RequestId};

use super::{Found, Happening, World};
use crate::checkers;
use crate::faults::Fault;
use crate::phone::{Driver, InFlight, Page};
use crate::server::{Asker, Body};

/// How long a question without bytes may take before the app gives it up, in milliseconds.
const PATIENCE_MS: u64 = 45_000;

/// How long a person puts off an update of the app, at the most, in milliseconds.
const PUT_OFF_MS: u64 = 90_000;

/// The server tells of several changes at once, in milliseconds.
const COALESCED_MS: u64 = 500;

/// How a request travels.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Way {
    /// The token that it carries: the one that the browser had when it was sent.
    token: Option<u64>,
    is_reply_lost: bool,
    /// The connection breaks after so many bytes of the body.
    cut_after: Option<u64>,
    /// It is the second time that the same request arrives.
    is_again: bool,
}

impl World {
    pub(super) fn send(&mut self, number: usize, life: u64, id: RequestId, request: Request) -> Result<(), Found> {
        checkers::polite::at_send(&mut self.phones[number], number, self.now)?;
        checkers::sees::at_send(self, number, life, &request)?;
        if let Some(driver) = self.phones[number].driver(life) {
            driver.last_sent = Some(id);
        }
        let medium = match &request {
            Request::Upload(project, sha256, from) => {
                let total = self.server.sizes.get(sha256).copied().unwrap_or(0);
                Some((*project, *sha256, total.saturating_sub(*from)))
            }
            Request::Me | Request::Join(_) | Request::Push(..) | Request::AskOffset(..) | Request::Pull(..) => None,
        };
        let pulls = if let Request::Pull(project, from) = &request {
            Some((*project, !matches!(from, PullFrom::Before(_))))
        } else {
            None
        };
        let is_same = self.phones[number].in_flight.contains_key(&(life, id));
        if !is_same {
            let sent = InFlight { sent: self.now, medium, pulls };
            self.phones[number].in_flight.insert((life, id), sent);
        }
        let bytes = medium.map_or(0, |(.., bytes)| bytes);
        if self.phones[number].disk.app == 1 && matches!(request, Request::AskOffset(..)) {
            // The first version of the app does not ask: it sends the whole.
            return self.answer_in(1, number, life, id, Outcome::Reply(Reply::Offset(0)));
        }
        if self.phones[number].state.partitions > 0 {
            self.count(Fault::Partition);
            return self.fail_to_reach(number, life, id);
        }
        if self.phones[number].state.portals > 0 {
            // A page of the portal's, with status 200: the app's network layer takes only our well-formed answers for
            // answers, so that the engine hears that nobody was there.
            self.count(Fault::Portal);
            self.wire.waste(bytes);
            self.wire.allow(bytes);
            let driver = self.phones[number].driver(life);
            let outcome = driver.map_or(Outcome::Unreachable, |driver| driver.engine.at_portal(&request));
            return self.answer_in(50, number, life, id, outcome);
        }
        if self.strikes(number, Fault::RequestLost).is_some() {
            return self.fail_to_reach(number, life, id);
        }
        if let Some((.., bytes)) = medium
            && let Some(mut random) = self.strikes(number, Fault::MixedUp)
        {
            self.wire.waste(bytes);
            self.wire.allow(bytes);
            let sha256 = domain::MediaHash(random.bytes());
            let reply = MediaReply { sha256, bytes, server_time_ms: self.now.ms() };
            return self.answer_in(80, number, life, id, Outcome::Reply(Reply::Uploaded(reply)));
        }
        let cut = if bytes > 0 { self.strikes(number, Fault::Cut) } else { None };
        let cut_after = cut.map(|mut random| random.below(bytes));
        let is_reply_lost = self.strikes(number, Fault::ReplyLost).is_some();
        let token = self.phones[number].token.map(|(token, _)| token);
        let way = Way { token, is_reply_lost, cut_after, is_again: false };
        let late_ms = self.strikes(number, Fault::Delayed).map_or(0, |mut random| random.below(120_000));
        let delay_ms = late_ms + self.draw_delay_ms(number);
        let boxed = Box::new(request.clone());
        self.plan_at(delay_ms, Happening::Arrival { phone: number, life, id, request: boxed, way });
        if self.strikes(number, Fault::Duplicated).is_some() {
            let way = Way { is_again: true, ..way };
            let delay_ms = late_ms + self.draw_delay_ms(number);
            self.plan_at(delay_ms, Happening::Arrival { phone: number, life, id, request: Box::new(request), way });
        }
        Ok(())
    }

    fn fail_to_reach(&mut self, number: usize, life: u64, id: RequestId) -> Result<(), Found> {
        let delay_ms = self.draw_delay_ms(number);
        self.answer_in(delay_ms, number, life, id, Outcome::Unreachable)
    }

    fn answer_in(
        &mut self,
        delay_ms: u64,
        phone: usize,
        life: u64,
        id: RequestId,
        outcome: Outcome,
    ) -> Result<(), Found> {
        self.plan_at(delay_ms, Happening::Answer { phone, life, id, outcome: Box::new(outcome), token: None });
        Ok(())
    }

    pub(super) fn arrive(
        &mut self,
        number: usize,
        life: u64,
        id: RequestId,
        request: Request,
        way: Way,
    ) -> Result<(), Found> {
        let phone = &self.phones[number];
        let in_flight = phone.in_flight.get(&(life, id)).cloned();
        if phone.in_flight.keys().any(|(other, earlier)| *other == life && *earlier < id) {
            self.count(Fault::Reordered);
        }
        let phone = &self.phones[number];
        let is_cut_off = phone.state.partitions > 0;
        if self.server.state.down > 0 || is_cut_off {
            self.count(if is_cut_off { Fault::Partition } else { Fault::ServerDown });
            return if way.is_again { Ok(()) } else { self.fail_to_reach(number, life, id) };
        }
        let asker = Asker { phone: number, token: way.token, app: phone.disk.app };
        let (from, total) = match &request {
            Request::Upload(_, sha256, from) => (*from, self.server.sizes.get(sha256).copied().unwrap_or(0)),
            Request::Me | Request::Join(_) | Request::Push(..) | Request::AskOffset(..) | Request::Pull(..) => (0, 0),
        };
        let answer = self.server.answer(asker, &request, Body { total, cut_after: way.cut_after }, self.now);
        if let Some(wrong) = self.server.wrong.take() {
            return Err(wrong);
        }
        let sent = way.cut_after.unwrap_or(total.saturating_sub(from));
        let is_expected = in_flight.is_some() && !way.is_again;
        self.wire.carry(&checkers::wasted::Travel {
            sent,
            useful: answer.useful,
            outcome: &answer.outcome,
            is_cut: way.cut_after.is_some(),
            is_expected,
            is_reply_lost: way.is_reply_lost,
            is_old: asker.app == 1 || self.server.state.speaks == 1,
        });
        if matches!(request, Request::Join(_)) {
            self.look_at_names(number);
        }
        checkers::errors::at_answer(self, asker, &request, &answer.outcome)?;
        self.count_refusal(&answer.outcome);
        self.phones[number].met_closed_project |=
            matches!(answer.outcome, Outcome::Refused { code: ErrorCode::ProjectClosed, .. });
        if matches!(answer.outcome, Outcome::Refused { code: ErrorCode::ClientTooOld, .. }) {
            // The person is told so, and updates the app sooner or later.
            let delay_ms = self.draw(number).below(PUT_OFF_MS);
            self.plan_at(delay_ms, Happening::Updated(number));
        }
        self.count_taken_back(&request, &answer.outcome);
        self.tell_soon();
        if way.is_again {
            return Ok(());
        }
        let lost_on_its_way = way.is_reply_lost || way.cut_after.is_some();
        let outcome = if lost_on_its_way { Outcome::Unreachable } else { answer.outcome };
        let is_question = !matches!(request, Request::Upload(..));
        let is_too_late = is_question && in_flight.is_some_and(|it| self.now.since(it.sent) > PATIENCE_MS);
        let outcome = if is_too_late { Outcome::Unreachable } else { outcome };
        let delay_ms = self.draw_delay_ms(number);
        let outcome = Box::new(outcome);
        self.plan_at(delay_ms, Happening::Answer { phone: number, life, id, outcome, token: answer.token });
        Ok(())
    }

    pub(super) fn deliver(
        &mut self,
        number: usize,
        life: u64,
        id: RequestId,
        outcome: Outcome,
        token: Option<u64>,
    ) -> Result<(), Found> {
        let now = self.now;
        let phone = &mut self.phones[number];
        let in_flight = phone.in_flight.remove(&(life, id));
        if !phone.is_alive(life) {
            return Ok(());
        }
        let is_cut_off = phone.state.partitions > 0;
        let outcome = if is_cut_off { Outcome::Unreachable } else { outcome };
        match &outcome {
            // What nobody waits for any more, nobody reads.
            Outcome::Refused { retry_after_ms: Some(wait_ms), .. } if in_flight.is_some() => {
                phone.manners.asked_to_wait(now.plus(*wait_ms));
            }
            Outcome::Refused { code: ErrorCode::DeviceShutOut, .. } => {
                self.count(Fault::ShutOut);
                let phone = &mut self.phones[number];
                let waits = |driver: &&mut Driver| driver.last_sent == Some(id) && !driver.engine().is_idle();
                if phone.driver(life).filter(waits).is_some() {
                    phone.told_shut_out = Some(life);
                }
            }
            Outcome::Reply(Reply::Joined(_)) if in_flight.is_some() => phone.told_shut_out = None,
            Outcome::Reply(Reply::Pushed(_) | Reply::Uploaded(_)) if in_flight.is_some() => phone.manners.rest(),
            Outcome::Reply(Reply::Pulled(reply)) => {
                // A page of older records says nothing of what is new, unless the server began with the oldest.
                if let Some((project, asks_new)) = in_flight.and_then(|it| it.pulls)
                    && (asks_new || reply.more)
                {
                    let read = domain::Timestamp::from_ms(reply.server_time_ms);
                    phone.coming = Some((project, Page { read, is_last: !reply.more }));
                }
            }
            Outcome::Reply(_) | Outcome::Refused { .. } | Outcome::Unreachable | Outcome::NothingToSend => {}
        }
        if is_cut_off {
            self.count(Fault::Partition);
            // Who cannot ask what came of it sends the whole again.
            if self.phones[number].disk.app == 1 || self.server.state.speaks == 1 {
                self.allow_unknown(number);
            }
        }
        self.keep_token(number, token, &outcome);
        self.feed(number, life, Event::Answered(id, Box::new(outcome)))
    }

    /// Nobody waits any more for what is on its way: how much of it arrives is not known, and the whole may travel again.
    pub(super) fn give_up_requests(&mut self, number: usize) {
        self.allow_unknown(number);
        for it in std::mem::take(&mut self.phones[number].in_flight).into_values() {
            if let Some((_, sha256, bytes)) = it.medium {
                let total = self.server.sizes.get(&sha256).copied().unwrap_or(0);
                self.wire.allow(total + bytes);
            }
        }
    }

    /// What the server holds and the phone does not know of will travel again: only the engine that is gone could ask.
    pub(super) fn allow_unknown(&mut self, number: usize) {
        let his = || self.server.members.iter().filter(|(_, member)| member.phone == number);
        let is_held = |upload: &&sync::Upload| {
            his().any(|(member, _)| self.server.media.contains(&(upload.project, *member, upload.sha256)))
        };
        let bytes = self.phones[number].disk.pending().filter(is_held).map(|it| u64::from(it.bytes)).sum();
        self.wire.allow(bytes);
    }

    fn count_refusal(&mut self, outcome: &Outcome) {
        let Outcome::Refused { code, .. } = outcome else { return };
        let faults = [
            (ErrorCode::Busy, Fault::ServerBusy),
            (ErrorCode::ServerFull, Fault::ServerFull),
            (ErrorCode::ProjectClosed, Fault::ProjectClosed),
            (ErrorCode::ClientTooOld, Fault::ClientTooOld),
        ];
        for (_, fault) in faults.into_iter().filter(|(other, _)| other == code) {
            self.count(fault);
        }
    }

    /// What only takes something back was taken by a closed project.
    fn count_taken_back(&mut self, request: &Request, outcome: &Outcome) {
        if let (Request::Push(project, records), Outcome::Reply(_)) = (request, outcome)
            && self.server.is_closed(*project)
            && !records.is_empty()
        {
            self.count(Fault::TakenBackThere);
        }
    }

    pub(super) fn tell_soon(&mut self) {
        for (_, project) in self.codes.clone() {
            let newest = self.server.newest(project);
            let (told, is_planned) = self.told.entry(project).or_default();
            if *told != newest && !std::mem::replace(is_planned, true) {
                self.plan_at(COALESCED_MS, Happening::Tell(project));
            }
        }
    }

    /// Tells all who listen of what changed in a project.
    pub(super) fn tell(&mut self, project: ProjectId) {
        let sequence = self.server.newest(project);
        self.told.insert(project, (sequence, false));
        for number in 0..self.phones.len() {
            let listening = self.phones[number].drivers.iter().filter(|driver| driver.is_listening);
            for life in listening.map(|driver| driver.life).collect::<Vec<_>>() {
                self.tell_one(number, life, RemoteChange { project, sequence });
            }
        }
    }

    /// A stream begins with where each project stands.
    pub(super) fn begin_listening(&mut self, number: usize, life: u64) {
        for (_, project) in self.codes.clone() {
            let sequence = self.server.newest(project);
            self.tell_one(number, life, RemoteChange { project, sequence });
        }
    }

    /// A stream that was interrupted begins again.
    pub(super) fn listen_anew(&mut self, number: usize) {
        let listening = self.phones[number].drivers.iter().filter(|driver| driver.is_listening);
        for life in listening.map(|driver| driver.life).collect::<Vec<_>>() {
            self.begin_listening(number, life);
        }
    }

    fn tell_one(&mut self, number: usize, life: u64, change: RemoteChange) {
        let phone = &self.phones[number];
        let token = phone.token.map(|(token, _)| token);
        let is_reached = phone.state.partitions == 0 && phone.state.portals == 0 && self.server.state.down == 0;
        let hears = self.server.state.speaks > 1 && phone.disk.app > 1;
        if !is_reached || !hears || self.server.member(token, change.project).is_none() {
            return;
        }
        if self.phones[number].state.silences > 0 {
            return self.count(Fault::NoEvents);
        }
        if self.strikes(number, Fault::EventLost).is_some() {
            return;
        }
        let late_ms = self.strikes(number, Fault::EventDelayed).map_or(0, |mut random| random.below(60_000));
        let times = if self.strikes(number, Fault::EventDoubled).is_some() { 2 } else { 1 };
        for _ in 0..times {
            let delay_ms = late_ms + self.draw_delay_ms(number);
            self.plan_at(delay_ms, Happening::Heard { phone: number, life, change });
        }
    }

    pub(super) fn hear(&mut self, number: usize, life: u64, change: RemoteChange) -> Result<(), Found> {
        let Some(driver) = self.phones[number].driver(life) else { return Ok(()) };
        let was_waiting = driver.engine().is_idle() && driver.armed.is_some();
        self.feed(number, life, Event::RemoteChanged(change))?;
        let phone = &mut self.phones[number];
        let runs = phone.driver(life).is_some_and(|driver| !driver.engine().is_idle());
        if was_waiting && runs { phone.manners.woken(number, self.now) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::FaultPlan;
    use crate::world::Options;

    #[test]
    fn a_request_carries_the_token_that_the_browser_had_when_it_was_sent() {
        let mut world = World::new(0, &Options::default());
        world.plan = FaultPlan::CALM;
        world.phones[0].token = Some((7, world.now));
        world.send(0, 1, RequestId(1), Request::Me).unwrap();
        world.phones[0].token = None;
        let carried = |it: &Happening| if let Happening::Arrival { way, .. } = it { way.token } else { None };
        assert_eq!(world.agenda.values().map(carried).collect::<Vec<_>>(), [Some(7)]);
    }
}
