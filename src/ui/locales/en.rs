//! English, as plain as the Dutch.

use domain::Valence;

use super::words::{General, Opening, Places, States, Words};

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
        not_found: "This page is not here",
        not_found_what_to_do: "The address is wrong, or this is not on your phone yet: with internet it comes. Your photos are safe.",
        to_start: "To the beginning",
        for_helper: |code| format!("For your helper: {code}"),
        photo: "Photo",
        photo_of: |n, all| format!("Photo {n} of {all}"),
        photo_not_here: "This photo is not on your phone yet.",
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
    valence: |valence| match valence {
        Valence::Good => "This is good",
        Valence::CouldBeBetter => "This could be better",
        Valence::Both => "Both",
    },
    valence_said: names::english::valence,
    theme: names::english::theme,
};
