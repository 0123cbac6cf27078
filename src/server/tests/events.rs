//! `GET /api/events`.

use std::sync::Arc;

use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures_util::StreamExt;
use protocol::{ErrorCode, RemoteChange, events_path};

use super::support::{Phone, Server, drawing, entry, request};
use crate::services::events;

#[tokio::test]
async fn a_stream_says_where_each_project_is_and_then_what_grows() {
    let (server, [maker, listener]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let elsewhere = server.join(code).await;
    let reading = tokio::spawn(events::run(Arc::clone(server.app())));
    let mut stream = listener.listen(&server).await;
    let now = maker.pull(&server, "").await.sequence;
    assert_eq!(stream.change().await, Some(RemoteChange { project: listener.project, sequence: now }));

    elsewhere.share(&server, &[&drawing(2)]).await;
    maker.push(&server, [entry(server.now(), &[])]).await;
    let change = stream.change().await.unwrap();
    assert_eq!(change, RemoteChange { project: maker.project, sequence: now + 1 }, "nothing of another project");
    maker.share(&server, &[&drawing(1)]).await;
    let mut last = change;
    let newest = maker.pull(&server, "").await.sequence;
    while last.sequence < newest {
        let next = stream.change().await.unwrap();
        assert!(next.sequence > last.sequence);
        last = next;
    }
    reading.abort();
}

#[tokio::test]
async fn a_stream_is_for_devices_that_are_known_and_goes_by_no_compression() {
    let (server, [phone]) = Server::with_phones().await;
    let nobody = server.send(request(Method::GET, events_path()).body(Body::empty()).unwrap()).await;
    assert_eq!(nobody.code(), ErrorCode::UnknownDevice);
    let stream = phone.listen(&server).await;
    assert_eq!(stream.header("content-type"), "text/event-stream");
    assert_eq!(stream.header("cache-control"), "no-store");
    assert_eq!((stream.header("content-encoding"), stream.header("x-accel-buffering")), ("", "no"));
}

#[tokio::test]
async fn a_device_has_one_stream_and_another_device_its_own() {
    let (server, [phone, other]) = Server::with_phones().await;
    let (mut first, mut of_other) = (phone.listen(&server).await, other.listen(&server).await);
    let mut second = phone.listen(&server).await;
    while first.change().await.is_some() {}
    assert!(second.change().await.is_some());
    assert!(of_other.change().await.is_some());
    server.app().ending.send_replace(true);
    assert_eq!((second.change().await, of_other.change().await), (None, None), "they end with the server");
}

struct Listening {
    headers: axum::http::HeaderMap,
    body: BodyDataStream,
}

impl Listening {
    /// Returns the next change; `None` when the stream is over.
    async fn change(&mut self) -> Option<RemoteChange> {
        let text = self.body.next().await?.unwrap();
        let data = text.strip_prefix(b"data: ").unwrap().strip_suffix(b"\n\n").unwrap();
        Some(serde_json::from_slice(data).unwrap())
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Phone {
    async fn listen(&self, server: &Server) -> Listening {
        let request = self.request(Method::GET, events_path()).header("accept-encoding", "gzip, br");
        let (parts, body) = server.answer(request.body(Body::empty()).unwrap()).await.into_parts();
        assert_eq!(parts.status, 200);
        let mut body = body.into_data_stream();
        assert_eq!(
            body.next().await.unwrap().unwrap(),
            "retry: 10000\n\n",
            "a stream that breaks off is not hurried back to"
        );
        Listening { headers: parts.headers, body }
    }
}
