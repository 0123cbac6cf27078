//! What other apps share with this one.

use crate::device::load_script;

/// Has this phone take in what other apps share with the app, from the next time on (`public/share-page.js`).
pub fn take_in_shares() {
    load_script("share-page");
}
