//! *Meer*: language, projects, storage, help, about.

use browser::{Joined, Memberships, Storage};
use domain::ProjectId;
use leptos::prelude::*;

use super::join::LanguageChoice;
use crate::app::{use_language, use_live, use_phone};
use crate::light::{derive, live, nothing, on_input, tap, use_doing, use_reading};
use crate::locales::{size, use_words};
use crate::navigation::use_screen;
use crate::shell;
use crate::ui::{Icon, Offline, Top};

/// Everything that is set once and looked up seldom.
#[component]
pub(crate) fn More() -> impl IntoView {
    let words = &use_words().more;
    let heading = use_screen(|| words.title.to_owned());
    let version = shell::meta("version");
    let version = (!version.is_empty()).then(|| view! { <p class="small quiet">{(words.version)(&version)}</p> });
    let help = ["camera", "sun", "cloud", "images"].into_iter().zip(words.help_lines);
    let help = help.map(|(name, line)| view! { <li><Icon name/><span>{line}</span></li> }).collect_view();
    let about = words.about_lines.map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Top heading title=words.title/>
        <main id="main">
            <div class="page stack" data-gap="l">
                <Offline/>
                <Update/>
                {part("more-language", words.language, view! { <LanguageChoice/> }.into_any())}
                <Projects/>
                {part("more-sending", words.sending, view! { <Sending/> }.into_any())}
                {part("more-room", words.storage, view! { <Room/> }.into_any())}
                {part("more-help", words.help, view! { <ol class="checks">{help}</ol> }.into_any())}
                {part("more-about", words.about, view! { {about} {version} }.into_any())}
            </div>
        </main>
    }
}

/// A part of the screen under its own heading.
fn part(id: &'static str, title: &'static str, inside: AnyView) -> AnyView {
    view! { <section class="stack" data-gap="xs" aria-labelledby=id><h2 id=id>{title}</h2> {inside}</section> }
        .into_any()
}

/// A version that waits: used when its user says so.
#[component]
fn Update() -> impl IntoView {
    let words = &use_words().more;
    let phone = use_phone();
    let status = use_live().status;
    let waits = derive(move || status.get().update_waits);
    live(move || {
        if !waits.get() {
            return nothing();
        }
        let phone = phone.clone();
        let renew = tap(move || phone.use_new_version());
        view! {
            <div class="notice" data-kind="unsent">
                <p data-grow=""><b>{words.update}</b><br/>{words.update_why}</p>
                <button class="button" data-kind="main" type="button" on:click=renew>{words.update_now}</button>
            </div>
        }
        .into_any()
    })
}

#[component]
fn Projects() -> impl IntoView {
    let words = &use_words().more;
    let all = use_live().memberships;
    let phone = use_phone();
    let choosing = use_doing();
    let choose = Callback::new(move |project: ProjectId| {
        let phone = phone.clone();
        choosing.run(async move { phone.set_current(project).await });
    });
    let memberships = derive(move || all.get().unwrap_or_default());
    let list = live(move || {
        let Memberships { joined, current, .. } = memberships.get();
        if joined.is_empty() {
            return view! { <p>{words.projects_none}</p> }.into_any();
        }
        joined.into_iter().map(|joined| project_option(joined, current, choose)).collect_view().into_any()
    });
    view! {
        <fieldset class="stack" data-gap="2xs">
            <legend><h2>{words.projects}</h2></legend>
            {list}
            <p><a class="button" href="/mee"><Icon name="qr"/>{words.another_code}</a></p>
        </fieldset>
    }
}

fn project_option(joined: Joined, current: Option<ProjectId>, choose: Callback<ProjectId>) -> AnyView {
    let Joined { project, nickname, .. } = joined;
    let detail =
        if nickname.is_empty() { project.municipality } else { format!("{}, {nickname}", project.municipality) };
    let id = project.id;
    let change = on_input(move |_| choose.run(id));
    view! {
        <label class="option">
            <input type="radio" name="project" prop:checked=Some(id) == current on:change=change/>
            <span class="option-words"><b>{project.name}</b><br/><span class="small quiet">{detail}</span></span>
        </label>
    }
    .into_any()
}

#[component]
fn Sending() -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let status = use_live().status;
    let unsent = derive(move || {
        let status = status.get();
        ((status.unsent_photos, status.unsent_entries) != (0, 0)).then_some(status.unsent_photos)
    });
    let problem = derive(move || status.get().problem);
    live(move || {
        let line = match unsent.get() {
            None => words.more.all_sent.to_owned(),
            Some(0) => words.start.unsent_words.to_owned(),
            Some(photos) => (words.start.unsent)(photos),
        };
        let problem = problem.get().map(|code| view! { <p>{(words.problems.sending)(code)}</p> });
        let phone = phone.clone();
        let button = unsent.get().map(|_| {
            let send = tap(move || phone.send_now());
            view! {
                <p>
                    <button class="button" type="button" on:click=send><Icon name="send"/>{words.start.send_now}</button>
                </p>
            }
        });
        view! { <p>{line}</p> {problem} {button} }.into_any()
    })
}

#[component]
fn Room() -> impl IntoView {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.storage().await }
    });
    live(move || match read.get() {
        Some(storage) => room(storage),
        None => nothing(),
    })
}

fn room(storage: Storage) -> AnyView {
    let words = &use_words().more;
    let language = use_language().get_untracked();
    let Storage { used_bytes, free_bytes, is_persisted } = storage;
    let kept = if is_persisted { words.storage_persisted } else { words.storage_not_persisted };
    let text = match (used_bytes, free_bytes) {
        (Some(used), Some(free)) => (words.storage_used_of)(&size(used, language), &size(free, language)),
        (Some(used), None) => (words.storage_used)(&size(used, language)),
        (None, _) => String::new(),
    };
    let meter = used_bytes.zip(free_bytes).map(|(used, free)| {
        let (value, max, label) = (used.to_string(), (used + free).to_string(), text.clone());
        view! { <progress class="meter" max=max value=value aria-label=label></progress> }
    });
    view! { {meter} <p>{text}</p> <p class="small quiet">{kept}</p> }.into_any()
}
