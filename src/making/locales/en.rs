//! English.

use browser::{RepaintProblem, SaveProblem};

use super::words::{Cover, Photos, Words};
use crate::covering::Nudge;

pub(super) const WORDS: Words = Words {
    photos: Photos {
        title: "Your photos",
        none: "There are no photos here yet.",
        making_ready: "Getting ready",
        which: |number, count| format!("Photo {number} of {count}"),
        turn: "Turn",
        cover: "Cover people",
        earlier: "Move forward",
        later: "Move back",
        done: "Continue",
        turned: "The photo is turned.",
        moved: |number, count| format!("This photo is now number {number} of {count}."),
        gone: "These photos are not here any more. They may be saved already: look under My photos.",
    },
    cover: Cover {
        title: "What do you cover?",
        why: "Cover faces, number plates and windows that one can look into. Nobody will see what was under it.",
        photo: "The photo, with what you cover",
        tools: "How do you cover?",
        wipe: "Wipe",
        place: "Place a patch",
        wipe_how: "Wipe with your finger over what you want to cover.",
        place_how: "Tap a face or a number plate. A patch comes there.",
        looking: "The phone is looking for faces in the photo.",
        found: |count| match count {
            1 => "The phone sees 1 face. Look for yourself too.".into(),
            _ => format!("The phone sees {count} faces. Look for yourself too."),
        },
        found_none: "The phone sees no face. Look for yourself too.",
        cover_found: |count| match count {
            1 => "Cover this face".into(),
            _ => format!("Cover these {count} faces"),
        },
        add: "Another patch",
        shapes: "What you cover",
        square: |number| format!("Patch {number}"),
        stroke: |number| format!("Wipe {number}"),
        choose: |name| format!("Choose {name}"),
        remove: |name| format!("Take away: {name}"),
        nudge: |nudge| match nudge {
            Nudge::Left => "To the left",
            Nudge::Right => "To the right",
            Nudge::Up => "Up",
            Nudge::Down => "Down",
            Nudge::Larger => "Larger",
            Nudge::Smaller => "Smaller",
        },
        keys: "With keys: arrows move the patch, + and - make it larger and smaller, Delete takes it away.",
        undo: "Step back",
        done: "Cover",
        burning: "The photo is being covered.",
        for_ever: "What you cover does not come back. Not on this phone either.",
        stop: "Cover nothing",
    },
    problem: |problem| match problem {
        RepaintProblem::NotHere => {
            "This is not on your phone yet. With internet it comes by itself. Your photo is safe: you can just go on."
        }
        RepaintProblem::NoPhoto => "This photo is not ready yet, or not there any more. Try again in a moment.",
        RepaintProblem::Failed => "This did not work. Your photo is as it was. Close other apps and try again.",
        RepaintProblem::Storage(SaveProblem::StorageFull) => {
            "Your phone is full. Your photo is as it was. Make room and try again."
        }
        RepaintProblem::Storage(
            SaveProblem::StorageFailed
            | SaveProblem::NoDraft
            | SaveProblem::NoPhoto
            | SaveProblem::Recording
            | SaveProblem::NotReady,
        ) => "Saving did not work. Your photo is as it was. Try again.",
    },
};
