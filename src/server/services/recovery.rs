//! Coming back with words that were written down.

use std::net::IpAddr;

use domain::DeviceId;
use protocol::{ErrorCode, RecoverRequest};

use super::devices::{become_members, checked_name};
use super::guessing::Guesser;
use super::links::Linked;
use crate::clock::stored;
use crate::error::Error;
use crate::repositories::{devices, recoveries};
use crate::state::App;
use crate::{auth, recovery};

/// Makes words, in the place of those before. Nobody is told them again: the database holds their hash.
pub(crate) async fn make(app: &App, device: DeviceId) -> Result<(Vec<String>, i64), Error> {
    let words: Vec<_> = recovery::draw().into_iter().map(str::to_owned).collect();
    let (hash, now_ms) = (recovery::hash(&words.join(" ")), stored(app.now()));
    let mut tx = app.db.begin().await?;
    let members = devices::members(&mut tx, device).await?;
    if members.is_empty() {
        return Err(auth::not_member());
    }
    for member in members {
        recoveries::put(&mut tx, member.id, &hash, device, now_ms).await?;
    }
    tx.commit().await?;
    Ok((words, now_ms))
}

/// Returns when the words of a device's person were made, if there are any.
pub(crate) async fn made_ms(app: &App, device: DeviceId) -> Result<Option<i64>, Error> {
    Ok(recoveries::made_ms(&mut *app.db.look().await?, device).await?)
}

/// Takes the words of a device's person back.
pub(crate) async fn take_back(app: &App, device: DeviceId) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    recoveries::delete(&mut tx, device).await?;
    Ok(tx.commit().await?)
}

/// Makes the device that asks, or a new one, all the members whom these words bring back. Phones that are in stay in.
pub(crate) async fn recover(
    app: &App,
    known: Option<DeviceId>,
    address: IpAddr,
    request: RecoverRequest,
) -> Result<Linked, Error> {
    let now = app.now();
    let guesser = Guesser::admit(app, known, address, now)?;
    let name = checked_name(&request.name)?;
    let mut tx = app.db.begin().await?;
    let members = recoveries::members(&mut tx, &recovery::hash(&request.words)).await?;
    if members.is_empty() {
        guesser.was_wrong();
        return Err(Error::refused(ErrorCode::UnknownCode, "these words bring nobody back"));
    }
    let device = become_members(&mut tx, known, &members, &name, now).await?;
    let memberships = devices::memberships(&mut tx, device).await?;
    let token = if known.is_none() { Some(auth::give_token(&mut tx, device, now).await?) } else { None };
    tx.commit().await?;
    tracing::info!(device.id = %device, "somebody came back with words");
    Ok(Linked { device, memberships, token })
}
