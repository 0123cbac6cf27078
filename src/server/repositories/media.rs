//! Media: who sent which bytes, and how far they are checked.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Map, MediaHash, MemberId, ProjectId, RecordId, VoiceKind};
use protocol::{ErrorCode, MediumState};
use sqlx::QueryBuilder;
use sqlx::types::Uuid;

use super::records::{Reader, media_hash, sees};
use super::{Connection, Result, unreadable};

/// One member's medium.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MediumKey {
    /// Where it lives.
    pub(crate) project: ProjectId,
    /// Its bytes.
    pub(crate) sha256: MediaHash,
    /// Who sent it.
    pub(crate) owner: MemberId,
}

/// What a medium is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MediumKind {
    /// A JPEG.
    Picture,
    /// A voice note.
    Voice(VoiceKind),
}

impl MediumKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Voice(kind) => kind.key(),
        }
    }

    fn from_key(key: &str) -> Result<Self> {
        match key {
            "picture" => Ok(Self::Picture),
            key => VoiceKind::from_key(key).map(Self::Voice).ok_or_else(|| unreadable("kind of a medium")),
        }
    }
}

/// Notes that members sent these media of so many bytes, each if he may. Returns those that are new: the others he had sent before,
/// or he is none any more, or the project is closed.
pub(crate) async fn insert(
    conn: &mut Connection,
    sent: impl Iterator<Item = (MediumKey, MediumKind, u64)>,
    now_ms: i64,
) -> Result<BTreeSet<MediumKey>> {
    let mut query = QueryBuilder::new("WITH sent (project_id, sha256, owner_id, kind, bytes) AS (");
    query.push_values(sent, |mut row, (key, kind, bytes)| {
        row.push_bind(key.project.uuid()).push_bind(key.sha256.0.to_vec()).push_bind(key.owner.uuid());
        row.push_bind(kind.key());
        row.push_bind(i64::try_from(bytes).unwrap_or(i64::MAX));
    });
    query.push(
        ") INSERT INTO medium (project_id, sha256, owner_id, kind, bytes, state, created_ms)
         SELECT s.project_id, s.sha256, s.owner_id, s.kind, s.bytes, 'held', ",
    );
    query.push_bind(now_ms).push(
        " FROM sent s JOIN project p ON p.id = s.project_id WHERE p.closed_ms IS NULL
             AND EXISTS (SELECT 1 FROM device_member d WHERE d.member_id = s.owner_id AND d.project_id = s.project_id)
         ON CONFLICT (project_id, sha256, owner_id) DO NOTHING RETURNING project_id, sha256, owner_id",
    );
    let rows: Vec<(Uuid, Vec<u8>, Uuid)> = query.build_query_as().fetch_all(conn).await?;
    rows.into_iter().map(key).collect()
}

/// Returns how many bytes a member's medium has; `None` when he did not send it.
pub(crate) async fn bytes(conn: &mut Connection, key: MediumKey) -> Result<Option<u64>> {
    let bytes: Option<i64> =
        sqlx::query_scalar("SELECT bytes FROM medium WHERE project_id = $1 AND sha256 = $2 AND owner_id = $3")
            .bind(key.project.uuid())
            .bind(key.sha256.0.as_slice())
            .bind(key.owner.uuid())
            .fetch_optional(conn)
            .await?;
    Ok(bytes.and_then(|bytes| u64::try_from(bytes).ok()))
}

/// Returns where a member's medium stands.
pub(crate) async fn state(conn: &mut Connection, key: MediumKey) -> Result<MediumState> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as("SELECT state, code FROM medium WHERE project_id = $1 AND sha256 = $2 AND owner_id = $3")
            .bind(key.project.uuid())
            .bind(key.sha256.0.as_slice())
            .bind(key.owner.uuid())
            .fetch_optional(conn)
            .await?;
    row.map_or(Ok(MediumState::Missing), |(state, code)| medium_state(&state, code))
}

/// As [`state`], of what a record says is of this kind: bytes of another kind are none that could be shown there.
pub(crate) async fn state_as(conn: &mut Connection, key: MediumKey, named_as: MediumKind) -> Result<MediumState> {
    let kind: Option<String> =
        sqlx::query_scalar("SELECT kind FROM medium WHERE project_id = $1 AND sha256 = $2 AND owner_id = $3")
            .bind(key.project.uuid())
            .bind(key.sha256.0.as_slice())
            .bind(key.owner.uuid())
            .fetch_optional(&mut *conn)
            .await?;
    let is_other = kind.is_some_and(|kind| kind != named_as.key());
    if is_other { Ok(MediumState::SetAside { code: ErrorCode::NotAnImage }) } else { state(conn, key).await }
}

/// Writes where a member's medium stands; `false` when it is not there any more.
pub(crate) async fn set_state(conn: &mut Connection, key: MediumKey, state: MediumState) -> Result<bool> {
    let (name, code) = match state {
        MediumState::Held => ("held", None),
        MediumState::Shown => ("shown", None),
        MediumState::SetAside { code } => ("set_aside", Some(code)),
        MediumState::Missing | MediumState::Unknown => return delete(conn, key).await,
    };
    let code = code.and_then(|code| serde_json::to_value(code).ok()?.as_str().map(str::to_owned));
    let done =
        sqlx::query("UPDATE medium SET state = $4, code = $5 WHERE project_id = $1 AND sha256 = $2 AND owner_id = $3")
            .bind(key.project.uuid())
            .bind(key.sha256.0.as_slice())
            .bind(key.owner.uuid())
            .bind(name)
            .bind(code)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets a member's medium; `false` when it was not there.
pub(crate) async fn delete(conn: &mut Connection, key: MediumKey) -> Result<bool> {
    let done = sqlx::query("DELETE FROM medium WHERE project_id = $1 AND sha256 = $2 AND owner_id = $3")
        .bind(key.project.uuid())
        .bind(key.sha256.0.as_slice())
        .bind(key.owner.uuid())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Says whether anybody in the project has these bytes.
pub(crate) async fn has_owner(conn: &mut Connection, project: ProjectId, sha256: MediaHash) -> Result<bool> {
    let row: Option<i64> = sqlx::query_scalar("SELECT 1 FROM medium WHERE project_id = $1 AND sha256 = $2 LIMIT 1")
        .bind(project.uuid())
        .bind(sha256.0.as_slice())
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}

/// Returns what a medium is that `reader` may read: through a live record that he sees, whose author sent these bytes.
pub(crate) async fn readable(
    conn: &mut Connection,
    project: ProjectId,
    sha256: MediaHash,
    reader: Reader,
) -> Result<Option<MediumKind>> {
    let kind: Option<String> = sqlx::query_scalar(concat!(
        "SELECT m.kind FROM record_medium l
         JOIN record r ON r.id = l.record_id
         JOIN medium m ON m.project_id = r.project_id AND m.sha256 = l.sha256 AND m.owner_id = r.author_id
         WHERE l.sha256 = $6 AND r.project_id = $1 AND r.deleted_ms IS NULL AND NOT r.is_erased AND ",
        sees!(),
        " LIMIT 1"
    ))
    .bind(project.uuid())
    .bind(reader.id.uuid())
    .bind(reader.is_guide)
    .bind(reader.knows_kinds)
    .bind(reader.is_grouped)
    .bind(sha256.0.as_slice())
    .fetch_optional(conn)
    .await?;
    kind.map(|kind| MediumKind::from_key(&kind)).transpose()
}

/// Returns media that wait for their check, oldest first, and what they are.
pub(crate) async fn held(conn: &mut Connection, limit: i64) -> Result<Vec<(MediumKey, MediumKind)>> {
    let rows: Vec<(Uuid, Vec<u8>, Uuid, String)> = sqlx::query_as(
        "SELECT project_id, sha256, owner_id, kind FROM medium WHERE state = 'held' ORDER BY created_ms LIMIT $1",
    )
    .bind(limit)
    .fetch_all(conn)
    .await?;
    let read = |(project, sha256, owner, kind): (_, _, _, String)| {
        Ok((key((project, sha256, owner))?, MediumKind::from_key(&kind)?))
    };
    rows.into_iter().map(read).collect()
}

/// Returns some media that were sent before `before_ms` and that no record of their owner names.
pub(crate) async fn long_unnamed(conn: &mut Connection, before_ms: i64, limit: i64) -> Result<Vec<MediumKey>> {
    let rows: Vec<(Uuid, Vec<u8>, Uuid)> = sqlx::query_as(
        "SELECT m.project_id, m.sha256, m.owner_id FROM medium m WHERE m.created_ms <= $1 AND NOT EXISTS (
             SELECT 1 FROM record_medium l JOIN record r ON r.id = l.record_id
             WHERE l.sha256 = m.sha256 AND r.project_id = m.project_id AND r.author_id = m.owner_id) LIMIT $2",
    )
    .bind(before_ms)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(key).collect()
}

/// Returns, for an author's records with a sequence number in `after+1..=until`, where each medium they name stands.
pub(crate) async fn states_of_changes(
    conn: &mut Connection,
    project: ProjectId,
    author: MemberId,
    after: i64,
    until: i64,
) -> Result<BTreeMap<RecordId, Map<MediaHash, MediumState>>> {
    type NamedMedium = (Uuid, Vec<u8>, Option<String>, Option<String>);
    let rows: Vec<NamedMedium> = sqlx::query_as(
        "SELECT r.id, l.sha256, m.state, m.code FROM record r
         JOIN record_medium l ON l.record_id = r.id
         LEFT JOIN medium m ON m.project_id = r.project_id AND m.sha256 = l.sha256 AND m.owner_id = r.author_id
         WHERE r.project_id = $1 AND r.author_id = $2 AND r.seq > $3 AND r.seq <= $4",
    )
    .bind(project.uuid())
    .bind(author.uuid())
    .bind(after)
    .bind(until)
    .fetch_all(conn)
    .await?;
    let mut states: BTreeMap<RecordId, Map<_, _>> = BTreeMap::new();
    for (id, sha256, state, code) in rows {
        let state = state.map_or(Ok(MediumState::Missing), |state| medium_state(&state, code))?;
        states.entry(RecordId::from_uuid(id)).or_default().insert(media_hash(sha256)?, state);
    }
    Ok(states)
}

fn key((project, sha256, owner): (Uuid, Vec<u8>, Uuid)) -> Result<MediumKey> {
    Ok(MediumKey {
        project: ProjectId::from_uuid(project),
        sha256: media_hash(sha256)?,
        owner: MemberId::from_uuid(owner),
    })
}

fn medium_state(state: &str, code: Option<String>) -> Result<MediumState> {
    match state {
        "held" => Ok(MediumState::Held),
        "shown" => Ok(MediumState::Shown),
        "set_aside" => {
            let code = code.and_then(|code| serde_json::from_value(code.into()).ok()).unwrap_or(ErrorCode::BrokenImage);
            Ok(MediumState::SetAside { code })
        }
        _ => Err(unreadable("state of a medium")),
    }
}
