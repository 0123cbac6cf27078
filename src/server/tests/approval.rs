//! Approval, and what those who guide a project say of an entry.

use domain::Decision::{Approve, Ask, Hide};
use domain::{Decision, Entry, KIND_ANSWER, KIND_ENTRY, KIND_PROJECT, ProjectSettings, Record, RecordId, Review};
use protocol::{ErrorCode, LogAct, LogReply, MediaSize, PullItem, PullReply, log_path};
use serde_json::json;

use super::support::{Phone, Server, drawing, hash, stamp};
use super::team::{gone, seen, team, views, whole};
use crate::random;

#[tokio::test]
async fn where_a_project_asks_for_it_others_see_an_entry_once_it_is_approved() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    ask_for_approval(&server, &coordinator, true).await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    assert_eq!(seen(&worker.pull(&server, "").await), [id]);
    assert_eq!(seen(&coordinator.pull(&server, "").await), [id]);
    assert_eq!(seen(&other.pull(&server, "").await), []);
    let picture = other.picture(&server, hash(&drawing(1)), MediaSize::Small).await;
    assert_eq!(picture.code(), ErrorCode::NotFound);
    let cursor = other.pull(&server, "").await.cursor;
    say(&server, &worker, &maker, id, Approve, "").await;
    assert_eq!(seen(&other.pull(&server, &cursor).await), [id]);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Small).await.status, 200);
}

#[tokio::test]
async fn a_change_of_the_story_or_the_photos_is_looked_at_again() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    ask_for_approval(&server, &coordinator, true).await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    say(&server, &worker, &maker, id, Approve, "").await;
    let mut cursor = other.pull(&server, "").await.cursor;
    let edit = |name: &str, value: serde_json::Value| {
        server.pass_ms(1);
        Record::new(id, KIND_ENTRY).with(name, value, stamp(server.now()))
    };
    maker.push(&server, [edit("valence", json!("both"))]).await;
    assert_eq!(seen(&other.pull(&server, &cursor).await), [id], "what it is about is not looked at");
    maker.push(&server, [edit("story", json!("Iets heel anders"))]).await;
    let told = other.pull(&server, &cursor).await;
    assert_eq!(gone(&told), [id]);
    cursor = told.cursor;
    // Back to what was approved.
    maker.push(&server, [edit("story", json!("Hier deel je eten"))]).await;
    assert_eq!(seen(&other.pull(&server, &cursor).await), [id]);
}

#[tokio::test]
async fn an_approval_that_crossed_a_change_on_its_way_approves_nothing_unseen() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    ask_for_approval(&server, &coordinator, true).await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let review = review_of(&server, &maker, id, Approve, "").await;
    server.pass_ms(1);
    let edit = Record::new(id, KIND_ENTRY).with("story", "Ongezien", stamp(server.now()));
    assert_eq!(maker.push(&server, [edit]).await, [None]);
    server.pass_ms(1);
    let late = Review { at: stamp(server.now()), ..review };
    assert_eq!(worker.push(&server, [late.to_record(new_id(&server))]).await, [None]);
    assert_eq!(seen(&other.pull(&server, "").await), []);
}

#[tokio::test]
async fn what_is_hidden_leaves_other_phones_and_its_maker_reads_why_and_answers() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    let review = say(&server, &worker, &maker, id, Hide, "Er staat een kind op").await;
    let told = other.pull(&server, &cursor).await;
    assert_eq!(told.items, [PullItem::Gone { id }], "and nothing of why");
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.code(), ErrorCode::NotFound);
    assert_eq!(seen(&coordinator.pull(&server, "").await), [id], "who guides can bring it back");
    let view = view(&maker.pull(&server, "").await, review).expect("its maker reads it");
    assert_eq!((&view["decision"], &view["reason"]), (&json!("hide"), &json!("Er staat een kind op")));

    let answer = Record::new(new_id(&server), KIND_ANSWER).with("review", json!(review), stamp(server.now())).with(
        "text",
        "Dat is mijn eigen kind",
        stamp(server.now()),
    );
    assert_eq!(maker.push(&server, [answer.clone()]).await, [None]);
    for phone in [&worker, &coordinator] {
        assert_eq!(view_of(&phone.pull(&server, "").await, answer.id)["text"], json!("Dat is mijn eigen kind"));
    }
    let told = serde_json::to_string(&other.pull(&server, "").await.items).unwrap();
    assert!(!told.contains("kind op") && !told.contains("eigen kind"), "{told}");

    let cursor = other.pull(&server, "").await.cursor;
    say(&server, &coordinator, &maker, id, Approve, "").await;
    assert_eq!(seen(&other.pull(&server, &cursor).await), [id]);
}

#[tokio::test]
async fn who_asks_the_maker_holds_an_entry_only_where_approval_is_asked_for() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    say(&server, &worker, &maker, id, Ask, "Mag de buurman erop?").await;
    assert_eq!(seen(&other.pull(&server, "").await), [id]);
    say(&server, &worker, &maker, id, Approve, "").await;
    ask_for_approval(&server, &coordinator, true).await;
    assert_eq!(seen(&other.pull(&server, "").await), [id]);
    say(&server, &worker, &maker, id, Ask, "Toch even").await;
    assert_eq!(seen(&other.pull(&server, "").await), []);
}

#[tokio::test]
async fn whoever_had_an_entry_hears_when_the_project_begins_or_ends_to_ask_for_approval() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let (held, approved) = (maker.share(&server, &[&drawing(1)]).await, maker.share(&server, &[&drawing(2)]).await);
    say(&server, &worker, &maker, approved, Approve, "").await;
    let cursor = other.pull(&server, "").await.cursor;
    ask_for_approval(&server, &coordinator, true).await;
    let told = other.pull(&server, &cursor).await;
    assert_eq!((gone(&told), seen(&told)), (vec![held], vec![]), "of what is approved nothing changes");
    ask_for_approval(&server, &coordinator, false).await;
    assert_eq!(seen(&other.pull(&server, &told.cursor).await), [held]);
}

#[tokio::test]
async fn only_who_guides_reviews_and_only_what_is_there() {
    let (server, [worker, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let review = review_of(&server, &maker, id, Hide, "").await;
    for phone in [&maker, &other] {
        let refused = phone.push(&server, [review.to_record(new_id(&server))]).await;
        assert_eq!(refused, [Some(ErrorCode::NotYours)]);
    }
    let nowhere = Review { entry: new_id(&server), ..review.clone() };
    assert_eq!(worker.push(&server, [nowhere.to_record(new_id(&server))]).await, [Some(ErrorCode::InvalidRecord)]);
    let (_, [stranger_worker, _, stranger, _]) = team_elsewhere(&server).await;
    let theirs = stranger.share(&server, &[&drawing(3)]).await;
    let across = Review { entry: theirs, ..review };
    assert_eq!(worker.push(&server, [across.to_record(new_id(&server))]).await, [Some(ErrorCode::InvalidRecord)]);
    assert_eq!(seen(&stranger_worker.pull(&server, "").await), [theirs]);
}

#[tokio::test]
async fn a_closed_project_takes_that_an_entry_is_hidden_and_not_that_it_is_approved() {
    let (server, [worker, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let [hide, approve] = [
        review_of(&server, &maker, id, Hide, "Kenteken").await.to_record(new_id(&server)),
        review_of(&server, &maker, id, Approve, "").await.to_record(new_id(&server)),
    ];
    server.execute("UPDATE project SET closed_ms = 1").await;
    assert_eq!(worker.try_push(&server, [approve.clone(), hide.clone()]).await.code(), ErrorCode::ProjectClosed);
    assert_eq!(seen(&other.pull(&server, "").await), []);
    assert_eq!(worker.push(&server, [hide]).await, [None], "sent alone it is taken as ever");
    assert_eq!(worker.try_push(&server, [approve]).await.code(), ErrorCode::ProjectClosed);
}

#[tokio::test]
async fn the_log_says_what_was_decided_of_whose_entry_and_no_word_of_why() {
    let (server, [worker, coordinator, maker, _]) = team().await;
    ask_for_approval(&server, &coordinator, true).await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    for decision in [Ask, Hide, Approve] {
        say(&server, &worker, &maker, id, decision, "Er staat een kind op").await;
    }
    let answer = coordinator.get(&server, &log_path(coordinator.project, None)).await;
    assert!(!answer.text().contains("kind"), "{}", answer.text());
    let reply: LogReply = answer.json();
    let told: Vec<_> = reply.lines.iter().take(4).map(|line| (line.act, line.by, line.member)).collect();
    let [worker, coordinator, maker] =
        [&worker, &coordinator, &maker].map(|phone| Some(phone.reply.membership.member_id));
    let expected = [
        (LogAct::EntryApproved, worker, maker),
        (LogAct::EntryHidden, worker, maker),
        (LogAct::EntryAsked, worker, maker),
        (LogAct::ProjectSetUp, coordinator, None),
    ];
    assert_eq!(told, expected);
}

/// Makes another team on the same server.
async fn team_elsewhere(server: &Server) -> ((), [Phone; 4]) {
    let (_, code) = server.project().await;
    let phones = [(); 4].map(|()| server.join(code));
    let [a, b, c, d] = phones;
    let phones = [a.await, b.await, c.await, d.await];
    for (phone, role) in phones.iter().zip([domain::Role::Worker, domain::Role::Coordinator]) {
        super::team::make(server, phone, role).await;
    }
    ((), phones)
}

async fn ask_for_approval(server: &Server, coordinator: &Phone, is_asked: bool) {
    server.pass_ms(1);
    let record = Record::new(ProjectSettings::record_id(coordinator.project), KIND_PROJECT);
    let record = record.with("approval", is_asked, stamp(server.now()));
    assert_eq!(coordinator.push(server, [record]).await, [None]);
}

/// Decides on an entry as it is now.
async fn say(server: &Server, by: &Phone, maker: &Phone, id: RecordId, decision: Decision, reason: &str) -> RecordId {
    server.pass_ms(1);
    let review = review_of(server, maker, id, decision, reason).await.to_record(new_id(server));
    assert_eq!(by.push(server, [review.clone()]).await, [None]);
    review.id
}

async fn review_of(server: &Server, maker: &Phone, id: RecordId, decision: Decision, reason: &str) -> Review {
    let reply = maker.pull(server, "").await;
    let saw = Entry::from_record(whole(&reply, id).expect("its maker has it")).version();
    Review { entry: id, decision, at: stamp(server.now()), reason: reason.to_owned(), saw }
}

fn new_id(server: &Server) -> RecordId {
    RecordId::new(server.now(), random::bytes())
}

fn view(reply: &PullReply, id: RecordId) -> Option<serde_json::Map<String, serde_json::Value>> {
    views(reply).find(|view| view.id == id).map(|view| view.fields.clone())
}

fn view_of(reply: &PullReply, id: RecordId) -> serde_json::Map<String, serde_json::Value> {
    view(reply, id).expect("a view")
}
