//! Records, their place in the sequence of changes, who sees them, and the media they name.

use domain::{Audience, Maker, MediaHash, MemberId, ProjectId, Record, RecordId};
use sqlx::types::Uuid;

use super::{Connection, Result, unreadable};

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredRecord {
    /// What its maker wrote.
    pub(crate) record: Record,
    /// Where it lives.
    pub(crate) project: ProjectId,
    /// Who made it.
    pub(crate) author: MemberId,
    /// Its place in the project's changes; 0 for one that is not stored yet.
    pub(crate) seq: i64,
    /// When the server learnt of the deletion that stands.
    pub(crate) deleted_ms: Option<i64>,
    /// Who sees it beside its author.
    pub(crate) sight: Sight,
}

/// Who sees a record beside its author.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Of those who do not guide the project.
    pub(crate) exposure: Exposure,
    /// The most of them who ever did.
    pub(crate) was_exposed: Exposure,
    /// Those who guide the project.
    pub(crate) guided: Guided,
    /// One more member.
    pub(crate) for_member: Option<MemberId>,
    /// What it is about: of a review the entry.
    pub(crate) subject: Option<RecordId>,
    /// Who sees an entry whose maker does not say.
    pub(crate) default_audience: Option<Audience>,
}

/// Which members who do not guide the project see a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exposure {
    /// None.
    #[default]
    Hidden,
    /// Those who are in a group with its author; of a group's own record, those who are in it.
    Group,
    /// All.
    Shown,
}

impl Exposure {
    const ALL: [Self; 3] = [Self::Hidden, Self::Group, Self::Shown];

    const fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Group => "group",
            Self::Shown => "shown",
        }
    }
}

/// What those who guide the project see of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Guided {
    /// Nothing, and they never did.
    #[default]
    Hidden,
    /// A view, or the record where they may write it.
    Shown,
    /// Nothing any more: whoever holds it drops it.
    Gone,
}

impl Guided {
    const ALL: [Self; 3] = [Self::Hidden, Self::Shown, Self::Gone];

    const fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Shown => "shown",
            Self::Gone => "gone",
        }
    }

    /// Returns what becomes of it when they may see it now, or may not.
    pub(crate) const fn then(self, is_seen: bool) -> Self {
        match self {
            _ if is_seen => Self::Shown,
            Self::Hidden => Self::Hidden,
            Self::Shown | Self::Gone => Self::Gone,
        }
    }
}

/// Who reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader {
    /// The member.
    pub(crate) id: MemberId,
    /// He guides the project.
    pub(crate) is_guide: bool,
    /// His phone knows others' records of other kinds than entries.
    pub(crate) knows_kinds: bool,
    /// He sees what is for a group that he is in.
    pub(crate) is_grouped: bool,
}

/// The columns of a [`Row`], of the record `r`.
macro_rules! columns {
    () => {
        "r.id, r.project_id, r.author_id, r.kind, r.fields, r.seq, r.deleted_ms, r.is_erased, r.exposure, r.was_exposed, \
         r.guided, r.for_member, r.subject_id, r.default_audience"
    };
}

/// Says whether the reader $2 is in a group with the author of the record `r`, or in that group where `r` is one. Counted is who
/// is in now (`a.is_in`, `b.is_in`), or ever was (`TRUE`).
macro_rules! shares_group {
    ($author_is_in:literal, $reader_is_in:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM group_member b WHERE b.member_id = $2 AND ",
            $reader_is_in,
            " AND CASE WHEN r.kind = 'group' THEN b.group_id = r.id ELSE EXISTS (
                SELECT 1 FROM group_member a WHERE a.group_id = b.group_id AND a.member_id = r.author_id AND ",
            $author_is_in,
            ") END)"
        )
    };
}

/// Says whether the reader $2 sees the record `r` now: who guides the project or not ($3), whose phone knows other kinds than
/// entries or not ($4), and who sees what is for his groups or not ($5).
macro_rules! sees {
    () => {
        concat!(
            "(r.author_id = $2 OR ($4 OR r.kind = 'entry') AND NOT r.is_erased AND CASE WHEN $3 THEN r.guided = 'shown'
                ELSE r.exposure = 'shown' OR r.for_member IS NOT NULL AND r.for_member = $2
                OR $5 AND r.exposure = 'group' AND ",
            crate::repositories::records::shares_group!("a.is_in", "b.is_in"),
            " END)"
        )
    };
}

/// Says whether he may have seen it at some time: then he hears of its changes, and of its end.
macro_rules! hears {
    () => {
        concat!(
            "(r.author_id = $2 OR ($4 OR r.kind = 'entry') AND CASE WHEN $3 THEN r.guided <> 'hidden'
                ELSE r.was_exposed = 'shown' OR r.for_member IS NOT NULL AND r.for_member = $2
                OR $5 AND r.was_exposed = 'group' AND ",
            crate::repositories::records::shares_group!("TRUE", "TRUE"),
            " END)"
        )
    };
}

pub(super) use {sees, shares_group};

/// A record as it lies in the database.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    project_id: Uuid,
    author_id: Uuid,
    kind: String,
    fields: String,
    seq: i64,
    deleted_ms: Option<i64>,
    is_erased: bool,
    exposure: String,
    was_exposed: String,
    guided: String,
    for_member: Option<Uuid>,
    subject_id: Option<Uuid>,
    default_audience: Option<String>,
}

/// Returns the record with this id, whatever its project.
pub(crate) async fn find(conn: &mut Connection, id: RecordId) -> Result<Option<StoredRecord>> {
    let row: Option<Row> = sqlx::query_as(concat!("SELECT ", columns!(), " FROM record r WHERE r.id = $1"))
        .bind(id.uuid())
        .fetch_optional(conn)
        .await?;
    row.map(stored).transpose()
}

/// Writes a record, new or changed. Project and author stay what they were.
pub(crate) async fn save(conn: &mut Connection, stored: &StoredRecord) -> Result<()> {
    let fields = serde_json::to_string(&stored.record.fields).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO record (id, project_id, author_id, kind, fields, seq, deleted_ms, is_erased, exposure, was_exposed,
             guided, for_member, subject_id, default_audience)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (id) DO UPDATE SET fields = excluded.fields, seq = excluded.seq, deleted_ms = excluded.deleted_ms,
             is_erased = excluded.is_erased, exposure = excluded.exposure, was_exposed = excluded.was_exposed,
             guided = excluded.guided, for_member = excluded.for_member, subject_id = excluded.subject_id",
    )
    .bind(stored.record.id.uuid())
    .bind(stored.project.uuid())
    .bind(stored.author.uuid())
    .bind(&stored.record.kind)
    .bind(fields)
    .bind(stored.seq)
    .bind(stored.deleted_ms)
    .bind(stored.record.erased)
    .bind(stored.sight.exposure.key())
    .bind(stored.sight.was_exposed.key())
    .bind(stored.sight.guided.key())
    .bind(stored.sight.for_member.map(MemberId::uuid))
    .bind(stored.sight.subject.map(RecordId::uuid))
    .bind(stored.sight.default_audience.map(Audience::key))
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives a record another place in the sequence: what somebody sees of it changed, though nothing in it did.
pub(crate) async fn move_to(conn: &mut Connection, id: RecordId, seq: i64) -> Result<()> {
    sqlx::query("UPDATE record SET seq = $2 WHERE id = $1").bind(id.uuid()).bind(seq).execute(conn).await?;
    Ok(())
}

/// A row of a pull.
#[derive(sqlx::FromRow)]
struct ChangeRow {
    #[sqlx(flatten)]
    row: Row,
    nickname: String,
    is_seen: bool,
}

/// A record that a reader hears of.
pub(crate) struct Change {
    /// The record.
    pub(crate) stored: StoredRecord,
    /// Who made it.
    pub(crate) maker: Maker,
    /// The reader sees it now.
    pub(crate) is_seen: bool,
}

/// Returns what changed after `after`, of others' records that are no entries after `others_after`, and `reader` may hear of,
/// oldest change first.
pub(crate) async fn changes(
    conn: &mut Connection,
    project: ProjectId,
    reader: Reader,
    (after, others_after): (i64, i64),
    limit: i64,
) -> Result<Vec<Change>> {
    let rows: Vec<ChangeRow> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        ", m.nickname, ",
        sees!(),
        " AS is_seen FROM record r JOIN member m ON m.id = r.author_id
         WHERE r.project_id = $1 AND r.seq > $6 AND (r.seq > $7 OR r.kind NOT IN ('entry', 'consent')) AND ",
        hears!(),
        " ORDER BY r.seq LIMIT $8"
    ))
    .bind(project.uuid())
    .bind(reader.id.uuid())
    .bind(reader.is_guide)
    .bind(reader.knows_kinds)
    .bind(reader.is_grouped)
    .bind(after.min(others_after))
    .bind(after)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(changed).collect()
}

/// Returns what `reader` has and sees that changed before `before`, newest change first.
pub(crate) async fn newest_before(
    conn: &mut Connection,
    project: ProjectId,
    reader: Reader,
    before: i64,
    limit: i64,
) -> Result<Vec<Change>> {
    let rows: Vec<ChangeRow> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        ", m.nickname, TRUE AS is_seen FROM record r JOIN member m ON m.id = r.author_id
         WHERE r.project_id = $1 AND r.seq < $6 AND ",
        sees!(),
        " ORDER BY r.seq DESC LIMIT $7"
    ))
    .bind(project.uuid())
    .bind(reader.id.uuid())
    .bind(reader.is_guide)
    .bind(reader.knows_kinds)
    .bind(reader.is_grouped)
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(changed).collect()
}

/// Returns the records of `author` that name a medium.
pub(crate) async fn naming(
    conn: &mut Connection,
    project: ProjectId,
    author: MemberId,
    sha256: MediaHash,
) -> Result<Vec<StoredRecord>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM record r JOIN record_medium l ON l.record_id = r.id
         WHERE l.sha256 = $3 AND r.project_id = $1 AND r.author_id = $2 ORDER BY r.seq"
    ))
    .bind(project.uuid())
    .bind(author.uuid())
    .bind(sha256.0.as_slice())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(stored).collect()
}

/// Returns the records that are about this one.
pub(crate) async fn about(conn: &mut Connection, subject: RecordId) -> Result<Vec<StoredRecord>> {
    let rows: Vec<Row> = sqlx::query_as(concat!("SELECT ", columns!(), " FROM record r WHERE r.subject_id = $1"))
        .bind(subject.uuid())
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Returns the records that are about entries with a sequence number in `after+1..=until`, of one kind.
pub(crate) async fn about_changes(
    conn: &mut Connection,
    project: ProjectId,
    kind: &str,
    after: i64,
    until: i64,
) -> Result<Vec<StoredRecord>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM record e JOIN record r ON r.subject_id = e.id
         WHERE e.project_id = $1 AND e.seq > $3 AND e.seq <= $4 AND r.kind = $2 AND NOT r.is_erased"
    ))
    .bind(project.uuid())
    .bind(kind)
    .bind(after)
    .bind(until)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(stored).collect()
}

/// Returns the entries of a project that are neither deleted nor erased, oldest change first.
pub(crate) async fn live_entries(conn: &mut Connection, project: ProjectId) -> Result<Vec<RecordId>> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM record WHERE project_id = $1 AND kind = 'entry' AND deleted_ms IS NULL AND NOT is_erased ORDER BY seq",
    )
    .bind(project.uuid())
    .fetch_all(conn)
    .await?;
    Ok(ids.into_iter().map(RecordId::from_uuid).collect())
}

/// Returns some records whose deletion has stood since before `before_ms`.
pub(crate) async fn long_deleted(conn: &mut Connection, before_ms: i64, limit: i64) -> Result<Vec<StoredRecord>> {
    let rows: Vec<Row> = sqlx::query_as(concat!(
        "SELECT ",
        columns!(),
        " FROM record r WHERE r.deleted_ms IS NOT NULL AND r.deleted_ms <= $1 AND NOT r.is_erased
         ORDER BY r.deleted_ms LIMIT $2"
    ))
    .bind(before_ms)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(stored).collect()
}

/// Returns the media that a record names, as last written by [`link_medium`] and [`unlink_medium`].
pub(crate) async fn linked_media(conn: &mut Connection, id: RecordId) -> Result<Vec<MediaHash>> {
    let rows: Vec<Vec<u8>> = sqlx::query_scalar("SELECT sha256 FROM record_medium WHERE record_id = $1")
        .bind(id.uuid())
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(media_hash).collect()
}

/// Notes that a record names a medium.
pub(crate) async fn link_medium(conn: &mut Connection, id: RecordId, sha256: MediaHash) -> Result<()> {
    sqlx::query(
        "INSERT INTO record_medium (record_id, sha256) VALUES ($1, $2) ON CONFLICT (record_id, sha256) DO NOTHING",
    )
    .bind(id.uuid())
    .bind(sha256.0.as_slice())
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a record does not name a medium any more.
pub(crate) async fn unlink_medium(conn: &mut Connection, id: RecordId, sha256: MediaHash) -> Result<()> {
    sqlx::query("DELETE FROM record_medium WHERE record_id = $1 AND sha256 = $2")
        .bind(id.uuid())
        .bind(sha256.0.as_slice())
        .execute(conn)
        .await?;
    Ok(())
}

/// Reads a hash as it is stored.
pub(super) fn media_hash(bytes: Vec<u8>) -> Result<MediaHash> {
    bytes.try_into().map(MediaHash).map_err(|_| unreadable("hash"))
}

fn changed(row: ChangeRow) -> Result<Change> {
    let maker = Maker { id: MemberId::from_uuid(row.row.author_id), name: row.nickname };
    Ok(Change { stored: stored(row.row)?, maker, is_seen: row.is_seen })
}

fn stored(row: Row) -> Result<StoredRecord> {
    let fields = serde_json::from_str(&row.fields).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let exposure = |key: &str| Exposure::ALL.into_iter().find(|exposure| exposure.key() == key);
    let sight = Sight {
        exposure: exposure(&row.exposure).ok_or_else(|| unreadable("exposure"))?,
        was_exposed: exposure(&row.was_exposed).ok_or_else(|| unreadable("exposure"))?,
        guided: Guided::ALL
            .into_iter()
            .find(|guided| guided.key() == row.guided)
            .ok_or_else(|| unreadable("exposure"))?,
        for_member: row.for_member.map(MemberId::from_uuid),
        subject: row.subject_id.map(RecordId::from_uuid),
        default_audience: row.default_audience.as_deref().and_then(Audience::from_key),
    };
    Ok(StoredRecord {
        record: Record { id: RecordId::from_uuid(row.id), kind: row.kind, fields, erased: row.is_erased },
        project: ProjectId::from_uuid(row.project_id),
        author: MemberId::from_uuid(row.author_id),
        seq: row.seq,
        deleted_ms: row.deleted_ms,
        sight,
    })
}
