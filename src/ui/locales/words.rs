//! The keys: what a language must have words for.

use browser::SaveProblem;
use domain::{Audience, Theme, TypedBy, Valence};

/// A fixed text.
pub type Text = &'static str;
/// A text with a number in it.
pub type Counted = fn(u32) -> String;
/// A text with a name in it.
pub type Named = fn(&str) -> String;

/// Makes the tables of a part of the app, as visible as it says: a field per key, which each language fills.
#[macro_export]
macro_rules! words {
    ($visibility:vis, $($(#[$doc:meta])* $table:ident { $($key:ident: $kind:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[allow(missing_docs, reason = "a key says in English what its text says in every language")]
            $visibility struct $table { $($visibility $key: $kind,)* }
        )*
    };
}

words! { pub,
    /// All words that the parts of the app share.
    Words {
        /* The tag for `lang`, and for numbers and dates. */
        lang: Text,
        /* The language's own name. */
        name: Text,
        general: General,
        places: Places,
        states: States,
        opening: Opening,
        questions: Questions,
        showing: Showing,
        save_problem: fn(SaveProblem) -> Text,
        valence: fn(Valence) -> Text,
        valence_said: fn(Valence) -> Text,
        theme: fn(Theme) -> Text,
    }

    /// On more than one screen.
    General {
        app: Text,
        skip_to_content: Text,
        back: Text,
        loading: Text,
        offline: Text,
        again: Text,
        cancel: Text,
        done: Text,
        save: Text,
        say: Text,
        not_found: Text,
        not_found_what_to_do: Text,
        to_start: Text,
        for_helper: Named,
        photo: Text,
        photo_of: fn(u32, u32) -> String,
        photo_not_here: Text,
        voice: Text,
        voice_not_here: Text,
        typed_by: fn(TypedBy) -> Text,
    }

    /// The five places.
    Places {
        label: Text,
        start: Text,
        mine: Text,
        wall: Text,
        session: Text,
        more: Text,
    }

    /// Where an own photo is.
    States {
        on_phone: Text,
        sending: Text,
        received: Text,
    }

    /// What is asked about a photo.
    Questions {
        valence: Text,
        themes: Text,
        themes_hint: Text,
        themes_full: Text,
        story: Text,
        story_hint: Text,
    }

    /// Who sees an own entry.
    Showing {
        question: Text,
        choice: fn(Audience) -> Text,
        sees: fn(Audience) -> Text,
        stays: Text,
        keep_copy: Text,
        keep_copy_why: Text,
        waits: Text,
        held: Text,
        held_say: Text,
        approved: Named,
        asked: Named,
        hidden: Named,
        answer: Text,
        answered: Named,
    }

    /// Why the app cannot begin.
    Opening {
        title: Text,
        newer: Text,
        blocked: Text,
        refused: Text,
    }
}
