//! What a phone asks for and writes.

use domain::{
    CONSENT_TEXT_VERSION, Clock, Consent, ConsentSubject, EntryEdit, JoinCode, JoinId, NodeId, PhotoRef, Record,
    RecordId, Stamp, Timestamp, Valence,
};
use protocol::JoinRequest;

use super::hash;
use crate::random;

pub(in crate::tests) fn join_request(code: JoinCode, now: Timestamp) -> JoinRequest {
    let consent = Consent {
        subject: ConsentSubject::TakePart,
        text_version: CONSENT_TEXT_VERSION,
        language: "nl".to_owned(),
        given: now,
        is_withdrawn: false,
    };
    JoinRequest {
        join_id: JoinId::new(now, random::bytes()),
        code,
        nickname: "Ali".to_owned(),
        consent: consent.to_record(RecordId::new(now, random::bytes()), stamp(now)),
    }
}

pub(in crate::tests) fn stamp(now: Timestamp) -> Stamp {
    Clock::new(NodeId(1), None).tick(now)
}

pub(in crate::tests) fn entry(now: Timestamp, pictures: &[&[u8]]) -> Record {
    let photo = |bytes: &&[u8]| PhotoRef { sha256: hash(bytes), width: 16, height: 12, bytes: 1 };
    EntryEdit {
        valence: Some(Valence::Good),
        story: Some("Hier deel je eten".to_owned()),
        photos: Some(pictures.iter().map(photo).collect()),
        made: Some((now, now)),
        ..EntryEdit::default()
    }
    .into_record(RecordId::new(now, random::bytes()), stamp(now))
}

/// Makes what deletes an entry, or brings it back.
pub(in crate::tests) fn deletion(id: RecordId, is_deleted: bool, now: Timestamp) -> Record {
    EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() }.into_record(id, stamp(now))
}
