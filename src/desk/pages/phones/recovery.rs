//! *Herstelwoorden*: eight words that bring a person back, shown once, to write down or print.

use browser::Verb;
use dom::{El, View, button, div, h1, li, live, ol, p, section};
use domain::Timestamp;
use leptos::prelude::*;
use protocol::{RecoveryReply, WordsReply, recovery_path};
use ui::{Question, asked_first, day, derive, icon, use_language};

use super::super::poster::shown_link;
use super::super::{here, part};
use super::{COMING, focused, seen_whole};
use crate::asking::{Asked, Deed, use_deed};
use crate::locales::use_words;

/// The words: whether there are any, and the ways to make, replace and take them away.
pub(super) fn recovery(asked: Asked<RecoveryReply>) -> El {
    let words = &use_words().phones.recovery;
    let made = RwSignal::new(None::<WordsReply>);
    let deed = use_deed();
    let make = Callback::new(move |()| {
        deed.run(Verb::Post, recovery_path().to_owned(), None, move |reply| {
            made.set(Some(reply));
            asked.again();
        });
    });
    let take_back = Callback::new(move |()| {
        deed.run(Verb::Delete, recovery_path().to_owned(), None, move |RecoveryReply { .. }| asked.again());
    });
    let made_ms = derive(move || asked.map(|reply| reply.made_ms));
    let shown = live(move || match (made.get(), made_ms.get()) {
        (Some(reply), _) => once(&reply, made),
        (None, Some(Some(made_ms))) => there_are(made_ms, make, take_back),
        (None, Some(None)) => there_are_none(make, deed),
        (None, None) => View::nothing(),
    });
    part("phones-words", words.title).child(p().child(words.why)).child(shown).child(deed.told())
}

fn there_are_none(make: Callback<()>, deed: Deed) -> View {
    let words = &use_words().phones.recovery;
    let busy = move || deed.is_pending().then_some("true");
    let make = button().class("button").attr_live("aria-busy", busy).on_tap(move || make.run(()));
    View::from(p().child(words.none)).and(p().child(make.child(icon("plus")).child(words.make)))
}

fn there_are(made_ms: u64, make: Callback<()>, take_back: Callback<()>) -> View {
    let words = &use_words().phones.recovery;
    let made = day(Timestamp::from_ms(made_ms), use_language().get_untracked());
    let replace = button().class("button").child(icon("turn")).child(words.replace);
    let question = Question { title: words.replace_sure, why: words.replace_why, drawing: "turn", yes: words.replace };
    let replace = asked_first("replace-words", replace, question, make);
    let away = button().class("button").child(icon("trash")).child(words.take_back);
    let question =
        Question { title: words.take_back_sure, why: words.take_back_why, drawing: "trash", yes: words.take_back };
    let away = asked_first("take-back-words", away, question, take_back);
    View::from(p().child((words.since)(&made))).and(div().class("row-acts").child(replace).child(away))
}

/// The only time that the words are shown.
fn once(WordsReply { words: made, .. }: &WordsReply, shown: RwSignal<Option<WordsReply>>) -> View {
    let words = &use_words().phones.recovery;
    // A browser that cannot print does nothing.
    let print = button().class("button").attr("data-kind", "main").on_tap(|| drop(window().print()));
    let print = print.child(icon("download")).child(words.print);
    let noted = button().class("button").child(icon("check")).child(words.noted).on_tap(move || shown.set(None));
    let panel = div()
        .class("panel stack")
        .child(focused(p().attr("tabindex", "-1").child(words.once)))
        .child(numbered(made).class("numbered"))
        .child(p().child(words.keep_safe))
        .child(div().class("row-acts").child(print).child(noted));
    View::from(seen_whole(panel)).and(sheet(made))
}

/// A sheet of paper with the words. It is shown on paper alone.
fn sheet(made: &[String]) -> El {
    let words = &use_words().phones.recovery;
    section()
        .class("poster")
        .flag("data-paper", true)
        .child(h1().child(words.sheet))
        .child(numbered(made).class("poster-words"))
        .child(p().child(words.sheet_how))
        .child(p().class("poster-link").attr("dir", "ltr").child(shown_link(&here(COMING))))
        .child(p().child(words.keep_safe))
}

fn numbered(made: &[String]) -> El {
    ol().attr("lang", "nl").child(made.iter().map(|word| li().child(word.as_str())).collect::<View>())
}
