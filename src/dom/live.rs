//! A place on the page whose content follows signals.

use web_sys::Node;

use crate::View;
use crate::element::boxed_follow;
use crate::reactive::document;
use crate::view::put_into;

/// Shows what `view` returns, anew whenever a signal that it read has changed. What the one before held is cleaned up.
pub fn live<V: Into<View>>(mut view: impl FnMut() -> V + 'static) -> View {
    boxed_live(Box::new(move || view().into()))
}

fn boxed_live(mut view: Box<dyn FnMut() -> View>) -> View {
    let place = Place::new();
    let whole = place.whole();
    boxed_follow(Box::new(move || place.fill(&view())));
    whole
}

/// A stretch of siblings between two empty texts, wherever on the page they are.
#[derive(Clone)]
pub(crate) struct Place {
    start: Node,
    end: Node,
}

impl Place {
    pub(crate) fn new() -> Self {
        let [start, end] = std::array::from_fn(|_| document().create_text_node("").into());
        Self { start, end }
    }

    /// Returns the empty place, to be put somewhere.
    pub(crate) fn whole(&self) -> View {
        [View::of(self.start.clone()), View::of(self.end.clone())].into()
    }

    /// Puts something in the place of what is there.
    pub(crate) fn fill(&self, view: &View) {
        while let Some(old) = self.start.next_sibling().filter(|next| *next != self.end) {
            detach(&old);
        }
        put_before(view.node(), &self.end);
    }

    /// Returns what the place begins and ends with; both stay as long as the place.
    pub(crate) fn ends(&self) -> [Node; 2] {
        [self.start.clone(), self.end.clone()]
    }
}

/// Puts a node, or all that a fragment holds, right before another.
pub(crate) fn put_before(node: &Node, next: &Node) {
    if let Some(parent) = next.parent_node() {
        parent.insert_before(node, Some(next)).expect("it stands in that parent");
    }
}

/// Takes a node from the page.
pub(crate) fn detach(node: &Node) {
    if let Some(parent) = node.parent_node() {
        parent.remove_child(node).expect("it stands in that parent");
    }
}

/// Takes a stretch of siblings from where it is into a fragment.
pub(crate) fn take_stretch(first: &Node, last: &Node) -> View {
    let taken = View::nothing();
    let mut next = Some(first.clone());
    while let Some(node) = next {
        next = node.next_sibling().filter(|_| node != *last);
        put_into(taken.node(), &node);
    }
    taken
}
