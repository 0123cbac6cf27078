//! English, as plain as the Dutch.

mod set_up;

use browser::{ErrorCode, SaveProblem};
use domain::{Decision, Role};
use protocol::LogAct;

use super::sentence_for;
use super::words::{Approve, Asking, Figures, Invite, Log, Members, Overview, Poster, Seat, Words};
use crate::queue::Turn;

pub(super) const WORDS: Words = Words {
    seat: Seat {
        for_whom: "This part is for workers",
        for_whom_why: "Do you guide a neighbourhood project? Then use the invitation that you were given.",
        unnamed: "Without a name",
        role: |role| match role {
            Role::Resident => "resident",
            Role::Worker => "worker",
            Role::Coordinator => "coordinator",
            Role::Researcher => "researcher",
            Role::Municipality => "municipality",
        },
    },
    asking: Asking {
        offline: "This needs internet. You will see it once there is internet again.",
        unreachable: "The server does not answer. Try again later.",
        refused: |code| {
            let said = [
                (ErrorCode::UnknownDevice, "The server does not know this phone. First take part with a code."),
                (ErrorCode::NotMember, "The server does not know this phone. First take part with a code."),
                (ErrorCode::NotYours, "This is not for your role."),
                (ErrorCode::NotFound, "This is not there any more."),
                (ErrorCode::ProjectClosed, "This project is closed. Nobody can join any more."),
                (ErrorCode::TooManyAttempts, "That was too often in a row. Wait a moment and try again."),
                (ErrorCode::ClientTooOld, "A new version is needed. Load the page again."),
            ];
            sentence_for(code, &said, "This did not work. Nothing has changed. Try again later.")
        },
    },
    overview: Overview {
        title: "Guiding",
        project: "Neighbourhood project",
        you: "You",
        members: "Members",
        members_why: "Who takes part, and when their phones were last heard of",
        invite: "Invite",
        invite_why: "The code for residents, a sheet to print, and invitations for workers",
        log: "Log",
        log_why: "Who did what, and when",
        set_up: "Set up",
        set_up_why: "Name, who sees what, area, themes, questions and texts",
        groups: "Groups",
        groups_why: "Who belongs together, and their own code",
    },
    members: Members {
        title: "Members",
        count: |n| if n == 1 { "1 member".into() } else { format!("{n} members") },
        joined: |day| format!("Takes part since {day}"),
        entries: |n| match n {
            0 => "No photos received yet".into(),
            1 => "1 photo with its story received".into(),
            n => format!("{n} photos with their stories received"),
        },
        seen: |moment| format!("Phone: last seen on {moment}"),
        never_seen: "Phone: not seen yet",
        remove: "Remove",
        remove_whom: |name| format!("Remove {name}"),
        remove_sure: |name| format!("Remove {name} from the project?"),
        remove_why: "This member then sees and sends nothing in this project any more. What was shared stays.",
        remove_yes: "Yes, remove",
    },
    invite: Invite {
        title: "Invite",
        residents: "Residents",
        residents_why: "With this code everybody joins as a resident. Print the sheet and put it up, or hand out cards.",
        sheet_language: "Language of the sheet",
        print: "Print the sheet",
        renew: "Make a new code",
        renew_sure: "Make a new code?",
        renew_why: "The old code then works no more. Posters and cards with the old code must be replaced. Who takes part already notices nothing.",
        helpers: "Workers and others",
        helpers_why: "Who does more than a resident gets an invitation of their own. It works once.",
        role: "Role",
        lasts: "How long it is good",
        days: |n| if n == 1 { "1 day".into() } else { format!("{n} days") },
        make: "Make an invitation",
        made: "The invitation is ready",
        made_once: |day| {
            format!("Have the code scanned now or pass the link on: you see it only once. Good until {day}.")
        },
        none: "There are no invitations yet.",
        made_on: |day| format!("Made on {day}"),
        until: |day| format!("Not used yet. Good until {day}."),
        used: "Used",
        over: "Over",
        revoked: "Taken back",
        revoke: "Take back",
        revoke_sure: "Take this invitation back?",
        revoke_why: "Nobody can come in by it any more. Who takes part already stays.",
    },
    poster: Poster {
        title: |project| format!("Join {project}"),
        code: "Your code",
        steps: [
            "Scan the square with your camera. Or type the link.",
            "Tap Join. You need no account.",
            "Take a photo of what is good, or could be better.",
        ],
        promise: "Only people who take part see your photos. You may always stop.",
    },
    log: Log {
        title: "Log",
        what: "What was done in this project, the newest first. Photos and stories are not in it.",
        empty: "Nothing was done yet.",
        older: "Show what is older",
        you: "You",
        operator: "Who looks after the server",
        somebody: |id| format!("Member {id}"),
        act: |act, by, whom, role| match act {
            LogAct::Joined => format!("{by} joined as {role}."),
            LogAct::Invited => format!("{by} made an invitation for: {role}."),
            LogAct::InvitationRevoked => format!("{by} took an invitation back."),
            LogAct::CodeRenewed => format!("{by} made a new code for residents."),
            LogAct::GroupCodeRenewed => format!("{by} made a new code for a group."),
            LogAct::MemberRemoved => format!("{by} removed {whom}."),
            LogAct::RoleChanged => format!("New role for {}: {role}.", if whom.is_empty() { by } else { whom }),
            LogAct::DeviceLinked => format!("{by} linked a phone."),
            LogAct::DeviceShutOut => format!("{by} shut a phone out."),
            LogAct::ProjectClosed => format!("{by} closed the project."),
            LogAct::ProjectOpened => format!("{by} opened the project again."),
            LogAct::ProjectSetUp => format!("{by} changed how the project is set up."),
            LogAct::GroupChanged => format!("{by} made or changed a group."),
            LogAct::EntryApproved => format!("{by} approved {}.", photo_of(whom)),
            LogAct::EntryAsked => format!("{by} asked something about {}.", photo_of(whom)),
            LogAct::EntryHidden => format!("{by} hid {}.", photo_of(whom)),
            LogAct::Unknown => format!("{by} did something that this version does not know yet."),
        },
    },
    approve: Approve {
        title: "Approve",
        why: |n| match n {
            0 => "Nothing waits for you".into(),
            1 => "1 photo waits for you".into(),
            n => format!("{n} photos wait for you"),
        },
        not_yours: "Looking at photos and approving them is not part of your role.",
        which: "Which photos",
        turn: |turn| match turn {
            Turn::Ours => "Waits for you",
            Turn::Makers => "Asked",
            Turn::Hidden => "Hidden",
            Turn::Shown => "Visible",
        },
        none: |turn| match turn {
            Turn::Ours => "Nothing waits for you.",
            Turn::Makers => "You wait for no answer.",
            Turn::Hidden => "Nothing is hidden.",
            Turn::Shown => "There is nothing to see yet.",
        },
        asked: "Others see a photo only once somebody who guides has approved it.",
        not_asked: "In this project photos are visible at once. You can ask something or hide a photo afterwards.",
        from: |name| format!("By {name}"),
        yours: "By you",
        no_story: "Without a story",
        gone: "This photo is not here any more. Its maker took it away, or keeps it to themselves.",
        look: "Have a look. Can people or number plates be recognised? Could this harm anybody?",
        message: "Message to the maker",
        message_why: "Only the maker and those who guide read this. The maker can answer.",
        message_first: "First write a message. Then the maker knows why.",
        approve: "Approve",
        ask: "Ask something",
        hide: "Hide",
        problem: |problem| match problem {
            SaveProblem::StorageFull => "This device is full. Nothing was changed. Make room and try again.",
            SaveProblem::NoDraft | SaveProblem::NoPhoto | SaveProblem::StorageFailed | SaveProblem::NotReady => {
                "That did not work. Nothing was changed. Try again."
            }
        },
        said_before: "What was said",
        decided: |decision, by| match decision {
            Decision::Approve => format!("{by}: approved"),
            Decision::Ask => format!("{by}: asked"),
            Decision::Hide => format!("{by}: hid it"),
        },
        answered: |maker| format!("Answer from {maker}"),
        changed_since: "The photo or the story was changed afterwards.",
        waits: "Saved on this device. It is sent once there is internet.",
    },
    figures: Figures {
        title: "In figures",
        none: "There are no photos yet.",
        all: |n| if n == 1 { "1 photo with a story".into() } else { format!("{n} photos with a story") },
        unsaid: |n| format!("{n} not said yet"),
        themes: "What is it about?",
        weeks: "Per week",
        week: |day| format!("Week of {day}"),
        told: |good, both, could_be_better| format!("{good} good, {both} both, {could_be_better} could be better"),
        unheard: "Not heard yet",
        unheard_why: "There is no photo yet from these groups.",
        all_heard: "There is a photo from every group.",
        phones: "Not seen for long",
        phones_why: "These phones have not been heard of for longest. There may still be photos on them.",
    },
    set_up: set_up::SET_UP,
    groups: set_up::GROUPS,
};

fn photo_of(whom: &str) -> String {
    if whom.is_empty() { "a photo of their own".into() } else { format!("a photo by {whom}") }
}
