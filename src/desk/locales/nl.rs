//! Dutch: on level B1 for who guides, on level A2 where residents come too (`phones`, `poster`).

mod set_up;

use browser::{ErrorCode, SaveProblem};
use domain::{Decision, Role};
use protocol::LogAct;

use super::sentence_for;
use super::words::{
    Approve, Asking, Coming, Figures, Invite, Linking, Log, Members, Overview, Phones, Poster, Recovery, Seat, Words,
};
use crate::queue::Turn;

pub(super) const WORDS: Words = Words {
    seat: Seat {
        for_whom: "Dit deel is voor begeleiders",
        for_whom_why: "Begeleid je een wijkproject? Gebruik dan de uitnodiging die je hebt gekregen.",
        unnamed: "Zonder naam",
        role: |role| match role {
            Role::Resident => "bewoner",
            Role::Worker => "begeleider",
            Role::Coordinator => "coördinator",
            Role::Researcher => "onderzoeker",
            Role::Municipality => "gemeente",
        },
    },
    asking: Asking {
        offline: "Hiervoor is internet nodig. Je ziet het zodra er weer internet is.",
        unreachable: "De server geeft geen antwoord. Probeer het straks opnieuw.",
        too_often: |minutes| {
            let long = if minutes == 1 { "1 minuut".into() } else { format!("{minutes} minuten") };
            format!("Dat was te vaak achter elkaar. Probeer het over {long} opnieuw.")
        },
        refused: |code| {
            let said = [
                (ErrorCode::DeviceShutOut, "Deze telefoon is afgesloten. Wat niet verstuurd is, staat nog hier."),
                (ErrorCode::UnknownDevice, "De server kent deze telefoon niet. Doe eerst mee met een code."),
                (ErrorCode::NotMember, "De server kent deze telefoon niet. Doe eerst mee met een code."),
                (ErrorCode::NotYours, "Dit hoort niet bij jouw rol."),
                (ErrorCode::NotFound, "Dit is er niet meer."),
                (ErrorCode::ProjectClosed, "Dit project is gesloten. Er kan niemand meer bij."),
                (ErrorCode::TooManyAttempts, "Dat was te vaak achter elkaar. Wacht even en probeer het opnieuw."),
                (ErrorCode::ClientTooOld, "Er is een nieuwe versie nodig. Laad de pagina opnieuw."),
            ];
            sentence_for(code, &said, "Dit lukte niet. Er is niets veranderd. Probeer het straks opnieuw.")
        },
    },
    overview: Overview {
        title: "Begeleiden",
        project: "Wijkproject",
        you: "Jij",
        members: "Deelnemers",
        members_why: "Wie er meedoet, en wanneer hun telefoons zich hebben gemeld",
        invite: "Uitnodigen",
        invite_why: "De code voor bewoners, een blad om te printen, en uitnodigingen voor begeleiders",
        log: "Logboek",
        log_why: "Wie wanneer wat heeft gedaan",
        set_up: "Instellen",
        set_up_why: "Naam, wie wat ziet, gebied, onderwerpen, vragen en teksten",
        groups: "Groepen",
        groups_why: "Wie bij elkaar hoort, en hun eigen code",
    },
    members: Members {
        title: "Deelnemers",
        count: |n| if n == 1 { "1 deelnemer".into() } else { format!("{n} deelnemers") },
        joined: |day| format!("Doet mee sinds {day}"),
        entries: |n| match n {
            0 => "Nog geen foto's ontvangen".into(),
            1 => "1 foto met verhaal ontvangen".into(),
            n => format!("{n} foto's met verhaal ontvangen"),
        },
        seen: |moment| format!("Telefoon: voor het laatst gezien op {moment}"),
        never_seen: "Telefoon: nog niet gezien",
        remove: "Verwijder",
        remove_whom: |name| format!("Verwijder {name}"),
        remove_sure: |name| format!("{name} uit het project verwijderen?"),
        remove_why: "Deze deelnemer ziet en verstuurt dan niets meer in dit project. Wat al gedeeld is, blijft staan.",
        remove_yes: "Ja, verwijder",
    },
    phones: Phones {
        title: "Mijn telefoons",
        nobody: "Je doet op deze telefoon nog niet mee.",
        nobody_why: "Deed je al mee op een andere telefoon? Dan kun je hier verder.",
        other_phone: "Ik deed al mee op een andere telefoon",
        by_join_code: "Ik heb een code van een kaartje",
        this: "Deze telefoon",
        unnamed: "Telefoon zonder naam",
        since: |day| format!("Erbij sinds {day}"),
        seen: |moment| format!("Voor het laatst gezien op {moment}"),
        never_seen: "Nog niet gezien",
        name: "Naam van deze telefoon",
        name_hint: "Zo herken je hem. Bijvoorbeeld: mijn oude telefoon.",
        rename: "Naam",
        rename_which: |name| format!("Geef een naam: {name}"),
        shut_out: "Sluit af",
        shut_out_which: |name| format!("Sluit af: {name}"),
        shut_out_sure: |name| format!("{name} afsluiten?"),
        shut_out_why: "Die telefoon ziet en verstuurt dan meteen niets meer. Wat nog niet verstuurd is, blijft erop staan. Heb je er herstelwoorden op gemaakt? Die werken dan ook niet meer.",
        shut_out_this_sure: "Deze telefoon afsluiten?",
        shut_out_this_why: "Je doet hier dan meteen niet meer mee. Wat nog niet verstuurd is, blijft staan. Terugkomen kan met een andere telefoon van jou, of met je herstelwoorden.",
        shut_out_yes: "Ja, sluit af",
        shut_out_done: |name| format!("{name} is afgesloten."),
        linking: Linking {
            title: "Koppel een telefoon",
            why: "Heb je nog een telefoon? Zet hem erbij. Dan staan je foto's op allebei.",
            begin: "Laat de code zien",
            how: "Scan dit vierkant met de andere telefoon.",
            or_type: "Of ga daar naar deze pagina, en typ de cijfers:",
            lasts: |minutes| {
                if minutes <= 1 { "Nog geen minuut geldig".into() } else { format!("Nog {minutes} minuten geldig") }
            },
            waits: "We wachten op de andere telefoon.",
            asked: |name| format!("Mag deze telefoon erbij: {name}?"),
            asked_why: "Zeg alleen ja als je die telefoon zelf hebt. Hij kan dan alles wat jij kunt.",
            accept: "Ja, die is van mij",
            refuse: "Nee",
            refused: "Die telefoon komt er niet bij. Hier is een nieuwe code.",
            renewed: "De oude code was verlopen. Hier is een nieuwe.",
            over: "De code is verlopen.",
            done: |name| format!("Gelukt. Deze telefoon hoort erbij: {name}."),
        },
        recovery: Recovery {
            title: "Herstelwoorden",
            why: "Is je telefoon weg of stuk? Met acht woorden op papier kom je terug op een nieuwe.",
            none: "Je hebt nog geen woorden.",
            since: |day| format!("Je hebt woorden. Ze zijn gemaakt op {day}."),
            make: "Maak mijn acht woorden",
            once: "Schrijf deze woorden nu op, of print ze. Je ziet ze maar één keer.",
            keep_safe: "Bewaar het papier goed. Wie deze woorden heeft, kan overal bij, net als jij.",
            print: "Print de woorden",
            noted: "Ik heb ze op papier",
            replace: "Maak nieuwe woorden",
            replace_sure: "Nieuwe woorden maken?",
            replace_why: "De oude woorden werken dan niet meer.",
            take_back: "Haal de woorden weg",
            take_back_sure: "De woorden weghalen?",
            take_back_why: "Je kunt er dan niet meer mee terugkomen, en een ander ook niet.",
            sheet: "Mijn herstelwoorden",
            sheet_how: "Ga op je nieuwe telefoon naar deze pagina, en typ de woorden:",
        },
        coming: Coming {
            title: "Verder op deze telefoon",
            why: "Deed je al mee op een andere telefoon? Dan kun je hier verder als dezelfde persoon.",
            already: |project| format!("Op deze telefoon doe je al mee met {project}. Daar verandert niets."),
            way: "Hoe kom je erbij?",
            by_code: "Met cijfers",
            by_words: "Met woorden",
            code: "De 8 cijfers",
            code_hint: "Ze staan op je andere telefoon: bij Meer, Mijn telefoons, Koppel een telefoon.",
            words: "Je 8 herstelwoorden",
            words_hint: "Typ ze in dezelfde volgorde, met spaties ertussen.",
            name: "Hoe noem je deze telefoon?",
            name_hint: "Bijvoorbeeld: mijn nieuwe telefoon. Leeg laten mag ook.",
            come: "Ga verder",
            not_a_code: "Het moeten 8 cijfers zijn. Kijk nog eens op je andere telefoon.",
            not_so_many: |n| format!("Je hebt 8 woorden nodig. {n} {} er nu.", if n == 1 { "staat" } else { "staan" }),
            unknown: |unknown| match unknown {
                [word] => format!("Dit woord kennen we niet: {word}. Kijk nog eens op je papier."),
                _ => format!("Deze woorden kennen we niet: {}. Kijk nog eens op je papier.", unknown.join(", ")),
            },
            wrong_code: "Deze cijfers kloppen niet, of ze zijn verlopen. Kijk nog eens op je andere telefoon.",
            wrong_words: "Met deze woorden kun je niet terugkomen. Staan ze in dezelfde volgorde? Heb je later nieuwe gemaakt? Dan werken alleen die.",
            over: "Het is niet gelukt. De tijd was om, of je andere telefoon zei nee. Laat daar een nieuwe code zien.",
            waits: "Kijk nu op je andere telefoon",
            waits_why: "Daar staat een vraag over deze telefoon. Zeg daar ja. Hier gaat het dan vanzelf verder.",
            done: "Gelukt. We halen je foto's op.",
        },
    },
    invite: Invite {
        title: "Uitnodigen",
        residents: "Bewoners",
        residents_why: "Met deze code doet iedereen mee als bewoner. Print het blad en hang het op, of deel kaartjes uit.",
        sheet_language: "Taal van het blad",
        print: "Print het blad",
        renew: "Maak een nieuwe code",
        renew_sure: "Een nieuwe code maken?",
        renew_why: "De oude code werkt dan niet meer. Posters en kaartjes met de oude code moet je vervangen. Wie al meedoet, merkt er niets van.",
        helpers: "Begeleiders en anderen",
        helpers_why: "Wie meer doet dan een bewoner, krijgt een eigen uitnodiging. Die werkt één keer.",
        role: "Rol",
        lasts: "Hoe lang geldig",
        days: |n| if n == 1 { "1 dag".into() } else { format!("{n} dagen") },
        make: "Maak een uitnodiging",
        made: "De uitnodiging is klaar",
        made_once: |day| {
            format!(
                "Laat de code nu scannen of stuur de link door: je ziet hem maar één keer. Geldig tot en met {day}."
            )
        },
        none: "Er zijn nog geen uitnodigingen.",
        made_on: |day| format!("Gemaakt op {day}"),
        until: |day| format!("Nog niet gebruikt. Geldig tot en met {day}."),
        used: "Gebruikt",
        over: "Verlopen",
        revoked: "Ingetrokken",
        revoke: "Trek in",
        revoke_sure: "Deze uitnodiging intrekken?",
        revoke_why: "Niemand kan er dan nog mee binnenkomen. Wie al meedoet, blijft meedoen.",
    },
    poster: Poster {
        title: |project| format!("Doe mee met {project}"),
        code: "Je code",
        steps: [
            "Scan het vierkant met je camera. Of typ de link.",
            "Tik op Meedoen. Een account is niet nodig.",
            "Maak een foto van wat fijn is, of beter kan.",
        ],
        promise: "Alleen mensen die meedoen zien je foto's. Je mag altijd stoppen.",
    },
    log: Log {
        title: "Logboek",
        what: "Wat er in dit project is gedaan, het nieuwste eerst. Foto's en verhalen staan er niet in.",
        empty: "Er is nog niets gedaan.",
        older: "Toon wat ouder is",
        you: "Jij",
        operator: "De beheerder van de server",
        somebody: |id| format!("Deelnemer {id}"),
        act: |act, by, whom, role| match act {
            LogAct::Joined => format!("{by} doet mee als {role}."),
            LogAct::Invited => format!("{by} maakte een uitnodiging voor: {role}."),
            LogAct::InvitationRevoked => format!("{by} trok een uitnodiging in."),
            LogAct::CodeRenewed => format!("{by} maakte een nieuwe code voor bewoners."),
            LogAct::GroupCodeRenewed => format!("{by} maakte een nieuwe code voor een groep."),
            LogAct::MemberRemoved => format!("{by} verwijderde {whom}."),
            LogAct::RoleChanged => format!("Nieuwe rol voor {}: {role}.", if whom.is_empty() { by } else { whom }),
            LogAct::DeviceLinked => format!("{by} koppelde een telefoon."),
            LogAct::DeviceShutOut => format!("{by} sloot een telefoon uit."),
            LogAct::ProjectClosed => format!("{by} sloot het project."),
            LogAct::ProjectOpened => format!("{by} opende het project weer."),
            LogAct::ProjectSetUp => format!("{by} paste het project aan."),
            LogAct::GroupChanged => format!("{by} maakte of veranderde een groep."),
            LogAct::EntryApproved => format!("{by} keurde {} goed.", photo_of(whom)),
            LogAct::EntryAsked => format!("{by} vroeg iets over {}.", photo_of(whom)),
            LogAct::EntryHidden => format!("{by} verborg {}.", photo_of(whom)),
            LogAct::Unknown => format!("{by} deed iets wat deze versie nog niet kent."),
        },
    },
    approve: Approve {
        title: "Goedkeuren",
        why: |n| match n {
            0 => "Er wacht niets op jou".into(),
            1 => "1 foto wacht op jou".into(),
            n => format!("{n} foto's wachten op jou"),
        },
        which: "Welke foto's",
        turn: |turn| match turn {
            Turn::Ours => "Wacht op jou",
            Turn::Makers => "Gevraagd",
            Turn::Hidden => "Verborgen",
            Turn::Shown => "Zichtbaar",
        },
        none: |turn| match turn {
            Turn::Ours => "Er wacht niets op jou.",
            Turn::Makers => "Je wacht op geen antwoord.",
            Turn::Hidden => "Er is niets verborgen.",
            Turn::Shown => "Er is nog niets te zien.",
        },
        asked: "Een foto is pas voor anderen te zien als een begeleider hem goedkeurt.",
        not_asked: "In dit project zijn foto's meteen te zien. Je kunt achteraf iets vragen of een foto verbergen.",
        from: |name| format!("Van {name}"),
        yours: "Van jou",
        no_story: "Zonder verhaal",
        gone: "Deze foto is er niet meer. De maker heeft hem weggehaald, of houdt hem voor zichzelf.",
        look: "Kijk even mee. Zijn er mensen of nummerborden te herkennen? Kan iemand hier last van krijgen?",
        message: "Bericht aan de maker",
        message_why: "Alleen de maker en de begeleiders lezen dit. De maker kan antwoorden.",
        message_first: "Schrijf eerst een bericht. Dan weet de maker waarom.",
        approve: "Keur goed",
        ask: "Vraag iets",
        hide: "Verberg",
        problem: |problem| match problem {
            SaveProblem::StorageFull => {
                "Dit apparaat is vol. Er is niets veranderd. Maak ruimte en probeer het opnieuw."
            }
            SaveProblem::NoDraft
            | SaveProblem::NoPhoto
            | SaveProblem::Recording
            | SaveProblem::StorageFailed
            | SaveProblem::NotReady => "Dit lukte niet. Er is niets veranderd. Probeer het opnieuw.",
        },
        said_before: "Wat er gezegd is",
        decided: |decision, by| match decision {
            Decision::Approve => format!("{by}: goedgekeurd"),
            Decision::Ask => format!("{by}: gevraagd"),
            Decision::Hide => format!("{by}: verborgen"),
        },
        answered: |maker| format!("Antwoord van {maker}"),
        changed_since: "De foto of het verhaal is daarna veranderd.",
        waits: "Staat op dit apparaat. Wordt verstuurd zodra er internet is.",
    },
    figures: Figures {
        title: "In cijfers",
        none: "Er zijn nog geen foto's.",
        all: |n| if n == 1 { "1 foto met verhaal".into() } else { format!("{n} foto's met verhaal") },
        unsaid: |n| format!("{n} nog niet gezegd"),
        themes: "Waar gaat het over?",
        weeks: "Per week",
        week: |day| format!("Week van {day}"),
        told: |good, both, could_be_better| format!("{good} fijn, {both} allebei, {could_be_better} kan beter"),
        unheard: "Nog niet gehoord",
        unheard_why: "Van deze groepen is er nog geen foto.",
        all_heard: "Van elke groep is er een foto.",
        phones: "Lang niet gezien",
        phones_why: "Deze telefoons hebben zich het langst niet gemeld. Misschien staan er nog foto's op.",
    },
    set_up: set_up::SET_UP,
    groups: set_up::GROUPS,
};

fn photo_of(whom: &str) -> String {
    if whom.is_empty() { "een eigen foto".into() } else { format!("een foto van {whom}") }
}
