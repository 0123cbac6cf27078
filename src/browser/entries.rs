//! Own entries, what others made, and the photos of both.

use domain::{Audience, Entry, EntryEdit, KIND_ENTRY, MediaHash, ProjectId, RecordId, View, sort_by};
use protocol::MediaSize;
use store::StoredEntry;
use sync::Home;
use web_sys::Blob;

use crate::device::now;
use crate::model::{OwnEntry, SaveProblem, SendState, WallEntry};
use crate::tabs::DriverStatus;
use crate::{ObjectUrl, Phone, net};

impl Phone {
    /// Returns own entries of the current project, those first that were saved last; those put away too (`entry.is_deleted`).
    pub async fn own_entries(&self) -> Vec<OwnEntry> {
        let status = self.sending_status();
        let mut stored = self.store().own_entries().await.unwrap_or_default();
        sort_by(&mut stored, |a, b| (b.saved(), b.own.record.id).cmp(&(a.saved(), a.own.record.id)));
        stored.iter().map(|entry| own_entry(entry, &status)).collect()
    }

    /// Returns one own entry.
    pub async fn own_entry(&self, id: RecordId) -> Option<OwnEntry> {
        let stored = self.store().own_entry(id).await.ok()??;
        Some(own_entry(&stored, &self.sending_status()))
    }

    /// Changes an own entry.
    ///
    /// # Errors
    /// Why it was not changed.
    pub async fn edit(&self, id: RecordId, edit: EntryEdit) -> Result<(), SaveProblem> {
        if !self.store().edit_entry(id, edit, now()).await? {
            return Err(SaveProblem::NoDraft);
        }
        self.queued();
        Ok(())
    }

    /// Changes who may see an own entry, and whether the server keeps a copy of one that is for its maker alone.
    ///
    /// # Errors
    /// Why it was not changed.
    pub async fn show(&self, id: RecordId, audience: Audience, keep_copy: bool) -> Result<(), SaveProblem> {
        if !self.store().show_entry(id, audience, keep_copy, now()).await? {
            return Err(SaveProblem::NoDraft);
        }
        self.queued();
        Ok(())
    }

    /// Erases an own entry for ever: here, and on every phone and the server once there is network.
    ///
    /// # Errors
    /// Why it was not erased.
    pub async fn erase(&self, id: RecordId) -> Result<(), SaveProblem> {
        if !self.store().erase_entry(id).await? {
            return Err(SaveProblem::NoDraft);
        }
        self.queued();
        Ok(())
    }

    /// Sends again what was set aside of an own entry.
    pub async fn retry(&self, id: RecordId) {
        // A storage that does not answer leaves it set aside, and shown so.
        let _ = self.store().retry_entry(id).await;
        self.queued();
    }

    /// Returns everyone's entries of the current project, newest first, as far as this phone has fetched them; not those that are
    /// for their maker alone.
    pub async fn wall(&self) -> Vec<WallEntry> {
        let current = self.store().members().await.ok().map(|members| members.current);
        let mine = self.own_entries().await;
        let views = self.store().views().await.unwrap_or_default();
        let project = current.and_then(Home::project);
        let mut wall: Vec<_> = mine
            .into_iter()
            .filter(|own| !own.entry.is_deleted && own.entry.audience != Some(Audience::OnlyMe))
            .map(wall_entry_of_own)
            .chain(views.iter().filter(is_entry).map(|view| wall_entry_of_view(project, view)))
            .collect();
        sort_by(&mut wall, |a, b| (b.entry.made, b.id).cmp(&(a.entry.made, a.id)));
        wall
    }

    /// Returns one entry of the wall.
    pub async fn wall_entry(&self, id: RecordId) -> Option<WallEntry> {
        if let Some(own) = self.own_entry(id).await {
            return (!own.entry.is_deleted).then(|| wall_entry_of_own(own));
        }
        let (project, view) = self.store().view(id).await.ok()??;
        is_entry(&&view).then(|| wall_entry_of_view(Some(project), &view))
    }

    /// Returns an address of a photo of an entry: from this phone, else fetched and kept. `None` when there is none and
    /// no network.
    pub async fn photo(&self, record: RecordId, sha256: MediaHash, size: MediaSize) -> Option<ObjectUrl> {
        ObjectUrl::new(&self.medium(record, sha256, size).await?)
    }

    /// Returns the bytes of a medium of an entry: from this phone, else fetched and kept.
    pub(crate) async fn medium(&self, record: RecordId, sha256: MediaHash, size: MediaSize) -> Option<Blob> {
        let store = self.store();
        if let Ok(Some(held)) = store.photo(record, sha256, size).await {
            return Some(held);
        }
        let project = match store.own_entry(record).await.ok()? {
            Some(own) => own.own.home.project()?,
            None => store.view(record).await.ok()??.0,
        };
        let bytes = net::fetch_medium(project, sha256, size).await?;
        // Full or not: it can be shown now, and fetched again.
        let _ = store.keep_fetched(record, sha256, size, &bytes).await;
        Some(bytes)
    }
}

fn own_entry(stored: &StoredEntry, status: &DriverStatus) -> OwnEntry {
    let id = stored.own.record.id;
    let progress = sync::progress(&stored.own, stored.words_wait);
    let state = if progress.is_received() {
        SendState::Received
    } else if progress.is_done() {
        SendState::Stays
    } else if status.sending.contains(&id) {
        SendState::Sending { sent: progress.held, total: progress.total }
    } else {
        SendState::OnPhone
    };
    OwnEntry {
        id,
        project: stored.own.home.project(),
        entry: Entry::from_record(&stored.own.record),
        state,
        keeps_copy: domain::keeps_copy(&stored.own.record),
        problem: stored.set_aside.or(progress.set_aside),
    }
}

fn wall_entry_of_own(own: OwnEntry) -> WallEntry {
    WallEntry {
        id: own.id,
        project: own.project,
        maker: String::new(),
        is_mine: true,
        entry: own.entry,
        state: Some(own.state),
    }
}

/// Others' records of other kinds are no part of the wall.
fn is_entry(view: &&View) -> bool {
    view.kind == KIND_ENTRY
}

fn wall_entry_of_view(project: Option<ProjectId>, view: &View) -> WallEntry {
    WallEntry {
        id: view.id,
        project,
        maker: view.maker.name.clone(),
        is_mine: false,
        entry: Entry::from_view(view),
        state: None,
    }
}
