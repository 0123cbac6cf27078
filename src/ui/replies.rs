//! What was said to the project's questions, each under its question.

use dom::{View, div, p};
use domain::Entry;

/// The replies of an entry, in the order in which they were given.
pub fn replies(entry: &Entry) -> View {
    let reply = |reply: &domain::Reply| {
        let asked = p().class("small quiet").child(reply.asked.as_str());
        div().child(asked).child(p().class("said").child(reply.text.as_str()))
    };
    entry.replies.iter().map(reply).collect()
}
