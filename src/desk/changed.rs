//! Where what was changed is: on this phone, or with the server.

use browser::{ErrorCode, ProjectRecords};
use domain::RecordId;

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
    use domain::Timestamp;

    use super::*;

    fn id(number: u64) -> RecordId {
        RecordId::new(Timestamp::from_ms(number), [0; 10])
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
