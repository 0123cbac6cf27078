//! The keys: what a language must have words for.

use browser::{NoPosition, RepaintProblem, SaveProblem};
use domain::{Agreement, Audience, PeopleAnswer, PlaceShown};
use ground::Side;
use ui::{Counted, Named, Text, words};

use crate::covering::Nudge;
use crate::pages::Trouble;
use crate::places::NotTaken;

words! { pub(crate),
    /// All words of this part, in a language.
    Words {
        photos: Photos,
        cover: Cover,
        place: Place,
        share: Share,
        voice: Voice,
        people: People,
        given: Given,
        question: Question,
        edit: Edit,
        data: Data,
        backup: Backup,
        problem: fn(RepaintProblem) -> Text,
    }

    /// Photos that another app shared were not taken in.
    Share {
        /* What it is about, and what one can do. */
        not_taken: fn(NotTaken) -> (Text, Text),
        or_choose: Text,
    }

    /// All photos of an entry.
    Photos {
        title: Text,
        none: Text,
        making_ready: Text,
        which: fn(u32, u32) -> String,
        turn: Text,
        cover: Text,
        earlier: Text,
        later: Text,
        done: Text,
        turned: Text,
        moved: fn(u32, u32) -> String,
        gone: Text,
    }

    /// The questions that go further.
    Question {
        which: fn(u32, u32) -> String,
        voice: Text,
        enough: Text,
        skip: Text,
        next: Text,
        ended: Text,
    }

    /// Changing an own entry.
    Edit {
        title: Text,
        typed: Text,
    }

    /// All that somebody gave.
    Data {
        title: Text,
    }

    /// Own entries as one file, and back.
    Backup {
        title: Text,
        why: Text,
        make: Text,
        save: Text,
        put_back: Text,
        counts: [Text; 2],
        put_back_counts: [Text; 5],
        wrong: Text,
        too_large: Text,
        full: Text,
        not_here: Text,
        later: Text,
        failed: Text,
    }

    /// Where the photo was made.
    Place {
        title: Text,
        why: Text,
        here: Text,
        point: Text,
        leave_out: Text,
        left_out: Text,
        looking: Text,
        /* How sure, in metres. */
        found: fn(f64) -> String,
        not_found: fn(NoPosition) -> Text,
        told: Text,
        point_how: Text,
        no_outline: Text,
        offered: Text,
        offered_take: Text,
        drawing: Text,
        keys: Text,
        toward: fn(Side) -> Text,
        nearer: Text,
        further: Text,
        /* In metres. */
        distance: fn(f64) -> String,
        how_precisely: Text,
        /* Its name, and what others see then. */
        precision: fn(PlaceShown) -> (Text, Text),
    }

    /// Telling by voice.
    Voice {
        title: Text,
        why: Text,
        asks: Text,
        begin: Text,
        asking: Text,
        listening: Text,
        held: Text,
        /* How long it is now, and how long it may be. */
        time: fn(&str, &str) -> String,
        hold: Text,
        go_on: Text,
        stop: Text,
        ending: Text,
        broken_off: Text,
        keep: Text,
        ready: Named,
        listen: Text,
        again: Text,
        again_sure: Text,
        away: Text,
        away_sure: Text,
        gone_then: Text,
        type_it: Text,
        trouble: fn(Trouble) -> Text,
    }

    /// Who is in the photos.
    People {
        title: Text,
        why: Text,
        /* Of a draft, where people can be covered still, or of an entry. */
        answer: fn(PeopleAnswer, bool) -> Text,
        proposed: Text,
        cover: Text,
        text_of: Text,
        /* What they agree to, where the project has no words of its own for it: version 1. */
        text: Text,
        how: Text,
        agreement: fn(Agreement) -> Text,
        held: Text,
        withdrawn: Text,
        withdraw: Text,
        withdraw_why: Text,
        gone: Text,
        problem: fn(SaveProblem) -> Text,
    }

    /// What somebody gave and agreed to.
    Given {
        title: Text,
        taking_part: Text,
        no_part: Text,
        /* On which day, to the text with which number, in which language. */
        said_yes: fn(&str, u32, &str) -> String,
        part_withdrawn: fn(&str, u32, &str) -> String,
        language: fn(&str) -> &str,
        parent: Text,
        here: Text,
        elsewhere: Text,
        photos: Text,
        no_photos: Text,
        no_story: Text,
        seen_by: fn(Audience) -> Text,
        held: Text,
        people: fn(PeopleAnswer) -> Text,
        unsaid: Text,
        withdrawn: Text,
        hide: Text,
        all: Text,
        all_sure: Text,
        all_why: Text,
        all_yes: Text,
        erase: Text,
        erase_sure: Text,
        erase_why: Text,
        erase_yes: Text,
        outside: Text,
    }

    /// Covering people in a photo.
    Cover {
        title: Text,
        why: Text,
        photo: Text,
        tools: Text,
        wipe: Text,
        place: Text,
        wipe_how: Text,
        place_how: Text,
        looking: Text,
        found: Counted,
        found_none: Text,
        cover_found: Counted,
        add: Text,
        shapes: Text,
        square: Counted,
        stroke: Counted,
        choose: fn(&str) -> String,
        remove: fn(&str) -> String,
        nudge: fn(Nudge) -> Text,
        keys: Text,
        undo: Text,
        done: Text,
        burning: Text,
        for_ever: Text,
        stop: Text,
    }
}
