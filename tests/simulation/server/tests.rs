//! Joining, as the real server does it.

use domain::{Consent, ConsentSubject, NodeId, Stamp};
use protocol::{JoinReply, JoinRequest};
use uuid::Uuid;

use super::*;

#[test]
fn a_join_whose_reply_was_lost_belongs_to_the_device_that_sent_it_again() {
    let mut server = open_projects();
    let (mine, token) = joined(server.ask(None, 1, 1));
    let (lost, _) = joined(server.ask(None, 2, 2));
    assert_ne!(mine.device_id, lost.device_id);
    let (again, _) = joined(server.ask(token, 2, 2));
    assert_eq!((again.device_id, again.membership.member_id), (mine.device_id, lost.membership.member_id));
    let (back, _) = joined(server.ask(None, 2, 2));
    assert_eq!(back.device_id, mine.device_id);
}

#[test]
fn who_was_removed_joins_again_as_somebody_new_and_not_by_the_old_join() {
    let mut server = open_projects();
    let (before, token) = joined(server.ask(None, 1, 1));
    assert!(server.remove(0, project(1), NOW));
    assert_eq!(refusal(server.ask(token, 1, 1)), ErrorCode::UnknownCode);
    let (after, _) = joined(server.ask(token, 1, 3));
    assert_eq!(after.device_id, before.device_id);
    assert_ne!(after.membership.member_id, before.membership.member_id);
}

#[test]
fn nobody_joins_a_closed_project_and_who_is_in_it_gets_his_token_back() {
    let mut server = open_projects();
    let (before, _) = joined(server.ask(None, 1, 1));
    server.state.closed.push(project(1));
    assert_eq!(refusal(server.ask(None, 1, 3)), ErrorCode::ProjectClosed);
    let (back, token) = joined(server.ask(None, 1, 1));
    assert_eq!(back, before);
    assert!(server.knows(token));
}

#[test]
fn who_was_shut_out_is_told_so_and_joins_as_somebody_new() {
    let mut server = open_projects();
    let (before, token) = joined(server.ask(None, 1, 1));
    assert_eq!(server.shut_out(0, NOW), [project(1)]);
    assert!(!server.knows(token));
    let asks = |server: &mut Server, app| {
        let asker = Asker { phone: 0, token, app };
        refusal(server.answer(asker, &Request::Me, Body::default(), NOW))
    };
    assert_eq!(asks(&mut server, LATEST_APP), ErrorCode::DeviceShutOut);
    assert_eq!(asks(&mut server, 1), ErrorCode::UnknownDevice);
    assert_eq!(refusal(server.ask(token, 1, 1)), ErrorCode::UnknownCode);
    let (after, other) = joined(server.ask(token, 1, 3));
    assert_ne!((after.device_id, after.membership.member_id), (before.device_id, before.membership.member_id));
    assert!(server.knows(other));
}

const NOW: Timestamp = Timestamp::from_ms(1_750_000_000_000);

/// A server with two projects.
fn open_projects() -> Server {
    let codes = [1, 2].map(|number| (code(number), project(number)));
    let state = State { speaks: 2, ..State::default() };
    Server { codes: codes.into_iter().collect(), state, ..Server::default() }
}

fn code(number: u8) -> JoinCode {
    JoinCode::from_random([number; 6]).unwrap()
}

fn project(number: u8) -> ProjectId {
    ProjectId::from_uuid(Uuid::from_u128(number.into()))
}

impl Server {
    /// Asks to join a project under this id.
    fn ask(&mut self, token: Option<u64>, project: u8, join: u8) -> Answer {
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: NOW,
            is_withdrawn: false,
        };
        let id = Uuid::from_u128(join.into());
        let stamp = Stamp { at: NOW, count: 0, node: NodeId(1) };
        let request = JoinRequest {
            join_id: JoinId::from_uuid(id),
            code: code(project),
            nickname: String::new(),
            consent: consent.to_record(RecordId::from_uuid(id), stamp),
        };
        let asker = Asker { phone: 0, token, app: LATEST_APP };
        self.answer(asker, &Request::Join(Box::new(request)), Body::default(), NOW)
    }
}

fn joined(answer: Answer) -> (JoinReply, Option<u64>) {
    let Outcome::Reply(Reply::Joined(reply)) = answer.outcome else { panic!("{answer:?}") };
    (reply, answer.token)
}

fn refusal(answer: Answer) -> ErrorCode {
    let Outcome::Refused { code, .. } = answer.outcome else { panic!("{answer:?}") };
    code
}
