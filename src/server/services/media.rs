//! Taking in pictures, handing them out, and removing the files of those that nobody has any more.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::{MediaHash, ProjectId};
use futures_util::{Stream, StreamExt, pin_mut};
use media::JpegError;
use object_store::GetResult;
use protocol::{ErrorCode, MAX_MEDIUM_BYTES, MAX_PIXELS, MediaSize};
use sha2::{Digest, Sha256};

use super::records::Released;
use crate::clock::stored;
use crate::error::Error;
use crate::objects::PartialFile;
use crate::repositories::devices::Member;
use crate::repositories::media::{self as stored_media, MediumKey};
use crate::state::App;

/// A sender that is silent for so long has gone.
pub(crate) const SILENCE: Duration = Duration::from_secs(90);

/// What was stored.
pub(crate) struct Received {
    /// How many bytes.
    pub(crate) bytes: u64,
    /// The member had not sent them before.
    pub(crate) is_new: bool,
}

/// Takes in a medium: streams it to a file, and stores it once its hash and structure are right.
///
/// # Errors
/// The code that the phone tells its owner in plain words.
pub(crate) async fn receive<E>(
    app: &Arc<App>,
    member: Member,
    sha256: MediaHash,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Received, Error> {
    let mut file = PartialFile::create(&app.data).await?;
    let received = fill(&mut file, body).await?;
    if received != sha256 {
        return Err(Error::refused(ErrorCode::HashMismatch, "the bytes are not those that the address names"));
    }
    let key = MediumKey { project: member.project, sha256, owner: member.id };
    // A task of its own: a sender who hangs up now has sent everything, and finds it stored when he comes back.
    tokio::spawn(finish(Arc::clone(app), key, file)).await?
}

/// Returns a picture that the member may read.
///
/// # Errors
/// `not_found`, whether it is absent, erased or not allowed.
pub(crate) async fn read(app: &App, member: Member, sha256: MediaHash, size: MediaSize) -> Result<GetResult, Error> {
    let mut tx = app.db.snapshot().await?;
    let may_read = stored_media::may_read(&mut tx, member.project, sha256, member.id).await?;
    drop(tx);
    if !may_read {
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

async fn fill<E>(file: &mut PartialFile, body: impl Stream<Item = Result<Bytes, E>>) -> Result<MediaHash, Error> {
    pin_mut!(body);
    let broken_off = || Error::refused(ErrorCode::BadRequest, "the bytes stopped arriving");
    let mut hasher = Sha256::new();
    let mut length = 0;
    while let Some(part) = tokio::time::timeout(SILENCE, body.next()).await.map_err(|_| broken_off())? {
        let part = part.map_err(|_| broken_off())?;
        length += part.len();
        if length > MAX_MEDIUM_BYTES {
            return Err(too_large());
        }
        hasher.update(&part);
        file.append(&part).await?;
    }
    Ok(MediaHash(hasher.finalize().into()))
}

async fn finish(app: Arc<App>, key: MediumKey, mut file: PartialFile) -> Result<Received, Error> {
    let _place = app.finishing.acquire().await.map_err(|_| Error::Broken("the server is ending".to_owned()))?;
    let bytes: Bytes = file.read().await?.into();
    let walked = bytes.clone();
    tokio::task::spawn_blocking(move || inspect(&walked)).await??;

    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let _lock = app.objects.lock(key.sha256).await;
    app.objects.put(key.project, key.sha256, MediaSize::Large, bytes).await?;
    let mut tx = app.db.begin().await?;
    let is_new = stored_media::insert(&mut tx, key, length, stored(app.now())).await?;
    tx.commit().await?;
    app.medium_arrived.notify_one();
    Ok(Received { bytes: length, is_new })
}

/// Looks at a picture from its first byte to its last, without decoding it.
fn inspect(bytes: &[u8]) -> Result<(), Error> {
    let header = media::walk_jpeg(bytes).map_err(|error| match error {
        JpegError::NotJpeg => Error::refused(ErrorCode::NotAnImage, "only JPEG is taken"),
        JpegError::Broken => Error::refused(ErrorCode::BrokenImage, "the JPEG is broken or cut off"),
        JpegError::CarriesMetadata => {
            Error::refused(ErrorCode::CarriesMetadata, "the JPEG carries more than a picture and its colours")
        }
    })?;
    if header.pixels() > MAX_PIXELS {
        return Err(Error::refused(ErrorCode::TooManyPixels, format!("a picture has at most {MAX_PIXELS} pixels")));
    }
    Ok(())
}

/// Makes the refusal of a medium that is too large.
pub(crate) fn too_large() -> Error {
    Error::refused(ErrorCode::MediumTooLarge, format!("a medium has at most {MAX_MEDIUM_BYTES} bytes"))
}
