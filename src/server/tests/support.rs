//! A server in a temporary folder, and phones that talk to it.

use std::io::{self, Cursor};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use domain::{
    CONSENT_TEXT_VERSION, Clock, Consent, ConsentSubject, EntryEdit, JoinCode, JoinId, MediaHash, NodeId, PhotoRef,
    ProjectId, Record, RecordId, Stamp, Timestamp, Valence,
};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use protocol::{
    ErrorCode, ErrorReply, JoinReply, JoinRequest, MediaSize, PullItem, PullReply, PushReply, PushRequest, join_path,
    media_path, records_path,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tower::ServiceExt;

use crate::clock::WallClock;
use crate::config::{Config, PublicUrl};
use crate::services::{check, projects};
use crate::state::App;
use crate::{random, routes};

pub(super) struct Server {
    folder: tempfile::TempDir,
    now_ms: Arc<AtomicU64>,
    app: Option<Arc<App>>,
    router: Router,
    public_url: Option<PublicUrl>,
    client: Option<PathBuf>,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::start_with(None, None).await
    }

    pub(super) async fn start_with(public_url: Option<&str>, client: Option<PathBuf>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now_ms = Arc::new(AtomicU64::new(1_800_000_000_000));
        let public_url = public_url.map(|url| url.parse().unwrap());
        let mut server = Self { folder, now_ms, app: None, router: Router::new(), public_url, client };
        server.open().await;
        server
    }

    /// Ends the server as a kill would, and starts it again on what it left.
    pub(super) async fn restart(&mut self) {
        self.router = Router::new();
        let app = Arc::into_inner(self.app.take().unwrap()).expect("nothing of the old server runs on");
        drop(app);
        self.open().await;
    }

    async fn open(&mut self) {
        let now_ms = Arc::clone(&self.now_ms);
        let clock = WallClock::from_fn(move || Timestamp::from_ms(now_ms.load(Ordering::Relaxed)));
        let config = Config { data: self.data(), public_url: self.public_url.clone(), client: self.client.clone() };
        let app = App::open(config, clock).await.unwrap();
        self.router = routes::router(Arc::clone(&app));
        self.app = Some(app);
    }

    pub(super) fn app(&self) -> &Arc<App> {
        self.app.as_ref().unwrap()
    }

    pub(super) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(super) fn now(&self) -> Timestamp {
        self.app().now()
    }

    pub(super) fn pass_ms(&self, ms: u64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }

    pub(super) fn pass_days(&self, days: u64) {
        self.pass_ms(days * 24 * 60 * 60 * 1000);
    }

    /// Checks every picture that waits for it.
    pub(super) async fn settle(&self) {
        assert_eq!(check::check_held(self.app()).await.unwrap(), 0);
    }

    pub(super) async fn project(&self) -> (ProjectId, JoinCode) {
        let created = projects::create(&self.app().db, "Wijk", "Ede", self.now()).await.unwrap();
        (created.id, created.resident_code)
    }

    /// Starts with one project, and as many phones in it.
    pub(super) async fn with_phones<const N: usize>() -> (Self, [Phone; N]) {
        let server = Self::start().await;
        let (_, code) = server.project().await;
        let mut phones = Vec::new();
        for _ in 0..N {
            phones.push(server.join(code).await);
        }
        (server, phones.try_into().map_err(|_| "as many as asked for").unwrap())
    }

    pub(super) async fn join(&self, code: JoinCode) -> Phone {
        let answer = self.post(join_path(), &join_request(code, self.now())).await;
        Phone::joined(&answer)
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn post(&self, path: &str, body: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(body).unwrap();
        let request = request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.answer(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Returns an answer whose body may be still to come.
    pub(super) async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Answers on a free port of this machine, until the test ends.
    pub(super) async fn listen(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(axum::serve(listener, service).into_future());
        address
    }

    /// Changes the database behind the server's back.
    pub(super) async fn execute(&self, sql: &'static str) {
        let mut tx = self.app().db.begin().await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Returns the unfinished uploads: what they will be, and how many bytes arrived.
    pub(super) fn partials(&self) -> Vec<(MediaHash, u64)> {
        let partials = self.app().partials.list().unwrap();
        partials.iter().map(|partial| (partial.key.sha256, partial.bytes)).collect()
    }

    /// Returns where a phone's large picture lies.
    pub(super) fn large(&self, phone: &Phone, sha256: MediaHash) -> PathBuf {
        let (project, hash) = (phone.project.to_string(), sha256.to_string());
        self.data().join("media").join(project).join(&hash[..2]).join(format!("{hash}.large.jpg"))
    }

    /// Returns the pictures' files.
    pub(super) fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.data().join("media")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some() {
                    files.push(path.file_name().unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        files.sort();
        files
    }
}

pub(super) fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "wijk.example.nl")
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(super) fn code(&self) -> ErrorCode {
        let reply: ErrorReply = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(self.status.as_u16(), reply.code.status());
        reply.code
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(super) fn join_request(code: JoinCode, now: Timestamp) -> JoinRequest {
    let consent = Consent {
        subject: ConsentSubject::TakePart,
        text_version: CONSENT_TEXT_VERSION,
        language: "nl".to_owned(),
        given: now,
        is_withdrawn: false,
    };
    JoinRequest {
        join_id: JoinId::new(now, random::bytes()),
        code,
        nickname: "Ali".to_owned(),
        consent: consent.to_record(RecordId::new(now, random::bytes()), stamp(now)),
    }
}

pub(super) fn stamp(now: Timestamp) -> Stamp {
    Clock::new(NodeId(1), None).tick(now)
}

/// A phone that has joined.
#[derive(Clone)]
pub(super) struct Phone {
    pub(super) token: String,
    pub(super) reply: JoinReply,
    pub(super) project: ProjectId,
}

impl Phone {
    pub(super) fn joined(answer: &Answer) -> Self {
        let reply: JoinReply = answer.json();
        Self { token: token(&answer.headers).expect("a token"), project: reply.membership.project.id, reply }
    }

    pub(super) fn in_project(&self, project: ProjectId) -> Self {
        Self { project, ..self.clone() }
    }

    pub(super) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        request(method, path).header(COOKIE, format!("other=1; wijkbeeld={}", self.token))
    }

    pub(super) async fn get(&self, server: &Server, path: &str) -> Answer {
        server.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn try_push(&self, server: &Server, records: impl IntoIterator<Item = Record>) -> Answer {
        let body = serde_json::to_vec(&PushRequest { records: records.into_iter().collect() }).unwrap();
        let request = self.request(Method::POST, &records_path(self.project));
        server.send(request.header(CONTENT_TYPE, "application/json").body(body.into()).unwrap()).await
    }

    /// Pushes, and returns what was refused.
    pub(super) async fn push(
        &self,
        server: &Server,
        records: impl IntoIterator<Item = Record>,
    ) -> Vec<Option<ErrorCode>> {
        let records: Vec<_> = records.into_iter().collect();
        let reply: PushReply = self.try_push(server, records.clone()).await.json();
        assert!(reply.results.iter().map(|result| result.id).eq(records.iter().map(|record| record.id)));
        reply.results.into_iter().map(|result| result.refused).collect()
    }

    pub(super) async fn pull(&self, server: &Server, after: &str) -> PullReply {
        self.get(server, &format!("{}?after={after}", records_path(self.project))).await.json()
    }

    /// Pulls from the beginning, without what everybody has: his own consent.
    pub(super) async fn items(&self, server: &Server) -> Vec<PullItem> {
        let mut items = self.pull(server, "").await.items;
        items.retain(|item| !matches!(item, PullItem::Own { record, .. } if record.kind == domain::KIND_CONSENT));
        items
    }

    pub(super) async fn put(&self, server: &Server, sha256: MediaHash, bytes: &[u8]) -> Answer {
        let path = media_path(self.project, sha256, MediaSize::Large);
        server.send(self.request(Method::PUT, &path).body(bytes.to_vec().into()).unwrap()).await
    }

    /// Sends a picture under its own hash.
    pub(super) async fn send(&self, server: &Server, bytes: &[u8]) -> Answer {
        self.put(server, hash(bytes), bytes).await
    }

    pub(super) async fn picture(&self, server: &Server, sha256: MediaHash, size: MediaSize) -> Answer {
        self.get(server, &media_path(self.project, sha256, size)).await
    }

    /// Makes an entry with these pictures, sends everything, and waits until it is checked.
    pub(super) async fn share(&self, server: &Server, pictures: &[&[u8]]) -> RecordId {
        let entry = entry(server.now(), pictures);
        assert_eq!(self.push(server, [entry.clone()]).await, [None]);
        for picture in pictures {
            assert!(self.send(server, picture).await.status.is_success());
        }
        server.settle().await;
        entry.id
    }
}

/// What comes of a body, piece by piece; dropped, it ends.
pub(super) type Pieces = UnboundedSender<io::Result<Vec<u8>>>;

/// Makes a body that arrives as the test says.
pub(super) fn pieces() -> (Pieces, Body) {
    let (sender, receiver) = unbounded_channel();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async move {
        receiver.recv().await.map(|piece| (piece, receiver))
    });
    (sender, Body::from_stream(stream))
}

/// Makes a body whose connection breaks behind these bytes.
pub(super) fn broken_off(bytes: &[u8]) -> Body {
    let (sender, body) = pieces();
    sender.send(Ok(bytes.to_vec())).unwrap();
    sender.send(Err(io::ErrorKind::ConnectionReset.into())).unwrap();
    body
}

pub(super) fn bearer(method: Method, path: &str, token: &str) -> axum::http::request::Builder {
    request(method, path).header(AUTHORIZATION, format!("Bearer {token}"))
}

pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    let cookie = headers.get(SET_COOKIE)?.to_str().unwrap();
    let (_, rest) = cookie.split_once('=').unwrap();
    Some(rest.split(';').next().unwrap().to_owned())
}

pub(super) fn entry(now: Timestamp, pictures: &[&[u8]]) -> Record {
    let photo = |bytes: &&[u8]| PhotoRef { sha256: hash(bytes), width: 16, height: 12, bytes: 1 };
    EntryEdit {
        valence: Some(Valence::Good),
        story: Some("Hier deel je eten".to_owned()),
        photos: Some(pictures.iter().map(photo).collect()),
        made: Some((now, now)),
        ..EntryEdit::default()
    }
    .into_record(RecordId::new(now, random::bytes()), stamp(now))
}

/// Makes what deletes an entry, or brings it back.
pub(super) fn deletion(id: RecordId, is_deleted: bool, now: Timestamp) -> Record {
    EntryEdit { is_deleted: Some(is_deleted), ..EntryEdit::default() }.into_record(id, stamp(now))
}

pub(super) fn hash(bytes: &[u8]) -> MediaHash {
    MediaHash(Sha256::digest(bytes).into())
}

/// Draws a small JPEG; each number gives another.
pub(super) fn drawing(number: u8) -> Vec<u8> {
    drawing_of(number, 16, 12)
}

pub(super) fn drawing_of(number: u8, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, y| Rgb([number, u8::try_from((x * 7 + y) % 256).unwrap(), 90]));
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new(&mut bytes).encode_image(&picture).unwrap();
    bytes.into_inner()
}

/// Puts a segment into a JPEG, right behind its start.
pub(super) fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, marker], &length, body, &jpeg[2..]].concat()
}

/// Takes all segments with this marker out of a JPEG's head.
pub(super) fn without_segments(jpeg: &[u8], marker: u8) -> Vec<u8> {
    let mut left = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        let next = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != marker {
            left.extend(&jpeg[at..next]);
        }
        at = next;
    }
    left.extend(&jpeg[at..]);
    left
}
