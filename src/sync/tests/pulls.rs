//! What is pulled when.

use super::*;

#[test]
fn a_project_that_hands_nothing_out_is_not_asked_in_circles() {
    let mut script = Script::new();
    script.snapshot.projects = vec![(project(1), Cursors { newest: None, older: Some("e.3".to_owned()) })];
    script.introduce(me(NOW_MS));
    script.loaded();
    assert_eq!(script.answer(refused(ErrorCode::ProjectClosed, None)), [Effect::Load]);
    assert_eq!(script.loaded(), []);
    assert!(script.engine.is_idle());
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
        script.introduce(me(NOW_MS));
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
    let ids = script.send((1..=6).map(|n| upload(n, 1)).collect());
    assert_eq!(script.effects(Event::RemoteChanged(RemoteChange { project: project(1), sequence: 8 })), []);
    let next = script.answer_to(ids[0], uploaded(hash(1)));
    assert!(matches!(next[..], [Effect::Persist(_), Effect::Send(_, Request::Upload(..))]), "{next:?}");
}

#[test]
fn a_change_told_of_during_its_pull_is_pulled_too() {
    let mut script = Script::new();
    script.introduce(me(NOW_MS));
    script.loaded();
    assert_eq!(script.effects(Event::RemoteChanged(RemoteChange { project: project(1), sequence: 8 })), []);
    script.answer(Outcome::Reply(Reply::Pulled(page())));
    script.effects(Event::Stored);
    let again = script.loaded();
    assert!(matches!(again[..], [Effect::Send(_, Request::Pull(..))]), "{again:?}");
}
