//! Quiet lines.

use dom::reactive::*;
use dom::{El, View, div, live, p, span};

use crate::icon::icon;
use crate::light::derive;
use crate::live::use_live;
use crate::locales::use_words;

/// A line with a drawing. `kind` is one of the block `notice`.
pub fn notice(drawing: &'static str, kind: Option<&'static str>, text: &str) -> El {
    let line = p().flag("data-grow", true).child(text);
    div().class("notice").maybe("data-kind", kind).child(icon(drawing)).child(line)
}

/// One quiet line while there is no network; it takes no room otherwise.
pub fn offline() -> View {
    let words = use_words();
    let status = use_live().status;
    let is_offline = derive(move || !status.get().is_online);
    live(move || is_offline.get().then(|| notice("cloud", None, words.general.offline)))
}

/// The shape of what comes, while it comes.
pub fn bones() -> El {
    let bone = || {
        let [photo, line] = ["photo", "line"].map(|kind| span().class("bone").attr("data-kind", kind));
        div().class("stack").attr("data-gap", "2xs").attr("aria-hidden", "true").child(photo).child(line)
    };
    div()
        .class("grid")
        .attr("data-min", "m")
        .attr("aria-busy", "true")
        .child(span().class("visually-hidden").child(use_words().general.loading))
        .child((0..4).map(|_| bone()).collect::<View>())
}
