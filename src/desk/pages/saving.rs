//! How far saving on this phone is, and where what was saved is; the same sentences wherever those who guide write something.

use browser::SaveProblem;
use dom::{El, View};
use ui::{Step, notice, step_label};

use crate::changed::Whereabouts;
use crate::locales::use_words;

/// How far saving is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    Nothing,
    Pending,
    Saved,
    Unchanged,
    Wrong(String),
    Impossible,
    TooLarge,
    Failed(SaveProblem),
}

/// Says how far saving is.
pub(super) fn said(saving: &Saving) -> View {
    let words = &use_words().set_up;
    match saving {
        Saving::Nothing | Saving::Pending => View::nothing(),
        Saving::Saved => notice("done", None, words.saved).into(),
        Saving::Unchanged => notice("done", None, words.unchanged).into(),
        Saving::Wrong(why) => notice("warn", Some("warn"), why).into(),
        Saving::Impossible => notice("warn", Some("warn"), words.wrong).into(),
        Saving::TooLarge => notice("warn", Some("warn"), words.too_large).into(),
        Saving::Failed(SaveProblem::StorageFull) => notice("warn", Some("warn"), words.full).into(),
        Saving::Failed(_) => notice("warn", Some("warn"), words.failed).into(),
    }
}

/// Says where what was written is.
pub(super) fn where_label(place: Whereabouts) -> El {
    match place {
        Whereabouts::OnPhone => step_label(Step::OnPhone),
        Whereabouts::Received => step_label(Step::Received),
        Whereabouts::Refused(code) => notice("warn", Some("warn"), &(use_words().set_up.refused)(code)),
    }
}
