//! What people do with their phones.

use domain::plain::Plain;
use domain::{
    Audience, Consent, ConsentSubject, EntryEdit, JoinCode, JoinId, MediaHash, NodeId, PhotoRef, Place, PlaceShown,
    PlaceSource, RecordId, Stamp, Theme, Timestamp, Valence, VoiceKind, VoiceRef,
};
use sync::{Event, PendingJoin};

use super::{Found, World};
use crate::faults::Fault;
use crate::phone::{Made, Phone};
use crate::random::Random;
use crate::script::Part;

impl World {
    /// A person does something: makes, changes, takes back, brings back, erases, joins, looks, opens a tab, or drops the
    /// phone. While the disk does not take anything, nothing is saved, and the person is told so.
    pub(super) fn act(&mut self, act: usize) -> Result<(), Found> {
        let phone = self.script.acts[act].phone;
        let random = &mut Random::new(self.script.acts[act].roll);
        if self.phones[phone].state.offs > 0 {
            return Ok(());
        }
        let Phone { made, disk, .. } = &self.phones[phone];
        let is_there = |id: &RecordId, made: &Made| !made.is_erased && disk.records.contains_key(id);
        let made: Vec<RecordId> = made.iter().filter(|(id, made)| is_there(id, made)).map(|(id, _)| *id).collect();
        let one = random.pick(&made).copied();
        let what = random.below(100);
        // Who is told that a project takes nothing more takes back instead, as often as not.
        let takes_back = (45..52).contains(&what) && one.is_some_and(|id| self.is_in_closed_project(phone, id));
        let what = if takes_back { 52 } else { what };
        let is_disk_down = self.phones[phone].is_disk_down();
        let (line, event) = match (what, one) {
            (0..80, _) if is_disk_down => return Ok(()),
            (0..38, _) | (38..68, None) => (self.make_entry(phone, random), Some(Event::ChangeQueued)),
            (45..52, Some(id)) if self.phones[phone].disk.app > 1 => {
                (self.show(phone, id, random), Some(Event::ChangeQueued))
            }
            (38..41, Some(id)) if self.phones[phone].disk.app > 1 => {
                let edit = self.voice(random);
                let line = format!("tells {id} by voice: {:?}", edit.voice);
                self.write(phone, id, edit);
                (line, Some(Event::ChangeQueued))
            }
            (38..52, Some(id)) => {
                let story = Some(format!("woorden {}", random.below(1000)));
                let edit = EntryEdit { story, ..self.place(phone, random) };
                let line = format!("changes {id}, place: {:?}, shown: {:?}", edit.place, edit.place_shown);
                self.write(phone, id, edit);
                (line, Some(Event::ChangeQueued))
            }
            (52..63, Some(id)) => {
                let is_deleted = !self.phones[phone].made.get(&id).is_some_and(|made| made.is_deleted);
                self.write(phone, id, EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() });
                if is_deleted {
                    self.count(Fault::TakenBack);
                }
                let verb = if is_deleted { "takes back" } else { "brings back" };
                (format!("{verb} {id}"), Some(Event::ChangeQueued))
            }
            (63..68, Some(id)) => {
                self.count(Fault::Erased);
                self.phones[phone].disk.erase(id);
                if let Some(made) = self.phones[phone].made.get_mut(&id) {
                    made.is_erased = true;
                }
                (format!("erases {id}"), Some(Event::ChangeQueued))
            }
            (68..80, _) => (self.join(phone, random), Some(Event::SendAsked)),
            (80..84, _) => ("goes online".to_owned(), Some(Event::WentOnline)),
            (84..88, _) => ("looks".to_owned(), Some(Event::BecameVisible)),
            (88..95, _) => {
                self.open_tab(phone)?;
                ("opens another tab".to_owned(), None)
            }
            _ => {
                self.reopen(phone)?;
                ("drops and opens it again".to_owned(), None)
            }
        };
        self.note(Part::Act(act), || format!("phone {phone}: a person {line}"));
        event.map_or(Ok(()), |event| self.person(phone, event))
    }

    /// A person says who may see an entry.
    fn show(&mut self, phone: usize, id: RecordId, random: &mut Random) -> String {
        let stayed = self.phones[phone].made.get(&id).is_some_and(Made::stays);
        let audience = random.pick(&Audience::ALL).copied();
        let keep_copy = random.percent(30).then(|| random.percent(50));
        self.write(phone, id, EntryEdit { audience, keep_copy, ..EntryEdit::default() });
        match (stayed, self.phones[phone].made.get(&id).is_some_and(Made::stays)) {
            (false, true) => self.count(Fault::Narrowed),
            (true, false) => self.count(Fault::LetGo),
            (true, true) | (false, false) => {}
        }
        format!("shows {id} to {audience:?}, with a copy: {keep_copy:?}")
    }

    /// Returns a voice note that was just recorded.
    fn a_voice(&mut self, random: &mut Random) -> VoiceRef {
        let bytes = 20_000 + u32::try_from(random.below(400_000)).unwrap_or_default();
        let voice = VoiceRef { sha256: MediaHash(random.bytes()), kind: VoiceKind::WebmOpus, bytes, ms: 5_000 };
        self.server.sizes.insert(voice.sha256, voice.bytes.into());
        voice
    }

    /// A person tells an entry by voice, anew, or takes that away.
    fn voice(&mut self, random: &mut Random) -> EntryEdit {
        let voice = random.percent(60).then(|| self.a_voice(random));
        EntryEdit { voice: Some(voice), ..EntryEdit::default() }
    }

    /// A person says where an entry was made, how precisely others see that, or nothing of it.
    fn place(&mut self, phone: usize, random: &mut Random) -> EntryEdit {
        let mut edit = EntryEdit::default();
        match random.below(10) {
            0..7 => edit.place_shown = random.pick(&PlaceShown::ALL).copied(),
            7 => edit = EntryEdit::at(Some(a_place(self.clock(phone), random))),
            8 => edit = EntryEdit::at(None),
            _ => {}
        }
        edit
    }

    /// A person did something that the engine hears of.
    pub(super) fn person(&mut self, phone: usize, event: Event) -> Result<(), Found> {
        self.phones[phone].manners.clear();
        let lives: Vec<u64> = self.phones[phone].drivers.iter().map(|driver| driver.life).collect();
        lives.into_iter().try_for_each(|life| self.feed(phone, life, event.clone()))
    }

    /// Joins where nothing else would bring what was made to a server, if any project still takes somebody.
    pub(super) fn join_if_nowhere(&mut self, phone: usize) -> Result<(), Found> {
        let held = &self.phones[phone];
        let is_known = self.server.knows(held.token.map(|(token, _)| token));
        let is_right = |code| self.codes.iter().any(|(right, _)| *right == code);
        let mut joins = held.disk.joins.values();
        let waits = joins.any(|join| join.refused.is_none() && join.answered.is_none() && is_right(join.code));
        let has_project = held.disk.cursors.keys().any(|project| !held.disk.left.contains(project));
        if !(waits || has_project && is_known) {
            let random = &mut Random::keyed(self.seed, [2, phone as u64, 0]);
            let kept = held.disk.cursors.keys().next().copied();
            let mut open = self.codes.iter().filter(|(_, project)| !self.server.is_closed(*project));
            let code = open.clone().find(|(_, project)| Some(*project) == kept).or_else(|| open.next());
            if let Some((code, _)) = code.copied() {
                self.queue_join(phone, code, random);
                return self.person(phone, Event::SendAsked);
            }
        }
        Ok(())
    }

    /// Says whether an entry is in a closed project, and not put away.
    fn is_in_closed_project(&self, phone: usize, id: RecordId) -> bool {
        let phone = &self.phones[phone];
        let project = phone.disk.records.get(&id).and_then(|own| own.home.project());
        let is_deleted = phone.made.get(&id).is_some_and(|made| made.is_deleted);
        !is_deleted && project.is_some_and(|project| self.server.is_closed(project))
    }

    fn write(&mut self, phone: usize, id: RecordId, edit: EntryEdit) {
        let now = self.clock(phone);
        self.phones[phone].write(id, edit, now);
    }

    fn make_entry(&mut self, phone: usize, random: &mut Random) -> String {
        let knows = self.phones[phone].disk.app > 1;
        let clock = self.clock(phone);
        let id = RecordId::new(clock, random.bytes());
        let mut photos: Vec<PhotoRef> = (0..1 + random.below(2))
            .map(|_| {
                let bytes = 20_000 + u32::try_from(random.below(400_000)).unwrap_or_default();
                PhotoRef { sha256: MediaHash(random.bytes()), width: 4, height: 3, bytes }
            })
            .collect();
        // The same photo again, in another entry.
        if random.percent(10)
            && let Some((sha256, bytes)) = self.phones[phone].disk.a_photo()
        {
            photos[0] = PhotoRef { sha256, width: 4, height: 3, bytes };
        }
        for photo in &photos {
            self.server.sizes.insert(photo.sha256, photo.bytes.into());
        }
        let voice = if knows && random.percent(40) { Some(Some(self.a_voice(random))) } else { None };
        let edit = EntryEdit {
            valence: random.pick(&Valence::ALL).copied(),
            themes: random.pick(Theme::ALL).map(|theme| vec![*theme]),
            story: Some(format!("verhaal {}", random.below(1000))),
            photos: Some(photos),
            voice,
            made: Some((clock, clock)),
            place: random.percent(60).then(|| a_place(clock, random).to_value()),
            place_shown: if random.percent(50) { random.pick(&PlaceShown::ALL).copied() } else { None },
            audience: if knows && random.percent(35) { random.pick(&Audience::ALL).copied() } else { None },
            ..EntryEdit::default()
        };
        self.write(phone, id, edit);
        format!("makes {id}")
    }

    fn join(&mut self, phone: usize, random: &mut Random) -> String {
        if random.percent(8)
            && let Some(wrong) = JoinCode::from_random([9; 6])
        {
            self.count(Fault::WrongCode);
            self.phones[phone].typed_wrong_code = true;
            self.queue_join(phone, wrong, random);
            return "types a wrong code".to_owned();
        }
        let Some((code, project)) = random.pick(&self.codes).copied() else { return String::new() };
        // Who was removed wants to come back.
        let missed = self.codes.iter().find(|(_, project)| self.phones[phone].removed_from.contains(project));
        let (code, project) = missed.copied().unwrap_or((code, project));
        let disk = &self.phones[phone].disk;
        let is_waiting =
            disk.joins.values().any(|join| join.code == code && join.answered.is_none() && join.refused.is_none());
        let is_in = disk.cursors.contains_key(&project) && !disk.left.contains(&project);
        if is_waiting || is_in {
            return "looks at the codes".to_owned();
        }
        if self.phones[phone].removed_from.contains(&project) {
            self.count(Fault::Rejoined);
        }
        self.queue_join(phone, code, random);
        "joins a project".to_owned()
    }

    fn queue_join(&mut self, phone: usize, code: JoinCode, random: &mut Random) {
        let clock = self.clock(phone);
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: clock,
            is_withdrawn: false,
        };
        let stamp = Stamp { at: clock, count: 0, node: NodeId(0) };
        let join = PendingJoin {
            join_id: JoinId::new(clock, random.bytes()),
            code,
            nickname: String::new(),
            consent: consent.to_record(RecordId::new(clock, random.bytes()), stamp),
            offset_ms: None,
            refused: None,
            answered: None,
            made: clock,
            audience: None,
        };
        self.phones[phone].disk.queue_join(join, clock);
    }
}

/// Returns a place somewhere in a neighbourhood.
fn a_place(at: Timestamp, random: &mut Random) -> Place {
    let [north_microdeg, east_microdeg] =
        [51_980_000, 5_890_000].map(|from: i64| from + i64::try_from(random.below(20_000)).unwrap_or_default());
    Place { north_microdeg, east_microdeg, accuracy_m: Some(20), source: PlaceSource::Here, at }
}
