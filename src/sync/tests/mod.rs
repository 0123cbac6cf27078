//! The engine, one event at a time, against a storage and a server that say what a test wants.

mod closed;
mod joins;
mod pulls;
mod runs;
mod shut_out;
mod staying;
mod uploads;
mod waits;

use domain::{
    DeviceId, EntryEdit, JoinId, MediaHash, MemberId, NodeId, ProjectId, Record, RecordId, Role, Stamp, Timestamp,
};
use protocol::{
    ErrorCode, JoinReply, JoinRequest, MAX_BATCH, MeReply, MediaReply, MediumState, Membership, ProjectInfo, PullFrom,
    PullReply, PushReply, PushResult, RemoteChange, UnfinishedUpload,
};
use uuid::Uuid;

use crate::*;

const NOW_MS: u64 = 1_750_000_000_000;

/// Plays storage and server for one engine: a snapshot to load, and answers that say yes.
struct Script {
    engine: Engine,
    snapshot: Snapshot,
    last_request: Option<RequestId>,
    now_ms: u64,
    server_ahead_ms: u64,
    unfinished: Vec<UnfinishedUpload>,
}

impl Script {
    fn new() -> Self {
        let snapshot =
            Snapshot { projects: vec![(project(1), Cursors::default())], offset_ms: Some(0), ..Snapshot::default() };
        Self {
            engine: Engine::new(1),
            snapshot,
            last_request: None,
            now_ms: NOW_MS,
            server_ahead_ms: 0,
            unfinished: Vec::new(),
        }
    }

    fn effects(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.engine.handle(event, Timestamp::from_ms(self.now_ms));
        self.last_request = sent(&effects).last().copied().or(self.last_request);
        effects
    }

    fn loaded(&mut self) -> Vec<Effect> {
        self.effects(Event::Loaded(Box::new(self.snapshot.clone())))
    }

    fn answer(&mut self, outcome: Outcome) -> Vec<Effect> {
        let id = self.last_request.expect("something was asked");
        self.answer_to(id, outcome)
    }

    fn answer_to(&mut self, id: RequestId, outcome: Outcome) -> Vec<Effect> {
        self.effects(Event::Answered(id, Box::new(outcome)))
    }

    /// Starts the engine and gives it what the storage holds.
    fn begin(&mut self) -> Vec<Effect> {
        self.effects(Event::Started);
        self.loaded()
    }

    /// Starts the engine and lets the server say who this is; what it loads next is still to come.
    fn introduce(&mut self, me: MeReply) {
        self.begin();
        self.answer(Outcome::Reply(Reply::Me(me)));
        self.effects(Event::Stored);
    }

    /// Lets a run end, then begins one that pushes these; its answer is still to come.
    fn push(&mut self, ops: Vec<Op>) -> Vec<Effect> {
        self.run(Event::Started);
        self.snapshot.ops = ops;
        self.effects(Event::ChangeQueued);
        self.loaded();
        self.effects(Event::Stored)
    }

    /// Lets a run end, then begins one that sends these; returns what is on its way.
    fn send(&mut self, uploads: Vec<Upload>) -> Vec<RequestId> {
        self.run(Event::Started);
        self.snapshot.uploads = uploads;
        self.effects(Event::SendAsked);
        sent(&self.loaded())
    }

    /// Lets so much time pass that what went ahead after a failure is followed; returns by what.
    fn follow(&mut self) -> Vec<Effect> {
        self.now_ms = self.engine.next_wakeup().expect("something went ahead").ms();
        self.effects(Event::WakeupReached)
    }

    /// Sees that the engine reads what is new, and then has nothing more to do in this run.
    fn reads_and_rests(&mut self) {
        let read = self.loaded();
        assert!(matches!(read[..], [Effect::Send(_, Request::Pull(..))]), "{read:?}");
        self.answer(Outcome::Reply(Reply::Pulled(page())));
        self.effects(Event::Stored);
        assert_eq!(self.loaded(), []);
    }

    /// Runs until the engine rests, saying yes to everything; returns what was asked.
    fn run(&mut self, event: Event) -> Vec<String> {
        let mut asked = Vec::new();
        let mut effects = self.effects(event);
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                next.extend(match effect {
                    Effect::Load => self.loaded(),
                    Effect::Persist(writes) => {
                        self.persist(&writes);
                        self.effects(Event::Stored)
                    }
                    Effect::Send(id, request) => {
                        asked.push(name_of(&request));
                        let outcome = self.yes(&request);
                        self.answer_to(id, outcome)
                    }
                });
            }
            effects = next;
        }
        assert!(self.engine.is_idle());
        asked
    }

    fn persist(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Confirmed { ops, .. } => self.snapshot.ops.retain(|op| !ops.contains(&op.id)),
                Write::Medium { sha256, .. } => self.snapshot.uploads.retain(|upload| upload.sha256 != *sha256),
                Write::Offset(_)
                | Write::Memberships(_)
                | Write::Left(_)
                | Write::ShutOut
                | Write::Replay
                | Write::Restamped { .. }
                | Write::Attempted(_)
                | Write::Joined { .. }
                | Write::JoinForgotten(_)
                | Write::JoinRefused { .. }
                | Write::SetAside { .. } => {}
                Write::Pulled { project, cursors, .. } => {
                    for (_, held) in self.snapshot.projects.iter_mut().filter(|(id, _)| id == project) {
                        held.clone_from(cursors);
                    }
                }
            }
        }
    }

    fn yes(&self, request: &Request) -> Outcome {
        let server_time_ms = NOW_MS + self.server_ahead_ms;
        Outcome::Reply(match request {
            Request::Me => Reply::Me(MeReply { unfinished: self.unfinished.clone(), ..me(server_time_ms) }),
            Request::Join(_) => Reply::Joined(JoinReply {
                device_id: DeviceId::from_uuid(Uuid::nil()),
                membership: membership(),
                server_time_ms,
            }),
            Request::Push(_, records) => {
                let kept = |record: &Record| PushResult { id: record.id, refused: None, media: domain::Map::new() };
                Reply::Pushed(PushReply { results: records.iter().map(kept).collect(), server_time_ms })
            }
            Request::AskOffset(..) => Reply::Offset(40),
            Request::Upload(_, sha256, _) => return uploaded(*sha256),
            Request::Pull(..) => Reply::Pulled(PullReply { server_time_ms, ..page() }),
        })
    }
}

fn name_of(request: &Request) -> String {
    match request {
        Request::Me => "me".to_owned(),
        Request::Join(_) => "join".to_owned(),
        Request::Push(_, records) => format!("push {}", records.len()),
        Request::AskOffset(_, sha256) => format!("ask {}", &sha256.to_string()[..2]),
        Request::Upload(_, sha256, 0) => format!("upload {}", &sha256.to_string()[..2]),
        Request::Upload(_, sha256, from) => format!("upload {} from {from}", &sha256.to_string()[..2]),
        Request::Pull(_, PullFrom::Newest) => "pull newest".to_owned(),
        Request::Pull(_, PullFrom::After(cursor)) => format!("pull after {cursor}"),
        Request::Pull(_, PullFrom::Before(older)) => format!("pull before {older}"),
    }
}

fn sent(effects: &[Effect]) -> Vec<RequestId> {
    let id = |effect: &Effect| if let Effect::Send(id, _) = effect { Some(*id) } else { None };
    effects.iter().filter_map(id).collect()
}

fn project(number: u128) -> ProjectId {
    ProjectId::from_uuid(Uuid::from_u128(number))
}

fn hash(number: u8) -> MediaHash {
    MediaHash([number; 32])
}

fn upload(number: u8, bytes: u32) -> Upload {
    Upload {
        bytes,
        project: project(1),
        sha256: hash(number),
        record: RecordId::from_uuid(Uuid::from_u128(number.into())),
    }
}

fn op(number: u64, home: ProjectId) -> Op {
    let id = RecordId::from_uuid(Uuid::from_u128(number.into()));
    let stamp = Stamp { at: Timestamp::from_ms(NOW_MS), count: u16::try_from(number).unwrap(), node: NodeId(1) };
    let edit = EntryEdit { story: Some("Dag".to_owned()), ..EntryEdit::default() };
    Op {
        id: OpId(number),
        home: Home::Project(home),
        record: edit.into_record(id, stamp),
        offset_ms: Some(0),
        is_attempted: false,
        set_aside: None,
    }
}

fn join() -> PendingJoin {
    PendingJoin {
        join_id: JoinId::from_uuid(Uuid::from_u128(5)),
        code: "BUURT2".parse().unwrap(),
        nickname: String::new(),
        consent: Record::new(RecordId::from_uuid(Uuid::from_u128(6)), "consent"),
        offset_ms: Some(0),
        refused: None,
        answered: None,
        made: Timestamp::from_ms(NOW_MS),
        audience: None,
    }
}

fn join_request() -> JoinRequest {
    let PendingJoin { join_id, code, nickname, consent, .. } = join();
    JoinRequest { join_id, code, nickname, consent }
}

fn membership() -> Membership {
    Membership {
        project: ProjectInfo { id: project(1), name: String::new(), municipality: String::new() },
        member_id: MemberId::from_uuid(Uuid::nil()),
        role: Role::Resident,
        nickname: String::new(),
    }
}

fn me(server_time_ms: u64) -> MeReply {
    MeReply {
        device_id: Some(DeviceId::from_uuid(Uuid::nil())),
        memberships: vec![membership()],
        unfinished: Vec::new(),
        server_time_ms,
    }
}

/// A page that is the only one.
fn page() -> PullReply {
    PullReply {
        items: Vec::new(),
        cursor: "e.1".to_owned(),
        more: false,
        older: None,
        sequence: 1,
        restarted: false,
        server_time_ms: NOW_MS,
    }
}

fn medium(number: u8, state: MediumState) -> Write {
    Write::Medium { records: vec![upload(number, 1).record], sha256: hash(number), state }
}

fn uploaded(sha256: MediaHash) -> Outcome {
    Outcome::Reply(Reply::Uploaded(MediaReply { sha256, bytes: 1, server_time_ms: NOW_MS }))
}

fn refused(code: ErrorCode, retry_after_ms: Option<u64>) -> Outcome {
    Outcome::Refused { code, retry_after_ms, server_time_ms: NOW_MS }
}
