//! Putting the app on the page.

use any_spawner::Executor;
use reactive_graph::owner::Owner;

use crate::View;
use crate::reactive::document;
use crate::view::put_into;

/// Puts what `app` returns at the end of the page's body, where it stays until the page ends.
pub fn mount<V: Into<View>>(app: impl FnOnce() -> V + 'static) {
    // It fails where the reactive system runs already.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let view = owner.with(|| app().into());
    put_into(&document().body().expect("a page has a body"), view.node());
    // What the app is made of belongs to it, and ends with the page.
    std::mem::forget(owner);
}
