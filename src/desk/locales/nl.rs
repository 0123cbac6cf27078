//! Dutch: on level B1 for who guides, on level A2 where residents come too (`poster`).

use browser::ErrorCode;
use domain::Role;
use protocol::LogAct;

use super::sentence_for;
use super::words::{Asking, Invite, Log, Members, Overview, Poster, Seat, Words};

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
        refused: |code| {
            let said = [
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
};

fn photo_of(whom: &str) -> String {
    if whom.is_empty() { "een eigen foto".into() } else { format!("een foto van {whom}") }
}
