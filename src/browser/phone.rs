//! What screens ask of this phone.

use domain::{EntryEdit, JoinCode, MediaHash, ProjectId, RecordId, Theme, Valence};
use protocol::MediaSize;
use web_sys::File;

use crate::{
    Change, Draft, JoinOutcome, Memberships, ObjectUrl, OpenProblem, OwnEntry, PhotoId, SaveProblem, Status, Storage,
    WallEntry,
};

/// This phone: a handle that is cheap to clone.
#[derive(Clone)]
pub struct Phone(send_wrapper::SendWrapper<()>);

/// Ends when dropped.
pub struct Subscription;

#[expect(unused_variables, clippy::unused_async, clippy::unimplemented, reason = "being written")]
impl Phone {
    /// Opens the phone's storage and starts syncing.
    ///
    /// # Errors
    /// Why the storage cannot be opened.
    pub async fn open() -> Result<Self, OpenProblem> {
        unimplemented!()
    }

    /// Calls `told` after each change, whichever tab made it.
    pub fn subscribe(&self, told: impl Fn(Change) + 'static) -> Subscription {
        unimplemented!()
    }

    // Capture.

    /// Begins a draft with these files; they go to disk at once, in the background, and are made ready one by one.
    pub fn begin(&self, files: Vec<File>) -> RecordId {
        unimplemented!()
    }

    /// Adds photos to a draft.
    pub fn add_photos(&self, draft: RecordId, files: Vec<File>) {
        unimplemented!()
    }

    /// Takes a photo out of a draft.
    pub async fn remove_photo(&self, draft: RecordId, photo: PhotoId) {
        unimplemented!()
    }

    /// Returns a draft.
    pub async fn draft(&self, id: RecordId) -> Option<Draft> {
        unimplemented!()
    }

    /// Returns the drafts that were not saved, newest first.
    pub async fn drafts(&self) -> Vec<Draft> {
        unimplemented!()
    }

    /// Returns an address at which a draft's photo can be seen, as soon as it was chosen.
    pub async fn preview(&self, photo: PhotoId) -> Option<ObjectUrl> {
        unimplemented!()
    }

    /// Writes the valence into a draft.
    pub async fn set_valence(&self, draft: RecordId, valence: Valence) {
        unimplemented!()
    }

    /// Writes the themes into a draft.
    pub async fn set_themes(&self, draft: RecordId, themes: Vec<Theme>) {
        unimplemented!()
    }

    /// Writes the story into a draft.
    pub async fn set_story(&self, draft: RecordId, story: String) {
        unimplemented!()
    }

    /// Saves a draft as an entry: waits until its photos are ready, then writes all in one transaction.
    ///
    /// # Errors
    /// Why it was not saved; the draft stays.
    pub async fn save(&self, draft: RecordId) -> Result<RecordId, SaveProblem> {
        unimplemented!()
    }

    /// Throws a draft away.
    pub async fn discard(&self, draft: RecordId) {
        unimplemented!()
    }

    // Entries.

    /// Returns own entries of the current project, newest first; those put away too (`entry.is_deleted`).
    pub async fn own_entries(&self) -> Vec<OwnEntry> {
        unimplemented!()
    }

    /// Returns one own entry.
    pub async fn own_entry(&self, id: RecordId) -> Option<OwnEntry> {
        unimplemented!()
    }

    /// Changes an own entry.
    ///
    /// # Errors
    /// Why it was not changed.
    pub async fn edit(&self, id: RecordId, edit: EntryEdit) -> Result<(), SaveProblem> {
        unimplemented!()
    }

    /// Erases an own entry for ever: here, and on every phone and the server once there is network.
    ///
    /// # Errors
    /// Why it was not erased.
    pub async fn erase(&self, id: RecordId) -> Result<(), SaveProblem> {
        unimplemented!()
    }

    /// Sends again what was set aside of an own entry.
    pub async fn retry(&self, id: RecordId) {
        unimplemented!()
    }

    /// Returns everyone's entries of the current project, newest first, as far as this phone has fetched them.
    pub async fn wall(&self) -> Vec<WallEntry> {
        unimplemented!()
    }

    /// Returns one entry of the wall.
    pub async fn wall_entry(&self, id: RecordId) -> Option<WallEntry> {
        unimplemented!()
    }

    /// Returns an address of a photo of an entry: from this phone, else fetched and kept. `None` when there is none and
    /// no network.
    pub async fn photo(&self, record: RecordId, sha256: MediaHash, size: MediaSize) -> Option<ObjectUrl> {
        unimplemented!()
    }

    // Membership.

    /// Returns what this phone takes part in.
    pub async fn memberships(&self) -> Memberships {
        unimplemented!()
    }

    /// Makes a project the one for which entries are made.
    pub async fn set_current(&self, project: ProjectId) {
        unimplemented!()
    }

    /// Joins a project, or makes it the current one when joined already. `language` is that of the consent text shown.
    pub async fn join(&self, code: JoinCode, nickname: String, language: &str) -> JoinOutcome {
        unimplemented!()
    }

    // Sending and status.

    /// Returns how it stands; told again by [`Change::Status`].
    pub fn status(&self) -> Status {
        unimplemented!()
    }

    /// Tries to send at once, whatever the waiting time.
    pub fn send_now(&self) {
        unimplemented!()
    }

    /// Uses the version that waits: all tabs reload.
    pub fn use_new_version(&self) {
        unimplemented!()
    }

    /// Returns how it stands with the phone's storage.
    pub async fn storage(&self) -> Storage {
        unimplemented!()
    }
}
