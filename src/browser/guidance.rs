//! What those who guide a project said of own entries, and what the project says of who sees them: for their maker.

use domain::{
    Answer, Audience, Entry, KIND_CONSENT, KIND_ENTRY, ProjectId, ProjectSettings, RecordId, Review, Sharing,
    asks_version, last_that_counts, people_stand,
};
use store::ProjectRecords;
use sync::Home;

use crate::device::sha256;
use crate::{Phone, SaveProblem};

/// What the current project says of who sees entries, and what stands of what was said of own ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guidance {
    /// What the project says of who sees entries.
    pub sharing: Sharing,
    /// At most one per entry.
    pub said: Vec<Said>,
    /// Own entries that others do not see because of the people in them: their maker has not said who they are, or took it back.
    pub held: Vec<RecordId>,
}

/// The review of an own entry that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The review.
    pub id: RecordId,
    /// What it says.
    pub review: Review,
    /// What the maker answered; empty while he has not.
    pub answer: String,
    /// Where that is written.
    pub answered_in: Option<RecordId>,
}

impl Guidance {
    /// Returns who sees an own entry: whom its maker says, or the project.
    pub fn audience_of(&self, entry: &Entry) -> Audience {
        entry.audience.or(self.sharing.default_audience).unwrap_or(Audience::Everyone)
    }

    /// Returns what stands of what was said of an entry.
    pub fn of(&self, entry: RecordId) -> Option<&Said> {
        self.said.iter().find(|said| said.review.entry == entry)
    }
}

impl Phone {
    /// Returns what the current project says of who sees entries, and what was said of own ones, as far as it was fetched.
    pub async fn guidance(&self) -> Guidance {
        let current = self.store().members().await.ok().map(|members| members.current);
        let Some(project) = current.and_then(Home::project) else { return Guidance::default() };
        let held = self.project_records(project).await;
        let reviews: Vec<_> = held.reviews().map(|(id, _, review)| (id, review)).collect();
        let sharing = held.sharing();
        let consents: Vec<_> = held.records.iter().filter(|record| record.kind == KIND_CONSENT).collect();
        let mut said = Vec::new();
        let mut unseen = Vec::new();
        for record in held.records.iter().filter(|record| record.kind == KIND_ENTRY) {
            if !people_stand(consents.iter().copied(), record.id).unwrap_or(!sharing.holds_unanswered) {
                unseen.push(record.id);
            }
            let about = || reviews.iter().filter(|(_, review)| review.entry == record.id);
            let said_of = || about().map(|(_, review)| review);
            let version =
                if asks_version(said_of()) { version(&Entry::from_record(record)).await } else { String::new() };
            let stands = last_that_counts(said_of(), &version);
            said.extend(about().find(|(_, review)| Some(review) == stands).map(|found| said_by(found, &held)));
        }
        Guidance { sharing, said, held: unseen }
    }

    /// Returns what the current project is like, as far as it was fetched.
    pub async fn project_settings(&self) -> ProjectSettings {
        let current = self.store().members().await.ok().map(|members| members.current);
        match current.and_then(Home::project) {
            Some(project) => self.project_records(project).await.settings(),
            None => ProjectSettings::default(),
        }
    }

    /// Answers what was said of an own entry; it is sent once there is network.
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn answer(&self, project: ProjectId, said: &Said, text: String) -> Result<(), SaveProblem> {
        let id = said.answered_in.unwrap_or_else(|| self.fresh_id());
        let answer = Answer { review: said.id, text };
        self.write_part(project, id, &|at| answer.to_record(id, at)).await
    }
}

/// Returns the name of an entry's words and photos, by which a review says what was looked at. The browser hashes.
async fn version(entry: &Entry) -> String {
    sha256(&mut entry.looked_at()).await.map(|hash| hash.to_string()).unwrap_or_default()
}

/// Returns a review with the answer to it.
fn said_by((id, review): &(RecordId, Review), held: &ProjectRecords) -> Said {
    let answers = held.records.iter().filter_map(|record| Some((record.id, Answer::from_record(record)?)));
    let (answered_in, answer) = answers
        .filter(|(_, answer)| answer.review == *id)
        .map(|(id, answer)| (Some(id), answer.text))
        .next()
        .unwrap_or_default();
    Said { id: *id, review: review.clone(), answer, answered_in }
}

#[cfg(test)]
mod tests {
    use domain::{Decision, KIND_PROJECT, Maker, MemberId, NodeId, ProjectSettings, Record, Stamp, Timestamp, View};

    use super::*;

    fn id(number: u8) -> RecordId {
        RecordId::new(Timestamp::from_ms(1), [number; 10])
    }

    fn stamp(ms: u64) -> Stamp {
        Stamp { at: Timestamp::from_ms(ms), count: 0, node: NodeId(1) }
    }

    fn seen(record: &Record) -> View {
        let maker = Maker { id: MemberId::new(Timestamp::from_ms(1), [9; 10]), name: "Wies".into() };
        View { id: record.id, kind: record.kind.clone(), maker, fields: record.shown_fields() }
    }

    fn review(decision: Decision) -> Review {
        Review { entry: id(1), decision, at: stamp(1), reason: "Wie is dat?".into(), saw: "0".repeat(64) }
    }

    #[test]
    fn a_review_comes_with_the_answer_to_it_and_to_no_other() {
        let answer =
            |review, number: u8, text: &str| Answer { review, text: text.into() }.to_record(id(number), stamp(2));
        let asked = (id(2), review(Decision::Ask));
        let mut held = ProjectRecords { records: vec![answer(id(9), 3, "Een ander")], ..ProjectRecords::default() };
        assert_eq!(said_by(&asked, &held).answered_in, None);
        held.records.push(answer(id(2), 4, "Mijn broer"));
        let said = said_by(&asked, &held);
        assert_eq!((said.answer.as_str(), said.answered_in), ("Mijn broer", Some(id(4))));
    }

    #[test]
    fn reviews_of_others_and_of_oneself_are_read() {
        let record = |number| review(Decision::Hide).to_record(id(number));
        let held =
            ProjectRecords { records: vec![record(2)], views: vec![seen(&record(3))], ..ProjectRecords::default() };
        let others = seen(&record(3)).maker;
        let expected = [(id(3), Some(&others), review(Decision::Hide)), (id(2), None, review(Decision::Hide))];
        assert_eq!(held.reviews().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn settings_are_read_of_a_view_or_of_the_record_itself() {
        let project = ProjectId::new(Timestamp::from_ms(1), [9; 10]);
        let record = Record::new(ProjectSettings::record_id(project), KIND_PROJECT)
            .with("approval", true, stamp(1))
            .with("people_unanswered", "hold", stamp(1))
            .with("default_audience", "my_group", stamp(1));
        let expected = Sharing {
            default_audience: Some(Audience::MyGroup),
            asks_approval: true,
            holds_unanswered: true,
            has_groups: false,
        };
        let views = ProjectRecords { views: vec![seen(&record)], ..ProjectRecords::default() };
        let records = ProjectRecords { records: vec![record], ..ProjectRecords::default() };
        assert_eq!([views.sharing(), records.sharing()], [expected; 2]);
        assert_eq!(ProjectRecords::default().sharing(), Sharing::default());
    }
}
