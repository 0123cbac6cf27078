//! What a closed project still takes.

use serde_json::Value;

use crate::changes::written;
use crate::group::only_takes_out;
use crate::{
    Audience, Decision, FieldState, HOLD, KIND_CONSENT, KIND_ENTRY, KIND_GROUP, KIND_PROJECT, KIND_REVIEW,
    PEOPLE_UNANSWERED, PlaceShown, Record,
};

/// Says whether all of a write takes something back: nothing else is taken by a project that is closed.
///
/// | kind | what |
/// |---|---|
/// | entry | `deleted`, set; `audience`, for the maker alone; `keep_copy`; `place` and `voice`, taken away; `place_shown`, not at all |
/// | consent | `withdrawn`, set |
/// | review | one that hides |
/// | group | `members`, where it only takes out |
/// | project | `approval`, asked for; `people_unanswered`, held |
/// | group, project | the name of the writer, beside what takes back |
/// | any | erasing it, which empties it whatever else the write says |
///
/// A write of nothing takes nothing back. Whether a new value shows less than the old one (fewer photos, fewer words) cannot
/// be said of the write alone, so it adds; so does the audience of the maker's groups, which is less than everyone and more than
/// the maker, and so do the neighbourhood and the street of a place. `keep_copy` shows nothing to anybody: it comes along, or the server would empty a copy that was to be kept.
pub fn only_takes_back(write: &Record) -> bool {
    let all = || write.fields.iter().all(|(name, field)| takes_back(write, name, field));
    write.erased || !write.fields.is_empty() && all()
}

/// Returns the part of a write that takes something back, if any does.
pub fn taking_back(mut write: Record) -> Option<Record> {
    let whole = write.clone();
    write.fields.retain(|name, field| takes_back(&whole, name, field));
    (write.erased || !write.fields.is_empty()).then_some(write)
}

fn takes_back(write: &Record, name: &str, field: &FieldState) -> bool {
    let is = |value: Value| field.last() == Some(&value);
    match (write.kind.as_str(), name) {
        (KIND_ENTRY, "deleted") | (KIND_CONSENT, "withdrawn") => is(true.into()),
        (KIND_ENTRY, "audience") => is(Audience::OnlyMe.key().into()),
        (KIND_ENTRY, "keep_copy") => true,
        (KIND_ENTRY, "place" | "voice") => is(Value::Null),
        (KIND_ENTRY, "place_shown") => is(PlaceShown::Hidden.key().into()),
        // One that hides names the entry and the reason in the same write.
        (KIND_REVIEW, _) => write.last("decision") == Some(&Decision::Hide.key().into()),
        (KIND_GROUP, "members") => only_takes_out(field),
        (KIND_PROJECT, "approval") => is(true.into()),
        (KIND_PROJECT, PEOPLE_UNANSWERED) => is(HOLD.into()),
        (KIND_GROUP | KIND_PROJECT, _) => match written(name) {
            Some(of) => write.fields.get(of).is_some_and(|field| takes_back(write, of, field)),
            None => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Consent, ConsentSubject, EntryEdit, Group, MemberId, Place, PlaceSource, RecordId, Timestamp};

    fn edit(is_deleted: Option<bool>, story: Option<&str>) -> Record {
        let story = story.map(str::to_owned);
        EntryEdit { is_deleted, story, ..EntryEdit::default() }.into_record(id(), stamp(1, 1))
    }

    fn audience(audience: Audience) -> Record {
        EntryEdit { audience: Some(audience), ..EntryEdit::default() }.into_record(id(), stamp(1, 1))
    }

    fn place(place: Option<Place>) -> Record {
        EntryEdit::at(place).into_record(id(), stamp(1, 1))
    }

    fn place_shown(shown: PlaceShown) -> Record {
        EntryEdit { place_shown: Some(shown), ..EntryEdit::default() }.into_record(id(), stamp(1, 1))
    }

    fn review(decision: Decision) -> Record {
        Record::new(id(), KIND_REVIEW).with("decision", decision.key(), stamp(1, 1)).with("reason", "", stamp(1, 1))
    }

    fn member() -> MemberId {
        MemberId::from_uuid(uuid::Uuid::nil())
    }

    fn id() -> RecordId {
        RecordId::from_uuid(uuid::Uuid::nil())
    }

    #[test]
    fn putting_away_erasing_and_withdrawing_take_back_and_nothing_else_does() {
        let withdrawn = |kind| Record::new(id(), kind).with("withdrawn", true, stamp(1, 1));
        for write in [
            edit(Some(true), None),
            Record::erasure(id(), KIND_ENTRY),
            Record::erasure(id(), KIND_CONSENT),
            Record::erasure(id(), "later"),
            withdrawn(KIND_CONSENT),
            audience(Audience::OnlyMe),
            audience(Audience::OnlyMe).with("keep_copy", true, stamp(1, 1)),
            audience(Audience::OnlyMe).with("keep_copy", false, stamp(1, 1)),
            place(None),
            EntryEdit { voice: Some(None), ..EntryEdit::default() }.into_record(id(), stamp(1, 1)),
            place_shown(PlaceShown::Hidden),
            review(Decision::Hide),
            Record::new(id(), KIND_PROJECT).with("approval", true, stamp(1, 1)),
            Record::new(id(), KIND_PROJECT).with("people_unanswered", "hold", stamp(1, 1)),
            Record::new(id(), KIND_PROJECT).with("approval", true, stamp(1, 1)).written_by(Some(member())),
            Group::putting(id(), member(), false, stamp(1, 1)).written_by(Some(member())),
        ] {
            assert!(only_takes_back(&write), "{write:?}");
            assert_eq!(taking_back(write.clone()), Some(write));
        }
        for write in [
            edit(Some(false), None),
            edit(None, Some("")),
            edit(None, None),
            Record::new(id(), KIND_CONSENT).with("withdrawn", false, stamp(1, 1)),
            Record::new(id(), KIND_CONSENT).with("deleted", true, stamp(1, 1)),
            withdrawn(KIND_ENTRY),
            withdrawn("later"),
            audience(Audience::MyGroup),
            audience(Audience::Everyone),
            Record { kind: "later".into(), ..audience(Audience::OnlyMe) },
            place(Place::new(52.0, 5.9, None, PlaceSource::Pointed, Timestamp::from_ms(1))),
            place_shown(PlaceShown::Neighbourhood),
            place_shown(PlaceShown::Street),
            place_shown(PlaceShown::Exact),
            review(Decision::Approve),
            review(Decision::Ask),
            Record::new(id(), KIND_PROJECT).with("approval", false, stamp(1, 1)),
            Record::new(id(), KIND_PROJECT).with("people_unanswered", "show", stamp(1, 1)),
            Record::new(id(), KIND_PROJECT).with("approval", false, stamp(1, 1)).written_by(Some(member())),
            Record::new(id(), KIND_PROJECT).with("changed_by.approval", true, stamp(1, 1)),
            Group::putting(id(), member(), true, stamp(1, 1)).written_by(Some(member())),
        ] {
            assert!(!only_takes_back(&write), "{write:?}");
            assert_eq!(taking_back(write), None);
        }
    }

    #[test]
    fn of_a_write_that_does_both_the_part_that_takes_back_is_known() {
        let both = edit(Some(true), Some("Dag"));
        assert!(!only_takes_back(&both));
        assert_eq!(taking_back(both), Some(edit(Some(true), None)));
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: Timestamp::from_ms(1),
            is_withdrawn: true,
        };
        let both = consent.to_record(id(), stamp(1, 1));
        assert!(!only_takes_back(&both));
        let part = taking_back(both).unwrap();
        assert_eq!(part.fields.keys().collect::<Vec<_>>(), ["withdrawn"]);
    }

    #[test]
    fn what_is_taken_of_settings_keeps_the_name_of_its_writer() {
        let part = Record::new(id(), KIND_PROJECT).with("approval", true, stamp(1, 1));
        let both = part.clone().with("name", "De Nude", stamp(1, 1)).written_by(Some(member()));
        assert_eq!(taking_back(both), Some(part.written_by(Some(member()))));
    }

    #[test]
    fn an_erasure_takes_back_whatever_else_it_says() {
        let mixed = Record { erased: true, ..edit(None, Some("Dag")) };
        assert!(only_takes_back(&mixed));
        assert_eq!(taking_back(mixed), Some(Record::erasure(id(), KIND_ENTRY)));
    }
}
