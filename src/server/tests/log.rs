//! `/api/projects/{project}/log`.

use domain::{ProjectId, Role};
use protocol::{
    CodeReply, DoneReply, ErrorCode, InviteReply, InviteRequest, JoinReply, LOG_PAGE, LogAct, LogLine, LogReply,
    code_path, invitation_path, invitations_path, join_path, log_path, member_path,
};

use super::support::{Phone, Server, drawing, join_request};
use crate::cli::type_in;
use crate::repositories::log::{Note, note};

#[tokio::test]
async fn the_log_says_who_did_what_in_ids_alone_the_newest_first() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    let resident = server.join(code).await;
    resident.share(&server, &[&drawing(1)]).await;
    let invite = async || -> InviteReply {
        let asked = InviteRequest { role: Role::Worker, days: None, uses: None };
        coordinator.post(&server, &invitations_path(project), &asked).await.json()
    };
    let (first, second) = (invite().await, invite().await);
    resident.post(&server, join_path(), &join_request(first.code, server.now())).await.json::<JoinReply>();
    for _ in 0..2 {
        coordinator.delete(&server, &invitation_path(project, second.id)).await.json::<DoneReply>();
    }
    coordinator.post(&server, &code_path(project), &serde_json::Value::Null).await.json::<CodeReply>();
    let his = resident.reply.membership.member_id;
    for _ in 0..2 {
        coordinator.delete(&server, &member_path(project, his)).await.json::<DoneReply>();
    }
    let (data, typed) = (server.data(), project.to_string());
    for command in ["close", "close", "open"] {
        type_in(&["project", command, "--data", data.to_str().unwrap(), &typed]).await.unwrap();
    }

    let by = Some(coordinator.reply.membership.member_id);
    let line = |act, by| LogLine { number: 0, at_ms: 0, act, by, member: None, role: None, invitation: None };
    let joined = |by, role| LogLine { role: Some(role), ..line(LogAct::Joined, by) };
    let invited = |id| LogLine { role: Some(Role::Worker), invitation: Some(id), ..line(LogAct::Invited, by) };
    let mut expected = [
        joined(by, Role::Coordinator),
        joined(Some(his), Role::Resident),
        invited(first.id),
        invited(second.id),
        LogLine { act: LogAct::RoleChanged, by: Some(his), ..invited(first.id) },
        LogLine { invitation: Some(second.id), ..line(LogAct::InvitationRevoked, by) },
        line(LogAct::CodeRenewed, by),
        LogLine { member: Some(his), ..line(LogAct::MemberRemoved, by) },
        line(LogAct::ProjectClosed, None),
        line(LogAct::ProjectOpened, None),
    ];
    expected.reverse();
    let answer = coordinator.get(&server, &log_path(project, None)).await;
    assert!(!answer.text().contains("Ali") && !answer.text().contains(&code.to_string()), "{}", answer.text());
    let reply: LogReply = answer.json();
    let told: Vec<_> = reply.lines.iter().map(|line| LogLine { number: 0, at_ms: 0, ..*line }).collect();
    assert_eq!(told, expected);
    assert!(reply.lines.is_sorted_by(|newer, older| newer.number > older.number));
    assert!(reply.lines[2..].iter().all(|line| line.at_ms == server.now().ms()));
    assert_eq!(reply.older, None);
}

#[tokio::test]
async fn the_log_comes_in_pages_and_is_each_projects_own() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    let (elsewhere, _) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    for _ in 0..2 * LOG_PAGE {
        add_line(&server, project).await;
        add_line(&server, elsewhere).await;
    }
    let (mut before, mut lines) = (None, Vec::new());
    for size in [LOG_PAGE, LOG_PAGE, 1] {
        let page: LogReply = coordinator.get(&server, &log_path(project, before)).await.json();
        assert_eq!(page.lines.len(), size);
        assert_eq!(page.older.is_some(), size == LOG_PAGE);
        before = page.older;
        lines.extend(page.lines);
    }
    assert!(lines.is_sorted_by(|newer, older| newer.number > older.number));
    assert_eq!(lines.last().map(|line| line.act), Some(LogAct::Joined));
    for (before, size) in [(0, 0), (u64::MAX, LOG_PAGE)] {
        let page: LogReply = coordinator.get(&server, &log_path(project, Some(before))).await.json();
        assert_eq!(page.lines.len(), size);
    }
    let wrong = format!("{}?before=-1", log_path(project, None));
    assert_eq!(coordinator.get(&server, &wrong).await.code(), ErrorCode::BadRequest);
}

#[tokio::test]
async fn nobody_changes_the_log_or_takes_a_line_out_of_it() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    add_line(&server, project).await;
    for sql in ["UPDATE log SET act = 'joined'", "DELETE FROM log", "INSERT OR REPLACE INTO log SELECT * FROM log"] {
        let mut tx = server.app().db.begin().await.unwrap();
        let refused = sqlx::query(sql).execute(&mut *tx).await.unwrap_err().to_string();
        assert!(refused.contains("the log is only added to"), "{sql}: {refused}");
    }
}

#[tokio::test]
async fn what_is_undone_leaves_no_line() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    let mut request = join_request(code, server.now());
    // Somebody else's record, which is found out last.
    request.consent.id = consent_of(&coordinator, &server).await;
    assert_eq!(server.post(join_path(), &request).await.code(), ErrorCode::NotYours);
    let page: LogReply = coordinator.get(&server, &log_path(project, None)).await.json();
    assert_eq!(page.lines.len(), 1, "the coordinator's own");
}

async fn add_line(server: &Server, project: ProjectId) {
    let mut tx = server.app().db.begin().await.unwrap();
    note(&mut tx, Note::new(project, LogAct::CodeRenewed, None), 1).await.unwrap();
    tx.commit().await.unwrap();
}

async fn consent_of(phone: &Phone, server: &Server) -> domain::RecordId {
    let items = phone.pull(server, "").await.items;
    let own = |item| if let protocol::PullItem::Own { record, .. } = item { Some(record.id) } else { None };
    items.into_iter().find_map(own).unwrap()
}
