//! Taking in pictures and voice notes: what broke off is kept and goes on from there; what is whole and as it should be is stored.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::{MAX_VOICE_BYTES, MediaHash, MemberId, ProjectId, VoiceKind};
use futures_util::{Stream, StreamExt};
use media::{JpegError, VoiceError};
use protocol::{ErrorCode, MAX_MEDIUM_BYTES, MAX_PIXELS, MAX_SOUND_MS, UnfinishedUpload};
use tokio::sync::MutexGuard;

use super::at_once::{self, Begun};
use super::{arrivals, media as media_files};
use crate::claims::Claim;
use crate::error::Error;
use crate::objects::{Partial, PartialFile};
use crate::repositories::media::{self as stored_media, MediumKey, MediumKind};
use crate::state::App;

/// A sender that is silent for so long has gone.
pub(crate) const SILENCE: Duration = Duration::from_secs(90);

/// How long an upload that broke off is kept at the least.
pub(crate) const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// How many unfinished uploads of one member are kept; one more, and the longest untouched goes.
pub(crate) const MAX_PARTIALS: usize = 16;

/// How many bytes of one member's unfinished uploads are kept.
pub(crate) const MAX_PARTIAL_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes on their way.
pub(crate) struct Sending<S> {
    /// At which byte of the medium they begin; `None`: at the first, whatever is held.
    pub(crate) offset: Option<u64>,
    /// The medium ends with them.
    pub(crate) is_last: bool,
    /// How many they are, where the sender said so.
    pub(crate) length: Option<u64>,
    /// The bytes.
    pub(crate) body: S,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Received {
    /// The medium is stored.
    Whole {
        /// How many bytes it has.
        bytes: u64,
        /// The member had not sent it before.
        is_new: bool,
    },
    /// So many bytes of it are held, and more are to come.
    Part(u64),
    /// So many bytes of it are held: these would not have gone on from there.
    Elsewhere(u64),
}

/// How much of a medium the server holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// The bytes from its beginning.
    pub(crate) bytes: u64,
    /// They are the whole medium, and stored.
    pub(crate) is_whole: bool,
}

/// Takes in a medium or a part of it; ends an earlier request that still works on the same. `sent`: how many bytes it has, if the
/// member had sent it a moment ago.
///
/// # Errors
/// The code that the phone tells its owner in plain words.
pub(crate) async fn receive<S, E>(
    app: &Arc<App>,
    key: MediumKey,
    sent: Option<u64>,
    sending: Sending<S>,
) -> Result<Received, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static,
    E: Send + 'static,
{
    let begins_at = sending.offset.unwrap_or(0);
    if begins_at.saturating_add(sending.length.unwrap_or(0)) > MAX_BYTES {
        return Err(too_large());
    }
    let claim = app.claims.claim(key).await.ok_or_else(broken_off)?;
    let stored = if claim.has_waited() { stored_bytes(app, key).await? } else { if_there(app, key, sent).await? };
    if let Some(bytes) = stored {
        read_away(sending.body, MAX_BYTES);
        return Ok(Received::Whole { bytes, is_new: false });
    }
    let going_on = if sending.offset.is_some() { app.partials.resume(key).await? } else { None };
    let held = going_on.as_ref().map_or(0, PartialFile::length);
    if sending.offset.is_some_and(|offset| offset != held) {
        read_away(sending.body, MAX_BYTES);
        return Ok(Received::Elsewhere(held));
    }
    // A task of its own: when the connection breaks, the request ends at once, and what arrived is still to be kept.
    tokio::spawn(take(Arc::clone(app), claim, key, going_on, sending)).await?
}

/// Says how much of a medium is held; ends a request that still works on it, so that this stays true.
pub(crate) async fn held(app: &App, key: MediumKey) -> Result<Held, Error> {
    let _claim = app.claims.claim(key).await.ok_or_else(broken_off)?;
    match stored_bytes(app, key).await? {
        Some(bytes) => Ok(Held { bytes, is_whole: true }),
        None => Ok(Held { bytes: app.partials.held(key).await?, is_whole: false }),
    }
}

/// Returns the uploads of a member that broke off, or that run.
pub(crate) async fn unfinished(
    app: &App,
    project: ProjectId,
    member: MemberId,
) -> Result<Vec<UnfinishedUpload>, Error> {
    let partials = app.partials.of_member(project, member).await?;
    let begun = partials.into_iter().filter(|partial| partial.bytes > 0);
    Ok(begun.map(|partial| UnfinishedUpload { project, sha256: partial.key.sha256, offset: partial.bytes }).collect())
}

/// Returns how many bytes a medium has that this member sent, if they are all there.
async fn stored_bytes(app: &App, key: MediumKey) -> Result<Option<u64>, Error> {
    let sent = stored_media::bytes(&mut *app.db.look().await?, key).await?;
    if_there(app, key, sent).await
}

async fn if_there(app: &App, key: MediumKey, sent: Option<u64>) -> Result<Option<u64>, Error> {
    let Some(bytes) = sent else { return Ok(None) };
    Ok(app.objects.size(key.project, key.sha256).await?.filter(|size| *size == bytes))
}

/// Forgets a member's longest untouched uploads, so that one more of any size has its place.
async fn make_room(app: &App, partials: Vec<Partial>) -> Result<(), Error> {
    let (mut count, mut bytes) = (partials.len(), partials.iter().map(|partial| partial.bytes).sum::<u64>());
    for partial in partials {
        if count < MAX_PARTIALS && bytes + MAX_BYTES <= MAX_PARTIAL_BYTES {
            break;
        }
        let Some(_claim) = app.claims.claim_idle(partial.key) else { continue };
        app.partials.remove(partial.key).await?;
        count -= 1;
        bytes -= partial.bytes;
    }
    Ok(())
}

async fn take<S, E>(
    app: Arc<App>,
    claim: Claim,
    key: MediumKey,
    going_on: Option<PartialFile>,
    mut sending: Sending<S>,
) -> Result<Received, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let mut begun = Begun::default();
    let place = if at_once::may_be(&sending) { app.at_once.try_acquire().ok() } else { None };
    let gathered = match &place {
        Some(_) => at_once::gather(&mut begun, &claim, &mut sending).await,
        None => Ok(false),
    };
    if let Ok(true) = gathered {
        let stored = at_once::store(&app, key, begun).await;
        if matches!(stored, Err(Error::Refused(_))) {
            app.partials.remove(key).await?;
        }
        return stored;
    }
    let mut file = match going_on {
        Some(file) => file,
        None => start(&app, key).await?,
    };
    file.append(begun.bytes.into()).await?;
    drop(place);
    let is_last = sending.is_last;
    let filled = match gathered {
        Ok(_) => fill(&mut file, &claim, sending).await,
        Err(error) => Err(error),
    };
    let taken = match filled {
        Ok(()) if is_last => finish(&app, key, &file).await,
        Ok(()) => Ok(Received::Part(file.length())),
        Err(error) => Err(error),
    };
    let is_wrong = match &taken {
        Ok(Received::Whole { .. }) => return taken,
        Ok(Received::Part(_) | Received::Elsewhere(_)) => false,
        // Whatever was refused would be refused again, unless it merely broke off.
        Err(Error::Refused(refused)) => refused.code != ErrorCode::BadRequest,
        Err(_) => false,
    };
    if is_wrong || file.length() == 0 {
        app.partials.remove(key).await?;
    } else {
        file.keep(app.now()).await?;
    }
    taken
}

/// Begins a file for what is to be kept if it breaks off.
async fn start(app: &App, key: MediumKey) -> Result<PartialFile, Error> {
    let (file, others) = app.partials.start(key).await?;
    make_room(app, others).await?;
    Ok(file)
}

/// Writes bytes as they come, until they end or a later request wants to go on.
async fn fill<S, E>(file: &mut PartialFile, claim: &Claim, mut sending: Sending<S>) -> Result<(), Error>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let end = sending.length.map(|length| sending.offset.unwrap_or(0) + length);
    loop {
        let part = tokio::select! {
            biased;
            () = claim.overtaken() => return Err(broken_off()),
            part = tokio::time::timeout(SILENCE, sending.body.next()) => part.map_err(|_| broken_off())?,
        };
        let Some(part) = part else { break };
        let part = part.map_err(|_| broken_off())?;
        if file.length() + part.len() as u64 > MAX_BYTES {
            return Err(too_large());
        }
        file.append(part).await?;
    }
    // A body may seem to end where its connection did.
    if end.is_some_and(|end| end != file.length()) { Err(broken_off()) } else { Ok(()) }
}

/// Stores what came in several requests, or slowly.
async fn finish(app: &App, key: MediumKey, file: &PartialFile) -> Result<Received, Error> {
    is_named_by(key.sha256, file.sha256())?;
    let _place = app.finishing.acquire().await.map_err(|_| Error::Broken("the server is ending".to_owned()))?;
    let lock = app.objects.lock(key.sha256).await;
    let kind = file.move_to(&app.objects, key, inspect).await??;
    note(app, key, kind, file.length(), lock).await
}

/// Notes what lies at its place.
pub(super) async fn note(
    app: &App,
    key: MediumKey,
    kind: MediumKind,
    bytes: u64,
    lock: MutexGuard<'_, ()>,
) -> Result<Received, Error> {
    let noted = arrivals::note(app, key, kind, bytes).await;
    drop(lock);
    if matches!(noted, Err(Error::Refused(_))) {
        media_files::remove_files(app, key.project, [key.sha256].into()).await;
    }
    app.medium_arrived.notify_one();
    Ok(Received::Whole { bytes, is_new: noted? })
}

pub(super) fn is_named_by(address: MediaHash, bytes: MediaHash) -> Result<(), Error> {
    if address != bytes {
        return Err(Error::refused(ErrorCode::HashMismatch, "the bytes are not those that the address names"));
    }
    Ok(())
}

/// Looks at a medium from its first byte to its last, without decoding it, and says what it is.
pub(super) fn inspect(bytes: &[u8]) -> Result<MediumKind, Error> {
    match media::walk_voice(bytes) {
        Err(VoiceError::NotVoice) => inspect_picture(bytes),
        Err(VoiceError::Broken) => Err(Error::refused(ErrorCode::BrokenVoice, "the voice note is broken or cut off")),
        Err(VoiceError::CarriesMetadata) => {
            Err(Error::refused(ErrorCode::CarriesMetadata, "the voice note carries more than one track of sound"))
        }
        Ok(_) if bytes.len() as u64 > u64::from(MAX_VOICE_BYTES) => {
            Err(Error::refused(ErrorCode::MediumTooLarge, format!("a voice note has at most {MAX_VOICE_BYTES} bytes")))
        }
        Ok(voice) if voice.ms > MAX_SOUND_MS => {
            Err(Error::refused(ErrorCode::VoiceTooLong, format!("a voice note sounds for at most {MAX_SOUND_MS} ms")))
        }
        Ok(voice) => {
            let kind = VoiceKind::from_key(voice.key());
            kind.map(MediumKind::Voice).ok_or_else(|| Error::Broken(format!("no kind is called {}", voice.key())))
        }
    }
}

fn inspect_picture(bytes: &[u8]) -> Result<MediumKind, Error> {
    let header = media::walk_jpeg(bytes).map_err(|error| match error {
        JpegError::NotJpeg => {
            Error::refused(ErrorCode::NotAnImage, "only JPEG is taken, and voice notes in WebM or MP4")
        }
        JpegError::Broken => Error::refused(ErrorCode::BrokenImage, "the JPEG is broken or cut off"),
        JpegError::CarriesMetadata => {
            Error::refused(ErrorCode::CarriesMetadata, "the JPEG carries more than a picture and its colours")
        }
    })?;
    if header.pixels() > MAX_PIXELS {
        return Err(Error::refused(ErrorCode::TooManyPixels, format!("a picture has at most {MAX_PIXELS} pixels")));
    }
    Ok(MediumKind::Picture)
}

/// Reads what is not wanted: a browser hears no answer before it has sent everything, and loses it when the connection is closed.
pub(crate) fn read_away<E>(body: impl Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static, most_bytes: u64)
where
    E: Send + 'static,
{
    tokio::spawn(async move {
        let mut body = body;
        let mut left = most_bytes;
        while let Ok(Some(Ok(part))) = tokio::time::timeout(SILENCE, body.next()).await {
            let Some(rest) = left.checked_sub(part.len() as u64) else { break };
            left = rest;
        }
    });
}

pub(super) fn broken_off() -> Error {
    Error::refused(ErrorCode::BadRequest, "the bytes stopped arriving")
}

fn too_large() -> Error {
    Error::refused(ErrorCode::MediumTooLarge, format!("a medium has at most {MAX_MEDIUM_BYTES} bytes"))
}

const MAX_BYTES: u64 = MAX_MEDIUM_BYTES as u64;
