//! Handing out what changed.

use domain::{Entry, View};
use protocol::{MAX_PULL, PullItem};

use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media::states_of_changes;
use crate::repositories::records::{Exposure, changes};
use crate::repositories::{Connection, epoch, projects};
use crate::state::App;

/// One page of changes.
pub(crate) struct Page {
    /// Oldest first.
    pub(crate) items: Vec<PullItem>,
    /// Where to go on.
    pub(crate) cursor: String,
    /// More is waiting.
    pub(crate) has_more: bool,
    /// The cursor sent was not of this database.
    pub(crate) is_restarted: bool,
}

/// Returns what a member may hear of and did not yet, from one state of the database.
pub(crate) async fn pull(app: &App, member: Member, cursor: Option<&str>, limit: usize) -> Result<Page, Error> {
    let limit = limit.clamp(1, MAX_PULL);
    let mut tx = app.db.snapshot().await?;
    let epoch = epoch(&mut tx).await?;
    let newest = projects::newest_seq(&mut tx, member.project).await?;
    let known = cursor.map(|cursor| read_cursor(cursor, &epoch, newest));
    let after = known.flatten().unwrap_or(0);
    let (items, until) = page(&mut tx, member, after, limit).await?;
    let has_more = until.is_some();
    Ok(Page {
        items,
        cursor: format!("{epoch}.{}", until.unwrap_or(newest)),
        has_more,
        is_restarted: known == Some(None),
    })
}

/// Returns the items of a page, and the sequence number it ends with when there are more behind it.
async fn page(
    conn: &mut Connection,
    member: Member,
    after: i64,
    limit: usize,
) -> Result<(Vec<PullItem>, Option<i64>), Error> {
    let one_more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let mut rows = changes(conn, member.project, member.id, after, one_more).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().map_or(after, |(stored, _)| stored.seq);
    let mut states = states_of_changes(conn, member.project, member.id, after, last).await?;
    let items = rows.into_iter().map(|(stored, maker)| {
        let id = stored.record.id;
        if stored.author == member.id {
            return PullItem::Own { record: stored.record, media: states.remove(&id).unwrap_or_default() };
        }
        match stored.exposure {
            Exposure::Shown => {
                let fields = Entry::from_record(&stored.record).shown_fields();
                PullItem::View { view: View { id, kind: stored.record.kind, maker, fields } }
            }
            Exposure::Hidden | Exposure::Gone => PullItem::Gone { id },
        }
    });
    Ok((items.collect(), has_more.then_some(last)))
}

/// Returns the sequence number in a cursor of this database. One from before a restore may lie ahead of all there is.
fn read_cursor(cursor: &str, epoch: &str, newest: i64) -> Option<i64> {
    let (of, seq) = cursor.split_once('.')?;
    let seq = seq.parse().ok()?;
    (of == epoch && (0..=newest).contains(&seq)).then_some(seq)
}
