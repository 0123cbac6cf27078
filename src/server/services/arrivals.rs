//! Noting which media arrived: those that come at the same time in one statement, since each waits for the disk.

use std::sync::{Mutex, PoisonError};

use protocol::MediumState;
use tokio::sync::Mutex as Turn;
use tokio::sync::oneshot::{self, error::TryRecvError};

use crate::auth;
use crate::clock::stored;
use crate::error::Error;
use crate::repositories::media::{self, MediumKey, MediumKind};
use crate::repositories::{devices, projects};
use crate::state::App;

/// Media that are stored and not yet noted.
#[derive(Default)]
pub(crate) struct Arrivals {
    waiting: Mutex<Vec<Arrival>>,
    turn: Turn<()>,
}

struct Arrival {
    key: MediumKey,
    kind: MediumKind,
    bytes: u64,
    noted: oneshot::Sender<Result<bool, Error>>,
}

/// Notes that a member sent a medium that is stored, and returns once that would survive a power cut; `false` when he had sent it before.
///
/// # Errors
/// `not_member` and `project_closed`, when that came meanwhile.
pub(crate) async fn note(app: &App, key: MediumKey, kind: MediumKind, bytes: u64) -> Result<bool, Error> {
    loop {
        let (sender, mut noted) = oneshot::channel();
        let arrival = Arrival { key, kind, bytes, noted: sender };
        app.arrivals.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(arrival);
        let turn = app.arrivals.turn.lock().await;
        match noted.try_recv() {
            // Whoever had the turn before took this one along.
            Ok(result) => return result,
            // What that one tried failed, for a reason of its own perhaps.
            Err(TryRecvError::Closed) => continue,
            Err(TryRecvError::Empty) => {}
        }
        let together = std::mem::take(&mut *app.arrivals.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        write(app, together).await?;
        drop(turn);
        if let Ok(result) = noted.try_recv() {
            return result;
        }
    }
}

async fn write(app: &App, together: Vec<Arrival>) -> Result<(), Error> {
    let sent = together.iter().map(|arrival| (arrival.key, arrival.kind, arrival.bytes));
    let new = media::insert(&mut *app.db.write_once().await?, sent, stored(app.now())).await?;
    for arrival in together {
        let is_new = new.contains(&arrival.key);
        let result = if is_new { Ok(true) } else { why_not(app, arrival.key).await? };
        // Nobody waits any more when the server is ending.
        let _ = arrival.noted.send(result);
    }
    Ok(())
}

/// Returns why a medium was not noted: it had been, or it may not be.
async fn why_not(app: &App, key: MediumKey) -> Result<Result<bool, Error>, Error> {
    let conn = &mut *app.db.look().await?;
    if !devices::is_member(conn, key.project, key.owner).await? {
        return Ok(Err(auth::not_member()));
    }
    if projects::is_closed(conn, key.project).await? {
        return Ok(Err(auth::project_closed()));
    }
    Ok(match media::state(conn, key).await? {
        MediumState::Missing => Err(Error::Broken("a medium was not noted, for no reason".to_owned())),
        MediumState::Held | MediumState::Shown | MediumState::SetAside { .. } | MediumState::Unknown => Ok(false),
    })
}
