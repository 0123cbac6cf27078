//! Correcting stamps that were made by a wrong clock.

use domain::plain::Plain;
use domain::{FieldState, MAX_AHEAD_MS, Map, Record, Set, Stamp, Timestamp};

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
/// the server has taken from this phone; otherwise none is stamped later than `server_now`. The corrected time of making
/// (`made_ms`) moves along, unless a photo told it; what the phone's clock said then (`phone_made_ms`) stays.
///
/// What a write repeats of earlier ones, as an entry does that goes whole, stays as they have it: they may have been sent, or
/// come from another device.
pub fn restamp(ops: &[Op], offset_ms: i64, server_now: Timestamp, confirmed: Option<Stamp>) -> Restamped {
    let mut restamped = Restamped::default();
    let mut newest = confirmed;
    for held in ops {
        let before = held.record.newest_stamp();
        let delta_ms = offset_ms - held.offset_ms.unwrap_or(0);
        let is_ahead = before.is_some_and(|stamp| stamp.at > server_now.plus(WORTH_MS));
        let is_wrong = delta_ms.unsigned_abs() >= WORTH_MS || held.offset_ms.is_none() || is_ahead;
        // One that was right may have to move too: those before it were moved behind it.
        let is_overtaken = before.is_some() && before <= newest;
        if held.is_attempted {
            newest = newest.max(before);
            continue;
        }
        let mut op = held.clone();
        if is_wrong || is_overtaken {
            op.offset_ms = Some(offset_ms);
            // It was written under its last stamp. What lies further ahead than any server takes was never sent either.
            let is_own = |stamp: Stamp| Some(stamp) == before || stamp.at > server_now.plus(MAX_AHEAD_MS);
            let correct = |at: Timestamp| if is_wrong { at.shifted(delta_ms).min(server_now) } else { at };
            correct_made(&mut op, held.offset_ms.unwrap_or(0), server_now, &is_own, &correct);
            // Stamps of one write, oldest first, each after all before it.
            let stamps: Set<Stamp> = op.record.fields.values().flat_map(FieldState::stamps).collect();
            for old in stamps {
                if is_own(old) {
                    let at = correct(old.at);
                    let new = match newest {
                        Some(last) if (last.at, last.count) >= (at, old.count) => next(last, old),
                        _ => Stamp { at, ..old },
                    };
                    restamped.stamps.insert(old, new);
                }
                newest = newest.max(Some(now(old, &restamped.stamps)));
            }
        }
        follow(&mut op.record, &restamped.ops, &restamped.stamps);
        newest = newest.max(op.record.newest_stamp());
        // Behind a confirmed stamp that lies ahead itself, a correction may come to nothing.
        if op != *held {
            restamped.ops.push(op);
        }
    }
    restamped
}

/// Gives a record what became of its stamps, and of the times of making under them, when writes of it were corrected.
pub fn follow(record: &mut Record, ops: &[Op], stamps: &Map<Stamp, Stamp>) {
    record.restamp(&|old| now(old, stamps));
    for op in ops.iter().filter(|op| op.record.id == record.id) {
        for (name, field) in &op.record.fields {
            let is_same = |held: &&mut FieldState| held.stamps() == field.stamps() && !held.stamps().is_empty();
            if let Some(held) = record.fields.get_mut(name).filter(is_same) {
                held.clone_from(field);
            }
        }
    }
}

fn now(old: Stamp, stamps: &Map<Stamp, Stamp>) -> Stamp {
    stamps.get(&old).copied().unwrap_or(old)
}

/// The stamp that comes right after `last`, by the writer of `old`.
const fn next(last: Stamp, old: Stamp) -> Stamp {
    if last.count == u16::MAX {
        Stamp { at: Timestamp::from_ms(last.at.ms() + 1), count: 0, node: old.node }
    } else {
        Stamp { at: last.at, count: last.count + 1, node: old.node }
    }
}

/// Corrects the time of making where it is what the phone's clock said, by the correction of then. A photo's own date is another,
/// and none lies ahead.
fn correct_made(
    op: &mut Op,
    offset_ms: i64,
    server_now: Timestamp,
    is_own: &dyn Fn(Stamp) -> bool,
    correct: &dyn Fn(Timestamp) -> Timestamp,
) {
    let by_clock = op.record.last("phone_made_ms").and_then(Timestamp::from_value).map(|at| at.shifted(offset_ms));
    if let Some(FieldState::Last { value, at }) = op.record.fields.get_mut("made_ms")
        && is_own(*at)
        && let Some(made) = Timestamp::from_value(value)
        && (by_clock.is_none_or(|at| at == made) || made > server_now)
    {
        *value = correct(made).to_value();
    }
}

#[cfg(test)]
mod tests {
    use domain::{Entry, EntryEdit, NodeId, RecordId};
    use serde_json::Value;
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

    /// The entry of a write, gone whole because it is shown.
    fn whole(made: &Op, id: u64, at_ms: u64, offset_ms: Option<i64>) -> Op {
        let stamp = Stamp { at: Timestamp::from_ms(at_ms), count: 0, node: NodeId(1) };
        let record = made.record.clone().with("audience", "everyone", stamp);
        Op { id: OpId(id), record, offset_ms, is_attempted: false, ..made.clone() }
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
    fn a_date_that_a_photo_told_stays_unless_it_lies_ahead() {
        let made_of = |made_ms| {
            let (at, made) = (Timestamp::from_ms(5_000_000), Timestamp::from_ms(made_ms));
            let edit = EntryEdit { made: Some((made, at)), ..EntryEdit::default() };
            let record = edit.into_record(RecordId::from_uuid(Uuid::nil()), Stamp { at, count: 0, node: NodeId(1) });
            let restamped = restamp(&[Op { record, ..op(1, 1, None) }], 60_000, Timestamp::from_ms(9_000_000), None);
            Entry::from_record(&restamped.ops[0].record).made.ms()
        };
        assert_eq!(made_of(5_000_000), 5_060_000, "what the clock said");
        assert_eq!(made_of(3_000_000), 3_000_000);
        assert_eq!(made_of(20_000_000), 9_000_000, "whatever told it, nothing was made in times to come");
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
    fn an_entry_that_goes_whole_has_its_words_as_the_write_that_waits_has_them() {
        // Made before the clock was known, and shown after it was, without a project in between.
        let made = op(1, 5_000, None);
        let shown = whole(&made, 2, 70_000, Some(60_000));
        let restamped = restamp(&[made, shown], 60_000, Timestamp::from_ms(90_000), None);
        let [made, shown] = &restamped.ops[..] else { panic!("{restamped:?}") };
        assert_eq!(made.record.last("made_ms").and_then(Value::as_u64), Some(65_000));
        let mut both = made.record.clone();
        both.merge(&shown.record);
        assert_eq!(both, shown.record, "the whole lacks nothing");
        assert_eq!(shown.record.newest_stamp().map(|stamp| stamp.at.ms()), Some(70_000));
    }

    #[test]
    fn an_entry_that_goes_whole_keeps_the_stamps_of_words_that_may_have_been_sent() {
        let sent = Op { is_attempted: true, ..op(1, 50_000, Some(0)) };
        let shown = whole(&sent, 2, 70_000, Some(0));
        let restamped = restamp(&[sent.clone(), shown.clone()], -60_000, Timestamp::from_ms(90_000), None);
        let [corrected] = &restamped.ops[..] else { panic!("{restamped:?}") };
        assert_eq!(corrected.record.fields.get("made_ms"), sent.record.fields.get("made_ms"));
        assert_eq!(corrected.record.fields.get("deleted"), sent.record.fields.get("deleted"));
        assert!(corrected.record.newest_stamp() > sent.record.newest_stamp());
        assert_eq!(restamped.stamps.len(), 1, "its own");
        // Neither does it move what the server has had for long.
        let confirmed = sent.record.newest_stamp();
        let restamped = restamp(&[shown], -60_000, Timestamp::from_ms(90_000), confirmed);
        assert_eq!(&restamped.ops[..], std::slice::from_ref(corrected));
    }

    #[test]
    fn words_further_ahead_than_a_server_takes_are_brought_back_wherever_they_are_repeated() {
        let lost = op(1, 900_000, None);
        let restamped = restamp(&[whole(&lost, 2, 950_000, None)], -800_000, Timestamp::from_ms(200_000), None);
        let record = &restamped.ops[0].record;
        assert_eq!(record.last("made_ms").and_then(Value::as_u64), Some(100_000));
        assert_eq!(record.fields.values().flat_map(FieldState::stamps).map(|stamp| stamp.at.ms()).min(), Some(100_000));
        assert_eq!(record.newest_stamp().map(|stamp| stamp.at.ms()), Some(150_000));
    }

    #[test]
    fn what_may_have_been_sent_keeps_its_stamp() {
        let sent = Op { is_attempted: true, ..op(1, 500, Some(0)) };
        let right = op(2, 600, Some(50_000));
        assert_eq!(restamp(&[sent, right], 50_000, Timestamp::from_ms(90_000), None), Restamped::default());
    }
}
