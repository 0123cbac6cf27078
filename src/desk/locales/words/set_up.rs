//! What must be said where a project is set up, and where groups are made.

use browser::ErrorCode;
use domain::{Audience, ConsentSubject};
use ui::{Counted, Named, Text, words};

use crate::outline::NoOutline;
use crate::places::Part;

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
        drawing: Text,
        /* How many points, and how many kilometres from west to east and from south to north. */
        size: fn(u32, [f64; 2]) -> String,
        remove: Text,
        none: fn(NoOutline) -> String,
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
        usual: [Text; 5],
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
