use domain::{
    DeviceId, EntryEdit, JoinId, MediaHash, MemberId, NodeId, ProjectId, Record, RecordId, Role, Stamp, Timestamp,
};
use protocol::{
    ErrorCode, JoinReply, JoinRequest, MeReply, MediaReply, MediumState, Membership, ProjectInfo, PullFrom, PullReply,
    PushReply, PushResult, RemoteChange, UnfinishedUpload,
};
use uuid::Uuid;

use crate::*;

const NOW_MS: u64 = 1_750_000_000_000;

#[test]
fn a_run_asks_who_then_pushes_then_uploads_then_pulls() {
    let mut script = Script::new();
    script.snapshot.ops = vec![op(1, project(1))];
    let requests = script.run(Event::Started);
    assert_eq!(requests, ["me", "push 1", "pull newest"]);
    script.snapshot.uploads = vec![upload(1, 900), upload(2, 100)];
    // Small first, and who we are is known by now.
    assert_eq!(script.run(Event::ChangeQueued), ["upload 02", "upload 01", "pull after e.1"]);
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
        assert!(script.engine.next_wakeup().unwrap().ms() > NOW_MS + 10_000, "it waits long by now");
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
fn of_several_uploads_that_fail_the_longest_wait_counts() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1), upload(2, 2)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    script.answer_to(ids[0], refused(ErrorCode::Busy, Some(600_000)));
    script.answer_to(ids[1], Outcome::Unreachable);
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 600_000);
    assert_eq!(script.engine.problem(), Some(ErrorCode::Busy));
}

#[test]
fn a_storage_that_fails_takes_no_wait_back() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1), upload(2, 2)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    script.answer_to(ids[0], uploaded(hash(1)));
    script.answer_to(ids[1], refused(ErrorCode::Busy, Some(600_000)));
    script.effects(Event::StorageFailed);
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 600_000);
}

#[test]
fn a_change_told_of_while_waiting_waits_too() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.effects(Event::SendAsked);
    script.loaded();
    script.answer(refused(ErrorCode::Busy, Some(600_000)));
    let change = RemoteChange { project: project(1), sequence: 8 };
    assert_eq!(script.effects(Event::RemoteChanged(change)), []);
    assert!(script.engine.next_wakeup().is_some());
}

#[test]
fn a_clock_that_was_set_back_makes_no_wait_longer() {
    let mut script = Script::new();
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Unreachable);
    let set_back = Timestamp::from_ms(NOW_MS - 86_400_000);
    assert_eq!(script.engine.handle(Event::WakeupReached, set_back), [Effect::Load]);
}

#[test]
fn a_closed_project_is_still_read_and_asked_again_later() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.ops = vec![op(1, project(1))];
    script.effects(Event::ChangeQueued);
    script.loaded();
    script.effects(Event::Stored);
    script.answer(refused(ErrorCode::ProjectClosed, None));
    let read = script.loaded();
    assert!(matches!(read[..], [Effect::Send(_, Request::Pull(..))]), "{read:?}");
    script.answer(Outcome::Reply(Reply::Pulled(page())));
    script.effects(Event::Stored);
    assert_eq!(script.loaded(), []);
    assert_eq!(script.engine.problem(), Some(ErrorCode::ProjectClosed));
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 60_000);
}

#[test]
fn a_project_that_hands_nothing_out_is_not_asked_in_circles() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors { newest: None, older: Some("e.3".to_owned()) })];
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
    script.effects(Event::Stored);
    script.loaded();
    assert_eq!(script.answer(refused(ErrorCode::ProjectClosed, None)), [Effect::Load]);
    assert_eq!(script.loaded(), []);
    assert!(script.engine.is_idle());
}

#[test]
fn a_poisoned_medium_is_set_aside_and_the_rest_goes_on() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1), upload(2, 2)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    let poisoned = script.answer_to(ids[0], refused(ErrorCode::BrokenImage, None));
    assert_eq!(poisoned, [Effect::Persist(vec![medium(1, MediumState::SetAside { code: ErrorCode::BrokenImage })])]);
    // What comes in while a transaction is under way goes together in the next one.
    assert_eq!(script.answer_to(ids[1], uploaded(hash(2))), []);
    assert_eq!(script.effects(Event::Stored), [Effect::Persist(vec![medium(2, MediumState::Held)])]);
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
    script.snapshot.projects = vec![(project(1), Cursors::default()), (project(2), Cursors::default())];
    script.run(Event::Started);
    script.snapshot.ops = vec![op(1, project(1)), op(2, project(2))];
    script.effects(Event::ChangeQueued);
    script.loaded();
    script.effects(Event::Stored);
    assert_eq!(script.answer(refused(ErrorCode::ProjectClosed, None)), [Effect::Load]);
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
    let nobody = MeReply { device_id: None, ..me(NOW_MS) };
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

#[test]
fn a_token_that_could_not_be_brought_back_is_asked_for_again_before_another_join() {
    let mut script = Script::new();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    let waiting = PendingJoin { join_id: JoinId::from_uuid(Uuid::from_u128(7)), ..join() };
    script.snapshot.joins = vec![waiting];
    let nobody = || Outcome::Reply(Reply::Me(MeReply { device_id: None, ..me(NOW_MS) }));
    script.effects(Event::Started);
    script.loaded();
    script.answer(nobody());
    script.effects(Event::Stored);
    script.loaded();
    // The join that would bring it back fails, also when the server says its time.
    script.answer(refused(ErrorCode::Busy, None));
    script.effects(Event::SendAsked);
    let asked = script.loaded();
    assert!(matches!(asked[..], [Effect::Send(_, Request::Me)]), "{asked:?}");
    script.answer(nobody());
    script.effects(Event::Stored);
    let effects = script.loaded();
    assert!(matches!(&effects[..], [Effect::Send(_, Request::Join(again))] if again.join_id == join().join_id));
}

#[test]
fn who_got_his_token_back_hears_which_uploads_broke_off() {
    let mut script = Script::new();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    script.snapshot.uploads = vec![upload(1, 100)];
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Reply(Reply::Me(MeReply { device_id: None, ..me(NOW_MS) })));
    script.effects(Event::Stored);
    script.loaded();
    script.answer(script.yes(&Request::Join(Box::new(join_request()))));
    script.effects(Event::Stored);
    let asked = script.loaded();
    assert!(matches!(asked[..], [Effect::Send(_, Request::Me)]), "{asked:?}");
}

#[test]
fn an_upload_that_broke_off_goes_on_where_the_server_says() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 100)];
    script.effects(Event::SendAsked);
    script.loaded();
    script.answer(Outcome::Unreachable);
    assert_eq!(script.run(Event::WentOnline), ["ask 01", "upload 01 from 40", "pull after e.1"]);
}

#[test]
fn what_broke_off_and_is_not_unfinished_is_still_asked_for() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 100)];
    script.effects(Event::SendAsked);
    script.loaded();
    script.answer(Outcome::Unreachable);
    // The clock is read again, and with it what is unfinished: nothing.
    script.now_ms += 3_600_000;
    script.snapshot.offset_ms = Some(-3_600_000);
    assert_eq!(script.run(Event::WentOnline), ["me", "ask 01", "upload 01 from 40", "pull after e.1"]);
}

#[test]
fn an_upload_whose_end_could_not_be_stored_does_not_travel_again() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1)];
    script.effects(Event::SendAsked);
    script.loaded();
    script.answer(uploaded(hash(1)));
    script.effects(Event::StorageFailed);
    assert_eq!(script.run(Event::SendAsked), ["ask 01", "upload 01 from 40", "pull after e.1"]);
}

#[test]
fn what_a_dead_engine_began_is_gone_on_with_without_asking() {
    let mut script = Script::new();
    script.unfinished = vec![UnfinishedUpload { project: project(1), sha256: hash(1), offset: 70 }];
    script.snapshot.uploads = vec![upload(1, 100), upload(2, 200)];
    assert_eq!(script.run(Event::Started), ["me", "upload 01 from 70", "upload 02", "pull newest"]);
}

#[test]
fn a_server_that_objects_twice_to_the_offset_gets_the_whole() {
    let mut script = Script::new();
    script.unfinished = vec![UnfinishedUpload { project: project(1), sha256: hash(1), offset: 70 }];
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 100)];
    script.effects(Event::SendAsked);
    script.loaded();
    let asked = script.answer(refused(ErrorCode::UploadOffset, None));
    assert!(matches!(asked[..], [Effect::Send(_, Request::AskOffset(..))]), "{asked:?}");
    let again = script.answer(Outcome::Reply(Reply::Offset(30)));
    assert!(matches!(again[..], [Effect::Send(_, Request::Upload(_, _, 30))]), "{again:?}");
    let whole = script.answer(refused(ErrorCode::UploadOffset, None));
    assert!(matches!(whole[..], [Effect::Send(_, Request::Upload(_, _, 0))]), "{whole:?}");
}

#[test]
fn a_beginning_that_was_spoilt_or_that_an_old_server_does_not_know_is_sent_whole_instead_of_set_aside() {
    for code in [ErrorCode::HashMismatch, ErrorCode::MethodNotAllowed, ErrorCode::NotFound, ErrorCode::BadRequest] {
        let mut script = Script::new();
        script.unfinished = vec![UnfinishedUpload { project: project(1), sha256: hash(1), offset: 70 }];
        script.run(Event::Started);
        script.snapshot.uploads = vec![upload(1, 100)];
        script.effects(Event::SendAsked);
        script.loaded();
        let whole = script.answer(refused(code, None));
        assert!(matches!(whole[..], [Effect::Send(_, Request::Upload(_, _, 0))]), "{code:?}: {whole:?}");
        let set_aside = script.answer(refused(ErrorCode::HashMismatch, None));
        let state = MediumState::SetAside { code: ErrorCode::HashMismatch };
        assert_eq!(set_aside, [Effect::Persist(vec![medium(1, state)])]);
    }
}

#[test]
fn a_medium_of_two_entries_travels_once() {
    let mut script = Script::new();
    script.run(Event::Started);
    let other = RecordId::from_uuid(Uuid::from_u128(9));
    script.snapshot.uploads = vec![upload(1, 1), Upload { record: other, ..upload(1, 1) }];
    script.effects(Event::SendAsked);
    assert_eq!(sent(&script.loaded()).len(), 1);
    let stored = script.answer(uploaded(hash(1)));
    let both = Write::Medium { records: vec![upload(1, 1).record, other], sha256: hash(1), state: MediumState::Held };
    assert_eq!(stored, [Effect::Persist(vec![both])]);
}

#[test]
fn a_storage_that_fails_leaves_what_is_in_flight_to_be_asked_for() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = vec![upload(1, 1), upload(2, 2)];
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    script.answer_to(ids[0], uploaded(hash(1)));
    script.effects(Event::StorageFailed);
    assert!(script.engine.is_idle() && script.engine.next_wakeup().is_some());
    // Of the first, too, it is not known whether it was stored that it arrived.
    let asked = script.run(Event::SendAsked);
    assert_eq!(asked, ["ask 01", "ask 02", "upload 01 from 40", "upload 02 from 40", "pull after e.1"]);
}

#[test]
fn the_newest_of_all_projects_comes_before_anything_older() {
    let mut script = Script::new();
    let held = Cursors { newest: Some("e.5".to_owned()), older: Some("e.3".to_owned()) };
    script.snapshot.projects = vec![(project(1), held), (project(2), Cursors::default())];
    assert_eq!(script.run(Event::Started), ["me", "pull after e.5", "pull newest", "pull before e.3"]);
}

#[test]
fn pages_of_older_records_begin_anew_with_a_server_that_does_not_know_them() {
    let asked = || {
        let mut script = Script::new();
        let held = Cursors { newest: Some("e.5".to_owned()), older: Some("e.3".to_owned()) };
        script.snapshot.projects = vec![(project(1), held)];
        script.effects(Event::Started);
        script.loaded();
        script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
        script.effects(Event::Stored);
        script.loaded();
        script.answer(Outcome::Reply(Reply::Pulled(page())));
        script.effects(Event::Stored);
        script.loaded();
        script
    };
    let newest = PullReply { cursor: "f.9".to_owned(), older: Some("f.7".to_owned()), restarted: true, ..page() };
    let first_version = PullReply { cursor: "e.2".to_owned(), more: true, sequence: 0, ..page() };
    for reply in [newest, first_version] {
        let cursors = Cursors { newest: Some(reply.cursor.clone()), older: reply.older.clone() };
        let effects = asked().answer(Outcome::Reply(Reply::Pulled(reply)));
        let [Effect::Persist(writes)] = &effects[..] else { panic!("{effects:?}") };
        assert!(matches!(&writes[..], [Write::Pulled { cursors: then, .. }] if *then == cursors), "{writes:?}");
    }
}

#[test]
fn a_change_told_of_pulls_that_project_alone_and_one_that_is_known_nothing() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors::default()), (project(2), Cursors::default())];
    script.run(Event::Started);
    assert!(script.engine.wants_events());
    assert_eq!(script.run(Event::RemoteChanged(RemoteChange { project: project(2), sequence: 8 })), ["pull after e.1"]);
    assert_eq!(script.effects(Event::RemoteChanged(RemoteChange { project: project(1), sequence: 1 })), []);
}

#[test]
fn a_change_told_of_leaves_the_uploads_going() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.uploads = (1..=6).map(|n| upload(n, 1)).collect();
    script.effects(Event::SendAsked);
    let ids = sent(&script.loaded());
    assert_eq!(script.effects(Event::RemoteChanged(RemoteChange { project: project(1), sequence: 8 })), []);
    let next = script.answer_to(ids[0], uploaded(hash(1)));
    assert!(matches!(next[..], [Effect::Persist(_), Effect::Send(_, Request::Upload(..))]), "{next:?}");
}

#[test]
fn a_change_told_of_during_its_pull_is_pulled_too() {
    let mut script = Script::new();
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
    script.effects(Event::Stored);
    script.loaded();
    assert_eq!(script.effects(Event::RemoteChanged(RemoteChange { project: project(1), sequence: 8 })), []);
    script.answer(Outcome::Reply(Reply::Pulled(page())));
    script.effects(Event::Stored);
    let again = script.loaded();
    assert!(matches!(again[..], [Effect::Send(_, Request::Pull(..))]), "{again:?}");
}

#[test]
fn a_membership_that_ended_is_left_and_the_rest_goes_on() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors::default()), (project(2), Cursors::default())];
    script.effects(Event::Started);
    script.loaded();
    // The server knows of the first alone.
    let stored = script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
    assert_eq!(stored, [Effect::Persist(vec![Write::Left(project(2)), Write::Memberships(vec![membership()])])]);
    script.snapshot.projects.pop();
    script.effects(Event::Stored);
    script.loaded();
    let left = script.answer(refused(ErrorCode::NotMember, None));
    assert_eq!(left, [Effect::Persist(vec![Write::Left(project(1))])]);
}

#[test]
fn who_joins_again_in_the_run_that_told_him_that_he_was_out_goes_on_at_once() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.ops = vec![op(1, project(1))];
    script.effects(Event::ChangeQueued);
    script.loaded();
    script.effects(Event::Stored);
    script.answer(refused(ErrorCode::NotMember, None));
    script.snapshot.ops.clear();
    script.snapshot.projects.clear();
    script.snapshot.joins = vec![join()];
    script.effects(Event::Stored);
    script.loaded();
    script.answer(script.yes(&Request::Join(Box::new(join_request()))));
    script.snapshot.joins.clear();
    script.snapshot.projects = vec![(project(1), Cursors::default())];
    script.snapshot.ops = vec![op(1, project(1))];
    script.effects(Event::Stored);
    script.loaded();
    let again = script.effects(Event::Stored);
    assert!(matches!(again[..], [Effect::Send(_, Request::Push(..))]), "{again:?}");
}

#[test]
fn what_an_older_version_parked_is_taken_in_before_anything_newer() {
    let mut script = Script::new();
    script.snapshot.is_replay_due = true;
    script.effects(Event::Started);
    script.loaded();
    script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
    script.effects(Event::Stored);
    assert_eq!(script.loaded(), [Effect::Persist(vec![Write::Replay])]);
}

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
