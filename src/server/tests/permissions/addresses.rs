//! The lines of addresses: every address and method, by members of each role, from elsewhere, and by nobody.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use domain::permissions::{Endpoint, endpoints};
use protocol::{ErrorCode, MediaSize, PushRequest, events_path, join_path, me_path, media_path, records_path};
use serde::Serialize;

use super::document::tables;
use super::world::World;
use crate::tests::support::{Answer, Phone, drawing, hash, join_request, request};

#[tokio::test]
async fn who_may_ask_what_is_as_the_document_says() {
    let world = World::new().await;
    let said = tables().remove("Addresses").unwrap();
    assert_eq!(said.len(), endpoints::LINES.len());
    let description: serde_json::Value = world.server.get("/api/openapi.json").await.json();
    for line in endpoints::LINES {
        if description["paths"][line.path][line.method.to_lowercase()].is_null() || !is_asked(line.endpoint) {
            continue;
        }
        let said = &said[&vec![format!("{} {}", line.method, line.path)]];
        for (at, role) in (1..).zip(Role::ALL) {
            let by = world.member(role);
            assert_eq!(real(&world, line.endpoint, Some(by), at).await, said[role.key()], "{role:?}: {line:?}");
            for by in world.elsewhere(role).await {
                let real = real(&world, line.endpoint, Some(&by), 10 + at).await;
                assert_eq!(real, said["elsewhere"], "as {role:?} elsewhere: {line:?}");
            }
        }
        assert_eq!(real(&world, line.endpoint, None, 0).await, said["nobody"], "nobody: {line:?}");
    }
}

/// Asks, and returns what came of it in the words of the document.
async fn real(world: &World, endpoint: Endpoint, by: Option<&Phone>, number: u8) -> &'static str {
    let asked = Asked { world, by };
    let picture = drawing(50 + number);
    let own_medium = media_path(world.project, hash(&picture), MediaSize::Large);
    let of_maker = media_path(world.project, world.of_maker.photo, MediaSize::Large);
    match endpoint {
        Endpoint::Join => {
            let (_, code) = world.server.project().await;
            own(&asked.json(Method::POST, join_path(), &join_request(code, world.server.now())).await)
        }
        Endpoint::Me => own(&asked.bare(Method::GET, me_path()).await),
        Endpoint::Events => {
            let request = asked.request(Method::GET, events_path()).body(Body::empty()).unwrap();
            if world.server.answer(request).await.status() == StatusCode::OK { "own" } else { "no" }
        }
        Endpoint::Push => {
            let nothing = PushRequest { records: Vec::new() };
            yes(&asked.json(Method::POST, &records_path(world.project), &nothing).await)
        }
        Endpoint::Pull => yes(&asked.bare(Method::GET, &records_path(world.project)).await),
        Endpoint::ReadMedium => yes(&asked.bare(Method::GET, &of_maker).await),
        Endpoint::SendMedium => {
            let request = asked.request(Method::PUT, &own_medium).body(picture.into()).unwrap();
            own(&world.server.send(request).await)
        }
        Endpoint::GoOnWithMedium => {
            let picture = drawing(80 + number);
            let own_medium = media_path(world.project, hash(&picture), MediaSize::Large);
            let request = asked.request(Method::PATCH, &own_medium);
            let request = request.header("content-type", "application/partial-upload").header("upload-offset", 0);
            let request = request.header("upload-complete", "?1").body(picture.into()).unwrap();
            own(&world.server.send(request).await)
        }
        Endpoint::AskMedium => {
            let answer = asked.bare(Method::HEAD, &of_maker).await;
            assert_ne!(answer.header("upload-complete"), "?1", "what somebody else sent is nobody's business");
            own(&answer)
        }
        other => unreachable!("{other:?} is not asked"),
    }
}

fn is_asked(endpoint: Endpoint) -> bool {
    (endpoint as usize) < Endpoint::SeeInvitations as usize
}
fn own(answer: &Answer) -> &'static str {
    if is_allowed(answer) { "own" } else { "no" }
}

fn yes(answer: &Answer) -> &'static str {
    if is_allowed(answer) { "yes" } else { "no" }
}

/// Says whether the role let it through; every refusal is one that is documented for this.
fn is_allowed(answer: &Answer) -> bool {
    if answer.status.is_success() {
        return true;
    }
    let status = answer.status.as_u16();
    let is_refusal = match answer.body.is_empty() {
        true => [401, 403, 404].contains(&status),
        false => matches!(
            answer.code(),
            ErrorCode::UnknownDevice | ErrorCode::NotMember | ErrorCode::NotYours | ErrorCode::NotFound
        ),
    };
    assert!(is_refusal, "{status} {}", answer.text());
    false
}

/// Who asks; nobody shows no token.
struct Asked<'a> {
    world: &'a World,
    by: Option<&'a Phone>,
}

impl Asked<'_> {
    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        match self.by {
            Some(phone) => phone.request(method, path),
            None => request(method, path),
        }
    }

    async fn bare(&self, method: Method, path: &str) -> Answer {
        self.world.server.send(self.request(method, path).body(Body::empty()).unwrap()).await
    }

    async fn json(&self, method: Method, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        let request = self.request(method, path).header("content-type", "application/json");
        self.world.server.send(request.body(body.into()).unwrap()).await
    }
}
