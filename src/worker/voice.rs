//! From what was recorded to a voice note that may leave the phone.

use js_sys::{Object, Reflect};
use media::{walk_voice, whole_voice};
use protocol::MAX_SOUND_MS;
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;
use web_sys::Blob;

use crate::photo::bytes_of;

/// Looks at a recording from its first byte to its last. One that was cut off, because the browser was killed, is a voice note as far
/// as it is whole.
///
/// Returns `{kind, sha256, bytes, ms}`: how many of its first bytes are the voice note, and what that is.
///
/// # Errors
/// `no_sound` where there is none (yet), or more than sound; `too_long`; `unreadable`.
pub async fn ready_voice(recording: &Blob) -> Result<Object, &'static str> {
    let bytes = bytes_of(recording).await.ok_or("unreadable")?;
    let whole = whole_voice(&bytes).and_then(|whole| bytes.get(..whole)).ok_or("no_sound")?;
    let voice = walk_voice(whole).map_err(|_| "no_sound")?;
    if voice.ms > MAX_SOUND_MS {
        return Err("too_long");
    }
    let sha256: String = Sha256::digest(whole).iter().map(|byte| format!("{byte:02x}")).collect();
    let result = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&result, &name.into(), &value).map(drop);
    set("kind", voice.key().into())
        .and_then(|()| set("sha256", sha256.into()))
        .and_then(|()| set("bytes", whole.len().into()))
        .and_then(|()| set("ms", (voice.ms as u32).into()))
        .map_err(|_| "unreadable")?;
    Ok(result)
}
