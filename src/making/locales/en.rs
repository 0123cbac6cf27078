//! English.

use browser::{NoPosition, NoRecording, RepaintProblem, SaveProblem, VoiceProblem};
use domain::{Agreement, Audience, PeopleAnswer, PlaceShown};
use ground::Side;

use super::words::{Backup, Cover, Data, Edit, Given, People, Photos, Place, Question, Share, Voice, Words};
use crate::covering::Nudge;
use crate::pages::Trouble;
use crate::places::NotTaken;

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
    place: Place {
        title: "Where is it?",
        why: "Then others know which place it is about. You need not say.",
        here: "Here",
        point: "Point it out",
        leave_out: "Leave out",
        left_out: "There is no place with this photo.",
        looking: "Your phone is finding out where you are. You can just go on.",
        found: |metres| format!("Found, within {metres} metres."),
        not_found: |why| match why {
            NoPosition::Denied => {
                "Your phone does not say where you are: that is off. Point the place out, or leave it out. Your photo is safe."
            }
            NoPosition::Unknown => {
                "Your phone does not know where you are. Point the place out, or leave it out. Your photo is safe."
            }
        },
        told: "The place is with your photo.",
        point_how: "Tap the place.",
        no_outline: "There is no drawing of this neighbourhood yet. Choose Here, or leave it out.",
        offered: "Your photo knows where it was taken.",
        offered_take: "Use that place",
        drawing: "The neighbourhood from above, with the place of your photo",
        keys: "With keys: arrows move the place, Enter puts it in the middle, + and - look nearer and further off.",
        toward: |side| match side {
            Side::North => "Up",
            Side::East => "To the right",
            Side::South => "Down",
            Side::West => "To the left",
        },
        nearer: "Nearer",
        further: "Further off",
        distance: |metres| if metres < 1000.0 { format!("{metres} m") } else { format!("{} km", metres / 1000.0) },
        how_precisely: "How precisely do others see this?",
        precision: |shown| match shown {
            PlaceShown::Exact => ("Exactly", "The place itself"),
            PlaceShown::Street => ("The street", "About 100 metres around it"),
            PlaceShown::Neighbourhood => ("The neighbourhood", "About a kilometre around it"),
            PlaceShown::Hidden => ("Not", "Only you see the place"),
        },
    },
    voice: Voice {
        title: "Tell it with your voice",
        why: "Just talk. You can talk for 3 minutes.",
        asks: "Your phone asks whether we may hear you. Say yes then. We only hear you while you record.",
        begin: "Start talking",
        asking: "Your phone is asking whether we may hear you. Say yes.",
        listening: "We are listening. Everything is on this phone right away.",
        held: "We are waiting. Go on when you like.",
        time: |now, most| format!("{now} of {most}"),
        hold: "Wait a moment",
        go_on: "Go on",
        stop: "Done",
        ending: "We are getting your recording ready.",
        broken_off: "Your recording broke off. What you said is on this phone. Listen, and say what you want.",
        keep: "It is good like this",
        ready: |time| format!("Your recording lasts {time}. Listen whether it is good."),
        listen: "Your recording",
        again: "Talk again",
        again_sure: "Talk again?",
        away: "Throw away",
        away_sure: "Throw your recording away?",
        gone_then: "What you have recorded now is gone then.",
        type_it: "I would rather type",
        trouble: |why| match why {
            Trouble::Microphone(NoRecording::Denied) => {
                "We may not hear you. Turn the microphone on in your phone's settings, or type your story. Everything is safe."
            }
            Trouble::Microphone(NoRecording::NoMicrophone) => {
                "We find no microphone. Another app may be using it. Close that app, or type your story. Everything is safe."
            }
            Trouble::Microphone(NoRecording::CannotRecord) => {
                "You cannot record here on this phone. Type your story. Everything is safe."
            }
            Trouble::Voice(VoiceProblem::NoSound) => {
                "There is nothing to hear yet. Talk again, or type your story. Your photo is safe."
            }
            Trouble::Voice(VoiceProblem::TooLong) => {
                "Your recording is too long. Talk again and keep it shorter, or type your story. Your photo is safe."
            }
            Trouble::Voice(VoiceProblem::NotHere) => {
                "Your recording is safe, but not ready yet. With internet it will work later. Try again then."
            }
            Trouble::Voice(VoiceProblem::Storage(SaveProblem::StorageFull)) => {
                "Your phone is full. What was saved already is safe. Make room and try again, or type your story."
            }
            Trouble::Voice(VoiceProblem::Storage(
                SaveProblem::StorageFailed
                | SaveProblem::NoDraft
                | SaveProblem::NoPhoto
                | SaveProblem::Recording
                | SaveProblem::NotReady,
            )) => "Saving did not work. What was saved already is safe. Try again, or type your story.",
        },
    },
    people: People {
        title: "Are there people in it?",
        why: "Whoever can be known in the photo has to be fine with it.",
        answer: |answer, is_draft| match answer {
            PeopleAnswer::Nobody => "No",
            PeopleAnswer::Covered if is_draft => "Yes, I cover them",
            PeopleAnswer::Covered => "Yes, they are covered",
            PeopleAnswer::Agreed => "Yes, they agree",
        },
        proposed: "You covered something. Is everybody covered now? Then choose Yes, I cover them.",
        cover: "Cover people",
        text_of: "Read this out",
        text: "You are in this photo. Others in this project may see it and talk about it. Do you not want that any more later? Say so, and they will not see the photo any more.",
        how: "How do you know that they agree?",
        agreement: |how| match how {
            Agreement::Said => "They said yes",
            Agreement::Signed => "They signed",
            Agreement::Pictures => "With pictures",
        },
        held: "Others see this photo only once you have said this.",
        withdrawn: "You said that they do not agree any more. Nobody else sees this photo.",
        withdraw: "They do not agree any more",
        withdraw_why: "Does somebody not want to be in the photo any more? Then nobody else sees it any more. You keep it.",
        gone: "This photo is not here any more.",
        problem: |problem| match problem {
            SaveProblem::StorageFull => "Your phone is full. Your photo is safe. Make room and try again.",
            SaveProblem::StorageFailed
            | SaveProblem::NoDraft
            | SaveProblem::NoPhoto
            | SaveProblem::Recording
            | SaveProblem::NotReady => "It could not be kept. Your photo is as it was. Try again.",
        },
    },
    given: Given {
        title: "What you gave",
        taking_part: "Taking part",
        no_part: "You do not take part in a project yet.",
        said_yes: |day, version, language| format!("You said yes on {day}. That was text {version}, in {language}."),
        part_withdrawn: |day, version, language| {
            format!("You said yes on {day}, and took that back. That was text {version}, in {language}.")
        },
        language: |tag| match tag {
            "nl" => "Dutch",
            "en" => "English",
            other => other,
        },
        parent: "A parent said yes too.",
        here: "You did so on this phone.",
        elsewhere: "You did so on another phone.",
        photos: "Your photos, and who sees them",
        no_photos: "You have not saved any photos yet.",
        no_story: "Without words",
        seen_by: |audience| match audience {
            Audience::OnlyMe => "Only you see this photo.",
            Audience::MyGroup => "Your group and the workers see this photo.",
            Audience::Everyone => "Everybody who takes part sees this photo.",
        },
        held: "Others who take part do not see this photo now.",
        people: |answer| match answer {
            PeopleAnswer::Nobody => "You said: there are no people in it.",
            PeopleAnswer::Covered => "You said: the people are covered.",
            PeopleAnswer::Agreed => "You said: the people in it agree.",
        },
        unsaid: "You have not said yet whether there are people in it.",
        withdrawn: "The people in it do not agree any more.",
        hide: "Only for me",
        all: "All only for me",
        all_sure: "Nobody else any more?",
        all_why: "All your photos leave all others, their phones too. You keep them.",
        all_yes: "Yes, all",
        erase: "Erase all of mine",
        erase_sure: "Erase all?",
        erase_why: "All your photos and words vanish everywhere: on this phone and at your neighbours. This cannot be undone. Your worker takes your name away.",
        erase_yes: "Yes, erase all",
        outside: "A backup that you saved lies outside this app. You erase it yourself.",
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
    share: Share {
        not_taken: |why| match why {
            NotTaken::NotThere => (
                "Share your photo once more",
                "Your photo is not here yet. It is safe in your other app. Share it with Wijkbeeld once more there.",
            ),
            NotTaken::Full => (
                "Your phone is full",
                "There is no room for your photo. It is safe in your other app. Make room on your phone and share it once more.",
            ),
        },
        or_choose: "Or choose your photo on the first screen.",
    },
    question: Question {
        which: |n, all| format!("Question {n} of {all}"),
        voice: "Tell by voice",
        enough: "Done",
        skip: "Skip",
        next: "Next",
        ended: "Those were the questions",
    },
    edit: Edit { title: "Change your photo", typed: "Type what you said" },
    data: Data { title: "My data" },
    backup: Backup {
        title: "Backup",
        why: "Keep your photos and words in one file. Then you can put them back later.",
        make: "Make a backup",
        save: "Save the file",
        put_back: "Put back",
        counts: ["Stories in the file", "Photos that are not on this phone"],
        put_back_counts: [
            "Put back",
            "Here already, or erased",
            "Somebody else's",
            "Of a neighbourhood you have not joined",
            "Broken or not valid",
        ],
        wrong: "This file is not a good backup. Choose another file.",
        too_large: "This is too much for one file.",
        full: "Your phone is full. Make room and try again.",
        not_here: "This needs internet once. Try again later.",
        later: "This file is from a newer version. Load the page again and try once more.",
        failed: "Your phone does not answer. Try again.",
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
