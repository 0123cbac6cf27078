//! Joining a project: a code, a name, and one short text that is the consent to take part.

use browser::{ErrorCode, JoinOutcome};
use domain::JoinCode;
use leptos::ev::{SubmitEvent, Targeted};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use protocol::MAX_NICKNAME_CHARS;
use web_sys::{Event, HtmlInputElement};

use crate::app::{use_language, use_phone};
use crate::locales::{Language, use_words};
use crate::navigation::{use_go, use_screen};
use crate::shell;
use crate::ui::{Icon, Offline};

/// Why joining did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JoinProblem {
    NotACode,
    Refused(ErrorCode),
    Storage,
}

/// The join page; the address may bring the code.
#[component]
pub(crate) fn Join() -> impl IntoView {
    let words = &use_words().join;
    let heading = use_screen(|| words.title.to_owned());
    let picture = shell::meta("picture-street");
    let promises = ["done", "lock", "undo"].into_iter().zip(words.promises);
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
                <JoinForm>
                    <ul class="checks">
                        {promises.map(|(name, text)| view! { <li><Icon name/><span>{text}</span></li> }).collect_view()}
                    </ul>
                </JoinForm>
            </div>
        </main>
    }
}

#[component]
fn JoinForm(children: Children) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let go = use_go();
    let language = use_language();
    let code = RwSignal::new(use_params_map().with_untracked(|params| params.get("code").unwrap_or_default()));
    let name = RwSignal::new(String::new());
    let join = Action::new_local(move |(code, name): &(JoinCode, String)| {
        let (phone, code, name) = (phone.clone(), *code, name.clone());
        async move { phone.join(code, name, language.get_untracked().lang()).await }
    });
    let is_typed_wrong = RwSignal::new(false);
    let problem = Memo::new(move |_| {
        if is_typed_wrong.get() { Some(JoinProblem::NotACode) } else { join.value().get().and_then(problem_of) }
    });
    Effect::new(move |_| {
        if matches!(join.value().get(), Some(JoinOutcome::Joined | JoinOutcome::WaitsForNetwork)) {
            go.instead("/");
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let parsed = code.with_untracked(|code| code.parse::<JoinCode>());
        is_typed_wrong.set(parsed.is_err());
        if let (Ok(code), false) = (parsed, join.pending().get_untracked()) {
            join.dispatch((code, name.with_untracked(|name| name.trim().to_owned())));
        }
    };
    let write_code = move |event: Targeted<Event, HtmlInputElement>| {
        code.set(event.target().value());
        is_typed_wrong.set(false);
        join.value().set(None);
    };
    let sentence = move || {
        problem.get().map(|problem| match problem {
            JoinProblem::NotACode => words.join.not_a_code,
            JoinProblem::Refused(code) => (words.problems.join)(code),
            JoinProblem::Storage => words.problems.storage,
        })
    };
    let is_wrong = move || problem.get().is_some_and(|problem| problem != JoinProblem::Storage).then_some("true");
    let pending = join.pending();
    view! {
        <form class="stack" data-gap="m" novalidate on:submit=submit>
            <div class="field">
                <label for="join-code">{words.join.code}</label>
                <input
                    id="join-code"
                    data-code=""
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    aria-describedby="join-code-hint join-problem"
                    aria-invalid=is_wrong
                    prop:value=code.get_untracked()
                    on:input:target=write_code
                />
                <p id="join-code-hint" class="small quiet">{words.join.code_hint}</p>
            </div>
            <div class="field">
                <label for="join-name">{words.join.name}</label>
                <input
                    id="join-name"
                    autocomplete="given-name"
                    maxlength=MAX_NICKNAME_CHARS.to_string()
                    aria-describedby="join-name-hint"
                    on:input:target=move |event| name.set(event.target().value())
                />
                <p id="join-name-hint" class="small quiet">{words.join.name_hint}</p>
            </div>
            {children()}
            <p>{words.join.consent}</p>
            <div id="join-problem" role="status">
                {move || {
                    sentence()
                        .map(|text| {
                            view! { <div class="notice" data-kind="warn"><Icon name="warn"/><p data-grow="">{text}</p></div> }
                        })
                }}
                {move || pending.get().then(|| view! { <p>{words.join.joining}</p> })}
            </div>
            <button class="button" data-kind="main" data-wide="" type="submit" aria-busy=move || pending.get().then_some("true")>
                {words.join.join}
            </button>
        </form>
    }
}

/// The languages to choose from, each in its own words.
#[component]
pub(crate) fn LanguageChoice() -> impl IntoView {
    let label = use_words().join.language;
    let language = use_language();
    let chip = move |choice: Language| {
        let choose = move |_| {
            browser::set_language(choice.tag());
            language.set(choice);
        };
        let pressed = (language.get_untracked() == choice).to_string();
        view! {
            <button class="chip" type="button" lang=choice.lang() aria-pressed=pressed on:click=choose>
                {choice.words().name}
            </button>
        }
    };
    view! {
        <div class="grid" data-min="m" role="group" aria-label=label>
            {Language::CHOICES.map(chip).into_iter().collect_view()}
        </div>
    }
}

const fn problem_of(outcome: JoinOutcome) -> Option<JoinProblem> {
    match outcome {
        JoinOutcome::Joined | JoinOutcome::WaitsForNetwork => None,
        JoinOutcome::Refused(code) => Some(JoinProblem::Refused(code)),
        JoinOutcome::StorageFailed => Some(JoinProblem::Storage),
    }
}
