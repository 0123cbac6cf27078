//! `/api/projects/{project}/invitations`, `wijkbeeld invite`, and joining by an invitation.

use axum::http::StatusCode;
use domain::permissions::may_invite;
use domain::{InvitationId, JoinCode, ProjectId, Role};
use futures_util::future::join_all;
use protocol::{
    DoneReply, ErrorCode, Invitation, InvitationsReply, InviteReply, InviteRequest, JoinReply, MeReply,
    invitation_path, invitations_path, join_path, me_path, member_path,
};
use serde_json::json;

use super::support::{Phone, Server, drawing, join_request};
use crate::cli::type_in;

#[tokio::test]
async fn an_invitation_lets_one_person_in_under_its_role() {
    let (server, coordinator) = with_coordinator().await;
    let made = server.now();
    let invited = invite(&server, &coordinator, Role::Worker).await;
    assert!(invited.code.is_invitation());
    assert_eq!(invited.expires_ms, made.plus(14 * 24 * 60 * 60 * 1000).ms());

    let worker = server.join(invited.code).await;
    assert_eq!((worker.project, worker.reply.membership.role), (coordinator.project, Role::Worker));
    assert_eq!(join(&server, invited.code).await, ErrorCode::CodeReplaced);
    let by = Some(coordinator.reply.membership.member_id);
    let [seen] = list(&server, &coordinator).await.try_into().unwrap();
    let InviteReply { id, expires_ms, .. } = invited;
    let members = vec![worker.reply.membership.member_id];
    let role = Role::Worker;
    let expected = Invitation {
        id,
        role,
        uses_left: 0,
        made_ms: made.ms(),
        expires_ms,
        is_revoked: false,
        invited_by: by,
        members,
    };
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn the_database_knows_an_invitation_by_its_hash_alone_and_no_list_tells_its_code() {
    let (server, coordinator) = with_coordinator().await;
    let code = invite(&server, &coordinator, Role::Worker).await.code.to_string();
    let told = coordinator.get(&server, &invitations_path(coordinator.project)).await;
    assert!(!told.text().contains(&code), "{}", told.text());
    let mut files = Vec::new();
    for name in ["wijkbeeld.sqlite", "wijkbeeld.sqlite-wal"] {
        files.extend(std::fs::read(server.data().join(name)).unwrap_or_default());
    }
    let has = |needle: &[u8]| files.windows(needle.len()).any(|window| window == needle);
    assert!(!has(code.as_bytes()));
    assert!(has(b"invited"), "the files were read");
}

#[tokio::test]
async fn a_join_sent_again_uses_an_invitation_once() {
    let (server, coordinator) = with_coordinator().await;
    let asked = InviteRequest { role: Role::Worker, days: None, uses: Some(2) };
    let invited: InviteReply = try_invite(&server, &coordinator, &asked).await.json();
    let request = join_request(invited.code, server.now());
    let first: JoinReply = server.post(join_path(), &request).await.json();
    let again: JoinReply = server.post(join_path(), &request).await.json();
    assert_eq!(first, again);
    assert_eq!(list(&server, &coordinator).await[0].uses_left, 1);
    server.join(invited.code).await;
    assert_eq!(server.post(join_path(), &request).await.json::<JoinReply>(), first, "although it is used up");
    assert_eq!(join(&server, invited.code).await, ErrorCode::CodeReplaced);
}

#[tokio::test]
async fn of_many_who_come_at_once_no_more_are_let_in_than_were_invited() {
    let (server, coordinator) = with_coordinator().await;
    let asked = InviteRequest { role: Role::Municipality, days: None, uses: Some(3) };
    let invited: InviteReply = try_invite(&server, &coordinator, &asked).await.json();
    let requests: Vec<_> = (0..8).map(|_| join_request(invited.code, server.now())).collect();
    let answers = join_all(requests.iter().map(|request| server.post(join_path(), request))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == StatusCode::OK).count(), 3);
    assert_eq!(list(&server, &coordinator).await[0].members.len(), 3);
}

#[tokio::test]
async fn an_invitation_that_ended_says_whom_to_ask_and_is_no_guess() {
    let (server, coordinator) = with_coordinator().await;
    let used = invite(&server, &coordinator, Role::Worker).await;
    server.join(used.code).await;
    let revoked = invite(&server, &coordinator, Role::Worker).await;
    let path = invitation_path(coordinator.project, revoked.id);
    for _ in 0..2 {
        coordinator.delete(&server, &path).await.json::<DoneReply>();
    }
    let asked = InviteRequest { role: Role::Worker, days: Some(2), uses: None };
    let expired: InviteReply = try_invite(&server, &coordinator, &asked).await.json();
    server.pass_days(2);
    for _ in 0..70 {
        for invited in [used, revoked, expired] {
            assert_eq!(join(&server, invited.code).await, ErrorCode::CodeReplaced);
        }
    }
    let seen = list(&server, &coordinator).await;
    assert_eq!(seen.iter().map(|invitation| invitation.is_revoked).collect::<Vec<_>>(), [false, true, false]);
}

#[tokio::test]
async fn a_device_that_tries_many_invitations_has_to_wait() {
    let (server, coordinator) = with_coordinator().await;
    let right = invite(&server, &coordinator, Role::Coordinator).await.code;
    let (_, code) = server.project().await;
    let phone = server.join(code).await;
    let wrong: JoinCode = "2".repeat(26).parse().unwrap();
    for _ in 0..20 {
        let tried = phone.post(&server, join_path(), &join_request(wrong, server.now())).await;
        assert_eq!(tried.code(), ErrorCode::UnknownCode);
    }
    let refused = phone.post(&server, join_path(), &join_request(right, server.now())).await;
    assert_eq!((refused.code(), refused.header("retry-after")), (ErrorCode::TooManyAttempts, "600"));
    server.pass_ms(10 * 60 * 1000);
    let joined = phone.post(&server, join_path(), &join_request(right, server.now())).await;
    assert_eq!(joined.json::<JoinReply>().membership.role, Role::Coordinator);
}

#[tokio::test]
async fn a_member_gets_the_role_of_an_invitation_that_is_above_his_own_and_loses_none() {
    let (server, coordinator) = with_coordinator().await;
    let member = server.join_as(coordinator.project, Role::Resident).await;
    member.share(&server, &[&drawing(1)]).await;
    let before = member.pull(&server, "").await;
    let up = invite(&server, &coordinator, Role::Worker).await;
    let request = join_request(up.code, server.now());
    for _ in 0..2 {
        let reply: JoinReply = member.post(&server, join_path(), &request).await.json();
        assert_eq!(reply.membership.member_id, member.reply.membership.member_id);
        assert_eq!(reply.membership.role, Role::Worker);
    }
    let me: MeReply = member.get(&server, me_path()).await.json();
    assert_eq!((me.memberships.len(), me.memberships[0].role), (1, Role::Worker));

    let down = invite(&server, &coordinator, Role::Researcher).await;
    let reply: JoinReply = member.post(&server, join_path(), &join_request(down.code, server.now())).await.json();
    assert_eq!(reply.membership.role, Role::Worker);
    let seen = list(&server, &coordinator).await;
    assert_eq!(seen.iter().map(|invitation| invitation.uses_left).collect::<Vec<_>>(), [1, 0], "the newest first");
    assert_eq!(server.join(down.code).await.reply.membership.role, Role::Researcher, "it is there for somebody else");

    // He may see other things now, so what his phone knew begins anew, once.
    let anew = member.pull(&server, &before.cursor).await;
    assert!(anew.restarted && anew.items.len() >= before.items.len());
    let after = member.pull(&server, &anew.cursor).await;
    assert!(!after.restarted && after.items.is_empty());
}

#[tokio::test]
async fn whoever_opens_his_invitation_again_stays_who_he_is() {
    let (server, coordinator) = with_coordinator().await;
    let invited = invite(&server, &coordinator, Role::Worker).await;
    let worker = server.join(invited.code).await;
    coordinator.delete(&server, &invitation_path(coordinator.project, invited.id)).await.json::<DoneReply>();
    let again = worker.post(&server, join_path(), &join_request(invited.code, server.now())).await;
    assert_eq!(again.json::<JoinReply>().membership, worker.reply.membership);
    let member = server.join_as(coordinator.project, Role::Resident).await;
    let late = member.post(&server, join_path(), &join_request(invited.code, server.now())).await;
    assert_eq!(late.code(), ErrorCode::CodeReplaced, "it would have made him a worker");
}

#[tokio::test]
async fn each_role_invites_to_what_the_table_says() {
    let (server, coordinator) = with_coordinator().await;
    for role in Role::ALL {
        let phone = server.join_as(coordinator.project, role).await;
        for invited in Role::ALL {
            let answer = try_invite(&server, &phone, &InviteRequest { role: invited, days: None, uses: None }).await;
            if may_invite(role, invited) {
                assert_eq!(server.join(answer.json::<InviteReply>().code).await.reply.membership.role, invited);
            } else {
                assert_eq!(answer.code(), ErrorCode::NotYours, "{role:?} invites {invited:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_worker_sees_and_takes_back_his_own_invitations_alone() {
    let (server, coordinator) = with_coordinator().await;
    let worker = server.join_as(coordinator.project, Role::Worker).await;
    let theirs = invite(&server, &coordinator, Role::Resident).await;
    let his = invite(&server, &worker, Role::Resident).await;
    let ids = |invitations: Vec<Invitation>| invitations.iter().map(|invitation| invitation.id).collect::<Vec<_>>();
    assert_eq!(ids(list(&server, &worker).await), [his.id]);
    assert_eq!(ids(list(&server, &coordinator).await), [his.id, theirs.id]);
    let delete = async |phone: &Phone, id| phone.delete(&server, &invitation_path(phone.project, id)).await;
    assert_eq!(delete(&worker, theirs.id).await.code(), ErrorCode::NotFound);
    assert!(delete(&worker, his.id).await.status.is_success());
    assert!(delete(&coordinator, theirs.id).await.status.is_success());
    for code in [his.code, theirs.code] {
        assert_eq!(join(&server, code).await, ErrorCode::CodeReplaced);
    }
    assert_eq!(delete(&coordinator, InvitationId::new(server.now(), [0; 10])).await.code(), ErrorCode::NotFound);
    let (elsewhere, _) = server.project().await;
    let stranger = server.join_as(elsewhere, Role::Coordinator).await;
    assert_eq!(delete(&stranger, his.id).await.code(), ErrorCode::NotFound, "it is of another project");
}

#[tokio::test]
async fn an_invitation_is_neither_endless_nor_for_everybody() {
    let (server, coordinator) = with_coordinator().await;
    let path = invitations_path(coordinator.project);
    for wrong in [
        json!({"role": "worker", "days": 0}),
        json!({"role": "worker", "days": 91}),
        json!({"role": "worker", "uses": 0}),
        json!({"role": "worker", "uses": 101}),
        json!({"role": "mayor"}),
        json!({}),
    ] {
        assert_eq!(coordinator.post(&server, &path, &wrong).await.code(), ErrorCode::BadRequest, "{wrong}");
    }
    let most = json!({"role": "worker", "days": 90, "uses": 100});
    assert!(coordinator.post(&server, &path, &most).await.status.is_success());
}

#[tokio::test]
async fn a_closed_project_invites_nobody_and_takes_invitations_back() {
    let (server, coordinator) = with_coordinator().await;
    let invited = invite(&server, &coordinator, Role::Worker).await;
    let (data, project) = (server.data(), coordinator.project.to_string());
    type_in(&["project", "close", "--data", data.to_str().unwrap(), &project]).await.unwrap();
    assert_eq!(join(&server, invited.code).await, ErrorCode::ProjectClosed);
    let asked = InviteRequest { role: Role::Worker, days: None, uses: None };
    assert_eq!(try_invite(&server, &coordinator, &asked).await.code(), ErrorCode::ProjectClosed);
    let path = invitation_path(coordinator.project, invited.id);
    assert!(coordinator.delete(&server, &path).await.status.is_success());
}

#[tokio::test]
async fn whom_a_removed_member_invited_does_not_come_in() {
    let (server, coordinator) = with_coordinator().await;
    let other = server.join_as(coordinator.project, Role::Coordinator).await;
    let his = invite(&server, &other, Role::Coordinator).await;
    let path = member_path(coordinator.project, other.reply.membership.member_id);
    assert!(coordinator.delete(&server, &path).await.status.is_success());
    assert_eq!(join(&server, his.code).await, ErrorCode::CodeReplaced);
    assert_eq!(other.get(&server, &invitations_path(other.project)).await.code(), ErrorCode::NotMember);
}

#[tokio::test]
async fn whoever_looks_after_the_server_invites_by_a_command() {
    let (server, coordinator) = with_coordinator().await;
    let (data, project) = (server.data(), coordinator.project.to_string());
    let data = data.to_str().unwrap();
    let line = ["invite", "--data", data, "--role", "researcher", "--days", "3", "--uses", "2", &project];
    type_in(&line).await.unwrap();
    let [seen] = list(&server, &coordinator).await.try_into().unwrap();
    assert_eq!((seen.role, seen.uses_left, seen.invited_by), (Role::Researcher, 2, None));

    let nowhere = ProjectId::new(server.now(), [0; 10]).to_string();
    for (line, why) in [
        (&["invite", "--data", data, "--role", "worker", &nowhere][..], "there is no project"),
        (&["invite", "--data", data, "--role", "mayor", &project], "resident, worker, coordinator"),
        (&["invite", "--data", data, "--role", "worker", "--days", "91", &project], "1..=90"),
        (&["invite", "--data", data, "--role", "worker", "--uses", "0", &project], "1..=100"),
        (&["invite", "--data", data, &project], "--role"),
    ] {
        let refused = type_in(line).await.unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    type_in(&["project", "close", "--data", data, &project]).await.unwrap();
    assert!(type_in(&line).await.unwrap_err().to_string().contains("is closed"));
}

async fn with_coordinator() -> (Server, Phone) {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    (server, coordinator)
}

async fn try_invite(server: &Server, phone: &Phone, asked: &InviteRequest) -> super::support::Answer {
    phone.post(server, &invitations_path(phone.project), asked).await
}

async fn invite(server: &Server, phone: &Phone, role: Role) -> InviteReply {
    let invited = try_invite(server, phone, &InviteRequest { role, days: None, uses: None }).await.json();
    // So that the next one is newer.
    server.pass_ms(1);
    invited
}

async fn list(server: &Server, phone: &Phone) -> Vec<Invitation> {
    phone.get(server, &invitations_path(phone.project)).await.json::<InvitationsReply>().invitations
}

/// Joins as somebody new, and returns why that was refused.
async fn join(server: &Server, code: JoinCode) -> ErrorCode {
    server.post(join_path(), &join_request(code, server.now())).await.code()
}
