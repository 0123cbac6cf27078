//! The static shell of `index.html`, seen from the app that takes its place (`shell.js` is the other side).

use dom::View;
use dom::reactive::{document, window};
use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::locales::{Language, speak};
use crate::navigation::query_value;

/// Calls `then` at once, or when the camera or gallery that was opened from the shell is closed: what comes back from it
/// must find the input that asked for it.
pub fn when_free(then: impl FnOnce() + 'static) {
    let is_picking = document().document_element().is_some_and(|root| root.has_attribute("data-picking"));
    if is_picking {
        EventListener::once(&document(), "shell-free", move |_| then()).forget();
    } else {
        then();
    }
}

/// Puts the app where the shell was, in one task: at no moment are there two of anything, or none.
pub fn take_over(language: Language, app: impl FnOnce() -> View + 'static) {
    boxed_take_over(language, Box::new(app));
}

fn boxed_take_over(language: Language, app: Box<dyn FnOnce() -> View>) {
    speak(language);
    let focused = remove();
    dom::mount(app);
    restore_focus(focused);
    say_ready();
}

/// Takes the shell away; returns what had the focus in it, by the way it would be found in the app.
fn remove() -> Option<Focused> {
    let shell = document().get_element_by_id("shell")?;
    let focused = document().active_element().filter(|element| shell.contains(Some(element)));
    shell.remove();
    focused.map(|element| match element.dyn_ref::<HtmlInputElement>() {
        Some(input) if input.has_attribute("capture") => Focused("input[type=file][capture]".to_owned()),
        Some(_) => Focused("input[type=file]:not([capture])".to_owned()),
        None => Focused(format!(".bar a[href='{}']", element.get_attribute("href").unwrap_or_default())),
    })
}

/// A selector for what had the focus.
struct Focused(String);

/// Gives the focus to the same thing in the app.
fn restore_focus(focused: Option<Focused>) {
    let found = focused.and_then(|Focused(selector)| document().query_selector(&selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Without focus everything still works.
        let _ = element.focus();
    }
}

/// Marks the page: the app answers.
fn say_ready() {
    if let Some(root) = document().document_element() {
        // An attribute of that name is always allowed.
        let _ = root.set_attribute("data-app", "ready");
    }
}

/// Returns what a `<meta>` of `index.html` says: names of files that carry a hash once built.
pub fn meta(name: &str) -> String {
    let meta = document().query_selector(&format!("meta[name='{name}']")).ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

/// Returns a value of the address's query.
#[inline]
pub(crate) fn query(name: &str) -> Option<String> {
    let search = window().location().search().ok()?;
    query_value(&search, name).map(str::to_owned)
}
