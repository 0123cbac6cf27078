//! Handing out pictures, and removing the files of those that nobody has any more.

use domain::{MediaHash, ProjectId};
use object_store::GetResult;
use protocol::{MediaSize, OLDEST_VERSION};

use super::records::Released;
use super::sight;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media as stored_media;
use crate::state::App;

/// Returns a picture that the member may read.
///
/// # Errors
/// `not_found`, whether it is absent, erased or not allowed.
pub(crate) async fn read(app: &App, member: Member, sha256: MediaHash, size: MediaSize) -> Result<GetResult, Error> {
    // A photo is read through an entry, which every phone knows.
    let reader = sight::reader(member, OLDEST_VERSION);
    if !stored_media::may_read(&mut *app.db.look().await?, member.project, sha256, reader).await? {
        return Err(Error::not_found());
    }
    let picture = app.objects.get(member.project, sha256, size).await?;
    if picture.is_none() && size == MediaSize::Large {
        tracing::error!(project.id = %member.project, "a picture's file is missing");
    }
    picture.ok_or_else(Error::not_found)
}

/// Removes the files of media that have no owner. What fails here is collected later.
pub(crate) async fn remove_files(app: &App, project: ProjectId, released: Released) {
    for sha256 in released {
        if let Err(error) = remove_file(app, project, sha256).await {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(error, project.id = %project, "a picture's file stays until the next collection");
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
