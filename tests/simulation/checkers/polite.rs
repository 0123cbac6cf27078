//! A server or network that fails is not hammered: without a person, runs that fail come ever more rarely, and what
//! `Retry-After` says is waited for.

use std::collections::VecDeque;

use domain::Timestamp;

use super::{POLITE, found};
use crate::phone::Phone;
use crate::world::Found;

/// How many runs may fail within [`WINDOW_MS`] while nobody touches the phone and nothing comes through: seven quick tries,
/// then waits that double.
const MOST_RUNS: usize = 22;

const WINDOW_MS: u64 = 10 * 60_000;

/// How a phone behaves while something fails.
#[derive(Debug, Default)]
pub(crate) struct Manners {
    /// The server asked to be left alone until then.
    wait_until: Option<Timestamp>,
    /// Runs that began without a person, since one last came to its end or something came through.
    runs: VecDeque<Timestamp>,
}

impl Manners {
    /// A person acts, or the clock jumps: what was waited for does not count any more.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// A run came to its end with nothing left to do, or something came through: what fails next is something new.
    pub(crate) fn rest(&mut self) {
        self.runs.clear();
    }

    pub(crate) fn asked_to_wait(&mut self, until: Timestamp) {
        self.wait_until = self.wait_until.max(Some(until));
    }

    /// A run begins without a person, while the last one failed.
    pub(crate) fn woken(&mut self, number: usize, now: Timestamp) -> Result<(), Found> {
        self.runs.push_back(now);
        while self.runs.front().is_some_and(|first| now.since(*first) > WINDOW_MS) {
            self.runs.pop_front();
        }
        if self.runs.len() > MOST_RUNS {
            return found(POLITE, format!("phone {number}: {} runs that failed in ten minutes", self.runs.len()));
        }
        Ok(())
    }
}

pub(crate) fn at_send(phone: &mut Phone, number: usize, now: Timestamp) -> Result<(), Found> {
    // Readings of a clock that lies say nothing about how long was waited.
    let until = phone.manners.wait_until.filter(|_| phone.state.lies_by_ms == 0);
    match until {
        Some(until) if now < until => {
            let early_ms = until.since(now);
            found(POLITE, format!("phone {number} asks {early_ms} ms earlier than Retry-After allows"))
        }
        _ => Ok(()),
    }
}
