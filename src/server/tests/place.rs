//! Where an entry was made: how precisely who sees that.

use domain::PlaceShown::{Exact, Hidden, Neighbourhood, Street};
use domain::{
    Audience, Decision, Entry, EntryEdit, KIND_ENTRY, KIND_PROJECT, KIND_REVIEW, Place, PlaceShown, PlaceSource,
    ProjectSettings, Record, RecordId, Role, ShownPlace, Timestamp,
};
use protocol::{
    ErrorCode, MAX_PULL, NEWEST_FIRST, PullItem, PullReply, VERSION, VERSION_HEADER, log_path, me_path, records_path,
};
use serde_json::json;

use super::support::{Phone, Server, drawing, entry, stamp};
use super::team::{group, make, seen, team, views, whole};
use crate::cli::type_in;
use crate::random;

/// Digits that nothing else has.
const NORTH: &str = "51987654";
const EAST: &str = "105893217";

#[tokio::test]
async fn others_see_a_place_no_more_precisely_than_its_maker_says_whoever_they_are() {
    let (server, [worker, coordinator, maker, resident, researcher, municipality]) = team().await;
    for (phone, role) in [(&researcher, Role::Researcher), (&municipality, Role::Municipality)] {
        make(&server, phone, role).await;
    }
    group(&server, &worker, "Moestuin", &[&maker, &resident]).await;
    let others = [&worker, &coordinator, &resident, &researcher, &municipality];
    for (number, how) in (1..).zip([None, Some(Hidden), Some(Neighbourhood), Some(Street), Some(Exact)]) {
        let id = share(&server, &maker, number, how).await;
        let expected = place().shown(how.unwrap_or(Street));
        for phone in others {
            for version in 1..=VERSION {
                let told = everything(&server, phone, version).await;
                assert_eq!(told.iter().any(|text| text.contains(NORTH) || text.contains(EAST)), how == Some(Exact));
            }
            let told = phone.pull(&server, "").await;
            assert_eq!(seen_of(&told, id), expected, "{how:?}");
            let view = views(&told).find(|view| view.id == id).unwrap();
            assert!(view.fields.keys().all(|name| Entry::SHOWN_FIELDS.contains(&name.as_str())), "{view:?}");
        }
        let own = Entry::from_record(whole(&maker.pull(&server, "").await, id).unwrap());
        assert_eq!(
            (own.read_place(), own.read_place_shown()),
            (Some(place()), how.unwrap_or(Street)),
            "its maker has all"
        );
        assert_eq!(maker.push(&server, [Record::erasure(id, KIND_ENTRY)]).await, [None]);
        for phone in others {
            let told = everything(&server, phone, VERSION).await;
            assert!(!told.iter().any(|text| text.contains(NORTH)), "what is gone is told without its place");
        }
    }
}

#[tokio::test]
async fn every_phone_hears_when_a_place_is_shown_otherwise_or_moved_or_taken_away() {
    let (server, [worker, _, maker, other]) = team().await;
    let id = share(&server, &maker, 1, Some(Exact)).await;
    let mut cursors = [other.pull(&server, "").await.cursor, worker.pull(&server, "").await.cursor];
    let moved = Place { north_microdeg: 52_000_000, ..place() };
    for (write, expected) in [
        (shown_as(Hidden), None),
        (shown_as(Exact), place().shown(Exact)),
        (shown_as(Street), place().shown(Street)),
        (EntryEdit::at(Some(moved)), moved.shown(Street)),
        (shown_as(Neighbourhood), moved.shown(Neighbourhood)),
        (EntryEdit::at(None), None),
    ] {
        server.pass_ms(1);
        assert_eq!(maker.push(&server, [write.into_record(id, stamp(server.now()))]).await, [None]);
        for (phone, cursor) in [&other, &worker].into_iter().zip(&mut cursors) {
            let told = phone.pull(&server, cursor).await;
            assert_eq!(seen_of(&told, id), expected);
            *cursor = told.cursor;
        }
    }
}

#[tokio::test]
async fn an_approval_stands_when_the_place_is_shown_otherwise() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let asks = Record::new(ProjectSettings::record_id(maker.project), KIND_PROJECT);
    coordinator.push(&server, [asks.with("approval", true, stamp(server.now()))]).await;
    let id = share(&server, &maker, 1, None).await;
    assert_eq!(seen(&other.pull(&server, "").await), []);
    let version = Entry::from_record(whole(&maker.pull(&server, "").await, id).unwrap()).version();
    server.pass_ms(1);
    let approval = Record::new(RecordId::new(server.now(), random::bytes()), KIND_REVIEW)
        .with("entry", id.to_string(), stamp(server.now()))
        .with("decision", Decision::Approve.key(), stamp(server.now()))
        .with("saw", version, stamp(server.now()));
    assert_eq!(worker.push(&server, [approval]).await, [None]);
    assert_eq!(seen(&other.pull(&server, "").await), [id]);
    server.pass_ms(1);
    assert_eq!(maker.push(&server, [shown_as(Neighbourhood).into_record(id, stamp(server.now()))]).await, [None]);
    assert_eq!(seen_of(&other.pull(&server, "").await, id), place().shown(Neighbourhood));
}

#[tokio::test]
async fn a_closed_project_takes_a_place_back_and_shows_none_more_precisely() {
    let (server, [_, _, maker, other]) = team().await;
    let (hidden, taken_away) = (share(&server, &maker, 1, None).await, share(&server, &maker, 2, None).await);
    let (data, project) = (server.data(), maker.project.to_string());
    type_in(&["project", "close", "--data", data.to_str().unwrap(), &project]).await.unwrap();
    server.pass_ms(1);
    let at = stamp(server.now());
    for wider in [shown_as(Exact), shown_as(Street), EntryEdit::at(Some(place()))] {
        let answer = maker.try_push(&server, [wider.into_record(hidden, at)]).await;
        assert_eq!(answer.code(), ErrorCode::ProjectClosed);
    }
    let writes = [shown_as(Hidden).into_record(hidden, at), EntryEdit::at(None).into_record(taken_away, at)];
    assert_eq!(maker.push(&server, writes).await, [None; 2]);
    let told = other.pull(&server, "").await;
    assert_eq!((seen_of(&told, hidden), seen_of(&told, taken_away)), (None, None));
}

#[tokio::test]
async fn of_an_entry_that_stays_on_the_phone_the_server_keeps_no_place() {
    let (server, [_, _, maker, _]) = team().await;
    let id = share(&server, &maker, 1, None).await;
    server.pass_ms(1);
    let narrow = EntryEdit { audience: Some(Audience::OnlyMe), ..EntryEdit::default() };
    assert_eq!(maker.push(&server, [narrow.into_record(id, stamp(server.now()))]).await, [None]);
    let told = maker.pull(&server, "").await;
    assert_eq!(whole(&told, id).unwrap().fields.keys().collect::<Vec<_>>(), ["audience"]);
}

#[tokio::test]
async fn a_place_that_is_none_is_refused() {
    let (server, [_, _, maker, _]) = team().await;
    let id = share(&server, &maker, 1, None).await;
    let nowhere = Place { north_microdeg: 95_500_000, ..place() };
    let unknown = Place { north_microdeg: 0, east_microdeg: 0, ..place() };
    let at = stamp(server.now().plus(1));
    for write in [
        EntryEdit::at(Some(nowhere)).into_record(id, at),
        EntryEdit::at(Some(unknown)).into_record(id, at),
        Record::new(id, KIND_ENTRY).with("place", json!({"north_microdeg": 1}), at),
        Record::new(id, KIND_ENTRY).with("place_shown", "blurred", at),
    ] {
        assert_eq!(maker.push(&server, [write]).await, [Some(ErrorCode::InvalidRecord)]);
    }
}

fn place() -> Place {
    let (north_microdeg, east_microdeg) = (NORTH.parse().unwrap(), EAST.parse().unwrap());
    let at = Timestamp::from_ms(1_764_000_000_000);
    Place { north_microdeg, east_microdeg, accuracy_m: Some(14), source: PlaceSource::Here, at }
}

fn shown_as(how: PlaceShown) -> EntryEdit {
    EntryEdit { place_shown: Some(how), ..EntryEdit::default() }
}

/// Shares an entry that was made there.
async fn share(server: &Server, maker: &Phone, number: u8, how: Option<PlaceShown>) -> RecordId {
    let picture = drawing(number);
    let mut entry = entry(server.now(), &[&picture]);
    let edit = EntryEdit { place_shown: how, ..EntryEdit::at(Some(place())) };
    entry.merge(&edit.into_record(entry.id, stamp(server.now())));
    assert_eq!(maker.push(server, [entry.clone()]).await, [None]);
    assert!(maker.send(server, &picture).await.status.is_success());
    server.settle().await;
    entry.id
}

/// Returns what an answer shows of the place of an entry.
fn seen_of(told: &PullReply, id: RecordId) -> Option<ShownPlace> {
    Entry::from_view(views(told).find(|view| view.id == id).expect("it is shown")).shown_place()
}

/// Returns all that a phone of this version is told of what others made.
async fn everything(server: &Server, phone: &Phone, version: u32) -> Vec<String> {
    let records = records_path(phone.project);
    let paths = [
        format!("{records}?after="),
        format!("{records}?order={NEWEST_FIRST}&limit={MAX_PULL}"),
        me_path().to_owned(),
        log_path(phone.project, None),
    ];
    let mut told = Vec::new();
    for path in paths {
        let asking = phone.request(axum::http::Method::GET, &path).header(VERSION_HEADER, version.to_string());
        let answer = server.send(asking.body(axum::body::Body::empty()).unwrap()).await;
        told.push(format!("{:?} {}", answer.headers, answer.text()));
    }
    let is_others = |item: &PullItem| !matches!(item, PullItem::Own { .. });
    assert!(phone.items(server).await.iter().any(is_others), "there is something to be seen");
    told
}
