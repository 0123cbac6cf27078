//! Photos that another app shared were not taken in: what one can do.

use browser::take_in_shares;
use dom::{View, a, div, h1, header, main, p};
use ui::use_screen;

use crate::locales::use_words;
use crate::places::NotTaken;

/// The screen that asks to share photos once more; the phone takes them in then.
pub(crate) fn share_again(why: NotTaken) -> View {
    take_in_shares();
    let words = &use_words().share;
    let (title, what_to_do) = (words.not_taken)(why);
    let heading = use_screen(move || title.to_owned(), h1().child(title));
    let to_start =
        a().class("button").attr("data-kind", "main").attr("href", "/").child(ui::use_words().general.to_start);
    let page = div().class("page stack").attr("data-measure", "m").child(heading);
    let page = page.child(p().child(what_to_do)).child(p().child(words.or_choose)).child(p().child(to_start));
    [header().class("top"), main().attr("id", "main").child(page)].into()
}
