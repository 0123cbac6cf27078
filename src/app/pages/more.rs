//! *Meer*: language, projects, storage, help, about.

use browser::{Joined, Memberships, Storage};
use dom::reactive::*;
use dom::{El, View, a, b, br, button, div, fieldset, h1, h2, label, legend, li, live, main, ol, p, progress, span};
use domain::ProjectId;
use ui::{
    Derived, at_phone, day, derive, icon, meta, offline, part, radio, size, top, use_language, use_live, use_phone,
    use_reading, use_screen,
};

use super::join::language_choice;
use crate::locales::use_words;

/// Everything that is set once and looked up seldom.
pub(crate) fn more() -> View {
    let words = &use_words().more;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    let version = meta("version");
    let version = (!version.is_empty()).then(|| p().class("small quiet").child((words.version)(&version)));
    let help = ["camera", "sun", "cloud", "images"].into_iter().zip(words.help_lines);
    let help = help.map(|(name, line)| li().child(icon(name)).child(span().child(line))).collect::<View>();
    let about = View::from(words.about_lines.map(|line| p().child(line))).and(version);
    let page = div()
        .class("page stack")
        .attr("data-gap", "l")
        .child(offline())
        .child(update())
        .child(part("more-language", words.language, language_choice()))
        .child(projects())
        .child(part("more-sending", words.sending, sending()))
        .child(part("more-room", words.storage, room().and(data())))
        .child(part("more-help", words.help, ol().class("checks").child(help)))
        .child(part("more-about", words.about, about));
    [top(heading), main().attr("id", "main").child(page)].into()
}

/// The way to what somebody gave.
fn data() -> [El; 2] {
    let words = &use_words().more;
    [p().child(words.data_why), way("/meer/gegevens", "folder", words.data)]
}

/// A version that waits: used when its user says so.
fn update() -> View {
    let words = &use_words().more;
    let phone = use_phone();
    let status = use_live().status;
    let waits = derive(move || status.get().update_waits);
    live(move || {
        waits.get().then(|| {
            let phone = phone.clone();
            let told = p().flag("data-grow", true).child(b().child(words.update)).child(br()).child(words.update_why);
            let renew = button().class("button").attr("data-kind", "main").on_tap(move || phone.use_new_version());
            div().class("notice").attr("data-kind", "unsent").child(told).child(renew.child(words.update_now))
        })
    })
}

fn projects() -> El {
    let words = &use_words().more;
    let all = use_live().memberships;
    let phone = use_phone();
    let choose = Callback::new(move |project: ProjectId| {
        let phone = phone.clone();
        at_phone(async move { phone.set_current(project).await });
    });
    let memberships = derive(move || all.get().unwrap_or_default());
    let joined = derive(move || memberships.with(|Memberships { joined, .. }| joined.clone()));
    let current = derive(move || memberships.with(|Memberships { current, .. }| *current));
    // The one that was just chosen has the focus: choosing leaves the list be.
    let list = live(move || match joined.get() {
        joined if joined.is_empty() => p().child(words.projects_none).into(),
        joined => joined.into_iter().map(|joined| project_option(joined, current, choose)).collect::<View>(),
    });
    let leads = derive(move || memberships.with(|all| all.joined.iter().any(|joined| joined.role.has_desk())));
    let desk = live(move || leads.get().then(|| way("/begeleiden", "hands", words.desk)));
    fieldset()
        .class("stack")
        .attr("data-gap", "2xs")
        .child(legend().child(h2().child(words.projects)))
        .child(list)
        .child(way("/mee", "qr", words.another_code))
        .child(way("/meer/telefoons", "phone", words.phones))
        .child(desk)
}

fn way(address: &str, drawing: &'static str, word: &str) -> El {
    p().child(a().class("button").attr("href", address).child(icon(drawing)).child(word))
}

fn project_option(joined: Joined, current: Derived<Option<ProjectId>>, choose: Callback<ProjectId>) -> El {
    let Joined { project, nickname, .. } = joined;
    let detail =
        if nickname.is_empty() { project.municipality } else { format!("{}, {nickname}", project.municipality) };
    let id = project.id;
    let field = radio("project", move || current.get() == Some(id), move || choose.run(id));
    let told = span()
        .class("option-words")
        .child(b().child(project.name))
        .child(br())
        .child(span().class("small quiet").child(detail));
    label().class("option").child(field).child(told)
}

fn sending() -> View {
    let words = use_words();
    let phone = use_phone();
    let status = use_live().status;
    let unsent = derive(move || {
        let status = status.get();
        ((status.unsent_photos, status.unsent_entries) != (0, 0)).then_some(status.unsent_photos)
    });
    let is_unsent = derive(move || unsent.get().is_some());
    let problem = derive(move || status.get().problem);
    let line = live(move || match unsent.get() {
        None => words.more.all_sent.to_owned(),
        Some(0) => words.start.unsent_words.to_owned(),
        Some(photos) => (words.start.unsent)(photos),
    });
    let oldest = derive(move || status.get().oldest_unsent);
    let language = use_language();
    let oldest = live(move || {
        oldest
            .get()
            .map(|made| p().class("small quiet").child((words.more.oldest)(&day(made, language.get_untracked()))))
    });
    let problem = live(move || problem.get().map(|code| p().child((words.problems.sending)(code))));
    // The number counts down while the button may have the focus.
    let send = live(move || {
        is_unsent.get().then(|| {
            let phone = phone.clone();
            let send = button().class("button").on_tap(move || phone.send_now());
            p().child(send.child(icon("send")).child(words.start.send_now))
        })
    });
    View::from(p().child(line)).and(oldest).and(problem).and(send)
}

fn room() -> View {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.storage().await }
    });
    live(move || read.get().map(room_told))
}

fn room_told(storage: Storage) -> View {
    let words = &use_words().more;
    let language = use_language().get_untracked();
    let Storage { used_bytes, free_bytes, is_persisted, is_installed, is_whole } = storage;
    let kept = if is_persisted { words.storage_persisted } else { words.storage_not_persisted };
    let text = match (used_bytes, free_bytes) {
        (Some(used), Some(free)) => (words.storage_used_of)(&size(used, language), &size(free, language)),
        (Some(used), None) => (words.storage_used)(&size(used, language)),
        (None, _) => String::new(),
    };
    let meter = used_bytes.zip(free_bytes).map(|(used, free)| {
        progress()
            .class("meter")
            .attr("max", &(used + free).to_string())
            .attr("value", &used.to_string())
            .attr("aria-label", &text)
    });
    let installed = if is_installed { words.storage_installed } else { words.storage_not_installed };
    let whole = if is_whole { words.storage_whole } else { words.storage_not_whole };
    let quiet = |line: &str| p().class("small quiet").child(line);
    View::from(meter).and(p().child(text.as_str())).and(quiet(whole)).and(quiet(kept)).and(quiet(installed))
}
