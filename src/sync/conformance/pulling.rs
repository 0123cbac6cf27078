//! What comes from the server.

use serde_json::json;

use super::*;

/// A write that still waits is newer than what the server has.
pub async fn an_own_record_that_comes_back_is_merged(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.tell(1, "hier", at(5)).await;
    storage.persist(vec![page(vec![own_item(1, "daar", 3)])]).await;
    assert_eq!(storage.own(1).await.map(|own| story_of(&own)), Some("hier".to_owned()));
    storage.persist(vec![page(vec![own_item(1, "later", 9), own_item(2, "elders", 9)])]).await;
    assert_eq!(storage.own(1).await.map(|own| story_of(&own)), Some("later".to_owned()));
    assert_eq!(storage.own(2).await.map(|own| story_of(&own)), Some("elders".to_owned()));
    assert_eq!(storage.snapshot().await.ops.len(), 2, "what waits goes on waiting");
}

/// Neither on the phone that erased nor on another of the same member.
pub async fn what_is_erased_is_not_revived_by_a_late_old_copy(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.erase(1).await;
    let erasure = PullItem::Own { record: Record::erasure(entry(2), KIND_ENTRY), media: Map::new() };
    storage.persist(vec![page(vec![own_item(2, "elders", 1), erasure])]).await;
    storage.persist(vec![page(vec![own_item(1, "oud", 99), own_item(2, "oud", 99)])]).await;
    assert!(storage.own(1).await.is_none() && storage.own(2).await.is_none());
    assert!(storage.snapshot().await.uploads.is_empty());
}

/// A view is never merged.
pub async fn a_view_is_replaced_whole(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.persist(vec![page(vec![view(9, "eerst"), view(8, "ander")])]).await;
    let PullItem::View { view: mut changed } = view(9, "dan") else { return };
    changed.fields = [("valence".to_owned(), json!("good"))].into_iter().collect();
    storage.persist(vec![page(vec![PullItem::View { view: changed.clone() }])]).await;
    let held: Vec<View> = storage.views().await.into_iter().filter(|view| view.id == entry(9)).collect();
    assert_eq!(held, [changed]);
    assert_eq!(views_of(storage).await, [entry(8), entry(9)]);
}

/// Also one that was never here.
pub async fn what_is_gone_is_dropped(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.persist(vec![page(vec![view(8, "Dag"), view(9, "Dag")])]).await;
    let gone = [9, 7].map(|number| PullItem::Gone { id: entry(number) });
    storage.persist(vec![page(gone.to_vec())]).await;
    assert_eq!(views_of(storage).await, [entry(8)]);
}

/// The phone was another member for a while, and is the one again that made it.
pub async fn what_comes_back_as_ones_own_is_no_view_any_more(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.persist(vec![page(vec![view(7, "Dag"), view(8, "Dag"), view(9, "Dag")])]).await;
    let erasure = PullItem::Own { record: Record::erasure(entry(8), KIND_ENTRY), media: Map::new() };
    storage.persist(vec![page(vec![own_item(7, "Dag", 1), erasure])]).await;
    assert_eq!(views_of(storage).await, [entry(9)]);
    assert!(storage.own(7).await.is_some() && storage.own(8).await.is_none());
}

/// Own records stay.
pub async fn a_page_that_begins_anew_drops_the_views_before_it(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.persist(vec![page(vec![view(8, "Dag"), view(9, "Dag")])]).await;
    let anew = Write::Pulled {
        project: project(1),
        items: vec![view(9, "Dag")],
        cursors: cursors("f.1", None),
        restarted: true,
    };
    storage.persist(vec![anew]).await;
    assert_eq!(views_of(storage).await, [entry(9)]);
    assert!(storage.own(1).await.is_some());
}

/// Each project has its own.
pub async fn cursors_are_kept_as_the_page_said(storage: &impl Storage) {
    storage.persist(memberships(&[1, 2])).await;
    let newest = cursors("e.7", Some("e.7.3"));
    let write = Write::Pulled { project: project(2), items: Vec::new(), cursors: newest.clone(), restarted: false };
    storage.persist(vec![write]).await;
    let mut projects = storage.snapshot().await.projects;
    projects.sort_by_key(|(project, _)| *project);
    assert_eq!(projects, [(project(1), Cursors::default()), (project(2), newest)]);
}

/// Only a newer app can read it: the one that parked it has nothing to replay.
pub async fn a_change_of_a_later_version_shows_nothing_and_waits_for_an_update(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    let later = PullItem::Unknown(json!({ "moved": { "id": entry(9), "to": 3 } }));
    storage.persist(vec![page(vec![view(8, "Dag"), later])]).await;
    assert!(!storage.snapshot().await.is_replay_due);
    storage.persist(vec![Write::Replay]).await;
    assert!(!storage.snapshot().await.is_replay_due);
    assert_eq!(views_of(storage).await, [entry(8)]);
}
