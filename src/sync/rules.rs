//! Rules that engine, store and screens share: what a record still needs, and what an answer means for it.

use domain::{Entry, KIND_ENTRY, Map, MediaHash, ProjectId, Record, RecordId, is_about_sight, stays_on_phone};
use protocol::{ErrorCode, MediumState};

use crate::{Home, Op, OwnRecord, Upload};

/// How far an own record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Parts that the server holds: the words, each photo, and the voice note.
    pub held: u32,
    /// All parts.
    pub total: u32,
    /// Photos that the server does not hold.
    pub photos_missing: u32,
    /// Why a part was set aside.
    pub set_aside: Option<ErrorCode>,
    /// It stays on this phone, as its maker wants: all there is to send is that it does, once the server may know of it.
    pub stays: bool,
}

impl Progress {
    /// Says whether the server holds all of it. Derived each time, never kept: it cannot be said too early.
    pub const fn is_received(&self) -> bool {
        !self.stays && self.is_done()
    }

    /// Says whether nothing of it waits to be sent.
    pub const fn is_done(&self) -> bool {
        self.held == self.total
    }
}

/// Returns how far a record is. `words_wait` says whether the outbox holds a write of it that is to leave the phone
/// ([`leaves`]).
pub fn progress(own: &OwnRecord, words_wait: bool) -> Progress {
    if stays_on_phone(&own.record) {
        let held = u32::from(!words_wait);
        return Progress { held, total: 1, photos_missing: 0, set_aside: None, stays: true };
    }
    let entry = entry_of(&own.record);
    let states: Vec<_> = entry.media().iter().map(|(sha256, _)| own.media.get(sha256).copied()).collect();
    let is_missing = |state: &&Option<MediumState>| !state.is_some_and(MediumState::is_held);
    let missing = states.iter().filter(is_missing).count();
    let photos_missing = states.iter().take(entry.photos.len()).filter(is_missing).count();
    let set_aside = states.iter().find_map(|state| match state {
        Some(MediumState::SetAside { code }) => Some(*code),
        _ => None,
    });
    // Far fewer than ten photos: the counts fit.
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Progress {
        held: count(states.len() - missing) + u32::from(!words_wait),
        total: count(states.len()) + 1,
        photos_missing: count(photos_missing),
        set_aside,
        stays: false,
    }
}

/// Returns the media that the server still has to receive for a record: those neither held nor set aside. Of what stays on the
/// phone there are none.
pub fn uploads_of(own: &OwnRecord) -> Vec<Upload> {
    let Home::Project(project) = own.home else { return Vec::new() };
    if own.record.erased || stays_on_phone(&own.record) {
        return Vec::new();
    }
    media(&own.record)
        .filter(|(sha256, _)| is_lacking(own, *sha256))
        .map(|(sha256, bytes)| Upload { bytes, project, sha256, record: own.record.id })
        .collect()
}

/// Own records that stay on the phone, each with whether the server has said anything of it.
pub type Staying = Map<RecordId, bool>;

/// Returns those of a phone's own records that stay on it.
pub fn staying<'a>(owns: impl Iterator<Item = &'a OwnRecord>) -> Staying {
    owns.filter(|own| stays_on_phone(&own.record)).map(|own| (own.record.id, !own.media.is_empty())).collect()
}

/// Says whether a write leaves the phone; `ops` are the writes that wait. Of an entry that stays on the phone no words leave: only
/// that it does, and that only where the server may know of the entry because something of it was sent before.
pub fn leaves(op: &Op, ops: &[Op], staying: &Staying) -> bool {
    staying.get(&op.record.id).is_none_or(|is_known| leaves_all_the_same(op, ops, *is_known))
}

/// Says whether a write of an own record waits that is to leave the phone ([`leaves`]); `ops` are the writes that wait.
pub fn words_wait(own: &OwnRecord, ops: &[Op]) -> bool {
    let (stays, is_known) = (stays_on_phone(&own.record), !own.media.is_empty());
    ops.iter().any(|op| op.record.id == own.record.id && (!stays || leaves_all_the_same(op, ops, is_known)))
}

fn leaves_all_the_same(op: &Op, ops: &[Op], is_known: bool) -> bool {
    let fields = &op.record.fields;
    let is_bare = !fields.is_empty() && fields.keys().all(|name| is_about_sight(name));
    let was_sent =
        || ops.iter().any(|other| other.record.id == op.record.id && other.is_attempted && other.set_aside.is_none());
    op.record.erased || is_bare && (is_known || was_sent())
}

/// Returns what a change of an own entry puts into the outbox, when `before` has become `after` by `part`. An entry that does not
/// stay on the phone any more goes whole: of what the server once had of it, it has emptied its copy.
pub fn to_queue(before: &Record, after: &Record, part: Record) -> Record {
    if stays_on_phone(before) && !stays_on_phone(after) && !after.erased { after.clone() } else { part }
}

/// Takes in the maker's own record as the server gave it back.
pub fn apply_own(
    held: Option<OwnRecord>,
    project: ProjectId,
    record: &Record,
    media: &Map<MediaHash, MediumState>,
) -> OwnRecord {
    let mut own = held.unwrap_or_else(|| OwnRecord::new(record.id, &record.kind, Home::Project(project)));
    own.record.merge(record);
    own.media.extend(media);
    own
}

/// The phone is another member of the project from now on: what the server lacks of a record that it has taken from the former one
/// would come under the new name, and belong to nothing. It is set aside for good; says whether there is any.
pub fn leave_behind(own: &mut OwnRecord) -> bool {
    let was_taken = !own.media.is_empty();
    let lacking: Vec<_> = media(&own.record).filter(|(sha256, _)| was_taken && is_lacking(own, *sha256)).collect();
    for (sha256, _) in &lacking {
        own.media.insert(*sha256, MediumState::SetAside { code: ErrorCode::NotMember });
    }
    !lacking.is_empty()
}

/// Lets what was set aside of a record's media be sent again, but what was left behind.
pub fn retry_media(own: &mut OwnRecord) {
    own.media.retain(|_, state| !matches!(state, MediumState::SetAside { code } if *code != ErrorCode::NotMember));
}

fn is_lacking(own: &OwnRecord, sha256: MediaHash) -> bool {
    matches!(own.media.get(&sha256), None | Some(MediumState::Missing | MediumState::Unknown))
}

/// Says whether a refusal is about the one item alone: it is set aside, and the rest goes on.
pub const fn is_poison(code: ErrorCode) -> bool {
    match code {
        ErrorCode::BadRequest
        | ErrorCode::NotYours
        | ErrorCode::NotFound
        | ErrorCode::InvalidRecord
        | ErrorCode::RecordTooLarge
        | ErrorCode::MediumTooLarge
        | ErrorCode::HashMismatch
        | ErrorCode::NotAnImage
        | ErrorCode::BrokenImage
        | ErrorCode::BrokenVoice
        | ErrorCode::VoiceTooLong
        | ErrorCode::TooManyPixels
        | ErrorCode::CarriesMetadata
        | ErrorCode::UnknownCode
        | ErrorCode::CodeReplaced => true,
        ErrorCode::UnknownDevice
        | ErrorCode::DeviceShutOut
        | ErrorCode::CrossSite
        | ErrorCode::NotMember
        | ErrorCode::ClockAhead
        | ErrorCode::UploadOffset
        | ErrorCode::BatchTooLarge
        | ErrorCode::TooManyAttempts
        | ErrorCode::ClientTooOld
        | ErrorCode::ProjectClosed
        | ErrorCode::ServerFull
        | ErrorCode::Busy
        | ErrorCode::MethodNotAllowed
        | ErrorCode::Internal
        | ErrorCode::Unknown => false,
    }
}

fn media(record: &Record) -> impl Iterator<Item = (MediaHash, u32)> + use<> {
    entry_of(record).media().into_iter()
}

/// Returns what a record says as an entry; one of another kind has no media.
fn entry_of(record: &Record) -> Entry {
    if record.kind == KIND_ENTRY { Entry::from_record(record) } else { Entry::default() }
}
