//! Telling phones that listen which project changed: its number, nothing else.
//!
//! One task reads the projects' sequence numbers after a write, at most twice a second, and every stream hears of them from
//! there. It also reads them now and then unasked, because another process may write.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{DeviceId, ProjectId};
use futures_util::Stream;
use futures_util::stream::unfold;
use protocol::RemoteChange;
use tokio::sync::{Notify, oneshot, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep, timeout};

use crate::error::Error;
use crate::repositories::{devices, projects};
use crate::state::App;

/// Projects with their newest sequence numbers.
pub(crate) type Sequences = BTreeMap<ProjectId, u64>;

/// What happens in the meantime is told at once.
const PACE: Duration = Duration::from_millis(500);

/// How often it is looked whether a device still is a member, and whether another process wrote: a removal ends a stream
/// within five seconds.
const LOOK: Duration = Duration::from_secs(4);

/// A stream that says nothing for long is taken for a broken one, by phones and by what stands between.
const STILL_HERE: Duration = Duration::from_secs(25);

/// Who listens, and what there is to hear.
#[derive(Default)]
pub(crate) struct Events {
    sequences: watch::Sender<Sequences>,
    streams: Arc<Mutex<Streams>>,
}

/// The stream of each device; a new one takes the place of the old, which hears that its sender is gone.
#[derive(Default)]
struct Streams {
    last: u64,
    by_device: BTreeMap<DeviceId, (u64, oneshot::Sender<()>)>,
}

/// What a stream says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Something changed.
    Changed(RemoteChange),
    /// Nothing did, and the stream is alive.
    StillHere,
}

/// Reads what changed, for all who listen. May be dropped at any moment.
pub(crate) async fn run(app: Arc<App>) {
    pace(app.db.wrote(), || read(Arc::clone(&app))).await;
}

async fn read(app: Arc<App>) {
    if app.events.sequences.receiver_count() == 0 {
        return;
    }
    match sequences(&app).await {
        Ok(now) => {
            app.events.sequences.send_if_modified(|told| {
                let is_new = *told != now;
                *told = now;
                is_new
            });
        }
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "what changed could not be read; it is tried again");
        }
    }
}

/// Begins a stream for a device: first every project of its, then each as it changes. It ends with a membership, with the
/// server, and when the device begins another.
pub(crate) async fn listen(app: &Arc<App>, device: DeviceId) -> Result<impl Stream<Item = Event> + use<>, Error> {
    // Before the first look, so that nothing falls between.
    let changes = app.events.sequences.subscribe();
    let first = memberships(app, device).await?;
    let (ended, stay) = Stay::begin(&app.events.streams, device);
    let ending = app.ending.subscribe();
    let app = Arc::clone(app);
    let look = move || {
        let app = Arc::clone(&app);
        async move { memberships(&app, device).await.inspect_err(log_unknown).ok() }
    };
    let listener = Listener::new(first, look, changes, ended, ending);
    Ok(unfold((listener, stay), |(mut listener, stay)| async move {
        let event = listener.next().await?;
        Some((event, (listener, stay)))
    }))
}

async fn sequences(app: &App) -> Result<Sequences, Error> {
    Ok(projects::sequences(&mut *app.db.look().await?).await?)
}

async fn memberships(app: &App, device: DeviceId) -> Result<Sequences, Error> {
    Ok(devices::sequences(&mut *app.db.look().await?, device).await?)
}

fn log_unknown(error: &Error) {
    let error: &dyn std::error::Error = error;
    tracing::error!(error, "a stream ends because nobody knows whose it is");
}

/// Reads after each write, or after a while without, but never sooner than the pace allows.
async fn pace<F: Future<Output = ()>>(wrote: &Notify, read: impl Fn() -> F) {
    loop {
        // Without a write in time it is looked all the same.
        let _ = timeout(LOOK, wrote.notified()).await;
        read().await;
        sleep(PACE).await;
    }
}

/// A place among the streams, until it is dropped.
struct Stay {
    streams: Arc<Mutex<Streams>>,
    device: DeviceId,
    number: u64,
}

impl Stay {
    fn begin(streams: &Arc<Mutex<Streams>>, device: DeviceId) -> (oneshot::Receiver<()>, Self) {
        let (sender, ended) = oneshot::channel();
        let mut all = streams.lock().unwrap_or_else(PoisonError::into_inner);
        all.last += 1;
        let number = all.last;
        all.by_device.insert(device, (number, sender));
        (ended, Self { streams: Arc::clone(streams), device, number })
    }
}

impl Events {
    /// Ends the stream of a device that has one.
    pub(crate) fn end(&self, device: DeviceId) {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner).by_device.remove(&device);
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut all = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if all.by_device.get(&self.device).is_some_and(|(number, _)| *number == self.number) {
            all.by_device.remove(&self.device);
        }
    }
}

/// One device's ear.
struct Listener<L> {
    /// Looks up the device's projects; `None` when that cannot be known.
    look: L,
    told: Sequences,
    due: VecDeque<RemoteChange>,
    changes: watch::Receiver<Sequences>,
    ended: oneshot::Receiver<()>,
    ending: watch::Receiver<bool>,
    looks: Interval,
    signs: Interval,
}

impl<L: Fn() -> F, F: Future<Output = Option<Sequences>>> Listener<L> {
    fn new(
        first: Sequences,
        look: L,
        changes: watch::Receiver<Sequences>,
        ended: oneshot::Receiver<()>,
        ending: watch::Receiver<bool>,
    ) -> Self {
        let every = |period: Duration| {
            let mut interval = interval_at(Instant::now() + period, period);
            interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
            interval
        };
        let due = first.iter().map(|(&project, &sequence)| RemoteChange { project, sequence }).collect();
        Self { look, told: first, due, changes, ended, ending, looks: every(LOOK), signs: every(STILL_HERE) }
    }

    /// Returns what is to be said next; `None` when it is over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(change) = self.due.pop_front() {
                return Some(Event::Changed(change));
            }
            tokio::select! {
                biased;
                _ = &mut self.ended => return None,
                // Without the server's end in sight, its sender is not dropped.
                () = async { drop(self.ending.wait_for(|is_ending| *is_ending).await) } => return None,
                _ = self.looks.tick() => {
                    let found = (self.look)().await?;
                    if self.told.keys().any(|project| !found.contains_key(project)) {
                        return None;
                    }
                    for (project, sequence) in found {
                        if !self.told.contains_key(&project) {
                            self.hear(project, sequence);
                        }
                    }
                }
                changed = self.changes.changed() => {
                    changed.ok()?;
                    let now = self.changes.borrow_and_update().clone();
                    for (project, sequence) in now {
                        if self.told.get(&project).is_some_and(|told| *told < sequence) {
                            self.hear(project, sequence);
                        }
                    }
                }
                _ = self.signs.tick() => return Some(Event::StillHere),
            }
        }
    }

    fn hear(&mut self, project: ProjectId, sequence: u64) {
        self.told.insert(project, sequence);
        self.due.push_back(RemoteChange { project, sequence });
    }
}

#[cfg(test)]
mod tests;
