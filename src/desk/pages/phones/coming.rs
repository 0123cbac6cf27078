//! On the other phone, which is nobody's yet: the digits that the first one shows, or the words that were written down.

use browser::{ErrorCode, NoAnswer, Verb, ask, asked_link, keep_asked_link, make_claim};
use dom::{El, View, a, button, div, form, h1, h2, input, live, p, textarea};
use domain::plain::{Plain, Value};
use leptos::prelude::*;
use protocol::{
    LinkCode, LinkRequest, LinkWaitsReply, LinkedReply, MAX_DEVICE_NAME_CHARS, RECOVERY_WORDS, RecoverRequest,
    link_with_code_path, recover_path, typed_words, unknown_words,
};
use ui::{Derived, at_phone, back_top, count_of, derive, icon, notice, offline, use_go, use_live, use_screen};

use super::super::fields::{around, text_field};
use super::super::page;
use super::{COMING, begin_anew, focused, use_every};
use crate::asking::no_answer;
use crate::locales::{Coming as Words, use_words};

/// How often it is asked whether the first phone has accepted, in milliseconds.
const ASK_MS: u64 = 2_000;

/// What stands in the address where the words are typed.
const BY_WORDS: &str = "woorden";

/// Where it is said what is wrong.
const PROBLEM: &str = "coming-problem";

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Coming {
    /// Nothing was asked, or what was typed has changed since.
    Nothing,
    Pending,
    /// What was typed is wrong; in a sentence.
    Wrong(String),
    NoAnswer(NoAnswer),
    /// The first phone has not accepted yet.
    Waits(LinkRequest),
    /// The page that loads next knows who this is.
    Done,
}

type State = RwSignal<Coming>;

/// What was typed: it stays while one looks at the other way.
#[derive(Clone, Copy)]
struct Typed {
    code: RwSignal<String>,
    words: RwSignal<String>,
    name: RwSignal<String>,
}

/// Becoming one of a person's phones.
pub(crate) fn coming() -> View {
    let words = &use_words().phones.coming;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    let state: State = RwSignal::new(asked_link().map_or(Coming::Nothing, Coming::Waits));
    let typed = Typed { code: RwSignal::new(brought()), words: RwSignal::default(), name: RwSignal::default() };
    let has_waited = StoredValue::new(false);
    let step = derive(move || match state.get() {
        Coming::Waits(request) => Step::Waits(request),
        Coming::Done => Step::Done,
        Coming::Nothing | Coming::Pending | Coming::Wrong(_) | Coming::NoAnswer(_) => Step::Asks,
    });
    let inside = live(move || match step.get() {
        Step::Asks => asking(typed, state, has_waited.get_value()),
        Step::Waits(request) => {
            has_waited.set_value(true);
            typed.code.set(String::new());
            waiting(request, state)
        }
        Step::Done => p().attr("role", "status").child(words.done).into(),
    });
    page(back_top("/meer").child(heading), offline().and(inside))
}

/// What the screen shows.
#[derive(Clone, PartialEq, Eq)]
enum Step {
    Asks,
    Waits(LinkRequest),
    Done,
}

/// Returns the digits that a QR code brought; they go to no server, by standing behind `#`.
fn brought() -> String {
    let brought = window().location().hash().unwrap_or_default();
    let digits = brought.strip_prefix('#').filter(|digits| digits.parse::<LinkCode>().is_ok());
    digits.unwrap_or_default().to_owned()
}

/// The two ways in. `takes_focus`: one was tried, and something else stood here meanwhile.
fn asking(typed: Typed, state: State, takes_focus: bool) -> View {
    let words = &use_words().phones.coming;
    let go = use_go();
    let by_words = derive(move || go.query("met").as_deref() == Some(BY_WORDS));
    let chips = div().class("row").attr("role", "group").attr("aria-label", words.way);
    let chips = chips
        .child(chip(COMING.to_owned(), words.by_code, derive(move || !by_words.get()), state))
        .child(chip(format!("{COMING}?met={BY_WORDS}"), words.by_words, by_words, state));
    let asks =
        live(move || if by_words.get() { with_words(typed, state) } else { with_code(typed, state, takes_focus) });
    View::from(p().child(words.why)).and(already()).and(chips).and(asks)
}

/// Said on a phone that is somebody: there it stays who it is.
fn already() -> View {
    let words = &use_words().phones.coming;
    let all = use_live().memberships;
    let projects = derive(move || {
        let names = all.map(|all| all.joined.iter().map(|joined| joined.project.name.clone()).collect::<Vec<_>>());
        names.filter(|names| !names.is_empty()).map(|names| names.join(", "))
    });
    live(move || projects.get().map(|projects| notice("usercheck", None, &(words.already)(&projects))))
}

fn chip(address: String, word: &str, is_current: Derived<bool>, state: State) -> El {
    a().class("chip")
        .attr("href", &address)
        .attr("data-go", "adjust")
        .attr_live("aria-current", move || is_current.get().then_some("true"))
        .on_tap(move || state.set(Coming::Nothing))
        .child(word)
}

fn with_code(typed: Typed, state: State, takes_focus: bool) -> El {
    let words = &use_words().phones.coming;
    let digits = input().flag("data-code", true).attr("inputmode", "numeric");
    let digits = typing("coming-code", digits, typed.code, state);
    let digits = if takes_focus { focused(digits) } else { digits };
    asking_form(typed, state, around("coming-code", words.code, Some(words.code_hint), digits), move || {
        let Ok(code) = typed.code.with_untracked(|typed| typed.parse::<LinkCode>()) else {
            state.set(Coming::Wrong(words.not_a_code.to_owned()));
            return;
        };
        state.set(Coming::Pending);
        ask_to_be_linked(LinkRequest { code, name: name_of(typed), claim: make_claim() }, state, words);
    })
}

fn with_words(typed: Typed, state: State) -> El {
    let words = &use_words().phones.coming;
    let text = textarea().attr("rows", "3").attr("autocapitalize", "none").attr("lang", "nl");
    let text = typing("coming-words", text, typed.words, state);
    asking_form(typed, state, around("coming-words", words.words, Some(words.words_hint), text), move || {
        let all = typed_words(&typed.words.get_untracked());
        if let Some(wrong) = wrong_words(&all, words) {
            state.set(Coming::Wrong(wrong));
            return;
        }
        state.set(Coming::Pending);
        come_back(RecoverRequest { words: all.join(" "), name: name_of(typed) }, state, words);
    })
}

/// Says what is wrong with typed words before anybody is asked.
fn wrong_words(typed: &[String], words: &Words) -> Option<String> {
    let unknown = unknown_words(typed);
    if !unknown.is_empty() {
        return Some((words.unknown)(&unknown));
    }
    (typed.len() != RECOVERY_WORDS).then(|| (words.not_so_many)(count_of(typed.len())))
}

/// A field whose text is kept; what was said of the text before is said no more.
fn typing(id: &str, field: El, typed: RwSignal<String>, state: State) -> El {
    field
        .attr("id", id)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-errormessage", PROBLEM)
        .attr_live("aria-invalid", move || matches!(state.get(), Coming::Wrong(_)).then_some("true"))
        .prop("value", typed.get_untracked())
        .on("input", move |event| {
            typed.set(event_target_value(event));
            state.set(Coming::Nothing);
        })
}

fn asking_form(typed: Typed, state: State, shown: El, asks: impl Fn() + 'static) -> El {
    let words = &use_words().phones.coming;
    let is_pending = move || state.get() == Coming::Pending;
    let name = text_field("coming-name", words.name, Some(words.name_hint), MAX_DEVICE_NAME_CHARS, typed.name);
    let submit = button().class("button").attr("data-kind", "main").attr("type", "submit");
    let submit = submit.attr_live("aria-busy", move || is_pending().then_some("true")).child(words.come);
    form()
        .class("stack")
        .attr("data-gap", "m")
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            if state.get_untracked() != Coming::Pending {
                asks();
            }
        })
        .child(shown)
        .child(name)
        .child(
            div()
                .attr("id", PROBLEM)
                .attr("role", "status")
                .attr("aria-live", "polite")
                .child(live(move || told(&state.get()))),
        )
        .child(submit)
}

fn told(state: &Coming) -> View {
    match state {
        Coming::Nothing | Coming::Waits(_) | Coming::Done => View::nothing(),
        Coming::Pending => p().child(ui::use_words().general.loading).into(),
        Coming::Wrong(sentence) => notice("warn", Some("warn"), sentence).into(),
        Coming::NoAnswer(why) => no_answer(*why).into(),
    }
}

fn name_of(typed: Typed) -> String {
    typed.name.with_untracked(|name| name.trim().to_owned())
}

/// Asks until the first phone has accepted.
fn waiting(request: LinkRequest, state: State) -> View {
    let words = &use_words().phones.coming;
    let asked = request.clone();
    use_every(ASK_MS, move || ask_to_be_linked(asked.clone(), state, words));
    let stop = button().class("button").child(ui::use_words().general.cancel).on_tap(move || {
        keep_asked_link(None);
        state.set(Coming::Nothing);
    });
    let title = focused(h2().attr("tabindex", "-1").child(words.waits));
    let panel = div().class("panel stack").attr("role", "status").child(icon("phone").attr("data-size", "l"));
    View::from(panel.child(title).child(p().child(words.waits_why))).and(p().child(stop))
}

/// Asks to be linked, or asks again. While it waits, only a clear no ends it.
fn ask_to_be_linked(request: LinkRequest, state: State, words: &'static Words) {
    at_phone(async move {
        let answer = ask::<Value>(Verb::Post, link_with_code_path(), Some(request.to_value())).await;
        let Some(before) = state.try_get_untracked() else { return };
        let waits = matches!(&before, Coming::Waits(asked) if *asked == request);
        if !waits && before != Coming::Pending {
            return;
        }
        let next = match answer {
            Ok(reply) if LinkedReply::from_value(&reply).is_some() => Coming::Done,
            Ok(reply) if LinkWaitsReply::from_value(&reply).is_some() => Coming::Waits(request),
            Err(NoAnswer::Refused(ErrorCode::UnknownCode)) => {
                Coming::Wrong(if waits { words.over } else { words.wrong_code }.to_owned())
            }
            Ok(_) | Err(_) if waits => before,
            Ok(_) => Coming::NoAnswer(NoAnswer::Unreachable),
            Err(why) => Coming::NoAnswer(why),
        };
        keep_asked_link(if let Coming::Waits(request) = &next { Some(request) } else { None });
        settle(next, state);
    });
}

/// Comes back with words.
fn come_back(request: RecoverRequest, state: State, words: &'static Words) {
    at_phone(async move {
        let next = match ask::<LinkedReply>(Verb::Post, recover_path(), Some(request.to_value())).await {
            Ok(_) => Coming::Done,
            Err(NoAnswer::Refused(ErrorCode::UnknownCode)) => Coming::Wrong(words.wrong_words.to_owned()),
            Err(why) => Coming::NoAnswer(why),
        };
        settle(next, state);
    });
}

fn settle(next: Coming, state: State) {
    if next == Coming::Done {
        begin_anew();
    }
    // The screen may be gone.
    let _ = state.try_set(next);
}
