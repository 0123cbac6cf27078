//! `/api/projects/{project}/members`.

use domain::{MemberId, Role};
use protocol::{
    DeviceSeen, DoneReply, ErrorCode, MeReply, MemberInfo, MembersReply, me_path, member_path, members_path,
};

use super::support::{Phone, Server, deletion, drawing};

#[tokio::test]
async fn a_worker_sees_who_is_in_and_when_each_device_was_last_heard_of() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let worker = server.join_as(project, Role::Worker).await;
    let joined = server.now();
    server.pass_ms(1);
    let resident = server.join(code).await;
    resident.share(&server, &[&drawing(1)]).await;
    let put_away = resident.share(&server, &[&drawing(2)]).await;
    assert_eq!(resident.push(&server, [deletion(put_away, true, server.now().plus(1))]).await, [None]);
    server.pass_ms(100_000);
    resident.items(&server).await;

    let [first, second] = list(&server, &worker).await.try_into().unwrap();
    let seen = |ms| vec![DeviceSeen { seen_ms: Some(ms) }];
    let expected = MemberInfo {
        id: worker.reply.membership.member_id,
        nickname: "Ali".to_owned(),
        role: Role::Worker,
        joined_ms: Some(joined.ms()),
        entries: 0,
        devices: seen(joined.ms()),
    };
    assert_eq!(first, expected);
    assert_eq!((second.role, second.entries, second.joined_ms), (Role::Resident, 1, Some(joined.plus(1).ms())));
    assert_eq!(second.devices, seen(server.now().ms()));
    let [first, _] = list(&server, &worker).await.try_into().unwrap();
    assert_eq!(first.devices, seen(server.now().ms()), "asking for the list is being heard of");
}

#[tokio::test]
async fn that_a_device_is_heard_of_is_noted_once_a_minute() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let worker = server.join_as(project, Role::Worker).await;
    server.pass_ms(1);
    let resident = server.join(code).await;
    let start = server.now();
    let seen_ms = async || list(&server, &worker).await[1].devices[0].seen_ms;
    for (pass_ms, noted) in [(60_000, start), (1, start.plus(60_001)), (59_000, start.plus(60_001))] {
        server.pass_ms(pass_ms);
        resident.get(&server, me_path()).await.json::<MeReply>();
        assert_eq!(seen_ms().await, Some(noted.ms()));
    }
}

#[tokio::test]
async fn a_researcher_hears_of_pseudonyms_and_numbers_alone() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let researcher = server.join_as(project, Role::Researcher).await;
    let resident = server.join(code).await;
    resident.share(&server, &[&drawing(1)]).await;
    let answer = researcher.get(&server, &members_path(project)).await;
    for secret in ["Ali", &resident.reply.membership.member_id.to_string(), &resident.reply.device_id.to_string()] {
        assert!(!answer.text().contains(secret), "{}", answer.text());
    }
    let members = answer.json::<MembersReply>().members;
    assert_eq!(members.iter().map(|member| member.entries).sum::<u64>(), 1);
    assert!(members.iter().all(|member| member.joined_ms.is_none() && member.devices.is_empty()));
    assert!(members.is_sorted_by_key(|member| member.id) && members[0].nickname.starts_with('#'));
}

#[tokio::test]
async fn a_coordinator_takes_a_member_out_and_nobody_else_does() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    let worker = server.join_as(project, Role::Worker).await;
    let gone = server.join(code).await;
    let remove = async |by: &Phone, whom: MemberId| by.delete(&server, &member_path(by.project, whom)).await;
    let his = gone.reply.membership.member_id;
    for by in [&worker, &gone] {
        assert_eq!(remove(by, his).await.code(), ErrorCode::NotYours);
    }
    for _ in 0..2 {
        remove(&coordinator, his).await.json::<DoneReply>();
    }
    assert_eq!(gone.get(&server, me_path()).await.json::<MeReply>().memberships, []);
    assert_eq!(list(&server, &worker).await.len(), 2);

    let himself = remove(&coordinator, coordinator.reply.membership.member_id).await;
    assert_eq!(himself.code(), ErrorCode::NotYours);
    let (elsewhere, code) = server.project().await;
    let stranger = server.join(code).await.reply.membership.member_id;
    assert_eq!(remove(&coordinator, stranger).await.code(), ErrorCode::NotFound, "a member of {elsewhere}");
    assert_eq!(remove(&coordinator, MemberId::new(server.now(), [0; 10])).await.code(), ErrorCode::NotFound);
}

async fn list(server: &Server, phone: &Phone) -> Vec<MemberInfo> {
    phone.get(server, &members_path(phone.project)).await.json::<MembersReply>().members
}
