//! Taking in what a member wrote.

use domain::permissions::{may_write, only_takes_back, taking_back};
use domain::plain::{Plain, Value};
use domain::{
    Decision, Invalid, KIND_ENTRY, KIND_GROUP, KIND_PROJECT, KIND_REVIEW, KIND_TRANSCRIPT, MAX_RECORD_BYTES,
    ProjectSettings, Record, RecordHead, RecordId, Review, Timestamp, all_consent_texts, all_own_questions,
    all_own_themes,
};
use protocol::{ErrorCode, LogAct, MAX_BATCH, PushResult};

use super::records::{self, MediaStates, Released};
use super::{media, sight};
use crate::auth;
use crate::clock::stored;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::log::{self, Note};
use crate::repositories::{Connection, projects, records as stored_records};
use crate::state::App;

/// Writes a batch: all of it in one transaction, each record taken or refused by itself.
///
/// A closed project takes what takes something back, out of whatever it comes with.
///
/// # Errors
/// `clock_ahead` when any stamp lies too far ahead, and `batch_too_large`: nothing is written then. `project_closed` when
/// the batch adds anything, so that the phone keeps all of it.
pub(crate) async fn push(app: &App, member: Member, batch: Vec<Record>) -> Result<Vec<PushResult>, Error> {
    if batch.len() > MAX_BATCH {
        return Err(Error::refused(ErrorCode::BatchTooLarge, format!("a batch has at most {MAX_BATCH} records")));
    }
    let now = app.now();
    let checks: Vec<_> = batch.iter().map(|record| record.check(now)).collect();
    if checks.contains(&Err(Invalid::ClockAhead)) {
        return Err(clock_ahead());
    }
    let mut results = Vec::with_capacity(batch.len());
    let mut released = Released::new();
    let mut tx = app.db.begin().await?;
    let is_closed = projects::is_closed(&mut tx, member.project).await?;
    let is_refused = is_closed && !batch.iter().all(only_takes_back);
    for (record, check) in batch.into_iter().zip(checks) {
        let Some(record) = (if is_closed { taking_back(record) } else { Some(record) }) else { continue };
        let id = record.id;
        let written = match check {
            Ok(()) => write(&mut tx, member, record, now).await?,
            Err(invalid) => Err(refusal(&invalid)),
        };
        results.push(match written {
            Ok((media, mut gone)) => {
                released.append(&mut gone);
                PushResult { id, refused: None, media }
            }
            Err(code) => PushResult { id, refused: Some(code), media: MediaStates::new() },
        });
    }
    tx.commit().await?;
    media::remove_files(app, member.project, released).await;
    if is_refused { Err(auth::project_closed()) } else { Ok(results) }
}

/// Merges a record, checked already, into what is stored; the inner error refuses this record alone.
pub(super) async fn write(
    conn: &mut Connection,
    member: Member,
    record: Record,
    now: Timestamp,
) -> Result<Result<(MediaStates, Released), ErrorCode>, Error> {
    let before = stored_records::find(conn, record.id).await?;
    if !is_allowed(member, before.as_ref(), &record) {
        return Ok(Err(ErrorCode::NotYours));
    }
    let mut after = before.clone().unwrap_or_else(|| records::new(member, Record::new(record.id, &record.kind)));
    after.record.merge(&record);
    after.record = records::without_what_stays(after.record);
    keep_what_is_referred_to(before.as_ref(), &record, &mut after.record, now);
    if before.as_ref().is_some_and(|before| before.record == after.record) {
        return Ok(Ok((records::media_states(conn, &after).await?, Released::new())));
    }
    // Parts that are each in order may be too much together.
    if let Err(invalid) = after.record.check(now) {
        return Ok(Err(refusal(&invalid)));
    }
    if !has_its_place(conn, &after).await? {
        return Ok(Err(ErrorCode::InvalidRecord));
    }
    let (after, states, released) = records::save(conn, after, now).await?;
    sight::follow(conn, before.as_ref(), &after, now).await?;
    if let Some(act) = act_of(&record) {
        let author = match after.sight.for_member {
            Some(author) if author != member.id => Some(author),
            Some(_) | None => None,
        };
        log::note(conn, Note { member: author, ..Note::new(member.project, act, Some(member.id)) }, stored(now))
            .await?;
    }
    Ok(Ok((states, released)))
}

/// Keeps what others refer to, also when somebody wrote a list of it anew who had not heard of all: texts that people may have said
/// yes to, themes that entries may be about, and questions that somebody made. A list stays that of whose order of it stands.
fn keep_what_is_referred_to(
    before: Option<&stored_records::StoredRecord>,
    written: &Record,
    after: &mut Record,
    now: Timestamp,
) {
    if written.kind != KIND_PROJECT || after.erased {
        return;
    }
    let held = before.map(|before| ProjectSettings::from_record(&before.record)).unwrap_or_default();
    let (said, standing) = (ProjectSettings::from_record(written), ProjectSettings::from_record(after));
    let mut write = |field: &str, value: Value| {
        let at = records::own_stamp(after, field, now);
        let own = Record::new(after.id, KIND_PROJECT).with(field, value, at);
        after.merge(&own.written_by(after.writer_of(field)));
    };
    if written.fields.contains_key("consent_texts") {
        let texts = all_consent_texts(&held.consent_texts, &said.consent_texts);
        if texts != standing.consent_texts {
            write("consent_texts", texts.to_value());
        }
    }
    // Where none are named, all are on that everybody has.
    if written.fields.contains_key("themes") && !standing.themes.is_empty() {
        let themes = all_own_themes(&all_own_themes(&standing.themes, &held.themes), &said.themes);
        if themes != standing.themes {
            write("themes", themes.to_value());
        }
    }
    // Where none are named, those are asked that everybody has.
    if written.fields.contains_key("questions") && !standing.questions.is_empty() {
        let questions = all_own_questions(&all_own_questions(&standing.questions, &held.questions), &said.questions);
        if questions != standing.questions {
            write("questions", questions.to_value());
        }
    }
}

/// Returns what the log calls a write, where it is one that coordinators read of.
fn act_of(record: &Record) -> Option<LogAct> {
    match record.kind.as_str() {
        KIND_PROJECT => Some(LogAct::ProjectSetUp),
        KIND_GROUP => Some(LogAct::GroupChanged),
        KIND_REVIEW => Review::from_record(record).map(|review| match review.decision {
            Decision::Approve => LogAct::EntryApproved,
            Decision::Ask => LogAct::EntryAsked,
            Decision::Hide => LogAct::EntryHidden,
        }),
        _ => None,
    }
}

/// Says whether a record stands where one of its kind does: a project's settings under the project's own id, a review, and what was
/// typed of a voice note, on an entry of the same project.
async fn has_its_place(conn: &mut Connection, stored: &stored_records::StoredRecord) -> Result<bool, Error> {
    let record = &stored.record;
    Ok(match record.kind.as_str() {
        _ if record.erased => true,
        KIND_PROJECT => record.id == ProjectSettings::record_id(stored.project),
        KIND_REVIEW | KIND_TRANSCRIPT => match record.last("entry").and_then(RecordId::from_value) {
            None => true,
            Some(id) => {
                let entry = stored_records::find(conn, id).await?;
                entry.is_some_and(|entry| entry.project == stored.project && entry.record.kind == KIND_ENTRY)
            }
        },
        _ => true,
    })
}

/// Makes the refusal of a whole request.
pub(super) fn clock_ahead() -> Error {
    Error::refused(ErrorCode::ClockAhead, "a stamp lies more than 60 s ahead of the server's clock")
}

/// Returns the code for a rule that a record breaks.
pub(super) fn refusal(invalid: &Invalid) -> ErrorCode {
    match invalid {
        Invalid::TooLarge => ErrorCode::RecordTooLarge,
        Invalid::Kind | Invalid::Field(_) => ErrorCode::InvalidRecord,
        Invalid::ClockAhead => ErrorCode::ClockAhead,
    }
}

fn is_allowed(member: Member, before: Option<&stored_records::StoredRecord>, record: &Record) -> bool {
    let head = RecordHead {
        project: before.map_or(member.project, |before| before.project),
        written_in: member.project,
        kind: before.map_or(&record.kind, |before| &before.record.kind),
        written_as: &record.kind,
        author: before.map_or(member.id, |before| before.author),
    };
    // Who changed what several people write is who the token says, not who the phone does.
    if !record.is_written_by(member.id) {
        return false;
    }
    let erasing = record.erased.then_some("erased");
    let mut fields = record.fields.keys().map(String::as_str).chain(erasing).peekable();
    if fields.peek().is_none() {
        // A write of nothing still asks whose record it is.
        return may_write(member.id, member.role, &head, "").is_ok();
    }
    fields.all(|field| may_write(member.id, member.role, &head, field).is_ok())
}

/// The phone may send this much in one request; what is beyond is not even read.
pub(crate) const MAX_PUSH_BYTES: usize = MAX_BATCH * (MAX_RECORD_BYTES + 1024);
