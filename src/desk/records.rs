//! What a screen reads of a project from this phone, without network too.

use browser::{Joined, ProjectRecords};
use domain::KIND_REVIEW;
use domain::permissions::{May, access};
use ui::{Reading, use_live, use_phone, use_reading};

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
