//! The one way in which a record changes: with a new place in the sequence, its links to media, and who sees it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Clock, Entry, KIND_ENTRY, Map, MediaHash, NodeId, Record, Stamp, Timestamp, outlives_emptying, stays_on_phone,
};
use protocol::MediumState;

use super::sight;
use crate::clock::stored;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media::{self, MediumKey, MediumKind};
use crate::repositories::records::{self, Sight, StoredRecord};
use crate::repositories::{Connection, projects};

/// Where each medium of a record stands with its maker.
pub(crate) type MediaStates = Map<MediaHash, MediumState>;

/// Media that nobody has any more once the transaction commits; their files can go then.
pub(crate) type Released = BTreeSet<MediaHash>;

/// Makes a record that is not stored yet.
pub(crate) fn new(maker: Member, record: Record) -> StoredRecord {
    StoredRecord { record, project: maker.project, author: maker.id, seq: 0, deleted_ms: None, sight: Sight::default() }
}

/// Empties what stays on its maker's phone, but for what says so and whether it was put away: there is no copy on the server.
/// What came of it before it was narrowed goes with its photos, and so does what a phone sends that does not know better.
pub(super) fn without_what_stays(mut record: Record) -> Record {
    if stays_on_phone(&record) {
        record.fields.retain(|name, _| outlives_emptying(name));
    }
    record
}

/// Returns the stamp under which the server itself writes a field, after whoever wrote it last: a phone's clock may be a little ahead.
pub(super) fn own_stamp(record: &Record, field: &str, now: Timestamp) -> Stamp {
    let was = record.fields.get(field).and_then(|field| field.stamps().into_iter().max());
    Clock::new(NodeId::SERVER, was).tick(now)
}

/// Writes a record that changed, or one whose media changed: everybody who may hear of it will. Returns it as it is stored.
pub(crate) async fn save(
    conn: &mut Connection,
    mut stored_record: StoredRecord,
    now: Timestamp,
) -> Result<(StoredRecord, MediaStates, Released), Error> {
    let states = media_states(conn, &stored_record).await?;
    stored_record.sight = sight::of(conn, &stored_record, &states).await?;
    let (stored_record, released) = save_seen(conn, stored_record, &states, now).await?;
    Ok((stored_record, states, released))
}

/// As [`save`], of a record whose sight has been worked out from where its media stand.
pub(super) async fn save_seen(
    conn: &mut Connection,
    mut stored_record: StoredRecord,
    states: &MediaStates,
    now: Timestamp,
) -> Result<(StoredRecord, Released), Error> {
    let is_deleted = is_deleted(&stored_record.record);
    stored_record.deleted_ms = is_deleted.then(|| stored_record.deleted_ms.unwrap_or(stored(now)));
    stored_record.seq = projects::next_seq(conn, stored_record.project).await?;
    records::save(conn, &stored_record).await?;
    let released = link_media(conn, &stored_record, states).await?;
    Ok((stored_record, released))
}

/// Returns where each medium that a record names stands with its maker.
pub(crate) async fn media_states(conn: &mut Connection, stored_record: &StoredRecord) -> Result<MediaStates, Error> {
    let mut states = MediaStates::new();
    for (sha256, kind) in named_media(&stored_record.record) {
        let key = MediumKey { project: stored_record.project, sha256, owner: stored_record.author };
        states.insert(sha256, media::state_as(conn, key, kind).await?);
    }
    Ok(states)
}

async fn link_media(
    conn: &mut Connection,
    stored_record: &StoredRecord,
    states: &MediaStates,
) -> Result<Released, Error> {
    let id = stored_record.record.id;
    let mut released = Released::new();
    for sha256 in states.keys() {
        records::link_medium(conn, id, *sha256).await?;
    }
    for sha256 in records::linked_media(conn, id).await? {
        if states.contains_key(&sha256) {
            continue;
        }
        records::unlink_medium(conn, id, sha256).await?;
        let key = MediumKey { project: stored_record.project, sha256, owner: stored_record.author };
        if records::naming(conn, key.project, key.owner, sha256).await?.is_empty()
            && media::delete(conn, key).await?
            && !media::has_owner(conn, key.project, sha256).await?
        {
            released.insert(sha256);
        }
    }
    Ok(released)
}

/// Returns the media that a record names, each with what it says it is: photos, and a voice note.
fn named_media(record: &Record) -> BTreeMap<MediaHash, MediumKind> {
    if record.kind != KIND_ENTRY || record.erased {
        return BTreeMap::new();
    }
    let entry = Entry::from_record(record);
    let voice = entry.voice.map(|voice| (voice.sha256, MediumKind::Voice(voice.kind)));
    entry.photos.iter().map(|photo| (photo.sha256, MediumKind::Picture)).chain(voice).collect()
}

/// Says whether an entry is put away, and ends so. One that stays on its maker's phone does not: its maker may have brought it back
/// there.
fn is_deleted(record: &Record) -> bool {
    record.kind == KIND_ENTRY && !record.erased && !stays_on_phone(record) && Entry::from_record(record).is_deleted
}
