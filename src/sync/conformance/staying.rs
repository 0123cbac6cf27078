//! What stays on the phone, as its maker wants.

use domain::Audience::{Everyone, OnlyMe};

use super::*;

/// And its photo is not offered.
pub async fn what_stays_on_the_phone_is_named(storage: &impl Storage) {
    saved(storage).await;
    assert!(storage.snapshot().await.staying.is_empty());
    storage.show(1, OnlyMe, at(2)).await;
    storage.tell(1, "voor mij", at(3)).await;
    let snapshot = storage.snapshot().await;
    assert_eq!(snapshot.staying, [(entry(1), false)].into());
    assert!(snapshot.uploads.is_empty());
    let names = |op: &crate::Op| op.record.fields.keys().cloned().collect::<Vec<_>>().join(" ");
    let written: Vec<String> = snapshot.ops.iter().skip(1).map(names).collect();
    assert_eq!(written, ["audience", "story"], "each by itself");
}

/// The server may have emptied its copy.
pub async fn what_does_not_stay_any_more_is_offered_whole(storage: &impl Storage) {
    saved(storage).await;
    storage.show(1, OnlyMe, at(2)).await;
    storage.show(1, Everyone, at(3)).await;
    let snapshot = storage.snapshot().await;
    let own = storage.own(1).await.expect("it is there");
    assert_eq!(snapshot.ops.last().map(|op| &op.record), Some(&own.record));
    assert_eq!((snapshot.uploads.len(), snapshot.staying), (1, crate::Staying::new()));
}

/// Not even by a correction of stamps that was under way.
pub async fn words_of_what_stayed_do_not_wait_once_it_is_erased(storage: &impl Storage) {
    saved(storage).await;
    storage.show(1, OnlyMe, at(2)).await;
    let ops = storage.snapshot().await.ops;
    storage.erase(1).await;
    storage.persist(vec![Write::Restamped { ops, stamps: Map::new() }]).await;
    let left = storage.snapshot().await.ops;
    assert!(left.len() == 1 && left[0].record.erased, "{left:?}");
}

async fn saved(storage: &impl Storage) {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
}
