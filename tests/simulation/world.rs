//! The world: phones, a server, a network between them, and time that passes when events do.

use std::collections::BTreeMap;

use domain::{
    CODE_ALPHABET, Consent, ConsentSubject, EntryEdit, JoinCode, JoinId, MediaHash, NodeId, PhotoRef, ProjectId,
    RecordId, Stamp, Theme, Timestamp, Valence,
};
use protocol::ErrorCode;
use sync::{Effect, Engine, Event, Outcome, PendingJoin, RequestId};

use crate::checkers;
use crate::disk::Disk;
use crate::faults::{FaultPlan, Occurred};
use crate::phone::Phone;
use crate::random::Random;
use crate::server::{PHOTO_BYTES, Server};

/// When the simulated world begins, in milliseconds since 1970.
const BEGIN_MS: u64 = 1_750_000_000_000;

/// How long a browser takes to write a cookie to disk, in milliseconds.
const COOKIE_MS: u64 = 30_000;

/// How long the storm lasts, in milliseconds of simulated time.
const STORM_MS: u64 = 10 * 60_000;

/// How long after the storm all must be well, in milliseconds of simulated time.
const HEALED_MS: u64 = 30 * 60_000;

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How often each fault occurred.
    pub faults: Occurred,
    /// Entries made.
    pub entries: usize,
    /// Events handled.
    pub events: u64,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) phones: Vec<Phone>,
    pub(crate) server: Server,
    now: Timestamp,
    random: Random,
    plan: FaultPlan,
    faults: Occurred,
    /// What is to happen, by time and, within one time, in the order of planning.
    agenda: BTreeMap<(Timestamp, u64), Happening>,
    planned: u64,
    codes: Vec<JoinCode>,
    events: u64,
}

#[derive(Clone, Debug)]
enum Happening {
    /// A person does something with a phone.
    Person(usize),
    /// An engine hears something.
    Engine { phone: usize, life: u64, event: Event },
    /// A request reaches the server; `cut_after` so many bytes of an upload the connection breaks.
    Arrival {
        phone: usize,
        life: u64,
        id: RequestId,
        request: Box<sync::Request>,
        reply_lost: bool,
        cut_after: Option<u64>,
    },
    /// An engine's wakeup.
    Wakeup { phone: usize, life: u64 },
}

/// Runs one world from one seed.
///
/// # Errors
/// What a checker found.
pub fn run(seed: u64) -> Result<Report, String> {
    let mut world = World::new(seed);
    world.storm()?;
    world.heal()?;
    checkers::lost(&world)?;
    checkers::twice(&world)?;
    checkers::converged(&world)?;
    checkers::quiet(&world)?;
    let entries = world.phones.iter().map(|phone| phone.made.len()).sum();
    Ok(Report { faults: world.faults, entries, events: world.events })
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let plan = FaultPlan::draw(&mut random);
        let mut server = Server::default();
        let codes: Vec<JoinCode> = (0..2_u8)
            .filter_map(|n| JoinCode::from_random([n; 6]))
            .inspect(|code| {
                let id = ProjectId::from_uuid(uuid::Uuid::from_u128(random.next().into()));
                server.codes.insert(*code, id);
            })
            .collect();
        debug_assert!(CODE_ALPHABET.len() > codes.len(), "codes differ by their signs");
        let mut world = Self {
            phones: Vec::new(),
            server,
            now: Timestamp::from_ms(BEGIN_MS),
            random,
            plan,
            faults: Occurred::new(),
            agenda: BTreeMap::new(),
            planned: 0,
            codes,
            events: 0,
        };
        for number in 0..2 + world.random.below(3) {
            world.add_phone(number);
        }
        world
    }

    fn add_phone(&mut self, number: u64) {
        let engine = Engine::new(self.random.next());
        let skew_ms = self.draw_skew_ms();
        let disk = Disk::new(NodeId(number + 1));
        self.phones.push(Phone { disk, engine, life: 0, skew_ms, token: None, made: BTreeMap::new() });
        let phone = self.phones.len() - 1;
        self.start(phone);
        for _ in 0..8 + self.random.below(20) {
            let after_ms = self.random.below(STORM_MS);
            self.plan_at(after_ms, Happening::Person(phone));
        }
    }

    /// Lets everything happen that was planned for the storm.
    fn storm(&mut self) -> Result<(), String> {
        self.pass_until(Timestamp::from_ms(BEGIN_MS + STORM_MS))
    }

    /// Ends all faults, sets clocks right, and lets every phone start once more.
    fn heal(&mut self) -> Result<(), String> {
        self.plan = FaultPlan::CALM;
        for phone in 0..self.phones.len() {
            self.phones[phone].skew_ms = 0;
            if self.phones[phone].disk.cursors.is_empty() && self.phones[phone].disk.joins.is_empty() {
                self.join(phone);
            }
            self.start(phone);
        }
        // Once for what was written, once more for what others wrote meanwhile.
        let healed = self.now.plus(HEALED_MS);
        self.pass_until(healed)?;
        for phone in 0..self.phones.len() {
            self.start(phone);
        }
        self.pass_until(healed.plus(HEALED_MS))
    }

    fn pass_until(&mut self, end: Timestamp) -> Result<(), String> {
        while let Some(entry) = self.agenda.first_entry() {
            if entry.key().0 > end {
                break;
            }
            let ((at, _), happening) = entry.remove_entry();
            self.now = at;
            self.events += 1;
            if self.events > 200_000 {
                return Err("the world never comes to rest".to_owned());
            }
            self.happen(happening)?;
        }
        self.now = end;
        Ok(())
    }

    fn happen(&mut self, happening: Happening) -> Result<(), String> {
        match happening {
            Happening::Person(phone) => self.act(phone),
            Happening::Wakeup { phone, life } if self.is_alive(phone, life) => {
                self.feed(phone, Event::WakeupReached);
            }
            Happening::Engine { phone, life, event } if self.is_alive(phone, life) => {
                self.feed(phone, event);
                checkers::received_early(&self.phones[phone], &self.server)?;
            }
            Happening::Arrival { phone, life, id, request, reply_lost, cut_after } => {
                let busy = self.plan.busy;
                let outcome = if self.chance(busy, "busy") {
                    let server_time_ms = self.now.ms();
                    Outcome::Refused { code: ErrorCode::Busy, retry_after_ms: Some(3_000), server_time_ms }
                } else {
                    let has_token = self.phones[phone].token.is_some();
                    self.server.answer(phone, has_token, &request, cut_after, self.now)
                };
                let outcome = if reply_lost { Outcome::Unreachable } else { outcome };
                if matches!(outcome, Outcome::Reply(sync::Reply::Joined(_))) {
                    self.phones[phone].token = Some(self.now);
                }
                let delay_ms = self.draw_delay_ms();
                let event = Event::Answered(id, Box::new(outcome));
                self.plan_at(delay_ms, Happening::Engine { phone, life, event });
            }
            Happening::Wakeup { .. } | Happening::Engine { .. } => {}
        }
        Ok(())
    }

    fn is_alive(&self, phone: usize, life: u64) -> bool {
        self.phones[phone].life == life
    }

    /// Starts the app anew: what was only in memory is gone.
    fn start(&mut self, phone: usize) {
        let seed = self.random.next();
        // A browser that is killed soon after joining has not written its cookie to disk.
        let is_fresh = self.phones[phone].token.is_some_and(|since| self.now.since(since) < COOKIE_MS);
        if is_fresh && self.chance(50, "token lost") {
            self.phones[phone].token = None;
        }
        let restarted = &mut self.phones[phone];
        restarted.life += 1;
        restarted.engine = Engine::new(seed);
        self.feed(phone, Event::Started);
    }

    fn feed(&mut self, phone: usize, event: Event) {
        let real = self.now;
        let fed = &mut self.phones[phone];
        let now = fed.clock(real);
        let effects = fed.engine.handle(event, now);
        let (life, wakeup) = (fed.life, fed.engine.next_wakeup());
        for effect in effects {
            self.carry_out(phone, effect);
            if self.phones[phone].life != life {
                return;
            }
        }
        if let Some(at) = wakeup {
            self.plan_at(at.since(now), Happening::Wakeup { phone, life });
        }
    }

    fn carry_out(&mut self, phone: usize, effect: Effect) {
        let plan = self.plan;
        if self.chance(plan.killed, "killed") {
            self.start(phone);
            return;
        }
        let life = self.phones[phone].life;
        match effect {
            Effect::Load => {
                let snapshot = Box::new(self.phones[phone].disk.snapshot());
                self.plan_at(1, Happening::Engine { phone, life, event: Event::Loaded(snapshot) });
            }
            Effect::Persist(writes) => {
                let event = if self.chance(plan.disk_fails, "disk failed") {
                    Event::StorageFailed
                } else {
                    self.phones[phone].disk.persist(&writes);
                    Event::Stored
                };
                self.plan_at(2, Happening::Engine { phone, life, event });
            }
            Effect::Send(id, request) => self.send(phone, id, request),
        }
    }

    fn send(&mut self, phone: usize, id: RequestId, request: sync::Request) {
        let plan = self.plan;
        let life = self.phones[phone].life;
        if self.chance(plan.request_lost, "request lost") {
            let event = Event::Answered(id, Box::new(Outcome::Unreachable));
            let delay_ms = self.draw_delay_ms();
            self.plan_at(delay_ms, Happening::Engine { phone, life, event });
            return;
        }
        let reply_lost = self.chance(plan.reply_lost, "reply lost");
        let mut missing = 0;
        if let sync::Request::Upload(_, _, from) = &request {
            missing = u64::from(PHOTO_BYTES).saturating_sub(*from);
        }
        let is_cut = missing > 0 && self.chance(plan.cut, "cut");
        let cut_after = is_cut.then(|| self.random.below(missing));
        let times = if self.chance(plan.duplicated, "duplicated") { 2 } else { 1 };
        for _ in 0..times {
            let delay_ms = self.draw_delay_ms();
            let request = Box::new(request.clone());
            self.plan_at(delay_ms, Happening::Arrival { phone, life, id, request, reply_lost, cut_after });
        }
    }

    /// A person does something: makes, changes, deletes, brings back, erases, joins, looks, or drops the phone.
    fn act(&mut self, phone: usize) {
        let plan = self.plan;
        if self.chance(plan.clock_jumps, "clock jumped") {
            self.phones[phone].skew_ms = self.draw_skew_ms();
        }
        let made: Vec<RecordId> =
            self.phones[phone].made.iter().filter(|(_, made)| !made.is_erased).map(|(id, _)| *id).collect();
        let one = self.random.pick(&made).copied();
        let (what, story) = (self.random.below(100), format!("woorden {}", self.random.below(1000)));
        let event = match (what, one) {
            (0..40, _) | (40..75, None) => {
                self.make_entry(phone);
                Event::ChangeQueued
            }
            (40..55, Some(id)) => {
                self.write(phone, id, EntryEdit { story: Some(story), ..EntryEdit::default() });
                Event::ChangeQueued
            }
            (55..70, Some(id)) => {
                let is_deleted = Some(!self.phones[phone].made.get(&id).is_some_and(|made| made.is_deleted));
                self.write(phone, id, EntryEdit { is_deleted, ..EntryEdit::default() });
                Event::ChangeQueued
            }
            (70..75, Some(id)) => {
                self.phones[phone].disk.erase(id);
                if let Some(made) = self.phones[phone].made.get_mut(&id) {
                    made.is_erased = true;
                }
                Event::ChangeQueued
            }
            (75..85, _) => {
                self.join(phone);
                Event::SendAsked
            }
            (85..90, _) => Event::WentOnline,
            (90..95, _) => Event::BecameVisible,
            _ => {
                *self.faults.entry("dropped").or_default() += 1;
                self.start(phone);
                return;
            }
        };
        self.feed(phone, event);
    }

    fn write(&mut self, phone: usize, id: RecordId, edit: EntryEdit) {
        let real = self.now;
        self.phones[phone].write(id, edit, real);
    }

    fn make_entry(&mut self, phone: usize) {
        let clock = self.phones[phone].clock(self.now);
        let id = RecordId::new(clock, self.random.bytes());
        let photos = (0..1 + self.random.below(2))
            .map(|_| PhotoRef { sha256: MediaHash(self.random.bytes()), width: 4, height: 3, bytes: PHOTO_BYTES })
            .collect();
        let edit = EntryEdit {
            valence: self.random.pick(&Valence::ALL).copied(),
            themes: self.random.pick(Theme::ALL).map(|theme| vec![*theme]),
            story: Some(format!("verhaal {}", self.random.below(1000))),
            photos: Some(photos),
            made: Some((clock, clock)),
            ..EntryEdit::default()
        };
        self.write(phone, id, edit);
    }

    fn join(&mut self, phone: usize) {
        let Some(code) = self.random.pick(&self.codes).copied() else { return };
        let disk = &self.phones[phone].disk;
        if disk.joins.values().any(|join| join.code == code) {
            return;
        }
        let clock = self.phones[phone].clock(self.now);
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: clock,
            is_withdrawn: false,
        };
        let stamp = Stamp { at: clock, count: 0, node: NodeId(0) };
        let join = PendingJoin {
            join_id: JoinId::new(clock, self.random.bytes()),
            code,
            nickname: String::new(),
            consent: consent.to_record(RecordId::new(clock, self.random.bytes()), stamp),
            offset_ms: None,
            refused: None,
            answered: None,
            made: clock,
        };
        self.phones[phone].disk.queue_join(join, clock);
    }

    fn plan_at(&mut self, after_ms: u64, happening: Happening) {
        self.planned += 1;
        self.agenda.insert((self.now.plus(after_ms), self.planned), happening);
    }

    fn chance(&mut self, percent: u8, fault: &'static str) -> bool {
        let occurs = self.random.percent(percent);
        if occurs {
            *self.faults.entry(fault).or_default() += 1;
        }
        occurs
    }

    fn draw_delay_ms(&mut self) -> u64 {
        1 + self.random.below(self.plan.delay_ms)
    }

    fn draw_skew_ms(&mut self) -> i64 {
        let skew_ms = self.plan.skew_ms;
        let drawn = self.random.below(2 * skew_ms + 1);
        drawn.cast_signed() - skew_ms.cast_signed()
    }
}
