//! `/api/devices`: the phones of one person, and shutting one out.

use axum::body::Body;
use axum::http::Method;
use domain::{DeviceId, Role};
use futures_util::StreamExt;
use protocol::{
    DeviceInfo, DevicesReply, ErrorCode, JoinReply, LogAct, LogReply, MeReply, NameRequest, VERSION_HEADER,
    device_path, devices_path, events_path, join_path, log_path, me_path,
};

use super::support::{Answer, Phone, Server, drawing, entry, join_request};
use crate::cli::type_in;

#[tokio::test]
async fn a_person_sees_his_phones_and_nobody_elses() {
    let (server, [phone, other]) = Server::with_phones().await;
    let second = phone.linked(&server, "Tablet").await;
    let (first_id, second_id) = (phone.reply.device_id, second.reply.device_id);
    let devices = phone.devices(&server).await;
    assert_eq!(seen_by(&devices), [(first_id, "", true), (second_id, "Tablet", false)]);
    assert_eq!(seen_by(&second.devices(&server).await), [(first_id, "", false), (second_id, "Tablet", true)]);
    assert_eq!(devices[1].made_ms, server.now().ms());
    assert_eq!(seen_by(&other.devices(&server).await), [(other.reply.device_id, "", true)]);
    assert_eq!(server.get(devices_path()).await.code(), ErrorCode::UnknownDevice);
}

#[tokio::test]
async fn when_a_phone_was_seen_is_written_once_a_minute() {
    let (server, [phone]) = Server::with_phones().await;
    let second = phone.linked(&server, "").await;
    let seen = async || phone.devices(&server).await[1].last_seen_ms.unwrap();
    let begun = seen().await;
    server.pass_ms(60_000);
    second.get(&server, me_path()).await;
    assert_eq!(seen().await, begun);
    server.pass_ms(1);
    second.get(&server, me_path()).await;
    assert_eq!(seen().await, begun + 60_001);
    server.pass_ms(30_000);
    second.get(&server, me_path()).await;
    assert_eq!(seen().await, begun + 60_001);
}

#[tokio::test]
async fn a_phone_gets_a_name_from_its_person_alone() {
    let (server, [phone, other]) = Server::with_phones().await;
    let second = phone.linked(&server, "").await;
    let id = second.reply.device_id;
    let named: DevicesReply = phone.rename(&server, id, " Oude\u{7} telefoon ").await.json();
    assert_eq!(named.devices[1].name, "Oude telefoon");
    assert_eq!(second.rename(&server, id, &"ß".repeat(41)).await.code(), ErrorCode::InvalidRecord);
    assert_eq!(other.rename(&server, id, "Van mij").await.code(), ErrorCode::NotFound);
    let nobody = DeviceId::new(server.now(), [0; 10]);
    assert_eq!(phone.rename(&server, nobody, "").await.code(), ErrorCode::NotFound);
    assert_eq!(phone.devices(&server).await[1].name, "Oude telefoon");
}

#[tokio::test]
async fn a_phone_that_is_shut_out_is_told_so_at_once_and_gets_nothing() {
    let (server, [phone]) = Server::with_phones().await;
    let lost = phone.linked(&server, "Kwijt").await;
    let shared = lost.share(&server, &[&drawing(1)]).await;
    let mut stream = lost.stream(&server).await;
    assert!(stream.next().await.is_some());
    let left: DevicesReply = phone.shut_out(&server, lost.reply.device_id).await.json();
    assert_eq!(seen_by(&left.devices), [(phone.reply.device_id, "", true)]);
    while let Some(said) = stream.next().await {
        assert!(said.is_ok(), "it ends, and does not break");
    }
    let records = protocol::records_path(lost.project);
    for path in [me_path(), devices_path(), events_path(), records.as_str()] {
        assert_eq!(lost.get(&server, path).await.code(), ErrorCode::DeviceShutOut, "{path}");
    }
    let push = lost.try_push(&server, [entry(server.now(), &[])]).await;
    assert_eq!(push.code(), ErrorCode::DeviceShutOut);
    assert_eq!(lost.send(&server, &drawing(2)).await.code(), ErrorCode::DeviceShutOut);
    assert!(phone.items(&server).await.iter().any(|item| item.record_id() == Some(shared)), "what was sent stays");
    assert_eq!(phone.shut_out(&server, lost.reply.device_id).await.code(), ErrorCode::NotFound);
    // Also on a server that starts anew.
    let mut server = server;
    server.restart().await;
    assert_eq!(lost.get(&server, me_path()).await.code(), ErrorCode::DeviceShutOut);
}

#[tokio::test]
async fn an_app_of_before_hears_that_it_is_not_known() {
    let (server, [phone]) = Server::with_phones().await;
    let lost = phone.linked(&server, "").await;
    phone.shut_out(&server, lost.reply.device_id).await;
    for path in [me_path(), devices_path()] {
        for (version, code) in [("2", ErrorCode::UnknownDevice), ("3", ErrorCode::DeviceShutOut)] {
            let request = lost.request(Method::GET, path).header(VERSION_HEADER, version);
            assert_eq!(server.send(request.body(Body::empty()).unwrap()).await.code(), code, "{path} {version}");
        }
    }
}

#[tokio::test]
async fn nobody_shuts_out_another_persons_phone() {
    let (server, [phone, other]) = Server::with_phones().await;
    assert_eq!(phone.shut_out(&server, other.reply.device_id).await.code(), ErrorCode::NotFound);
    assert!(other.get(&server, me_path()).await.status.is_success());
}

#[tokio::test]
async fn the_join_that_a_shut_out_phone_kept_opens_nothing_any_more() {
    let server = Server::start().await;
    let (_, code) = server.project().await;
    let request = join_request(code, server.now());
    let lost = Phone::joined(&server.post(join_path(), &request).await);
    let phone = lost.linked(&server, "").await;
    phone.shut_out(&server, lost.reply.device_id).await;
    assert_eq!(server.post(join_path(), &request).await.code(), ErrorCode::UnknownCode);
    assert_eq!(lost.post(&server, join_path(), &request).await.code(), ErrorCode::UnknownCode);
}

#[tokio::test]
async fn who_was_shut_out_may_join_as_somebody_new() {
    let (server, [phone]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let lost = phone.linked(&server, "").await;
    phone.shut_out(&server, lost.reply.device_id).await;
    let joined: JoinReply = lost.post(&server, join_path(), &join_request(code, server.now())).await.json();
    assert_ne!(joined.device_id, lost.reply.device_id);
}

#[tokio::test]
async fn a_person_may_shut_out_the_phone_in_his_hand() {
    let (server, [phone]) = Server::with_phones().await;
    let left: DevicesReply = phone.shut_out(&server, phone.reply.device_id).await.json();
    assert_eq!(left.devices, []);
    assert_eq!(phone.get(&server, me_path()).await.code(), ErrorCode::DeviceShutOut);
}

#[tokio::test]
async fn whoever_looks_after_the_server_shuts_a_phone_out_too() {
    let (server, [phone, other]) = Server::with_phones().await;
    let data = server.data();
    let data = data.to_str().unwrap();
    let (id, member) = (phone.reply.device_id.to_string(), phone.reply.membership.member_id.to_string());
    for whose in [phone.project.to_string(), member] {
        type_in(&["devices", "list", "--data", data, &whose]).await.unwrap();
    }
    type_in(&["devices", "shut-out", "--data", data, &id]).await.unwrap();
    assert_eq!(phone.get(&server, me_path()).await.code(), ErrorCode::DeviceShutOut);
    let me: MeReply = other.get(&server, me_path()).await.json();
    assert_eq!(me.memberships.len(), 1);
    let again = type_in(&["devices", "shut-out", "--data", data, &id]).await;
    assert!(again.unwrap_err().to_string().contains("shut out already"));
}

#[tokio::test]
async fn a_phone_that_another_process_shut_out_while_it_asks_is_told_so_and_not_that_it_was_removed() {
    let (server, [phone]) = Server::with_phones().await;
    // Its token is known from now on without looking.
    phone.get(&server, me_path()).await.json::<MeReply>();
    let (data, id) = (server.data(), phone.reply.device_id.to_string());
    type_in(&["devices", "shut-out", "--data", data.to_str().unwrap(), &id]).await.unwrap();
    let picture = drawing(1);
    let entry = entry(server.now(), &[&picture]);
    assert_eq!(phone.try_push(&server, [entry]).await.code(), ErrorCode::DeviceShutOut);
    assert_eq!(phone.send(&server, &picture).await.code(), ErrorCode::DeviceShutOut);
    assert_eq!(phone.get(&server, me_path()).await.code(), ErrorCode::DeviceShutOut);
}

#[tokio::test]
async fn the_log_says_that_a_phone_was_linked_and_shut_out() {
    let (server, [phone]) = Server::with_phones().await;
    let coordinator = server.join_as(phone.project, Role::Coordinator).await;
    let lost = phone.linked(&server, "").await;
    phone.shut_out(&server, lost.reply.device_id).await;
    let id = phone.reply.device_id.to_string();
    let data = server.data();
    type_in(&["devices", "shut-out", "--data", data.to_str().unwrap(), &id]).await.unwrap();
    let log: LogReply = coordinator.get(&server, &log_path(phone.project, None)).await.json();
    let said: Vec<_> = log.lines.iter().map(|line| (line.act, line.by, line.member)).collect();
    let member = Some(phone.reply.membership.member_id);
    let by_operator = (LogAct::DeviceShutOut, None, member);
    assert_eq!(said[..3], [by_operator, (LogAct::DeviceShutOut, member, None), (LogAct::DeviceLinked, member, None)]);
}

fn seen_by(devices: &[DeviceInfo]) -> Vec<(DeviceId, &str, bool)> {
    devices.iter().map(|device| (device.id, device.name.as_str(), device.is_this)).collect()
}

impl Phone {
    async fn devices(&self, server: &Server) -> Vec<DeviceInfo> {
        self.get(server, devices_path()).await.json::<DevicesReply>().devices
    }

    async fn rename(&self, server: &Server, device: DeviceId, name: &str) -> Answer {
        let body = serde_json::to_vec(&NameRequest { name: name.to_owned() }).unwrap();
        let request = self.request(Method::PATCH, &device_path(device)).header("content-type", "application/json");
        server.send(request.body(body.into()).unwrap()).await
    }

    async fn shut_out(&self, server: &Server, device: DeviceId) -> Answer {
        let request = self.request(Method::DELETE, &device_path(device));
        server.send(request.body(Body::empty()).unwrap()).await
    }

    async fn stream(&self, server: &Server) -> axum::body::BodyDataStream {
        let request = self.request(Method::GET, events_path()).body(Body::empty()).unwrap();
        server.answer(request).await.into_body().into_data_stream()
    }
}
