//! What protects a visitor's browser: headers on every answer, and no writing from other sites' pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use protocol::{ErrorCode, OLDEST_VERSION, VERSION, VERSION_HEADER};
use sha2::{Digest, Sha256};

use crate::auth;
use crate::client::Unchanging;
use crate::error::Error;
use crate::state::App;

const CSP: HeaderName = HeaderName::from_static("content-security-policy");

/// What stands on every answer.
const EVERYWHERE: &[(&str, &str)] = &[("cache-control", "no-store"), ("x-content-type-options", "nosniff")];

/// What stands on every answer but the files of the app that never change: those hold nothing that is anybody's, and a phone
/// pays for each word that comes with them on a first visit.
const NOT_FOR_OTHERS: &[(&str, &str)] = &[("cross-origin-resource-policy", "same-origin")];

/// What a browser asks of a page alone; a hundred pictures need not repeat it.
const ON_PAGES: &[(&str, &str)] = &[
    ("cross-origin-opener-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(self), microphone=(self), geolocation=(self), accelerometer=(), browsing-topics=(), \
         display-capture=(), gyroscope=(), hid=(), magnetometer=(), midi=(), payment=(), serial=(), usb=()",
    ),
    ("referrer-policy", "no-referrer"),
];

/// A worker obeys the policy that its own script came with; it has no page on which more could stand.
const SCRIPT_POLICY: &str =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";

/// What no browser shows as a page of its own, so that a policy would bind nothing.
const NEVER_SHOWN: &[&str] = &["font/", "application/wasm", "application/manifest+json"];

/// Of the files that never change: a script obeys the policy of the page or worker that runs it, and a picture without
/// scripts does nothing that a policy could forbid.
const BINDS_NOTHING: &[&str] = &["text/javascript", "image/png"];

/// Puts the headers on every answer that does not bring its own.
pub(crate) async fn add_headers(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_MODIFIED {
        // What is said here would take the place of what came with the page, which still holds.
        return response;
    }
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_page = kind.starts_with("text/html");
    let unchanging = response.extensions().get::<Unchanging>().copied();
    let policy = match unchanging {
        Some(Unchanging { is_worker: false }) if BINDS_NOTHING.iter().any(|bound| kind.starts_with(bound)) => None,
        _ => policy_for(kind),
    };
    let headers = response.headers_mut();
    let of_a_page = if is_page { ON_PAGES } else { &[] };
    let for_others = if unchanging.is_some() { &[] } else { NOT_FOR_OTHERS };
    for (name, value) in EVERYWHERE.iter().chain(for_others).chain(of_a_page) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if let Some(policy) = policy {
        headers.entry(CSP).or_insert(policy);
    }
    if app.public_url.as_ref().is_some_and(|url| url.is_https) {
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Returns the policy of an answer that does not bring its own.
fn policy_for(kind: &str) -> Option<HeaderValue> {
    match kind {
        kind if kind.starts_with("text/html") => Some(content_security_policy("")),
        kind if kind.starts_with("text/javascript") => Some(HeaderValue::from_static(SCRIPT_POLICY)),
        kind if NEVER_SHOWN.iter().any(|never_shown| kind.starts_with(never_shown)) => None,
        _ => Some(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
    }
}

/// Returns the policy for a page: what stands inside it may run, and what this server sends.
pub(crate) fn content_security_policy(page: &str) -> HeaderValue {
    let scripts = hashes(page, "script");
    let styles = hashes(page, "style");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
         img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; \
         manifest-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).expect("hashes are base64")
}

/// Refuses to change anything for another site's page. Clients that are no browsers send none of the headers asked for.
pub(crate) async fn refuse_cross_site(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let headers = request.headers();
    // Only what a browser adds by itself can be abused; it never adds a bearer.
    let is_api_client = auth::bearer(headers).is_some() && !auth::has_cookie(&app, headers);
    if is_safe || is_api_client || is_same_site(&app, headers, request.uri()) {
        return next.run(request).await;
    }
    Error::refused(ErrorCode::CrossSite, "another site's page cannot do this").into_response()
}

/// The protocol's version that the client speaks; one that says none speaks the newest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoken(pub(crate) u32);

/// Notes which version the client speaks, and refuses an app that is older than the server still speaks to.
pub(crate) async fn refuse_old_clients(mut request: Request, next: Next) -> Response {
    let version = match request.headers().get(VERSION_HEADER) {
        None => Some(VERSION),
        Some(value) => value.to_str().ok().and_then(|text| text.parse::<u32>().ok()),
    };
    match version {
        Some(version) if version >= OLDEST_VERSION => {
            request.extensions_mut().insert(Spoken(version));
            next.run(request).await
        }
        Some(_) => Error::refused(ErrorCode::ClientTooOld, "this version of the app is too old").into_response(),
        None => Error::refused(ErrorCode::BadRequest, "the protocol's version is a whole number").into_response(),
    }
}

fn is_same_site(app: &App, headers: &HeaderMap, uri: &Uri) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let Some((scheme, authority)) = origin.to_str().ok().and_then(|origin| origin.split_once("://")) else {
        return false;
    };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).or(uri.authority().map(|host| host.as_str()));
    let is_public_url = |url: &crate::config::PublicUrl| url.to_string() == format!("{scheme}://{authority}");
    host.is_some_and(|host| host.eq_ignore_ascii_case(authority)) || app.public_url.as_ref().is_some_and(is_public_url)
}

/// Returns the sources that allow every `element` of the page which holds its text itself.
fn hashes(page: &str, element: &str) -> String {
    let (opening, closing) = (format!("<{element}"), format!("</{element}>"));
    let mut sources = String::new();
    let mut rest = page;
    while let Some(start) = rest.find(&opening) {
        rest = &rest[start + opening.len()..];
        let Some((attributes, behind)) = rest.split_once('>') else { break };
        let Some((text, after)) = behind.split_once(&closing) else { break };
        if !attributes.contains(" src=") {
            sources.push_str(&format!(" 'sha256-{}'", BASE64.encode(Sha256::digest(text.as_bytes()))));
        }
        rest = after;
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_allows_what_stands_in_the_page_and_nothing_inline_beside_it() {
        let page =
            r#"<script type="module">alert('Hello, world.');</script><script src="/a.js"></script><style>a{}</style>"#;
        let policy = content_security_policy(page);
        let policy = policy.to_str().unwrap();
        // The hash that the specification of the policy gives for this very script.
        let script = "script-src 'self' 'wasm-unsafe-eval' 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=';";
        assert!(policy.contains(script), "{policy}");
        assert_eq!(policy.matches("sha256-").count(), 2);
        assert!(!policy.contains("unsafe-inline"));
    }
}
