//! Counts over everything, for whoever looks after the server.

use domain::{KIND_ENTRY, MediaHash, ProjectId, RecordId};
use sqlx::types::Uuid;

use super::records::media_hash;
use super::{Connection, Result};

/// A project's counts that the database alone can tell.
pub(crate) struct ProjectCounts {
    /// The project.
    pub(crate) id: ProjectId,
    /// Its name.
    pub(crate) name: String,
    /// A code by which residents join; empty when there is none.
    pub(crate) code: String,
    /// Its members.
    pub(crate) members: i64,
    /// It takes nothing new.
    pub(crate) is_closed: bool,
    /// Its entries, without deleted and erased ones.
    pub(crate) entries: i64,
}

/// Returns every project with its counts, oldest first.
pub(crate) async fn projects(conn: &mut Connection) -> Result<Vec<ProjectCounts>> {
    let rows: Vec<(Uuid, String, String, i64, bool, i64)> = sqlx::query_as(
        "SELECT p.id, p.name,
             COALESCE((SELECT MIN(c.code) FROM join_code c WHERE c.project_id = p.id AND c.role = 'resident' AND c.group_id IS NULL AND NOT c.is_closed), ''),
             (SELECT COUNT(*) FROM member m WHERE m.project_id = p.id AND m.removed_ms IS NULL),
             p.closed_ms IS NOT NULL,
             (SELECT COUNT(*) FROM record r WHERE r.project_id = p.id AND r.kind = $1
                  AND r.deleted_ms IS NULL AND NOT r.is_erased)
         FROM project p ORDER BY p.created_ms, p.id",
    )
    .bind(KIND_ENTRY)
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(id, name, code, members, is_closed, entries)| ProjectCounts {
            id: ProjectId::from_uuid(id),
            name,
            code,
            members,
            is_closed,
            entries,
        })
        .collect())
}

/// A medium that a record names, or that a member sent.
pub(crate) struct Medium {
    /// Its bytes.
    pub(crate) sha256: MediaHash,
    /// How many bytes it has.
    pub(crate) bytes: i64,
    /// Some record of its owner names it.
    pub(crate) is_named: bool,
}

/// Returns a project's media, one row per owner.
pub(crate) async fn media(conn: &mut Connection, project: ProjectId) -> Result<Vec<Medium>> {
    let rows: Vec<(Vec<u8>, i64, bool)> = sqlx::query_as(
        "SELECT m.sha256, m.bytes, EXISTS (
             SELECT 1 FROM record_medium l JOIN record r ON r.id = l.record_id
             WHERE l.sha256 = m.sha256 AND r.project_id = m.project_id AND r.author_id = m.owner_id)
         FROM medium m WHERE m.project_id = $1",
    )
    .bind(project.uuid())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(sha256, bytes, is_named)| Ok(Medium { sha256: media_hash(sha256)?, bytes, is_named }))
        .collect()
}

/// A medium that a live entry names.
pub(crate) struct NamedMedium {
    /// The entry.
    pub(crate) entry: RecordId,
    /// The medium.
    pub(crate) sha256: MediaHash,
    /// The entry's maker sent it.
    pub(crate) is_sent: bool,
}

/// Returns every medium that a live entry of a project names.
pub(crate) async fn named_media(conn: &mut Connection, project: ProjectId) -> Result<Vec<NamedMedium>> {
    let rows: Vec<(Uuid, Vec<u8>, bool)> = sqlx::query_as(
        "SELECT r.id, l.sha256, EXISTS (
             SELECT 1 FROM medium m
             WHERE m.project_id = r.project_id AND m.sha256 = l.sha256 AND m.owner_id = r.author_id)
         FROM record r JOIN record_medium l ON l.record_id = r.id
         WHERE r.project_id = $1 AND r.kind = $2 AND r.deleted_ms IS NULL AND NOT r.is_erased",
    )
    .bind(project.uuid())
    .bind(KIND_ENTRY)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(entry, sha256, is_sent)| {
            Ok(NamedMedium { entry: RecordId::from_uuid(entry), sha256: media_hash(sha256)?, is_sent })
        })
        .collect()
}
