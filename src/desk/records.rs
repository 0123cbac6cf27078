//! What a screen reads of a project from this phone, without network too.

use browser::{Joined, ProjectRecords};
use domain::permissions::{May, access};
use domain::{KIND_GROUP, KIND_PROJECT, KIND_REVIEW, KIND_TRANSCRIPT, Map, MemberId, TypedBy};
use protocol::MembersReply;
use ui::{Reading, use_live, use_phone, use_reading};

use crate::locales::use_words;
use crate::queue::Case;

/// Reads what this phone holds of the project, and again after each change.
pub(crate) fn use_records(seat: &Joined) -> Reading<ProjectRecords> {
    let phone = use_phone();
    let told = use_live();
    let project = seat.project.id;
    use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.project_records(project).await }
    })
}

/// Says whether this member looks at others' entries, and says whether they are shown.
pub(crate) fn reviews(seat: &Joined) -> bool {
    access(KIND_REVIEW, "decision").own.write.of(seat.role) != May::No
}

/// Says whether this member types out what an entry tells by voice: its maker knows best what was said.
pub(crate) fn types_out(seat: &Joined, case: &Case) -> bool {
    let is_typed_by_maker = case.entry.transcript.as_ref().is_some_and(|typed| typed.by == TypedBy::Maker);
    let may = access(KIND_TRANSCRIPT, "text").own.write.of(seat.role) != May::No;
    may && case.entry.voice.is_some() && case.maker.is_some() && !is_typed_by_maker
}

/// Says whether this member sets the project up.
pub(crate) fn sets_up(seat: &Joined) -> bool {
    access(KIND_PROJECT, "name").others.write.of(seat.role) != May::No
}

/// Says whether this member makes groups, and says who is in them.
pub(crate) fn groups(seat: &Joined) -> bool {
    access(KIND_GROUP, "members").others.write.of(seat.role) != May::No
}

/// Returns the names of those whose records this phone holds, so that they can be told without network too.
pub(crate) fn known_names(records: &ProjectRecords) -> Map<MemberId, String> {
    let makers = records.views.iter().map(|view| &view.maker).filter(|maker| !maker.name.is_empty());
    makers.map(|maker| (maker.id, maker.name.clone())).collect()
}

/// Returns a nickname, or that there is none.
pub(crate) fn named(nickname: &str) -> &str {
    if nickname.is_empty() { use_words().seat.unnamed } else { nickname }
}

/// Returns the nickname of a member as the server lists it.
pub(crate) fn listed(reply: &MembersReply, member: MemberId) -> Option<String> {
    reply.members.iter().find(|other| other.id == member).map(|found| found.nickname.clone())
}

/// Returns what a member is called here: by name where it is known, else by a part of the id, which says nothing of a person.
pub(crate) fn called(member: MemberId, reader: MemberId, name: Option<&str>) -> String {
    let words = &use_words().log;
    match name.filter(|name| !name.is_empty()) {
        _ if member == reader => words.you.to_owned(),
        Some(name) => name.to_owned(),
        None => {
            let id = member.to_string();
            (words.somebody)(&id[id.len().saturating_sub(4)..])
        }
    }
}
