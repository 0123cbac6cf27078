//! Broken engines: the real one, with something between it and the world that alters what goes in or comes out. Each must
//! be caught by the checker meant for it, or that checker finds nothing.

mod broken;

use domain::Timestamp;
use sync::{Effect, Engine, Event, Outcome, Request};

use self::broken::Broken;
use crate::checkers;

macro_rules! mutants {
    ($($name:ident = $text:literal, $checker:expr;)*) => {
        /// A way in which an engine is broken.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mutant {
            $(#[doc = $text] $name,)*
        }

        impl Mutant {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Returns what it does wrong.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// Returns the checker that is meant to catch it.
            pub const fn checker(self) -> &'static str {
                match self { $(Self::$name => $checker,)* }
            }
        }
    };
}

mutants! {
    DeletesBeforeAnswer = "deletes before the answer", checkers::LOST;
    TrustsAny200 = "trusts any 200", checkers::LOST;
    DropsUnsentPhotos = "drops unsent photos when it is shut out", checkers::LOST;
    IgnoresHash = "ignores the hash", checkers::RECEIVED;
    SaysReceivedEarly = "says received early", checkers::RECEIVED;
    RevivesErased = "revives erased", checkers::ERASED;
    SendsErasedWhole = "sends an old copy instead of an erasure", checkers::ERASED;
    SkipsCursor = "skips a cursor", checkers::SKIPPED;
    LosesParked = "loses parked kinds", checkers::SKIPPED;
    NeverReplays = "never replays what was parked", checkers::CONVERGED;
    NaiveClock = "naive clock", checkers::CONVERGED;
    KeepsWhatTakesBack = "keeps what takes back from a closed project", checkers::CONVERGED;
    GivesUp = "gives up after a failure", checkers::CONVERGED;
    ForgetsBackoff = "forgets backoff", checkers::POLITE;
    IgnoresRetryAfter = "ignores Retry-After", checkers::POLITE;
    SendsTwice = "sends twice", checkers::WASTED;
    BeginsUploadsAnew = "begins broken uploads anew", checkers::WASTED;
    NewIdsOnRetry = "makes new ids on retry", checkers::TWICE;
    JoinsAnew = "joins anew on retry", checkers::TWICE;
    TwoDrivers = "two drivers", checkers::ONE_DRIVER;
    KeepsGone = "keeps a gone view", checkers::SEES;
    KeepsOldView = "keeps a view though it came anew, with a place less precise", checkers::SEES;
    StaysWhenRemoved = "stays when removed", checkers::SEES;
    GoesOnWhenShutOut = "goes on when it is shut out", checkers::SEES;
    SendsWhatStays = "sends what is to stay on the phone", checkers::SEES;
    HidesThatItStays = "does not tell that an entry stays on the phone", checkers::SEES;
    NeverQuiet = "never quiet", checkers::QUIET;
    SetsAsideTooMuch = "sets aside what only failed for now", checkers::ERRORS;
}

/// An engine as the world drives it.
#[derive(Debug)]
pub(crate) struct Driven {
    engine: Engine,
    broken: Option<Broken>,
}

impl Driven {
    pub(crate) fn new(seed: u64, mutant: Option<Mutant>) -> Self {
        Self { engine: Engine::new(seed), broken: mutant.map(Broken::new) }
    }

    pub(crate) const fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let Some(broken) = &mut self.broken else { return self.engine.handle(event, now) };
        let event = broken.hear(event);
        let effects = self.engine.handle(event, now);
        effects.into_iter().flat_map(|effect| broken.act(effect)).collect()
    }

    pub(crate) fn next_wakeup(&self, now: Timestamp) -> Option<Timestamp> {
        let wakeup = self.engine.next_wakeup();
        self.broken.as_ref().map_or(wakeup, |broken| broken.next_wakeup(wakeup, self.engine.is_idle(), now))
    }

    /// What the engine hears when a captive portal answers.
    pub(crate) fn at_portal(&self, request: &Request) -> Outcome {
        self.broken.as_ref().map_or(Outcome::Unreachable, |broken| broken.at_portal(request))
    }
}
