//! The order of a run, and what one refusal leaves going.

use super::*;

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
fn a_closed_project_is_still_read_and_asked_again_later() {
    let mut script = Script::new();
    script.push(vec![op(1, project(1))]);
    script.answer(refused(ErrorCode::ProjectClosed, None));
    script.reads_and_rests();
    assert_eq!(script.engine.problem(), Some(ErrorCode::ProjectClosed));
    assert!(script.engine.next_wakeup().unwrap().ms() >= NOW_MS + 60_000);
}

#[test]
fn a_batch_refused_as_a_whole_goes_one_by_one() {
    let mut script = Script::new();
    script.push(vec![op(1, project(1)), op(2, project(1))]);
    assert_eq!(script.answer(refused(ErrorCode::BadRequest, None)), [Effect::Load]);
    script.loaded();
    let effects = script.effects(Event::Stored);
    assert!(matches!(&effects[..], [Effect::Send(_, Request::Push(_, records))] if records.len() == 1));
}

#[test]
fn a_project_that_takes_nothing_leaves_the_others_going() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors::default()), (project(2), Cursors::default())];
    script.push(vec![op(1, project(1)), op(2, project(2))]);
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
    script.begin();
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
fn what_an_older_version_parked_is_taken_in_before_anything_newer() {
    let mut script = Script::new();
    script.snapshot.is_replay_due = true;
    script.introduce(me(NOW_MS));
    assert_eq!(script.loaded(), [Effect::Persist(vec![Write::Replay])]);
}
