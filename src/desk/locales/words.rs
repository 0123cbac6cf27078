//! The keys: what a language must have words for.

mod set_up;

use browser::{ErrorCode, SaveProblem};
use domain::{Decision, Role};
use protocol::LogAct;
use ui::{Counted, Named, Text, words};

pub(crate) use set_up::{Groups, SetUp, SetUpArea, SetUpConsent, SetUpQuestions, SetUpThemes};

use crate::queue::Turn;

/// What was done: by whom, to whom, under which role.
pub(crate) type Done = fn(LogAct, &str, &str, &str) -> String;

words! { pub(crate),
    /// All words of this part, in a language.
    Words {
        seat: Seat,
        asking: Asking,
        overview: Overview,
        members: Members,
        invite: Invite,
        poster: Poster,
        log: Log,
        approve: Approve,
        figures: Figures,
        set_up: SetUp,
        groups: Groups,
    }

    /// Who guides.
    Seat {
        for_whom: Text,
        for_whom_why: Text,
        unnamed: Text,
        role: fn(Role) -> Text,
    }

    /// When the server does not answer, or says no.
    Asking {
        offline: Text,
        unreachable: Text,
        refused: fn(ErrorCode) -> String,
    }

    Overview {
        title: Text,
        project: Text,
        you: Text,
        members: Text,
        members_why: Text,
        invite: Text,
        invite_why: Text,
        log: Text,
        log_why: Text,
        set_up: Text,
        set_up_why: Text,
        groups: Text,
        groups_why: Text,
    }

    Members {
        title: Text,
        count: Counted,
        joined: Named,
        entries: Counted,
        seen: Named,
        never_seen: Text,
        remove: Text,
        remove_whom: Named,
        remove_sure: Named,
        remove_why: Text,
        remove_yes: Text,
    }

    Invite {
        title: Text,
        residents: Text,
        residents_why: Text,
        sheet_language: Text,
        print: Text,
        renew: Text,
        renew_sure: Text,
        renew_why: Text,
        helpers: Text,
        helpers_why: Text,
        role: Text,
        lasts: Text,
        days: Counted,
        make: Text,
        made: Text,
        made_once: Named,
        none: Text,
        made_on: Named,
        until: Named,
        used: Text,
        over: Text,
        revoked: Text,
        revoke: Text,
        revoke_sure: Text,
        revoke_why: Text,
    }

    /// The sheet of paper.
    Poster {
        title: Named,
        code: Text,
        steps: [Text; 3],
        promise: Text,
    }

    Log {
        title: Text,
        what: Text,
        empty: Text,
        older: Text,
        you: Text,
        operator: Text,
        somebody: Named,
        act: Done,
    }

    Approve {
        title: Text,
        why: Counted,
        not_yours: Text,
        which: Text,
        turn: fn(Turn) -> Text,
        none: fn(Turn) -> Text,
        asked: Text,
        not_asked: Text,
        from: Named,
        yours: Text,
        no_story: Text,
        gone: Text,
        look: Text,
        message: Text,
        message_why: Text,
        message_first: Text,
        approve: Text,
        ask: Text,
        hide: Text,
        problem: fn(SaveProblem) -> Text,
        said_before: Text,
        decided: fn(Decision, &str) -> String,
        answered: Named,
        changed_since: Text,
        waits: Text,
    }

    /// What there is, in figures.
    Figures {
        title: Text,
        none: Text,
        all: Counted,
        unsaid: Counted,
        themes: Text,
        weeks: Text,
        week: Named,
        told: fn(u32, u32, u32) -> String,
        unheard: Text,
        unheard_why: Text,
        all_heard: Text,
        phones: Text,
        phones_why: Text,
    }
}
