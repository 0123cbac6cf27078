//! `/api/projects/{project}/groups/{group}/code`.

use domain::{Group, KIND_GROUP, KIND_PROJECT, ProjectSettings, Record, RecordId, Role};
use protocol::{CodeReply, ErrorCode, GroupCodeReply, JoinReply, PullReply, code_path, group_code_path, join_path};
use serde_json::{Value, json};

use super::support::{Phone, Server, join_request, stamp};
use super::team::{group, members, team, views, whole};

#[tokio::test]
async fn who_joins_by_a_groups_code_is_a_resident_and_in_the_group() {
    let (server, [worker, _, maker]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[&maker]).await;
    assert_eq!(code(&server, &worker, garden).await, None);
    let made = renew(&server, &worker, garden).await;
    assert_eq!(code(&server, &worker, garden).await, Some(made));
    let newcomer = server.join(made).await;
    assert_eq!(newcomer.reply.membership.role, Role::Resident);
    let is_in = members_of(&worker.pull(&server, "").await, garden);
    assert!(is_in.contains(&newcomer.reply.membership.member_id) && is_in.contains(&maker.reply.membership.member_id));
}

#[tokio::test]
async fn a_groups_code_is_replaced_by_itself_and_is_not_the_posters() {
    let (server, [worker, coordinator]) = team().await;
    let [garden, choir] = [group(&server, &worker, "Moestuin", &[]).await, group(&server, &worker, "Koor", &[]).await];
    let poster = worker.get(&server, &code_path(worker.project)).await.json::<CodeReply>().code;
    let (of_garden, of_choir) = (renew(&server, &worker, garden).await, renew(&server, &worker, choir).await);
    let another = renew(&server, &coordinator, garden).await;
    assert_ne!(another, of_garden);
    assert_eq!(code(&server, &worker, choir).await, Some(of_choir));
    assert_eq!(worker.get(&server, &code_path(worker.project)).await.json::<CodeReply>().code, poster);
    coordinator.post(&server, &code_path(worker.project), &Value::Null).await.json::<CodeReply>();
    assert_eq!(code(&server, &worker, choir).await, Some(of_choir), "nor is it replaced with that");
    let join = async |code| server.post(join_path(), &join_request(code, server.now())).await;
    assert_eq!(join(of_garden).await.code(), ErrorCode::CodeReplaced);
    assert_eq!(join(another).await.json::<JoinReply>().membership.project.id, worker.project);
}

#[tokio::test]
async fn the_code_of_a_group_that_was_ended_says_whom_to_ask() {
    let (server, [worker, _]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[]).await;
    let made = renew(&server, &worker, garden).await;
    assert_eq!(worker.push(&server, [Record::erasure(garden, KIND_GROUP)]).await, [None]);
    let join = server.post(join_path(), &join_request(made, server.now())).await;
    assert_eq!(join.code(), ErrorCode::CodeReplaced);
    assert_eq!(worker.get(&server, &group_code_path(worker.project, garden)).await.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn only_a_group_of_the_project_has_a_code() {
    let (server, [worker, coordinator, resident]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[]).await;
    let (elsewhere, _) = server.project().await;
    let stranger = server.join_as(elsewhere, Role::Coordinator).await;
    let settings = ProjectSettings::record_id(worker.project);
    let named = Record::new(settings, KIND_PROJECT).with("name", "De Nude", stamp(server.now()));
    assert_eq!(coordinator.push(&server, [named]).await, [None]);
    for id in [settings, RecordId::new(server.now(), [7; 10])] {
        let path = group_code_path(worker.project, id);
        assert_eq!(worker.get(&server, &path).await.code(), ErrorCode::NotFound);
        assert_eq!(worker.post(&server, &path, &Value::Null).await.code(), ErrorCode::NotFound);
    }
    let path = group_code_path(elsewhere, garden);
    assert_eq!(stranger.get(&server, &path).await.code(), ErrorCode::NotFound, "a group of another project");
    let path = group_code_path(worker.project, garden);
    assert_eq!(stranger.get(&server, &path).await.code(), ErrorCode::NotMember);
    assert_eq!(resident.get(&server, &path).await.code(), ErrorCode::NotYours);
}

#[tokio::test]
async fn the_settings_say_whether_there_are_groups_whoever_makes_them() {
    let (server, [worker, coordinator, resident]) = team().await;
    let says = async || {
        let told = resident.pull(&server, "").await;
        views(&told).find(|view| view.kind == KIND_PROJECT).map(|view| view.fields["has_groups"].clone())
    };
    assert_eq!(says().await, None);
    let garden = group(&server, &worker, "Moestuin", &[]).await;
    let choir = group(&server, &worker, "Koor", &[]).await;
    assert_eq!(says().await, Some(json!(true)));
    let named = Record::new(ProjectSettings::record_id(worker.project), KIND_PROJECT);
    let named = named.with("name", "De Nude", stamp(server.now().plus(30_000)));
    assert_eq!(coordinator.push(&server, [named]).await, [None]);
    assert_eq!(worker.push(&server, [Record::erasure(garden, KIND_GROUP)]).await, [None]);
    assert_eq!(says().await, Some(json!(true)));
    assert_eq!(worker.push(&server, [Record::erasure(choir, KIND_GROUP)]).await, [None]);
    assert_eq!(says().await, Some(json!(false)));
    let before = coordinator.pull(&server, "").await.cursor;
    assert_eq!(worker.push(&server, [members(group(&server, &worker, "Weer", &[]).await, &[], &server)]).await, [None]);
    let told = coordinator.pull(&server, &before).await;
    let settings = whole(&told, ProjectSettings::record_id(worker.project)).expect("who sets up hears of it");
    assert!(ProjectSettings::from_record(settings).has_groups);
}

async fn code(server: &Server, by: &Phone, group: RecordId) -> Option<domain::JoinCode> {
    by.get(server, &group_code_path(by.project, group)).await.json::<GroupCodeReply>().code
}

async fn renew(server: &Server, by: &Phone, group: RecordId) -> domain::JoinCode {
    let made = by.post(server, &group_code_path(by.project, group), &Value::Null).await;
    made.json::<GroupCodeReply>().code.expect("it was just made")
}

fn members_of(reply: &PullReply, group: RecordId) -> domain::Set<domain::MemberId> {
    Group::from_record(whole(reply, group).expect("it is there")).members
}
