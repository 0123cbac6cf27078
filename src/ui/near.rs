//! What is far down a long list need not be fetched yet: data costs money.

use dom::El;
use dom::reactive::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, js_sys};

/// How far outside the screen something counts as near: a few screens of a phone, so that whoever scrolls never waits.
const MARGIN: &str = "2500px";

type Seen = Closure<dyn FnMut(js_sys::Array)>;

/// Says whether an element has come near the screen.
pub(super) fn use_near(place: &El) -> ReadSignal<bool> {
    let (is_near, set_near) = signal(false);
    let seen: Seen = Closure::new(move |entries: js_sys::Array| {
        let mut entries = entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        if entries.any(|entry| entry.is_intersecting()) {
            set_near.set(true);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) else {
        // A browser that cannot say what is near gets everything.
        set_near.set(true);
        return is_near;
    };
    observer.observe(place.element());
    // The observer calls the closure, so both live as long as the element.
    let watching = StoredValue::<(IntersectionObserver, Seen), LocalStorage>::new_local((observer, seen));
    on_cleanup(move || {
        watching.try_with_value(|(observer, _)| observer.disconnect());
    });
    is_near
}
