//! The background check of media: a picture is decoded whole, and made small, before it is shown to others. A voice note was walked
//! when it came; where there is ffmpeg, it gets another form, and is shown with it or, should that fail, without.
//!
//! The queue is the database: what is `held` waits for its check, also after a restart.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use domain::VoiceKind;
use futures_util::StreamExt;
use futures_util::stream;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::{ColorType, DynamicImage, ImageDecoder, ImageEncoder, Limits};
use protocol::{ErrorCode, MediumState};

use super::records;
use crate::converter::Converter;
use crate::error::Error;
use crate::objects::Form;
use crate::repositories::media::{self, MediumKey, MediumKind};
use crate::repositories::records as stored_records;
use crate::state::App;

/// The long edge of the small picture, in pixels.
const SMALL_EDGE: u32 = 400;

/// How well the small picture is kept.
const SMALL_QUALITY: u8 = 80;

/// The most memory that decoding one picture may take: the largest that is taken, in colour, and room to work.
const MAX_DECODED_BYTES: u64 = protocol::MAX_PIXELS * 4;

/// How many media are looked up at a time.
const BATCH: i64 = 500;

/// When a check failed for a reason that is not the picture's, it is tried again after this.
const RETRY: Duration = Duration::from_secs(15);

/// Nothing is decoded until no upload was being stored for so long.
const QUIET: Duration = Duration::from_millis(100);

/// How long one check waits for that, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(10);

/// Checks media as they arrive. May be dropped at any moment.
pub(crate) async fn run(app: Arc<App>) {
    loop {
        let pause = match check_held(&app).await {
            Ok(0) => Duration::MAX,
            Ok(failed) => {
                tracing::warn!(failed, "some pictures are checked again later");
                RETRY
            }
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, "the check of pictures failed");
                RETRY
            }
        };
        tokio::select! {
            () = app.medium_arrived.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Checks all media that wait; returns how many could not be.
pub(crate) async fn check_held(app: &Arc<App>) -> Result<usize, Error> {
    let mut failed = BTreeSet::new();
    // Whoever called saw something arrive.
    let busy = &Mutex::new(Instant::now());
    loop {
        let mut tx = app.db.snapshot().await?;
        let held = media::held(&mut tx, BATCH).await?;
        drop(tx);
        let waiting: Vec<_> = held.into_iter().filter(|(key, _)| !failed.contains(key)).collect();
        if waiting.is_empty() {
            return Ok(failed.len());
        }
        let checks = stream::iter(waiting).map(|(key, kind)| async move {
            give_way(app, busy).await;
            let checked = match kind {
                MediumKind::Picture => check(app, key).await,
                MediumKind::Voice(kind) => check_voice(app, key, kind).await,
            };
            (key, checked)
        });
        let mut checks = std::pin::pin!(checks.buffer_unordered(decoders()));
        while let Some((key, checked)) = checks.next().await {
            if let Err(error) = checked {
                let error: &dyn std::error::Error = &error;
                tracing::error!(error, project.id = %key.project, "a medium could not be checked");
                failed.insert(key);
            }
        }
    }
}

/// Lets uploads go first, but not for ever: decoding takes longer than all that comes before a phone hears that its picture
/// is safe. `busy` is when one was last seen.
async fn give_way(app: &App, busy: &Mutex<Instant>) {
    let until = Instant::now() + PATIENCE;
    loop {
        let now = Instant::now();
        let quiet_since = {
            let mut busy = busy.lock().unwrap_or_else(PoisonError::into_inner);
            if app.is_finishing() {
                *busy = now;
            }
            *busy
        };
        if now >= until || now.duration_since(quiet_since) >= QUIET {
            return;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// How many pictures are decoded at a time: one core is left for answering.
pub(crate) fn decoders() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() - 1).clamp(1, 2)
}

async fn check_voice(app: &Arc<App>, key: MediumKey, kind: VoiceKind) -> Result<(), Error> {
    let form = Form::as_sent(MediumKind::Voice(kind));
    let Some(sent) = app.objects.get(key.project, key.sha256, form).await? else {
        return settle_missing(app, key).await;
    };
    let sent = sent.bytes().await?;
    let played = match app.converter.clone() {
        Some(converter) => app.background.spawn(move || played(&converter, key, &sent, form)).await?,
        None => None,
    };
    settle(app, key, MediumState::Shown, played.map(|bytes| (Form::Played, bytes))).await
}

/// Makes the form of a voice note that every browser plays. What fails says nothing about the voice note: it was walked.
fn played(converter: &Converter, key: MediumKey, sent: &[u8], form: Form) -> Option<Bytes> {
    let container = if form == Form::Webm { ::media::Container::Webm } else { ::media::Container::Mp4 };
    match converter.convert(&format!("{}-{}", key.owner, key.sha256), sent, container) {
        Ok(played) => Some(played.into()),
        Err(error) => {
            tracing::warn!(project.id = %key.project, %error, "a voice note is handed out as it was sent");
            None
        }
    }
}

async fn settle_missing(app: &App, key: MediumKey) -> Result<(), Error> {
    tracing::error!(project.id = %key.project, "a medium's file is missing: its maker is asked to send it again");
    settle(app, key, MediumState::Missing, None).await
}

async fn check(app: &Arc<App>, key: MediumKey) -> Result<(), Error> {
    let Some(large) = app.objects.get(key.project, key.sha256, Form::Large).await? else {
        return settle_missing(app, key).await;
    };
    let large = large.bytes().await?;
    match app.background.spawn(move || small_picture(&large)).await {
        Ok(Ok(small)) => settle(app, key, MediumState::Shown, Some((Form::Small, small.into()))).await,
        Ok(Err(error)) => {
            tracing::info!(project.id = %key.project, %error, "a picture cannot be decoded and is set aside");
            settle(app, key, MediumState::SetAside { code: ErrorCode::BrokenImage }, None).await
        }
        Err(panic) => {
            tracing::warn!(project.id = %key.project, error = %panic, "decoding a picture ended in panic: it is set aside");
            settle(app, key, MediumState::SetAside { code: ErrorCode::BrokenImage }, None).await
        }
    }
}

/// Writes what the check found, and tells everybody whose view of a record it changes.
async fn settle(app: &App, key: MediumKey, state: MediumState, made: Option<(Form, Bytes)>) -> Result<(), Error> {
    let _lock = app.objects.lock(key.sha256).await;
    let is_sent_again = state == MediumState::Missing && app.objects.size(key.project, key.sha256).await?.is_some();
    if is_sent_again {
        // It was confirmed meanwhile, and is looked at anew.
        return Ok(());
    }
    if let Some((form, bytes)) = made {
        app.objects.put(key.project, key.sha256, form, bytes).await?;
    }
    let mut tx = app.db.begin().await?;
    if media::state(&mut tx, key).await? != MediumState::Held {
        // Erased meanwhile: its files are gone or going, and nothing may stay behind them.
        if !media::has_owner(&mut tx, key.project, key.sha256).await? {
            app.objects.delete(key.project, key.sha256).await?;
        }
        return Ok(());
    }
    media::set_state(&mut tx, key, state).await?;
    for record in stored_records::naming(&mut tx, key.project, key.owner, key.sha256).await? {
        records::save(&mut tx, record, app.now()).await?;
    }
    Ok(tx.commit().await?)
}

fn small_picture(large: &[u8]) -> image::ImageResult<Vec<u8>> {
    let mut decoder = JpegDecoder::new(Cursor::new(large))?;
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    limits.reserve(decoder.total_bytes())?;
    let profile = decoder.icc_profile()?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let edge = SMALL_EDGE.min(picture.width().max(picture.height()));
    let small = picture.thumbnail(edge, edge).into_rgb8();
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, SMALL_QUALITY);
    // The colours mean what they meant in the large picture.
    if let Some(profile) = profile.filter(|profile| picture.color() == ColorType::Rgb8 && is_rgb(profile)) {
        encoder.set_icc_profile(profile).map_err(image::ImageError::Unsupported)?;
    }
    encoder.write_image(small.as_raw(), small.width(), small.height(), ColorType::Rgb8.into())?;
    Ok(jpeg)
}

/// A colour profile names the space of its pictures in its header.
fn is_rgb(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ")
}
