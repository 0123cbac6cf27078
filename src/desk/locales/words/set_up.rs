//! What must be said where a project is set up, and where groups are made.

use browser::{ErrorCode, NoPosition};
use domain::{Audience, ConsentSubject};
use ui::{Counted, Named, Text, words};

use crate::places::Part;
use ground::NoOutline;
use ground::{Metres, Side};

words! { pub(crate),
    /// Setting the project up.
    SetUp {
        title: Text,
        /* The name of a part, and what it is about. */
        part: fn(Part) -> (Text, Text),
        saved: Text,
        unchanged: Text,
        wrong: Text,
        too_large: Text,
        full: Text,
        failed: Text,
        refused: fn(ErrorCode) -> String,
        newer: Text,
        show_newer: Text,
        never_changed: Text,
        /* When. */
        changed: Named,
        /* When, by whom. */
        changed_by: fn(&str, &str) -> String,
        completed: Text,
        /* What, to which place, of how many. */
        moved: fn(&str, u32, u32) -> String,
        move_up: Named,
        move_down: Named,
        name: Text,
        municipality: Text,
        no_name: Text,
        report_desk: Text,
        report_desk_hint: Text,
        no_link: Text,
        default_audience: Text,
        /* Its name, and one sentence. */
        audience: fn(Audience) -> (Text, Text),
        approval: Text,
        asks_approval: (Text, Text),
        people: Text,
        holds_unanswered: (Text, Text),
        assignment: Text,
        join_text: Text,
        erase_photos: Text,
        erase_all: Text,
        no_day: Text,
        photos_after_all: Text,
        area: SetUpArea,
        themes: SetUpThemes,
        questions: SetUpQuestions,
        consent: SetUpConsent,
    }

    /// The outline.
    SetUpArea {
        file: Text,
        file_why: Text,
        choose: Text,
        typing: Text,
        points: Text,
        points_hint: Text,
        empty: Text,
        /* How many corners it needs still. */
        too_few: Counted,
        crosses: Text,
        /* How many points, and how many kilometres from west to east and from south to north. */
        size: fn(u32, [f64; 2]) -> String,
        remove: Text,
        removed: Text,
        none: fn(NoOutline) -> String,
        draw: Text,
        begin: Text,
        begin_here: Text,
        here_why: Text,
        place: Text,
        place_hint: Text,
        begin_there: Text,
        no_place: Text,
        asking: Text,
        no_position: fn(NoPosition) -> Text,
        /* To how many metres it is known where the phone is. */
        too_rough: fn(f64) -> String,
        /* What was said before, and to how many metres it is so. */
        within: fn(&str, f64) -> String,
        drawing: Text,
        how: Text,
        keys: Text,
        north: Text,
        nearer: Text,
        further: Text,
        whole: Text,
        all_in_view: Text,
        distance: fn(f64) -> String,
        /* How wide a square of the grid is. */
        square: fn(f64) -> String,
        /* How far it is from the first corner, where there is one, or else from where one began. */
        cross: fn(Metres, bool) -> String,
        cross_on: Counted,
        cross_toward: fn(Side) -> Text,
        corner_toward: fn(u32, Side) -> String,
        put_on_cross: Text,
        let_go_which: Counted,
        put_here: Text,
        walk: Text,
        undo: Text,
        undone: Text,
        none_to_undo: Text,
        earlier: Text,
        later: Text,
        between: Text,
        take: Text,
        choose_first: Text,
        /* Which corner, of how many. */
        chosen: fn(u32, u32) -> String,
        let_go: Counted,
        put: Counted,
        put_chosen: Counted,
        moved: Counted,
        moved_toward: fn(u32, f64, Side) -> String,
        taken: Counted,
    }

    SetUpThemes {
        on: Text,
        off: Text,
        none_off: Text,
        none_on: Text,
        no_name: Text,
        unnamed: Text,
        own_name: Text,
        add: Text,
        full: Text,
        put_on: Text,
        put_on_what: Named,
        take_off: Text,
        take_off_what: Named,
    }

    SetUpQuestions {
        /* Those that are asked where a project has none of its own. */
        number: Counted,
        off: Text,
        none_on: Text,
        no_text: Text,
        unnamed: Text,
        add: Text,
        full: Text,
        remove: Text,
        remove_what: Named,
        put_back: Text,
        put_back_what: Named,
    }

    SetUpConsent {
        subjects: Text,
        /* Its name, and what it is about. */
        subject: fn(ConsentSubject) -> (Text, Text),
        text: Text,
        versions: Text,
        version: Counted,
        usual: Text,
    }

    /// Groups.
    Groups {
        title: Text,
        why: Text,
        none: Text,
        count: Counted,
        new: Text,
        name: Text,
        no_name: Text,
        make: Text,
        one: Text,
        gone: Text,
        members: Text,
        partly: Text,
        nobody: Text,
        naming: Text,
        code: Text,
        code_why: Text,
        code_later: Text,
        make_code: Text,
        /* The group, and the municipality. */
        on_sheet: fn(&str, &str) -> String,
        end: Text,
        end_sure: Text,
        end_why: Text,
        end_yes: Text,
    }
}
