//! Uploads that come whole and soon: nothing of them could be gone on with later, so they have no file before their hash is right.

use std::time::Duration;

use bytes::Bytes;
use domain::MediaHash;
use futures_util::{Stream, StreamExt};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, timeout_at};

use super::upload::{Received, Sending, broken_off, inspect, is_named_by, note};
use crate::claims::Claim;
use crate::error::Error;
use crate::objects::Form;
use crate::repositories::media::MediumKey;
use crate::state::App;

/// The most bytes that such an upload has, all of them in memory.
const SMALL: u64 = 1024 * 1024;

/// The longest that its bytes are in memory alone. What takes longer goes to disk as it comes.
const SOON: Duration = Duration::from_millis(250);

/// Says whether an upload may be stored without having been a partial.
pub(super) fn may_be<S>(sending: &Sending<S>) -> bool {
    sending.offset.is_none() && sending.is_last && sending.length.is_some_and(|length| length <= SMALL)
}

/// The beginning of an upload, or all of it, in memory.
#[derive(Default)]
pub(super) struct Begun {
    /// What came.
    pub(super) bytes: Vec<u8>,
    hasher: Sha256,
}

impl Begun {
    fn add(&mut self, part: &[u8]) {
        self.bytes.extend_from_slice(part);
        self.hasher.update(part);
    }

    fn sha256(&self) -> MediaHash {
        MediaHash(self.hasher.clone().finalize().into())
    }
}

/// Reads what comes whole and soon, which has no need of a file that could outlive it; `false` when it takes longer.
pub(super) async fn gather<S, E>(begun: &mut Begun, claim: &Claim, sending: &mut Sending<S>) -> Result<bool, Error>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let length = sending.length.unwrap_or(0);
    begun.bytes.reserve_exact(usize::try_from(length).unwrap_or(0));
    let until = Instant::now() + SOON;
    while (begun.bytes.len() as u64) < length {
        let part = tokio::select! {
            biased;
            () = claim.overtaken() => return Err(broken_off()),
            part = timeout_at(until, sending.body.next()) => part,
        };
        let Ok(part) = part else { return Ok(false) };
        begun.add(&part.ok_or_else(broken_off)?.map_err(|_| broken_off())?);
    }
    Ok(true)
}

/// Stores what came whole in one request.
pub(super) async fn store(app: &App, key: MediumKey, begun: Begun) -> Result<Received, Error> {
    is_named_by(key.sha256, begun.sha256())?;
    let kind = inspect(&begun.bytes)?;
    let lock = app.objects.lock(key.sha256).await;
    let length = begun.bytes.len() as u64;
    app.objects.put_whole(key, Form::as_sent(kind), begun.bytes, app.partials.clone()).await?;
    note(app, key, kind, length, lock).await
}
