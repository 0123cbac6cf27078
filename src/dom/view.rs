//! What can stand inside an element.

use wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, Node};

use crate::El;
use crate::reactive::document;

/// Something made that is not yet on the page: a text, an element, several of them, or nothing.
pub struct View(Node);

impl View {
    /// Returns a view of nothing.
    pub fn nothing() -> Self {
        Self(document().create_document_fragment().into())
    }

    /// Puts one thing after another.
    #[must_use]
    pub fn and(self, next: impl Into<Self>) -> Self {
        append(&self, &next.into())
    }

    pub(crate) fn node(&self) -> &Node {
        &self.0
    }

    pub(crate) const fn of(node: Node) -> Self {
        Self(node)
    }
}

/// Returns a view that holds both.
fn append(first: &View, next: &View) -> View {
    if first.0.is_instance_of::<DocumentFragment>() {
        put_into(&first.0, &next.0);
        return View(first.0.clone());
    }
    let both = View::nothing();
    put_into(&both.0, &first.0);
    put_into(&both.0, &next.0);
    both
}

pub(crate) fn put_into(parent: &Node, child: &Node) {
    parent.append_child(child).expect("a fresh node may stand in any element");
}

impl From<El> for View {
    fn from(element: El) -> Self {
        Self(element.into_node())
    }
}

impl From<&str> for View {
    fn from(text: &str) -> Self {
        Self(document().create_text_node(text).into())
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: Into<Self>> From<Option<T>> for View {
    fn from(view: Option<T>) -> Self {
        view.map_or_else(Self::nothing, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for View {
    fn from(views: Vec<T>) -> Self {
        views.into_iter().collect()
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for View {
    fn from(views: [T; N]) -> Self {
        views.into_iter().collect()
    }
}

impl<T: Into<Self>> FromIterator<T> for View {
    fn from_iter<I: IntoIterator<Item = T>>(views: I) -> Self {
        let all = Self::nothing();
        views.into_iter().for_each(|view| put_into(&all.0, &view.into().0));
        all
    }
}
