//! Dutch, on level A2.

use browser::{NoPosition, NoRecording, RepaintProblem, SaveProblem, VoiceProblem};
use domain::{Agreement, Audience, PeopleAnswer, PlaceShown};
use ground::Side;

use super::words::{Backup, Cover, Data, Edit, Given, People, Photos, Place, Question, Share, Voice, Words};
use crate::covering::Nudge;
use crate::pages::Trouble;
use crate::places::NotTaken;

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
    place: Place {
        title: "Waar is het?",
        why: "Dan weten anderen over welke plek het gaat. Je hoeft het niet te zeggen.",
        here: "Hier",
        point: "Wijs aan",
        leave_out: "Weglaten",
        left_out: "Bij deze foto staat geen plek.",
        looking: "Je telefoon zoekt waar je bent. Je kunt gewoon doorgaan.",
        found: |metres| format!("Gevonden, op {metres} meter nauwkeurig."),
        not_found: |why| match why {
            NoPosition::Denied => {
                "Je telefoon zegt niet waar je bent: dat staat uit. Wijs de plek aan, of laat het weg. Je foto is veilig."
            }
            NoPosition::Unknown => {
                "Je telefoon weet niet waar je bent. Wijs de plek aan, of laat het weg. Je foto is veilig."
            }
        },
        told: "De plek staat bij je foto.",
        point_how: "Tik op de plek.",
        no_outline: "Van deze buurt is nog geen tekening. Kies Hier, of laat het weg.",
        offered: "Je foto weet waar hij gemaakt is.",
        offered_take: "Gebruik die plek",
        drawing: "De buurt van boven, met de plek van je foto",
        keys: "Met toetsen: pijlen schuiven de plek, Enter zet hem in het midden, + en - kijken dichterbij en verder weg.",
        toward: |side| match side {
            Side::North => "Naar boven",
            Side::East => "Naar rechts",
            Side::South => "Naar beneden",
            Side::West => "Naar links",
        },
        nearer: "Dichterbij",
        further: "Verder weg",
        distance: |metres| if metres < 1000.0 { format!("{metres} m") } else { format!("{} km", metres / 1000.0) },
        how_precisely: "Hoe precies zien anderen dit?",
        precision: |shown| match shown {
            PlaceShown::Exact => ("Precies", "De plek zelf"),
            PlaceShown::Street => ("De straat", "Ongeveer 100 meter eromheen"),
            PlaceShown::Neighbourhood => ("De buurt", "Ongeveer een kilometer eromheen"),
            PlaceShown::Hidden => ("Niet", "Alleen jij ziet de plek"),
        },
    },
    voice: Voice {
        title: "Vertel met je stem",
        why: "Praat gewoon. Je mag 3 minuten praten.",
        asks: "Je telefoon vraagt of wij je mogen horen. Zeg dan ja. We horen je alleen als jij opneemt.",
        begin: "Begin met praten",
        asking: "Je telefoon vraagt nu of wij je mogen horen. Zeg ja.",
        listening: "We luisteren. Alles staat meteen op deze telefoon.",
        held: "We wachten. Ga verder als je wilt.",
        time: |now, most| format!("{now} van {most}"),
        hold: "Wacht even",
        go_on: "Ga verder",
        stop: "Klaar",
        ending: "We maken je opname klaar.",
        broken_off: "Je opname stopte opeens. Wat je zei, staat op deze telefoon. Luister, en zeg wat je wilt.",
        keep: "Zo is hij goed",
        ready: |time| format!("Je opname duurt {time}. Luister of hij goed is."),
        listen: "Je opname",
        again: "Opnieuw praten",
        again_sure: "Opnieuw praten?",
        away: "Gooi weg",
        away_sure: "Je opname weggooien?",
        gone_then: "Wat je nu hebt opgenomen, is dan weg.",
        type_it: "Ik typ het liever",
        trouble: |why| match why {
            Trouble::Microphone(NoRecording::Denied) => {
                "We mogen je niet horen. Zet de microfoon aan bij de instellingen van je telefoon, of typ je verhaal. Alles is veilig."
            }
            Trouble::Microphone(NoRecording::NoMicrophone) => {
                "We vinden geen microfoon. Misschien gebruikt een andere app hem. Sluit die app, of typ je verhaal. Alles is veilig."
            }
            Trouble::Microphone(NoRecording::CannotRecord) => {
                "Op deze telefoon kun je hier niet opnemen. Typ je verhaal. Alles is veilig."
            }
            Trouble::Voice(VoiceProblem::NoSound) => {
                "Er is nog niets te horen. Praat opnieuw, of typ je verhaal. Je foto is veilig."
            }
            Trouble::Voice(VoiceProblem::TooLong) => {
                "Je opname is te lang. Praat opnieuw en maak hem korter, of typ je verhaal. Je foto is veilig."
            }
            Trouble::Voice(VoiceProblem::NotHere) => {
                "Je opname is veilig, maar nog niet klaar. Met internet lukt het straks wel. Probeer het dan opnieuw."
            }
            Trouble::Voice(VoiceProblem::Storage(SaveProblem::StorageFull)) => {
                "Je telefoon is vol. Wat al bewaard was, is veilig. Maak ruimte en probeer het opnieuw, of typ je verhaal."
            }
            Trouble::Voice(VoiceProblem::Storage(
                SaveProblem::StorageFailed
                | SaveProblem::NoDraft
                | SaveProblem::NoPhoto
                | SaveProblem::Recording
                | SaveProblem::NotReady,
            )) => "Bewaren lukte niet. Wat al bewaard was, is veilig. Probeer het opnieuw, of typ je verhaal.",
        },
    },
    people: People {
        title: "Staan er mensen op?",
        why: "Wie je herkent op de foto, moet het goed vinden.",
        answer: |answer, is_draft| match answer {
            PeopleAnswer::Nobody => "Nee",
            PeopleAnswer::Covered if is_draft => "Ja, ik dek ze af",
            PeopleAnswer::Covered => "Ja, ze zijn bedekt",
            PeopleAnswer::Agreed => "Ja, het mag",
        },
        proposed: "Je hebt iets bedekt. Is nu iedereen bedekt? Kies dan Ja, ik dek ze af.",
        cover: "Mensen bedekken",
        text_of: "Lees dit voor",
        text: "Jij staat op deze foto. Anderen in dit project mogen hem zien en erover praten. Wil je dat later niet meer? Zeg het, dan zien zij de foto niet meer.",
        how: "Hoe weet je dat het mag?",
        agreement: |how| match how {
            Agreement::Said => "Ze zeiden ja",
            Agreement::Signed => "Ze tekenden",
            Agreement::Pictures => "Met plaatjes",
        },
        held: "Anderen zien deze foto pas als je dit hebt gezegd.",
        withdrawn: "Je hebt gezegd dat het niet meer mag. Niemand anders ziet deze foto.",
        withdraw: "Het mag niet meer",
        withdraw_why: "Wil iemand niet meer op de foto? Dan ziet niemand anders hem meer. Jij houdt hem.",
        gone: "Deze foto is hier niet meer.",
        problem: |problem| match problem {
            SaveProblem::StorageFull => "Je telefoon is vol. Je foto is veilig. Maak ruimte en probeer het opnieuw.",
            SaveProblem::StorageFailed
            | SaveProblem::NoDraft
            | SaveProblem::NoPhoto
            | SaveProblem::Recording
            | SaveProblem::NotReady => "Bewaren lukte niet. Je foto is nog zoals hij was. Probeer het opnieuw.",
        },
    },
    given: Given {
        title: "Wat je gaf",
        taking_part: "Meedoen",
        no_part: "Je doet nog niet mee met een project.",
        said_yes: |day, version, language| format!("Je zei ja op {day}. Dat was tekst {version}, in het {language}."),
        part_withdrawn: |day, version, language| {
            format!("Je zei ja op {day}, en nam dat terug. Dat was tekst {version}, in het {language}.")
        },
        language: |tag| match tag {
            "nl" => "Nederlands",
            "en" => "Engels",
            other => other,
        },
        parent: "Een ouder zei ook ja.",
        here: "Dat deed je op deze telefoon.",
        elsewhere: "Dat deed je op een andere telefoon.",
        photos: "Je foto's, en wie ze ziet",
        no_photos: "Je hebt nog geen foto's bewaard.",
        no_story: "Zonder woorden",
        seen_by: |audience| match audience {
            Audience::OnlyMe => "Alleen jij ziet deze foto.",
            Audience::MyGroup => "Je groep en de begeleiders zien deze foto.",
            Audience::Everyone => "Iedereen die meedoet ziet deze foto.",
        },
        held: "Andere deelnemers zien deze foto nu niet.",
        people: |answer| match answer {
            PeopleAnswer::Nobody => "Je zei: er staan geen mensen op.",
            PeopleAnswer::Covered => "Je zei: de mensen zijn bedekt.",
            PeopleAnswer::Agreed => "Je zei: de mensen erop vinden het goed.",
        },
        unsaid: "Je zei nog niet of er mensen op staan.",
        withdrawn: "De mensen erop willen het niet meer.",
        hide: "Alleen voor mij",
        all: "Alles alleen voor mij",
        all_sure: "Niemand anders meer?",
        all_why: "Al je foto's gaan weg bij alle anderen, ook van hun telefoons. Jij houdt ze.",
        all_yes: "Ja, alles",
        erase: "Wis alles van mij",
        erase_sure: "Alles wissen?",
        erase_why: "Al je foto's en woorden verdwijnen overal: op deze telefoon en bij je buren. Dat kun je niet terugdraaien. Je naam haalt je begeleider weg.",
        erase_yes: "Ja, wis alles",
        outside: "Een reservekopie die je bewaarde, staat buiten deze app. Die wis je zelf.",
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
    share: Share {
        not_taken: |why| match why {
            NotTaken::NotThere => (
                "Deel je foto nog een keer",
                "Je foto is hier nog niet. Hij staat veilig in je andere app. Deel hem daar nog een keer met Wijkbeeld.",
            ),
            NotTaken::Full => (
                "Je telefoon is vol",
                "Je foto past er niet meer bij. Hij staat veilig in je andere app. Maak ruimte op je telefoon en deel hem nog een keer.",
            ),
        },
        or_choose: "Of kies je foto op het eerste scherm.",
    },
    question: Question {
        which: |n, all| format!("Vraag {n} van {all}"),
        voice: "Vertel met je stem",
        enough: "Klaar",
        skip: "Sla over",
        next: "Verder",
        ended: "Dit waren de vragen",
    },
    edit: Edit { title: "Pas je foto aan", typed: "Typ wat je zei" },
    data: Data { title: "Mijn gegevens" },
    backup: Backup {
        title: "Reservekopie",
        why: "Bewaar je foto's en woorden in één bestand. Zo kun je ze later terugzetten.",
        make: "Maak een reservekopie",
        save: "Bewaar het bestand",
        put_back: "Zet terug",
        counts: ["Verhalen in het bestand", "Foto's die niet op deze telefoon staan"],
        put_back_counts: [
            "Teruggezet",
            "Stond er al, of is gewist",
            "Van iemand anders",
            "Van een buurt waar je nog niet meedoet",
            "Stuk of ongeldig",
        ],
        wrong: "Dit bestand is geen goede reservekopie. Kies een ander bestand.",
        too_large: "Dit is te veel voor één bestand.",
        full: "Je telefoon is vol. Maak ruimte en probeer het opnieuw.",
        not_here: "Hiervoor is één keer internet nodig. Probeer het later opnieuw.",
        later: "Dit bestand is van een nieuwere versie. Laad de pagina opnieuw en probeer het nog eens.",
        failed: "Je telefoon geeft geen antwoord. Probeer het opnieuw.",
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
