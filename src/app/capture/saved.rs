//! Saving, and where the photo is then.

use ui::{
    Derived, PhotoShape, at_phone, back_top, derive, icon, mark_told, notice, photo, picker, say, step_of, use_go,
    use_live, use_phone, use_reading, use_screen,
};

use browser::{MediaSize, OwnEntry, PhotoProblem, SaveProblem, SendState};
use dom::reactive::*;
use dom::{El, View, a, button, div, figcaption, figure, footer, h1, header, li, live, main, ol, p, span};
use domain::{Entry, RecordId};
use gloo::timers::callback::Timeout;

use super::photos::first_picture;
use super::refused::{alert, problems};
use super::{Making, Step, use_begin, voice_path};
use crate::locales::use_words;

/// How long the screen stays as it is while saving, at most. Saving takes less where nothing else is done meanwhile, and the next
/// screen can say right away that it is done.
const STAY_MS: u32 = 100;

/// Saving a draft.
#[derive(Clone, Copy)]
pub(super) struct Saving {
    /// Saves, unless that is under way, and shows how it goes.
    pub(super) begin: Callback<()>,
    /// How it went, once it did.
    result: RwSignal<Option<Result<(), SaveProblem>>>,
}

/// Says how saving goes. Where nobody asked for it yet, as after a reload, it is asked for here, which is harmless.
pub(super) fn saved(making: Making) -> View {
    let Saving { begin, result } = making.saving;
    if result.get_untracked().is_none() {
        begin.run(());
    }
    let problem = derive(move || result.get().and_then(Result::err));
    let is_saved = derive(move || result.get() == Some(Ok(())));
    live(move || match problem.get() {
        Some(problem) => not_saved(making, problem, begin),
        None => saved_entry(making, is_saved),
    })
}

/// Returns what saves a draft.
pub(super) fn use_saving(id: RecordId) -> Saving {
    let phone = use_phone();
    let go = use_go();
    let result = RwSignal::new(None);
    let is_under_way = StoredValue::new(false);
    let begin = Callback::new(move |()| {
        if is_under_way.get_value() {
            return;
        }
        is_under_way.set_value(true);
        result.set(None);
        let show = move || go.instead(&Step::Saved.path(id));
        let show_late = move || {
            if is_under_way.try_get_value() == Some(true) {
                show();
            }
        };
        Timeout::new(STAY_MS, show_late).forget();
        let phone = phone.clone();
        at_phone(async move {
            let saved = match phone.save(id).await {
                // Saved before: here after a reload, or by another tab.
                Err(SaveProblem::NoDraft) if phone.own_entry(id).await.is_some() => Ok(()),
                result => result.map(|_| ()),
            };
            // Whoever left meanwhile is not called back.
            let is_left = is_under_way.try_set_value(false).is_some();
            if saved == Err(SaveProblem::NoPhoto) {
                // There stands why, and what to do.
                go.instead(&Step::Valence.path(id));
            } else {
                result.try_set(Some(saved));
                if !is_left {
                    show();
                }
            }
        });
    });
    Saving { begin, result }
}

fn saved_entry(making: Making, is_saved: Derived<bool>) -> View {
    let words = &use_words().saved;
    let refused = use_refused(making);
    let entry = use_own_entry(making.id);
    let title = move || if is_saved.get() { words.title } else { words.saving };
    let heading = use_screen(move || title().to_owned(), h1().child(live(title)));
    let next = live(move || match is_saved.get() {
        true => what_next(entry),
        false => p().child(words.saving_why).into(),
    });
    let told = div().class("stack centred").attr("data-gap", "2xs");
    let page = div()
        .class("page stack")
        .attr("data-gap", "m")
        .child(live(move || refused.with(|refused| alert(refused))))
        .child(picture(making, entry))
        .child(told.child(div().attr("role", "status").child(heading)).child(next))
        .child(live(move || is_saved.get().then(|| path(entry))));
    View::from(header().class("top").child(say()))
        .and(main().attr("id", "main").child(page))
        .and(live(move || is_saved.get().then(foot)))
}

/// The photo, then the photo and its words on one piece of paper.
fn picture(making: Making, own: Derived<Option<OwnEntry>>) -> View {
    // The state changes often while it is being sent: it must not make the picture anew.
    let entry = derive(move || own.with(|own| own.as_ref().map(|own| own.entry.clone())));
    live(move || match entry.get() {
        Some(entry) => entry_print(making.id, &entry),
        None => first_picture(making),
    })
}

/// The photo and its words on one piece of paper, as others will see them.
fn entry_print(id: RecordId, entry: &Entry) -> El {
    let alt = ui::use_words().general.photo;
    let first = entry.photos.first();
    let picture = first.map(|first| photo(id, *first, MediaSize::Small, PhotoShape::Cut, alt));
    let story = (!entry.story.is_empty()).then(|| p().class("print-story said").child(entry.story.as_str()));
    figure()
        .class("print saved-print")
        .child(div().class("print-photo").child(picture))
        .child(figcaption().class("print-words").child(mark_told(entry.valence)).child(story))
}

fn what_next(entry: Derived<Option<OwnEntry>>) -> View {
    let words = &use_words().saved;
    let phone = use_phone();
    let is_joined = derive(move || entry.with(|entry| entry.as_ref().is_none_or(|entry| entry.project.is_some())));
    let state = derive(move || entry.with(|entry| entry.as_ref().map(|entry| entry.state)));
    let stays = ui::use_words().showing.stays;
    let next = move || match state.get() {
        Some(SendState::Received) => words.received,
        Some(SendState::Stays) => stays,
        Some(SendState::OnPhone | SendState::Sending { .. }) | None => words.goes_by_itself,
    };
    live(move || {
        if is_joined.get() {
            return View::from(p().child(live(next)));
        }
        // What can be done with it before there is a project, a backup too, is for the road as well.
        phone.keep_making();
        let link = a().class("button").attr("href", "/mee").child(words.code_link);
        [p().child(words.waits_for_join), p().child(link)].into()
    })
}

/// The three states as one line.
fn path(entry: Derived<Option<OwnEntry>>) -> El {
    let now = use_step(entry);
    let dot = move |step: ui::Step| {
        li().attr("data-state", step.key())
            .attr_live("aria-current", move || (now.get() == step).then_some("step"))
            .attr_live("data-done", move || (step < now.get()).then_some(""))
            .child(span().class("path-dot").child(icon(step.icon())))
            .child(step.word())
    };
    ol().class("path").attr("aria-label", use_words().saved.where_is_it).child(ui::Step::ALL.map(dot))
}

fn foot() -> El {
    let words = use_words();
    let go = use_go();
    let begin = use_begin(move |path| go.instead(path));
    let shape = View::from(icon("camera")).and(words.saved.another);
    let done = a().class("button").attr("href", "/").attr("data-go", "back").child(ui::use_words().general.done);
    let another = picker("button picker", true, begin, shape).attr("data-kind", "main");
    footer().class("foot").child(div().class("foot-inner").child(done).child(another))
}

fn not_saved(making: Making, problem: SaveProblem, again: Callback<()>) -> View {
    let words = use_words();
    let heading = use_screen(|| words.saved.not_saved.to_owned(), h1().child(words.saved.not_saved));
    let can_retry = problem != SaveProblem::NoDraft;
    let retry = can_retry.then(|| {
        if problem == SaveProblem::Recording {
            let to_voice = a().class("button").attr("data-kind", "main").attr("href", &voice_path(making.id));
            return to_voice.child(words.capture.voice);
        }
        let retry = button().class("button").attr("data-kind", "main").child(ui::use_words().general.again);
        retry.on_tap(move || again.run(()))
    });
    let behind = if can_retry { Step::Story.path(making.id) } else { "/".to_owned() };
    let page = div()
        .class("page stack")
        .attr("data-gap", "m")
        .child(heading)
        .child(notice("warn", Some("warn"), (ui::use_words().save_problem)(problem)))
        .child(retry);
    [back_top(&behind), main().attr("id", "main").child(page)].into()
}

/// Returns the entry that the draft became.
fn use_own_entry(id: RecordId) -> Derived<Option<OwnEntry>> {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.own_entry(id).await }
    });
    derive(move || read.get().flatten())
}

fn use_step(entry: Derived<Option<OwnEntry>>) -> Derived<ui::Step> {
    derive(move || entry.with(|entry| entry.as_ref().map_or(ui::Step::OnPhone, |entry| step_of(entry.state))))
}

/// Returns why files were refused while saving waited for them: still told when the draft is gone.
fn use_refused(making: Making) -> Derived<Vec<PhotoProblem>> {
    let kept = StoredValue::new(Vec::new());
    derive(move || {
        if let Some(now) = making.draft.with(|draft| draft.as_ref().map(problems)) {
            kept.set_value(now);
        }
        kept.get_value()
    })
}
