//! Dutch: on level B1 for who guides, on level A2 where residents come too (`phones`).

use domain::Role;

use super::words::{Overview, Seat, Words};

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
    overview: Overview { title: "Begeleiden", project: "Wijkproject", you: "Jij" },
};
