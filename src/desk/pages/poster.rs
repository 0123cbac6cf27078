//! The way in as a picture: QR code, code, link; and a sheet of paper with it.

use dom::{El, View, b, div, h1, h2, li, ol, p, section, span, svg};
use fast_qr::QRBuilder;
use ui::{Language, icon};

use crate::locales::words;

/// Draws a text as a QR code; nothing where it is too long for one.
pub(super) fn qr(text: &str) -> Option<El> {
    let code = QRBuilder::new(text).build().ok()?;
    let mut path = String::new();
    for y in 0..code.size {
        for x in 0..code.size {
            if code[y][x].value() {
                path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
            }
        }
    }
    let side = code.size + 2 * QUIET;
    let drawing = svg("svg").class("qr").attr("viewBox", &format!("0 0 {side} {side}")).attr("aria-hidden", "true");
    Some(drawing.attr("shape-rendering", "crispEdges").child(svg("path").attr("d", &path)))
}

/// The blank border that a QR code must have, in modules.
const QUIET: usize = 4;

/// A sheet of paper: how one comes in, in three steps, with pictures. It is shown on paper alone.
pub(super) fn poster(project: &str, place: &str, code: &str, link: &str, language: Language) -> El {
    let words = &words(language).poster;
    let steps = ["qr", "check", "camera"].into_iter().zip(words.steps).enumerate();
    let steps = steps.map(|(at, (drawing, step))| {
        let number = span().class("poster-number").child((at + 1).to_string());
        li().child(number).child(icon(drawing)).child(span().child(step))
    });
    section()
        .class("poster")
        .flag("data-paper", true)
        .attr("lang", language.lang())
        .attr("dir", language.dir())
        .child(h1().child((words.title)(project)))
        .child(p().class("poster-place").child(place))
        .child(qr(link))
        .child(h2().child(words.code))
        .child(p().class("poster-code").child(b().child(code)))
        .child(p().class("poster-link").child(shown_link(link)))
        .child(ol().class("poster-steps").child(steps.collect::<View>()))
        .child(p().child(words.promise))
}

/// Returns a link as people type it.
pub(super) fn shown_link(link: &str) -> &str {
    link.trim_start_matches("https://").trim_start_matches("http://")
}

/// The code for the screen: drawing, signs, link.
pub(super) fn ticket(code: &str, link: &str) -> El {
    div()
        .class("ticket panel")
        .child(qr(link))
        .child(p().class("ticket-code").child(b().child(code)))
        .child(p().class("small").child(shown_link(link)))
}
