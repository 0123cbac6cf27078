//! `/api/links` and `/api/link`: a second phone of the same person.

use std::slice::from_ref;

use axum::http::StatusCode;
use domain::{LinkId, Role};
use protocol::{
    Claim, ErrorCode, JoinReply, LinkBegunReply, LinkReply, LinkRequest, LinkState, LinkWaitsReply, LinkedReply,
    MeReply, PullItem, join_path, link_accept_path, link_path, link_with_code_path, links_path, me_path,
};

use super::support::{Answer, Phone, Server, drawing, hash, join_request, token};
use crate::random;

#[tokio::test]
async fn a_second_phone_becomes_one_of_the_persons_once_the_first_accepts_it() {
    let (server, [phone, other]) = Server::with_phones().await;
    let begun = phone.begin_link(&server).await;
    assert_eq!(begun.code.to_string().len(), 8);
    assert_eq!(begun.expires_ms, server.now().ms() + 600_000);
    assert_eq!(phone.link_state(&server, begun.id).await, (LinkState::Waiting, None));
    assert_eq!(phone.accept(&server, begun.id).await.state, LinkState::Waiting, "nobody has asked");

    let request = ask(&begun, "Tablet");
    let waits = server.post(link_with_code_path(), &request).await;
    assert_eq!((waits.status, waits.json::<LinkWaitsReply>().waiting), (StatusCode::ACCEPTED, true));
    assert_eq!(token(&waits.headers), None);
    assert_eq!(phone.link_state(&server, begun.id).await, (LinkState::Asked, Some("Tablet".to_owned())));
    assert_eq!(other.get(&server, &link_path(begun.id)).await.code(), ErrorCode::NotFound);
    let request_of_another = other.post(&server, &link_accept_path(begun.id), &()).await;
    assert_eq!(request_of_another.code(), ErrorCode::NotFound);

    assert_eq!(phone.accept(&server, begun.id).await.state, LinkState::Done);
    assert_eq!(phone.accept(&server, begun.id).await.state, LinkState::Done);
    let answer = server.post(link_with_code_path(), &request).await;
    let linked: LinkedReply = answer.json();
    assert_eq!(linked.memberships.as_slice(), from_ref(&phone.reply.membership));
    assert_ne!(linked.device_id, phone.reply.device_id);
    // The reply got lost: the same device, another token.
    let again = server.post(link_with_code_path(), &request).await;
    assert_eq!(again.json::<LinkedReply>().device_id, linked.device_id);
    assert_ne!(token(&again.headers), token(&answer.headers));
    assert!(token(&again.headers).is_some());
}

#[tokio::test]
async fn a_linked_phone_gets_what_its_person_made_as_his_own() {
    let (server, [phone]) = Server::with_phones().await;
    let made = phone.share(&server, &[&drawing(1)]).await;
    let second = phone.linked(&server, "").await;
    let me: MeReply = second.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.as_slice(), from_ref(&phone.reply.membership));
    let items = second.items(&server).await;
    assert!(matches!(&items[..], [PullItem::Own { record, .. }] if record.id == made), "{items:?}");
    let picture = second.picture(&server, hash(&drawing(1)), protocol::MediaSize::Large).await;
    assert_eq!(picture.body, drawing(1));
    let edited = super::support::deletion(made, true, server.now());
    assert_eq!(second.push(&server, [edited]).await, [None], "it is his to change");
}

#[tokio::test]
async fn a_linked_phone_is_all_that_its_person_is_with_his_roles() {
    let server = Server::start().await;
    let (project, _) = server.project().await;
    let (_, code) = server.project().await;
    let phone = server.join_as(project, Role::Worker).await;
    phone.post(&server, join_path(), &join_request(code, server.now())).await.json::<JoinReply>();
    let second = phone.linked(&server, "").await;
    let me: MeReply = second.get(&server, me_path()).await.json();
    let of_first: MeReply = phone.get(&server, me_path()).await.json();
    assert_eq!(me.memberships, of_first.memberships);
    assert_eq!(me.memberships.len(), 2);
}

#[tokio::test]
async fn a_phone_that_is_somebody_already_stays_so_and_keeps_its_token() {
    let (server, [phone, other]) = Server::with_phones().await;
    let (second_project, code) = server.project().await;
    phone.post(&server, join_path(), &join_request(code, server.now())).await.json::<JoinReply>();
    let begun = phone.begin_link(&server).await;
    let request = ask(&begun, "");
    assert_eq!(other.post(&server, link_with_code_path(), &request).await.status, StatusCode::ACCEPTED);
    phone.accept(&server, begun.id).await;
    let answer = other.post(&server, link_with_code_path(), &request).await;
    let linked: LinkedReply = answer.json();
    assert_eq!((linked.device_id, token(&answer.headers)), (other.reply.device_id, None));
    let own = other.reply.membership.clone();
    assert_eq!(linked.memberships.len(), 2);
    assert!(linked.memberships.contains(&own), "who he was there he is");
    assert!(linked.memberships.iter().any(|membership| membership.project.id == second_project));
}

#[tokio::test]
async fn a_code_is_for_one_phone() {
    let (server, [phone]) = Server::with_phones().await;
    let begun = phone.begin_link(&server).await;
    assert_eq!(server.post(link_with_code_path(), &ask(&begun, "Eerste")).await.status, StatusCode::ACCEPTED);
    let second = ask(&begun, "Tweede");
    assert_eq!(server.post(link_with_code_path(), &second).await.code(), ErrorCode::UnknownCode);
    phone.accept(&server, begun.id).await;
    assert_eq!(server.post(link_with_code_path(), &second).await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes_and_when_another_is_begun() {
    let (server, [phone]) = Server::with_phones().await;
    let (first, second) = (phone.begin_link(&server).await, phone.begin_link(&server).await);
    assert_eq!(phone.get(&server, &link_path(first.id)).await.code(), ErrorCode::NotFound);
    assert_eq!(server.post(link_with_code_path(), &ask(&first, "")).await.code(), ErrorCode::UnknownCode);
    let asked = ask(&second, "");
    assert_eq!(server.post(link_with_code_path(), &asked).await.status, StatusCode::ACCEPTED);
    server.pass_ms(600_000);
    assert_eq!(phone.get(&server, &link_path(second.id)).await.code(), ErrorCode::NotFound);
    assert_eq!(phone.post(&server, &link_accept_path(second.id), &()).await.code(), ErrorCode::NotFound);
    assert_eq!(server.post(link_with_code_path(), &asked).await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn a_phone_that_was_accepted_may_ask_for_an_hour_more() {
    let (server, [phone]) = Server::with_phones().await;
    let begun = phone.begin_link(&server).await;
    let request = ask(&begun, "");
    server.post(link_with_code_path(), &request).await;
    phone.accept(&server, begun.id).await;
    server.pass_ms(600_000 + 3_599_999);
    assert_eq!(server.post(link_with_code_path(), &request).await.status, StatusCode::OK);
    server.pass_ms(1);
    assert_eq!(server.post(link_with_code_path(), &request).await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn who_guesses_codes_has_to_wait_and_who_waits_to_be_accepted_does_not() {
    let (server, [phone, other]) = Server::with_phones().await;
    let begun = phone.begin_link(&server).await;
    let request = ask(&begun, "");
    for _ in 0..30 {
        assert_eq!(other.post(&server, link_with_code_path(), &request).await.status, StatusCode::ACCEPTED);
    }
    let wrong = LinkRequest { code: another_code(&begun), ..request.clone() };
    for _ in 0..20 {
        assert_eq!(other.post(&server, link_with_code_path(), &wrong).await.code(), ErrorCode::UnknownCode);
    }
    let refused = other.post(&server, link_with_code_path(), &request).await;
    assert_eq!((refused.code(), refused.header("retry-after")), (ErrorCode::TooManyAttempts, "600"));
    // Others behind that address go on, until there were 200.
    assert_eq!(server.post(link_with_code_path(), &request).await.status, StatusCode::ACCEPTED);
    for _ in 0..180 {
        assert_eq!(server.post(link_with_code_path(), &wrong).await.code(), ErrorCode::UnknownCode);
    }
    assert_eq!(server.post(link_with_code_path(), &request).await.code(), ErrorCode::TooManyAttempts);
    server.pass_ms(600_000);
    assert_eq!(other.post(&server, link_with_code_path(), &wrong).await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn nobody_is_linked_by_a_phone_that_is_nobody_or_was_shut_out() {
    let (server, [phone]) = Server::with_phones().await;
    let lost = phone.linked(&server, "").await;
    let begun = lost.begin_link(&server).await;
    let request = ask(&begun, "Dief");
    server.post(link_with_code_path(), &request).await;
    let shut_out = phone.request(axum::http::Method::DELETE, &protocol::device_path(lost.reply.device_id));
    assert!(server.send(shut_out.body(axum::body::Body::empty()).unwrap()).await.status.is_success());
    assert_eq!(lost.post(&server, &link_accept_path(begun.id), &()).await.code(), ErrorCode::DeviceShutOut);
    assert_eq!(server.post(link_with_code_path(), &request).await.code(), ErrorCode::UnknownCode);
    server.execute("DELETE FROM device_member").await;
    assert_eq!(phone.post(&server, links_path(), &()).await.code(), ErrorCode::NotMember);
}

fn ask(begun: &LinkBegunReply, name: &str) -> LinkRequest {
    LinkRequest { code: begun.code, name: name.to_owned(), claim: Claim::new(random::bytes()) }
}

/// Returns a code that no phone shows.
fn another_code(begun: &LinkBegunReply) -> protocol::LinkCode {
    let codes = ["00000000", "00000001"].map(|code| code.parse().unwrap());
    codes.into_iter().find(|code| *code != begun.code).unwrap()
}

impl Phone {
    async fn begin_link(&self, server: &Server) -> LinkBegunReply {
        self.post(server, links_path(), &()).await.json()
    }

    async fn link_state(&self, server: &Server, link: LinkId) -> (LinkState, Option<String>) {
        let reply: LinkReply = self.get(server, &link_path(link)).await.json();
        (reply.state, reply.name)
    }

    async fn accept(&self, server: &Server, link: LinkId) -> LinkReply {
        self.post(server, &link_accept_path(link), &()).await.json()
    }

    /// Links another phone of the same person.
    pub(super) async fn linked(&self, server: &Server, name: &str) -> Self {
        server.pass_ms(1);
        let begun = self.begin_link(server).await;
        let request = ask(&begun, name);
        server.post(link_with_code_path(), &request).await;
        self.accept(server, begun.id).await;
        self.as_device(&server.post(link_with_code_path(), &request).await)
    }

    /// Returns the phone of this person that got this answer.
    pub(super) fn as_device(&self, answer: &Answer) -> Self {
        let linked: LinkedReply = answer.json();
        let reply = JoinReply { device_id: linked.device_id, ..self.reply.clone() };
        Self { token: token(&answer.headers).expect("a token"), reply, project: self.project }
    }
}
