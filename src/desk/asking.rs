//! What screens ask the server, and what they show until it answers and when it does not.

use browser::{ErrorCode, NoAnswer, Verb, ask};
use dom::{View, button, div, live, p};
use domain::plain::{Plain, Value};
use leptos::prelude::*;
use ui::{Reading, at_phone, bones, derive, icon, notice, use_live, use_reading};

use crate::locales::use_words;

/// An answer that a screen shows.
pub(crate) struct Asked<T> {
    answer: Reading<Result<T, NoAnswer>>,
    times: RwSignal<u32>,
}

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

/// Asks for what a screen shows: now, when the network comes back, and when told to ask again.
pub(crate) fn use_asked<T: Plain + 'static>(path: impl Fn() -> String + 'static) -> Asked<T> {
    let times = RwSignal::new(0);
    let status = use_live().status;
    let is_online = derive(move || status.get().is_online);
    let answer = use_reading(move || {
        is_online.track();
        times.track();
        let path = path();
        async move { ask::<T>(Verb::Get, &path, None).await }
    });
    Asked { answer, times }
}

impl<T: 'static> Asked<T> {
    /// Asks once more: something has changed.
    pub(crate) fn again(self) {
        // The screen may be gone.
        let _ = self.times.try_update(|times| *times += 1);
    }

    /// Shows the answer, or why there is none and what can be done.
    pub(crate) fn show(self, shown: impl Fn(&T) -> View + 'static) -> View {
        live(move || match self.answer.map(|answer| answer.as_ref().map(&shown).map_err(|why| *why)) {
            None => bones().into(),
            Some(Ok(view)) => view,
            Some(Err(why)) => {
                let again = button().class("button").on_tap(move || self.again());
                let again = again.child(icon("turn")).child(ui::use_words().general.again);
                View::from(no_answer(why)).and(p().child(again))
            }
        })
    }

    /// Looks at the answer, where there is one.
    pub(crate) fn map<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.answer.map(|answer| answer.as_ref().ok().map(look)).flatten()
    }
}

/// Says why there is no answer, and what can be done.
pub(crate) fn no_answer(why: NoAnswer) -> dom::El {
    let words = &use_words().asking;
    match why {
        NoAnswer::Unreachable if !use_live().status.get_untracked().is_online => notice("cloud", None, words.offline),
        NoAnswer::Unreachable => notice("cloud", None, words.unreachable),
        NoAnswer::TooOften(ms) => {
            let minutes = u32::try_from(ms.div_ceil(60_000)).unwrap_or(u32::MAX);
            notice("clock", Some("warn"), &(words.too_often)(minutes))
        }
        NoAnswer::Refused(code) => notice("warn", Some("warn"), &(words.refused)(code)),
    }
}

/// Says that a screen is not for the role that somebody has.
pub(crate) fn not_for_role() -> dom::El {
    notice("lock", None, &(use_words().asking.refused)(ErrorCode::NotYours))
}

/// How far something is that was asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Nothing,
    Pending,
    Failed(NoAnswer),
}

/// Something that the server does when it is told to: what it is about, and how far it is.
#[derive(Clone, Copy)]
pub(crate) struct Deed {
    state: RwSignal<Doing>,
}

/// Returns something to be done, of which nothing was done yet.
pub(crate) fn use_deed() -> Deed {
    Deed { state: RwSignal::new(Doing::Nothing) }
}

impl Deed {
    /// Has it done; `done` gets the answer. A second tap waits for the first.
    pub(crate) fn run<T: Plain + 'static>(
        self,
        verb: Verb,
        path: String,
        body: Option<Value>,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.state.get_untracked() == Doing::Pending {
            return;
        }
        self.state.set(Doing::Pending);
        at_phone(async move {
            let answer = ask::<T>(verb, &path, body).await;
            let state = answer.as_ref().err().map_or(Doing::Nothing, |why| Doing::Failed(*why));
            // The screen may be gone.
            if self.state.try_set(state).is_none()
                && let Ok(answer) = answer
            {
                done(answer);
            }
        });
    }

    /// Says whether it is being done.
    pub(crate) fn is_pending(self) -> bool {
        self.state.get() == Doing::Pending
    }

    /// Shows why it was not done, if it was not.
    pub(crate) fn told(self) -> dom::El {
        let told = live(move || match self.state.get() {
            Doing::Failed(why) => no_answer(why).into(),
            Doing::Nothing | Doing::Pending => View::nothing(),
        });
        div().attr("role", "status").child(told)
    }
}
