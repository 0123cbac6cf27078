//! Records: who may write them, how they merge, and since when others see them.

use std::collections::BTreeMap;

use domain::permissions::may_write;
use domain::{
    Audience, Entry, Map, MediaHash, MemberId, PlaceShown, ProjectId, Record, RecordHead, RecordId, Role, Stamp,
    Timestamp, outlives_emptying, stays_on_phone,
};
use protocol::{ErrorCode, MediumState, PushResult};

use super::{Held, Server, named_media};
use crate::checkers::{ERASED, ERRORS};
use crate::world::Found;

impl Server {
    pub(super) fn write(
        &mut self,
        member: MemberId,
        project: ProjectId,
        part: &Record,
        is_valid: bool,
        now: Timestamp,
    ) -> PushResult {
        let refused = |code| PushResult { id: part.id, refused: Some(code), media: Map::new() };
        if !is_valid {
            return refused(ErrorCode::InvalidRecord);
        }
        let held = self.records.get(&part.id);
        let head = RecordHead {
            project: held.map_or(project, |held| held.project),
            written_in: project,
            kind: held.map_or(&part.kind, |held| &held.record.kind),
            written_as: &part.kind,
            author: held.map_or(member, |held| held.author),
        };
        let fields = part.fields.keys().map(String::as_str).chain(part.erased.then_some("erased"));
        if fields.into_iter().any(|field| may_write(member, Role::Resident, &head, field).is_err()) {
            return refused(ErrorCode::NotYours);
        }
        let is_new = held.is_none();
        let held = self.records.entry(part.id).or_insert_with(|| Held {
            record: Record::new(part.id, &part.kind),
            author: member,
            project,
            sequence: 0,
            changed: now,
            seen: BTreeMap::new(),
        });
        let before = held.record.clone();
        held.record.merge(part);
        if stays_on_phone(&held.record) {
            held.record.fields.retain(|name, _| outlives_emptying(name));
        }
        let after = held.record.clone();
        if deleted_at(&before) > deleted_at(&held.record) && !held.record.erased {
            self.wrong = wrong(ERASED, format!("an older word on whether {} is deleted won", part.id));
        }
        let is_changed = is_new || held.record != before;
        if held.record.erased {
            self.erased.insert(part.id);
        } else if self.erased.contains(&part.id) {
            self.wrong = wrong(ERASED, format!("{} was erased and is back on the server", part.id));
        }
        if self.state.closed.contains(&project) && adds(&before, &after) {
            self.wrong = wrong(ERRORS, format!("a closed project took what adds to {}", part.id));
        }
        if stays_on_phone(&after) {
            self.release(&before, project, member);
        }
        if is_changed {
            self.touch(part.id, now);
        }
        PushResult { id: part.id, refused: None, media: self.states(part.id) }
    }

    /// Whatever changes what a member may see gets a new sequence number.
    pub(super) fn touch(&mut self, id: RecordId, now: Timestamp) {
        self.sequence += 1;
        let sequence = self.sequence;
        let sees = |held: &Held| (0..self.phones).map(|phone| self.may_see(held, phone)).collect();
        let sees: Vec<bool> = self.records.get(&id).map(sees).unwrap_or_default();
        let Some(held) = self.records.get_mut(&id) else { return };
        held.sequence = sequence;
        held.changed = now;
        for (phone, sees) in sees.into_iter().enumerate() {
            let seen = held.seen.entry(phone).or_default();
            if sees {
                seen.until = None;
                seen.since.get_or_insert(now);
            } else if seen.since.take().is_some() {
                seen.until = Some(now);
            }
        }
        self.newest.insert(held.project, sequence);
    }

    /// Drops what an entry showed before its copy was emptied, where none of the maker's others shows it.
    fn release(&mut self, before: &Record, project: ProjectId, member: MemberId) {
        for sha256 in named_media(before) {
            let names = |held: &&Held| held.project == project && held.author == member;
            if !self.records.values().filter(names).any(|held| named_media(&held.record).contains(&sha256)) {
                self.media.remove(&(project, member, sha256));
            }
        }
    }

    pub(super) fn states(&self, id: RecordId) -> Map<MediaHash, MediumState> {
        let Some(held) = self.records.get(&id) else { return Map::new() };
        let state = |sha256: MediaHash| {
            let is_held = self.media.contains(&(held.project, held.author, sha256));
            (sha256, if is_held { MediumState::Shown } else { MediumState::Missing })
        };
        named_media(&held.record).into_iter().map(state).collect()
    }
}

fn wrong(checker: &'static str, what: String) -> Option<Found> {
    Some(Found { checker, what })
}

/// Says whether a write did anything but put away or erase an entry, narrow it to its maker, or take back its place.
fn adds(before: &Record, after: &Record) -> bool {
    let (was, is) = (Entry::from_record(before), Entry::from_record(after));
    let Entry { is_deleted, audience, place, place_shown, voice, .. } = is.clone();
    let takes_back = (is_deleted || !was.is_deleted)
        && (audience == Some(Audience::OnlyMe) || audience == was.audience)
        && (place.is_none() || place == was.place)
        && (voice.is_none() || voice == was.voice)
        && (is.read_place_shown() == PlaceShown::Hidden || place_shown == was.place_shown)
        && is == Entry { is_deleted, audience, place, place_shown, voice, ..was };
    !(after.erased || stays_on_phone(after) || takes_back)
}

fn deleted_at(record: &Record) -> Option<Stamp> {
    record.fields.get("deleted").and_then(|field| field.stamps().into_iter().max())
}
