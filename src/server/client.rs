//! The client as the browser gets it: files of one build, embedded in this program or read from a folder.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

use crate::random::hex;
use crate::security::content_security_policy;
use crate::services::upload::read_away;
use crate::state::App;

/// What the project's build leaves.
#[derive(Embed)]
#[folder = "../../dist"]
struct Embedded;

/// Where the client's files come from.
pub(crate) enum Client {
    /// This program.
    Embedded,
    /// Folders, the first that has a file before the others; read anew at every request.
    Folders(Vec<PathBuf>),
}

/// Answers every address that is not the API's: a file of the client, or its page, which knows the address.
pub(crate) async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let mut response = match app.client.file(path) {
        Some(_) => app.client.answer(path, &headers),
        None if looks_like_file(path) => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
        None => app.client.answer(app.client.page_at(path, uri.query().unwrap_or_default()), &headers),
    };
    if method == Method::HEAD {
        *response.body_mut() = Body::empty();
    }
    response
}

/// Answers photos that another app shares with the app where nothing on the phone took them in. They are not for the server, which looks at
/// nothing of them and keeps nothing: the page asks to share them once more.
pub(crate) async fn ask_to_share_again(request: Request) -> Redirect {
    read_away(request.into_body().into_data_stream(), MOST_SHARED_BYTES);
    Redirect::to("/?gedeeld=opnieuw")
}

/// More than ten photos are; a phone that sends more loses the answer.
const MOST_SHARED_BYTES: u64 = 256 * 1024 * 1024;

const PAGE: &str = "index.html";

/// The pages of the app's other parts, and the addresses that each answers, with all below them.
const PARTS: &[(&str, &[&str])] =
    &[("desk.html", &["begeleiden", "meer/telefoons"]), (MAKING, &["erbij", "meer/gegevens"])];

const MAKING: &str = "making.html";

/// How the query begins with which the first address is one of that part: it tells what became of photos that were shared.
const SHARED: &str = "gedeeld=";

/// The encodings that files lie ready in, best first.
const ENCODINGS: &[(&str, &str)] = &[("br", ".br"), ("gzip", ".gz")];

type Bytes = Cow<'static, [u8]>;

impl Client {
    /// Returns the client in these folders, or the embedded one where none is named.
    pub(crate) fn new(folders: Vec<PathBuf>) -> Self {
        if folders.is_empty() { Self::Embedded } else { Self::Folders(folders) }
    }

    /// Says whether there is a client at all.
    pub(crate) fn is_there(&self) -> bool {
        self.file(PAGE).is_some()
    }

    /// Returns the page that answers an address in the app.
    fn page_at(&self, path: &str, query: &str) -> &'static str {
        if path.is_empty() && query.starts_with(SHARED) && self.file(MAKING).is_some() {
            return MAKING;
        }
        let is_in =
            |place: &&str| path.strip_prefix(*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let part = PARTS.iter().find(|(page, places)| places.iter().any(is_in) && self.file(page).is_some());
        part.map_or(PAGE, |(page, _)| page)
    }

    fn file(&self, path: &str) -> Option<Bytes> {
        let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains('\\');
        if !path.split('/').all(is_plain) {
            return None;
        }
        match self {
            Self::Embedded => Embedded::get(path).map(|file| file.data),
            Self::Folders(folders) => {
                folders.iter().find_map(|folder| std::fs::read(folder.join(path)).ok()).map(Cow::Owned)
            }
        }
    }

    fn answer(&self, path: &str, asked: &HeaderMap) -> Response {
        let Some(file) = self.file(path) else { return no_client() };
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
        let cached = if is_hashed(path) { "max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cached));
        if path == PAGE || PARTS.iter().any(|(page, _)| *page == path) {
            let policy = content_security_policy(&String::from_utf8_lossy(&file));
            headers.insert(HeaderName::from_static("content-security-policy"), policy);
        }
        let body = self.encoded(path, asked, &mut headers).unwrap_or(file);
        if is_hashed(path) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
            return (Extension(Unchanging { is_worker: is_worker(path) }), headers, body).into_response();
        }
        let etag = format!("\"{}\"", hex(&Sha256::digest(&body)[..8]));
        let is_known = asked.get_all(IF_NONE_MATCH).iter().any(|known| names_etag(known, &etag));
        headers.insert(ETAG, HeaderValue::from_str(&etag).expect("an ETag is hexadecimal digits"));
        if is_known {
            // The browser keeps all other headers of what it has.
            let kept = [ETAG, CACHE_CONTROL, VARY];
            let headers: HeaderMap =
                kept.into_iter().filter_map(|name| Some((name.clone(), headers.remove(name)?))).collect();
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        (headers, body).into_response()
    }

    /// Returns the smallest form of a file that the browser understands, if one lies ready.
    fn encoded(&self, path: &str, asked: &HeaderMap, headers: &mut HeaderMap) -> Option<Bytes> {
        let mut best = None;
        for (encoding, suffix) in ENCODINGS {
            let Some(file) = self.file(&format!("{path}{suffix}")) else { continue };
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
            if best.is_none() && accepts(asked, encoding) {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
                best = Some(file);
            }
        }
        best
    }
}

fn no_client() -> Response {
    let page = "<!doctype html><html lang=\"en\"><title>Wijkbeeld</title><p>The server runs, but this program was built \
                without the app. Build both with <code>cargo xtask build</code>, or name a folder with \
                <code>--client</code>.</p>";
    (StatusCode::SERVICE_UNAVAILABLE, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// An address in the app has no dot in its last part; what has one is asked for by an app of another build.
fn looks_like_file(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// What an answer carries for [`crate::security`]: it is a file of the app that never changes, so that nobody asks whether it
/// did, and that every visitor may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unchanging {
    /// A script that a worker is started with, whose policy that worker obeys.
    pub(crate) is_worker: bool,
}

/// Scripts that workers are started with are named so: `photo-worker-0123456789abcdef.js`.
fn is_worker(path: &str) -> bool {
    path.contains("-worker-")
}

/// The build names what never changes after its bytes: `name-0123456789abcdef.ext`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    stem.rsplit_once('-').is_some_and(|(_, hash)| hash.len() >= 12 && hash.bytes().all(is_digit))
}

fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let offers = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    offers.flat_map(|offers| offers.split(',')).any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let is_refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
        name.trim().eq_ignore_ascii_case(encoding) && !is_refused
    })
}

fn names_etag(known: &HeaderValue, etag: &str) -> bool {
    let Ok(known) = known.to_str() else { return false };
    known.split(',').map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_hashed("app-0123456789abcdef.js"));
        assert!(is_hashed("fonts/ahn-latin-0123456789abcdef.woff2"));
        for other in ["index.html", "sw.js", "manifest.webmanifest", "icons/app-192.png", "photo-worker.js"] {
            assert!(!is_hashed(other), "{other}");
        }
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_understood() {
        let asked = |value| HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]);
        assert!(accepts(&asked("gzip, deflate, BR;q=0.5"), "br"));
        assert!(!accepts(&asked("gzip, br;q=0"), "br"));
        assert!(!accepts(&asked("identity"), "gzip"));
    }
}
