//! Joining, tokens that are lost, and memberships that end.

use super::*;

#[test]
fn a_join_that_is_refused_is_not_asked_again_and_stops_nothing() {
    let mut script = Script::new();
    script.snapshot.joins = vec![join()];
    script.begin();
    script.answer(refused(ErrorCode::UnknownDevice, None));
    script.loaded();
    let effects = script.answer(refused(ErrorCode::UnknownCode, None));
    let expected = Write::JoinRefused { join_id: join().join_id, code: ErrorCode::UnknownCode };
    assert_eq!(effects, [Effect::Persist(vec![expected])]);
}

#[test]
fn a_closed_project_refuses_a_join_for_good_and_the_rest_goes_on() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.joins = vec![join()];
    script.snapshot.ops = vec![op(1, project(1))];
    script.effects(Event::SendAsked);
    script.loaded();
    let effects = script.answer(refused(ErrorCode::ProjectClosed, None));
    let expected = Write::JoinRefused { join_id: join().join_id, code: ErrorCode::ProjectClosed };
    assert_eq!(effects, [Effect::Persist(vec![expected])]);
    script.snapshot.joins.clear();
    script.effects(Event::Stored);
    script.loaded();
    let pushed = script.effects(Event::Stored);
    assert!(matches!(pushed[..], [Effect::Send(_, Request::Push(..))]), "{pushed:?}");
}

#[test]
fn a_phone_that_lost_its_token_gets_it_back_by_the_join_it_kept() {
    let mut script = Script::new();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    script.introduce(MeReply { device_id: None, ..me(NOW_MS) });
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
    let nobody = || MeReply { device_id: None, ..me(NOW_MS) };
    script.introduce(nobody());
    script.loaded();
    // The join that would bring it back fails, also when the server says its time.
    script.answer(refused(ErrorCode::Busy, None));
    script.effects(Event::SendAsked);
    let asked = script.loaded();
    assert!(matches!(asked[..], [Effect::Send(_, Request::Me)]), "{asked:?}");
    script.answer(Outcome::Reply(Reply::Me(nobody())));
    script.effects(Event::Stored);
    let effects = script.loaded();
    assert!(matches!(&effects[..], [Effect::Send(_, Request::Join(again))] if again.join_id == join().join_id));
}

#[test]
fn who_got_his_token_back_hears_which_uploads_broke_off() {
    let mut script = Script::new();
    script.snapshot.answered_joins = vec![PendingJoin { answered: Some(Timestamp::from_ms(NOW_MS)), ..join() }];
    script.snapshot.uploads = vec![upload(1, 100)];
    script.introduce(MeReply { device_id: None, ..me(NOW_MS) });
    script.loaded();
    script.answer(script.yes(&Request::Join(Box::new(join_request()))));
    script.effects(Event::Stored);
    let asked = script.loaded();
    assert!(matches!(asked[..], [Effect::Send(_, Request::Me)]), "{asked:?}");
}

#[test]
fn a_membership_that_ended_is_left_and_the_rest_goes_on() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors::default()), (project(2), Cursors::default())];
    script.begin();
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
    script.push(vec![op(1, project(1))]);
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
