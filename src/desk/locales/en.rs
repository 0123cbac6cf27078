//! English, as plain as the Dutch.

use domain::Role;

use super::words::{Overview, Seat, Words};

pub(super) const WORDS: Words = Words {
    seat: Seat {
        for_whom: "This part is for workers",
        for_whom_why: "Do you guide a neighbourhood project? Then use the invitation that you were given.",
        unnamed: "Without a name",
        role: |role| match role {
            Role::Resident => "resident",
            Role::Worker => "worker",
            Role::Coordinator => "coordinator",
            Role::Researcher => "researcher",
            Role::Municipality => "municipality",
        },
    },
    overview: Overview { title: "Guiding", project: "Neighbourhood project", you: "You" },
};
