//! What is far down a long list need not be fetched yet: data costs money.

use leptos::html::Span;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, js_sys};

/// How far outside the screen something counts as near: a few screens of a phone, so that whoever scrolls never waits.
const MARGIN: &str = "2500px";

type Seen = Closure<dyn FnMut(js_sys::Array)>;

/// Returns a place for an element, and whether it has come near the screen.
pub(super) fn use_near() -> (NodeRef<Span>, ReadSignal<bool>) {
    let place = NodeRef::<Span>::new();
    let (is_near, set_near) = signal(false);
    let seen: Seen = Closure::new(move |entries: js_sys::Array| {
        let mut entries = entries.iter().filter_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        if entries.any(|entry| entry.is_intersecting()) {
            set_near.set(true);
        }
    });
    let options = IntersectionObserverInit::new();
    options.set_root_margin(MARGIN);
    let observer = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok();
    if observer.is_none() {
        // A browser that cannot say what is near gets everything.
        set_near.set(true);
    }
    // The observer calls the closure, so both live as long as the element.
    let watching =
        StoredValue::<Option<(IntersectionObserver, Seen)>, LocalStorage>::new_local(observer.map(|it| (it, seen)));
    Effect::new(move |_| {
        if let Some(element) = place.get() {
            watching.with_value(|watching| {
                if let Some((observer, _)) = watching {
                    observer.observe(&element);
                }
            });
        }
    });
    on_cleanup(move || {
        watching.try_with_value(|watching| {
            if let Some((observer, _)) = watching {
                observer.disconnect();
            }
        });
    });
    (place, is_near)
}
