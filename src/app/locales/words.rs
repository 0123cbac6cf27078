//! The keys: what a language must have words for.

use browser::{ErrorCode, PhotoProblem};
use domain::Valence;
use ui::{Counted, Named, Text, words};

words! { pub(crate),
    /// All words of this part, in a language.
    Words {
        start: Start,
        join: Join,
        capture: Capture,
        saved: Saved,
        mine: Mine,
        wall: Wall,
        session: Session,
        more: More,
        problems: Problems,
    }

    Start {
        question: Text,
        hello: Named,
        take_photo: Text,
        choose_photo: Text,
        unsent: Counted,
        unsent_words: Text,
        sending: Text,
        send_now: Text,
        draft: Text,
        draft_goes_on: Text,
        draft_away: Text,
        join: Text,
        join_why: Text,
        join_waits: Named,
        join_refused: Named,
        join_other: Text,
        keeps_nothing: Text,
        keeps_nothing_what_to_do: Text,
        which_project: Text,
        show_us: Text,
        of_three: Counted,
        good: Text,
        better: Text,
        empty_place: Text,
        before_first: Text,
        safety: [Text; 5],
    }

    Join {
        title: Text,
        why: Text,
        language: Text,
        code: Text,
        code_hint: Text,
        name: Text,
        name_hint: Text,
        promises: [Text; 3],
        consent: Text,
        join: Text,
        joining: Text,
        not_a_code: Text,
        other_phone: Text,
    }

    Capture {
        step: fn(u32, u32) -> String,
        next: Text,
        skip: Text,
        making_ready: Text,
        add: Text,
        adapt: Text,
        place: Text,
        questions: Text,
        what_is_there: Text,
        voice: Text,
        remove_which: Counted,
        no_photo: Text,
        left_out: Counted,
        refused: fn(PhotoProblem) -> Text,
        refused_rest: Text,
    }

    Saved {
        title: Text,
        saving: Text,
        saving_why: Text,
        goes_by_itself: Text,
        waits_for_join: Text,
        code_link: Text,
        received: Text,
        where_is_it: Text,
        another: Text,
        not_saved: Text,
    }

    Mine {
        title: Text,
        empty: Text,
        empty_what_to_do: Text,
        set_aside: Text,
        leaves_when_online: Text,
        leaves_when_joined: Text,
        stays: Text,
        parts: fn(u32, u32) -> String,
        no_story: Text,
        edit: Text,
        away: Text,
        away_told: Text,
        away_title: Counted,
        put_back: Text,
        erase: Text,
        erase_sure: Text,
        erase_why: Text,
        erase_yes: Text,
    }

    Wall {
        title: Text,
        filter_valence: Text,
        filter_theme: Text,
        all: Text,
        section: fn(Option<Valence>) -> Text,
        more: Text,
        empty: Text,
        empty_why: Text,
        empty_offline: Text,
        empty_unjoined: Text,
        none_match: Text,
        show_all: Text,
        entry_title: Named,
        entry_title_unnamed: Text,
        entry_gone: Text,
        entry_gone_why: Text,
        you: Text,
        no_story: Named,
    }

    Session {
        title: Text,
        what: Text,
        steps: [Text; 3],
        not_yet: Text,
    }

    More {
        title: Text,
        language: Text,
        projects: Text,
        projects_none: Text,
        another_code: Text,
        phones: Text,
        desk: Text,
        update: Text,
        update_why: Text,
        update_now: Text,
        sending: Text,
        all_sent: Text,
        oldest: Named,
        storage: Text,
        storage_whole: Text,
        storage_not_whole: Text,
        storage_used: Named,
        storage_used_of: fn(&str, &str) -> String,
        storage_persisted: Text,
        storage_not_persisted: Text,
        storage_installed: Text,
        storage_not_installed: Text,
        data: Text,
        data_why: Text,
        help: Text,
        help_lines: [Text; 4],
        about: Text,
        about_lines: [Text; 2],
        version: Named,
    }

    Problems {
        join: fn(ErrorCode) -> Text,
        entry: fn(ErrorCode) -> Text,
        sending: fn(ErrorCode) -> Text,
        storage: Text,
    }
}
