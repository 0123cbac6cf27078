//! Making a second phone one of a person's: the first shows a code, the second types it, the first accepts.
//!
//! A code that is guessed opens nothing: the person sees who asks, and accepts his own phone.

use std::net::IpAddr;

use domain::{DeviceId, LinkId, Timestamp};
use protocol::{Claim, ErrorCode, LinkCode, LinkRequest, LinkState, Membership};
use sha2::{Digest, Sha256};

use super::devices::{become_members, checked_name};
use super::guessing::Guesser;
use crate::auth;
use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::links::{self, Link};
use crate::repositories::{devices, phones};
use crate::state::App;

/// How long a code is good, in milliseconds.
const CODE_MS: u64 = 10 * 60 * 1000;

/// How long a phone that was accepted may ask again after its code ended, in milliseconds: the reply may have got lost.
const ASKED_AGAIN_MS: i64 = 60 * 60 * 1000;

/// A link that was begun.
pub(crate) struct Begun {
    /// It.
    pub(crate) id: LinkId,
    /// What the second phone types.
    pub(crate) code: LinkCode,
    /// When that ends.
    pub(crate) expires: Timestamp,
}

/// What came of asking.
pub(crate) enum Asked {
    /// The first phone has not accepted.
    Waits,
    /// It has.
    Linked(Linked),
}

/// A device that is somebody now.
pub(crate) struct Linked {
    /// It.
    pub(crate) device: DeviceId,
    /// Who it is.
    pub(crate) memberships: Vec<Membership>,
    /// For a device that did not show its own.
    pub(crate) token: Option<String>,
}

/// Begins a link. One that this phone began before, and that was not accepted, ends.
pub(crate) async fn begin(app: &App, device: DeviceId) -> Result<Begun, Error> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    if devices::members(&mut tx, device).await?.is_empty() {
        return Err(auth::not_member());
    }
    links::tidy(&mut tx, device, stored(now) - ASKED_AGAIN_MS).await?;
    let (id, expires) = (LinkId::new(now, random::bytes()), now.plus(CODE_MS));
    let code = loop {
        let Some(code) = LinkCode::from_random(random::bytes()) else { continue };
        if links::insert(&mut tx, id, device, code, stored(expires)).await? {
            break code;
        }
    };
    tx.commit().await?;
    Ok(Begun { id, code, expires })
}

/// Returns how far a link is that this phone began, what the second calls itself, and when the code ends.
pub(crate) async fn state(
    app: &App,
    device: DeviceId,
    link: LinkId,
) -> Result<(LinkState, Option<String>, i64), Error> {
    let found = links::find(&mut *app.db.look().await?, link, device).await?;
    found.filter(|link| is_open(link, app.now())).map(|link| state_of(&link)).ok_or_else(Error::not_found)
}

/// Accepts the phone that asks, if one does. Repeated, it changes nothing.
pub(crate) async fn accept(
    app: &App,
    device: DeviceId,
    link: LinkId,
) -> Result<(LinkState, Option<String>, i64), Error> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let found = links::find(&mut tx, link, device).await?;
    let mut found = found.filter(|link| is_open(link, now)).ok_or_else(Error::not_found)?;
    if found.is_accepted || found.claim.is_none() {
        return Ok(state_of(&found));
    }
    let members = devices::members(&mut tx, device).await?;
    let asker = become_members(&mut tx, found.asker, &members, &found.name, now).await?;
    links::accept(&mut tx, link, asker, stored(now)).await?;
    tx.commit().await?;
    found.is_accepted = true;
    tracing::info!(device.id = %asker, "a device was linked");
    Ok(state_of(&found))
}

/// Asks to be linked, or asks again.
pub(crate) async fn ask(
    app: &App,
    known: Option<DeviceId>,
    address: IpAddr,
    request: LinkRequest,
) -> Result<Asked, Error> {
    let now = app.now();
    let guesser = Guesser::admit(app, known, address, now)?;
    let name = checked_name(&request.name)?;
    let claim = hash(&request.claim);
    let mut tx = app.db.begin().await?;
    let found = links::find_by_code(&mut tx, request.code).await?;
    let is_known = |link: &Link| link.claim.as_ref().is_some_and(|known| *known == claim);
    let Some(link) = found.filter(|link| is_known(link) || (link.claim.is_none() && is_open(link, now))) else {
        guesser.was_wrong();
        return Err(unknown_code());
    };
    if link.claim.is_none() {
        links::ask(&mut tx, link.id, &claim, &name, known).await?;
        tx.commit().await?;
        return Ok(Asked::Waits);
    }
    // Whoever shows the claim guesses nothing: his code has ended.
    let Some(device) = link.asker.filter(|_| link.is_accepted) else {
        return if is_open(&link, now) { Ok(Asked::Waits) } else { Err(unknown_code()) };
    };
    let is_late = link.expires_ms.saturating_add(ASKED_AGAIN_MS) <= stored(now);
    if is_late || phones::is_shut_out(&mut tx, device).await? {
        return Err(unknown_code());
    }
    let memberships = devices::memberships(&mut tx, device).await?;
    let token = if known == Some(device) { None } else { Some(auth::give_token(&mut tx, device, now).await?) };
    tx.commit().await?;
    Ok(Asked::Linked(Linked { device, memberships, token }))
}

/// Says whether a link can still become something, or has.
fn is_open(link: &Link, now: Timestamp) -> bool {
    link.is_accepted || link.expires_ms > stored(now)
}

fn state_of(link: &Link) -> (LinkState, Option<String>, i64) {
    let state = match (link.is_accepted, &link.claim) {
        (true, _) => LinkState::Done,
        (false, Some(_)) => LinkState::Asked,
        (false, None) => LinkState::Waiting,
    };
    (state, link.claim.is_some().then(|| link.name.clone()), link.expires_ms)
}

/// The claim has 128 random bits, so a fast hash is enough.
fn hash(claim: &Claim) -> [u8; 32] {
    Sha256::digest(claim.as_str().as_bytes()).into()
}

fn unknown_code() -> Error {
    Error::refused(ErrorCode::UnknownCode, "no phone shows this code, or not any more")
}
