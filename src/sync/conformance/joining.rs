//! Joining, leaving, coming back.

use protocol::{ErrorCode, MediumState};

use super::*;
use crate::Home;

/// What was made before joining anything belongs to the first project joined.
pub async fn what_is_saved_before_joining_goes_to_the_first_project_joined(storage: &impl Storage) {
    storage.save(1, at(1)).await;
    let alone = storage.snapshot().await;
    assert!(alone.ops.is_empty() && alone.uploads.is_empty(), "nothing is sent without a project");
    storage.join(5, at(2)).await;
    storage.save(2, at(3)).await;
    let waiting = storage.snapshot().await;
    assert_eq!(waiting.joins.iter().map(|join| join.join_id).collect::<Vec<_>>(), [join_id(5)]);
    assert!(waiting.ops.is_empty());
    storage.persist(vec![joined(5)]).await;
    let there = storage.snapshot().await;
    assert_eq!(there.ops.iter().map(|op| op.home).collect::<Vec<_>>(), [Home::Project(project(1)); 2]);
    assert_eq!(there.uploads.len(), 2);
    assert_eq!(there.projects, [(project(1), Cursors::default())]);
}

/// A code that nobody gave out takes nothing with it.
pub async fn a_refused_join_gives_back_what_waited_for_it(storage: &impl Storage) {
    storage.join(5, at(1)).await;
    storage.save(1, at(2)).await;
    storage.persist(vec![Write::JoinRefused { join_id: join_id(5), code: ErrorCode::UnknownCode }]).await;
    assert!(storage.snapshot().await.joins.is_empty(), "it is not sent again");
    assert_eq!(storage.own(1).await.map(|own| own.home), Some(Home::Unjoined));
    storage.join(6, at(3)).await;
    storage.persist(vec![joined(6)]).await;
    assert_eq!(storage.own(1).await.map(|own| own.home), Some(Home::Project(project(1))));
    assert_eq!(storage.snapshot().await.ops.len(), 1);
}

/// A late copy of what the closed project refused must not make a second member once it is open.
pub async fn a_join_that_a_closed_project_refused_is_asked_again_under_its_id(storage: &impl Storage) {
    storage.join(5, at(1)).await;
    let consent = storage.snapshot().await.joins[0].consent.id;
    storage.persist(vec![Write::JoinRefused { join_id: join_id(5), code: ErrorCode::ProjectClosed }]).await;
    storage.join(6, at(2)).await;
    let again = storage.snapshot().await.joins;
    assert_eq!(again.iter().map(|join| (join.join_id, join.consent.id)).collect::<Vec<_>>(), [(join_id(5), consent)]);
    assert!(again[0].consent.newest_stamp().is_some_and(|stamp| stamp.at == at(2)), "the consent is given anew");
    // One that led nowhere is another's perhaps: a fresh one takes its place.
    storage.persist(vec![Write::JoinRefused { join_id: join_id(5), code: ErrorCode::UnknownCode }]).await;
    storage.join(6, at(3)).await;
    let fresh: Vec<_> = storage.snapshot().await.joins.iter().map(|join| join.join_id).collect();
    assert_eq!(fresh, [join_id(6)]);
}

/// Until the browser has surely written its cookie.
pub async fn an_answered_join_is_kept_until_it_is_forgotten(storage: &impl Storage) {
    storage.join(5, at(1)).await;
    storage.persist(vec![joined(5)]).await;
    let kept = storage.snapshot().await;
    assert!(kept.joins.is_empty());
    let answered: Vec<_> = kept.answered_joins.iter().map(|join| (join.join_id, join.answered)).collect();
    assert_eq!(answered, [(join_id(5), Some(at(9)))]);
    storage.persist(vec![Write::JoinForgotten(join_id(5))]).await;
    assert!(storage.snapshot().await.answered_joins.is_empty());
}

/// Whoever is told again that he is a member has not pulled less for that.
pub async fn a_membership_told_again_changes_no_cursor(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.persist(vec![page(Vec::new())]).await;
    storage.persist(memberships(&[1, 2])).await;
    let mut projects = storage.snapshot().await.projects;
    projects.sort_by_key(|(project, _)| *project);
    assert_eq!(projects, [(project(1), cursors("e.1", None)), (project(2), Cursors::default())]);
}

/// What its member made stays; what others made goes.
pub async fn a_project_that_was_left_gets_nothing_and_shows_nothing(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.persist(vec![page(vec![view(9, "Dag")])]).await;
    storage.persist(vec![Write::Left(project(1))]).await;
    let left = storage.snapshot().await;
    assert!(left.ops.is_empty() && left.uploads.is_empty() && left.projects.is_empty());
    assert!(views_of(storage).await.is_empty());
    assert!(storage.own(1).await.is_some());
}

/// He pulls from the beginning, and what waited goes on waiting to be sent.
pub async fn who_comes_back_goes_on_with_what_he_made(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.persist(vec![page(Vec::new())]).await;
    storage.persist(vec![Write::Left(project(1))]).await;
    storage.persist(memberships(&[1])).await;
    let back = storage.snapshot().await;
    assert_eq!((back.ops.len(), back.uploads.len()), (1, 1));
    assert_eq!(back.projects, [(project(1), Cursors::default())]);
}

/// What was not sent stays, with its photo; what the server has received goes, and so does all of others.
pub async fn who_is_shut_out_keeps_what_nobody_else_has(storage: &impl Storage) {
    storage.persist(memberships(&[1, 2])).await;
    for number in 1..=3 {
        storage.save(number, at(number.into())).await;
    }
    storage.persist(vec![page(vec![view(9, "Dag")])]).await;
    let ops = storage.snapshot().await.ops;
    // Words and photo of the first are held, of the second the words, of the third nothing.
    let confirmed = |number: u8| Write::Confirmed {
        ops: ops.iter().filter(|op| op.record.id == entry(number)).map(|op| op.id).collect(),
        record: entry(number),
        media: Map::new(),
    };
    let medium = Write::Medium { records: vec![entry(1)], sha256: photo(1).sha256, state: MediumState::Held };
    storage.persist(vec![confirmed(1), medium, confirmed(2)]).await;
    storage.persist(vec![Write::ShutOut]).await;
    let left = storage.snapshot().await;
    assert!(left.ops.is_empty() && left.uploads.is_empty() && left.projects.is_empty());
    assert!(views_of(storage).await.is_empty());
    assert!(storage.own(1).await.is_none());
    assert!(storage.own(2).await.is_some() && storage.own(3).await.is_some());
    // Linked again: what waited goes on waiting to be sent.
    storage.persist(memberships(&[1])).await;
    let back = storage.snapshot().await;
    assert_eq!((back.ops.len(), back.uploads.len()), (1, 2));
    assert_eq!(back.projects, [(project(1), Cursors::default())]);
}

/// One that was answered would bring nothing back.
pub async fn a_join_that_waits_outlives_being_shut_out(storage: &impl Storage) {
    storage.join(5, at(1)).await;
    storage.persist(vec![joined(5)]).await;
    storage.persist(vec![Write::ShutOut]).await;
    storage.join(6, at(2)).await;
    storage.persist(vec![Write::ShutOut]).await;
    let left = storage.snapshot().await;
    assert_eq!(left.joins.iter().map(|join| join.join_id).collect::<Vec<_>>(), [join_id(6)]);
    assert!(left.answered_joins.is_empty() && left.projects.is_empty());
}

/// Under the new name its photo would belong to nothing, and "ontvangen" would be said of it.
pub async fn who_comes_back_as_somebody_else_leaves_behind_what_the_former_one_did_not_send(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.save(2, at(2)).await;
    let op = storage.snapshot().await.ops[0].id;
    let missing = Map::from([(photo(1).sha256, MediumState::Missing)]);
    storage.persist(vec![Write::Confirmed { ops: vec![op], record: entry(1), media: missing }]).await;
    storage.persist(vec![Write::Left(project(1))]).await;
    let back = |number| Write::Memberships(vec![Membership { member_id: named(number), ..membership(1) }]);
    storage.persist(vec![back(1)]).await;
    assert_eq!(storage.snapshot().await.uploads.len(), 2, "the same one goes on");
    storage.persist(vec![Write::Left(project(1)), back(7)]).await;
    let snapshot = storage.snapshot().await;
    assert_eq!(snapshot.uploads.iter().map(|upload| upload.record).collect::<Vec<_>>(), [entry(2)]);
    let own = storage.own(1).await.expect("it stays on the phone");
    let progress = crate::progress(&own, false);
    assert_eq!((progress.is_received(), progress.set_aside), (false, Some(ErrorCode::NotMember)));
}

fn joined(number: u8) -> Write {
    Write::Joined { join_id: join_id(number), membership: membership(1), answered: at(9) }
}
