//! Media on their way, also those that broke off.

use domain::{EntryEdit, PhotoRef, VoiceKind, VoiceRef};

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
fn something_new_goes_before_the_rest_of_the_media_and_a_look_at_the_screen_does_not() {
    for (event, follows) in [(Event::BecameVisible, 1), (Event::ChangeQueued, 0)] {
        let mut script = Script::new();
        let ids = script.send((1..=5).map(|n| upload(n, 1)).collect());
        assert_eq!(script.effects(event.clone()), []);
        assert_eq!(sent(&script.answer_to(ids[0], uploaded(hash(1)))).len(), follows, "{event:?}");
    }
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

/// Begins a run in which all that travels breaks off, and then another; returns what that asks.
fn after_a_cut(script: &mut Script, media: u8) -> Vec<Effect> {
    let ids = script.send((1..=media).map(|n| upload(n, 100)).collect());
    fails(script, &ids);
    tries_again(script)
}

fn fails(script: &mut Script, ids: &[RequestId]) {
    for id in ids {
        script.answer_to(*id, Outcome::Unreachable);
    }
    assert!(script.engine.is_idle());
}

fn tries_again(script: &mut Script) -> Vec<Effect> {
    script.effects(Event::BecameVisible);
    script.loaded()
}

fn names_of(effects: &[Effect]) -> Vec<String> {
    let name = |effect: &Effect| if let Effect::Send(_, request) = effect { Some(name_of(request)) } else { None };
    effects.iter().filter_map(name).collect()
}

#[test]
fn after_a_failure_a_question_goes_ahead_and_something_fresh_follows_while_it_travels() {
    let mut script = Script::new();
    let asked = after_a_cut(&mut script, 6);
    assert_eq!(names_of(&asked), ["ask 01"]);
    assert_eq!(script.engine.up_next(), Some(hash(5)), "its bytes can be there");
    assert_eq!(names_of(&script.follow()), ["upload 05"]);
    assert_eq!(script.engine.next_wakeup(), None);
    let answered = script.answer_to(sent(&asked)[0], Outcome::Reply(Reply::Offset(40)));
    assert_eq!(names_of(&answered), ["upload 01 from 40", "ask 02", "ask 03"]);
}

#[test]
fn where_nothing_fresh_is_left_another_question_follows() {
    let mut script = Script::new();
    let asked = after_a_cut(&mut script, 4);
    assert_eq!(names_of(&script.follow()), ["ask 02"]);
    let answered = script.answer_to(sent(&asked)[0], Outcome::Reply(Reply::Offset(40)));
    assert_eq!(names_of(&answered), ["upload 01 from 40", "ask 03", "ask 04"]);
}

#[test]
fn what_goes_ahead_and_fails_at_once_leaves_the_fresh_ones_fresh() {
    let mut script = Script::new();
    let mut asked = after_a_cut(&mut script, 6);
    for _ in 0..5 {
        assert_eq!(names_of(&asked), ["ask 01"]);
        fails(&mut script, &sent(&asked));
        asked = tries_again(&mut script);
    }
    assert_eq!(names_of(&script.follow()), ["upload 05"]);
}

#[test]
fn a_network_that_swallows_all_makes_no_more_begin_than_the_server_keeps() {
    let mut script = Script::new();
    let mut ids = sent(&after_a_cut(&mut script, 30));
    for _ in 0..15 {
        ids.extend(sent(&script.follow()));
        fails(&mut script, &ids);
        ids = sent(&tries_again(&mut script));
    }
    fails(&mut script, &ids);
    script.now_ms = NOW_MS;
    let asked = script.run(Event::SendAsked);
    assert_eq!(asked.iter().filter(|request| request.starts_with("ask")).count(), 13);
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

#[test]
fn an_entry_is_received_once_its_voice_note_is_held_too() {
    let photo = PhotoRef { sha256: hash(1), width: 4, height: 3, bytes: 5 };
    let voice = VoiceRef { sha256: hash(2), kind: VoiceKind::WebmOpus, bytes: 9, ms: 1_000 };
    let edit = EntryEdit { photos: Some(vec![photo]), voice: Some(Some(voice)), ..EntryEdit::default() };
    let words = op(1, project(1)).record;
    let record = edit.into_record(words.id, words.newest_stamp().unwrap());
    let mut own = OwnRecord { record, ..OwnRecord::new(words.id, &words.kind, Home::Project(project(1))) };
    let wanted: Vec<_> = uploads_of(&own).iter().map(|upload| (upload.sha256, upload.bytes)).collect();
    assert_eq!(wanted, [(hash(1), 5), (hash(2), 9)]);
    own.media.insert(hash(1), MediumState::Held);
    let then = progress(&own, false);
    assert_eq!((then.is_received(), then.held, then.total, then.photos_missing), (false, 2, 3, 0));
    own.media.insert(hash(2), MediumState::Held);
    assert!(progress(&own, false).is_received());
    assert_eq!(uploads_of(&own), []);
}
