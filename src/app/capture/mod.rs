//! From a photo to an entry: one question per screen, always a way back, everything but the photo may be skipped.
//!
//! The draft lies on the phone from its first byte; what is chosen here is written there at once, so that a screen that
//! is reloaded, or a browser that is killed, loses nothing. Saving is a screen of its own ([`mod@saved`]).

mod photos;
mod refused;
mod saved;
mod steps;

use browser::{Draft, DraftPhoto, Phone, PhotoState};
use dom::reactive::*;
use dom::{El, View, div, live, main};
use domain::{MAX_PHOTOS, RecordId, Theme, Valence, WHAT_IS_THERE};
use ui::{Derived, at_phone, bones, count_of, derive, use_go, use_live, use_phone, use_reading};
use web_sys::File;

pub(crate) use photos::{camera, draft_thumb};
use saved::{Saving, saved, use_saving};
use steps::{story_step, themes_step, valence_step};

/// A step of capture, as it stands in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Valence,
    Themes,
    Story,
    Saved,
}

impl Step {
    /// The steps that ask something.
    const ASKING: [Self; 3] = [Self::Valence, Self::Themes, Self::Story];

    /// Returns the step at a path; who stands somewhere unknown begins.
    fn at(path: &str) -> Self {
        match path.split('/').nth(3) {
            Some("onderwerp") => Self::Themes,
            Some("vertel") => Self::Story,
            Some("bewaard") => Self::Saved,
            Some(_) | None => Self::Valence,
        }
    }

    /// Returns the address of this step of a draft.
    fn path(self, draft: RecordId) -> String {
        match self {
            Self::Valence => format!("/maak/{draft}"),
            Self::Themes => format!("/maak/{draft}/onderwerp"),
            Self::Story => format!("/maak/{draft}/vertel"),
            Self::Saved => format!("/maak/{draft}/bewaard"),
        }
    }

    /// Returns the address that lies before this step.
    fn path_before(self, draft: RecordId) -> String {
        match self {
            Self::Valence => "/".to_owned(),
            Self::Themes => Self::Valence.path(draft),
            Self::Story | Self::Saved => Self::Themes.path(draft),
        }
    }
}

/// Returns where photos of a draft are turned, covered and put in order: another part of the app.
fn beside_path(draft: RecordId) -> String {
    format!("/erbij/{draft}")
}

/// Returns where a draft is told by voice.
fn voice_path(draft: RecordId) -> String {
    format!("/erbij/{draft}/stem")
}

/// How many of the photos chosen last found no room in their entry; told until the next thing one does.
#[derive(Clone, Copy)]
pub(crate) struct LeftOut(pub(crate) RwSignal<u32>);

/// Begins a draft with as many of the files as an entry has room for. Returns its address, and how many were left out.
pub(crate) fn begin(phone: &Phone, files: Vec<File>) -> (String, u32) {
    let (files, left_out) = fitting(files, 0);
    (Step::Valence.path(phone.begin(files)), left_out)
}

/// Returns what begins a draft with chosen files and goes there, as `go` says.
pub(crate) fn use_begin(go: impl Fn(&str) + Send + Sync + 'static) -> Callback<Vec<File>> {
    let phone = use_phone();
    let LeftOut(told) = expect_context();
    Callback::new(move |files: Vec<File>| {
        let (path, left_out) = begin(&phone, files);
        told.set(left_out);
        go(&path);
    })
}

/// Returns the first of `files`, as many as fit beside those that are there, and how many do not.
fn fitting<T>(mut files: Vec<T>, there: usize) -> (Vec<T>, u32) {
    let room = MAX_PHOTOS.saturating_sub(there);
    let left_out = files.len().saturating_sub(room);
    files.truncate(room);
    (files, count_of(left_out))
}

/// Says whether there is nothing in a draft to come back to: no words, spoken or typed, and no photo that can be used.
pub(crate) fn is_nothing(draft: &Draft) -> bool {
    let is_refused = |photo: &DraftPhoto| matches!(photo.state, PhotoState::Refused(_));
    let is_told = !draft.story.is_empty() || draft.voice.is_some() || !draft.replies.is_empty();
    draft.photos.iter().all(is_refused) && draft.valence.is_none() && draft.themes.is_empty() && !is_told
}

/// Returns the address at which a draft goes on: the first question that is still open.
pub(crate) fn path_to_go_on(draft: &Draft) -> String {
    let step = match (draft.valence, draft.themes.as_slice(), draft.story.as_str()) {
        (None, ..) => Step::Valence,
        (Some(_), [], "") => Step::Themes,
        (Some(_), ..) => Step::Story,
    };
    step.path(draft.id)
}

/// What the steps of a draft share: the choices as they stand on the screen, which go to disk as they are made.
#[derive(Clone, Copy)]
struct Making {
    id: RecordId,
    /// As it lies on disk; `None` while it is being read, or after it became an entry.
    draft: Derived<Option<Draft>>,
    valence: RwSignal<Option<Valence>>,
    themes: RwSignal<Vec<Theme>>,
    story: RwSignal<String>,
    what_is_there: RwSignal<String>,
    saving: Saving,
}

impl Making {
    /// Begins with what the draft says; call it once that was read.
    fn of(id: RecordId, draft: Derived<Option<Draft>>) -> Self {
        let first = draft.get_untracked();
        Self {
            id,
            draft,
            valence: RwSignal::new(first.as_ref().and_then(|draft| draft.valence)),
            themes: RwSignal::new(first.as_ref().map(|draft| draft.themes.clone()).unwrap_or_default()),
            what_is_there: RwSignal::new(
                first.as_ref().map(|draft| draft.said_to(WHAT_IS_THERE).to_owned()).unwrap_or_default(),
            ),
            story: RwSignal::new(first.map(|draft| draft.story).unwrap_or_default()),
            saving: use_saving(id),
        }
    }
}

/// The capture screens of a draft.
pub(crate) fn capture(id: RecordId) -> El {
    let phone = use_phone();
    let leaving = phone.clone();
    let told = use_live();
    let go = use_go();
    let step = derive(move || Step::at(&go.path()));
    let read = use_reading(move || {
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.draft(id).await }
    });
    let draft = derive(move || read.get().flatten());
    let is_read = derive(move || read.map(|_| ()).is_some());
    on_cleanup(move || {
        if draft.with_untracked(|draft| draft.as_ref().is_some_and(is_nothing)) {
            at_phone(async move { leaving.discard(id).await });
        }
    });
    // A screen is made once per step: what the draft says meanwhile is followed inside.
    div().class("frame").child(live(move || {
        if !is_read.get() {
            return View::from(main().attr("id", "main").child(div().class("page").child(bones())));
        }
        let making = Making::of(id, draft);
        live(move || screen(making, step.get()))
    }))
}

fn screen(making: Making, step: Step) -> View {
    match step {
        Step::Saved => saved(making),
        // It was saved or thrown away, here or in another tab.
        Step::Valence | Step::Themes | Step::Story if making.draft.with_untracked(Option::is_none) => {
            use_go().instead("/");
            View::nothing()
        }
        Step::Valence => valence_step(making),
        Step::Themes => themes_step(making),
        Step::Story => story_step(making),
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    fn draft(valence: Option<Valence>, themes: &[Theme], story: &str) -> Draft {
        let id = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        Draft {
            id,
            photos: vec![],
            valence,
            themes: themes.to_vec(),
            story: story.into(),
            begun: Timestamp::from_ms(1),
            place: None,
            place_shown: None,
            offered_place: String::new(),
            people: None,
            voice: None,
            replies: Vec::new(),
        }
    }

    #[test]
    fn a_draft_goes_on_at_the_first_open_question() {
        let ends_with = |draft: Draft, end: &str| assert!(path_to_go_on(&draft).ends_with(end), "{draft:?}");
        let none = draft(None, &[], "Hier zitten we");
        assert_eq!(path_to_go_on(&none), Step::Valence.path(none.id));
        ends_with(draft(Some(Valence::Good), &[], ""), "/onderwerp");
        ends_with(draft(Some(Valence::Good), &[Theme::Groen], ""), "/vertel");
        ends_with(draft(Some(Valence::Good), &[], "Hier zitten we"), "/vertel");
    }

    #[test]
    fn an_entry_takes_as_many_photos_as_it_has_room_for() {
        assert_eq!(fitting(vec![1; 12], 0), (vec![1; MAX_PHOTOS], 2));
        assert_eq!(fitting(vec![1; 3], MAX_PHOTOS - 1), (vec![1], 2));
        assert_eq!(fitting(vec![1; 3], 1), (vec![1; 3], 0));
    }

    #[test]
    fn words_alone_are_something_to_come_back_to() {
        assert!(is_nothing(&draft(None, &[], "")));
        assert!(!is_nothing(&draft(None, &[], "Hier zitten we")));
        assert!(!is_nothing(&Draft { voice: Some(browser::DraftVoice::Recording), ..draft(None, &[], "") }));
    }

    #[test]
    fn every_step_is_found_at_its_own_address() {
        let id = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        for step in [Step::Valence, Step::Themes, Step::Story, Step::Saved] {
            let path = step.path(id);
            assert_eq!(Step::at(&path), step);
        }
    }
}
