//! Dutch, on level A2: short, active, "je".

use browser::SaveProblem;
use domain::{Audience, TypedBy, Valence};

use super::words::{General, Opening, Places, Questions, Showing, States, Words};

pub(super) const WORDS: Words = Words {
    lang: "nl",
    name: "Nederlands",
    general: General {
        app: "Wijkbeeld",
        skip_to_content: "Ga naar de inhoud",
        back: "Terug",
        loading: "Even wachten.",
        offline: "Geen internet. Je kunt gewoon doorgaan.",
        again: "Probeer opnieuw",
        cancel: "Toch niet",
        done: "Klaar",
        save: "Bewaren",
        say: "Lees voor",
        not_found: "Deze pagina is er niet",
        not_found_what_to_do: "Het adres klopt niet, of dit staat nog niet op je telefoon: met internet komt het. Je foto's zijn veilig.",
        to_start: "Naar het begin",
        for_helper: |code| format!("Voor je helper: {code}"),
        photo: "Foto",
        photo_of: |n, all| format!("Foto {n} van {all}"),
        photo_not_here: "Deze foto staat nog niet op je telefoon.",
        voice: "Gesproken verhaal",
        voice_not_here: "Dit gesproken verhaal staat nog niet op je telefoon.",
        typed_by: |by| match by {
            TypedBy::Maker => "Getypt door de maker",
            TypedBy::Guide => "Getypt door een begeleider",
        },
    },
    places: Places {
        label: "Hoofdmenu",
        start: "Start",
        mine: "Mijn foto's",
        wall: "Buurt",
        session: "Gesprek",
        more: "Meer",
    },
    states: States { on_phone: "Op deze telefoon", sending: "Wordt verstuurd", received: "Ontvangen" },
    opening: Opening {
        title: "Wijkbeeld kan niet starten",
        newer: "Er is al een nieuwere versie op deze telefoon. Je foto's zijn veilig. Laad de pagina opnieuw.",
        blocked: "Wijkbeeld staat nog open in een ander venster. Je foto's zijn veilig. Sluit dat venster en probeer het opnieuw.",
        refused: "Deze browser wil niets bewaren. Open Wijkbeeld in een gewoon venster, of in een andere browser.",
    },
    questions: Questions {
        valence: "Wat vind je hiervan?",
        themes: "Waar gaat het over?",
        themes_hint: "Kies er één, twee of drie.",
        themes_full: "Je hebt er drie. Tik er één uit om te ruilen.",
        story: "Vertel erbij",
        story_hint: "Wat wil je erover zeggen?",
    },
    showing: Showing {
        question: "Wie mag dit zien?",
        choice: |audience| match audience {
            Audience::OnlyMe => "Alleen ik",
            Audience::MyGroup => "Mijn groep en de begeleiders",
            Audience::Everyone => "Iedereen die meedoet",
        },
        sees: |audience| match audience {
            Audience::OnlyMe => "Alleen jij ziet je foto's.",
            Audience::MyGroup => "Alleen je groep en de begeleiders zien je foto's.",
            Audience::Everyone => "Iedereen die meedoet ziet je foto's.",
        },
        stays: "Deze foto blijft op deze telefoon en in je reservekopie.",
        keep_copy: "Bewaar een kopie op de server",
        keep_copy_why: "Wie de server beheert, kan die kopie lezen.",
        waits: "Een begeleider kijkt eerst. Daarna zien anderen deze foto.",
        held: "Anderen zien deze foto nog niet. Staan er mensen op?",
        held_say: "Zeg het",
        approved: |reason| format!("Goedgekeurd. {reason}"),
        asked: |reason| format!("De begeleider vraagt: {reason}"),
        hidden: |reason| format!("Anderen zien deze foto niet. {reason}"),
        answer: "Je antwoord",
        answered: |text| format!("Jij antwoordde: {text}"),
    },
    save_problem: |problem| match problem {
        SaveProblem::NoDraft => "We vinden deze foto niet meer. Kijk bij Mijn foto's of hij er al staat.",
        SaveProblem::NoPhoto => "Er is nog geen foto die we kunnen gebruiken. Je woorden staan nog klaar.",
        SaveProblem::StorageFull => {
            "Je telefoon is vol. Je foto staat nog klaar. Maak ruimte op je telefoon en probeer het opnieuw."
        }
        SaveProblem::Recording => "Je opname is nog niet af. Maak hem af of doe hem weg. Alles staat op deze telefoon.",
        SaveProblem::NotReady => {
            "De foto is nog niet klaar. Hij staat veilig op deze telefoon. Probeer het zo nog eens."
        }
        SaveProblem::StorageFailed => "Je telefoon geeft geen antwoord. Je foto staat nog klaar. Probeer het opnieuw.",
    },
    valence: |valence| match valence {
        Valence::Good => "Dit is fijn",
        Valence::CouldBeBetter => "Dit kan beter",
        Valence::Both => "Allebei",
    },
    valence_said: names::dutch::valence,
    theme: names::dutch::theme,
};
