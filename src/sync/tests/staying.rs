//! What stays on the phone, as its maker wants.

use domain::{Audience, PhotoRef};
use protocol::MediumState::{self, Held};

use super::*;

#[test]
fn nothing_leaves_of_an_entry_that_stays_on_the_phone() {
    let mut script = Script::new();
    script.snapshot.staying = [(id(1), false)].into();
    script.snapshot.ops = vec![made(1, Some(Audience::OnlyMe), None), changed(2, 1), put_away(3, 1)];
    assert_eq!(script.run(Event::Started), ["me", "pull newest"]);
    assert_eq!(script.snapshot.ops.len(), 3);
    assert!(uploads_of(&own(Some(Audience::OnlyMe), None, &[])).is_empty());
    assert_eq!(uploads_of(&own(Some(Audience::OnlyMe), Some(true), &[])).len(), 1, "a copy was asked for");
}

#[test]
fn what_was_sent_before_is_told_that_it_stays_and_nothing_more() {
    for (is_known, is_attempted) in [(true, false), (false, true)] {
        let mut script = Script::new();
        script.run(Event::Started);
        script.snapshot.staying = [(id(1), is_known)].into();
        let before = Op { is_attempted, ..changed(1, 1) };
        script.snapshot.ops = vec![before, narrowed(2, 1), changed(3, 1)];
        script.effects(Event::ChangeQueued);
        let effects = script.loaded();
        // The one before it keeps its stamp.
        assert_eq!(effects, [Effect::Persist(vec![Write::Attempted(vec![OpId(1), OpId(2)])])]);
        let effects = script.effects(Event::Stored);
        let [Effect::Send(_, Request::Push(_, records))] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(records, &[narrowed(2, 1).record]);
    }
}

#[test]
fn what_was_never_sent_is_not_even_told_to_stay() {
    let mut script = Script::new();
    script.snapshot.staying = [(id(1), false)].into();
    script.snapshot.ops = vec![changed(1, 1), narrowed(2, 1), op(3, project(1))];
    script.run(Event::Started);
    assert_eq!(script.snapshot.ops.iter().map(|op| op.id.0).collect::<Vec<_>>(), [1, 2]);
    assert!(script.snapshot.ops.iter().all(|op| !op.is_attempted), "that another went says nothing of this one");
}

#[test]
fn that_it_stays_goes_to_a_closed_project_too() {
    let mut script = Script::new();
    script.snapshot.staying = [(id(2), true)].into();
    script.push(vec![op(1, project(1)), narrowed(2, 2)]);
    script.answer(refused(ErrorCode::ProjectClosed, None));
    script.loaded();
    let effects = script.effects(Event::Stored);
    let [Effect::Send(_, Request::Push(_, records))] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(records, &[narrowed(2, 2).record]);
}

#[test]
fn an_erasure_leaves_whatever_stayed() {
    let mut script = Script::new();
    script.snapshot.staying = [(id(1), false)].into();
    script.snapshot.ops = vec![Op { record: Record::erasure(id(1), "entry"), ..op(1, project(1)) }];
    assert_eq!(script.run(Event::Started), ["me", "push 1", "pull newest"]);
}

#[test]
fn what_does_not_stay_any_more_goes_whole() {
    let before = own(Some(Audience::OnlyMe), None, &[]).record;
    for edit in [
        EntryEdit { audience: Some(Audience::MyGroup), ..EntryEdit::default() },
        EntryEdit { keep_copy: Some(true), ..EntryEdit::default() },
    ] {
        let part = edit.into_record(before.id, stamp(2));
        let mut after = before.clone();
        after.merge(&part);
        assert_eq!(to_queue(&before, &after, part), after);
    }
    let told = changed(2, 1).record;
    let mut after = before.clone();
    after.merge(&told);
    assert_eq!(to_queue(&before, &after, told.clone()), told, "it still stays");
    assert_eq!(to_queue(&after, &Record::erasure(id(1), "entry"), told.clone()), told);
}

#[test]
fn what_stays_is_never_called_received() {
    let own = own(Some(Audience::OnlyMe), None, &[(hash(1), Held)]);
    assert!(!progress(&own, false).is_received(), "the server has emptied its copy");
    assert!(progress(&own, false).is_done());
    assert!(!progress(&own, true).is_done(), "the server has still to hear of it");
    assert_eq!(staying(std::iter::once(&own)), [(id(1), true)].into());
}

fn id(number: u64) -> RecordId {
    op(number, project(1)).record.id
}

fn stamp(number: u64) -> Stamp {
    op(number, project(1)).record.newest_stamp().unwrap()
}

fn made(number: u64, audience: Option<Audience>, keep_copy: Option<bool>) -> Op {
    let photos = Some(vec![PhotoRef { sha256: hash(1), width: 4, height: 3, bytes: 5 }]);
    let edit = EntryEdit { photos, story: Some("Dag".to_owned()), audience, keep_copy, ..EntryEdit::default() };
    Op { record: edit.into_record(id(number), stamp(number)), ..op(number, project(1)) }
}

/// A write of other words, in the entry of that number.
fn changed(number: u64, of: u64) -> Op {
    let edit = EntryEdit { story: Some("Anders".to_owned()), ..EntryEdit::default() };
    Op { record: edit.into_record(id(of), stamp(number)), ..op(number, project(1)) }
}

fn put_away(number: u64, of: u64) -> Op {
    let edit = EntryEdit { is_deleted: Some(true), ..EntryEdit::default() };
    Op { record: edit.into_record(id(of), stamp(number)), ..op(number, project(1)) }
}

fn narrowed(number: u64, of: u64) -> Op {
    let edit = EntryEdit { audience: Some(Audience::OnlyMe), ..EntryEdit::default() };
    Op { record: edit.into_record(id(of), stamp(number)), ..op(number, project(1)) }
}

fn own(audience: Option<Audience>, keep_copy: Option<bool>, media: &[(MediaHash, MediumState)]) -> OwnRecord {
    OwnRecord {
        record: made(1, audience, keep_copy).record,
        home: Home::Project(project(1)),
        media: media.iter().copied().collect(),
    }
}
