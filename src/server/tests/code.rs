//! `/api/projects/{project}/code`.

use domain::Role;
use protocol::{CodeReply, ErrorCode, JoinReply, code_path, join_path};

use super::support::{Server, join_request};

#[tokio::test]
async fn a_coordinator_puts_a_new_code_in_the_place_of_the_old_one() {
    let server = Server::start().await;
    let (project, old) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    let worker = server.join_as(project, Role::Worker).await;
    let seen: CodeReply = worker.get(&server, &code_path(project)).await.json();
    assert_eq!((seen.code, seen.path), (old, format!("/mee/{old}")));

    let empty = serde_json::Value::Null;
    assert_eq!(worker.post(&server, &code_path(project), &empty).await.code(), ErrorCode::NotYours);
    let new: CodeReply = coordinator.post(&server, &code_path(project), &empty).await.json();
    assert_ne!(new.code, old);
    assert_eq!(worker.get(&server, &code_path(project)).await.json::<CodeReply>(), new);
    let join = async |code| server.post(join_path(), &join_request(code, server.now())).await;
    assert_eq!(join(old).await.code(), ErrorCode::CodeReplaced);
    let joined: JoinReply = join(new.code).await.json();
    assert_eq!((joined.membership.project.id, joined.membership.role), (project, Role::Resident));
}

#[tokio::test]
async fn a_code_is_told_to_nobody_from_elsewhere_and_to_no_resident() {
    let server = Server::start().await;
    let (project, code) = server.project().await;
    let resident = server.join(code).await;
    let (elsewhere, _) = server.project().await;
    let stranger = server.join_as(elsewhere, Role::Coordinator).await;
    assert_eq!(resident.get(&server, &code_path(project)).await.code(), ErrorCode::NotYours);
    assert_eq!(stranger.get(&server, &code_path(project)).await.code(), ErrorCode::NotMember);
    assert_eq!(server.get(&code_path(project)).await.code(), ErrorCode::UnknownDevice);
}

#[tokio::test]
async fn a_project_whose_codes_were_all_closed_has_none_until_it_gets_one() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    let coordinator = server.join_as(project, Role::Coordinator).await;
    server.execute("UPDATE join_code SET is_closed = 1").await;
    assert_eq!(coordinator.get(&server, &code_path(project)).await.code(), ErrorCode::NotFound);
    let new: CodeReply = coordinator.post(&server, &code_path(project), &serde_json::Value::Null).await.json();
    assert_eq!(server.join(new.code).await.project, project);
}
