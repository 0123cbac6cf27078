use domain::{
    DeviceId, EntryEdit, JoinId, MediaHash, MemberId, NodeId, ProjectId, Record, RecordId, Role, Stamp, Timestamp,
};
use protocol::{
    ErrorCode, JoinReply, MeReply, MediaReply, MediumState, Membership, ProjectInfo, PullReply, PushReply, PushResult,
};
use uuid::Uuid;

use crate::*;

const NOW_MS: u64 = 1_750_000_000_000;

#[test]
fn a_run_asks_who_then_pushes_then_uploads_then_pulls() {
    let mut script = Script::new();
    script.snapshot.ops = vec![op(1, project(1))];
    let requests = script.run(Event::Started);
    assert_eq!(requests, ["me", "push 1", "pull"]);
    script.snapshot.uploads = vec![upload(1, 900), upload(2, 100)];
    // Small first, and who we are is known by now.
    assert_eq!(script.run(Event::ChangeQueued), ["upload 02", "upload 01", "pull"]);
    assert_eq!(script.engine.next_wakeup(), None);
}

#[test]
fn at_most_four_media_travel_at_a_time() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = (1..=9).map(|n| upload(n, 1)).collect();
    script.effects(Event::SendAsked);
    let effects = script.loaded();
    assert_eq!(effects.iter().filter(|effect| matches!(effect, Effect::Send(..))).count(), 4);
}

#[test]
fn a_start_an_online_event_and_a_tap_try_at_once_whatever_the_backoff() {
    for event in [Event::WentOnline, Event::SendAsked, Event::Started] {
        let mut script = Script::new();
        script.effects(Event::Started);
        script.loaded();
        for _ in 0..8 {
            script.answer(Outcome::Unreachable);
            script.effects(Event::BecameVisible);
            script.loaded();
        }
        script.answer(Outcome::Unreachable);
        assert!(script.engine.next_wakeup().unwrap().ms() > NOW_MS + 60_000, "it waits long by now");
        assert_eq!(script.effects(event.clone()), [Effect::Load], "{event:?}");
    }
}

#[test]
fn a_wakeup_that_comes_early_does_nothing() {
    let mut script = Script::new();
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Unreachable);
    assert_eq!(script.effects(Event::WakeupReached), []);
}

#[test]
fn the_servers_wish_to_wait_is_honoured() {
    let mut script = Script::new();
    script.effects(Event::Started);
    script.loaded();
    script.answer(refused(ErrorCode::Busy, Some(600_000)));
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 600_000);
    assert_eq!(script.engine.problem(), Some(ErrorCode::Busy));
}

#[test]
fn a_poisoned_medium_is_set_aside_and_the_rest_goes_on() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1), upload(2, 2)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    let poisoned = script.answer_to(ids[0], refused(ErrorCode::BrokenImage, None));
    let state = MediumState::SetAside { code: ErrorCode::BrokenImage };
    let expected = Write::Medium { project: project(1), sha256: hash(1), state };
    assert_eq!(poisoned, [Effect::Persist(vec![expected])]);
    let held = script.answer_to(ids[1], uploaded(hash(2)));
    assert!(
        matches!(&held[..], [Effect::Persist(writes)] if matches!(writes[..], [Write::Medium { state: MediumState::Held, .. }]))
    );
}

#[test]
fn a_reply_about_other_bytes_confirms_nothing() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    assert_eq!(script.answer_to(ids[0], uploaded(hash(2))), []);
    assert!(script.engine.is_idle() && script.engine.next_wakeup().is_some());
}

#[test]
fn a_batch_refused_as_a_whole_goes_one_by_one() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.ops = vec![op(1, project(1)), op(2, project(1))];
    script.effects(Event::ChangeQueued);
    script.loaded();
    script.effects(Event::Stored);
    assert_eq!(script.answer(refused(ErrorCode::BadRequest, None)), [Effect::Load]);
    script.loaded();
    let effects = script.effects(Event::Stored);
    assert!(matches!(&effects[..], [Effect::Send(_, Request::Push(_, records))] if records.len() == 1));
}

#[test]
fn a_project_that_takes_nothing_leaves_the_others_going() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), None), (project(2), None)];
    script.run(Event::Started);
    script.snapshot.ops = vec![op(1, project(1)), op(2, project(2))];
    script.effects(Event::ChangeQueued);
    script.loaded();
    script.effects(Event::Stored);
    assert_eq!(script.answer(refused(ErrorCode::NotMember, None)), [Effect::Load]);
    script.loaded();
    let effects = script.effects(Event::Stored);
    assert!(matches!(effects[..], [Effect::Send(_, Request::Push(to, _))] if to == project(2)));
}

#[test]
fn stamps_are_corrected_before_the_first_sending() {
    let mut script = Script::new();
    script.server_ahead_ms = 172_800_000;
    script.snapshot.ops = vec![Op { offset_ms: None, ..op(1, project(1)) }];
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Reply(Reply::Me(me(NOW_MS + script.server_ahead_ms))));
    script.effects(Event::Stored);
    assert_eq!(script.loaded(), [Effect::Persist(vec![Write::Offset(172_800_000)])]);
    script.snapshot.offset_ms = Some(172_800_000);
    script.effects(Event::Stored);
    let effects = script.loaded();
    let [Effect::Persist(writes)] = &effects[..] else { panic!("{effects:?}") };
    let [Write::Restamped { ops, .. }] = &writes[..] else { panic!("{writes:?}") };
    assert_eq!(ops[0].record.newest_stamp().unwrap().at.ms(), NOW_MS + 172_800_000);
}

#[test]
fn a_join_that_is_refused_is_not_asked_again_and_stops_nothing() {
    let mut script = Script::new();
    script.snapshot.joins = vec![join()];
    script.effects(Event::Started);
    script.loaded();
    script.answer(refused(ErrorCode::UnknownDevice, None));
    script.loaded();
    let effects = script.answer(refused(ErrorCode::UnknownCode, None));
    let expected = Write::JoinRefused { join_id: join().join_id, code: ErrorCode::UnknownCode };
    assert_eq!(effects, [Effect::Persist(vec![expected])]);
}

#[test]
fn a_phone_that_lost_its_token_gets_it_back_by_the_join_it_kept() {
    let mut script = Script::new();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    script.effects(Event::Started);
    script.loaded();
    let nobody = MeReply { device_id: None, memberships: Vec::new(), server_time_ms: NOW_MS };
    script.answer(Outcome::Reply(Reply::Me(nobody)));
    script.effects(Event::Stored);
    let effects = script.loaded();
    assert!(matches!(&effects[..], [Effect::Send(_, Request::Join(again))] if again.join_id == join().join_id));
    // One that the server does not take any more is forgotten, and the person is told.
    script.answer(refused(ErrorCode::UnknownCode, None));
    script.snapshot.answered_joins.clear();
    script.effects(Event::Stored);
    script.loaded();
    assert_eq!(script.engine.problem(), Some(ErrorCode::UnknownDevice));
}

/// Plays storage and server for one engine: a snapshot to load, and answers that say yes.
struct Script {
    engine: Engine,
    snapshot: Snapshot,
    last_request: Option<RequestId>,
    server_ahead_ms: u64,
}

impl Script {
    fn new() -> Self {
        let snapshot = Snapshot { projects: vec![(project(1), None)], offset_ms: Some(0), ..Snapshot::default() };
        Self { engine: Engine::new(1), snapshot, last_request: None, server_ahead_ms: 0 }
    }

    fn effects(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.engine.handle(event, Timestamp::from_ms(NOW_MS));
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
                | Write::Restamped { .. }
                | Write::Attempted(_)
                | Write::Joined { .. }
                | Write::JoinForgotten(_)
                | Write::JoinRefused { .. }
                | Write::SetAside { .. }
                | Write::Pulled { .. } => {}
            }
        }
    }

    fn yes(&self, request: &Request) -> Outcome {
        let server_time_ms = NOW_MS + self.server_ahead_ms;
        Outcome::Reply(match request {
            Request::Me => Reply::Me(me(server_time_ms)),
            Request::Join(_) => Reply::Joined(JoinReply {
                device_id: DeviceId::from_uuid(Uuid::nil()),
                membership: membership(),
                server_time_ms,
            }),
            Request::Push(_, records) => {
                let kept = |record: &Record| PushResult { id: record.id, refused: None, media: domain::Map::new() };
                Reply::Pushed(PushReply { results: records.iter().map(kept).collect(), server_time_ms })
            }
            Request::Upload(_, sha256) => return uploaded(*sha256),
            Request::Pull(..) => Reply::Pulled(PullReply {
                items: Vec::new(),
                cursor: "e.1".to_owned(),
                more: false,
                restarted: false,
                server_time_ms,
            }),
        })
    }
}

fn name_of(request: &Request) -> String {
    match request {
        Request::Me => "me".to_owned(),
        Request::Join(_) => "join".to_owned(),
        Request::Push(_, records) => format!("push {}", records.len()),
        Request::Upload(_, sha256) => format!("upload {}", &sha256.to_string()[..2]),
        Request::Pull(..) => "pull".to_owned(),
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
    }
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
    MeReply { device_id: Some(DeviceId::from_uuid(Uuid::nil())), memberships: vec![membership()], server_time_ms }
}

fn uploaded(sha256: MediaHash) -> Outcome {
    Outcome::Reply(Reply::Uploaded(MediaReply { sha256, bytes: 1, server_time_ms: NOW_MS }))
}

fn refused(code: ErrorCode, retry_after_ms: Option<u64>) -> Outcome {
    Outcome::Refused { code, retry_after_ms, server_time_ms: NOW_MS }
}
