//! Putting the app on the page.

use leptos::prelude::document;

use crate::View;
use crate::view::put_into;

/// Puts what `app` returns at the end of the page's body, where it stays until the page ends.
pub fn mount<V: Into<View>>(app: impl FnOnce() -> V + 'static) {
    // Leptos starts its own machinery together with a view of its own: an empty one.
    leptos::mount::mount_to_body(move || put_into(&document().body().expect("a page has a body"), app().into().node()));
}
