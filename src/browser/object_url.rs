//! An address for a Blob in memory.

use std::rc::Rc;

use web_sys::{Blob, Url};

/// A `blob:` address; it is given back when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct ObjectUrl(Rc<Inner>);

#[derive(Debug)]
struct Inner(String);

impl ObjectUrl {
    /// Makes an address for `blob`; `None` when the browser refuses.
    pub fn new(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(|url| Self(Rc::new(Inner(url))))
    }

    /// Returns the address.
    pub fn href(&self) -> &str {
        &self.0.0
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // A failure would only mean that the address is gone already.
        let _ = Url::revoke_object_url(&self.0);
    }
}
