//! How long the engine waits after a failure, and what makes it try at once.

use super::*;

#[test]
fn a_start_an_online_event_and_a_tap_try_at_once_whatever_the_backoff() {
    for event in [Event::WentOnline, Event::SendAsked, Event::Started] {
        let mut script = Script::new();
        script.begin();
        for _ in 0..15 {
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
fn what_comes_through_between_two_cuts_makes_the_waits_short_again() {
    let mut script = Script::new();
    let mut ids = script.send(vec![upload(1, 1), upload(2, 2)]);
    for _ in 0..15 {
        for id in ids {
            script.answer_to(id, Outcome::Unreachable);
        }
        script.effects(Event::BecameVisible);
        ids = sent(&script.loaded());
    }
    ids.extend(sent(&script.follow()));
    script.answer_to(ids[1], Outcome::Unreachable);
    let upload = sent(&script.answer_to(ids[0], Outcome::Reply(Reply::Offset(0))));
    assert_eq!(upload, [], "the run ends once what is in flight has come in");
    assert!(script.engine.next_wakeup().unwrap().ms() > NOW_MS + 10_000, "it waits long by now");

    script.effects(Event::BecameVisible);
    ids = sent(&script.loaded());
    ids = sent(&script.answer_to(ids[0], Outcome::Reply(Reply::Offset(0))));
    script.answer_to(ids[0], uploaded(hash(1)));
    script.answer_to(ids[1], Outcome::Unreachable);
    script.effects(Event::Stored);
    assert!(script.engine.next_wakeup().unwrap().ms() <= script.now_ms + 600);
}

#[test]
fn a_wakeup_that_comes_early_does_nothing() {
    let mut script = Script::new();
    script.begin();
    script.answer(Outcome::Unreachable);
    assert_eq!(script.effects(Event::WakeupReached), []);
}

#[test]
fn the_servers_wish_to_wait_is_honoured() {
    let mut script = Script::new();
    script.begin();
    script.answer(refused(ErrorCode::Busy, Some(600_000)));
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 600_000);
    assert_eq!(script.engine.problem(), Some(ErrorCode::Busy));
}

#[test]
fn of_several_uploads_that_fail_the_longest_wait_counts() {
    let mut script = Script::new();
    let ids = script.send(vec![upload(1, 1), upload(2, 2)]);
    script.answer_to(ids[0], refused(ErrorCode::Busy, Some(600_000)));
    script.answer_to(ids[1], Outcome::Unreachable);
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 600_000);
    assert_eq!(script.engine.problem(), Some(ErrorCode::Busy));
}

#[test]
fn a_storage_that_fails_takes_no_wait_back() {
    let mut script = Script::new();
    let ids = script.send(vec![upload(1, 1), upload(2, 2)]);
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
    script.begin();
    script.answer(Outcome::Unreachable);
    let set_back = Timestamp::from_ms(NOW_MS - 86_400_000);
    assert_eq!(script.engine.handle(Event::WakeupReached, set_back), [Effect::Load]);
}
