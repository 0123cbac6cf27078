//! A project's settings and its groups, as records that several people write.

use axum::body::Body;
use axum::http::Method;
use domain::plain::Plain;
use domain::{CHANGED_BY, Entry, KIND_GROUP, KIND_PROJECT, MemberId, ProjectSettings, Record, RecordId, last_change};
use protocol::{
    ErrorCode, GroupCodeReply, MeReply, PullItem, PullReply, PushReply, VERSION_HEADER, group_code_path, me_path,
    records_path,
};
use serde_json::{Value, json};

use super::support::{Phone, Server, drawing, stamp};
use super::team::{gone, group, members, seen, team, views, whole};
use crate::random;

#[tokio::test]
async fn settings_reach_every_member_and_come_whole_to_who_may_write_them() {
    let (server, [worker, coordinator, resident]) = team().await;
    let record = settings(&coordinator)
        .with("name", "Wij zijn De Nude", stamp(server.now()))
        .with(
            "area",
            json!({ "type": "Polygon", "coordinates": [[[5, 51], [6, 51], [6, 52], [5, 51]]] }),
            stamp(server.now()),
        )
        .with("of_a_later_version", "bewaar", stamp(server.now()));
    let record = coordinator.named(record);
    assert_eq!(coordinator.push(&server, [record.clone()]).await, [None]);
    assert_eq!(whole(&coordinator.pull(&server, "").await, record.id), Some(&record));
    for phone in [&worker, &resident] {
        let reply = phone.pull(&server, "").await;
        let view = views(&reply).find(|view| view.id == record.id).expect("every member sees it");
        let read = ProjectSettings::from_values(&|name| view.fields.get(name));
        assert_eq!((view.kind.as_str(), read), (KIND_PROJECT, ProjectSettings::from_record(&record)));
        assert!(!view.fields.contains_key("of_a_later_version"));
    }
    let me: MeReply = resident.get(&server, me_path()).await.json();
    assert_eq!(me.memberships[0].project.name, "Wij zijn De Nude");
    assert_eq!(me.memberships[0].project.municipality, "Ede", "what is not set stays");
}

#[tokio::test]
async fn two_coordinators_who_wrote_apart_agree() {
    let (server, [_, one, two]) = team().await;
    super::team::make(&server, &two, domain::Role::Coordinator).await;
    let at = server.now();
    let first = settings(&one).with("name", "Eerst", stamp(at)).with("approval", true, stamp(at));
    let second = settings(&two).with("name", "Daarna", stamp(at.plus(5)));
    let (first, second) = (one.named(first), two.named(second));
    assert_eq!(two.push(&server, [second.clone()]).await, [None]);
    assert_eq!(one.push(&server, [first.clone()]).await, [None]);
    let mut merged = first;
    merged.merge(&second);
    for phone in [&one, &two] {
        assert_eq!(whole(&phone.pull(&server, "").await, merged.id), Some(&merged));
    }
    let wrote = |field| merged.writer_of(field);
    assert_eq!((wrote("name"), wrote("approval")), (Some(member(&two)), Some(member(&one))));
}

#[tokio::test]
async fn a_consent_text_that_was_shown_stays_when_two_coordinators_wrote_another_apart() {
    let (server, [one, two, resident]) = team().await;
    super::team::make(&server, &one, domain::Role::Coordinator).await;
    let says = |words: &str, ahead_ms: u64| {
        let texts = json!([{ "subject": "take_part", "version": 2, "texts": { "nl": words } }]);
        settings(&one).with("consent_texts", texts, stamp(server.now().plus(ahead_ms)))
    };
    let theirs = two.named(says("Ik doe ook mee", 30_000));
    for (phone, record) in [(&one, says("Ik doe mee", 0)), (&two, theirs.clone()), (&two, theirs.clone())] {
        assert_eq!(phone.push(&server, [record]).await, [None]);
    }
    let expected = json!([
        { "subject": "take_part", "version": 2, "texts": { "nl": "Ik doe mee" } },
        { "subject": "take_part", "version": 3, "texts": { "nl": "Ik doe ook mee" } },
    ]);
    let told = resident.pull(&server, "").await;
    let shown = views(&told).find(|view| view.kind == KIND_PROJECT).expect("the settings are shown");
    assert_eq!(shown.fields["consent_texts"], expected);
    for phone in [&one, &two] {
        let told = phone.pull(&server, "").await;
        let mut held = theirs.clone();
        held.merge(whole(&told, ProjectSettings::record_id(one.project)).expect("who sets up has them whole"));
        assert_eq!(held.last("consent_texts"), Some(&expected), "a phone that wrote apart takes them over");
        let change = last_change(&held, &["consent_texts"]).expect("they were written");
        assert_eq!((change.by, change.is_completed), (Some(member(&two)), true));
    }
}

#[tokio::test]
async fn a_theme_that_entries_may_be_about_stays_when_another_coordinator_wrote_the_themes_apart() {
    let (server, [one, two, resident]) = team().await;
    super::team::make(&server, &one, domain::Role::Coordinator).await;
    let says = |keys: &[&str], ahead_ms: u64| {
        let themes: Vec<_> = keys.iter().map(|key| json!({ "key": key, "names": {} })).collect();
        settings(&one).with("themes", themes, stamp(server.now().plus(ahead_ms)))
    };
    let keys = async || {
        let told = resident.pull(&server, "").await;
        let view = views(&told).find(|view| view.kind == KIND_PROJECT).expect("the settings are shown");
        ProjectSettings::from_values(&|name| view.fields.get(name))
            .themes
            .into_iter()
            .map(|theme| theme.key)
            .collect::<Vec<_>>()
    };
    assert_eq!(one.push(&server, [says(&["groen", "markt"], 1_000)]).await, [None]);
    assert_eq!(two.push(&server, [says(&["koor", "wonen"], 2_000)]).await, [None]);
    assert_eq!(keys().await, ["koor", "wonen", "markt"]);
    assert_eq!(two.push(&server, [says(&["boom"], 0)]).await, [None], "what comes late is taken in too");
    assert_eq!(keys().await, ["koor", "wonen", "markt", "boom"]);
}

#[tokio::test]
async fn a_question_of_the_projects_own_stays_when_another_coordinator_wrote_the_questions_apart() {
    let (server, [one, two]) = team().await;
    super::team::make(&server, &one, domain::Role::Coordinator).await;
    let says = |questions: Value, ahead_ms: u64| {
        settings(&one).with("questions", questions, stamp(server.now().plus(ahead_ms)))
    };
    let question = |key: &str| json!({ "key": key, "texts": { "nl": key } });
    let off = |key: &str| json!({ "key": key, "texts": { "nl": key }, "is_off": true });
    let stands = async || {
        let told = one.pull(&server, "").await;
        let record = whole(&told, ProjectSettings::record_id(one.project)).expect("who sets up has them whole");
        (record.last("questions").cloned().expect("they were written"), last_change(record, &["questions"]))
    };
    let first = says(json!([question("see"), question("hond")]), 1_000);
    assert_eq!(one.push(&server, [first.clone()]).await, [None]);
    assert_eq!(two.push(&server, [says(json!([question("boom"), question("do")]), 2_000)]).await, [None]);
    let (questions, change) = stands().await;
    assert_eq!(questions, json!([question("boom"), question("do"), question("hond")]));
    assert_eq!(change.map(|change| (change.by, change.is_completed)), Some((Some(member(&two)), true)));
    let known = says(json!([question("boom"), off("hond")]), 3_000);
    for write in [known, first] {
        assert_eq!(one.push(&server, [write]).await, [None]);
        let (questions, change) = stands().await;
        assert_eq!(questions, json!([question("boom"), off("hond")]), "what was taken off stays off, also sent again");
        assert_eq!(change.map(|change| (change.by, change.is_completed)), Some((Some(member(&one)), false)));
    }
}

#[tokio::test]
async fn a_write_of_what_several_people_write_names_its_writer_beside_each_field_or_is_refused() {
    let (server, [worker, coordinator, resident]) = team().await;
    let id = group(&server, &worker, "Moestuin", &[&resident]).await;
    let approval = || settings(&coordinator).with("approval", true, stamp(server.now()));
    let name = || Record::new(id, KIND_GROUP).with("name", "Tuin", stamp(server.now().plus(5)));
    for (phone, write) in [(&coordinator, approval()), (&worker, name())] {
        let of_before = write.clone().with(CHANGED_BY, member(phone).to_value(), stamp(server.now()));
        let half = phone.named(write.clone()).with("later", 1, stamp(server.now()));
        for refused in [write.clone(), resident.named(write.clone()), write.clone().written_by(None), of_before, half] {
            let reply: PushReply = phone.try_push(&server, [refused.clone()]).await.json();
            assert_eq!(reply.results[0].refused, Some(ErrorCode::NotYours), "{refused:?}");
        }
        let own = phone.named(write);
        assert_eq!(phone.push(&server, [own.clone()]).await, [None]);
        let told = phone.pull(&server, "").await;
        let stored = whole(&told, own.id).expect("who may write it has it whole");
        assert!(own.fields.iter().all(|(field, state)| stored.fields.get(field) == Some(state)), "{stored:?}");
    }
    let told = resident.pull(&server, "").await;
    let shown: Vec<_> = views(&told).flat_map(|view| view.fields.keys()).collect();
    assert!(shown.iter().any(|field| *field == "members") && shown.iter().any(|field| *field == "approval"));
    assert!(!shown.iter().any(|field| field.starts_with(CHANGED_BY)), "residents do not read who: {shown:?}");
}

#[tokio::test]
async fn what_the_server_writes_itself_names_nobody_and_who_came_by_a_groups_code_himself() {
    let (server, [worker, coordinator]) = team().await;
    let named = settings(&coordinator).with("has_groups", false, stamp(server.now()));
    assert_eq!(coordinator.push(&server, [named]).await, [None]);
    let garden = group(&server, &worker, "Moestuin", &[]).await;
    let told = coordinator.pull(&server, "").await;
    let record = whole(&told, ProjectSettings::record_id(worker.project)).expect("who sets up has them whole");
    assert_eq!((record.last("has_groups"), record.writer_of("has_groups")), (Some(&json!(true)), None));
    let made = worker.post(&server, &group_code_path(worker.project, garden), &Value::Null).await;
    let newcomer = server.join(made.json::<GroupCodeReply>().code.expect("it was just made")).await;
    let told = worker.pull(&server, "").await;
    let record = whole(&told, garden).expect("who guides has it whole");
    assert_eq!(
        (record.writer_of("members"), record.writer_of("name")),
        (Some(member(&newcomer)), Some(member(&worker)))
    );
}

#[tokio::test]
async fn settings_are_written_by_coordinators_under_the_projects_own_id() {
    let (server, [worker, coordinator, resident]) = team().await;
    let record = settings(&coordinator).with("approval", true, stamp(server.now()));
    for phone in [&worker, &resident] {
        assert_eq!(phone.push(&server, [record.clone()]).await, [Some(ErrorCode::NotYours)]);
    }
    let elsewhere = Record { id: RecordId::new(server.now(), random::bytes()), ..record.clone() };
    assert_eq!(coordinator.push(&server, [elsewhere]).await, [Some(ErrorCode::InvalidRecord)]);
    let nonsense = record.with("approval", "maybe", stamp(server.now()));
    assert_eq!(coordinator.push(&server, [nonsense]).await, [Some(ErrorCode::InvalidRecord)]);
}

#[tokio::test]
async fn a_group_is_seen_by_its_members_and_shared_by_those_who_guide() {
    let (server, [worker, coordinator, member, stranger]) = team().await;
    let id = group(&server, &worker, "Moestuin", &[&member]).await;
    assert_eq!(member.push(&server, [members(id, &[(&stranger, true)], &server)]).await, [Some(ErrorCode::NotYours)]);
    assert_eq!(coordinator.push(&server, [members(id, &[(&stranger, true)], &server)]).await, [None]);
    for phone in [&member, &stranger] {
        let reply = phone.pull(&server, "").await;
        let view = views(&reply).find(|view| view.kind == KIND_GROUP).expect("its members see it");
        assert_eq!(view.fields["name"], json!("Moestuin"));
    }
    for phone in [&worker, &coordinator] {
        assert!(whole(&phone.pull(&server, "").await, id).is_some());
    }
    let cursor = member.pull(&server, "").await.cursor;
    assert_eq!(coordinator.push(&server, [Record::erasure(id, KIND_GROUP)]).await, [None]);
    assert_eq!(gone(&member.pull(&server, &cursor).await), [id]);
    assert_eq!(stranger.push(&server, [members(id, &[(&stranger, true)], &server)]).await, [Some(ErrorCode::NotYours)]);
}

#[tokio::test]
async fn phones_of_before_hear_of_no_other_kinds_and_catch_up_once_they_are_updated() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[&maker, &other]).await;
    let record = settings(&coordinator).with("approval", false, stamp(server.now()));
    coordinator.push(&server, [record.clone()]).await;
    let first = maker.share(&server, &[&drawing(1)]).await;
    let old = pull_as(&server, &other, "2", "after=").await;
    assert!(old.items.iter().all(|item| matches!(item, PullItem::Own { .. }) || seen_is(item, first)), "{old:?}");
    assert!(!old.cursor.contains('~'), "as it ever was");

    let second = maker.share(&server, &[&drawing(2)]).await;
    let mut heard = Vec::new();
    let mut cursor = old.cursor;
    loop {
        let page = pull_as(&server, &other, "3", &format!("after={cursor}&limit=1")).await;
        assert!(!page.restarted);
        heard.extend(page.items.iter().filter_map(PullItem::record_id));
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    assert_eq!(heard, [garden, record.id, second], "each once, and no entry again");
    assert_eq!(pull_as(&server, &other, "3", &format!("after={cursor}")).await.items, []);
}

#[tokio::test]
async fn what_lies_in_the_database_of_before_is_seen_as_it_was() {
    let (server, [_, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    // As the migration leaves it.
    server.execute("UPDATE record SET default_audience = NULL").await;
    let cursor = other.pull(&server, "").await.cursor;
    let edit = Record::new(id, domain::KIND_ENTRY).with("story", "Nieuw", stamp(server.now().plus(1)));
    maker.push(&server, [edit]).await;
    let reply = other.pull(&server, &cursor).await;
    assert_eq!(seen(&reply), [id]);
    let PullItem::View { view } = &reply.items[0] else { panic!("{reply:?}") };
    assert_eq!(Entry::from_view(view).story, "Nieuw");
}

#[tokio::test]
async fn who_joins_by_the_code_of_a_group_is_in_it() {
    let (server, [worker, _, maker]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[&maker]).await;
    let shared = domain::EntryEdit { audience: Some(domain::Audience::MyGroup), ..Default::default() };
    let mine = super::support::entry(server.now(), &[&drawing(1)]);
    let narrow = shared.into_record(mine.id, stamp(server.now()));
    maker.send_entry(&server, &mine, &[&drawing(1)]).await;
    assert_eq!(maker.push(&server, [narrow]).await, [None]);
    let made = worker.post(&server, &group_code_path(worker.project, garden), &serde_json::Value::Null).await;
    let code = made.json::<GroupCodeReply>().code.expect("it was just made");
    let cursor = worker.pull(&server, "").await.cursor;
    let newcomer = server.join(code).await;
    assert_eq!(seen(&newcomer.pull(&server, "").await), [mine.id]);
    let record = worker.pull(&server, &cursor).await;
    let is_in = domain::Group::from_record(whole(&record, garden).expect("the group changed")).members;
    assert!(is_in.contains(&newcomer.reply.membership.member_id) && is_in.iter().count() == 2);
    // Once taken out, a join sent again puts nobody back.
    assert_eq!(worker.push(&server, [members(garden, &[(&newcomer, false)], &server)]).await, [None]);
    assert_eq!(seen(&newcomer.pull(&server, "").await), []);
}

fn member(phone: &Phone) -> MemberId {
    phone.reply.membership.member_id
}

fn settings(phone: &Phone) -> Record {
    Record::new(ProjectSettings::record_id(phone.project), KIND_PROJECT)
}

fn seen_is(item: &PullItem, id: RecordId) -> bool {
    matches!(item, PullItem::View { view } if view.id == id)
}

async fn pull_as(server: &Server, phone: &Phone, version: &str, query: &str) -> PullReply {
    let path = format!("{}?{query}", records_path(phone.project));
    let request = phone.request(Method::GET, &path).header(VERSION_HEADER, version);
    server.send(request.body(Body::empty()).unwrap()).await.json()
}
