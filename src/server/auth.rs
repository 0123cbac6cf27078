//! Which device a request comes from.
//!
//! The token travels in a cookie that scripts cannot read, or as bearer; the database knows only its hash.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::permissions::{Endpoint, May};
use domain::{DeviceId, MediaHash, ProjectId, Timestamp};
use protocol::ErrorCode;
use sha2::{Digest, Sha256};

use crate::clock::stored;
use crate::error::Error;
use crate::known::Token;
use crate::random;
use crate::repositories::Connection;
use crate::repositories::devices::{self, Member};
use crate::repositories::phones;
use crate::security::Spoken;
use crate::state::App;

/// How long a token lives after its last renewal: 400 days, the longest that browsers keep a cookie.
pub(crate) const TOKEN_MS: u64 = 400 * DAY_MS;

/// A token in use is renewed when the last renewal was longer ago than this.
const RENEW_MS: u64 = DAY_MS;

/// It is noted that a device was heard of when that was longer ago than this.
const SEEN_MS: i64 = 60_000;

/// The first version of the protocol that knows of phones which were shut out.
const KNOWS_SHUT_OUT: u32 = 3;

const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// A device that showed a token which is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device(pub(crate) DeviceId);

/// The request shows a token of a device that was shut out. It is nobody's: what is for everybody it may ask.
#[derive(Clone, Copy, Debug)]
struct ShutOut;

/// Says who asks: notes the device in the request and that it was heard of, and sends its cookie again when that has not
/// happened for a day.
pub(crate) async fn identify(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let Some((shown, is_cookie)) = sent_token(&app, request.headers()) else { return next.run(request).await };
    let hash = hash(&shown);
    let now = app.now();
    let token = match find(&app, &hash, now).await {
        Ok(Some(found)) => found,
        Ok(None) => return next.run(request).await,
        Err(error) => return error.into_response(),
    };
    if token.is_shut_out {
        request.extensions_mut().insert(ShutOut);
        return next.run(request).await;
    }
    request.extensions_mut().insert(Device(token.device));
    let version = spoken(request.extensions());
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        // Another process may have shut it out a moment ago: then it is nobody, and not somebody who was removed.
        match is_shut_out(&app, token.device).await {
            Ok(true) => return shut_out(version).into_response(),
            Ok(false) => {}
            Err(error) => return error.into_response(),
        }
    }
    if app.tokens.see(&hash, stored(now), SEEN_MS)
        && let Err(error) = note_seen(&app, token.device, now).await
    {
        tracing::warn!(%error, "it was not noted when a device was heard of");
    }
    if stored(now) - token.renewed_ms > i64::try_from(RENEW_MS).unwrap_or(i64::MAX) {
        match renew(&app, &hash, now).await {
            Ok(()) if is_cookie => {
                response.headers_mut().append(SET_COOKIE, cookie(&app, &shown));
            }
            Ok(()) => {}
            // The answer itself is good, and the next request tries again.
            Err(error) => tracing::warn!(%error, "a token was not renewed"),
        }
    }
    response
}

/// Makes a token: what the device keeps, and what the database keeps of it.
fn new_token() -> (String, [u8; 32]) {
    let token = random::hex(&random::bytes::<32>());
    let hash = hash(&token);
    (token, hash)
}

/// Gives a device a token more; returns what it keeps.
pub(crate) async fn give_token(conn: &mut Connection, device: DeviceId, now: Timestamp) -> Result<String, Error> {
    let (token, hash) = new_token();
    devices::insert_token(conn, &hash, device, stored(now), stored(now.plus(TOKEN_MS))).await?;
    Ok(token)
}

/// Returns the header value that gives a device its token.
pub(crate) fn cookie(app: &App, token: &str) -> HeaderValue {
    let name = cookie_name(app);
    let secure = if is_https(app) { "; Secure" } else { "" };
    let max_age_s = TOKEN_MS / 1000;
    HeaderValue::from_str(&format!("{name}={token}; HttpOnly; SameSite=Strict; Path=/; Max-Age={max_age_s}{secure}"))
        .expect("a token is hexadecimal digits")
}

/// Says whether the request carries our cookie, known or not.
pub(crate) fn has_cookie(app: &App, headers: &HeaderMap) -> bool {
    cookie_value(app, headers).is_some()
}

/// Says whether the request shows a token, known or not.
pub(crate) fn shows_token(app: &App, headers: &HeaderMap) -> bool {
    sent_token(app, headers).is_some()
}

/// Returns the token that the request shows as bearer.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Returns who the device is in a project, once the table lets this member ask at `endpoint` at all.
///
/// # Errors
/// `not_member`, whether the project exists or not; `not_yours` when the member's role may not ask.
pub(crate) async fn member(app: &App, device: Device, project: ProjectId, endpoint: Endpoint) -> Result<Member, Error> {
    member_in(&mut *app.db.look().await?, device, project, endpoint).await
}

/// As [`member`], in the transaction of what is asked.
///
/// # Errors
/// As [`member`].
pub(crate) async fn member_in(
    conn: &mut Connection,
    device: Device,
    project: ProjectId,
    endpoint: Endpoint,
) -> Result<Member, Error> {
    let member = devices::find_member(conn, device.0, project).await?.ok_or_else(not_member)?;
    refuse_by_role(member, endpoint)?;
    Ok(member)
}

/// Returns who the device is in a project that takes photos, and how many bytes a medium has if this member sent it.
///
/// # Errors
/// `not_member`, `not_yours` when the member's role sends none, and `project_closed`.
pub(crate) async fn sender(
    app: &App,
    device: Device,
    project: ProjectId,
    sha256: MediaHash,
    endpoint: Endpoint,
) -> Result<(Member, Option<u64>), Error> {
    let mut conn = app.db.look().await?;
    let found = devices::find_sender(&mut conn, device.0, project, sha256).await?;
    let (member, is_closed, sent) = found.ok_or_else(not_member)?;
    refuse_by_role(member, endpoint)?;
    if is_closed { Err(project_closed()) } else { Ok((member, sent)) }
}

fn refuse_by_role(member: Member, endpoint: Endpoint) -> Result<(), Error> {
    match endpoint.may(member.role) {
        May::No => Err(Error::refused(ErrorCode::NotYours, "this is not for this role")),
        May::Own | May::Group | May::Guided | May::Shared | May::Pseudonymised | May::Yes => Ok(()),
    }
}

/// Makes the refusal of whoever is no member, whether the project exists or not.
pub(crate) fn not_member() -> Error {
    Error::refused(ErrorCode::NotMember, "not a member of this project")
}

/// Makes the refusal to write in a project that is closed.
pub(crate) fn project_closed() -> Error {
    Error::refused(ErrorCode::ProjectClosed, "the project takes nothing new")
}

impl<S: Sync> FromRequestParts<S> for Device {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let device = parts.extensions.get::<Self>().copied();
        device.ok_or_else(|| refuse_nobody(parts))
    }
}

/// Makes the refusal of whoever shows no token that counts.
pub(crate) fn refuse_nobody(parts: &Parts) -> Error {
    match parts.extensions.get::<ShutOut>() {
        Some(ShutOut) => shut_out(spoken(&parts.extensions)),
        None => unknown_device(),
    }
}

/// Makes the refusal of a device that was shut out, as phones of this version know it.
pub(crate) fn shut_out(version: u32) -> Error {
    if version < KNOWS_SHUT_OUT {
        return unknown_device();
    }
    Error::refused(ErrorCode::DeviceShutOut, "this device was shut out")
}

fn unknown_device() -> Error {
    Error::refused(ErrorCode::UnknownDevice, "no token, or one that is not known any more")
}

fn spoken(extensions: &Extensions) -> u32 {
    extensions.get::<Spoken>().map_or(protocol::VERSION, |spoken| spoken.0)
}

async fn is_shut_out(app: &App, device: DeviceId) -> Result<bool, Error> {
    Ok(phones::is_shut_out(&mut *app.db.look().await?, device).await?)
}

fn sent_token(app: &App, headers: &HeaderMap) -> Option<(String, bool)> {
    match bearer(headers) {
        Some(token) => Some((token.to_owned(), false)),
        None => Some((cookie_value(app, headers)?.to_owned(), true)),
    }
}

fn cookie_value<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(app);
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A browser takes a `__Host-` cookie only from this host, over https, for the whole host.
fn cookie_name(app: &App) -> &'static str {
    if is_https(app) { "__Host-wijkbeeld" } else { "wijkbeeld" }
}

fn is_https(app: &App) -> bool {
    app.public_url.as_ref().is_some_and(|url| url.is_https)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

async fn find(app: &App, hash: &[u8; 32], now: Timestamp) -> Result<Option<Token>, Error> {
    let known = app.tokens.get(hash, Instant::now());
    let token = match known {
        Some(token) => token,
        None => {
            let forgotten = app.tokens.forgotten();
            let mut conn = app.db.look().await?;
            let Some(token) = devices::find_by_token(&mut conn, hash).await? else { return Ok(None) };
            app.tokens.learn(*hash, token, Instant::now(), forgotten);
            token
        }
    };
    Ok(Some(token).filter(|token| token.expires_ms > stored(now)))
}

async fn note_seen(app: &App, device: DeviceId, now: Timestamp) -> Result<(), Error> {
    Ok(devices::see(&mut *app.db.write_once().await?, device, stored(now)).await?)
}

async fn renew(app: &App, hash: &[u8; 32], now: Timestamp) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    devices::renew_token(&mut tx, hash, stored(now), stored(now.plus(TOKEN_MS))).await?;
    tx.commit().await?;
    app.tokens.forget(hash);
    Ok(())
}
