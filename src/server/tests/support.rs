//! A server in a temporary folder, and phones that talk to it.

mod bodies;
mod phone;
mod pictures;
mod voices;
mod writes;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use domain::{JoinCode, MediaHash, ProjectId, Role, Timestamp};
use protocol::{ErrorCode, ErrorReply, join_path};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpListener;
use tower::ServiceExt;

pub(super) use self::bodies::{broken_off, pieces};
pub(super) use self::phone::Phone;
pub(super) use self::pictures::{drawing, drawing_of, hash, with_segment, without_segments};
pub(super) use self::voices::{aac, told, voice, voice_in_mp4};
pub(super) use self::writes::{deletion, entry, join_request, stamp};
use crate::clock::WallClock;
use crate::config::{Config, PublicUrl};
use crate::repositories::projects as stored_projects;
use crate::repositories::projects::CodeOf;
use crate::services::{check, projects};
use crate::state::App;
use crate::{random, routes};

pub(super) struct Server {
    folder: tempfile::TempDir,
    now_ms: Arc<AtomicU64>,
    app: Option<Arc<App>>,
    router: Router,
    public_url: Option<PublicUrl>,
    client: Vec<PathBuf>,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::start_with(None, vec![]).await
    }

    pub(super) async fn start_with(public_url: Option<&str>, client: Vec<PathBuf>) -> Self {
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
        let path = self.programs().into_os_string();
        let config =
            Config { data: self.data(), public_url: self.public_url.clone(), client: self.client.clone(), path };
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

    /// Returns the folder in which the server looks for programs: that of this machine is never asked.
    pub(super) fn programs(&self) -> PathBuf {
        self.folder.path().join("programs")
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
        let mut tx = self.app().db.begin().await.unwrap();
        let created = projects::create(&mut tx, "Wijk", "Ede", false, self.now()).await.unwrap();
        tx.commit().await.unwrap();
        (created.id, created.code)
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

    /// Joins a project by a code that leads to a role.
    pub(super) async fn join_as(&self, project: ProjectId, role: Role) -> Phone {
        let code = random::join_code();
        let mut tx = self.app().db.begin().await.unwrap();
        assert!(stored_projects::insert_code(&mut tx, code, project, CodeOf::Role(role)).await.unwrap());
        tx.commit().await.unwrap();
        self.join(code).await
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
        self.data().join("media").join(phone.project.to_string()).join(format!("{sha256}.large.jpg"))
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

pub(super) fn bearer(method: Method, path: &str, token: &str) -> axum::http::request::Builder {
    request(method, path).header(AUTHORIZATION, format!("Bearer {token}"))
}

pub(super) fn token(headers: &HeaderMap) -> Option<String> {
    let cookie = headers.get(SET_COOKIE)?.to_str().unwrap();
    let (_, rest) = cookie.split_once('=').unwrap();
    Some(rest.split(';').next().unwrap().to_owned())
}
