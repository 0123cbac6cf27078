//! Voice notes: from the pieces of a recording to what goes with a draft, and what an entry tells by voice.

use domain::{MAX_VOICE_MS, RecordId, Typed, VoiceKind, VoiceRef};
use protocol::MediaSize;
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::asking::{ask_fresh, get};
use crate::model::{SaveProblem, VoiceProblem};
use crate::{ObjectUrl, Phone};

impl Phone {
    /// Keeps a piece of a draft's recording, in the order in which a recorder hands them over. The first, number 0, takes the place of
    /// what was recorded before.
    ///
    /// # Errors
    /// Why it is not on disk.
    pub async fn add_piece(&self, draft: RecordId, number: u32, piece: &Blob) -> Result<(), SaveProblem> {
        let written = self.capture().write_voice(self.store().add_recorded(draft, number, piece)).await?;
        if written { Ok(()) } else { Err(SaveProblem::NoDraft) }
    }

    /// Makes a voice note of a draft's pieces: all of them, or what is whole of them where the recording broke off.
    ///
    /// # Errors
    /// Why there is none; the pieces stay.
    pub async fn end_recording(&self, draft: RecordId) -> Result<VoiceRef, VoiceProblem> {
        let storage = |error| VoiceProblem::Storage(SaveProblem::from(error));
        let recorded = self.store().recorded(draft).await.map_err(storage)?.ok_or(VoiceProblem::NoSound)?;
        let answer = ask_fresh("cover-worker", "voice", &recorded).await.ok_or(VoiceProblem::NotHere)?;
        let voice = match get(&answer, "error").as_string().as_deref() {
            Some("no_sound") => return Err(VoiceProblem::NoSound),
            Some("too_long") => return Err(VoiceProblem::TooLong),
            Some(_) => return Err(VoiceProblem::NotHere),
            None => read(&get(&answer, "ok")).ok_or(VoiceProblem::NotHere)?,
        };
        let (end, kind) = (f64::from(voice.bytes), voice.kind.content_type());
        let whole = recorded.slice_with_f64_and_f64_and_content_type(0.0, end, kind);
        let whole = whole.map_err(|_| VoiceProblem::NotHere)?;
        let ended = self.capture().write_voice(self.store().end_recorded(draft, voice, &whole)).await;
        if ended.map_err(VoiceProblem::Storage)? { Ok(voice) } else { Err(VoiceProblem::NoSound) }
    }

    /// Throws a draft's recording away.
    ///
    /// # Errors
    /// Why it is still there.
    pub async fn drop_voice(&self, draft: RecordId) -> Result<(), SaveProblem> {
        self.capture().write_voice(self.store().drop_recorded(draft)).await
    }

    /// Returns an address at which a draft's recording can be heard, ready or not.
    pub async fn draft_voice(&self, draft: RecordId) -> Option<ObjectUrl> {
        ObjectUrl::new(&self.store().recorded(draft).await.ok()??)
    }

    /// Returns what somebody who guides the project typed of the voice note of an own entry.
    pub async fn typed_by_guide(&self, entry: RecordId) -> Option<String> {
        let project = self.own_entry(entry).await?.project?;
        let held = self.project_records(project).await;
        let mut typed = held.views.iter().filter_map(Typed::from_view).filter(|(about, _)| *about == entry);
        typed.next_back().map(|(_, text)| text)
    }

    /// Returns an address at which the voice note of an entry can be heard: from this phone, else fetched and kept. `None` when there
    /// is none and no network.
    pub async fn voice(&self, record: RecordId, voice: VoiceRef) -> Option<ObjectUrl> {
        let bytes = self.medium(record, voice.sha256, MediaSize::Played).await?;
        if bytes.type_().starts_with("audio/") {
            return ObjectUrl::new(&bytes);
        }
        // A browser that keeps no Blobs has forgotten what kind it is.
        let kind = voice.kind.content_type();
        ObjectUrl::new(&bytes.slice_with_f64_and_f64_and_content_type(0.0, bytes.size(), kind).ok()?)
    }
}

/// Reads `{kind, sha256, bytes, ms}`.
fn read(ok: &JsValue) -> Option<VoiceRef> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bytes and milliseconds of one recording"
    )]
    let number = |name: &str| get(ok, name).as_f64().map(|number| number as u32);
    Some(VoiceRef {
        kind: VoiceKind::from_key(&get(ok, "kind").as_string()?)?,
        sha256: get(ok, "sha256").as_string()?.parse().ok()?,
        bytes: number("bytes")?,
        // A recorder that is stopped at the end stops a little later.
        ms: number("ms")?.min(MAX_VOICE_MS),
    })
}
