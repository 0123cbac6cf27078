//! Dutch, on level A2: short, active, "je".

use domain::Valence;

use super::words::{General, Opening, Places, States, Words};

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
        not_found: "Deze pagina is er niet",
        not_found_what_to_do: "Het adres klopt niet, of dit staat nog niet op je telefoon: met internet komt het. Je foto's zijn veilig.",
        to_start: "Naar het begin",
        for_helper: |code| format!("Voor je helper: {code}"),
        photo: "Foto",
        photo_of: |n, all| format!("Foto {n} van {all}"),
        photo_not_here: "Deze foto staat nog niet op je telefoon.",
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
    valence: |valence| match valence {
        Valence::Good => "Dit is fijn",
        Valence::CouldBeBetter => "Dit kan beter",
        Valence::Both => "Allebei",
    },
    valence_said: names::dutch::valence,
    theme: names::dutch::theme,
};
