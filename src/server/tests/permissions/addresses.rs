//! The lines of addresses: every address and method, by members of each role, from elsewhere, and by nobody.

#![expect(clippy::wildcard_enum_match_arm, reason = "each function asks at some of the addresses")]

use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use domain::permissions::{Endpoint, endpoints};
use protocol::{
    ErrorCode, MediaSize, PushRequest, events_path, join_path, me_path, media_path, records_path, welcome_path,
};
use serde::Serialize;
use serde_json::json;

use super::document::tables;
use super::world::{NICKNAME, World};
use crate::random;
use crate::tests::support::{Answer, Phone, drawing, hash, join_request, request};

#[tokio::test]
async fn who_may_ask_what_is_as_the_document_says() {
    let world = World::new().await;
    let said = tables().remove("Addresses").unwrap();
    assert_eq!(said.len(), endpoints::LINES.len());
    let description: serde_json::Value = world.server.get("/api/openapi.json").await.json();
    for line in endpoints::LINES {
        assert!(description["paths"][line.path][line.method.to_lowercase()].is_object(), "{line:?}");
        let said = &said[&vec![format!("{} {}", line.method, line.path)]];
        for role in Role::ALL {
            // Somebody new each time: some addresses end what one is.
            let by = world.server.join_as(world.project, role).await;
            assert_eq!(real(&world, line.endpoint, Some(&by)).await, said[role.key()], "{role:?}: {line:?}");
            for by in world.elsewhere(role).await {
                let real = real(&world, line.endpoint, Some(&by)).await;
                assert_eq!(real, said["elsewhere"], "as {role:?} elsewhere: {line:?}");
            }
        }
        assert_eq!(real(&world, line.endpoint, None).await, said["nobody"], "nobody: {line:?}");
    }
}

/// Asks, and returns what came of it in the words of the document.
async fn real(world: &World, endpoint: Endpoint, by: Option<&Phone>) -> &'static str {
    let asked = Asked { world, by };
    let picture = drawing(50);
    let own_medium = media_path(world.project, hash(&picture), MediaSize::Large);
    let of_maker = media_path(world.project, world.of_maker.photo, MediaSize::Large);
    match endpoint {
        Endpoint::Join => {
            let (_, code) = world.server.project().await;
            own(&asked.json(Method::POST, join_path(), &join_request(code, world.server.now())).await)
        }
        Endpoint::Welcome => {
            let (_, code) = world.server.project().await;
            own(&asked.bare(Method::GET, &welcome_path(code, "nl")).await)
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
        Endpoint::SeeInvitations
        | Endpoint::Invite
        | Endpoint::RevokeInvitation
        | Endpoint::SeeCode
        | Endpoint::RotateCode
        | Endpoint::SeeGroupCode
        | Endpoint::RotateGroupCode
        | Endpoint::SeeMembers
        | Endpoint::RemoveMember
        | Endpoint::ReadLog => of_team(asked, endpoint).await,
        Endpoint::SeeDevices
        | Endpoint::NameDevice
        | Endpoint::ShutOutDevice
        | Endpoint::BeginLink
        | Endpoint::SeeLink
        | Endpoint::AcceptLink
        | Endpoint::Link
        | Endpoint::SeeRecovery
        | Endpoint::MakeRecovery
        | Endpoint::DropRecovery
        | Endpoint::Recover => of_phones(asked, endpoint).await,
    }
}

async fn of_team(asked: Asked<'_>, endpoint: Endpoint) -> &'static str {
    let world = asked.world;
    let at = |rest: &str| format!("/api/projects/{}/{rest}", world.project);
    let coordinator = Asked { world, by: Some(world.member(Role::Coordinator)) };
    let of_resident = json!({ "role": "resident" });
    match endpoint {
        Endpoint::SeeInvitations => {
            let theirs = coordinator.begin(&at("invitations"), &of_resident).await.unwrap();
            let own = asked.begin(&at("invitations"), &of_resident).await;
            let answer = asked.bare(Method::GET, &at("invitations")).await;
            let sees = |id: &str| answer.text().contains(id);
            match is_allowed(&answer) {
                false => "no",
                true if sees(&theirs) => "yes",
                true if own.is_some_and(|own| sees(&own)) => "own",
                true => panic!("{} sees none", answer.text()),
            }
        }
        Endpoint::RevokeInvitation => {
            let theirs = coordinator.begin(&at("invitations"), &of_resident).await.unwrap();
            let own = asked.begin(&at("invitations"), &of_resident).await.unwrap_or_else(|| theirs.clone());
            own_or_others(
                asked,
                &Method::DELETE,
                &at(&format!("invitations/{own}")),
                &at(&format!("invitations/{theirs}")),
            )
            .await
        }
        Endpoint::SeeMembers => {
            let answer = asked.bare(Method::GET, &at("members")).await;
            let id = world.maker.reply.membership.member_id.to_string();
            let tells = |text: &str| answer.text().contains(text);
            match is_allowed(&answer) {
                false => "no",
                true if tells(NICKNAME) && tells(&id) => "yes",
                true if tells("\"#") && !tells(NICKNAME) && !tells(&id) => "pseudonymised",
                true => panic!("{}", answer.text()),
            }
        }
        Endpoint::RemoveMember => {
            let [elsewhere, _] = world.elsewhere(Role::Resident).await;
            let here = world.server.join_as(world.project, Role::Resident).await;
            let path = |phone: &Phone| at(&format!("members/{}", phone.reply.membership.member_id));
            let none = asked.bare(Method::DELETE, &path(&elsewhere)).await;
            assert!(!is_allowed(&none), "somebody of another project");
            yes(&asked.bare(Method::DELETE, &path(&here)).await)
        }
        Endpoint::Invite => yes(&asked.json(Method::POST, &at("invitations"), &of_resident).await),
        Endpoint::SeeCode => yes(&asked.bare(Method::GET, &at("code")).await),
        Endpoint::RotateCode => yes(&asked.bare(Method::POST, &at("code")).await),
        Endpoint::SeeGroupCode => yes(&asked.bare(Method::GET, &at(&format!("groups/{}/code", world.group))).await),
        Endpoint::RotateGroupCode => yes(&asked.bare(Method::POST, &at(&format!("groups/{}/code", world.group))).await),
        Endpoint::ReadLog => yes(&asked.bare(Method::GET, &at("log")).await),
        other => unreachable!("{other:?} is asked elsewhere"),
    }
}

async fn of_phones(asked: Asked<'_>, endpoint: Endpoint) -> &'static str {
    let world = asked.world;
    let maker = Asked { world, by: Some(&world.maker) };
    let device = |phone: Option<&Phone>| format!("/api/devices/{}", phone.unwrap_or(&world.maker).reply.device_id);
    match endpoint {
        Endpoint::SeeDevices => {
            let answer = asked.bare(Method::GET, "/api/devices").await;
            assert!(!answer.text().contains(&world.maker.reply.device_id.to_string()));
            own(&answer)
        }
        Endpoint::NameDevice => {
            let name = json!({ "name": "Oude" });
            assert!(!is_allowed(&asked.json(Method::PATCH, &device(None), &name).await), "somebody else's");
            own(&asked.json(Method::PATCH, &device(asked.by), &name).await)
        }
        Endpoint::ShutOutDevice => own_or_others(asked, &Method::DELETE, &device(asked.by), &device(None)).await,
        Endpoint::BeginLink => own(&asked.bare(Method::POST, "/api/links").await),
        Endpoint::SeeLink | Endpoint::AcceptLink => {
            let (method, rest) =
                if endpoint == Endpoint::SeeLink { (Method::GET, "") } else { (Method::POST, "/accept") };
            let theirs = maker.begin("/api/links", &json!(null)).await.unwrap();
            let own = asked.begin("/api/links", &json!(null)).await.unwrap_or_else(|| theirs.clone());
            own_or_others(asked, &method, &format!("/api/links/{own}{rest}"), &format!("/api/links/{theirs}{rest}"))
                .await
        }
        Endpoint::Link => {
            let begun: serde_json::Value = maker.bare(Method::POST, "/api/links").await.json();
            let claim = random::hex(&random::bytes::<16>());
            let asking = json!({ "code": begun["code"], "name": "Nieuwe", "claim": claim });
            own(&asked.json(Method::POST, "/api/link", &asking).await)
        }
        Endpoint::SeeRecovery => own(&asked.bare(Method::GET, "/api/recovery").await),
        Endpoint::MakeRecovery => own(&asked.bare(Method::POST, "/api/recovery").await),
        Endpoint::DropRecovery => own(&asked.bare(Method::DELETE, "/api/recovery").await),
        Endpoint::Recover => {
            let lost = world.server.join_as(world.project, Role::Resident).await;
            let lost = Asked { world, by: Some(&lost) };
            let words: serde_json::Value = lost.bare(Method::POST, "/api/recovery").await.json();
            let words: Vec<_> = words["words"].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
            let coming = json!({ "words": words.join(" "), "name": "Nieuwe" });
            own(&asked.json(Method::POST, "/api/recover", &coming).await)
        }
        other => unreachable!("{other:?} is asked elsewhere"),
    }
}

/// Asks for what is somebody else's first, and then for one's own.
async fn own_or_others(asked: Asked<'_>, method: &Method, own: &str, theirs: &str) -> &'static str {
    let reaches_theirs = is_allowed(&asked.bare(method.clone(), theirs).await);
    let reaches_own = is_allowed(&asked.bare(method.clone(), own).await);
    match (reaches_own, reaches_theirs) {
        (true, true) => "yes",
        (true, false) => "own",
        (false, false) => "no",
        (false, true) => panic!("somebody else's, and not one's own: {own}"),
    }
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
#[derive(Clone, Copy)]
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

    /// Makes something, and returns its id; `None` where that is not allowed.
    async fn begin(&self, path: &str, body: &impl Serialize) -> Option<String> {
        let answer = self.json(Method::POST, path, body).await;
        let is_begun = is_allowed(&answer);
        is_begun.then(|| answer.json::<serde_json::Value>()["id"].as_str().unwrap().to_owned())
    }

    async fn json(&self, method: Method, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        let request = self.request(method, path).header("content-type", "application/json");
        self.world.server.send(request.body(body.into()).unwrap()).await
    }
}
