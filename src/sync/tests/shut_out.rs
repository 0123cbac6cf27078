//! A phone that was shut out.

use super::*;

const SHUT_OUT: ErrorCode = ErrorCode::DeviceShutOut;

#[test]
fn a_phone_that_is_shut_out_leaves_everything_says_so_and_asks_nothing_more() {
    let mut script = Script::new();
    script.begin();
    assert_eq!(script.answer(refused(SHUT_OUT, None)), [Effect::Load]);
    hears_it(&mut script);
    for event in [Event::ChangeQueued, Event::BecameVisible, Event::RemoteChanged(change())] {
        assert_eq!(script.effects(event), [Effect::Load]);
        assert_eq!(script.loaded(), []);
        assert_eq!((script.engine.problem(), script.engine.next_wakeup()), (Some(SHUT_OUT), None));
    }
    assert!(!script.engine.wants_events());
    script.now_ms += 60 * 60_000;
    assert_eq!(script.effects(Event::BecameVisible), [Effect::Load]);
    assert_eq!(script.loaded(), [], "nor does it ask for the time");
}

#[test]
fn it_hears_so_from_a_push_a_pull_and_an_upload() {
    let mut pushing = Script::new();
    pushing.push(vec![op(1, project(1))]);
    assert_eq!(pushing.answer(refused(SHUT_OUT, None)), [Effect::Load]);
    hears_it(&mut pushing);

    let mut pulling = Script::new();
    pulling.run(Event::Started);
    pulling.effects(Event::SendAsked);
    pulling.loaded();
    assert_eq!(pulling.answer(refused(SHUT_OUT, None)), [Effect::Load]);
    hears_it(&mut pulling);

    let mut uploading = Script::new();
    let [first, second] = uploading.send(vec![upload(1, 10), upload(2, 20)])[..] else { panic!("two at a time") };
    assert_eq!(uploading.answer_to(first, refused(SHUT_OUT, None)), []);
    assert_eq!(uploading.answer_to(second, refused(SHUT_OUT, None)), [Effect::Load], "what is in flight comes in");
    hears_it(&mut uploading);
}

#[test]
fn the_join_that_was_kept_is_not_sent_again() {
    let mut script = Script::new();
    script.snapshot.projects.clear();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    script.begin();
    script.answer(refused(SHUT_OUT, None));
    hears_it(&mut script);
}

#[test]
fn who_was_shut_out_can_join_as_somebody_new() {
    let mut script = Script::new();
    script.begin();
    script.answer(refused(SHUT_OUT, None));
    hears_it(&mut script);
    script.snapshot.joins = vec![join()];
    script.effects(Event::ChangeQueued);
    let asked = script.loaded();
    assert!(matches!(&asked[..], [Effect::Send(_, Request::Join(_))]), "{asked:?}");
    script.answer(script.yes(&Request::Join(Box::new(join_request()))));
    script.snapshot.joins.clear();
    script.snapshot.projects = vec![(project(1), Cursors::default())];
    script.effects(Event::Stored);
    script.reads_and_rests();
    assert_eq!(script.engine.problem(), None);
}

#[test]
fn when_a_person_asks_to_send_it_is_asked_whether_the_phone_is_known_again() {
    let mut script = Script::new();
    script.begin();
    script.answer(refused(SHUT_OUT, None));
    hears_it(&mut script);
    script.effects(Event::SendAsked);
    let asked = script.loaded();
    assert!(matches!(asked[..], [Effect::Send(_, Request::Me)]), "{asked:?}");
    let stored = script.answer(Outcome::Reply(Reply::Me(me(NOW_MS))));
    assert_eq!(stored, [Effect::Persist(vec![Write::Memberships(vec![membership()])])]);
}

/// Sees that the phone drops what it may not keep, once, and then rests.
fn hears_it(script: &mut Script) {
    assert_eq!(script.loaded(), [Effect::Persist(vec![Write::ShutOut])]);
    script.snapshot = Snapshot { offset_ms: Some(0), ..Snapshot::default() };
    assert_eq!(script.effects(Event::Stored), [Effect::Load]);
    assert_eq!(script.loaded(), []);
    assert!(script.engine.is_idle());
    assert_eq!((script.engine.problem(), script.engine.next_wakeup()), (Some(SHUT_OUT), None));
}

fn change() -> RemoteChange {
    RemoteChange { project: project(1), sequence: 99 }
}
