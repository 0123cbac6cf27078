//! Where an own photo is: word, drawing and shape, never colour alone.

use browser::SendState;
use dom::{El, View, live, span};

use crate::icon::icon;
use crate::light::Derived;
use crate::locales::use_words;

/// Where an own photo is, as a screen shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// *Op deze telefoon*.
    OnPhone,
    /// *Wordt verstuurd*.
    Sending,
    /// *Ontvangen*.
    Received,
}

impl Step {
    /// All steps, in the order in which a photo takes them.
    pub const ALL: [Self; 3] = [Self::OnPhone, Self::Sending, Self::Received];

    /// Returns the drawing.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::OnPhone => "phone",
            Self::Sending => "send",
            Self::Received => "check",
        }
    }

    /// Returns the name that the style sheet knows.
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnPhone => "on_phone",
            Self::Sending => "sending",
            Self::Received => "received",
        }
    }

    /// Returns the word.
    pub fn word(self) -> &'static str {
        let words = &use_words().states;
        match self {
            Self::OnPhone => words.on_phone,
            Self::Sending => words.sending,
            Self::Received => words.received,
        }
    }
}

/// Returns where a photo is.
pub const fn step_of(state: SendState) -> Step {
    match state {
        SendState::OnPhone | SendState::Stays => Step::OnPhone,
        SendState::Sending { .. } => Step::Sending,
        SendState::Received => Step::Received,
    }
}

/// The state as a label that follows live; none where `step` says that there is nothing to tell.
pub fn state_label(step: Derived<Option<Step>>) -> View {
    live(move || step.get().map(step_label))
}

/// The state as a label.
pub fn step_label(step: Step) -> El {
    span().class("state").attr("data-state", step.key()).child(icon(step.icon())).child(step.word())
}
