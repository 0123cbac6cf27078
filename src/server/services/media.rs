//! Handing out pictures and voice notes, and removing the files of those that nobody has any more.

use domain::{MediaHash, ProjectId, VoiceKind};
use object_store::GetResult;
use protocol::{MediaSize, OLDEST_VERSION};

use super::records::Released;
use super::sight;
use crate::error::Error;
use crate::objects::Form;
use crate::repositories::devices::Member;
use crate::repositories::media::{self as stored_media, MediumKind};
use crate::state::App;

/// Returns a medium that the member may read, and what browsers call its kind.
///
/// # Errors
/// `not_found`, whether it is absent, erased or not allowed.
pub(crate) async fn read(
    app: &App,
    member: Member,
    sha256: MediaHash,
    size: MediaSize,
) -> Result<(GetResult, &'static str), Error> {
    // A medium is read through an entry, which every phone knows.
    let reader = sight::reader(member, OLDEST_VERSION);
    let readable = stored_media::readable(&mut *app.db.look().await?, member.project, sha256, reader).await?;
    let kind = readable.ok_or_else(Error::not_found)?;
    let made = match (kind, size) {
        (MediumKind::Picture, MediaSize::Small) => Some((Form::Small, PICTURE)),
        (MediumKind::Voice(_), MediaSize::Played) => Some((Form::Played, PLAYED)),
        (_, MediaSize::Large) => None,
        (MediumKind::Picture, MediaSize::Played) | (MediumKind::Voice(_), MediaSize::Small) => {
            return Err(Error::not_found());
        }
    };
    if let Some((form, content_type)) = made {
        match app.objects.get(member.project, sha256, form).await? {
            Some(found) => return Ok((found, content_type)),
            None if kind == MediumKind::Picture => return Err(Error::not_found()),
            // Where it could not be made, the voice note is played as it was sent.
            None => {}
        }
    }
    let sent = app.objects.get(member.project, sha256, Form::as_sent(kind)).await?;
    if sent.is_none() {
        tracing::error!(project.id = %member.project, "a medium's file is missing");
    }
    let content_type = match kind {
        MediumKind::Picture => PICTURE,
        MediumKind::Voice(kind) => kind.content_type(),
    };
    Ok((sent.ok_or_else(Error::not_found)?, content_type))
}

const PICTURE: &str = "image/jpeg";

const PLAYED: &str = VoiceKind::Mp4Aac.content_type();

/// Removes the files of media that have no owner. What fails here is collected later.
pub(crate) async fn remove_files(app: &App, project: ProjectId, released: Released) {
    for sha256 in released {
        if let Err(error) = remove_file(app, project, sha256).await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, project.id = %project, "a medium's file stays until the next collection");
        }
    }
}

async fn remove_file(app: &App, project: ProjectId, sha256: MediaHash) -> Result<(), Error> {
    let _lock = app.objects.lock(sha256).await;
    let mut tx = app.db.snapshot().await?;
    // Somebody may have sent the same bytes meanwhile.
    if !stored_media::has_owner(&mut tx, project, sha256).await? {
        app.objects.delete(project, sha256).await?;
    }
    Ok(())
}
