//! What keeps everybody safe: read, never tapped.

use std::ops::Range;

use dom::{El, View, li, span, ul};
use ui::icon;

use crate::locales::use_words;

/// The picture of each line.
const PICTURES: [&str; 5] = ["map", "hands", "t-spelen", "t-wonen", "done"];

/// The lines about the people that one meets: nobody in trouble, no children of others, no private windows.
pub(crate) const ABOUT_PEOPLE: Range<usize> = 1..4;

/// Some of the lines, each with its picture.
pub(crate) fn safety(which: Range<usize>) -> El {
    let line = |(picture, line)| li().child(icon(picture)).child(span().child(line));
    let lines = PICTURES.into_iter().zip(use_words().start.safety);
    ul().class("checks").child(lines.skip(which.start).take(which.len()).map(line).collect::<View>())
}
