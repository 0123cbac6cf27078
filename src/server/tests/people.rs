//! What the maker of an entry says of the people in its photos, and who sees it while he has not.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::plain::Plain;
use domain::{
    Agreement, Audience, AudienceConsent, CONSENT_TEXT_VERSION, Consent, ConsentSubject, JoinCode, KIND_CONSENT,
    KIND_PROJECT, PeopleAnswer, PeopleConsent, ProjectSettings, Record, RecordId, Role,
};
use protocol::{ErrorCode, MediaSize, PullItem, PullReply, VERSION_HEADER, records_path};
use serde_json::json;

use super::support::{Phone, Server, drawing, hash, stamp};
use super::team::{gone, make, seen, team, views, whole};
use crate::cli::type_in;
use crate::random;

#[tokio::test]
async fn an_entry_is_held_until_its_maker_says_whether_there_are_people_in_it() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    hold(&server, &coordinator, "hold").await;
    for (number, answer) in (1..).zip(PeopleAnswer::ALL) {
        let id = maker.share(&server, &[&drawing(number)]).await;
        let told = other.pull(&server, "").await;
        assert!(!seen(&told).contains(&id), "{answer:?}");
        for guide in [&worker, &coordinator] {
            assert!(seen(&guide.pull(&server, "").await).contains(&id));
        }
        let photo = hash(&drawing(number));
        assert_eq!(other.picture(&server, photo, MediaSize::Small).await.code(), ErrorCode::NotFound);
        say(&server, &maker, id, answer).await;
        assert_eq!(seen(&other.pull(&server, &told.cursor).await), [id]);
        assert_eq!(other.picture(&server, photo, MediaSize::Small).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_answer_may_come_before_its_entry() {
    let (server, [_, coordinator, maker, other]) = team().await;
    hold(&server, &coordinator, "hold").await;
    let entry = super::support::entry(server.now(), &[&drawing(1)]);
    say(&server, &maker, entry.id, PeopleAnswer::Nobody).await;
    assert_eq!(maker.push(&server, [entry.clone()]).await, [None]);
    maker.send(&server, &drawing(1)).await;
    server.settle().await;
    assert_eq!(seen(&other.pull(&server, "").await), [entry.id]);
}

#[tokio::test]
async fn what_people_took_back_leaves_every_other_phone_at_once_whatever_the_project_says() {
    for says in ["hold", "show"] {
        let (server, [worker, coordinator, maker, other]) = team().await;
        hold(&server, &coordinator, says).await;
        let id = maker.share(&server, &[&drawing(1)]).await;
        let earlier = say(&server, &maker, id, PeopleAnswer::Covered).await;
        let last = say(&server, &maker, id, PeopleAnswer::Agreed).await;
        let others = [&worker, &coordinator, &other];
        let mut cursors = Vec::new();
        for phone in others {
            let told = phone.pull(&server, "").await;
            assert_eq!(seen(&told), [id]);
            cursors.push(told.cursor);
        }
        withdraw(&server, &maker, earlier, true).await;
        assert_eq!(other.pull(&server, &cursors[2]).await.items, [], "another answer stands");
        withdraw(&server, &maker, last, true).await;
        for (phone, cursor) in others.into_iter().zip(&cursors) {
            assert_eq!(gone(&phone.pull(&server, cursor).await), [id]);
            for size in [MediaSize::Small, MediaSize::Large] {
                let picture = phone.picture(&server, hash(&drawing(1)), size).await;
                assert_eq!(picture.code(), ErrorCode::NotFound);
            }
        }
        assert!(whole(&maker.pull(&server, "").await, id).is_some(), "its maker keeps it");
        say(&server, &maker, id, PeopleAnswer::Covered).await;
        for (phone, cursor) in others.into_iter().zip(&cursors) {
            assert_eq!(seen(&phone.pull(&server, cursor).await), [id]);
        }
    }
}

#[tokio::test]
async fn who_erases_what_was_taken_back_brings_nothing_back() {
    let (server, [_, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let said = say(&server, &maker, id, PeopleAnswer::Agreed).await;
    withdraw(&server, &maker, said, true).await;
    assert_eq!(maker.push(&server, [Record::erasure(said, KIND_CONSENT)]).await, [None]);
    assert_eq!(seen(&other.pull(&server, "").await), []);
}

#[tokio::test]
async fn what_a_maker_agreed_to_show_says_nothing_of_the_people_in_it() {
    let (server, [_, coordinator, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let consent = Consent { subject: ConsentSubject::Audience, ..answer(&server, id, PeopleAnswer::Nobody).consent };
    let agreed = AudienceConsent { entry: id, audience: Audience::Everyone, consent };
    let record = agreed.to_record(new_id(&server), stamp(server.now()));
    assert_eq!(maker.push(&server, [record.clone()]).await, [None]);
    assert_eq!(maker.push(&server, [Record::erasure(record.id, KIND_CONSENT)]).await, [None]);
    assert_eq!(seen(&other.pull(&server, "").await), [id]);
    hold(&server, &coordinator, "hold").await;
    assert_eq!(seen(&other.pull(&server, "").await), []);
}

#[tokio::test]
async fn nobody_but_its_maker_says_who_is_in_an_entry() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let shown = maker.share(&server, &[&drawing(1)]).await;
    hold(&server, &coordinator, "hold").await;
    let held = maker.share(&server, &[&drawing(2)]).await;
    say(&server, &maker, shown, PeopleAnswer::Nobody).await;
    for phone in [&worker, &coordinator, &other] {
        say(&server, phone, held, PeopleAnswer::Nobody).await;
        let said = say(&server, phone, shown, PeopleAnswer::Agreed).await;
        withdraw(&server, phone, said, true).await;
    }
    assert_eq!(seen(&other.pull(&server, "").await), [shown]);
}

#[tokio::test]
async fn nobody_is_told_what_a_maker_said_of_the_people_in_a_photo() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let said = say(&server, &maker, id, PeopleAnswer::Agreed).await;
    assert!(whole(&maker.pull(&server, "").await, said).is_some());
    for phone in [&worker, &coordinator, &other] {
        let text = serde_json::to_string(&phone.pull(&server, "").await.items).unwrap();
        assert!(text.contains(&id.to_string()) && !text.contains(&said.to_string()) && !text.contains("agreed"));
    }
}

#[tokio::test]
async fn whoever_had_an_entry_hears_when_the_project_begins_or_ends_to_hold_what_is_unanswered() {
    let (server, [_, coordinator, maker, other]) = team().await;
    let [unanswered, answered] =
        [maker.share(&server, &[&drawing(1)]).await, maker.share(&server, &[&drawing(2)]).await];
    say(&server, &maker, answered, PeopleAnswer::Nobody).await;
    let before = other.pull(&server, "").await;
    assert_eq!(seen(&before), [unanswered, answered]);
    hold(&server, &coordinator, "hold").await;
    let told = other.pull(&server, &before.cursor).await;
    assert_eq!((gone(&told), seen(&told)), (vec![unanswered], vec![]));
    hold(&server, &coordinator, "show").await;
    assert_eq!(seen(&other.pull(&server, &told.cursor).await), [unanswered]);
}

#[tokio::test]
async fn an_approved_entry_is_held_all_the_same_until_its_maker_answers() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    hold(&server, &coordinator, "hold").await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let at = stamp(server.now());
    let approval = Record::new(new_id(&server), domain::KIND_REVIEW).with("entry", id.to_value(), at);
    let entry = domain::Entry::from_record(whole(&maker.pull(&server, "").await, id).unwrap());
    let approval = approval.with("decision", "approve", at).with("saw", entry.version(), at);
    assert_eq!(worker.push(&server, [approval]).await, [None]);
    assert_eq!(seen(&other.pull(&server, "").await), []);
    say(&server, &maker, id, PeopleAnswer::Covered).await;
    assert_eq!(seen(&other.pull(&server, "").await), [id]);
}

#[tokio::test]
async fn a_closed_project_takes_that_consent_is_withdrawn_and_that_it_holds_and_not_that_it_is_given() {
    let (server, [_, coordinator, maker, other]) = team().await;
    let [first, second] = [maker.share(&server, &[&drawing(1)]).await, maker.share(&server, &[&drawing(2)]).await];
    let said = say(&server, &maker, first, PeopleAnswer::Agreed).await;
    server.execute("UPDATE project SET closed_ms = 1").await;
    let again = answer(&server, first, PeopleAnswer::Nobody).to_record(new_id(&server));
    assert_eq!(maker.try_push(&server, [again]).await.code(), ErrorCode::ProjectClosed);
    withdraw(&server, &maker, said, true).await;
    assert_eq!(seen(&other.pull(&server, "").await), [second]);
    let cursor = other.pull(&server, "").await.cursor;
    let show = setting(&server, &coordinator, "show");
    assert_eq!(coordinator.try_push(&server, [show]).await.code(), ErrorCode::ProjectClosed);
    hold(&server, &coordinator, "hold").await;
    assert_eq!(gone(&other.pull(&server, &cursor).await), [second]);
}

#[tokio::test]
async fn a_new_project_holds_what_is_unanswered_and_tells_every_phone_from_the_first_on() {
    let server = Server::start().await;
    let data = server.data().to_str().unwrap().to_owned();
    for (options, expected) in [(&[][..], Some("hold")), (&["--people-unanswered", "show"], None)] {
        let name = expected.unwrap_or("show");
        let command = ["project", "create", "--data", &data, "--name", name, "--municipality", "Ede"];
        type_in(&[&command, options].concat()).await.unwrap();
        let code = code_of(&server, name).await;
        let [first, coordinator] = [server.join(code).await, server.join(code).await];
        make(&server, &coordinator, Role::Coordinator).await;
        let id = first.share(&server, &[&drawing(1)]).await;
        let told = coordinator.pull(&server, "").await;
        let settings = whole(&told, ProjectSettings::record_id(first.project));
        assert_eq!(
            settings.and_then(|record| record.last("people_unanswered")),
            expected.map(|key| json!(key)).as_ref()
        );
        assert_eq!(seen(&told), [id], "who guides sees it");
        let other = server.join(code).await;
        let told = other.pull(&server, "").await;
        assert_eq!(seen(&told).is_empty(), expected.is_some());
        let settings = views(&told).find(|view| view.kind == KIND_PROJECT);
        assert_eq!(settings.is_some(), expected.is_some());
        // Who sets something else up changes nothing of it.
        let named = Record::new(ProjectSettings::record_id(first.project), KIND_PROJECT);
        let named = named.with("name", "De Nude", stamp(server.now()));
        assert_eq!(coordinator.push(&server, [named]).await, [None]);
        assert_eq!(seen(&other.pull(&server, "").await).is_empty(), expected.is_some());
        if expected.is_some() {
            let refused = first.push(&server, [setting(&server, &first, "show")]).await;
            assert_eq!(refused, [Some(ErrorCode::NotYours)], "who came first is a resident all the same");
            hold(&server, &coordinator, "show").await;
            assert_eq!(seen(&other.pull(&server, "").await), [id]);
        }
    }
}

#[tokio::test]
async fn phones_of_before_are_told_that_an_entry_is_gone_and_of_no_consent() {
    let (server, [_, coordinator, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    say(&server, &other, id, PeopleAnswer::Nobody).await;
    let pulled = async |after: String| -> PullReply {
        let request = other.request(Method::GET, &format!("{}?after={after}", records_path(other.project)));
        let request = request.header(VERSION_HEADER, "1").body(Body::empty()).unwrap();
        server.send(request).await.json()
    };
    let before = pulled(String::new()).await;
    assert_eq!(seen(&before), [id]);
    hold(&server, &coordinator, "hold").await;
    assert_eq!(pulled(before.cursor).await.items, [PullItem::Gone { id }]);
}

/// Sets up what becomes of what is unanswered.
async fn hold(server: &Server, coordinator: &Phone, says: &str) {
    server.pass_ms(1);
    assert_eq!(coordinator.push(server, [setting(server, coordinator, says)]).await, [None]);
}

fn setting(server: &Server, by: &Phone, says: &str) -> Record {
    let record = Record::new(ProjectSettings::record_id(by.project), KIND_PROJECT);
    record.with("people_unanswered", says, stamp(server.now()))
}

/// Answers whether there are people in an entry; returns the record.
async fn say(server: &Server, by: &Phone, entry: RecordId, said: PeopleAnswer) -> RecordId {
    server.pass_ms(1);
    let record = answer(server, entry, said).to_record(new_id(server));
    assert_eq!(by.push(server, [record.clone()]).await, [None]);
    record.id
}

fn answer(server: &Server, entry: RecordId, answer: PeopleAnswer) -> PeopleConsent {
    let consent = Consent {
        subject: ConsentSubject::PeopleInPhoto,
        text_version: CONSENT_TEXT_VERSION,
        language: "nl".to_owned(),
        given: server.now(),
        is_withdrawn: false,
    };
    let how = (answer == PeopleAnswer::Agreed).then_some(Agreement::Said);
    PeopleConsent { entry, answer, how, consent, at: stamp(server.now()) }
}

async fn withdraw(server: &Server, by: &Phone, consent: RecordId, is_withdrawn: bool) {
    server.pass_ms(1);
    let record = Record::new(consent, KIND_CONSENT).with("withdrawn", is_withdrawn, stamp(server.now()));
    assert_eq!(by.push(server, [record]).await, [None]);
}

/// Returns the residents' code of the project with this name.
async fn code_of(server: &Server, name: &str) -> JoinCode {
    let mut tx = server.app().db.begin().await.unwrap();
    let code: String =
        sqlx::query_scalar("SELECT c.code FROM join_code c JOIN project p ON p.id = c.project_id WHERE p.name = $1")
            .bind(name)
            .fetch_one(&mut *tx)
            .await
            .unwrap();
    code.parse().unwrap()
}

fn new_id(server: &Server) -> RecordId {
    RecordId::new(server.now(), random::bytes())
}
