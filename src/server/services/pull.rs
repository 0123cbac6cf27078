//! Handing out what changed: after a cursor, or the newest first.
//!
//! A first pull begins with the newest page and goes on with older ones. A record that changes meanwhile gets a higher
//! sequence number: it leaves the pages still to come, and is found behind the cursor that the newest page gave.

use domain::permissions::fields::MAKER_NAME;
use domain::permissions::{May, Standing, may_write, sees};
use domain::plain::Plain;
use domain::{KIND_TRANSCRIPT, Maker, Record, RecordHead, Transcript, Typed, TypedBy, View};
use protocol::{MAX_PULL, PullFrom, PullItem};

use super::pseudonyms::Pseudonyms;
use super::sight;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media::states_of_changes;
use crate::repositories::records::{Change, Reader, StoredRecord, about_changes, changes, newest_before};
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
pub(crate) async fn pull(
    app: &App,
    member: Member,
    version: u32,
    from: &PullFrom,
    limit: usize,
) -> Result<Page, Error> {
    let limit = limit.clamp(1, MAX_PULL);
    let mut tx = app.db.snapshot().await?;
    let epoch = epoch_of(&mut tx, member).await?;
    let newest = projects::newest_seq(&mut tx, member.project).await?;
    let known = match from {
        PullFrom::Newest => Some(Place::Newest),
        PullFrom::After(cursor) if cursor.is_empty() => Some(Place::BEGINNING),
        PullFrom::After(cursor) => read_cursor(cursor, &epoch, newest),
        PullFrom::Before(older) => read_older(older, &epoch, newest),
    };
    let is_restarted = known.is_none();
    let place = known.unwrap_or(match from {
        PullFrom::After(_) => Place::BEGINNING,
        PullFrom::Newest | PullFrom::Before(_) => Place::Newest,
    });
    let asked = Asked { member, reader: sight::reader(member, version), limit, newest, epoch: &epoch };
    let page = match place {
        Place::Newest => older_page(&mut tx, asked, newest + 1, newest).await?,
        Place::Before { seq, since } => older_page(&mut tx, asked, seq, since).await?,
        Place::After { seq, others } => page_after(&mut tx, asked, seq, others).await?,
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
    /// After `seq`, and of others' records that are no entries after `others`: a phone that has just come to know these has not
    /// heard of any.
    After {
        seq: i64,
        others: i64,
    },
    /// Older than `seq`; the newest page was read when `since` was the newest number.
    Before {
        seq: i64,
        since: i64,
    },
}

impl Place {
    const BEGINNING: Self = Self::After { seq: 0, others: 0 };
}

/// What is the same for each kind of page.
#[derive(Clone, Copy)]
struct Asked<'a> {
    member: Member,
    reader: Reader,
    limit: usize,
    newest: i64,
    epoch: &'a str,
}

impl Asked<'_> {
    /// One more than asked for tells whether there are more.
    fn one_more(self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// Returns a page after which it goes on at `cursor`, with others' records that are no entries at `others`.
    fn page(self, items: Vec<PullItem>, cursor: i64, others: i64) -> Page {
        let known = if self.reader.knows_kinds { format!("~{others}") } else { String::new() };
        let cursor = format!("{}.{cursor}{known}", self.epoch);
        let sequence = u64::try_from(self.newest).unwrap_or(0);
        Page { items, cursor, has_more: false, older: None, sequence, is_restarted: false }
    }
}

async fn page_after(conn: &mut Connection, asked: Asked<'_>, after: i64, others: i64) -> Result<Page, Error> {
    let others = if asked.reader.knows_kinds { others } else { after };
    let mut rows = changes(conn, asked.member.project, asked.reader, (after, others), asked.one_more()).await?;
    let has_more = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    let last = rows.last().map_or(after, |row| row.stored.seq);
    let items = items(conn, asked.member, rows, after.min(others), last).await?;
    let (cursor, others) = if has_more { (last.max(after), last) } else { (asked.newest, asked.newest) };
    Ok(Page { has_more, ..asked.page(items, cursor, others) })
}

/// Returns a page of a pull from nothing: what is gone needs no mention.
async fn older_page(conn: &mut Connection, asked: Asked<'_>, before: i64, since: i64) -> Result<Page, Error> {
    let mut rows = newest_before(conn, asked.member.project, asked.reader, before, asked.one_more()).await?;
    let has_older = rows.len() > asked.limit;
    rows.truncate(asked.limit);
    let last = rows.last().map_or(before, |row| row.stored.seq);
    let items = items(conn, asked.member, rows, last - 1, before - 1).await?;
    let older = has_older.then(|| format!("{}.{since}.{last}", asked.epoch));
    Ok(Page { older, ..asked.page(items, since, since) })
}

/// Returns rows as this member may hear of them; their sequence numbers lie in `after+1..=until`.
async fn items(
    conn: &mut Connection,
    member: Member,
    rows: Vec<Change>,
    after: i64,
    until: i64,
) -> Result<Vec<PullItem>, Error> {
    let mut states = states_of_changes(conn, member.project, member.id, after, until).await?;
    let pseudonyms = Pseudonyms::of(conn, member.project).await?;
    let typed = about_changes(conn, member.project, KIND_TRANSCRIPT, after, until).await?;
    let typed: Vec<Typed> = typed.iter().filter_map(|stored| Typed::from_record(&stored.record)).collect();
    let items = rows.into_iter().map(|Change { stored, maker, is_seen }| {
        let id = stored.record.id;
        if stored.author == member.id || is_shared(member, &stored) {
            return PullItem::Own { record: own(member, stored.record), media: states.remove(&id).unwrap_or_default() };
        }
        let seen = if is_seen { view(member, stored, maker, &pseudonyms, &typed) } else { None };
        seen.map_or(PullItem::Gone { id }, |view| PullItem::View { view })
    });
    Ok(items.collect())
}

/// Returns a member's own record, or one that he shares, as far as its role lets it be read.
fn own(reader: Member, mut record: Record) -> Record {
    let kind = &record.kind;
    record.fields.retain(|name, _| sees(reader.role, kind, name, Standing::Own) != May::No);
    record
}

/// Returns what a member sees of somebody else's record; `None`: nothing of it.
fn view(reader: Member, stored: StoredRecord, maker: Maker, pseudonyms: &Pseudonyms, typed: &[Typed]) -> Option<View> {
    let standing = sight::stands_to(reader, &stored);
    let record = stored.record;
    let mut fields = record.shown_fields();
    if fields.contains_key("voice") && !fields.contains_key("transcript") {
        // Its maker has typed nothing: who guides the project may have.
        let last = typed.iter().filter(|typed| typed.entry == record.id).max_by_key(|typed| typed.at);
        let transcript = last.and_then(|typed| Transcript::new(&typed.text, TypedBy::Guide));
        fields.extend(transcript.map(|transcript| ("transcript".to_owned(), transcript.to_value())));
    }
    fields.retain(|name, _| sees(reader.role, &record.kind, name, standing) != May::No);
    let maker = match sees(reader.role, &record.kind, MAKER_NAME, standing) {
        // Whose entry it is about knows whom to answer.
        _ if standing == Standing::Own => maker,
        May::Yes => maker,
        May::Pseudonymised => pseudonyms.maker(maker.id),
        May::No | May::Own | May::Group | May::Guided | May::Shared => {
            Maker { name: String::new(), ..pseudonyms.maker(maker.id) }
        }
    };
    (!fields.is_empty()).then_some(View { id: record.id, kind: record.kind, maker, fields })
}

/// Says whether a record that somebody else made is this member's to write too: then it comes whole, to be merged.
fn is_shared(member: Member, stored: &StoredRecord) -> bool {
    let kind = &stored.record.kind;
    let project = stored.project;
    let head = RecordHead { project, written_in: project, kind, written_as: kind, author: stored.author };
    may_write(member.id, member.role, &head, "name").is_ok()
}

/// Returns the place that a cursor of this database names. One from before a restore may lie ahead of all there is.
fn read_cursor(cursor: &str, epoch: &str, newest: i64) -> Option<Place> {
    let (of, place) = cursor.split_once('.')?;
    let (seq, others) = place.split_once('~').unwrap_or((place, "0"));
    let (seq, others) = (seq.parse().ok()?, others.parse().ok()?);
    let is_here = of == epoch && (0..=newest).contains(&seq) && (0..=newest).contains(&others);
    is_here.then_some(Place::After { seq, others })
}

/// Returns the place that the name of a page of this database names.
fn read_older(older: &str, epoch: &str, newest: i64) -> Option<Place> {
    let (of, place) = older.split_once('.')?;
    let (since, seq) = place.split_once('.')?;
    let (since, seq) = (since.parse().ok()?, seq.parse().ok()?);
    let is_here = of == epoch && (0..=newest).contains(&since) && (1..=since).contains(&seq);
    is_here.then_some(Place::Before { seq, since })
}
