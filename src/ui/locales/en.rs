//! English, as plain as the Dutch.

use browser::SaveProblem;
use domain::{Audience, TypedBy, Valence};

use super::words::{General, Opening, Places, Questions, Showing, States, Words};

pub(super) const WORDS: Words = Words {
    lang: "en",
    name: "English",
    general: General {
        app: "Wijkbeeld",
        skip_to_content: "Go to the content",
        back: "Back",
        loading: "One moment.",
        offline: "No internet. You can just go on.",
        again: "Try again",
        cancel: "Never mind",
        done: "Done",
        save: "Save",
        say: "Read aloud",
        not_found: "This page is not here",
        not_found_what_to_do: "The address is wrong, or this is not on your phone yet: with internet it comes. Your photos are safe.",
        to_start: "To the beginning",
        for_helper: |code| format!("For your helper: {code}"),
        photo: "Photo",
        photo_of: |n, all| format!("Photo {n} of {all}"),
        photo_not_here: "This photo is not on your phone yet.",
        voice: "Spoken story",
        voice_not_here: "This spoken story is not on your phone yet.",
        typed_by: |by| match by {
            TypedBy::Maker => "Typed by its maker",
            TypedBy::Guide => "Typed by somebody who guides",
        },
    },
    places: Places {
        label: "Main menu",
        start: "Start",
        mine: "My photos",
        wall: "Nearby",
        session: "Talk",
        more: "More",
    },
    states: States { on_phone: "On this phone", sending: "Being sent", received: "Received" },
    opening: Opening {
        title: "Wijkbeeld cannot start",
        newer: "There is a newer version on this phone already. Your photos are safe. Load the page again.",
        blocked: "Wijkbeeld is still open in another window. Your photos are safe. Close that window and try again.",
        refused: "This browser keeps nothing. Open Wijkbeeld in an ordinary window, or in another browser.",
    },
    questions: Questions {
        valence: "What do you think of this?",
        themes: "What is it about?",
        themes_hint: "Choose one, two or three.",
        themes_full: "You have three. Tap one off to swap.",
        story: "Tell about it",
        story_hint: "What do you want to say about it?",
    },
    showing: Showing {
        question: "Who may see this?",
        choice: |audience| match audience {
            Audience::OnlyMe => "Only me",
            Audience::MyGroup => "My group and the guides",
            Audience::Everyone => "Everyone who takes part",
        },
        sees: |audience| match audience {
            Audience::OnlyMe => "Only you see your photos.",
            Audience::MyGroup => "Only your group and the guides see your photos.",
            Audience::Everyone => "Everyone who takes part sees your photos.",
        },
        stays: "This photo stays on this phone and in your backup.",
        keep_copy: "Keep a copy on the server",
        keep_copy_why: "Whoever runs the server can read that copy.",
        waits: "A guide looks first. Then others see this photo.",
        held: "Others do not see this photo yet. Are there people in it?",
        held_say: "Say it",
        approved: |reason| format!("Approved. {reason}"),
        asked: |reason| format!("The guide asks: {reason}"),
        hidden: |reason| format!("Others do not see this photo. {reason}"),
        answer: "Your answer",
        answered: |text| format!("You answered: {text}"),
    },
    save_problem: |problem| match problem {
        SaveProblem::NoDraft => "We cannot find this photo any more. Look at My photos whether it is there already.",
        SaveProblem::NoPhoto => "There is no photo yet that we can use. Your words are still here.",
        SaveProblem::StorageFull => {
            "Your phone is full. Your photo is still here. Make room on your phone and try again."
        }
        SaveProblem::Recording => {
            "Your recording is not finished. End it or throw it away. All of it is on this phone."
        }
        SaveProblem::NotReady => "The photo is not ready yet. It is safe on this phone. Try again in a moment.",
        SaveProblem::StorageFailed => "Your phone does not answer. Your photo is still here. Try again.",
    },
    valence: |valence| match valence {
        Valence::Good => "This is good",
        Valence::CouldBeBetter => "This could be better",
        Valence::Both => "Both",
    },
    valence_said: names::english::valence,
    theme: names::english::theme,
};
