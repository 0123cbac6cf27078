//! The elements that screens are made of.

use crate::{El, el};

macro_rules! tags {
    ($($tag:ident)*) => { $(
        #[doc = concat!("Makes a `<", stringify!($tag), ">`.")]
        pub fn $tag() -> El {
            el(stringify!($tag))
        }
    )* };
}

tags! {
    a article b br dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 header img input label legend li main nav
    ol option p progress section select small span summary textarea ul
}

/// Makes a `<button>` that submits nothing unless its type says so.
pub fn button() -> El {
    el("button").attr("type", "button")
}
