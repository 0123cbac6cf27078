//! *Reservekopie*, a part of *Mijn gegevens*: own entries as one file, and back.

use browser::{BackupProblem, MadeBackup, PutBack};
use dom::{View, a, button, div, live, p, span};
use leptos::prelude::*;
use ui::{at_phone, file_picker, icon, notice, use_language, use_phone};
use web_sys::File;

use crate::locales::use_words;

/// How far it is.
#[derive(Clone)]
enum Backup {
    Asked,
    Pending,
    Made(MadeBackup),
    PutBack(PutBack),
    Failed(BackupProblem),
}

/// Makes a backup and puts one back.
pub(super) fn backup() -> View {
    let words = &use_words().backup;
    let (phone, language) = (use_phone(), use_language());
    let state = RwSignal::new_local(Backup::Asked);
    // `None` makes one.
    let work = Callback::new(move |file: Option<File>| {
        if matches!(state.get_untracked(), Backup::Pending) {
            return;
        }
        state.set(Backup::Pending);
        let phone = phone.clone();
        at_phone(async move {
            let done = match file {
                None => phone.make_backup(language.get_untracked().lang()).await.map(Backup::Made),
                Some(file) => phone.put_back(&file).await.map(Backup::PutBack),
            };
            // The screen may be gone.
            drop(state.try_set(done.unwrap_or_else(Backup::Failed)));
        });
    });
    let make = button().class("button").on_tap(move || work.run(None));
    let make = make.child(icon("folder")).child(words.make);
    let chosen = Callback::new(move |files: Vec<File>| work.run(files.into_iter().next()));
    let shape = View::from(icon("undo")).and(span().child(words.put_back));
    let put_back = file_picker("button picker", ".zip,application/zip", chosen, shape);
    let told = div().attr("role", "status").child(live(move || told(&state.get())));
    View::from(p().child(words.why)).and(div().class("duo").child(make).child(put_back)).and(told)
}

fn told(state: &Backup) -> View {
    let words = &use_words().backup;
    match state {
        Backup::Asked => View::nothing(),
        Backup::Pending => p().child(ui::use_words().general.loading).into(),
        Backup::Made(MadeBackup { file, name, entries, missing }) => {
            let save = a().class("button").attr("data-kind", "main").attr("href", file.href()).attr("download", name);
            counts(&words.counts, &[*entries, *missing]).and(p().child(save.child(words.save)))
        }
        Backup::PutBack(PutBack { put_back, unchanged, anothers, other_project, refused }) => {
            counts(&words.put_back_counts, &[*put_back, *unchanged, *anothers, *other_project, *refused])
        }
        Backup::Failed(problem) => {
            let problem = match problem {
                BackupProblem::NotABackup | BackupProblem::Damaged => words.wrong,
                BackupProblem::TooLarge => words.too_large,
                BackupProblem::StorageFull => words.full,
                BackupProblem::NotHere => words.not_here,
                BackupProblem::LaterVersion => words.later,
                BackupProblem::Failed => words.failed,
            };
            notice("warn", Some("warn"), problem).into()
        }
    }
}

/// How many of what; those after the first only where there are any.
fn counts(names: &[&str], numbers: &[u32]) -> View {
    let line = |(at, (name, number)): (usize, (&&str, &u32))| {
        (at == 0 || *number > 0).then(|| p().child(format!("{name}: {number}").as_str()))
    };
    names.iter().zip(numbers).enumerate().filter_map(line).collect()
}
