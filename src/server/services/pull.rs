//! Handing out what changed: after a cursor, or the newest first.
//!
//! A first pull begins with the newest page and goes on with older ones. A record that changes meanwhile gets a higher
//! sequence number: it leaves the pages still to come, and is found behind the cursor that the newest page gave.

use domain::permissions::fields::MAKER_NAME;
use domain::permissions::{May, Standing, sees};
use domain::{Entry, Maker, Record, View};
use protocol::{MAX_PULL, PullFrom, PullItem};

use super::pseudonyms::Pseudonyms;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media::states_of_changes;
use crate::repositories::records::{Exposure, StoredRecord, changes, newest_before};
use crate::repositories::{Connection, epoch, members, projects};
use crate::state::App;

/// One page of changes.
pub(crate) struct Page {
    /// Oldest change first after a cursor, otherwise the newest first.
    pub(crate) items: Vec<PullItem>,
    /// Where to go on with what changes from now on.
    pub(crate) cursor: String,
    /// More is waiting behind the cursor.
    pub(crate) has_more: bool,
    /// Where to go on with what is older.
    pub(crate) older: Option<String>,
    /// The project's newest sequence number.
    pub(crate) sequence: u64,
    /// The cursor or the page asked for was not of this database.
    pub(crate) is_restarted: bool,
}

/// Returns what a member may hear of and did not yet, from one state of the database.
pub(crate) async fn pull(app: &App, member: Member, from: &PullFrom, limit: usize) -> Result<Page, Error> {
    let limit = limit.clamp(1, MAX_PULL);
    let mut tx = app.db.snapshot().await?;
    let epoch = epoch_of(&mut tx, member).await?;
    let newest = projects::newest_seq(&mut tx, member.project).await?;
    let known = match from {
        PullFrom::Newest => Some(Place::Newest),
        PullFrom::After(cursor) if cursor.is_empty() => Some(Place::After(0)),
        PullFrom::After(cursor) => read_cursor(cursor, &epoch, newest),
        PullFrom::Before(older) => read_older(older, &epoch, newest),
    };
    let is_restarted = known.is_none();
    let place = known.unwrap_or(match from {
        PullFrom::After(_) => Place::After(0),
        PullFrom::Newest | PullFrom::Before(_) => Place::Newest,
    });
    let asked = Asked { member, limit, newest, epoch: &epoch };
    let page = match place {
        Place::Newest => older_page(&mut tx, asked, newest + 1, newest).await?,
        Place::Before { seq, since } => older_page(&mut tx, asked, seq, since).await?,
        Place::After(seq) => page_after(&mut tx, asked, seq).await?,
    };
    Ok(Page { is_restarted, ..page })
}

/// Returns which database this is, as the member sees it: what he may see anew begins another, so that older cursors end.
async fn epoch_of(conn: &mut Connection, member: Member) -> Result<String, Error> {
    let epoch = epoch(conn).await?;
    Ok(match members::sight_seq(conn, member.id).await? {
        0 => epoch,
        since => format!("{epoch}-{since}"),
    })
}

/// Where a page begins, as sequence numbers.
enum Place {
    Newest,
    After(i64),
    /// Older than `seq`; the newest page was read when `since` was the newest number.
    Before {
        seq: i64,
        since: i64,
    },
}

/// What is the same for each kind of page.
#[derive(Clone, Copy)]
struct Asked<'a> {
    member: Member,
    limit: usize,
    newest: i64,
    epoch: &'a str,
}

impl Asked<'_> {
    /// One more than asked for tells whether there are more.
    fn one_more(self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    fn page(self, items: Vec<PullItem>, cursor: i64) -> Page {
        let cursor = format!("{}.{cursor}", self.epoch);
        let sequence = u64::try_from(self.newest).unwrap_or(0);
        Page { items, cursor, has_more: false, older: None, sequence, is_restarted: false }
    }
}

async fn page_after(conn: &mut Connection, asked: Asked<'_>, after: i64) -> Result<Page, Error> {
    let member = asked.member;
    let mut rows = changes(conn, member.project, member.id, after, asked.one_more()).await?;
    let has_more = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    let last = rows.last().map_or(after, |(stored, _)| stored.seq);
    let items = items(conn, member, rows, after, last).await?;
    Ok(Page { has_more, ..asked.page(items, if has_more { last } else { asked.newest }) })
}

/// Returns a page of a pull from nothing: what is gone needs no mention.
async fn older_page(conn: &mut Connection, asked: Asked<'_>, before: i64, since: i64) -> Result<Page, Error> {
    let member = asked.member;
    let mut rows = newest_before(conn, member.project, member.id, before, asked.one_more()).await?;
    let has_older = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    let last = rows.last().map_or(before, |(stored, _)| stored.seq);
    let items = items(conn, member, rows, last - 1, before - 1).await?;
    let older = has_older.then(|| format!("{}.{since}.{last}", asked.epoch));
    Ok(Page { older, ..asked.page(items, since) })
}

/// Returns rows as this member may hear of them; their sequence numbers lie in `after+1..=until`.
async fn items(
    conn: &mut Connection,
    member: Member,
    rows: Vec<(StoredRecord, Maker)>,
    after: i64,
    until: i64,
) -> Result<Vec<PullItem>, Error> {
    let mut states = states_of_changes(conn, member.project, member.id, after, until).await?;
    let pseudonyms = Pseudonyms::of(conn, member.project).await?;
    let items = rows.into_iter().map(|(stored, maker)| {
        let id = stored.record.id;
        if stored.author == member.id {
            return PullItem::Own { record: own(member, stored.record), media: states.remove(&id).unwrap_or_default() };
        }
        let seen = match stored.exposure {
            Exposure::Shown => view(member, stored.record, maker, &pseudonyms),
            Exposure::Hidden | Exposure::Gone => None,
        };
        seen.map_or(PullItem::Gone { id }, |view| PullItem::View { view })
    });
    Ok(items.collect())
}

/// Returns a member's own record as far as its role lets it be read.
fn own(reader: Member, mut record: Record) -> Record {
    let kind = &record.kind;
    record.fields.retain(|name, _| sees(reader.role, kind, name, Standing::Own) != May::No);
    record
}

/// Returns what a member sees of somebody else's record that is shown to everyone; `None`: nothing of it.
fn view(reader: Member, record: Record, maker: Maker, pseudonyms: &Pseudonyms) -> Option<View> {
    let mut fields = Entry::from_record(&record).shown_fields();
    fields.retain(|name, _| sees(reader.role, &record.kind, name, Standing::Shared) != May::No);
    let maker = match sees(reader.role, &record.kind, MAKER_NAME, Standing::Shared) {
        May::Yes => maker,
        May::Pseudonymised => pseudonyms.maker(maker.id),
        May::No | May::Own | May::Group | May::Shared => Maker { name: String::new(), ..pseudonyms.maker(maker.id) },
    };
    (!fields.is_empty()).then_some(View { id: record.id, kind: record.kind, maker, fields })
}

/// Returns the place that a cursor of this database names. One from before a restore may lie ahead of all there is.
fn read_cursor(cursor: &str, epoch: &str, newest: i64) -> Option<Place> {
    let (of, seq) = cursor.split_once('.')?;
    let seq = seq.parse().ok()?;
    (of == epoch && (0..=newest).contains(&seq)).then_some(Place::After(seq))
}

/// Returns the place that the name of a page of this database names.
fn read_older(older: &str, epoch: &str, newest: i64) -> Option<Place> {
    let (of, place) = older.split_once('.')?;
    let (since, seq) = place.split_once('.')?;
    let (since, seq) = (since.parse().ok()?, seq.parse().ok()?);
    let is_here = of == epoch && (0..=newest).contains(&since) && (1..=since).contains(&seq);
    is_here.then_some(Place::Before { seq, since })
}
