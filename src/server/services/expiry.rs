//! What ends by itself: deletions become erasures, and what nothing refers to any more is collected.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use domain::{ProjectId, UNDO_MS};

use super::records::{self, Released};
use super::{media, sight, upload};
use crate::clock::stored;
use crate::error::Error;
use crate::repositories::media as stored_media;
use crate::repositories::{devices, records as stored_records};
use crate::state::App;

/// How often it is looked for uploads that nobody goes on with.
const INTERVAL: Duration = Duration::from_secs(60 * 60);

/// After how many of these intervals everything is looked at.
const A_DAY: u32 = 24;

/// How many are taken in one transaction, so that nobody waits long.
const BATCH: i64 = 50;

/// Looks at once and then again and again. May be dropped at any moment.
pub(crate) async fn run(app: Arc<App>) {
    for round in (0..A_DAY).cycle() {
        let done = if round == 0 { expire(&app).await } else { collect_partials(&app).await };
        if let Err(error) = done {
            let error: &dyn std::error::Error = &error;
            tracing::error!(error, "what should have ended did not; it is tried again tomorrow");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

/// Erases, forgets and collects what is due.
pub(crate) async fn expire(app: &App) -> Result<(), Error> {
    while erase_long_deleted(app).await? > 0 {}
    while forget_long_unnamed(app).await? > 0 {}
    let mut tx = app.db.begin().await?;
    devices::delete_expired_tokens(&mut tx, stored(app.now())).await?;
    tx.commit().await?;
    collect_partials(app).await?;
    collect_files(app).await?;
    Ok(app.db.forget().await?)
}

/// After the time in which a deletion can be undone, it cannot.
async fn erase_long_deleted(app: &App) -> Result<usize, Error> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    let due = stored_records::long_deleted(&mut tx, due_ms(app), BATCH).await?;
    let count = due.len();
    let mut released: BTreeMap<ProjectId, Released> = BTreeMap::new();
    for mut stored_record in due {
        let erasure = domain::Record::erasure(stored_record.record.id, &stored_record.record.kind);
        stored_record.record.merge(&erasure);
        let project = stored_record.project;
        let (stored_record, _, mut gone) = records::save(&mut tx, stored_record, now).await?;
        sight::erase_what_was_typed(&mut tx, &stored_record, now).await?;
        released.entry(project).or_default().append(&mut gone);
    }
    tx.commit().await?;
    for (project, released) in released {
        media::remove_files(app, project, released).await;
    }
    Ok(count)
}

/// A medium whose record never came is nobody's; should the record still come, the phone is asked to send it again.
async fn forget_long_unnamed(app: &App) -> Result<usize, Error> {
    let mut tx = app.db.begin().await?;
    let due = stored_media::long_unnamed(&mut tx, due_ms(app), BATCH).await?;
    for key in &due {
        stored_media::delete(&mut tx, *key).await?;
    }
    tx.commit().await?;
    for key in &due {
        media::remove_files(app, key.project, [key.sha256].into()).await;
    }
    Ok(due.len())
}

/// Removes uploads that broke off and with which nobody went on in time, or whose member is none any more.
async fn collect_partials(app: &App) -> Result<(), Error> {
    let partials = app.partials.clone();
    for partial in tokio::task::spawn_blocking(move || partials.list()).await?? {
        let Some(_claim) = app.claims.claim_idle(partial.key) else { continue };
        let mut tx = app.db.snapshot().await?;
        let is_member = devices::is_member(&mut tx, partial.key.project, partial.key.owner).await?;
        drop(tx);
        if !is_member || Duration::from_millis(app.now().since(partial.touched)) >= upload::KEPT {
            app.partials.remove(partial.key).await?;
        }
    }
    Ok(())
}

/// Removes files that no medium stands for: those of an upload or an erasure that the server did not live to finish.
async fn collect_files(app: &App) -> Result<(), Error> {
    for (project, sha256) in app.objects.list().await?.into_keys() {
        media::remove_files(app, project, [sha256].into()).await;
    }
    Ok(())
}

fn due_ms(app: &App) -> i64 {
    stored(app.now()).saturating_sub(i64::try_from(UNDO_MS).unwrap_or(i64::MAX))
}
