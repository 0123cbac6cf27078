//! Dutch, on level A2.

use browser::{RepaintProblem, SaveProblem};

use super::words::{Cover, Photos, Words};
use crate::covering::Nudge;

pub(super) const WORDS: Words = Words {
    photos: Photos {
        title: "Je foto's",
        none: "Hier zijn nog geen foto's.",
        making_ready: "Wordt klaargemaakt",
        which: |number, count| format!("Foto {number} van {count}"),
        turn: "Draaien",
        cover: "Mensen bedekken",
        earlier: "Naar voren",
        later: "Naar achteren",
        done: "Verder",
        turned: "De foto is gedraaid.",
        moved: |number, count| format!("Deze foto is nu nummer {number} van {count}."),
        gone: "Deze foto's zijn hier niet meer. Misschien zijn ze al bewaard: kijk bij Mijn foto's.",
    },
    cover: Cover {
        title: "Wat bedek je?",
        why: "Bedek gezichten, kenteken en ramen waar je naar binnen kijkt. Niemand ziet dan wat eronder was.",
        photo: "De foto, met wat je bedekt",
        tools: "Hoe bedek je?",
        wipe: "Vegen",
        place: "Vlak zetten",
        wipe_how: "Veeg met je vinger over wat je wilt bedekken.",
        place_how: "Tik op een gezicht of kenteken. Daar komt een vlak.",
        looking: "De telefoon zoekt gezichten in de foto.",
        found: |count| match count {
            1 => "De telefoon ziet 1 gezicht. Kijk zelf ook goed.".into(),
            _ => format!("De telefoon ziet {count} gezichten. Kijk zelf ook goed."),
        },
        found_none: "De telefoon ziet geen gezicht. Kijk zelf ook goed.",
        cover_found: |count| match count {
            1 => "Bedek dit gezicht".into(),
            _ => format!("Bedek deze {count} gezichten"),
        },
        add: "Nog een vlak",
        shapes: "Wat je bedekt",
        square: |number| format!("Vlak {number}"),
        stroke: |number| format!("Veeg {number}"),
        choose: |name| format!("Kies {name}"),
        remove: |name| format!("Haal weg: {name}"),
        nudge: |nudge| match nudge {
            Nudge::Left => "Naar links",
            Nudge::Right => "Naar rechts",
            Nudge::Up => "Omhoog",
            Nudge::Down => "Omlaag",
            Nudge::Larger => "Groter",
            Nudge::Smaller => "Kleiner",
        },
        keys: "Met toetsen: pijlen schuiven het vlak, + en - maken het groter en kleiner, Delete haalt het weg.",
        undo: "Stap terug",
        done: "Bedekken",
        burning: "De foto wordt bedekt.",
        for_ever: "Wat je bedekt, komt niet terug. Ook niet op deze telefoon.",
        stop: "Niets bedekken",
    },
    problem: |problem| match problem {
        RepaintProblem::NotHere => {
            "Dit staat nog niet op je telefoon. Met internet komt het vanzelf. Je foto is veilig: je kunt gewoon doorgaan."
        }
        RepaintProblem::NoPhoto => "Deze foto is nog niet klaar, of is er niet meer. Probeer het straks opnieuw.",
        RepaintProblem::Failed => {
            "Dit lukte niet. Je foto is nog zoals hij was. Sluit andere apps en probeer het opnieuw."
        }
        RepaintProblem::Storage(SaveProblem::StorageFull) => {
            "Je telefoon is vol. Je foto is nog zoals hij was. Maak ruimte en probeer het opnieuw."
        }
        RepaintProblem::Storage(
            SaveProblem::StorageFailed
            | SaveProblem::NoDraft
            | SaveProblem::NoPhoto
            | SaveProblem::Recording
            | SaveProblem::NotReady,
        ) => "Bewaren lukte niet. Je foto is nog zoals hij was. Probeer het opnieuw.",
    },
};
