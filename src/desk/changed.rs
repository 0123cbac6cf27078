//! When a part of a record was changed last, by whom, and whether the server has it.

use browser::{ErrorCode, ProjectRecords};
use domain::plain::Plain;
use domain::{CHANGED_BY, FieldState, MemberId, Record, RecordId, Timestamp};

/// The last change of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changed {
    /// When.
    pub(crate) at: Timestamp,
    /// By whom, where that is known.
    pub(crate) by: Option<MemberId>,
}

/// Returns when one of these fields was written last, and by whom: the record names who wrote anything of it last, and what came
/// from the same device is by the same member. `None` where nobody wrote any of them.
pub(crate) fn last_change(record: &Record, fields: &[&str]) -> Option<Changed> {
    let stamp = |name: &str| record.fields.get(name).and_then(|field| field.stamps().into_iter().max());
    let last = fields.iter().filter_map(|name| stamp(name)).max()?;
    let is_theirs = stamp(CHANGED_BY).is_some_and(|named| named.node == last.node);
    let by = record.fields.get(CHANGED_BY).and_then(FieldState::last).and_then(MemberId::from_value);
    Some(Changed { at: last.at, by: by.filter(|_| is_theirs) })
}

/// Where what was written of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whereabouts {
    /// On this phone; the server will get it.
    OnPhone,
    /// The server has all of it.
    Received,
    /// On this phone; the server does not want it.
    Refused(ErrorCode),
}

/// Returns where what was written of a record is.
pub(crate) fn whereabouts(records: &ProjectRecords, id: RecordId) -> Whereabouts {
    let mut waiting = records.waiting.iter().filter(|(of, _)| *of == id).map(|(_, refused)| *refused);
    match (waiting.clone().flatten().next(), waiting.next()) {
        (Some(code), _) => Whereabouts::Refused(code),
        (None, Some(_)) => Whereabouts::OnPhone,
        (None, None) => Whereabouts::Received,
    }
}

#[cfg(test)]
mod tests {
    use domain::{KIND_PROJECT, NodeId, Stamp};

    use super::*;

    fn id(number: u64) -> RecordId {
        RecordId::new(Timestamp::from_ms(number), [0; 10])
    }

    fn stamp(at_ms: u64, node: u64) -> Stamp {
        Stamp { at: Timestamp::from_ms(at_ms), count: 0, node: NodeId(node) }
    }

    #[test]
    fn a_part_was_changed_by_whom_the_record_names_if_the_same_device_wrote_both() {
        let [a, b] = [1, 2].map(|number| MemberId::new(Timestamp::from_ms(number), [0; 10]));
        let record = Record::new(id(1), KIND_PROJECT)
            .with("name", "De Nude", stamp(5, 1))
            .with("approval", true, stamp(7, 2))
            .with(CHANGED_BY, a.to_value(), stamp(5, 1));
        let changed = |record: &Record, field| last_change(record, &[field, "municipality"]);
        let at = Timestamp::from_ms;
        assert_eq!(changed(&record, "name"), Some(Changed { at: at(5), by: Some(a) }));
        assert_eq!(changed(&record, "approval"), Some(Changed { at: at(7), by: None }));
        assert_eq!(changed(&record, "area"), None);
        let record = record.with("area", "", stamp(9, 2)).with(CHANGED_BY, b.to_value(), stamp(9, 2));
        assert_eq!(changed(&record, "approval"), Some(Changed { at: at(7), by: Some(b) }));
        assert_eq!(changed(&record, "name"), Some(Changed { at: at(5), by: None }));
        assert_eq!(last_change(&record, &["name", "approval"]).map(|changed| changed.at), Some(at(7)));
    }

    #[test]
    fn the_server_has_a_record_once_no_write_of_it_waits() {
        let waiting = vec![(id(1), None), (id(2), None), (id(2), Some(ErrorCode::NotYours))];
        let records = ProjectRecords { waiting, ..ProjectRecords::default() };
        assert_eq!(whereabouts(&records, id(1)), Whereabouts::OnPhone);
        assert_eq!(whereabouts(&records, id(2)), Whereabouts::Refused(ErrorCode::NotYours));
        assert_eq!(whereabouts(&records, id(3)), Whereabouts::Received);
    }
}
