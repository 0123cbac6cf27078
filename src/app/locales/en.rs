//! English, as plain as the Dutch.

use browser::{ErrorCode, PhotoProblem};
use domain::Valence;

use super::words::{Capture, Join, Mine, More, Problems, Saved, Session, Start, Wall, Words};

pub(super) const WORDS: Words = Words {
    start: Start {
        question: "What do you see around you?",
        hello: |name| format!("Hello {name}"),
        take_photo: "Take photo",
        choose_photo: "Choose photo",
        unsent: |n| if n == 1 { "1 photo still to send".into() } else { format!("{n} photos still to send") },
        unsent_words: "A change still to send",
        sending: "Sending now.",
        send_now: "Send now",
        draft: "You were busy with a photo",
        draft_goes_on: "Go on",
        draft_away: "Throw away",
        join: "Do you have a code?",
        join_why: "With your code your neighbours see your photos too.",
        join_waits: |code| format!("Your code {code} goes along once there is internet."),
        join_refused: |code| format!("We do not know the code {code}. Your photos are safe on this phone."),
        join_other: "Enter your code again",
        keeps_nothing: "This window remembers nothing.",
        keeps_nothing_what_to_do: "If you close it, all that is not sent is gone. Better open Wijkbeeld in an ordinary window.",
        which_project: "For which neighbourhood?",
        show_us: "What will you show?",
        of_three: |n| format!("{n} of 3"),
        good: "good",
        better: "could be better",
        empty_place: "Still empty",
        before_first: "Before your first photo",
        safety: [
            "Only go where you would go anyway.",
            "Take no photo of somebody who needs help.",
            "Take no photo of other people's children.",
            "Do not look into people's homes.",
            "You may always say no.",
        ],
    },
    join: Join {
        title: "Join your neighbourhood",
        why: "Take photos of what is good around you. And of what could be better.",
        language: "Language",
        code: "Code",
        code_hint: "The code is on your card. It has 6 letters and digits.",
        name: "Name",
        name_hint: "A first name is enough. You may leave it empty.",
        promises: [
            "You need no account.",
            "Only people who take part see your photos. They are not put on the web.",
            "You may always stop, and take your photos away.",
        ],
        consent: "If you tap Join, others in this project may see your photos and words and talk about them.",
        join: "Join",
        joining: "One moment. We are looking for your neighbourhood.",
        not_a_code: "This code is not right. Have another look at your card or your invitation.",
        other_phone: "I took part on another phone",
    },
    capture: Capture {
        step: |n, all| format!("Step {n} of {all}"),
        next: "Next",
        skip: "Skip",
        making_ready: "We are getting your photo ready.",
        add: "Add another photo",
        adapt: "Turn or cover",
        place: "Say where it is",
        questions: "More questions",
        what_is_there: "What is there already?",
        voice: "Tell it with your voice",
        no_photo: "There is no photo yet. Take one, or choose one.",
        left_out: |n| {
            let left = if n == 1 { "1 photo was".into() } else { format!("{n} photos were") };
            format!("One story has room for 10 photos. {left} left out.")
        },
        remove_which: |n| format!("Take out photo {n}"),
        refused: |problem| match problem {
            PhotoProblem::Empty => "This file is empty. Choose another photo or take a new one.",
            PhotoProblem::NotAnImage => "This file is not a photo. Choose another photo or take a new one.",
            PhotoProblem::Heic => "This phone cannot read this kind of photo. Take a new photo or choose another one.",
            PhotoProblem::Broken => "This photo is broken. Choose another photo or take a new one.",
            PhotoProblem::TooManyPixels => "This photo is too large. Choose another photo or take a new one.",
            PhotoProblem::Unreadable => "We cannot read this photo. Choose another photo or take a new one.",
        },
        refused_rest: "Everything else is safe.",
    },
    saved: Saved {
        title: "Saved on this phone",
        saving: "One moment",
        saving_why: "We are getting your photo ready.",
        goes_by_itself: "We send your photo once there is internet. You need not do anything.",
        waits_for_join: "Your photo waits here until you join. For that you need a code.",
        code_link: "Enter your code",
        received: "It has arrived.",
        where_is_it: "Where is your photo?",
        another: "Another photo",
        not_saved: "Not done yet",
    },
    mine: Mine {
        title: "My photos",
        empty: "Your photos will be here",
        empty_what_to_do: "Begin with something you like in the street.",
        set_aside: "Did not get through",
        leaves_when_online: "Leaves once there is internet",
        leaves_when_joined: "Leaves once you join with a code",
        stays: "Stays here. Only you see it.",
        parts: |sent, total| format!("{sent} of {total} parts are there"),
        no_story: "Nothing told yet",
        edit: "Change",
        away: "Throw away",
        away_told: "Thrown away. Nobody sees this photo any more.",
        away_title: |n| format!("Thrown away ({n})"),
        put_back: "Put back",
        erase: "Erase for ever",
        erase_sure: "Erase for ever?",
        erase_why: "The photo and your words vanish everywhere: on this phone and at your neighbours. This cannot be undone.",
        erase_yes: "Yes, erase all",
    },
    wall: Wall {
        title: "The neighbourhood",
        filter_valence: "Good or could be better?",
        filter_theme: "What is it about?",
        all: "All",
        section: |valence| match valence {
            Some(Valence::Good) => "This is good",
            Some(Valence::Both) => "Both",
            Some(Valence::CouldBeBetter) => "This could be better",
            None => "Not chosen yet",
        },
        more: "Show further photos",
        empty: "The photos of the neighbourhood will be here",
        empty_why: "Nothing has been shared yet. You can be the first.",
        empty_offline: "Without internet we cannot fetch them now. Have a look later.",
        empty_unjoined: "Join with your code. Then you see what your neighbours make.",
        none_match: "No photos with this choice.",
        show_all: "Show all",
        entry_title: |name| format!("Photo and story by {name}"),
        entry_title_unnamed: "Photo and story",
        entry_gone: "This photo is not here",
        entry_gone_why: "Its maker took it away, or it has not been fetched yet.",
        you: "You",
        no_story: |name| if name.is_empty() { "Photo without a story".into() } else { format!("Photo by {name}") },
    },
    session: Session {
        title: "Talk",
        what: "In a talk you look at the photos of the neighbourhood together.",
        steps: [
            "You choose photos that say a lot.",
            "You talk: what is there already, and what could be better?",
            "You agree who does what.",
        ],
        not_yet: "The app cannot do that yet. Your community worker tells you when there is a talk.",
    },
    more: More {
        title: "More",
        language: "Language",
        projects: "Your neighbourhood",
        projects_none: "You have not joined a neighbourhood yet.",
        another_code: "Enter a code",
        phones: "My phones",
        desk: "Guiding",
        update: "There is a new version",
        update_why: "Your photos stay.",
        update_now: "Renew",
        sending: "Sending",
        all_sent: "Everything is received.",
        oldest: |day| format!("The oldest is from {day}."),
        storage: "Room on this phone",
        storage_whole: "Ready to go: all of it works without internet too.",
        storage_not_whole: "Not all of it works without internet yet. The rest comes by itself once you take part.",
        storage_used: |used| format!("Wijkbeeld uses {used}."),
        storage_used_of: |used, free| format!("Wijkbeeld uses {used}. There is room for {free} more."),
        storage_persisted: "Your phone does not clear Wijkbeeld by itself.",
        storage_not_persisted: "Your phone may clear Wijkbeeld when it is full. So send your photos in time.",
        storage_installed: "Wijkbeeld is an app on your phone.",
        storage_not_installed: "Put Wijkbeeld on your home screen, so that it stays.",
        data: "My data",
        data_why: "You make a backup with your data.",
        help: "Help",
        help_lines: [
            "Take or choose a photo. It is on your phone at once.",
            "Say whether it is good or could be better. Tell what you want.",
            "Without internet you can just go on. We send later.",
            "At My photos you see what is received. There you can also take something away.",
        ],
        about: "About Wijkbeeld",
        about_lines: [
            "With Wijkbeeld residents show what is good in their neighbourhood already, and what could be better.",
            "Is something broken in the street, or is there haste? Tell the municipality. We are no report desk.",
        ],
        version: |version| format!("Version {version}"),
    },
    problems: Problems {
        join: |code| match code {
            ErrorCode::UnknownCode => "We do not know this code. Have another look, or ask your community worker.",
            ErrorCode::CodeReplaced => "This code is not used any more. Ask your community worker for a new one.",
            ErrorCode::TooManyAttempts => "That was too often in a row. Wait a moment and try again.",
            ErrorCode::ProjectClosed => "This project cannot be joined any more. Ask your community worker.",
            ErrorCode::ClientTooOld => "A new version is needed. Load the page again.",
            ErrorCode::BadRequest
            | ErrorCode::UnknownDevice
            | ErrorCode::DeviceShutOut
            | ErrorCode::CrossSite
            | ErrorCode::NotMember
            | ErrorCode::NotFound
            | ErrorCode::NotYours
            | ErrorCode::ClockAhead
            | ErrorCode::UploadOffset
            | ErrorCode::InvalidRecord
            | ErrorCode::RecordTooLarge
            | ErrorCode::BatchTooLarge
            | ErrorCode::MediumTooLarge
            | ErrorCode::HashMismatch
            | ErrorCode::NotAnImage
            | ErrorCode::BrokenImage
            | ErrorCode::BrokenVoice
            | ErrorCode::VoiceTooLong
            | ErrorCode::TooManyPixels
            | ErrorCode::CarriesMetadata
            | ErrorCode::ServerFull
            | ErrorCode::Busy
            | ErrorCode::MethodNotAllowed
            | ErrorCode::Internal
            | ErrorCode::Unknown => {
                "Joining does not work just now. Try again later. You can take photos all the same."
            }
        },
        entry: |code| match code {
            ErrorCode::NotAnImage | ErrorCode::BrokenImage | ErrorCode::HashMismatch | ErrorCode::CarriesMetadata => {
                "The photo arrived broken. Take it again. The rest just goes on."
            }
            ErrorCode::BrokenVoice | ErrorCode::VoiceTooLong => {
                "Your voice note did not arrive well. Record it again. The rest goes on."
            }
            ErrorCode::TooManyPixels | ErrorCode::MediumTooLarge => {
                "The photo is too large. Take a new one. The rest just goes on."
            }
            ErrorCode::RecordTooLarge => "Your story is too long. Make it shorter. The rest just goes on.",
            ErrorCode::NotYours => "This photo is somebody else's. You cannot change it.",
            ErrorCode::BadRequest
            | ErrorCode::UnknownDevice
            | ErrorCode::DeviceShutOut
            | ErrorCode::CrossSite
            | ErrorCode::NotMember
            | ErrorCode::NotFound
            | ErrorCode::UnknownCode
            | ErrorCode::CodeReplaced
            | ErrorCode::ClockAhead
            | ErrorCode::UploadOffset
            | ErrorCode::InvalidRecord
            | ErrorCode::BatchTooLarge
            | ErrorCode::TooManyAttempts
            | ErrorCode::ClientTooOld
            | ErrorCode::ProjectClosed
            | ErrorCode::ServerFull
            | ErrorCode::Busy
            | ErrorCode::MethodNotAllowed
            | ErrorCode::Internal
            | ErrorCode::Unknown => {
                "This did not get through. Your photo is safe on this phone. The rest just goes on."
            }
        },
        sending: |code| match code {
            ErrorCode::ServerFull => "The server is full. Your photos are safe on this phone. Tell your helper.",
            ErrorCode::ClientTooOld => "A new version is needed. Your photos are safe. Look at More.",
            ErrorCode::ProjectClosed => "This project takes no more photos. Your photos are safe on this phone.",
            ErrorCode::DeviceShutOut => {
                "This phone was shut out. What was not sent is still here. The rest is with the project."
            }
            ErrorCode::UnknownDevice | ErrorCode::NotMember => {
                "We do not know this phone any more. Your photos are safe. Enter your code again."
            }
            ErrorCode::BadRequest
            | ErrorCode::CrossSite
            | ErrorCode::NotFound
            | ErrorCode::UnknownCode
            | ErrorCode::CodeReplaced
            | ErrorCode::NotYours
            | ErrorCode::ClockAhead
            | ErrorCode::UploadOffset
            | ErrorCode::InvalidRecord
            | ErrorCode::RecordTooLarge
            | ErrorCode::BatchTooLarge
            | ErrorCode::MediumTooLarge
            | ErrorCode::HashMismatch
            | ErrorCode::NotAnImage
            | ErrorCode::BrokenImage
            | ErrorCode::BrokenVoice
            | ErrorCode::VoiceTooLong
            | ErrorCode::TooManyPixels
            | ErrorCode::CarriesMetadata
            | ErrorCode::TooManyAttempts
            | ErrorCode::Busy
            | ErrorCode::MethodNotAllowed
            | ErrorCode::Internal
            | ErrorCode::Unknown => {
                "Sending does not work just now. Your photos are safe on this phone. We try again by ourselves."
            }
        },
        storage: "Your phone does not answer. Try again.",
    },
};
