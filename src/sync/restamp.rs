//! Correcting stamps that were made by a wrong clock.

use domain::{FieldState, Map, Set, Stamp, Timestamp};
use serde_json::Value;

use crate::Op;

/// A correction smaller than this, in milliseconds, is not worth new stamps.
const WORTH_MS: u64 = 1_000;

/// Writes with corrected stamps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restamped {
    /// The writes that changed, whole.
    pub ops: Vec<Op>,
    /// Old stamp to new stamp.
    pub stamps: Map<Stamp, Stamp>,
}

/// Corrects writes that were never sent and were stamped with another correction than `offset_ms`, or ahead of the
/// server's clock (the phone's clock was set back since). Their order stays, also after `confirmed`, the newest stamp that
/// the server has taken from this phone; otherwise none is stamped later than `server_now`. The corrected time of making (`made_ms`) moves along; what the phone's clock
/// said then (`phone_made_ms`) stays.
pub fn restamp(ops: &[Op], offset_ms: i64, server_now: Timestamp, confirmed: Option<Stamp>) -> Restamped {
    let mut restamped = Restamped::default();
    let mut newest = confirmed;
    for op in ops {
        let before = op.record.newest_stamp();
        let delta_ms = offset_ms - op.offset_ms.unwrap_or(0);
        let is_ahead = before.is_some_and(|stamp| stamp.at > server_now.plus(WORTH_MS));
        let is_wrong = delta_ms.unsigned_abs() >= WORTH_MS || op.offset_ms.is_none() || is_ahead;
        // One that was right may have to move too: those before it were moved behind it.
        let is_overtaken = before.is_some() && before <= newest;
        if op.is_attempted || !(is_wrong || is_overtaken) {
            newest = newest.max(before);
            continue;
        }
        let held = op;
        let mut op = held.clone();
        op.offset_ms = Some(offset_ms);
        let correct = |at: Timestamp| if is_wrong { at.shifted(delta_ms).min(server_now) } else { at };
        // Stamps of one write, oldest first, each after all before it.
        let stamps: Set<Stamp> = op.record.fields.values().flat_map(FieldState::stamps).collect();
        for old in stamps {
            let at = correct(old.at);
            let new = match newest {
                Some(last) if (last.at, last.count) >= (at, old.count) => next(last, old),
                _ => Stamp { at, ..old },
            };
            newest = Some(new);
            restamped.stamps.insert(old, new);
        }
        op.record.restamp(&|old| restamped.stamps.get(&old).copied().unwrap_or(old));
        correct_made(&mut op, &correct);
        // Behind a confirmed stamp that lies ahead itself, a correction may come to nothing.
        if op != *held {
            restamped.ops.push(op);
        }
    }
    restamped
}

/// The stamp that comes right after `last`, by the writer of `old`.
const fn next(last: Stamp, old: Stamp) -> Stamp {
    if last.count == u16::MAX {
        Stamp { at: Timestamp::from_ms(last.at.ms() + 1), count: 0, node: old.node }
    } else {
        Stamp { at: last.at, count: last.count + 1, node: old.node }
    }
}

fn correct_made(op: &mut Op, correct: &dyn Fn(Timestamp) -> Timestamp) {
    if let Some(FieldState::Last { value, .. }) = op.record.fields.get_mut("made_ms")
        && let Some(made_ms) = value.as_u64()
    {
        *value = Value::from(correct(Timestamp::from_ms(made_ms)).ms());
    }
}

#[cfg(test)]
mod tests {
    use domain::{EntryEdit, NodeId, RecordId};
    use uuid::Uuid;

    use super::*;
    use crate::{Home, OpId};

    const TEN_YEARS_MS: u64 = 315_360_000_000;

    fn op(id: u64, at_ms: u64, offset_ms: Option<i64>) -> Op {
        let at = Timestamp::from_ms(at_ms);
        let edit = EntryEdit { made: Some((at, at)), is_deleted: Some(false), ..EntryEdit::default() };
        Op {
            id: OpId(id),
            home: Home::Unjoined,
            record: edit
                .into_record(RecordId::from_uuid(Uuid::from_u128(id.into())), Stamp { at, count: 0, node: NodeId(1) }),
            offset_ms,
            is_attempted: false,
            set_aside: None,
        }
    }

    #[test]
    fn a_phone_ten_years_ahead_is_brought_back_and_keeps_what_it_said() {
        let now = Timestamp::from_ms(1_700_000_000_000);
        let offset_ms = -(i64::try_from(TEN_YEARS_MS).unwrap());
        let made = now.ms() + TEN_YEARS_MS - 60_000;
        let restamped = restamp(&[op(1, made, None)], offset_ms, now, None);
        let record = &restamped.ops[0].record;
        assert_eq!(record.newest_stamp().unwrap().at.ms(), now.ms() - 60_000);
        assert_eq!(record.last("made_ms").unwrap().as_u64(), Some(now.ms() - 60_000));
        assert_eq!(record.last("phone_made_ms").unwrap().as_u64(), Some(made));
    }

    #[test]
    fn order_stays_though_the_clock_jumped_between_two_writes() {
        let now = Timestamp::from_ms(10_000_000);
        // Written under a clock that was far ahead, then set right: both corrections are known only now.
        let ops = [op(1, 9_000_000, Some(0)), op(2, 5_000_000, Some(0)), op(3, 20_000_000, None)];
        let restamped = restamp(&ops, 2_000, now, None);
        let stamps: Vec<_> = restamped.ops.iter().filter_map(|op| op.record.newest_stamp()).collect();
        assert!(stamps.is_sorted_by(|a, b| a < b), "{stamps:?}");
        assert!(stamps.iter().all(|stamp| stamp.at <= now));
    }

    #[test]
    fn a_stamp_made_before_the_clock_was_set_back_is_not_left_ahead() {
        let now = Timestamp::from_ms(1_000_000);
        let restamped = restamp(&[op(1, 90_000_000, Some(0))], 0, now, None);
        assert_eq!(restamped.ops[0].record.newest_stamp().map(|stamp| stamp.at), Some(now));
    }

    #[test]
    fn a_later_write_stays_later_than_what_the_server_has_taken() {
        let confirmed = Stamp { at: Timestamp::from_ms(1_030_000), count: 4, node: NodeId(1) };
        let restamped = restamp(&[op(1, 1_040_000, None)], -50_000, Timestamp::from_ms(1_000_000), Some(confirmed));
        assert!(restamped.ops[0].record.newest_stamp() > Some(confirmed));
    }

    #[test]
    fn what_may_have_been_sent_keeps_its_stamp() {
        let sent = Op { is_attempted: true, ..op(1, 500, Some(0)) };
        let right = op(2, 600, Some(50_000));
        assert_eq!(restamp(&[sent, right], 50_000, Timestamp::from_ms(90_000), None), Restamped::default());
    }
}
