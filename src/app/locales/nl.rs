//! Dutch, on level A2: short, active, "je".

use browser::{ErrorCode, PhotoProblem};
use domain::Valence;

use super::words::{Capture, Join, Mine, More, Problems, Saved, Session, Start, Wall, Words};

pub(super) const WORDS: Words = Words {
    start: Start {
        question: "Wat zie jij in je buurt?",
        hello: |name| format!("Dag {name}"),
        take_photo: "Maak foto",
        choose_photo: "Kies foto",
        unsent: |n| if n == 1 { "Nog 1 foto te versturen".into() } else { format!("Nog {n} foto's te versturen") },
        unsent_words: "Nog een wijziging te versturen",
        sending: "We versturen nu.",
        send_now: "Nu versturen",
        draft: "Je was bezig met een foto",
        draft_goes_on: "Ga verder",
        draft_away: "Gooi weg",
        join: "Heb je een code?",
        join_why: "Met je code zien je buren je foto's ook.",
        join_waits: |code| format!("Je code {code} gaat mee zodra er internet is."),
        join_refused: |code| format!("We kennen de code {code} niet. Je foto's zijn veilig op deze telefoon."),
        join_other: "Vul je code opnieuw in",
        keeps_nothing: "Dit venster onthoudt niets.",
        keeps_nothing_what_to_do: "Sluit je het, dan is alles weg wat niet verstuurd is. Open Wijkbeeld liever in een gewoon venster.",
        which_project: "Voor welke buurt?",
        show_us: "Wat laat jij zien?",
        of_three: |n| format!("{n} van 3"),
        good: "fijn",
        better: "kan beter",
        empty_place: "Nog leeg",
        before_first: "Voor je eerste foto",
        safety: [
            "Ga alleen waar je anders ook komt.",
            "Maak geen foto van iemand die hulp nodig heeft.",
            "Maak geen foto van kinderen van anderen.",
            "Kijk niet bij mensen naar binnen.",
            "Je mag altijd nee zeggen.",
        ],
    },
    join: Join {
        title: "Doe mee met je buurt",
        why: "Maak foto's van wat fijn is in jouw buurt. En van wat beter kan.",
        language: "Taal",
        code: "Code",
        code_hint: "De code staat op je kaartje. Het zijn 6 letters en cijfers.",
        name: "Naam",
        name_hint: "Een voornaam is genoeg. Leeg laten mag ook.",
        promises: [
            "Je hebt geen account nodig.",
            "Alleen mensen die meedoen zien je foto's. Ze komen niet op internet.",
            "Je mag altijd stoppen, en je foto's weghalen.",
        ],
        consent: "Tik je op Meedoen? Dan mogen anderen in dit project je foto's en woorden zien en erover praten.",
        join: "Meedoen",
        joining: "Even wachten. We zoeken je buurt.",
        not_a_code: "Deze code klopt niet. Kijk nog eens op je kaartje of in je uitnodiging.",
        other_phone: "Ik deed al mee op een andere telefoon",
    },
    capture: Capture {
        step: |n, all| format!("Stap {n} van {all}"),
        next: "Verder",
        skip: "Sla over",
        making_ready: "We maken je foto klaar.",
        add: "Nog een foto erbij",
        adapt: "Draaien of bedekken",
        place: "Zeg waar het is",
        questions: "Meer vragen",
        what_is_there: "Wat is er al?",
        voice: "Vertel met je stem",
        no_photo: "Er is nog geen foto. Maak er een, of kies er een.",
        left_out: |n| {
            let left = if n == 1 { "1 foto is".into() } else { format!("{n} foto's zijn") };
            format!("Bij één verhaal passen 10 foto's. {left} niet meegenomen.")
        },
        remove_which: |n| format!("Haal foto {n} weg"),
        refused: |problem| match problem {
            PhotoProblem::Empty => "Dit bestand is leeg. Kies een andere foto of maak een nieuwe.",
            PhotoProblem::NotAnImage => "Dit bestand is geen foto. Kies een andere foto of maak een nieuwe.",
            PhotoProblem::Heic => {
                "Deze telefoon kan dit soort foto niet lezen. Maak een nieuwe foto of kies een andere."
            }
            PhotoProblem::Broken => "Deze foto is stuk. Kies een andere foto of maak een nieuwe.",
            PhotoProblem::TooManyPixels => "Deze foto is te groot. Kies een andere foto of maak een nieuwe.",
            PhotoProblem::Unreadable => "We kunnen deze foto niet lezen. Kies een andere foto of maak een nieuwe.",
        },
        refused_rest: "Al het andere is veilig.",
    },
    saved: Saved {
        title: "Bewaard op deze telefoon",
        saving: "Even wachten",
        saving_why: "We maken je foto klaar.",
        goes_by_itself: "We versturen je foto zodra er internet is. Je hoeft niets te doen.",
        waits_for_join: "Je foto wacht hier tot je meedoet. Daarvoor heb je een code nodig.",
        code_link: "Vul je code in",
        received: "Hij is aangekomen.",
        where_is_it: "Waar is je foto?",
        another: "Nog een foto",
        not_saved: "Nog niet gelukt",
    },
    mine: Mine {
        title: "Mijn foto's",
        empty: "Hier komen jouw foto's",
        empty_what_to_do: "Begin met iets dat je fijn vindt in de straat.",
        set_aside: "Kwam niet door",
        leaves_when_online: "Gaat weg zodra er internet is",
        leaves_when_joined: "Gaat weg als je meedoet met een code",
        stays: "Blijft hier. Alleen jij ziet het.",
        parts: |sent, total| format!("{sent} van {total} delen zijn er al"),
        no_story: "Nog niets bij verteld",
        edit: "Pas aan",
        away: "Gooi weg",
        away_told: "Weggegooid. Niemand ziet deze foto nog.",
        away_title: |n| format!("Weggegooid ({n})"),
        put_back: "Zet terug",
        erase: "Wis voor altijd",
        erase_sure: "Voor altijd wissen?",
        erase_why: "De foto en je woorden verdwijnen overal: op deze telefoon en bij je buren. Dat kun je niet terugdraaien.",
        erase_yes: "Ja, wis alles",
    },
    wall: Wall {
        title: "De buurt",
        filter_valence: "Fijn of kan beter?",
        filter_theme: "Waar gaat het over?",
        all: "Alles",
        section: |valence| match valence {
            Some(Valence::Good) => "Dit is fijn",
            Some(Valence::Both) => "Allebei",
            Some(Valence::CouldBeBetter) => "Dit kan beter",
            None => "Nog niet gekozen",
        },
        more: "Toon meer foto's",
        empty: "Hier komen de foto's van de buurt",
        empty_why: "Er is nog niets gedeeld. Jij kunt de eerste zijn.",
        empty_offline: "Zonder internet kunnen we ze nu niet ophalen. Kijk later nog eens.",
        empty_unjoined: "Doe mee met je code. Dan zie je wat je buren maken.",
        none_match: "Geen foto's met deze keuze.",
        show_all: "Toon alles",
        entry_title: |name| format!("Foto en verhaal van {name}"),
        entry_title_unnamed: "Foto en verhaal",
        entry_gone: "Deze foto is er niet",
        entry_gone_why: "De maker heeft hem weggehaald, of hij is nog niet opgehaald.",
        you: "Jij",
        no_story: |name| if name.is_empty() { "Foto zonder verhaal".into() } else { format!("Foto van {name}") },
    },
    session: Session {
        title: "Gesprek",
        what: "In een gesprek kijk je samen naar de foto's van de buurt.",
        steps: [
            "Jullie kiezen foto's die veel zeggen.",
            "Jullie praten: wat is er al, en wat kan beter?",
            "Jullie spreken af wie wat doet.",
        ],
        not_yet: "Dat kan nog niet in deze app. Je begeleider laat weten wanneer er een gesprek is.",
    },
    more: More {
        title: "Meer",
        language: "Taal",
        projects: "Jouw buurt",
        projects_none: "Je doet nog niet mee met een buurt.",
        another_code: "Vul een code in",
        phones: "Mijn telefoons",
        desk: "Begeleiden",
        update: "Er is een nieuwe versie",
        update_why: "Je foto's blijven staan.",
        update_now: "Vernieuwen",
        sending: "Versturen",
        all_sent: "Alles is ontvangen.",
        oldest: |day| format!("De oudste is van {day}."),
        storage: "Ruimte op deze telefoon",
        storage_whole: "Klaar voor onderweg: alles werkt ook zonder internet.",
        storage_not_whole: "Nog niet alles werkt zonder internet. De rest komt vanzelf als je meedoet.",
        storage_used: |used| format!("Wijkbeeld gebruikt {used}."),
        storage_used_of: |used, free| format!("Wijkbeeld gebruikt {used}. Er is plek voor nog {free}."),
        storage_persisted: "Je telefoon ruimt Wijkbeeld niet vanzelf op.",
        storage_not_persisted: "Je telefoon kan Wijkbeeld opruimen als hij vol is. Verstuur daarom je foto's op tijd.",
        storage_installed: "Wijkbeeld staat als app op je telefoon.",
        storage_not_installed: "Zet Wijkbeeld op je beginscherm, dan blijft het beter staan.",
        data: "Mijn gegevens",
        data_why: "Bij je gegevens maak je ook een reservekopie.",
        help: "Hulp",
        help_lines: [
            "Maak of kies een foto. Die staat meteen op je telefoon.",
            "Zeg of het fijn is of beter kan. Vertel erbij wat je wilt.",
            "Zonder internet kun je gewoon doorgaan. We versturen later.",
            "Bij Mijn foto's zie je wat ontvangen is. Daar kun je ook iets weghalen.",
        ],
        about: "Over Wijkbeeld",
        about_lines: [
            "Met Wijkbeeld laten bewoners zien wat er al goed is in de buurt, en wat beter kan.",
            "Is er iets stuk op straat, of is er haast? Meld dat bij de gemeente. Wij zijn geen meldpunt.",
        ],
        version: |version| format!("Versie {version}"),
    },
    problems: Problems {
        join: |code| match code {
            ErrorCode::UnknownCode => "We kennen deze code niet. Kijk nog eens goed, of vraag het je begeleider.",
            ErrorCode::CodeReplaced => "Deze code geldt niet meer. Vraag je begeleider om een nieuwe.",
            ErrorCode::TooManyAttempts => "Dat was te vaak achter elkaar. Wacht even en probeer het opnieuw.",
            ErrorCode::ProjectClosed => "Bij dit project kun je niet meer meedoen. Vraag het je begeleider.",
            ErrorCode::ClientTooOld => "Er is een nieuwe versie nodig. Laad de pagina opnieuw.",
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
            | ErrorCode::Unknown => "Meedoen lukt nu even niet. Probeer het straks opnieuw. Foto's maken kan gewoon.",
        },
        entry: |code| match code {
            ErrorCode::NotAnImage | ErrorCode::BrokenImage | ErrorCode::HashMismatch | ErrorCode::CarriesMetadata => {
                "De foto is stuk aangekomen. Maak hem opnieuw. De rest gaat gewoon door."
            }
            ErrorCode::BrokenVoice | ErrorCode::VoiceTooLong => {
                "Je gesproken bericht kwam niet goed aan. Spreek het opnieuw in. De rest gaat gewoon door."
            }
            ErrorCode::TooManyPixels | ErrorCode::MediumTooLarge => {
                "De foto is te groot. Maak een nieuwe. De rest gaat gewoon door."
            }
            ErrorCode::RecordTooLarge => "Je verhaal is te lang. Maak het korter. De rest gaat gewoon door.",
            ErrorCode::NotYours => "Deze foto is van iemand anders. Je kunt hem niet aanpassen.",
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
            | ErrorCode::Unknown => "Dit kwam niet door. Je foto is veilig op deze telefoon. De rest gaat gewoon door.",
        },
        sending: |code| match code {
            ErrorCode::ServerFull => {
                "De server is vol. Je foto's zijn veilig op deze telefoon. Zeg het tegen je begeleider."
            }
            ErrorCode::ClientTooOld => "Er is een nieuwe versie nodig. Je foto's zijn veilig. Kijk bij Meer.",
            ErrorCode::ProjectClosed => {
                "Dit project neemt geen foto's meer aan. Je foto's zijn veilig op deze telefoon."
            }
            ErrorCode::DeviceShutOut => {
                "Deze telefoon is afgesloten. Wat niet verstuurd is, staat nog hier. De rest is bij het project."
            }
            ErrorCode::UnknownDevice | ErrorCode::NotMember => {
                "We kennen deze telefoon niet meer. Je foto's zijn veilig. Vul je code opnieuw in."
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
                "Versturen lukt nu even niet. Je foto's zijn veilig op deze telefoon. We proberen het vanzelf opnieuw."
            }
        },
        storage: "Je telefoon geeft geen antwoord. Probeer het opnieuw.",
    },
};
