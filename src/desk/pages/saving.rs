//! How far saving on this phone is, where what was saved is, and who changed it; the same sentences wherever those who guide write
//! something.

use browser::{ProjectRecords, SaveProblem};
use dom::{El, View, div, live, p, span};
use domain::{Change, MemberId, RecordId, last_change};
use leptos::prelude::*;
use protocol::MembersReply;
use ui::{Reading, Step, moment, notice, step_label, use_language};

use crate::asking::Asked;
use crate::changed::{Whereabouts, whereabouts};
use crate::locales::use_words;
use crate::records::{called, known_names, listed};

/// How far saving is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    Nothing,
    Pending,
    Saved,
    Unchanged,
    Wrong(String),
    Impossible,
    TooLarge,
    Failed(SaveProblem),
}

/// Says how far saving is.
pub(super) fn said(saving: &Saving) -> View {
    let words = &use_words().set_up;
    match saving {
        Saving::Nothing | Saving::Pending => View::nothing(),
        Saving::Saved => notice("done", None, words.saved).into(),
        Saving::Unchanged => notice("done", None, words.unchanged).into(),
        Saving::Wrong(why) => notice("warn", Some("warn"), why).into(),
        Saving::Impossible => notice("warn", Some("warn"), words.wrong).into(),
        Saving::TooLarge => notice("warn", Some("warn"), words.too_large).into(),
        Saving::Failed(SaveProblem::StorageFull) => notice("warn", Some("warn"), words.full).into(),
        Saving::Failed(_) => notice("warn", Some("warn"), words.failed).into(),
    }
}

/// What is read to say who changed what.
#[derive(Clone)]
pub(super) struct Told {
    /// What this phone holds of the project.
    pub(super) records: Reading<ProjectRecords>,
    /// Who is in the project, where the server says so: for names.
    pub(super) members: Asked<MembersReply>,
    /// Who reads.
    pub(super) reader: MemberId,
}

impl Told {
    /// Says when these fields of a record were changed last, by whom, and whether the server has the record; `never` where nobody
    /// wrote them.
    pub(super) fn of(&self, id: RecordId, fields: &'static [&'static str], never: Option<&'static str>) -> View {
        let told = self.clone();
        live(move || {
            told.records.map(|records| {
                let record = records.records.iter().find(|record| record.id == id);
                match record.and_then(|record| last_change(record, fields)) {
                    Some(change) => told.line(records, id, change),
                    None => View::from(never.map(|never| p().class("small quiet").child(never))),
                }
            })
        })
    }

    fn line(&self, records: &ProjectRecords, id: RecordId, Change { at, by, is_completed }: Change) -> View {
        let words = &use_words().set_up;
        let when = moment(at, use_language().get_untracked());
        let line = match by {
            None => (words.changed)(&when),
            Some(by) => {
                let name = self.members.map(|reply| listed(reply, by)).flatten();
                let name = name.or_else(|| known_names(records).get(&by).cloned());
                (words.changed_by)(&when, &called(by, self.reader, name.as_deref()))
            }
        };
        let line = span().class("small quiet").child(line);
        let line = div().class("cluster").child(where_label(whereabouts(records, id))).child(line);
        View::from(line).and(is_completed.then(|| p().class("small quiet").child(words.completed)))
    }
}

/// Says where what was written is.
fn where_label(place: Whereabouts) -> El {
    match place {
        Whereabouts::OnPhone => step_label(Step::OnPhone),
        Whereabouts::Received => step_label(Step::Received),
        Whereabouts::Refused(code) => notice("warn", Some("warn"), &(use_words().set_up.refused)(code)),
    }
}
