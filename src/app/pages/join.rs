//! Joining a project: a code, a name, and one short text that is the consent to take part.

use browser::{ErrorCode, JoinOutcome, NewJoin};
use dom::reactive::*;
use dom::{
    El, View, a, button, details, div, form, h1, h2, header, img, input, label, li, live, main, p, span, summary, ul,
};
use domain::{Audience, CONSENT_TEXT_VERSION, JoinCode};
use protocol::{ConsentShown, MAX_NICKNAME_CHARS, WelcomeReply};
use ui::{
    Derived, Language, at_phone, audience_choice, derive, icon, meta, notice, offline, use_go, use_language, use_live,
    use_phone, use_reading, use_screen,
};

use crate::locales::use_words;

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

/// What was typed here: it stays when a change of language makes the screen anew.
#[derive(Clone, Copy, Default)]
pub(crate) struct Typed {
    code: RwSignal<String>,
    name: RwSignal<String>,
    /// Who is to see what is made from now on; `None`: whom the project says.
    audience: RwSignal<Option<Audience>>,
}

/// The join page; the address may bring the code.
pub(crate) fn join(code: String) -> View {
    let words = &use_words().join;
    use_phone().expect_join();
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    let picture = img()
        .class("hero")
        .attr("src", &meta("picture-street"))
        .attr("alt", "")
        .attr("width", "800")
        .attr("height", "600");
    let page = div()
        .class("page stack")
        .attr("data-gap", "m")
        .child(div().class("stack").attr("data-gap", "2xs").child(heading).child(p().child(words.why)))
        .child(language_choice())
        .child(offline())
        .child(join_form(code));
    [header(), main().attr("id", "main").child(picture).child(page)].into()
}

fn join_form(code: String) -> El {
    let words = &use_words().join;
    let state = RwSignal::new(Joining::Asked);
    let typed: Typed = expect_context();
    if !code.is_empty() {
        typed.code.set(code);
    }
    let welcome = use_welcome(typed.code);
    let join = use_join(state, typed, welcome);
    let submit = button()
        .class("button")
        .attr("data-kind", "main")
        .flag("data-wide", true)
        .attr("type", "submit")
        .attr_live("aria-busy", move || (state.get() == Joining::Pending).then_some("true"))
        .child(words.join);
    let promise = |(name, text)| li().child(icon(name)).child(span().child(text));
    let promises = ["done", "lock", "undo"].into_iter().zip(words.promises).map(promise).collect::<View>();
    form()
        .class("stack")
        .attr("data-gap", "m")
        .flag("novalidate", true)
        .on("submit", move |event| {
            event.prevent_default();
            join.run(());
        })
        .child(code_field(state, typed))
        .child(live(move || welcome.with(|welcome| welcome.as_ref().map(|welcome| behind(welcome, typed)))))
        .child(name_field(typed.name))
        .child(ul().class("checks").child(promises))
        .child(p().child(live(move || {
            welcome.with(|welcome| consent_of(welcome).map_or(words.consent.to_owned(), |shown| shown.text.clone()))
        })))
        .child(div().attr("id", "join-problem").attr("role", "status").child(live(move || told(state.get()))))
        .child(submit)
        .child(p().child(a().attr("href", "/meer/telefoons/hierbij").child(words.other_phone)))
}

/// Which project lies behind the code, what it says, and who will see one's photos, which can be changed.
fn behind(welcome: &WelcomeReply, typed: Typed) -> El {
    let words = &ui::use_words().showing;
    let (default, has_groups) = (welcome.default_audience, welcome.has_groups);
    let chosen = derive(move || typed.audience.get().unwrap_or(default));
    let choose = Callback::new(move |audience| typed.audience.set(Some(audience)));
    let question = span().class("visually-hidden").child(words.question);
    let line = summary().child(live(move || (words.sees)(chosen.get())));
    div()
        .child(h2().child(welcome.name.as_str()))
        .child(welcome.join_text.as_deref().map(|text| p().child(text)))
        .child(details().class("more").child(line).child(audience_choice(question, chosen, choose, has_groups)))
}

/// Asks what lies behind the code, once it is whole; nothing is known without network.
fn use_welcome(code: RwSignal<String>) -> Derived<Option<WelcomeReply>> {
    let language = use_language();
    let status = use_live().status;
    let is_online = derive(move || status.get().is_online);
    let code = derive(move || code.with(|code| code.parse::<JoinCode>().ok()));
    let read = use_reading(move || {
        let code = code.get().filter(|_| is_online.get());
        let language = language.get_untracked().lang();
        async move { browser::welcome(code?, language).await }
    });
    derive(move || read.get().flatten())
}

/// Returns the project's own text under which one takes part.
fn consent_of(welcome: &Option<WelcomeReply>) -> Option<&ConsentShown> {
    welcome.as_ref()?.consent.as_ref()
}

fn code_field(state: RwSignal<Joining>, typed: Typed) -> El {
    let words = &use_words().join;
    let is_wrong = move || matches!(state.get(), Joining::NotACode | Joining::Refused(_));
    let field = input()
        .attr("id", "join-code")
        .flag("data-code", true)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "characters")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "join-code-hint join-problem")
        .attr_live("aria-invalid", move || is_wrong().then_some("true"))
        .prop("value", typed.code.get_untracked())
        .on("input", move |event| {
            typed.code.set(event_target_value(event));
            typed.audience.set(None);
            state.set(Joining::Asked);
        });
    field_of("join-code", words.code, field, p().attr("id", "join-code-hint").child(words.code_hint))
}

fn name_field(name: RwSignal<String>) -> El {
    let words = &use_words().join;
    let field = input()
        .attr("id", "join-name")
        .attr("autocomplete", "given-name")
        .attr("maxlength", &MAX_NICKNAME_CHARS.to_string())
        .attr("aria-describedby", "join-name-hint")
        .prop("value", name.get_untracked())
        .on("input", move |event| name.set(event_target_value(event)));
    field_of("join-name", words.name, field, p().attr("id", "join-name-hint").child(words.name_hint))
}

/// A field between its label and its hint.
fn field_of(id: &str, name: &str, field: El, hint: El) -> El {
    div().class("field").child(label().attr("for", id).child(name)).child(field).child(hint.class("small quiet"))
}

/// Returns what joins, and goes to the start screen when it is done or will follow.
fn use_join(state: RwSignal<Joining>, typed: Typed, welcome: Derived<Option<WelcomeReply>>) -> Callback<()> {
    let phone = use_phone();
    let go = use_go();
    let language = use_language();
    Callback::new(move |()| {
        if state.get_untracked() == Joining::Pending {
            return;
        }
        let Ok(code) = typed.code.with_untracked(|code| code.parse::<JoinCode>()) else {
            state.set(Joining::NotACode);
            return;
        };
        state.set(Joining::Pending);
        let (phone, name) = (phone.clone(), typed.name.with_untracked(|name| name.trim().to_owned()));
        let welcome = welcome.get_untracked();
        let text_version = consent_of(&welcome).map_or(CONSENT_TEXT_VERSION, |shown| shown.version);
        let default = welcome.map(|welcome| welcome.default_audience);
        let audience = typed.audience.get_untracked().filter(|chosen| Some(*chosen) != default);
        at_phone(async move {
            let language = language.get_untracked().lang();
            match phone.join(NewJoin { code, nickname: &name, language, text_version, audience }).await {
                JoinOutcome::Joined | JoinOutcome::WaitsForNetwork => {
                    typed.code.set(String::new());
                    go.instead("/");
                }
                JoinOutcome::Refused(code) => drop(state.try_set(Joining::Refused(code))),
                JoinOutcome::StorageFailed => drop(state.try_set(Joining::StorageFailed)),
            }
        });
    })
}

fn told(state: Joining) -> View {
    let words = use_words();
    let problem = match state {
        Joining::Asked => return View::nothing(),
        Joining::Pending => return p().child(words.join.joining).into(),
        Joining::NotACode => words.join.not_a_code,
        Joining::Refused(code) => (words.problems.join)(code),
        Joining::StorageFailed => words.problems.storage,
    };
    notice("warn", Some("warn"), problem).into()
}

/// The languages to choose from, each in its own words.
pub(crate) fn language_choice() -> El {
    let language = use_language();
    let chip = move |choice: Language| {
        button()
            .class("chip")
            .attr("lang", choice.lang())
            .attr("aria-pressed", if language.get_untracked() == choice { "true" } else { "false" })
            .on_tap(move || {
                browser::set_language(choice.tag());
                language.set(choice);
            })
            .child(choice.words().name)
    };
    div()
        .class("grid")
        .attr("data-min", "m")
        .attr("role", "group")
        .attr("aria-label", use_words().join.language)
        .child(Language::CHOICES.map(chip))
}
