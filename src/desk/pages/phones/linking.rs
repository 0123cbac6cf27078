//! *Koppel een telefoon*, on the first phone: a code to scan or type, and the question whether the phone that did may come in.

use browser::{ErrorCode, NoAnswer, Verb, ask};
use dom::{El, View, button, div, h3, live, p, span};
use leptos::prelude::*;
use protocol::{LinkBegunReply, LinkReply, LinkState, link_accept_path, link_path, links_path};
use ui::{at_phone, derive, icon};

use super::super::poster::{qr, shown_link};
use super::super::{here, part};
use super::{COMING, called, focused, seen_whole, use_every};
use crate::asking::{Deed, use_deed};
use crate::locales::{Phones, use_words};

/// How often it is asked whether another phone has the code, in milliseconds.
const LOOK_MS: u64 = 2_000;

/// How often a code that ended is renewed before somebody has to ask for it: nobody may be looking.
const RENEWALS: u32 = 2;

/// How far linking is.
#[derive(Clone, Copy)]
struct Linking {
    words: &'static Phones,
    begun: RwSignal<Option<LinkBegunReply>>,
    /// What is known of it.
    reply: RwSignal<Option<LinkReply>>,
    /// What became of the code before.
    told: RwSignal<String>,
    renewals: StoredValue<u32>,
    beginning: Deed,
    linked: Callback<()>,
}

/// The way to link a phone. `linked` is called when there is one more.
pub(super) fn linking(linked: Callback<()>) -> El {
    let words = &use_words().phones;
    let linking = Linking {
        words,
        begun: RwSignal::new(None),
        reply: RwSignal::new(None),
        told: RwSignal::new(String::new()),
        renewals: StoredValue::new(0),
        beginning: use_deed(),
        linked,
    };
    let shown = live(move || match linking.begun.get() {
        None => beginning(linking),
        Some(begun) => open(linking, &begun),
    });
    part("phones-link", words.linking.title)
        .child(p().child(words.linking.why))
        .child(p().class("asides").attr("role", "status").child(live(move || linking.told.get())))
        .child(shown)
        .child(linking.beginning.told())
}

impl Linking {
    /// Shows a code, in the place of the one before; `told` says what became of that.
    fn begin(self, told: &'static str) {
        self.beginning.run(Verb::Post, links_path().to_owned(), None, move |begun| {
            self.told.set(told.to_owned());
            self.reply.set(None);
            self.begun.set(Some(begun));
        });
    }

    /// Asks whether another phone has the code.
    fn look(self) {
        let Some(id) = self.begun.with_untracked(|begun| begun.as_ref().map(|begun| begun.id)) else { return };
        at_phone(async move {
            let answer = ask::<LinkReply>(Verb::Get, &link_path(id), None).await;
            // The screen may be gone, or another code shown.
            let shown = self.begun.try_get_untracked().flatten();
            if shown.is_none_or(|shown| shown.id != id) {
                return;
            }
            match answer {
                Ok(reply) => self.take(reply),
                Err(NoAnswer::Refused(ErrorCode::NotFound)) if self.renewals.get_value() < RENEWALS => {
                    self.renewals.update_value(|renewals| *renewals += 1);
                    self.begin(self.words.linking.renewed);
                }
                Err(NoAnswer::Refused(ErrorCode::NotFound)) => self.end(self.words.linking.over.to_owned()),
                // It is asked again in a moment.
                Err(NoAnswer::Unreachable | NoAnswer::Refused(_) | NoAnswer::TooOften(_)) => {}
            }
        });
    }

    fn take(self, reply: LinkReply) {
        if reply.state == LinkState::Done {
            let name = called(reply.name.as_deref().unwrap_or_default(), self.words);
            self.end((self.words.linking.done)(name));
            self.linked.run(());
        } else {
            self.reply.set(Some(reply));
        }
    }

    fn end(self, told: String) {
        self.told.set(told);
        self.begun.set(None);
    }
}

fn beginning(linking: Linking) -> View {
    let words = &linking.words.linking;
    let begin = button().class("button").attr("data-kind", "main").child(icon("qr")).child(words.begin);
    let begin = begin.attr_live("aria-busy", move || linking.beginning.is_pending().then_some("true"));
    let begin = begin.on_tap(move || {
        linking.renewals.set_value(0);
        linking.begin("");
    });
    p().child(begin).into()
}

/// The code, until a phone has it; then the question.
fn open(linking: Linking, begun: &LinkBegunReply) -> View {
    use_every(LOOK_MS, move || linking.look());
    let asks = derive(move || {
        linking.reply.with(|reply| {
            let asked = reply.as_ref().filter(|reply| reply.state == LinkState::Asked);
            asked.map(|reply| reply.name.clone().unwrap_or_default())
        })
    });
    let begun = begun.clone();
    live(move || match asks.get() {
        Some(name) => question(linking, &begun, &name),
        None => code(linking, &begun),
    })
}

fn code(linking: Linking, begun: &LinkBegunReply) -> View {
    let words = &linking.words.linking;
    let digits = begun.code.to_string();
    let address = here(COMING);
    let (expires_ms, begun_ms) = (begun.expires_ms, begun.server_time_ms);
    let minutes = derive(move || {
        let now_ms = linking.reply.with(|reply| reply.as_ref().map_or(begun_ms, |reply| reply.server_time_ms));
        u32::try_from(expires_ms.saturating_sub(now_ms).div_ceil(60_000)).unwrap_or(u32::MAX)
    });
    let stop = button().class("button").child(ui::use_words().general.cancel);
    let stop = stop.on_tap(move || linking.end(String::new()));
    let ticket = div()
        .class("ticket panel")
        .child(focused(p().attr("tabindex", "-1").child(words.how)))
        .child(qr(&format!("{address}#{digits}")))
        .child(p().child(words.or_type))
        .child(p().class("small").attr("dir", "ltr").child(shown_link(&address)))
        .child(p().class("digits").attr("dir", "ltr").child(grouped(&digits)))
        .child(p().class("small quiet").child(live(move || (words.lasts)(minutes.get()))));
    View::from(seen_whole(ticket)).and(p().class("quiet").child(words.waits)).and(p().child(stop))
}

/// Digits in two groups, and one by one for who hears them.
fn grouped(digits: &str) -> View {
    let (first, second) = digits.split_at(digits.len() / 2);
    let seen = span().attr("aria-hidden", "true").child(format!("{first} {second}"));
    let heard = digits.chars().map(String::from).collect::<Vec<_>>().join(" ");
    View::from(seen).and(span().class("visually-hidden").child(heard))
}

/// Whether the phone that has the code may come in.
fn question(linking: Linking, begun: &LinkBegunReply, name: &str) -> View {
    let words = &linking.words.linking;
    let (accepting, path) = (use_deed(), link_accept_path(begun.id));
    let accept = button().class("button").attr("data-kind", "main").child(icon("check")).child(words.accept);
    let accept = accept.attr_live("aria-busy", move || accepting.is_pending().then_some("true"));
    let accept = accept.on_tap(move || {
        accepting.run(Verb::Post, path.clone(), None, move |reply| linking.take(reply));
    });
    let refuse = button().class("button").child(words.refuse).on_tap(move || linking.begin(words.refused));
    let title = focused(h3().attr("tabindex", "-1").child((words.asked)(called(name, linking.words))));
    let acts = div().class("row-acts").child(accept).child(refuse);
    div().class("panel stack").child(title).child(p().child(words.asked_why)).child(acts).child(accepting.told()).into()
}
