//! The keys: what a language must have words for.

use domain::Role;
use ui::{Text, words};

words! { pub(crate),
    /// All words of this part, in a language.
    Words {
        seat: Seat,
        overview: Overview,
    }

    /// Who guides.
    Seat {
        for_whom: Text,
        for_whom_why: Text,
        unnamed: Text,
        role: fn(Role) -> Text,
    }

    Overview {
        title: Text,
        project: Text,
        you: Text,
    }
}
