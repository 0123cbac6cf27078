//! Which uploads run: one request at a time works on one, and a later one takes it over.
//!
//! A phone asks again because its connection broke; the server may not have noticed, and would wait for bytes that never come.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{MemberId, ProjectId};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

use crate::repositories::media::MediumKey;

/// How many uploads of one member run at the same time; one more ends the oldest.
const MAX_RUNNING: usize = 16;

/// The uploads that run, and who waits for them.
#[derive(Default)]
pub(crate) struct Claims {
    places: Arc<Mutex<Places>>,
}

#[derive(Default)]
struct Places {
    /// The number that the newest request got; numbers tell their order.
    last: u64,
    by_key: BTreeMap<MediumKey, Arc<Place>>,
}

/// What the requests for one upload share.
struct Place {
    turn: Arc<Turn<()>>,
    /// Whoever has a lower number than this lets go.
    newest: watch::Sender<u64>,
}

impl Claims {
    /// Ends whoever works on this upload, and waits until that request has let go. `None` when a later one came meanwhile.
    pub(crate) async fn claim(&self, key: MediumKey) -> Option<Claim> {
        let mut claim = {
            let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
            places.end_oldest(key.project, key.owner);
            Claim::enter(&self.places, &mut places, key)
        };
        let turn = Arc::clone(&claim.place.turn);
        claim.turn = match Arc::clone(&turn).try_lock_owned() {
            Ok(turn) => Some(turn),
            Err(_) => {
                claim.has_waited = true;
                Some(turn.lock_owned().await)
            }
        };
        let is_newest = *claim.place.newest.borrow() == claim.number;
        is_newest.then_some(claim)
    }

    /// Takes an upload that nobody works on.
    pub(crate) fn claim_idle(&self, key: MediumKey) -> Option<Claim> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if places.by_key.contains_key(&key) {
            return None;
        }
        let mut claim = Claim::enter(&self.places, &mut places, key);
        claim.turn = Arc::clone(&claim.place.turn).try_lock_owned().ok();
        Some(claim)
    }
}

impl Places {
    /// Makes room for one more upload of a member.
    fn end_oldest(&mut self, project: ProjectId, owner: MemberId) {
        let of_member = self.by_key.iter().filter(|(key, _)| key.project == project && key.owner == owner);
        let mut running: Vec<_> = of_member.map(|(_, place)| place).collect();
        if running.len() >= MAX_RUNNING {
            running.sort_unstable_by_key(|place| *place.newest.borrow());
            running[0].newest.send_replace(u64::MAX);
        }
    }
}

/// The right to work on one upload, until it is dropped.
pub(crate) struct Claim {
    places: Arc<Mutex<Places>>,
    key: MediumKey,
    place: Arc<Place>,
    number: u64,
    turn: Option<OwnedMutexGuard<()>>,
    has_waited: bool,
}

impl Claim {
    fn enter(all: &Arc<Mutex<Places>>, places: &mut Places, key: MediumKey) -> Self {
        places.last += 1;
        let number = places.last;
        let new = || Arc::new(Place { turn: Arc::default(), newest: watch::Sender::new(0) });
        let place = Arc::clone(places.by_key.entry(key).or_insert_with(new));
        place.newest.send_replace(number);
        Self { places: Arc::clone(all), key, place, number, turn: None, has_waited: false }
    }

    /// Says whether somebody else worked on this upload until a moment ago.
    pub(crate) const fn has_waited(&self) -> bool {
        self.has_waited
    }

    /// Returns once a later request waits for this one to let go.
    pub(crate) async fn overtaken(&self) {
        let mut newest = self.place.newest.subscribe();
        // The sender lives as long as this claim.
        let _ = newest.wait_for(|newest| *newest != self.number).await;
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        // The table's and this one's: nobody waits.
        if Arc::strong_count(&self.place) == 2 {
            places.by_key.remove(&self.key);
        }
    }
}
