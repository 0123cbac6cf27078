//! The service worker: registered once the app can be used; a new version waits until a person wants it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::asking::get;
use crate::device::{has, window};

/// The version that waits, if one does.
pub(crate) struct Updates {
    container: Option<ServiceWorkerContainer>,
    waiting: RefCell<Option<ServiceWorker>>,
    told: Box<dyn Fn()>,
    is_asked: Cell<bool>,
}

impl Updates {
    /// Registers the service worker; `told` is called when a version waits.
    pub(crate) fn watch(told: impl Fn() + 'static) -> Rc<Self> {
        let navigator = window().map(|window| window.navigator()).filter(|navigator| has(navigator, "serviceWorker"));
        let container = navigator.map(|navigator| navigator.service_worker());
        let updates = Rc::new(Self {
            container: container.clone(),
            waiting: RefCell::new(None),
            told: Box::new(told),
            is_asked: Cell::new(false),
        });
        if let Some(container) = container {
            reload_when_replaced(&container);
            let updates = Rc::clone(&updates);
            spawn_local(async move {
                // Without it the app works as long as there is network; nothing to tell anybody.
                let registration = JsFuture::from(container.register("/sw.js")).await.map(JsCast::dyn_into);
                if let Ok(Ok(registration)) = registration {
                    follow(&updates, &registration);
                }
            });
        }
        updates
    }

    /// Says whether a version waits.
    pub(crate) fn waits(&self) -> bool {
        self.waiting.borrow().is_some()
    }

    /// Uses the version that waits: it takes over, and every tab reloads.
    pub(crate) fn use_new(&self) {
        if let Some(worker) = self.waiting.borrow().as_ref() {
            self.is_asked.set(true);
            post(worker, "use-new-version");
        }
    }

    /// Asks to have the part for making on this phone before it is used without network; not where a person saves data.
    pub(crate) fn keep_making(&self) {
        let Some(worker) = self.container.as_ref().and_then(ServiceWorkerContainer::controller) else { return };
        let saves = window().map(|window| get(&get(&window.navigator(), "connection"), "saveData"));
        if !saves.is_some_and(|saves| saves.is_truthy()) {
            post(&worker, "keep-part");
        }
    }

    /// Says whether this browser has service workers at all.
    pub(crate) const fn is_supported(&self) -> bool {
        self.container.is_some()
    }

    fn set_waiting(&self, worker: Option<ServiceWorker>) {
        let waits = worker.is_some();
        *self.waiting.borrow_mut() = worker;
        if waits {
            (self.told)();
        }
    }
}

fn post(worker: &ServiceWorker, asked: &str) {
    let message = js_sys::Object::new();
    for (name, value) in [("type", asked), ("page", "/making.html")] {
        // Setting a property of a fresh object and posting plain data cannot fail.
        let _ = js_sys::Reflect::set(&message, &name.into(), &value.into());
    }
    let _ = worker.post_message(&message);
}

/// Reloads when another version takes this page over; not when the first one does.
fn reload_when_replaced(container: &ServiceWorkerContainer) {
    let had_controller = Cell::new(container.controller().is_some());
    let on_change = Closure::<dyn Fn()>::new(move || {
        if had_controller.replace(true) {
            reload();
        }
    });
    container.set_oncontrollerchange(Some(on_change.as_ref().unchecked_ref()));
    on_change.forget();
}

fn follow(updates: &Rc<Updates>, registration: &ServiceWorkerRegistration) {
    let is_update = |updates: &Updates| updates.container.as_ref().is_some_and(|c| c.controller().is_some());
    if let Some(waiting) = registration.waiting().filter(|_| is_update(updates)) {
        updates.set_waiting(Some(waiting));
    }
    let updates = Rc::clone(updates);
    let found = registration.clone();
    let on_found = Closure::<dyn Fn()>::new(move || {
        let Some(worker) = found.installing() else { return };
        let updates = Rc::clone(&updates);
        let installing = worker.clone();
        let on_state = Closure::<dyn Fn(JsValue)>::new(move |_event| {
            if installing.state() == ServiceWorkerState::Installed && is_update(&updates) {
                updates.set_waiting(Some(installing.clone()));
            }
        });
        worker.set_onstatechange(Some(on_state.as_ref().unchecked_ref()));
        on_state.forget();
    });
    registration.set_onupdatefound(Some(on_found.as_ref().unchecked_ref()));
    on_found.forget();
}

/// Loads the page anew; everything that matters is on disk.
pub(crate) fn reload() {
    if let Some(window) = window() {
        // Fails only where reloading is forbidden, and then a person can do it.
        let _ = window.location().reload();
    }
}
