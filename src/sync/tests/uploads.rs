//! Media on their way, also those that broke off.

use super::*;

#[test]
fn at_most_four_media_travel_at_a_time() {
    let mut script = Script::new();
    let ids = script.send((1..=9).map(|n| upload(n, 1)).collect());
    assert_eq!(ids.len(), 4);
}

#[test]
fn what_travels_next_is_told_so_that_its_bytes_can_be_there() {
    let mut script = Script::new();
    let ids = script.send((1..=5).map(|n| upload(n, 1)).collect());
    assert_eq!(script.engine.up_next(), Some(hash(5)));
    script.answer_to(ids[0], uploaded(hash(1)));
    assert_eq!(script.engine.up_next(), None);
}

#[test]
fn a_poisoned_medium_is_set_aside_and_the_rest_goes_on() {
    let mut script = Script::new();
    let ids = script.send(vec![upload(1, 1), upload(2, 2)]);
    let poisoned = script.answer_to(ids[0], refused(ErrorCode::BrokenImage, None));
    assert_eq!(poisoned, [Effect::Persist(vec![medium(1, MediumState::SetAside { code: ErrorCode::BrokenImage })])]);
    // What comes in while a transaction is under way goes together in the next one.
    assert_eq!(script.answer_to(ids[1], uploaded(hash(2))), []);
    assert_eq!(script.effects(Event::Stored), [Effect::Persist(vec![medium(2, MediumState::Held)])]);
}

#[test]
fn a_reply_about_other_bytes_confirms_nothing() {
    let mut script = Script::new();
    let ids = script.send(vec![upload(1, 1)]);
    assert_eq!(script.answer_to(ids[0], uploaded(hash(2))), []);
    assert!(script.engine.is_idle() && script.engine.next_wakeup().is_some());
}

#[test]
fn an_upload_that_broke_off_goes_on_where_the_server_says() {
    let mut script = Script::new();
    script.send(vec![upload(1, 100)]);
    script.answer(Outcome::Unreachable);
    assert_eq!(script.run(Event::WentOnline), ["ask 01", "upload 01 from 40", "pull after e.1"]);
}

#[test]
fn what_broke_off_and_is_not_unfinished_is_still_asked_for() {
    let mut script = Script::new();
    script.send(vec![upload(1, 100)]);
    script.answer(Outcome::Unreachable);
    // The clock is read again, and with it what is unfinished: nothing.
    script.now_ms += 3_600_000;
    script.snapshot.offset_ms = Some(-3_600_000);
    assert_eq!(script.run(Event::WentOnline), ["me", "ask 01", "upload 01 from 40", "pull after e.1"]);
}

#[test]
fn an_upload_whose_end_could_not_be_stored_does_not_travel_again() {
    let mut script = Script::new();
    script.send(vec![upload(1, 1)]);
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
    script.send(vec![upload(1, 100)]);
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
        script.send(vec![upload(1, 100)]);
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
    let other = RecordId::from_uuid(Uuid::from_u128(9));
    let ids = script.send(vec![upload(1, 1), Upload { record: other, ..upload(1, 1) }]);
    assert_eq!(ids.len(), 1);
    let stored = script.answer(uploaded(hash(1)));
    let both = Write::Medium { records: vec![upload(1, 1).record, other], sha256: hash(1), state: MediumState::Held };
    assert_eq!(stored, [Effect::Persist(vec![both])]);
}

#[test]
fn a_storage_that_fails_leaves_what_is_in_flight_to_be_asked_for() {
    let mut script = Script::new();
    let ids = script.send(vec![upload(1, 1), upload(2, 2)]);
    script.answer_to(ids[0], uploaded(hash(1)));
    script.effects(Event::StorageFailed);
    assert!(script.engine.is_idle() && script.engine.next_wakeup().is_some());
    // Of the first, too, it is not known whether it was stored that it arrived.
    let asked = script.run(Event::SendAsked);
    assert_eq!(asked, ["ask 01", "ask 02", "upload 01 from 40", "upload 02 from 40", "pull after e.1"]);
}
