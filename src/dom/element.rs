//! An element, made step by step.

use gloo::events::{EventListener, EventListenerOptions};
use reactive_graph::effect::RenderEffect;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FocusOptions, HtmlElement, Node};

use crate::View;
use crate::reactive::document;
use crate::view::put_into;

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element that is being made. Each step returns it, so that a screen reads from the outside in.
#[derive(Clone)]
pub struct El(Element);

/// Makes an element of HTML.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).expect("a tag is a valid name"))
}

/// Makes an element of SVG.
pub fn svg(tag: &str) -> El {
    El(document().create_element_ns(Some(SVG), tag).expect("a tag is a valid name"))
}

impl El {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set_attribute(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute where there is a value for it.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        set_attribute(&self.0, name, value);
        self
    }

    /// Sets an attribute without a value where `is_set`.
    pub fn flag(self, name: &str, is_set: bool) -> Self {
        self.maybe(name, is_set.then_some(""))
    }

    /// Keeps an attribute as the signals say that `value` reads; `None` takes it away.
    pub fn attr_live<T: AsRef<str>>(self, name: &'static str, mut value: impl FnMut() -> Option<T> + 'static) -> Self {
        let element = self.0.clone();
        boxed_follow(Box::new(move || set_attribute(&element, name, value().as_ref().map(AsRef::as_ref))));
        self
    }

    /// Names the blocks of the style sheet that it is.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Sets a custom property of the style sheet.
    pub fn style(self, name: &str, value: &str) -> Self {
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            // A value that the style sheet cannot use leaves its own default.
            let _ = element.style().set_property(name, value);
        }
        self
    }

    /// Sets a property, which unlike the attribute of that name is what stands in the field now.
    pub fn prop(self, name: &str, value: impl Into<JsValue>) -> Self {
        set_property(&self.0, name, &value.into());
        self
    }

    /// Keeps a property as the signals say that `value` reads.
    pub fn prop_live(self, name: &'static str, mut value: impl FnMut() -> bool + 'static) -> Self {
        let element = self.0.clone();
        boxed_follow(Box::new(move || set_property(&element, name, &JsValue::from_bool(value()))));
        self
    }

    /// Puts something inside, after what is there.
    pub fn child(self, child: impl Into<View>) -> Self {
        put_into(&self.0, child.into().node());
        self
    }

    /// Calls `done` at each event of this name, as long as what this element belongs to is there.
    pub fn on(self, event: &'static str, done: impl FnMut(&Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(done));
        self
    }

    /// Calls `done` at each tap, or what stands for one with a keyboard.
    pub fn on_tap(self, mut done: impl FnMut() + 'static) -> Self {
        self.on("click", move |_| done())
    }

    /// Returns the browser's own element.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// Gives it the focus, without scrolling there.
    pub fn focus(&self) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        if let Some(element) = self.0.dyn_ref::<HtmlElement>() {
            // What cannot have the focus leaves it where it is, and everything still works.
            let _ = element.focus_with_options(&options);
        }
    }

    pub(crate) fn into_node(self) -> Node {
        self.0.into()
    }
}

/// Runs `work` now, and again whenever a signal that it read has changed, as long as what it belongs to is there.
pub fn follow(work: impl FnMut() + 'static) {
    boxed_follow(Box::new(work));
}

pub(crate) fn boxed_follow(mut work: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| work());
    on_cleanup(move || drop(effect));
}

fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    // Fails only for a name that no attribute may have.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn set_property(element: &Element, name: &str, value: &JsValue) {
    // Elements are open to new properties.
    let _ = js_sys::Reflect::set(element, &JsValue::from_str(name), value);
}

fn listen(element: &Element, event: &'static str, done: Box<dyn FnMut(&Event)>) {
    let options = EventListenerOptions::enable_prevent_default();
    let listener = EventListener::new_with_options(element, event, options, done);
    let listener = SendWrapper::new(listener);
    on_cleanup(move || drop(listener));
}
