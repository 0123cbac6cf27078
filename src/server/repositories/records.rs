//! Records, their place in the sequence of changes, and the media they name.

use domain::{Maker, MediaHash, MemberId, ProjectId, Record, RecordId};
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
    /// Its place in the project's changes.
    pub(crate) seq: i64,
    /// When the server learnt of the deletion that stands.
    pub(crate) deleted_ms: Option<i64>,
    /// What others see of it.
    pub(crate) exposure: Exposure,
}

/// What others see of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exposure {
    /// Nothing, and they never did.
    Hidden,
    /// A view.
    Shown,
    /// Nothing any more: whoever holds a view drops it.
    Gone,
}

impl Exposure {
    const fn key(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Shown => "shown",
            Self::Gone => "gone",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        [Self::Hidden, Self::Shown, Self::Gone].into_iter().find(|exposure| exposure.key() == key)
    }
}

/// The columns that [`StoredRecord`] is read from, in order.
type Row = (Uuid, Uuid, Uuid, String, String, i64, Option<i64>, bool, String);

/// Returns the record with this id, whatever its project.
pub(crate) async fn find(conn: &mut Connection, id: RecordId) -> Result<Option<StoredRecord>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, project_id, author_id, kind, fields, seq, deleted_ms, is_erased, exposure FROM record WHERE id = $1",
    )
    .bind(id.uuid())
    .fetch_optional(conn)
    .await?;
    row.map(stored).transpose()
}

/// Writes a record, new or changed. Project and author stay what they were.
pub(crate) async fn save(conn: &mut Connection, stored: &StoredRecord) -> Result<()> {
    let fields = serde_json::to_string(&stored.record.fields).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query(
        "INSERT INTO record (id, project_id, author_id, kind, fields, seq, deleted_ms, is_erased, exposure)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET fields = excluded.fields, seq = excluded.seq, deleted_ms = excluded.deleted_ms,
             is_erased = excluded.is_erased, exposure = excluded.exposure",
    )
    .bind(stored.record.id.uuid())
    .bind(stored.project.uuid())
    .bind(stored.author.uuid())
    .bind(&stored.record.kind)
    .bind(fields)
    .bind(stored.seq)
    .bind(stored.deleted_ms)
    .bind(stored.record.erased)
    .bind(stored.exposure.key())
    .execute(conn)
    .await?;
    Ok(())
}

/// A row of a pull, with its maker's name.
#[derive(sqlx::FromRow)]
struct Change {
    id: Uuid,
    project_id: Uuid,
    author_id: Uuid,
    kind: String,
    fields: String,
    seq: i64,
    deleted_ms: Option<i64>,
    is_erased: bool,
    exposure: String,
    nickname: String,
}

/// Returns what changed after `after` and `reader` may hear of, with the makers, oldest change first.
pub(crate) async fn changes(
    conn: &mut Connection,
    project: ProjectId,
    reader: MemberId,
    after: i64,
    limit: i64,
) -> Result<Vec<(StoredRecord, Maker)>> {
    let rows: Vec<Change> = sqlx::query_as(
        "SELECT r.id, r.project_id, r.author_id, r.kind, r.fields, r.seq, r.deleted_ms, r.is_erased, r.exposure, m.nickname
         FROM record r JOIN member m ON m.id = r.author_id
         WHERE r.project_id = $1 AND r.seq > $2 AND (r.author_id = $3 OR r.exposure <> 'hidden')
         ORDER BY r.seq LIMIT $4",
    )
    .bind(project.uuid())
    .bind(after)
    .bind(reader.uuid())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(changed).collect()
}

/// Returns what `reader` has and sees that changed before `before`, with the makers, newest change first.
pub(crate) async fn newest_before(
    conn: &mut Connection,
    project: ProjectId,
    reader: MemberId,
    before: i64,
    limit: i64,
) -> Result<Vec<(StoredRecord, Maker)>> {
    let rows: Vec<Change> = sqlx::query_as(
        "SELECT r.id, r.project_id, r.author_id, r.kind, r.fields, r.seq, r.deleted_ms, r.is_erased, r.exposure, m.nickname
         FROM record r JOIN member m ON m.id = r.author_id
         WHERE r.project_id = $1 AND r.seq < $2 AND (r.author_id = $3 OR r.exposure = 'shown')
         ORDER BY r.seq DESC LIMIT $4",
    )
    .bind(project.uuid())
    .bind(before)
    .bind(reader.uuid())
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
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT r.id, r.project_id, r.author_id, r.kind, r.fields, r.seq, r.deleted_ms, r.is_erased, r.exposure
         FROM record r JOIN record_medium l ON l.record_id = r.id
         WHERE l.sha256 = $3 AND r.project_id = $1 AND r.author_id = $2 ORDER BY r.seq",
    )
    .bind(project.uuid())
    .bind(author.uuid())
    .bind(sha256.0.as_slice())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(stored).collect()
}

/// Returns some records whose deletion has stood since before `before_ms`.
pub(crate) async fn long_deleted(conn: &mut Connection, before_ms: i64, limit: i64) -> Result<Vec<StoredRecord>> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, project_id, author_id, kind, fields, seq, deleted_ms, is_erased, exposure FROM record
         WHERE deleted_ms IS NOT NULL AND deleted_ms <= $1 AND NOT is_erased ORDER BY deleted_ms LIMIT $2",
    )
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

fn changed(row: Change) -> Result<(StoredRecord, Maker)> {
    let maker = Maker { id: MemberId::from_uuid(row.author_id), name: row.nickname };
    let record = stored((
        row.id,
        row.project_id,
        row.author_id,
        row.kind,
        row.fields,
        row.seq,
        row.deleted_ms,
        row.is_erased,
        row.exposure,
    ))?;
    Ok((record, maker))
}

fn stored(row: Row) -> Result<StoredRecord> {
    let (id, project, author, kind, fields, seq, deleted_ms, erased, exposure) = row;
    let fields = serde_json::from_str(&fields).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(StoredRecord {
        record: Record { id: RecordId::from_uuid(id), kind, fields, erased },
        project: ProjectId::from_uuid(project),
        author: MemberId::from_uuid(author),
        seq,
        deleted_ms,
        exposure: Exposure::from_key(&exposure).ok_or_else(|| unreadable("exposure"))?,
    })
}
