//! The lines of inviting: to which role each role invites.

use axum::http::Method;
use domain::Role;
use protocol::ErrorCode;
use serde_json::json;

use super::document::tables;
use super::world::World;

#[tokio::test]
async fn who_invites_whom_is_as_the_document_says() {
    let world = World::new().await;
    let said = tables().remove("Inviting").unwrap();
    assert_eq!(said.len(), Role::ALL.len());
    for invited in Role::ALL {
        for role in Role::ALL {
            let path = format!("/api/projects/{}/invitations", world.project);
            let request = world.member(role).request(Method::POST, &path).header("content-type", "application/json");
            let body = json!({ "role": invited.key() }).to_string();
            let answer = world.server.send(request.body(body.into()).unwrap()).await;
            let real = if answer.status.is_success() { "yes" } else { "no" };
            assert!(real == "yes" || answer.code() == ErrorCode::NotYours, "{}", answer.text());
            assert_eq!(real, said[&vec![invited.key().to_owned()]][role.key()], "{role:?} invites {invited:?}");
        }
    }
}
