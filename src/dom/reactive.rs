//! What screens use of the reactive system, and of the page around it.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Event, HtmlInputElement, Window};

pub use reactive_graph::callback::{Callable, Callback};
pub use reactive_graph::computed::Memo;
pub use reactive_graph::effect::Effect;
pub use reactive_graph::owner::{
    LocalStorage, Owner, StoredValue, expect_context, on_cleanup, provide_context, use_context,
};
pub use reactive_graph::prelude::*;
pub use reactive_graph::signal::{ReadSignal, RwSignal, WriteSignal, signal};

/// Returns the page's window.
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// Returns the page.
pub fn document() -> Document {
    window().document().expect("a window shows a page")
}

/// Returns what an event came to.
pub fn event_target<T: JsCast>(event: &Event) -> T {
    event.target().expect("an event comes to something").unchecked_into()
}

/// Returns what stands in the field that an event came to.
pub fn event_target_value(event: &Event) -> String {
    // Several kinds of fields have a value.
    let field: JsValue = event_target(event);
    js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// Says whether the box that an event came to is ticked.
pub fn event_target_checked(event: &Event) -> bool {
    event_target::<HtmlInputElement>(event).checked()
}

/// Does something before the page is drawn the next time.
pub fn request_animation_frame(work: impl FnOnce() + 'static) {
    // A page that is not drawn does without.
    let _ = window().request_animation_frame(Closure::once_into_js(work).unchecked_ref());
}

/// Runs a task to its end, besides all else.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    any_spawner::Executor::spawn_local(task);
}
