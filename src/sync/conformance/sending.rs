//! What waits to be sent.

use protocol::{ErrorCode, MediumState};

use super::*;
use crate::{Op, OpId};

/// Also when it is on its way.
pub async fn a_write_waits_until_it_is_confirmed(storage: &impl Storage) {
    let op = first_op(storage).await;
    assert!(!op.is_attempted);
    storage.persist(vec![Write::Attempted(vec![op.id])]).await;
    let attempted = storage.snapshot().await;
    assert_eq!(attempted.ops, [Op { is_attempted: true, ..op.clone() }]);
    assert_eq!(attempted.confirmed, None);
    storage.persist(vec![confirmed(op.id, MediumState::Missing)]).await;
    let after = storage.snapshot().await;
    assert!(after.ops.is_empty());
    assert_eq!(after.confirmed, op.record.newest_stamp());
    assert_eq!(after.uploads.len(), 1, "the photo is another matter");
}

/// A record that is confirmed may still lack its photo.
pub async fn a_medium_waits_until_it_is_held(storage: &impl Storage) {
    first_op(storage).await;
    let uploads = storage.snapshot().await.uploads;
    let told: Vec<_> = uploads.iter().map(|it| (it.bytes, it.project, it.sha256, it.record)).collect();
    assert_eq!(told, [(5, project(1), photo(1).sha256, entry(1))]);
    storage.persist(vec![medium(MediumState::Held)]).await;
    assert!(storage.snapshot().await.uploads.is_empty());
    assert_eq!(state_of(storage).await, Some(MediumState::Held));
}

/// One that the server would not take.
pub async fn a_medium_that_is_set_aside_does_not_wait(storage: &impl Storage) {
    first_op(storage).await;
    let state = MediumState::SetAside { code: ErrorCode::BrokenImage };
    storage.persist(vec![medium(state)]).await;
    assert!(storage.snapshot().await.uploads.is_empty());
    assert_eq!(state_of(storage).await, Some(state));
}

/// It waits for its maker, and the rest goes on.
pub async fn what_is_set_aside_is_not_offered_and_stays(storage: &impl Storage) {
    let op = first_op(storage).await;
    storage.save(2, at(2)).await;
    storage.persist(vec![Write::SetAside { ops: vec![op.id], code: ErrorCode::InvalidRecord }]).await;
    let ids: Vec<_> = storage.snapshot().await.ops.iter().map(|op| op.record.id).collect();
    assert_eq!(ids, [entry(2)]);
    assert!(storage.own(1).await.is_some());
}

/// The later of two writes wins, whatever the clock said.
pub async fn writes_stay_in_order_though_the_clock_goes_back(storage: &impl Storage) {
    first_op(storage).await;
    storage.tell(1, "een", at(2)).await;
    storage.tell(1, "twee", Timestamp::from_ms(7)).await;
    let ops = storage.snapshot().await.ops;
    assert_eq!(ops.len(), 3);
    assert!(ops.is_sorted_by(|a, b| a.id < b.id && a.record.newest_stamp() < b.record.newest_stamp()), "{ops:?}");
    assert_eq!(storage.own(1).await.map(|own| story_of(&own)), Some("twee".to_owned()));
}

/// The outbox may be empty by then.
pub async fn what_follows_a_confirmed_write_is_later(storage: &impl Storage) {
    let op = first_op(storage).await;
    storage.persist(vec![confirmed(op.id, MediumState::Missing)]).await;
    storage.tell(1, "later", Timestamp::from_ms(7)).await;
    let ops = storage.snapshot().await.ops;
    assert!(
        ops.iter().all(|later| later.id > op.id && later.record.newest_stamp() > op.record.newest_stamp()),
        "{ops:?}"
    );
}

/// Each write says by which correction it was stamped.
pub async fn a_correction_of_the_clock_counts_for_what_is_written_next(storage: &impl Storage) {
    let op = first_op(storage).await;
    assert_eq!((op.offset_ms, storage.snapshot().await.offset_ms), (None, None));
    storage.persist(vec![Write::Offset(50_000)]).await;
    storage.tell(1, "later", at(2)).await;
    let snapshot = storage.snapshot().await;
    assert_eq!(snapshot.offset_ms, Some(50_000));
    let last = snapshot.ops.last().map(|op| (op.offset_ms, op.record.newest_stamp().map(|stamp| stamp.at)));
    assert_eq!(last, Some((Some(50_000), Some(at(50_002)))));
}

/// What comes next is stamped after them.
pub async fn restamped_writes_and_their_record_agree(storage: &impl Storage) {
    let op = first_op(storage).await;
    let restamped = crate::restamp(std::slice::from_ref(&op), -500_000, at(1), None);
    storage.persist(vec![Write::Restamped { ops: restamped.ops.clone(), stamps: restamped.stamps }]).await;
    assert_eq!(storage.snapshot().await.ops, restamped.ops);
    let own = storage.own(1).await.expect("it is there");
    assert_eq!(stamps_of(&own.record), restamped.ops.iter().flat_map(|op| stamps_of(&op.record)).collect::<Vec<_>>());
    assert_eq!(own.record.last("made_ms"), restamped.ops[0].record.last("made_ms"));
    storage.tell(1, "later", Timestamp::from_ms(7)).await;
    let ops = storage.snapshot().await.ops;
    assert!(ops[0].record.newest_stamp() < ops[1].record.newest_stamp(), "{ops:?}");
}

/// Also where one write gets the stamp that another had.
pub async fn a_stamp_that_is_corrected_moves_once(storage: &impl Storage) {
    first_op(storage).await;
    storage.tell(1, "later", at(2)).await;
    let ops = storage.snapshot().await.ops;
    let restamped = crate::restamp(&ops, 1, at(9), None);
    assert_eq!(
        restamped.stamps.get(&restamped.ops[0].record.newest_stamp().expect("it has stamps")).copied(),
        restamped.ops[1].record.newest_stamp()
    );
    storage.persist(vec![Write::Restamped { ops: restamped.ops.clone(), stamps: restamped.stamps }]).await;
    let mut whole = restamped.ops[0].record.clone();
    whole.merge(&restamped.ops[1].record);
    assert_eq!(storage.own(1).await.map(|own| own.record), Some(whole));
}

/// What was to be sent of it before goes with it, or before it.
pub async fn an_erasure_empties_the_record_and_is_sent(storage: &impl Storage) {
    first_op(storage).await;
    storage.erase(1).await;
    assert!(storage.own(1).await.is_none());
    let snapshot = storage.snapshot().await;
    assert!(snapshot.uploads.is_empty(), "its photo does not travel any more");
    assert!(snapshot.ops.last().is_some_and(|op| op.record.id == entry(1) && op.record.erased), "{snapshot:?}");
}

/// All of them are done.
pub async fn one_transaction_may_hold_many_writes(storage: &impl Storage) {
    let op = first_op(storage).await;
    let writes = vec![
        confirmed(op.id, MediumState::Missing),
        medium(MediumState::Held),
        Write::Offset(3),
        page(vec![view(9, "Dag")]),
    ];
    storage.persist(writes).await;
    let snapshot = storage.snapshot().await;
    assert!(snapshot.ops.is_empty() && snapshot.uploads.is_empty());
    assert_eq!(snapshot.offset_ms, Some(3));
    assert_eq!(views_of(storage).await, [entry(9)]);
}

/// Joins and saves the first entry; returns its write.
async fn first_op(storage: &impl Storage) -> Op {
    storage.persist(memberships(&[1])).await;
    storage.save(1, at(1)).await;
    storage.snapshot().await.ops.into_iter().next().expect("what is saved waits to be sent")
}

fn confirmed(op: OpId, state: MediumState) -> Write {
    Write::Confirmed { ops: vec![op], record: entry(1), media: Map::from([(photo(1).sha256, state)]) }
}

fn medium(state: MediumState) -> Write {
    Write::Medium { records: vec![entry(1)], sha256: photo(1).sha256, state }
}

async fn state_of(storage: &impl Storage) -> Option<MediumState> {
    storage.own(1).await?.media.get(&photo(1).sha256).copied()
}
