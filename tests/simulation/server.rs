//! A model of the server: the real rules of merging, checking and permission over maps.

use std::collections::{BTreeMap, BTreeSet};

use domain::permissions::may_write;
use domain::{
    DeviceId, Entry, Invalid, JoinId, KIND_ENTRY, Maker, Map, MediaHash, MemberId, ProjectId, Record, RecordHead,
    RecordId, Role, Timestamp, View,
};
use protocol::{
    ErrorCode, JoinReply, MeReply, MediaReply, MediumState, Membership, ProjectInfo, PullFrom, PullItem, PullReply,
    PushReply, PushResult, UnfinishedUpload,
};
use sync::{Outcome, Reply, Request};
use uuid::Uuid;

/// The bytes of every photo.
pub(crate) const PHOTO_BYTES: u32 = 300_000;

/// How many items one pull returns at the most: few, so that pulls have pages.
const PAGE: usize = 5;

/// A medium of a member.
type MediumKey = (ProjectId, MemberId, MediaHash);

/// What the server holds.
#[derive(Debug, Default)]
pub(crate) struct Server {
    pub(crate) codes: BTreeMap<domain::JoinCode, ProjectId>,
    pub(crate) members: BTreeMap<MemberId, Member>,
    joins: BTreeMap<JoinId, MemberId>,
    pub(crate) records: BTreeMap<RecordId, Held>,
    media: BTreeSet<MediumKey>,
    /// The beginnings of uploads that broke off: bytes.
    partials: BTreeMap<MediumKey, u64>,
    sequence: u64,
}

/// A member and the phone that is its device.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) project: ProjectId,
    pub(crate) phone: usize,
}

/// A record with what the server knows of it.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) record: Record,
    pub(crate) author: MemberId,
    pub(crate) project: ProjectId,
    sequence: u64,
    was_shown: bool,
}

impl Server {
    /// Answers a request of a phone. `now` is the server's clock.
    ///
    /// `cut_after`: the connection breaks when so many bytes of an upload have come.
    pub(crate) fn answer(
        &mut self,
        phone: usize,
        has_token: bool,
        request: &Request,
        cut_after: Option<u64>,
        now: Timestamp,
    ) -> Outcome {
        let server_time_ms = now.ms();
        let refused = |code| Outcome::Refused { code, retry_after_ms: None, server_time_ms };
        match request {
            Request::Push(..) | Request::AskOffset(..) | Request::Upload(..) | Request::Pull(..) if !has_token => {
                refused(ErrorCode::UnknownDevice)
            }
            Request::Me => {
                let memberships: Vec<_> = self
                    .members
                    .iter()
                    .filter(|(_, member)| has_token && member.phone == phone)
                    .map(|(id, member)| membership(*id, member.project))
                    .collect();
                let device_id = (!memberships.is_empty()).then(|| device(phone));
                let unfinished = if has_token { self.unfinished(phone) } else { Vec::new() };
                Outcome::Reply(Reply::Me(MeReply { device_id, memberships, unfinished, server_time_ms }))
            }
            Request::Join(join) => {
                let Some(project) = self.codes.get(&join.code).copied() else { return refused(ErrorCode::UnknownCode) };
                if join.consent.check(now).is_err() {
                    return refused(ErrorCode::ClockAhead);
                }
                let known = self.joins.get(&join.join_id).copied().or_else(|| self.member(phone, project));
                let id = known.unwrap_or_else(|| MemberId::from_uuid(join.join_id.uuid()));
                self.joins.insert(join.join_id, id);
                self.members.insert(id, Member { project, phone });
                Outcome::Reply(Reply::Joined(JoinReply {
                    device_id: device(phone),
                    membership: membership(id, project),
                    server_time_ms,
                }))
            }
            Request::Push(project, records) => match self.member(phone, *project) {
                None => refused(ErrorCode::NotMember),
                Some(_) if records.iter().any(|record| record.check(now) == Err(Invalid::ClockAhead)) => {
                    refused(ErrorCode::ClockAhead)
                }
                Some(member) => {
                    let results = records.iter().map(|record| self.write(member, *project, record, now)).collect();
                    Outcome::Reply(Reply::Pushed(PushReply { results, server_time_ms }))
                }
            },
            Request::AskOffset(project, sha256) => match self.member(phone, *project) {
                None => refused(ErrorCode::NotMember),
                Some(member) => Outcome::Reply(Reply::Offset(self.offset((*project, member, *sha256)))),
            },
            Request::Upload(project, sha256, from) => match self.member(phone, *project) {
                None => refused(ErrorCode::NotMember),
                Some(member) => {
                    let key = (*project, member, *sha256);
                    if *from > 0 && *from != self.offset(key) {
                        return refused(ErrorCode::UploadOffset);
                    }
                    if let Some(came) = cut_after {
                        self.keep_part(key, from + came);
                        return Outcome::Unreachable;
                    }
                    self.take_medium(key);
                    let bytes = PHOTO_BYTES.into();
                    Outcome::Reply(Reply::Uploaded(MediaReply { sha256: *sha256, bytes, server_time_ms }))
                }
            },
            Request::Pull(project, from) => match self.member(phone, *project) {
                None => refused(ErrorCode::NotMember),
                Some(member) => Outcome::Reply(Reply::Pulled(self.pull(member, *project, from, now))),
            },
        }
    }

    /// Returns how many bytes of a medium the server holds.
    fn offset(&self, key: MediumKey) -> u64 {
        if self.media.contains(&key) { PHOTO_BYTES.into() } else { self.partials.get(&key).copied().unwrap_or(0) }
    }

    fn keep_part(&mut self, key: MediumKey, bytes: u64) {
        if !self.media.contains(&key) {
            self.partials.insert(key, bytes);
        }
    }

    fn take_medium(&mut self, key: MediumKey) {
        self.partials.remove(&key);
        self.media.insert(key);
        let (project, member, sha256) = key;
        let uses =
            |held: &Held| held.project == project && held.author == member && photos(&held.record).contains(&sha256);
        let changed: Vec<_> = self.records.iter().filter(|(_, held)| uses(held)).map(|(id, _)| *id).collect();
        changed.into_iter().for_each(|id| self.touch(id));
    }

    fn unfinished(&self, phone: usize) -> Vec<UnfinishedUpload> {
        let is_his = |member: &MemberId| self.members.get(member).is_some_and(|member| member.phone == phone);
        let of =
            |(key, offset): (&MediumKey, &u64)| UnfinishedUpload { project: key.0, sha256: key.2, offset: *offset };
        self.partials.iter().filter(|(key, _)| is_his(&key.1)).map(of).collect()
    }

    /// Returns what everyone in the project may see of others' entries.
    pub(crate) fn shown(&self, project: ProjectId) -> BTreeSet<RecordId> {
        let is_shown = |held: &&Held| held.project == project && self.is_shown(held);
        self.records.values().filter(is_shown).map(|held| held.record.id).collect()
    }

    /// Says whether the server holds the record and all its media.
    pub(crate) fn holds(&self, record: &Record) -> bool {
        self.records.get(&record.id).is_some_and(|held| {
            let has = |sha256| self.media.contains(&(held.project, held.author, sha256));
            photos(record).into_iter().all(has)
        })
    }

    pub(crate) fn member(&self, phone: usize, project: ProjectId) -> Option<MemberId> {
        let is_his = |(_, member): &(&MemberId, &Member)| member.phone == phone && member.project == project;
        self.members.iter().find(is_his).map(|(id, _)| *id)
    }

    fn write(&mut self, member: MemberId, project: ProjectId, part: &Record, now: Timestamp) -> PushResult {
        let refused = |code| PushResult { id: part.id, refused: Some(code), media: Map::new() };
        if part.check(now).is_err() {
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
        let held = self.records.entry(part.id).or_insert_with(|| Held {
            record: Record::new(part.id, &part.kind),
            author: member,
            project,
            sequence: 0,
            was_shown: false,
        });
        let before = held.record.clone();
        held.record.merge(part);
        let is_changed = held.record != before || held.sequence == 0;
        let media = self.states(part.id);
        if is_changed {
            self.touch(part.id);
        }
        PushResult { id: part.id, refused: None, media }
    }

    /// Whatever changes what a member may see gets a new sequence number.
    fn touch(&mut self, id: RecordId) {
        self.sequence += 1;
        let sequence = self.sequence;
        if let Some(held) = self.records.get_mut(&id) {
            held.sequence = sequence;
        }
        let is_shown = self.records.get(&id).is_some_and(|held| self.is_shown(held));
        if let Some(held) = self.records.get_mut(&id) {
            held.was_shown |= is_shown;
        }
    }

    fn pull(&self, member: MemberId, project: ProjectId, from: &PullFrom, now: Timestamp) -> PullReply {
        let number = |text: &String| text.parse::<u64>().unwrap_or(0);
        let mut held: Vec<&Held> = self.records.values().filter(|held| held.project == project).collect();
        held.sort_by_key(|held| held.sequence);
        let newest = held.last().map_or(0, |held| held.sequence);
        let is_newest_first = !matches!(from, PullFrom::After(_));
        match from {
            PullFrom::Newest => {}
            PullFrom::After(cursor) => held.retain(|held| held.sequence > number(cursor)),
            PullFrom::Before(older) => held.retain(|held| held.sequence < number(older)),
        }
        if is_newest_first {
            held.reverse();
        }
        let is_more = held.len() > PAGE;
        held.truncate(PAGE);
        let last = held.last().map(|held| held.sequence.to_string());
        let cursor = match (from, &last) {
            (PullFrom::After(_), Some(last)) => last.clone(),
            (PullFrom::After(cursor), None) => cursor.clone(),
            (PullFrom::Newest | PullFrom::Before(_), _) => newest.to_string(),
        };
        PullReply {
            items: held.into_iter().filter_map(|held| self.item(member, held)).collect(),
            cursor,
            more: is_more && !is_newest_first,
            older: last.filter(|_| is_more && is_newest_first),
            sequence: newest,
            restarted: false,
            server_time_ms: now.ms(),
        }
    }

    fn item(&self, member: MemberId, held: &Held) -> Option<PullItem> {
        if held.author == member {
            return Some(PullItem::Own { record: held.record.clone(), media: self.states(held.record.id) });
        }
        if self.is_shown(held) {
            let view = View {
                id: held.record.id,
                kind: held.record.kind.clone(),
                maker: Maker { id: held.author, name: String::new() },
                fields: Entry::from_record(&held.record).shown_fields(),
            };
            return Some(PullItem::View { view });
        }
        held.was_shown.then_some(PullItem::Gone { id: held.record.id })
    }

    fn is_shown(&self, held: &Held) -> bool {
        let entry = Entry::from_record(&held.record);
        held.record.kind == KIND_ENTRY
            && !held.record.erased
            && !entry.is_deleted
            && !entry.photos.is_empty()
            && self.holds(&held.record)
    }

    fn states(&self, id: RecordId) -> Map<MediaHash, MediumState> {
        let Some(held) = self.records.get(&id) else { return Map::new() };
        let state = |sha256: MediaHash| {
            let is_held = self.media.contains(&(held.project, held.author, sha256));
            (sha256, if is_held { MediumState::Shown } else { MediumState::Missing })
        };
        photos(&held.record).into_iter().map(state).collect()
    }
}

fn photos(record: &Record) -> Vec<MediaHash> {
    Entry::from_record(record).photos.iter().map(|photo| photo.sha256).collect()
}

fn membership(id: MemberId, project: ProjectId) -> Membership {
    Membership {
        project: ProjectInfo { id: project, name: String::new(), municipality: String::new() },
        member_id: id,
        role: Role::Resident,
        nickname: String::new(),
    }
}

fn device(phone: usize) -> DeviceId {
    DeviceId::from_uuid(Uuid::from_u128(u128::try_from(phone).unwrap_or_default()))
}
