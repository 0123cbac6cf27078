//! *Mijn telefoons*: the phones of a person, for everybody.

mod coming;
mod linking;
mod list;
mod recovery;

use std::time::Duration;

use browser::ErrorCode;
use dom::{El, View, a, div, h1, live, p};
use leptos::prelude::*;
use protocol::{DevicesReply, RecoveryReply, devices_path, recovery_path};
use ui::{afterwards, back_top, bones, derive, icon, notice, offline, use_live, use_screen};

use super::page;
use crate::asking::use_asked;
use crate::locales::{Phones, use_words};

pub(crate) use coming::coming;

/// Where another phone goes to become one of a person's.
const COMING: &str = "/meer/telefoons/hierbij";

/// The phones of whoever has this one, and the ways to others.
pub(crate) fn phones() -> View {
    let words = &use_words().phones;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    let all = use_live().memberships;
    let is_somebody = derive(move || all.map(|all| !all.joined.is_empty()));
    let shown = live(move || match is_somebody.get() {
        None => bones().into(),
        Some(false) => for_nobody(),
        Some(true) => for_somebody(),
    });
    page(back_top("/meer").child(heading), offline().and(shown))
}

fn for_somebody() -> View {
    let devices = use_asked::<DevicesReply>(|| devices_path().to_owned());
    let words = use_asked::<RecoveryReply>(|| recovery_path().to_owned());
    list::list(devices, Callback::new(move |()| words.again()))
        .and(linking::linking(Callback::new(move |()| devices.again())))
        .and(recovery::recovery(words))
}

/// What a phone can do that takes part in nothing.
fn for_nobody() -> View {
    let words = use_words();
    let status = use_live().status;
    let is_shut_out = derive(move || status.get().problem == Some(ErrorCode::DeviceShutOut));
    let shut_out = move || notice("lock", Some("warn"), &(words.asking.refused)(ErrorCode::DeviceShutOut));
    let way = |address, drawing, word: &str| a().class("button").attr("href", address).child(icon(drawing)).child(word);
    div()
        .class("stack")
        .child(live(move || is_shut_out.get().then(shut_out)))
        .child(p().child(words.phones.nobody))
        .child(p().child(words.phones.nobody_why))
        .child(p().child(way(COMING, "phone", words.phones.other_phone).attr("data-kind", "main")))
        .child(p().child(way("/mee", "qr", words.phones.by_join_code)))
        .into()
}

/// Returns what a phone is called.
fn called<'a>(name: &'a str, words: &Phones) -> &'a str {
    if name.is_empty() { words.unnamed } else { name }
}

/// Gives the focus to what has come in the place of what had it.
fn focused(element: El) -> El {
    let on_page = element.clone();
    afterwards(move || on_page.focus());
    element
}

/// Scrolls to what comes where a button stood: all of it is wanted at once.
fn seen_whole(element: El) -> El {
    let on_page = element.clone();
    afterwards(move || on_page.element().scroll_into_view());
    element
}

/// Does something again and again while the screen is looked at, as long as what it belongs to is there.
fn use_every(ms: u64, work: impl Fn() + 'static) {
    let work = move || {
        if browser::is_visible() {
            work();
        }
    };
    if let Ok(ticking) = set_interval_with_handle(work, Duration::from_millis(ms)) {
        on_cleanup(move || ticking.clear());
    }
}

/// Loads the first part's page: who this phone is has changed, and what sends is to hear so.
fn begin_anew() {
    // If the browser refuses, the next page that is opened does the same.
    let _ = window().location().replace("/");
}
