//! Joining a project: a code, a name, and one short text that is the consent to take part.

use browser::{ErrorCode, JoinOutcome};
use domain::JoinCode;
use leptos::prelude::*;
use protocol::MAX_NICKNAME_CHARS;
use web_sys::SubmitEvent;

use crate::app::{use_language, use_phone};
use crate::light::{live, nothing, on_input, tap, use_doing};
use crate::locales::{Language, use_words};
use crate::navigation::{use_go, use_screen};
use crate::shell;
use crate::ui::{Icon, Notice, Offline};

/// How far a join is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joining {
    /// Nothing was asked, or what was typed has changed since.
    Asked,
    Pending,
    NotACode,
    Refused(ErrorCode),
    StorageFailed,
}

/// The join page; the address may bring the code.
#[component]
pub(crate) fn Join(code: String) -> impl IntoView {
    let words = &use_words().join;
    let heading = use_screen(|| words.title.to_owned());
    let picture = shell::meta("picture-street");
    use_phone().expect_join();
    view! {
        <header></header>
        <main id="main">
            <img class="hero" src=picture alt="" width="800" height="600"/>
            <div class="page stack" data-gap="m">
                <div class="stack" data-gap="2xs">
                    <h1 node_ref=heading tabindex="-1">{words.title}</h1>
                    <p>{words.why}</p>
                </div>
                <LanguageChoice/>
                <Offline/>
                <JoinForm code/>
            </div>
        </main>
    }
}

#[component]
fn JoinForm(code: String) -> impl IntoView {
    let words = &use_words().join;
    let state = RwSignal::new(Joining::Asked);
    let code = RwSignal::new(code);
    let name = RwSignal::new(String::new());
    let join = use_join(state, code, name);
    let submit: Box<dyn FnMut(SubmitEvent)> = Box::new(move |event| {
        event.prevent_default();
        join.run(());
    });
    let write_code = on_input(move |event| {
        code.set(event_target_value(event));
        state.set(Joining::Asked);
    });
    let write_name = on_input(move |event| name.set(event_target_value(event)));
    let is_wrong = live(move || matches!(state.get(), Joining::NotACode | Joining::Refused(_)).then_some("true"));
    let busy = live(move || (state.get() == Joining::Pending).then_some("true"));
    let promise = |(name, text): (&'static str, &'static str)| view! { <li><Icon name/><span>{text}</span></li> };
    let promises = ["done", "lock", "undo"].into_iter().zip(words.promises).map(promise).collect_view();
    view! {
        <form class="stack" data-gap="m" novalidate on:submit=submit>
            <div class="field">
                <label for="join-code">{words.code}</label>
                <input
                    id="join-code"
                    data-code=""
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    aria-describedby="join-code-hint join-problem"
                    aria-invalid=is_wrong
                    prop:value=code.get_untracked()
                    on:input=write_code
                />
                <p id="join-code-hint" class="small quiet">{words.code_hint}</p>
            </div>
            <div class="field">
                <label for="join-name">{words.name}</label>
                <input
                    id="join-name"
                    autocomplete="given-name"
                    maxlength=MAX_NICKNAME_CHARS.to_string()
                    aria-describedby="join-name-hint"
                    on:input=write_name
                />
                <p id="join-name-hint" class="small quiet">{words.name_hint}</p>
            </div>
            <ul class="checks">{promises}</ul>
            <p>{words.consent}</p>
            <div id="join-problem" role="status">{live(move || told(state.get()))}</div>
            <button class="button" data-kind="main" data-wide="" type="submit" aria-busy=busy>{words.join}</button>
        </form>
    }
}

/// Returns what joins, and goes to the start screen when it is done or will follow.
fn use_join(state: RwSignal<Joining>, code: RwSignal<String>, name: RwSignal<String>) -> Callback<()> {
    let phone = use_phone();
    let go = use_go();
    let language = use_language();
    let joining = use_doing();
    Callback::new(move |()| {
        if state.get_untracked() == Joining::Pending {
            return;
        }
        let Ok(code) = code.with_untracked(|code| code.parse::<JoinCode>()) else {
            state.set(Joining::NotACode);
            return;
        };
        state.set(Joining::Pending);
        let (phone, name) = (phone.clone(), name.with_untracked(|name| name.trim().to_owned()));
        joining.run(async move {
            match phone.join(code, name, language.get_untracked().lang()).await {
                JoinOutcome::Joined | JoinOutcome::WaitsForNetwork => go.instead("/"),
                JoinOutcome::Refused(code) => drop(state.try_set(Joining::Refused(code))),
                JoinOutcome::StorageFailed => drop(state.try_set(Joining::StorageFailed)),
            }
        });
    })
}

fn told(state: Joining) -> AnyView {
    let words = use_words();
    let problem = match state {
        Joining::Asked => return nothing(),
        Joining::Pending => return view! { <p>{words.join.joining}</p> }.into_any(),
        Joining::NotACode => words.join.not_a_code,
        Joining::Refused(code) => (words.problems.join)(code),
        Joining::StorageFailed => words.problems.storage,
    };
    view! { <Notice icon="warn" kind="warn" text=problem/> }.into_any()
}

/// The languages to choose from, each in its own words.
#[component]
pub(crate) fn LanguageChoice() -> impl IntoView {
    let label = use_words().join.language;
    let language = use_language();
    let chip = move |choice: Language| {
        let choose = tap(move || {
            browser::set_language(choice.tag());
            language.set(choice);
        });
        let pressed = if language.get_untracked() == choice { "true" } else { "false" };
        view! {
            <button class="chip" type="button" lang=choice.lang() aria-pressed=pressed on:click=choose>
                {choice.words().name}
            </button>
        }
    };
    view! {
        <div class="grid" data-min="m" role="group" aria-label=label>{Language::CHOICES.map(chip).collect_view()}</div>
    }
}
