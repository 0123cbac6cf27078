//! What goes to a project that is closed, and what waits.

use super::*;

#[test]
fn what_takes_back_goes_to_a_closed_project_and_what_adds_waits() {
    let mut script = Script::new();
    script.push(vec![op(1, project(1)), put_away(2), erasure(3), op(4, project(1))]);
    let effects = refused_as_closed(&mut script);
    assert_eq!(pushed(&effects), [2, 3]);
    script.answer(taken(&effects));
    script.persist(&[confirmed(2), confirmed(3)]);
    script.effects(Event::Stored);
    script.reads_and_rests();
    assert_eq!(script.engine.problem(), Some(ErrorCode::ProjectClosed));
    assert_eq!(script.snapshot.ops.iter().map(|op| op.id.0).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn nothing_is_said_of_a_closed_project_to_which_nothing_is_added() {
    let mut script = Script::new();
    script.run(Event::Started);
    script.snapshot.ops = vec![put_away(1)];
    assert_eq!(script.run(Event::ChangeQueued), ["push 1", "pull after e.1"]);
    assert_eq!((script.engine.problem(), script.engine.next_wakeup()), (None, None));
}

#[test]
fn what_waits_before_what_takes_back_keeps_its_stamp() {
    let mut script = Script::new();
    let most = MAX_BATCH as u64;
    let of_the_first = |number, is_deleted| {
        let op = op(number, project(1));
        let edit = EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() };
        Op { record: edit.into_record(put_away(1).record.id, op.record.newest_stamp().unwrap()), ..op }
    };
    let brought_back_and_put_away_again = [of_the_first(most + 1, false), of_the_first(most + 2, true)];
    let adding = (1..=most).map(|number| op(number, project(1)));
    script.push(adding.chain(brought_back_and_put_away_again).chain([op(most + 3, project(1))]).collect());
    script.answer(refused(ErrorCode::ProjectClosed, None));
    let kept = (1..=most + 2).map(OpId).collect();
    assert_eq!(script.loaded(), [Effect::Persist(vec![Write::Attempted(kept)])]);
    assert_eq!(pushed(&script.effects(Event::Stored)), [1]);
}

#[test]
fn a_write_that_does_both_waits_whole() {
    let mut script = Script::new();
    let stamp = op(1, project(1)).record.newest_stamp().unwrap();
    let both = Op { record: deletion(1, true).with("story", "Dag", stamp), ..put_away(1) };
    script.push(vec![both]);
    script.answer(refused(ErrorCode::ProjectClosed, None));
    let read = script.loaded();
    assert!(matches!(read[..], [Effect::Send(_, Request::Pull(..))]), "{read:?}");
}

#[test]
fn a_server_that_refuses_also_what_takes_back_is_not_asked_in_circles() {
    let mut script = Script::new();
    script.push(vec![op(1, project(1)), put_away(2)]);
    assert_eq!(pushed(&refused_as_closed(&mut script)), [2]);
    script.answer(refused(ErrorCode::ProjectClosed, None));
    let read = script.loaded();
    assert!(matches!(read[..], [Effect::Send(_, Request::Pull(..))]), "{read:?}");
    // The next run asks anew.
    script.answer(Outcome::Reply(Reply::Pulled(page())));
    script.effects(Event::Stored);
    script.loaded();
    script.effects(Event::SendAsked);
    script.loaded();
    assert_eq!(pushed(&script.effects(Event::Stored)), [1, 2]);
}

/// Lets the push under way be refused by a closed project; returns what goes next.
fn refused_as_closed(script: &mut Script) -> Vec<Effect> {
    assert_eq!(script.answer(refused(ErrorCode::ProjectClosed, None)), [Effect::Load]);
    script.loaded();
    script.effects(Event::Stored)
}

/// Returns the numbers of the records that are pushed.
fn pushed(effects: &[Effect]) -> Vec<u128> {
    let [Effect::Send(_, Request::Push(_, records))] = effects else { panic!("{effects:?}") };
    records.iter().map(|record| record.id.uuid().as_u128()).collect()
}

fn taken(effects: &[Effect]) -> Outcome {
    let [Effect::Send(_, request)] = effects else { panic!("{effects:?}") };
    Script::new().yes(request)
}

fn confirmed(number: u64) -> Write {
    let record = op(number, project(1)).record.id;
    Write::Confirmed { ops: vec![OpId(number)], record, media: domain::Map::new() }
}

fn put_away(number: u64) -> Op {
    Op { record: deletion(number, true), ..op(number, project(1)) }
}

fn erasure(number: u64) -> Op {
    let op = op(number, project(1));
    Op { record: Record::erasure(op.record.id, "entry"), ..op }
}

fn deletion(number: u64, is_deleted: bool) -> Record {
    let record = op(number, project(1)).record;
    let stamp = record.newest_stamp().unwrap();
    EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() }.into_record(record.id, stamp)
}
