//! The world: phones, a server, a network between them, and time that passes when events do.

mod healing;
mod network;
mod people;
mod phones;
mod troubles;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::{JoinCode, NodeId, ProjectId, RecordId, Timestamp};
use protocol::RemoteChange;
use sync::{Event, Outcome, RequestId};

use crate::checkers;
use crate::disk::Disk;
use crate::faults::{Fault, FaultPlan, Occurred};
use crate::mutants::Mutant;
use crate::phone::Phone;
use crate::random::Random;
use crate::script::{Part, STORM_MS, Script, What};
use crate::server::Server;

/// When the simulated world begins, in milliseconds since 1970.
const BEGIN_MS: u64 = 1_750_000_000_000;

/// How long after the storm all must be well, in milliseconds of simulated time: the longest wait, and what comes of it.
const HEALED_MS: u64 = 20 * 60_000;

/// A world that takes more than this many steps runs in circles.
const MOST_STEPS: u64 = 100_000;

/// How to run a seed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Parts that do not happen.
    pub without: BTreeSet<Part>,
    /// The engines are broken in this way.
    pub mutant: Option<Mutant>,
    /// Write down what happens.
    pub is_told: bool,
}

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How often each fault occurred.
    pub faults: Occurred,
    /// Entries made.
    pub entries: usize,
    /// Events handled.
    pub events: u64,
    /// Bytes of uploads that travelled, and how many of them had to.
    pub wire: (u64, u64),
    /// What happened, when that was asked for: each part with a line that tells of it.
    pub story: Vec<(Part, String)>,
    /// What a checker found wrong.
    pub found: Option<Found>,
}

/// What a checker found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Which checker.
    pub checker: &'static str,
    /// What.
    pub what: String,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) phones: Vec<Phone>,
    pub(crate) server: Server,
    pub(crate) now: Timestamp,
    pub(crate) wire: checkers::wasted::Wire,
    seed: u64,
    script: Script,
    plan: FaultPlan,
    options: Options,
    report: Report,
    /// How often each phone was in a place where each fault may strike.
    occasions: BTreeMap<(usize, Fault), u64>,
    /// How often each phone's way was drawn, and how often its clock lied.
    drawn: Vec<u64>,
    /// What is to happen, by time and, within one time, in the order of planning.
    agenda: BTreeMap<(Timestamp, u64), Happening>,
    planned: u64,
    codes: Vec<(JoinCode, ProjectId)>,
    /// What the listeners of each project were last told, and whether more is about to be.
    told: BTreeMap<ProjectId, (u64, bool)>,
}

#[derive(Clone, Debug)]
enum Happening {
    /// A person does something with a phone: the number of the act.
    Act(usize),
    TroubleBegins(usize),
    TroubleEnds(usize),
    /// An engine hears something.
    Engine {
        phone: usize,
        life: u64,
        event: Event,
    },
    /// A request reaches the server.
    Arrival {
        phone: usize,
        life: u64,
        id: RequestId,
        request: Box<sync::Request>,
        way: network::Way,
    },
    /// An answer reaches the phone, with a new token.
    Answer {
        phone: usize,
        life: u64,
        id: RequestId,
        outcome: Box<Outcome>,
        token: Option<u64>,
    },
    /// An engine's wakeup.
    Wakeup {
        phone: usize,
        life: u64,
        at: Timestamp,
    },
    /// The server tells of what changed in a project.
    Tell(ProjectId),
    /// An event reaches a phone.
    Heard {
        phone: usize,
        life: u64,
        change: RemoteChange,
    },
    /// A phone's app is opened.
    Opened(usize),
    /// A person updates an app that the server does not take any more.
    Updated(usize),
}

/// Runs one world from one seed.
pub fn run(seed: u64) -> Report {
    run_with(seed, &Options::default())
}

/// Runs one world from one seed, in a special way.
pub fn run_with(seed: u64, options: &Options) -> Report {
    let mut world = World::new(seed, options);
    // What panics is an internal error, which a checker has to find like any other.
    let result = catch_unwind(AssertUnwindSafe(|| world.live()));
    let found = match result {
        Ok(result) => result.err(),
        Err(_) => Some(Found { checker: checkers::ERRORS, what: "it panicked, as said above".to_owned() }),
    };
    let entries = world.phones.iter().map(|phone| phone.made.len()).sum();
    Report { found, entries, wire: world.wire.totals(), ..world.report }
}

impl World {
    fn new(seed: u64, options: &Options) -> Self {
        let script = Script::draw(seed);
        let random = &mut Random::keyed(seed, [0, 0, 0]);
        let mut server = Server::default();
        server.state.speaks = script.server_speaks;
        let codes: Vec<_> = (0..2_u8)
            .filter_map(|n| JoinCode::from_random([n; 6]))
            .map(|code| (code, ProjectId::from_uuid(uuid::Uuid::from_u128(random.next().into()))))
            .collect();
        server.codes.extend(codes.iter().copied());
        server.phones = script.phones.len();
        let node = |number| NodeId(u64::try_from(number).unwrap_or_default() + 1);
        let setups = script.phones.iter().enumerate();
        let phones: Vec<Phone> =
            setups.map(|(number, it)| Phone::new(Disk::new(node(number), it.app), it.skew_ms)).collect();
        Self {
            phones,
            server,
            now: Timestamp::from_ms(BEGIN_MS),
            wire: checkers::wasted::Wire::default(),
            seed,
            plan: script.plan,
            drawn: vec![0; script.phones.len()],
            script,
            options: options.clone(),
            report: Report::default(),
            occasions: BTreeMap::new(),
            agenda: BTreeMap::new(),
            planned: 0,
            codes,
            told: BTreeMap::new(),
        }
    }

    fn live(&mut self) -> Result<(), Found> {
        self.begin()?;
        self.pass_until(Timestamp::from_ms(BEGIN_MS + STORM_MS))?;
        self.heal()?;
        let all: [checkers::Checker; 7] = [
            checkers::twice::in_the_end,
            checkers::lost::in_the_end,
            checkers::erased::in_the_end,
            checkers::sees::in_the_end,
            checkers::converged::in_the_end,
            checkers::quiet::in_the_end,
            checkers::wasted::in_the_end,
        ];
        all.into_iter().try_for_each(|check| check(self))
    }

    fn begin(&mut self) -> Result<(), Found> {
        for act in 0..self.script.acts.len() {
            if !self.options.without.contains(&Part::Act(act)) {
                self.plan_at(self.script.acts[act].at_ms, Happening::Act(act));
            }
        }
        for trouble in 0..self.script.troubles.len() {
            if !self.options.without.contains(&Part::Trouble(trouble)) {
                let at_ms = self.script.troubles[trouble].at_ms;
                self.plan_at(at_ms, Happening::TroubleBegins(trouble));
            }
        }
        if self.script.server_speaks == 1 {
            self.count(Fault::OldServer);
        }
        for phone in 0..self.phones.len() {
            if self.phones[phone].disk.app == 1 {
                self.count(Fault::OldApp);
            }
            if self.phones[phone].had_wrong_clock {
                self.count(Fault::ClockWrong);
            }
            self.open(phone)?;
        }
        Ok(())
    }

    fn pass_until(&mut self, end: Timestamp) -> Result<(), Found> {
        while let Some(entry) = self.agenda.first_entry() {
            if entry.key().0 > end {
                break;
            }
            let ((at, _), happening) = entry.remove_entry();
            self.now = at;
            self.report.events += 1;
            if self.report.events > MOST_STEPS {
                return Err(Found { checker: checkers::QUIET, what: "the world never comes to rest".to_owned() });
            }
            self.happen(happening)?;
        }
        self.now = end;
        Ok(())
    }

    fn happen(&mut self, happening: Happening) -> Result<(), Found> {
        match happening {
            Happening::Act(act) => self.act(act),
            Happening::TroubleBegins(trouble) => self.begin_trouble(trouble),
            Happening::TroubleEnds(trouble) => self.end_trouble(trouble),
            Happening::Engine { phone, life, event } => self.feed(phone, life, event),
            Happening::Arrival { phone, life, id, request, way } => self.arrive(phone, life, id, *request, way),
            Happening::Answer { phone, life, id, outcome, token } => self.deliver(phone, life, id, *outcome, token),
            Happening::Wakeup { phone, life, at } => self.wake(phone, life, at),
            Happening::Tell(project) => {
                self.tell(project);
                Ok(())
            }
            Happening::Heard { phone, life, change } => self.hear(phone, life, change),
            Happening::Opened(phone) if self.phones[phone].lock.is_empty() => self.open(phone),
            Happening::Opened(_) => Ok(()),
            Happening::Updated(phone) => self.update(phone),
        }
    }

    fn plan_at(&mut self, after_ms: u64, happening: Happening) {
        self.planned += 1;
        self.agenda.insert((self.now.plus(after_ms), self.planned), happening);
    }

    fn count(&mut self, fault: Fault) {
        *self.report.faults.entry(fault).or_default() += 1;
    }

    /// Draws whether a fault strikes; gives the chance that its details are drawn from.
    fn strikes(&mut self, phone: usize, fault: Fault) -> Option<Random> {
        let percent = self.plan.percent(fault);
        if percent == 0 {
            return None;
        }
        let occasion = self.occasions.entry((phone, fault)).or_default();
        *occasion += 1;
        let part = Part::Chance(phone, fault, *occasion);
        let mut random = Random::keyed(self.seed, [phone as u64, fault as u64, *occasion]);
        if !random.percent(percent) || self.options.without.contains(&part) {
            return None;
        }
        self.count(fault);
        self.note(part, || format!("phone {phone}: {}", fault.name()));
        Some(random)
    }

    /// Writes down what happens, when that was asked for.
    fn note(&mut self, part: Part, tell: impl FnOnce() -> String) {
        if self.options.is_told {
            let seconds = self.now.since(Timestamp::from_ms(BEGIN_MS));
            self.report.story.push((part, format!("{:>6}.{:03} s  {}", seconds / 1000, seconds % 1000, tell())));
        }
    }

    /// Draws what is drawn at every step of a phone: each phone has numbers of its own.
    fn draw(&mut self, phone: usize) -> Random {
        self.drawn[phone] += 1;
        Random::keyed(self.seed, [1, phone as u64, self.drawn[phone]])
    }

    fn draw_delay_ms(&mut self, phone: usize) -> u64 {
        1 + self.draw(phone).below(self.plan.delay_ms)
    }

    /// Returns the members' project by its number in the script.
    fn project(&self, number: usize) -> Option<ProjectId> {
        self.codes.get(number).map(|(_, project)| *project)
    }

    /// Returns who made an entry, in truth.
    pub(crate) fn maker(&self, id: RecordId) -> Option<usize> {
        self.phones.iter().position(|phone| phone.made.contains_key(&id))
    }

    fn is_under_way(&self, trouble: usize) -> bool {
        let ends = |it: &Happening| matches!(it, Happening::TroubleEnds(number) if *number == trouble);
        self.agenda.values().any(ends)
    }

    fn what(&self, trouble: usize) -> What {
        self.script.troubles[trouble].what
    }
}
