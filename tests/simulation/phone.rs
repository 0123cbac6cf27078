//! A phone: a disk that survives, tabs that come and go, an engine in the tab with the lock, and a clock that may be wrong.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::plain::Plain;
use domain::{Audience, EntryEdit, MediaHash, Place, PlaceShown, ProjectId, RecordId, Timestamp, VoiceRef};
use sync::{Engine, RequestId};

use crate::checkers::polite::Manners;
use crate::disk::Disk;
use crate::mutants::Driven;

/// A tab of the browser, or its service worker.
pub(crate) type Tab = u64;

#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) disk: Disk,
    /// Who holds the Web Lock, and who waits for it behind.
    pub(crate) lock: VecDeque<Tab>,
    pub(crate) last_tab: Tab,
    /// Engines that run: one, in the tab that holds the lock.
    pub(crate) drivers: Vec<Driver>,
    pub(crate) last_life: u64,
    /// By how much the phone's clock is wrong.
    pub(crate) skew_ms: i64,
    /// What it holds for the token that the server knows it by, and since when.
    pub(crate) token: Option<(u64, Timestamp)>,
    pub(crate) state: State,
    /// Requests that no answer has come of: whose, and from when.
    pub(crate) in_flight: BTreeMap<(u64, RequestId), InFlight>,
    /// The server's time of the newest page that came, and whether it was the last of what was new.
    pub(crate) pages: BTreeMap<ProjectId, Page>,
    /// A page that comes in, until it is known whether the engine takes it.
    pub(crate) coming: Option<(ProjectId, Page)>,
    pub(crate) manners: Manners,
    /// What its person made, as it was last written: the truth that the checkers compare with.
    pub(crate) made: BTreeMap<RecordId, Made>,
    /// As how many members the server knows it since its token was lost for good or it was removed, and it joined anew.
    pub(crate) known_as: usize,
    /// Projects that it was removed from, or was in when it was shut out.
    pub(crate) removed_from: BTreeSet<ProjectId>,
    /// A code was typed that nobody gave out.
    pub(crate) typed_wrong_code: bool,
    /// Its clock was wrong, jumped or lied at some time.
    pub(crate) had_wrong_clock: bool,
    /// It lost its token before the browser had kept it.
    pub(crate) lost_token: bool,
    /// Its tokens were revoked at some time.
    pub(crate) was_revoked: bool,
    /// It was removed from a project at some time.
    pub(crate) was_removed: bool,
    /// It was shut out at some time.
    pub(crate) was_shut_out: bool,
    /// The engine that heard so last.
    pub(crate) told_shut_out: Option<u64>,
    /// It asked something of a project that was closed then.
    pub(crate) met_closed_project: bool,
}

/// An engine that runs.
#[derive(Debug)]
pub(crate) struct Driver {
    pub(crate) tab: Tab,
    /// What is planned for other lives is nobody's.
    pub(crate) life: u64,
    pub(crate) engine: Driven,
    /// For when its wakeup is planned.
    pub(crate) armed: Option<Timestamp>,
    /// The request that it sent last.
    pub(crate) last_sent: Option<RequestId>,
    /// It listens to the server's stream of events.
    pub(crate) is_listening: bool,
    /// When its run began, unless that is about one project alone.
    pub(crate) run_since: Option<Timestamp>,
}

/// What is the matter with a phone; counted, because troubles of one kind may overlap.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) partitions: u32,
    pub(crate) portals: u32,
    pub(crate) offs: u32,
    pub(crate) silences: u32,
    pub(crate) full_disks: u32,
    pub(crate) closed_databases: u32,
    pub(crate) lies_by_ms: u64,
}

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct InFlight {
    pub(crate) sent: Timestamp,
    /// An upload's medium, and how many bytes travel.
    pub(crate) medium: Option<(ProjectId, MediaHash, u64)>,
    /// It pulls from this project, and asks for what is new there.
    pub(crate) pulls: Option<(ProjectId, bool)>,
}

/// What a page of a pull told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) read: Timestamp,
    pub(crate) is_last: bool,
}

/// What a person made and then did to it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Made {
    pub(crate) story: String,
    pub(crate) is_deleted: bool,
    pub(crate) is_erased: bool,
    pub(crate) audience: Option<Audience>,
    pub(crate) keeps_copy: bool,
    pub(crate) place: Option<Place>,
    pub(crate) place_shown: Option<PlaceShown>,
    pub(crate) voice: Option<VoiceRef>,
    /// At some time it was not to stay on the phone.
    pub(crate) was_let_go: bool,
}

impl Made {
    /// Says whether it is to stay on the phone.
    pub(crate) fn stays(&self) -> bool {
        self.audience == Some(Audience::OnlyMe) && !self.keeps_copy
    }
}

impl Phone {
    pub(crate) fn new(disk: Disk, skew_ms: i64) -> Self {
        Self {
            disk,
            lock: VecDeque::new(),
            last_tab: 0,
            drivers: Vec::new(),
            last_life: 0,
            skew_ms,
            token: None,
            state: State::default(),
            in_flight: BTreeMap::new(),
            pages: BTreeMap::new(),
            coming: None,
            manners: Manners::default(),
            made: BTreeMap::new(),
            known_as: 0,
            removed_from: BTreeSet::new(),
            typed_wrong_code: false,
            had_wrong_clock: skew_ms.unsigned_abs() > 1_000,
            lost_token: false,
            was_revoked: false,
            was_removed: false,
            was_shut_out: false,
            told_shut_out: None,
            met_closed_project: false,
        }
    }

    pub(crate) fn driver(&mut self, life: u64) -> Option<&mut Driver> {
        self.drivers.iter_mut().find(|driver| driver.life == life)
    }

    /// Says whether the server knows it by another name than before.
    pub(crate) const fn is_renamed(&self) -> bool {
        self.known_as > 0
    }

    pub(crate) fn is_alive(&self, life: u64) -> bool {
        self.drivers.iter().any(|driver| driver.life == life)
    }

    /// Lets an engine run in this tab; returns its life.
    pub(crate) fn drive(&mut self, tab: Tab, engine: Driven) -> u64 {
        self.last_life += 1;
        let life = self.last_life;
        self.drivers.push(Driver {
            tab,
            life,
            engine,
            armed: None,
            last_sent: None,
            is_listening: false,
            run_since: None,
        });
        life
    }

    /// Says whether the server is out of reach, and the storage too.
    pub(crate) const fn is_disk_down(&self) -> bool {
        self.state.full_disks > 0 || self.state.closed_databases > 0
    }

    /// Writes an entry and remembers what was written.
    pub(crate) fn write(&mut self, id: RecordId, edit: EntryEdit, now: Timestamp) {
        let made = self.made.entry(id).or_default();
        if let Some(story) = &edit.story {
            made.story.clone_from(story);
        }
        if let Some(is_deleted) = edit.is_deleted {
            made.is_deleted = is_deleted;
        }
        if let Some(place) = &edit.place {
            made.place = Place::from_value(place);
        }
        made.voice = edit.voice.unwrap_or(made.voice);
        made.place_shown = edit.place_shown.or(made.place_shown);
        made.audience = edit.audience.or(made.audience);
        made.keeps_copy = edit.keep_copy.unwrap_or(made.keeps_copy);
        made.was_let_go |= !made.stays();
        self.disk.write(id, edit, now);
    }
}

impl Driver {
    pub(crate) const fn engine(&self) -> &Engine {
        self.engine.engine()
    }
}
