//! What the member of this phone gave and agreed to in the current project, for him to look at and to take back.

use domain::{Audience, Entry, PeopleConsent, RecordId, TakingPart, last_answer, sort_by};

use crate::{Phone, SaveProblem};

/// All of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    /// To what text on taking part he said yes, and whether he did so on this phone, the last first.
    pub taking_part: Vec<(TakingPart, bool)>,
    /// What he made and did not put away, the last saved first.
    pub entries: Vec<GivenEntry>,
}

/// An own entry.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenEntry {
    /// The entry.
    pub id: RecordId,
    /// What it says.
    pub entry: Entry,
    /// Who may see it.
    pub audience: Audience,
    /// They do not, because of the people in it: see [`crate::Guidance`].
    pub is_held: bool,
    /// What was said last of the people in its photos.
    pub people: Option<PeopleConsent>,
}

impl Phone {
    /// Returns what the member of this phone gave and agreed to.
    pub async fn given(&self) -> Given {
        let (records, node) = self.store().consents().await.unwrap_or_default();
        let guidance = self.guidance().await;
        let is_from_here = |record: &domain::Record| record.newest_stamp().map(|at| at.node) == node;
        let mut taking_part: Vec<_> = records
            .iter()
            .filter_map(|record| Some((TakingPart::from_record(record)?, is_from_here(record))))
            .collect();
        sort_by(&mut taking_part, |a, b| b.0.consent.given.cmp(&a.0.consent.given));
        let said: Vec<_> = records.iter().filter_map(PeopleConsent::from_record).collect();
        let own = self.own_entries().await.into_iter().filter(|own| !own.entry.is_deleted);
        let entries = own.map(|own| GivenEntry {
            id: own.id,
            audience: guidance.audience_of(&own.entry),
            is_held: guidance.held.contains(&own.id),
            people: last_answer(said.iter().filter(|said| said.entry == own.id).cloned()),
            entry: own.entry,
        });
        Given { taking_part, entries: entries.collect() }
    }

    /// Lets nobody else see these own entries any more.
    ///
    /// # Errors
    /// Why one was not changed; those before it were.
    pub async fn show_nobody(&self, entries: &[RecordId]) -> Result<(), SaveProblem> {
        for entry in entries {
            self.show(*entry, Audience::OnlyMe, false).await?;
        }
        Ok(())
    }

    /// Erases all own entries for ever, with what was said of the people in them, and throws drafts away: here, and on every phone
    /// and the server once there is network.
    ///
    /// # Errors
    /// Why one was not erased; those before it were.
    pub async fn erase_given(&self) -> Result<(), SaveProblem> {
        for own in self.own_entries().await {
            self.erase(own.id).await?;
        }
        let (consents, _) = self.store().consents().await.unwrap_or_default();
        for consent in consents.iter().filter(|consent| consent.fields.contains_key("entry")) {
            self.erase(consent.id).await?;
        }
        for draft in self.drafts().await {
            self.discard(draft.id).await;
        }
        Ok(())
    }
}
