//! What a phone keeps that asks to be one of a person's phones: who it is when it asks again, also after a reload. It lies in the
//! tab alone, and goes with it.

use domain::plain::{Plain, Value};
use protocol::{Claim, LinkRequest};
use web_sys::Storage;

use crate::device::{random, window};

const ASKED: &str = "wijkbeeld.link";

/// Makes what this phone is known by when it asks again.
pub fn make_claim() -> Claim {
    Claim::new(random())
}

/// Returns what this tab has asked, if that was not answered.
pub fn asked_link() -> Option<LinkRequest> {
    let kept = tab_storage()?.get_item(ASKED).ok()??;
    LinkRequest::from_value(&kept.parse::<Value>().ok()?)
}

/// Keeps what this tab asks; `None` when it asks no more.
pub fn keep_asked_link(asked: Option<&LinkRequest>) {
    let Some(storage) = tab_storage() else { return };
    // A browser that keeps nothing asks on as long as the page stands.
    let _ = match asked {
        Some(asked) => storage.set_item(ASKED, &asked.to_value().to_string()),
        None => storage.remove_item(ASKED),
    };
}

fn tab_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}
