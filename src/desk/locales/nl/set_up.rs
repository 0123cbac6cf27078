//! Setting a project up, and groups, in Dutch.

use browser::{ErrorCode, NoPosition};
use domain::{Audience, ConsentSubject};

use super::sentence_for;
use crate::locales::words::{Groups, SetUp, SetUpArea, SetUpConsent, SetUpQuestions, SetUpThemes};
use crate::places::Part;
use ground::NoOutline;
use ground::Side;

pub(super) const SET_UP: SetUp = SetUp {
    title: "Instellen",
    part: |part| match part {
        Part::Name => ("Naam en gemeente", "Zo heet het project op alle telefoons en op de poster."),
        Part::Sight => ("Wie ziet wat", "Voor wie een foto is als de maker niets kiest, en of jullie eerst meekijken."),
        Part::Area => ("Gebied", "De omtrek van de wijk: daarop wijzen mensen later aan waar iets is."),
        Part::Themes => ("Onderwerpen", "Waaruit mensen kiezen, in welke volgorde, en onderwerpen van deze wijk."),
        Part::Questions => ("Vragen", "Wat je de maker bij een foto vraagt. Elke vraag mag je overslaan."),
        Part::Assignment => ("Opdracht", "Wat mensen gaan fotograferen. Laat leeg voor de gewone opdracht."),
        Part::JoinText => ("Welkom", "Staat op het scherm waarop mensen meedoen. Laat leeg als er niets bij hoeft."),
        Part::Consent => ("Toestemming", "De teksten waar mensen ja op zeggen."),
        Part::ReportDesk => {
            ("Meldpunt", "Wijkbeeld is geen meldpunt. Voor een losse tegel of kapotte lamp verwijzen we hierheen.")
        }
        Part::Retention => ("Bewaren", "Tot wanneer alles bewaard blijft. Het wissen zelf komt later."),
    },
    saved: "Bewaard op deze telefoon.",
    unchanged: "Er is niets veranderd.",
    wrong: "Dit kan zo niet bewaard worden. Kijk alles nog eens na.",
    too_large: "Alle teksten samen zijn te lang. Maak er een korter; er is nog niets bewaard.",
    full: "Niet bewaard: deze telefoon is vol. Maak ruimte en probeer het opnieuw.",
    failed: "Niet bewaard: de opslag van deze telefoon doet het niet. Probeer het opnieuw.",
    refused: |code| {
        let said = [
            (ErrorCode::NotYours, "De server nam dit niet aan: alleen een coördinator mag het veranderen."),
            (ErrorCode::ProjectClosed, "De server nam dit niet aan: het project is gesloten."),
            (ErrorCode::RecordTooLarge, "De server nam dit niet aan: alle teksten samen zijn te lang."),
        ];
        sentence_for(code, &said, "De server nam dit niet aan. Het staat nog op deze telefoon.")
    },
    newer: "Iemand anders heeft dit net veranderd. Wat je hier typt staat er nog.",
    show_newer: "Toon het nieuwe",
    never_changed: "Nog niet veranderd sinds het project begon.",
    changed: |when| format!("Veranderd op {when}"),
    changed_by: |when, who| format!("Veranderd op {when}. Door: {who}"),
    completed: "De server zette erbij wat iemand anders apart schreef.",
    moved: |what, to, of| format!("{what} staat nu op plaats {to} van {of}."),
    move_up: |what| format!("{what}: naar voren"),
    move_down: |what| format!("{what}: naar achteren"),
    name: "Naam van het wijkproject",
    municipality: "Gemeente",
    no_name: "Vul allebei in.",
    report_desk: "Adres van het meldpunt",
    report_desk_hint: "Bijvoorbeeld https://www.ede.nl/melding. Laat leeg voor geen link.",
    no_link: "Dit is geen adres van een website. Het begint met https://",
    default_audience: "Voor wie is een foto als de maker niets kiest?",
    audience: |audience| match audience {
        Audience::Everyone => ("Iedereen", "Alle deelnemers van dit project, nooit het hele internet."),
        Audience::MyGroup => ("Mijn groep", "De groep van de maker, en wie begeleidt."),
        Audience::OnlyMe => ("Alleen ik", "Niemand dan de maker, tot die zelf iets anders kiest."),
    },
    approval: "Kijken jullie eerst mee?",
    asks_approval: ("Eerst goedkeuren", "Anderen zien een foto pas als een begeleider die heeft goedgekeurd."),
    people: "Staan er mensen op de foto?",
    holds_unanswered: (
        "Eerst zeggen of er mensen op staan",
        "Anderen zien een foto pas als de maker heeft gezegd of er mensen op staan. Jullie zien de foto wel.",
    ),
    assignment: "De opdracht",
    join_text: "De tekst",
    erase_photos: "Foto's wissen vanaf",
    erase_all: "Alles wissen vanaf",
    no_day: "Dit is geen dag die bestaat.",
    photos_after_all: "Foto's kunnen niet langer blijven dan de rest. Kies voor foto's een eerdere dag.",
    area: SetUpArea {
        file: "Uit een bestand",
        file_why: "Een GeoJSON-bestand met één gebied, in graden (WGS84). De gemeente heeft dat vaak.",
        choose: "Kies een bestand",
        typing: "Of typ de hoeken",
        points: "Hoeken van het gebied",
        points_hint: "Eén per regel: graden noord, dan graden oost. Bijvoorbeeld 51.9812, 5.9345. Minstens drie.",
        empty: "Er is nog geen gebied.",
        too_few: |n| {
            if n == 1 {
                "Nog 1 hoek, dan is het een gebied.".into()
            } else {
                format!("Nog {n} hoeken, dan is het een gebied.")
            }
        },
        crosses: "De lijnen kruisen of raken elkaar ergens. Klopt dat? Je kunt het zo wel bewaren.",
        size: |points, [width, height]| {
            format!("{points} hoeken, ongeveer {width:.1} bij {height:.1} kilometer").replace('.', ",")
        },
        remove: "Haal alles weg",
        removed: "Het gebied is weg. Met Ongedaan maken komt het terug.",
        none: |why| match why {
            NoOutline::NotGeoJson => {
                "Dit bestand is geen GeoJSON. Vraag om een bestand dat op .geojson eindigt.".into()
            }
            NoOutline::NoArea => "In dit bestand staat geen gebied, maar iets anders: punten of lijnen.".into(),
            NoOutline::SeveralAreas(n) => {
                format!("In dit bestand staan {n} gebieden. Kies een bestand met één gebied.")
            }
            NoOutline::NotDegrees => {
                "Deze getallen zijn geen graden. Vraag om een bestand in WGS84 in plaats van RD.".into()
            }
            NoOutline::TooFewPoints => "Een gebied heeft minstens drie hoeken.".into(),
            NoOutline::Line(n) => format!("Regel {n} is geen plek. Zet er twee getallen: noord, oost."),
            NoOutline::TooLarge => {
                "Dit gebied heeft te veel hoeken voor een telefoon. Vraag om een eenvoudiger omtrek.".into()
            }
        },
        draw: "Teken het gebied",
        begin: "Waar ligt de wijk? Daar begint de tekening. Het is geen kaart: je ziet een rooster met afstanden.",
        begin_here: "Begin waar ik ben",
        here_why: "Je telefoon vraagt of wij je plek mogen weten. Die is alleen om hier te beginnen, en wordt niet bewaard.",
        place: "Of typ een plek",
        place_hint: "Graden noord, dan graden oost. Bijvoorbeeld 51.98, 5.91.",
        begin_there: "Begin daar",
        no_place: "Dit is geen plek. Zet er twee getallen: noord, oost.",
        asking: "Je telefoon zoekt waar je bent.",
        no_position: |why| match why {
            NoPosition::Denied => {
                "Je telefoon mag niet zeggen waar je bent. Het kan ook zonder: typ een plek, of tik in de tekening."
            }
            NoPosition::Unknown => "Je telefoon weet niet waar je bent. Probeer het buiten nog eens, of typ een plek.",
        },
        too_rough: |metres| {
            format!(
                "Je telefoon weet maar op {} na waar je bent. Dat is te weinig voor een hoek. Wacht even buiten en probeer het opnieuw.",
                distance(metres)
            )
        },
        within: |said, metres| format!("{said} Op {} na.", distance(metres)),
        drawing: "Omtrek van het gebied, met het noorden boven",
        how: "Tik op elke hoek van de wijk, in de volgorde waarin je eromheen loopt. Staat een hoek verkeerd? Tik erop, en dan op de goede plek.",
        keys: "Met toetsen: de pijlen schuiven het kruis of de gekozen hoek, met Shift in grote stappen. Enter zet een hoek op het kruis, of kiest de hoek die daar staat. Delete haalt de gekozen hoek weg. Page Up en Page Down kiezen een hoek, plus en min vergroten en verkleinen.",
        north: "N",
        nearer: "Dichterbij",
        further: "Verder weg",
        whole: "Alles in beeld",
        all_in_view: "Alles is in beeld.",
        distance,
        square: |metres| format!("Een vak is nu {} breed.", distance(metres)),
        cross: |[east, north], is_corner| {
            let from = if is_corner { "hoek 1" } else { "het begin" };
            let sides = [(east, "oost", "west"), (north, "noord", "zuid")];
            let far = sides.iter().filter(|(metres, ..)| metres.abs() >= 0.5);
            let far = far.map(|(metres, up, down)| {
                format!("{} {}", distance(metres.abs()), if *metres < 0.0 { down } else { up })
            });
            match far.collect::<Vec<_>>().join(" en ") {
                nothing if nothing.is_empty() => "Het kruis staat op het begin.".into(),
                far => format!("Het kruis staat {far} van {from}."),
            }
        },
        cross_on: |n| format!("Het kruis staat op hoek {n}."),
        cross_toward: |side| match side {
            Side::North => "Kruis naar het noorden",
            Side::East => "Kruis naar het oosten",
            Side::South => "Kruis naar het zuiden",
            Side::West => "Kruis naar het westen",
        },
        corner_toward: |n, side| format!("Hoek {n} naar het {}", named(side)),
        put_on_cross: "Zet een hoek op het kruis",
        let_go_which: |n| format!("Laat hoek {n} los"),
        put_here: "Hoek waar ik ben",
        walk: "Je kunt ook om de wijk heen lopen: druk bij elke hoek op ‘Hoek waar ik ben’. Je telefoon vraagt of dat mag. Bewaar tussendoor, dan raakt er niets kwijt.",
        undo: "Ongedaan maken",
        undone: "De laatste stap is ongedaan gemaakt.",
        none_to_undo: "Er is niets om ongedaan te maken.",
        earlier: "Vorige hoek",
        later: "Volgende hoek",
        between: "Hoek ertussen",
        take: "Haal hoek weg",
        choose_first: "Kies eerst een hoek: tik erop, of druk op Volgende hoek.",
        chosen: |n, of| format!("Hoek {n} van {of} is gekozen. Tik waar die moet staan, of schuif met de pijlen."),
        let_go: |n| format!("Hoek {n} is losgelaten."),
        put: |n| format!("Hoek {n} staat er."),
        put_chosen: |n| format!("Hoek {n} staat ertussen en is gekozen. Tik waar die moet staan."),
        moved: |n| format!("Hoek {n} is verplaatst."),
        moved_toward: |n, metres, side| format!("Hoek {n} is {} naar het {} geschoven.", distance(metres), named(side)),
        taken: |n| format!("Hoek {n} is weg."),
    },
    themes: SetUpThemes {
        on: "Hieruit kiezen mensen",
        off: "Staan uit",
        none_off: "Alle onderwerpen staan aan.",
        none_on: "Laat minstens één onderwerp aan staan.",
        no_name: "Geef elk eigen onderwerp een naam, in minstens één taal.",
        unnamed: "Nieuw onderwerp",
        own_name: "Naam van dit onderwerp",
        add: "Een eigen onderwerp",
        full: "Meer onderwerpen passen er niet bij.",
        put_on: "Zet aan",
        put_on_what: |what| format!("Zet aan: {what}"),
        take_off: "Zet uit",
        take_off_what: |what| format!("Zet uit: {what}"),
    },
    questions: SetUpQuestions {
        number: |n| format!("Vraag {n}"),
        off: "Worden niet gesteld",
        none_on: "Laat minstens één vraag staan.",
        no_text: "Een vraag heeft woorden nodig, in minstens één taal.",
        unnamed: "Nieuwe vraag",
        add: "Een vraag erbij",
        full: "Meer vragen passen er niet bij.",
        remove: "Haal weg",
        remove_what: |what| format!("Haal weg: {what}"),
        put_back: "Zet terug",
        put_back_what: |what| format!("Zet terug: {what}"),
    },
    consent: SetUpConsent {
        subjects: "Waarvoor",
        subject: |subject| match subject {
            ConsentSubject::TakePart => (
                "Meedoen",
                "Hier zegt iemand ja op door mee te doen. Een nieuwe tekst is een nieuwe versie: wie eerder ja zei, zei dat op de oude.",
            ),
            ConsentSubject::PeopleInPhoto => {
                ("Mensen op de foto", "Dit zegt of leest de maker voor aan wie op de foto staat.")
            }
            ConsentSubject::Audience => ("Wie het ziet", "Hier zegt de maker ja op als anderen een foto mogen zien."),
        },
        text: "De tekst nu",
        versions: "Alle versies",
        version: |n| format!("Versie {n}"),
        usual: "De gewone tekst van Wijkbeeld.",
    },
};

pub(super) const GROUPS: Groups = Groups {
    title: "Groepen",
    why: "Wie in een groep zit, kan een foto alleen aan die groep laten zien.",
    none: "Er zijn nog geen groepen.",
    count: |n| if n == 1 { "1 deelnemer".into() } else { format!("{n} deelnemers") },
    new: "Een nieuwe groep",
    name: "Naam van de groep",
    no_name: "Geef de groep een naam.",
    make: "Maak de groep",
    one: "Groep",
    gone: "Deze groep is er niet (meer).",
    members: "Wie zit erin?",
    partly: "Zonder internet staat hier alleen wie deze telefoon al kent.",
    nobody: "Er is nog niemand om erin te zetten.",
    naming: "Een andere naam",
    code: "Code van de groep",
    code_why: "Wie met deze code meedoet, zit meteen in de groep.",
    code_later: "Zodra de server de groep heeft, kun je hier een code maken.",
    make_code: "Maak een code",
    on_sheet: |group, municipality| format!("{group} · {municipality}"),
    end: "Hef de groep op",
    end_sure: "Deze groep opheffen?",
    end_why: "De code werkt dan niet meer. Foto's die alleen voor deze groep waren, zien de anderen niet meer. De makers houden ze.",
    end_yes: "Ja, hef op",
};

fn distance(metres: f64) -> String {
    let (number, unit) = match metres {
        ..1.0 => (format!("{metres:.1}"), "meter"),
        ..1000.0 => (format!("{metres:.0}"), "meter"),
        _ => (format!("{:.1}", metres / 1000.0), "kilometer"),
    };
    format!("{} {unit}", number.trim_end_matches(".0").replace('.', ","))
}

const fn named(side: Side) -> &'static str {
    match side {
        Side::North => "noorden",
        Side::East => "oosten",
        Side::South => "zuiden",
        Side::West => "westen",
    }
}
