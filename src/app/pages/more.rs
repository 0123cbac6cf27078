//! *Meer*: language, projects, storage, help, about.

use browser::{Joined, Memberships, Storage};
use domain::ProjectId;
use leptos::prelude::*;

use super::join::LanguageChoice;
use crate::app::{use_language, use_live, use_phone};
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
    view! {
        <Top heading title=words.title/>
        <main id="main">
            <div class="page stack" data-gap="l">
                <Offline/>
                <Update/>
                <section class="stack" data-gap="xs" aria-labelledby="more-language">
                    <h2 id="more-language">{words.language}</h2>
                    <LanguageChoice/>
                </section>
                <Projects/>
                <Sending/>
                <Room/>
                <section class="stack" data-gap="xs" aria-labelledby="more-help">
                    <h2 id="more-help">{words.help}</h2>
                    <ol class="checks">
                        {["camera", "sun", "cloud", "images"]
                            .into_iter()
                            .zip(words.help_lines)
                            .map(|(name, line)| view! { <li><Icon name/><span>{line}</span></li> })
                            .collect_view()}
                    </ol>
                </section>
                <section class="stack" data-gap="xs" aria-labelledby="more-about">
                    <h2 id="more-about">{words.about}</h2>
                    {words.about_lines.map(|line| view! { <p>{line}</p> }).into_iter().collect_view()}
                    {(!version.is_empty()).then(|| view! { <p class="small quiet">{(words.version)(&version)}</p> })}
                </section>
            </div>
        </main>
    }
}

/// A version that waits: used when its user says so.
#[component]
fn Update() -> impl IntoView {
    let words = &use_words().more;
    let phone = use_phone();
    let status = use_live().status;
    let waits = Memo::new(move |_| status.get().update_waits);
    move || {
        let phone = phone.clone();
        waits.get().then(|| {
            view! {
                <div class="notice" data-kind="unsent">
                    <p data-grow=""><b>{words.update}</b><br/>{words.update_why}</p>
                    <button class="button" data-kind="main" type="button" on:click=move |_| phone.use_new_version()>
                        {words.update_now}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn Projects() -> impl IntoView {
    let words = &use_words().more;
    let live = use_live();
    let phone = use_phone();
    let choose = Action::new_local(move |project: &ProjectId| {
        let (phone, project) = (phone.clone(), *project);
        async move { phone.set_current(project).await }
    });
    let option = move |joined: Joined, current: Option<ProjectId>| {
        let Joined { project, nickname, .. } = joined;
        let detail =
            if nickname.is_empty() { project.municipality } else { format!("{}, {nickname}", project.municipality) };
        let id = project.id;
        let change = move |_| {
            choose.dispatch(id);
        };
        view! {
            <label class="option">
                <input type="radio" name="project" prop:checked=Some(id) == current on:change=change/>
                <span class="option-words"><b>{project.name}</b><br/><span class="small quiet">{detail}</span></span>
            </label>
        }
    };
    let memberships = Memo::new(move |_| live.memberships.get().unwrap_or_default());
    let list = move || {
        let Memberships { joined, current, .. } = memberships.get();
        if joined.is_empty() {
            return view! { <p>{words.projects_none}</p> }.into_any();
        }
        joined.into_iter().map(|joined| option(joined, current)).collect_view().into_any()
    };
    view! {
        <fieldset class="stack" data-gap="2xs">
            <legend><h2>{words.projects}</h2></legend>
            {list}
            <p><a class="button" href="/mee"><Icon name="qr"/>{words.another_code}</a></p>
        </fieldset>
    }
}

#[component]
fn Sending() -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let status = use_live().status;
    let unsent = Memo::new(move |_| {
        let status = status.get();
        (status.unsent_photos > 0 || status.unsent_entries > 0).then_some(status.unsent_photos)
    });
    let problem = Memo::new(move |_| status.get().problem);
    let line = move || match unsent.get() {
        None => words.more.all_sent.to_owned(),
        Some(0) => words.start.unsent_words.to_owned(),
        Some(photos) => (words.start.unsent)(photos),
    };
    let button = move || {
        let phone = phone.clone();
        unsent.get().map(|_| {
            view! {
                <button class="button" type="button" on:click=move |_| phone.send_now()>
                    <Icon name="send"/>
                    {words.start.send_now}
                </button>
            }
        })
    };
    view! {
        <section class="stack" data-gap="xs" aria-labelledby="more-sending">
            <h2 id="more-sending">{words.more.sending}</h2>
            <p>{line}</p>
            {move || problem.get().map(|code| view! { <p>{(words.problems.sending)(code)}</p> })}
            <p>{button}</p>
        </section>
    }
}

#[component]
fn Room() -> impl IntoView {
    let words = &use_words().more;
    let language = use_language().get_untracked();
    let phone = use_phone();
    let live = use_live();
    let read = LocalResource::new(move || {
        live.track_entries();
        let phone = phone.clone();
        async move { phone.storage().await }
    });
    let storage = move || {
        read.get().map(|Storage { used_bytes, free_bytes, is_persisted }| {
            let used = used_bytes.map(|used| {
                let free = free_bytes.unwrap_or_default();
                let text = match free_bytes {
                    Some(free) => (words.storage_used_of)(&size(used, language), &size(free, language)),
                    None => (words.storage_used)(&size(used, language)),
                };
                let meter = free_bytes.map(|_| {
                    let (value, max) = (used.to_string(), (used + free).to_string());
                    view! { <progress class="meter" max=max value=value aria-label=text.clone()></progress> }
                });
                view! { {meter} <p>{text.clone()}</p> }
            });
            let kept = if is_persisted { words.storage_persisted } else { words.storage_not_persisted };
            view! { {used} <p class="small quiet">{kept}</p> }
        })
    };
    view! {
        <section class="stack" data-gap="xs" aria-labelledby="more-room">
            <h2 id="more-room">{words.storage}</h2>
            {storage}
        </section>
    }
}
