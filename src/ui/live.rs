//! What every screen finds in its context: this phone, and what it says.

use browser::{Change, Memberships, Phone, Status, Subscription};
use dom::reactive::*;

use crate::light::{Reading, use_reading};

/// What this phone says, for screens to read: told anew after each change, whichever tab made it.
#[derive(Clone, Copy)]
pub struct Live {
    entries: RwSignal<u32>,
    drafts: RwSignal<u32>,
    /// How it stands with network, outbox and version.
    pub status: RwSignal<Status>,
    /// What this phone takes part in; `None` while it is being read.
    pub memberships: Reading<Memberships>,
}

impl Live {
    /// Makes whoever calls it in a resource read again when own or others' entries change.
    pub fn track_entries(self) {
        self.entries.track();
    }

    /// Makes whoever calls it in a resource read again when drafts change.
    pub fn track_drafts(self) {
        self.drafts.track();
    }
}

/// Returns what this phone says.
pub fn use_live() -> Live {
    expect_context()
}

/// Returns this phone.
pub fn use_phone() -> Phone {
    expect_context()
}

/// Provides this phone, and what it says.
///
/// Inlined, as all here that awaits something of the phone or divides a text: what both this crate and a part of the app compile
/// for themselves is there twice.
#[inline]
pub fn provide_live(phone: Phone) {
    let [entries, drafts, memberships] = std::array::from_fn(|_| RwSignal::new(0_u32));
    let status = RwSignal::new(phone.status());
    let subscription = phone.subscribe({
        let phone = phone.clone();
        move |change| match change {
            Change::Entries => entries.update(|n| *n += 1),
            Change::Drafts => drafts.update(|n| *n += 1),
            Change::Memberships => memberships.update(|n| *n += 1),
            Change::Status => status.set(phone.status()),
        }
    });
    // It ends with the page.
    StoredValue::<Subscription, LocalStorage>::new_local(subscription);
    provide_context(phone.clone());
    let memberships = use_reading(move || {
        memberships.track();
        let phone = phone.clone();
        async move { phone.memberships().await }
    });
    provide_context(Live { entries, drafts, status, memberships });
}
