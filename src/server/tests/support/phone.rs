//! A phone that talks to the server.

use axum::body::Body;
use axum::http::Method;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use domain::{MediaHash, ProjectId, Record, RecordId};
use protocol::{
    ErrorCode, JoinReply, MediaSize, PullItem, PullReply, PushReply, PushRequest, media_path, records_path,
};
use serde::Serialize;

use super::{Answer, Server, entry, hash, request, token};

/// A phone that has joined.
#[derive(Clone)]
pub(in crate::tests) struct Phone {
    pub(in crate::tests) token: String,
    pub(in crate::tests) reply: JoinReply,
    pub(in crate::tests) project: ProjectId,
}

impl Phone {
    pub(in crate::tests) fn joined(answer: &Answer) -> Self {
        let reply: JoinReply = answer.json();
        Self { token: token(&answer.headers).expect("a token"), project: reply.membership.project.id, reply }
    }

    pub(in crate::tests) fn in_project(&self, project: ProjectId) -> Self {
        Self { project, ..self.clone() }
    }

    pub(in crate::tests) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        request(method, path).header(COOKIE, format!("other=1; wijkbeeld={}", self.token))
    }

    pub(in crate::tests) async fn get(&self, server: &Server, path: &str) -> Answer {
        server.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub(in crate::tests) async fn post(&self, server: &Server, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        server.send(request.body(body.into()).unwrap()).await
    }

    pub(in crate::tests) async fn delete(&self, server: &Server, path: &str) -> Answer {
        server.send(self.request(Method::DELETE, path).body(Body::empty()).unwrap()).await
    }

    pub(in crate::tests) async fn try_push(
        &self,
        server: &Server,
        records: impl IntoIterator<Item = Record>,
    ) -> Answer {
        let body = serde_json::to_vec(&PushRequest { records: records.into_iter().collect() }).unwrap();
        let request = self.request(Method::POST, &records_path(self.project));
        server.send(request.header(CONTENT_TYPE, "application/json").body(body.into()).unwrap()).await
    }

    /// Returns a write of a record that several people write with this member's name in it, as screens write it.
    pub(in crate::tests) fn named(&self, record: Record) -> Record {
        record.written_by(Some(self.reply.membership.member_id))
    }

    /// Pushes as this member, and returns what was refused.
    pub(in crate::tests) async fn push(
        &self,
        server: &Server,
        records: impl IntoIterator<Item = Record>,
    ) -> Vec<Option<ErrorCode>> {
        let records: Vec<_> = records.into_iter().map(|record| self.named(record)).collect();
        let reply: PushReply = self.try_push(server, records.clone()).await.json();
        assert!(reply.results.iter().map(|result| result.id).eq(records.iter().map(|record| record.id)));
        reply.results.into_iter().map(|result| result.refused).collect()
    }

    pub(in crate::tests) async fn pull(&self, server: &Server, after: &str) -> PullReply {
        self.get(server, &format!("{}?after={after}", records_path(self.project))).await.json()
    }

    /// Pulls from the beginning, without what everybody has: his own consent.
    pub(in crate::tests) async fn items(&self, server: &Server) -> Vec<PullItem> {
        let mut items = self.pull(server, "").await.items;
        items.retain(|item| !matches!(item, PullItem::Own { record, .. } if record.kind == domain::KIND_CONSENT));
        items
    }

    pub(in crate::tests) async fn put(&self, server: &Server, sha256: MediaHash, bytes: &[u8]) -> Answer {
        let path = media_path(self.project, sha256, MediaSize::Large);
        server.send(self.request(Method::PUT, &path).body(bytes.to_vec().into()).unwrap()).await
    }

    /// Sends a picture under its own hash.
    pub(in crate::tests) async fn send(&self, server: &Server, bytes: &[u8]) -> Answer {
        self.put(server, hash(bytes), bytes).await
    }

    pub(in crate::tests) async fn picture(&self, server: &Server, sha256: MediaHash, size: MediaSize) -> Answer {
        self.get(server, &media_path(self.project, sha256, size)).await
    }

    /// Makes an entry with these pictures, sends everything, and waits until it is checked.
    pub(in crate::tests) async fn share(&self, server: &Server, pictures: &[&[u8]]) -> RecordId {
        let entry = entry(server.now(), pictures);
        assert_eq!(self.push(server, [entry.clone()]).await, [None]);
        for picture in pictures {
            assert!(self.send(server, picture).await.status.is_success());
        }
        server.settle().await;
        entry.id
    }
}
