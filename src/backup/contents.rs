//! What lies in a backup, and under which names.

use domain::{MediaHash, ProjectId, Record, VoiceKind, VoiceRef};

/// The text that a person opens.
pub(crate) const INDEX: &str = "index.html";

/// The entries, for putting back.
pub(crate) const ENTRIES: &str = "entries.json";

/// What the entries' text calls itself.
pub(crate) const FORMAT: &str = "wijkbeeld-backup";

/// The version of that text. A reader takes its own and older ones.
pub(crate) const VERSION: u64 = 1;

/// Returns the name of a photo's file.
pub(crate) fn photo_name(sha256: MediaHash) -> String {
    format!("photos/{sha256}.jpg")
}

/// Returns the name of a voice note's file.
pub(crate) fn voice_name(voice: &VoiceRef) -> String {
    let extension = match voice.kind {
        VoiceKind::WebmOpus => "webm",
        VoiceKind::Mp4Aac | VoiceKind::Mp4Opus => "m4a",
    };
    format!("voices/{}.{extension}", voice.sha256)
}

/// An own entry as a backup holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct BackupEntry {
    /// The project for which it was made; `None` before joining any.
    pub project: Option<ProjectId>,
    /// The entry, with every stamp.
    pub record: Record,
}

domain::plain!(BackupEntry { project, record });
