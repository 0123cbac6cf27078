//! Who sees what: the audience of an entry, groups, approval, and what is said of the people in it.

use domain::{Audience, Decision, Entry, KIND_ENTRY, ProjectId, RecordId, Timestamp, standing};

use super::{Held, Server};

impl Server {
    /// Says whether a phone may see a record that somebody else made.
    pub(crate) fn may_see(&self, held: &Held, phone: usize) -> bool {
        let entry = Entry::from_record(&held.record);
        let is_in = |phone: usize| self.groups.get(&held.project).is_some_and(|group| group.contains(&phone));
        let is_for = match entry.audience {
            Some(Audience::OnlyMe) => false,
            Some(Audience::MyGroup) => {
                is_in(phone) && self.members.get(&held.author).is_some_and(|member| is_in(member.phone))
            }
            Some(Audience::Everyone) | None => true,
        };
        let people = self.people.get(&held.record.id).copied();
        let may_be_seen = people.unwrap_or(!self.holding.contains(&held.project));
        is_for && may_be_seen && self.is_whole(held, &entry) && self.is_open(held, &entry)
    }

    /// Returns what a phone may see in the project of what others made.
    pub(crate) fn shown_to(&self, phone: usize, project: ProjectId) -> impl Iterator<Item = &Held> {
        self.records.values().filter(move |held| held.project == project && self.may_see(held, phone))
    }

    /// Puts a phone's member into the group of a project, or takes him out.
    pub(crate) fn change_group(&mut self, phone: usize, project: ProjectId, now: Timestamp) {
        let group = self.groups.entry(project).or_default();
        if !group.remove(&phone) {
            group.insert(phone);
        }
        self.look_again(project, now);
    }

    /// Lets a project ask for approval, or not any more.
    pub(crate) fn change_approval(&mut self, project: ProjectId, now: Timestamp) {
        if !self.approving.remove(&project) {
            self.approving.insert(project);
        }
        self.look_again(project, now);
    }

    /// Lets a project hold what is unanswered, or not any more.
    pub(crate) fn change_hold(&mut self, project: ProjectId, now: Timestamp) {
        if !self.holding.remove(&project) {
            self.holding.insert(project);
        }
        self.look_again(project, now);
    }

    /// Whoever sees another part of the project now hears of it.
    pub(crate) fn look_again(&mut self, project: ProjectId, now: Timestamp) {
        let is_otherwise = |held: &Held| {
            let was = |phone| held.seen.get(&phone).is_some_and(|seen| seen.since.is_some());
            (0..self.phones).any(|phone| self.may_see(held, phone) != was(phone))
        };
        let here = self.records.values().filter(|held| held.project == project && is_otherwise(held));
        let changed: Vec<RecordId> = here.map(|held| held.record.id).collect();
        changed.into_iter().for_each(|id| self.touch(id, now));
    }

    fn is_whole(&self, held: &Held, entry: &Entry) -> bool {
        let has = |sha256| self.media.contains(&(held.project, held.author, sha256));
        held.record.kind == KIND_ENTRY
            && !held.record.erased
            && !entry.is_deleted
            && !entry.photos.is_empty()
            && entry.media().into_iter().all(|(sha256, _)| has(sha256))
    }

    fn is_open(&self, held: &Held, entry: &Entry) -> bool {
        let reviews = self.reviews.get(&held.record.id).map(Vec::as_slice).unwrap_or_default();
        match standing(reviews.iter(), entry).map(|review| review.decision) {
            Some(Decision::Hide) => false,
            Some(Decision::Approve) => true,
            Some(Decision::Ask) | None => !self.approving.contains(&held.project),
        }
    }
}
