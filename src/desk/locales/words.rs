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
        phones: Phones,
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
        too_often: Counted,
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

    /// The phones of a person: for everybody.
    Phones {
        title: Text,
        nobody: Text,
        nobody_why: Text,
        other_phone: Text,
        by_join_code: Text,
        this: Text,
        unnamed: Text,
        since: Named,
        seen: Named,
        never_seen: Text,
        name: Text,
        name_hint: Text,
        rename: Text,
        rename_which: Named,
        shut_out: Text,
        shut_out_which: Named,
        shut_out_sure: Named,
        shut_out_why: Text,
        shut_out_this_sure: Text,
        shut_out_this_why: Text,
        shut_out_yes: Text,
        shut_out_done: Named,
        linking: Linking,
        recovery: Recovery,
        coming: Coming,
    }

    /// On the first phone: another one is put beside it.
    Linking {
        title: Text,
        why: Text,
        begin: Text,
        how: Text,
        or_type: Text,
        lasts: Counted,
        waits: Text,
        asked: Named,
        asked_why: Text,
        accept: Text,
        refuse: Text,
        refused: Text,
        renewed: Text,
        over: Text,
        done: Named,
    }

    /// Words to come back with.
    Recovery {
        title: Text,
        why: Text,
        none: Text,
        since: Named,
        make: Text,
        once: Text,
        keep_safe: Text,
        print: Text,
        noted: Text,
        replace: Text,
        replace_sure: Text,
        replace_why: Text,
        take_back: Text,
        take_back_sure: Text,
        take_back_why: Text,
        sheet: Text,
        sheet_how: Text,
    }

    /// On the other phone, which is nobody's yet.
    Coming {
        title: Text,
        why: Text,
        already: Named,
        way: Text,
        by_code: Text,
        by_words: Text,
        code: Text,
        code_hint: Text,
        words: Text,
        words_hint: Text,
        name: Text,
        name_hint: Text,
        come: Text,
        not_a_code: Text,
        not_so_many: Counted,
        unknown: fn(&[&str]) -> String,
        wrong_code: Text,
        wrong_words: Text,
        over: Text,
        waits: Text,
        waits_why: Text,
        done: Text,
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
        typed: Text,
        typed_why: Text,
        typed_save: Text,
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
