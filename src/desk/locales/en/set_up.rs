//! Setting a project up, and groups, in English.

use browser::{ErrorCode, NoPosition};
use domain::{Audience, ConsentSubject};

use super::sentence_for;
use crate::locales::words::{Groups, SetUp, SetUpArea, SetUpConsent, SetUpQuestions, SetUpThemes};
use crate::places::Part;
use ground::NoOutline;
use ground::Side;

pub(super) const SET_UP: SetUp = SetUp {
    title: "Set up",
    part: |part| match part {
        Part::Name => ("Name and municipality", "What the project is called on every phone and on the poster."),
        Part::Sight => {
            ("Who sees what", "For whom a photo is if its maker chooses nothing, and whether you look first.")
        }
        Part::Area => ("Area", "The outline of the neighbourhood: on it people will point out where something is."),
        Part::Themes => ("Themes", "What people choose from, in which order, and themes of this neighbourhood."),
        Part::Questions => ("Questions", "What the maker of a photo is asked. Every question may be skipped."),
        Part::Assignment => ("Assignment", "What people go and photograph. Leave empty for the usual assignment."),
        Part::JoinText => ("Welcome", "Stands on the screen where people join. Leave empty if nothing is to be added."),
        Part::Consent => ("Consent", "The texts that people say yes to."),
        Part::ReportDesk => {
            ("Report desk", "Wijkbeeld is no report desk. For a loose tile or a broken lamp we send people here.")
        }
        Part::Retention => ("Keeping", "Until when all is kept. The erasing itself comes later."),
    },
    saved: "Saved on this phone.",
    unchanged: "Nothing has changed.",
    wrong: "This cannot be saved as it is. Look through it once more.",
    too_large: "All texts together are too long. Make one shorter; nothing was saved yet.",
    full: "Not saved: this phone is full. Make room and try again.",
    failed: "Not saved: this phone's storage does not work. Try again.",
    refused: |code| {
        let said = [
            (ErrorCode::NotYours, "The server did not take this: only a coordinator may change it."),
            (ErrorCode::ProjectClosed, "The server did not take this: the project is closed."),
            (ErrorCode::RecordTooLarge, "The server did not take this: all texts together are too long."),
        ];
        sentence_for(code, &said, "The server did not take this. It is still on this phone.")
    },
    newer: "Somebody else has just changed this. What you type here is still there.",
    show_newer: "Show what is new",
    never_changed: "Not changed since the project began.",
    changed: |when| format!("Changed on {when}"),
    changed_by: |when, who| format!("Changed on {when}. By: {who}"),
    completed: "The server added what somebody else wrote apart.",
    moved: |what, to, of| format!("{what} is now in place {to} of {of}."),
    move_up: |what| format!("{what}: further to the front"),
    move_down: |what| format!("{what}: further to the back"),
    name: "Name of the neighbourhood project",
    municipality: "Municipality",
    no_name: "Fill in both.",
    report_desk: "Address of the report desk",
    report_desk_hint: "Such as https://www.ede.nl/melding. Leave empty for no link.",
    no_link: "This is no address of a website. It begins with https://",
    default_audience: "For whom is a photo if its maker chooses nothing?",
    audience: |audience| match audience {
        Audience::Everyone => ("Everyone", "All who take part in this project, never the whole internet."),
        Audience::MyGroup => ("My group", "The maker's group, and who guides."),
        Audience::OnlyMe => ("Only me", "Nobody but the maker, until he or she chooses something else."),
    },
    approval: "Do you look first?",
    asks_approval: ("Approve first", "Others see a photo only once a worker has approved it."),
    people: "Are there people in the photo?",
    holds_unanswered: (
        "First say whether there are people in it",
        "Others see a photo only once its maker has said whether there are people in it. You do see it.",
    ),
    assignment: "The assignment",
    join_text: "The text",
    erase_photos: "Erase photos from",
    erase_all: "Erase all from",
    no_day: "There is no such day.",
    photos_after_all: "Photos cannot stay longer than the rest. Choose an earlier day for photos.",
    area: SetUpArea {
        file: "From a file",
        file_why: "A GeoJSON file with one area, in degrees (WGS84). The municipality often has one.",
        choose: "Choose a file",
        typing: "Or type the corners",
        points: "Corners of the area",
        points_hint: "One a line: degrees north, then degrees east. Such as 51.9812, 5.9345. At least three.",
        empty: "There is no area yet.",
        too_few: |n| {
            if n == 1 {
                "1 corner more, and it is an area.".into()
            } else {
                format!("{n} corners more, and it is an area.")
            }
        },
        crosses: "The lines cross or touch somewhere. Is that right? You can save it as it is.",
        size: |points, [width, height]| format!("{points} corners, about {width:.1} by {height:.1} kilometres"),
        remove: "Take all away",
        removed: "The area is gone. Undo brings it back.",
        none: |why| match why {
            NoOutline::NotGeoJson => "This file is no GeoJSON. Ask for a file that ends in .geojson.".into(),
            NoOutline::NoArea => "There is no area in this file, but something else: points or lines.".into(),
            NoOutline::SeveralAreas(n) => format!("There are {n} areas in this file. Choose a file with one area."),
            NoOutline::NotDegrees => "These numbers are no degrees. Ask for a file in WGS84 instead of RD.".into(),
            NoOutline::TooFewPoints => "An area has at least three corners.".into(),
            NoOutline::Line(n) => format!("Line {n} is no place. Put two numbers there: north, east."),
            NoOutline::TooLarge => "This area has too many corners for a phone. Ask for a simpler outline.".into(),
        },
        draw: "Draw the area",
        begin: "Where is the neighbourhood? The drawing begins there. It is no map: you see a grid with distances.",
        begin_here: "Begin where I am",
        here_why: "Your phone asks whether we may know where you are. That is only to begin here, and is not kept.",
        place: "Or type a place",
        place_hint: "Degrees north, then degrees east. Such as 51.98, 5.91.",
        begin_there: "Begin there",
        no_place: "This is no place. Put two numbers there: north, east.",
        asking: "Your phone is finding out where you are.",
        no_position: |why| match why {
            NoPosition::Denied => {
                "Your phone may not say where you are. It can be done without: type a place, or tap in the drawing."
            }
            NoPosition::Unknown => {
                "Your phone does not know where you are. Try once more out of doors, or type a place."
            }
        },
        too_rough: |metres| {
            format!(
                "Your phone knows where you are to {} only. That is too little for a corner. Wait a moment out of doors and try again.",
                distance(metres)
            )
        },
        within: |said, metres| format!("{said} To {}.", distance(metres)),
        drawing: "Outline of the area, north above",
        how: "Tap each corner of the neighbourhood, in the order in which you would walk around it. Is a corner in the wrong place? Tap it, and then the right place.",
        keys: "By keys: the arrows move the cross or the chosen corner, with Shift in large steps. Enter puts a corner on the cross, or chooses the one that is there. Delete takes the chosen corner away. Page Up and Page Down choose a corner, plus and minus look nearer and further off.",
        north: "N",
        nearer: "Nearer",
        further: "Further off",
        whole: "All in view",
        all_in_view: "All is in view.",
        distance,
        square: |metres| format!("A square is {} wide now.", distance(metres)),
        cross: |[east, north], is_corner| {
            let from = if is_corner { "corner 1" } else { "where you began" };
            let sides = [(east, "east", "west"), (north, "north", "south")];
            let far = sides.iter().filter(|(metres, ..)| metres.abs() >= 0.5);
            let far = far.map(|(metres, up, down)| {
                format!("{} {}", distance(metres.abs()), if *metres < 0.0 { down } else { up })
            });
            match far.collect::<Vec<_>>().join(" and ") {
                nothing if nothing.is_empty() => "The cross is where you began.".into(),
                far => format!("The cross is {far} of {from}."),
            }
        },
        cross_on: |n| format!("The cross is on corner {n}."),
        cross_toward: |side| match side {
            Side::North => "Cross to the north",
            Side::East => "Cross to the east",
            Side::South => "Cross to the south",
            Side::West => "Cross to the west",
        },
        corner_toward: |n, side| format!("Corner {n} to the {}", named(side)),
        put_on_cross: "Put a corner on the cross",
        let_go_which: |n| format!("Let corner {n} go"),
        put_here: "Corner where I am",
        walk: "You can also walk around the neighbourhood: press ‘Corner where I am’ at each corner. Your phone asks whether it may. Save in between, so that nothing is lost.",
        undo: "Undo",
        undone: "The last step is undone.",
        none_to_undo: "There is nothing to undo.",
        earlier: "Previous corner",
        later: "Next corner",
        between: "Corner in between",
        take: "Take corner away",
        choose_first: "Choose a corner first: tap it, or press Next corner.",
        chosen: |n, of| format!("Corner {n} of {of} is chosen. Tap where it should be, or move it by the arrows."),
        let_go: |n| format!("Corner {n} was let go."),
        put: |n| format!("Corner {n} is there."),
        put_chosen: |n| format!("Corner {n} is in between, and chosen. Tap where it should be."),
        moved: |n| format!("Corner {n} was moved."),
        moved_toward: |n, metres, side| format!("Corner {n} was moved {} to the {}.", distance(metres), named(side)),
        taken: |n| format!("Corner {n} is gone."),
    },
    themes: SetUpThemes {
        on: "People choose from these",
        off: "Are off",
        none_off: "All themes are on.",
        none_on: "Leave at least one theme on.",
        no_name: "Give each of your own themes a name, in one language at least.",
        unnamed: "New theme",
        own_name: "Name of this theme",
        add: "A theme of your own",
        full: "There is no room for more themes.",
        put_on: "Put on",
        put_on_what: |what| format!("Put on: {what}"),
        take_off: "Take off",
        take_off_what: |what| format!("Take off: {what}"),
    },
    questions: SetUpQuestions {
        number: |n| format!("Question {n}"),
        off: "Are not asked",
        none_on: "Leave at least one question.",
        no_text: "A question needs words, in one language at least.",
        unnamed: "New question",
        add: "One question more",
        full: "There is no room for more questions.",
        remove: "Take away",
        remove_what: |what| format!("Take away: {what}"),
        put_back: "Put back",
        put_back_what: |what| format!("Put back: {what}"),
    },
    consent: SetUpConsent {
        subjects: "For what",
        subject: |subject| match subject {
            ConsentSubject::TakePart => (
                "Taking part",
                "One says yes to this by joining. A new text is a new version: who said yes before, said it to the old one.",
            ),
            ConsentSubject::PeopleInPhoto => {
                ("People in the photo", "The maker says or reads this to who is in the photo.")
            }
            ConsentSubject::Audience => ("Who sees it", "The maker says yes to this when others may see a photo."),
        },
        text: "The text now",
        versions: "All versions",
        version: |n| format!("Version {n}"),
        usual: "Wijkbeeld's usual text.",
    },
};

pub(super) const GROUPS: Groups = Groups {
    title: "Groups",
    why: "Who is in a group can show a photo to that group alone.",
    none: "There are no groups yet.",
    count: |n| if n == 1 { "1 member".into() } else { format!("{n} members") },
    new: "A new group",
    name: "Name of the group",
    no_name: "Give the group a name.",
    make: "Make the group",
    one: "Group",
    gone: "This group is not there (any more).",
    members: "Who is in it?",
    partly: "Without internet only those are here whom this phone knows already.",
    nobody: "There is nobody yet to put in.",
    naming: "Another name",
    code: "The group's code",
    code_why: "Who joins with this code is in the group at once.",
    code_later: "Once the server has the group you can make a code here.",
    make_code: "Make a code",
    on_sheet: |group, municipality| format!("{group} · {municipality}"),
    end: "End the group",
    end_sure: "End this group?",
    end_why: "The code then works no more. Photos that were for this group alone are not seen by the others any more. Their makers keep them.",
    end_yes: "Yes, end it",
};

fn distance(metres: f64) -> String {
    let (number, unit) = match metres {
        ..1.0 => (format!("{metres:.1}"), "metres"),
        ..1000.0 => (format!("{metres:.0}"), "metres"),
        _ => (format!("{:.1}", metres / 1000.0), "kilometres"),
    };
    format!("{} {unit}", number.trim_end_matches(".0"))
}

const fn named(side: Side) -> &'static str {
    match side {
        Side::North => "north",
        Side::East => "east",
        Side::South => "south",
        Side::West => "west",
    }
}
