//! The phones of one person.
//!
//! A person is nobody's record: phones that are the same member in a project are one person's.

use domain::{DeviceId, Timestamp};
use protocol::{LogAct, MAX_DEVICE_NAME_CHARS};

use super::names;
use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::devices::Member;
use crate::repositories::log::{self, Note};
use crate::repositories::phones::{self, Listed};
use crate::repositories::{Connection, Database, devices, recoveries};
use crate::state::App;

/// Returns the phones of a device's person.
pub(crate) async fn list(app: &App, device: DeviceId) -> Result<Vec<Listed>, Error> {
    Ok(phones::of_person(&mut *app.db.look().await?, device).await?)
}

/// Gives a phone of the same person a name.
pub(crate) async fn rename(app: &App, by: DeviceId, device: DeviceId, name: &str) -> Result<(), Error> {
    let name = checked_name(name)?;
    let mut tx = app.db.begin().await?;
    refuse_anothers(&mut tx, by, device).await?;
    phones::rename(&mut tx, device, &name).await?;
    Ok(tx.commit().await?)
}

/// Shuts out a phone of the same person: at once, on every connection.
///
/// Words that were made on it bring nobody back any more, since whoever has the phone may have made them; the person has
/// another phone in his hand to make new ones. Whoever shuts out the phone in his hand keeps them: he may have nothing else.
pub(crate) async fn shut_out(app: &App, by: DeviceId, device: DeviceId) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    refuse_anothers(&mut tx, by, device).await?;
    end(&mut tx, Some(by), device, app.now()).await?;
    if by != device {
        recoveries::delete_made_on(&mut tx, device).await?;
    }
    tx.commit().await?;
    app.tokens.forget_device(device);
    app.events.end(device);
    tracing::info!(device.id = %device, "a device was shut out");
    Ok(())
}

/// Shuts out a phone for whoever looks after the server, with or without the words that were made on it. A server that runs
/// meanwhile hears of it within seconds. `false` when there is no such device, or not any more.
pub(crate) async fn shut_out_in(
    db: &Database,
    device: DeviceId,
    and_words: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let mut tx = db.begin().await?;
    if !end(&mut tx, None, device, now).await? {
        return Ok(false);
    }
    if and_words {
        recoveries::delete_made_on(&mut tx, device).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Shuts a device out, and notes so in each project of its.
async fn end(conn: &mut Connection, by: Option<DeviceId>, device: DeviceId, now: Timestamp) -> Result<bool, Error> {
    for member in devices::members(conn, device).await? {
        let who = match by {
            Some(by) => devices::find_member(conn, by, member.project).await?.map(|by| by.id),
            None => None,
        };
        let to = Some(member.id).filter(|member| Some(*member) != who);
        let note = Note { member: to, ..Note::new(member.project, LogAct::DeviceShutOut, who) };
        log::note(conn, note, stored(now)).await?;
    }
    Ok(phones::shut_out(conn, device, stored(now)).await?)
}

/// Returns the device that asks, or a new one with this name.
pub(super) async fn known_or_new(
    conn: &mut Connection,
    known: Option<DeviceId>,
    name: &str,
    now: Timestamp,
) -> Result<DeviceId, Error> {
    if let Some(device) = known {
        return Ok(device);
    }
    let device = DeviceId::new(now, random::bytes());
    devices::insert(conn, device, name, stored(now)).await?;
    Ok(device)
}

/// Makes a device, or takes the one that asks, these members; returns it. Where that one is somebody else in a project, it
/// stays so: what was made under that name stays his who made it, and nothing is lost.
pub(super) async fn become_members(
    conn: &mut Connection,
    known: Option<DeviceId>,
    members: &[Member],
    name: &str,
    now: Timestamp,
) -> Result<DeviceId, Error> {
    let device = known_or_new(conn, known, name, now).await?;
    if known.is_some() && !name.is_empty() {
        phones::rename(conn, device, name).await?;
    }
    for member in members {
        if devices::find_member(conn, device, member.project).await?.is_none() {
            devices::link(conn, device, *member).await?;
            log::note(conn, Note::new(member.project, LogAct::DeviceLinked, Some(member.id)), stored(now)).await?;
        }
    }
    Ok(device)
}

/// Returns a phone's name as it is kept.
pub(super) fn checked_name(name: &str) -> Result<String, Error> {
    names::checked(name, MAX_DEVICE_NAME_CHARS, "a phone's name")
}

/// Another person's phone is absent.
async fn refuse_anothers(conn: &mut Connection, by: DeviceId, device: DeviceId) -> Result<(), Error> {
    if phones::is_of_person(conn, by, device).await? { Ok(()) } else { Err(Error::not_found()) }
}
