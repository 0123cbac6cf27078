//! What those who guide a project say of an own entry, for its maker to read.

use browser::Guidance;
use dom::{View, p};
use domain::{Audience, Decision, Entry, RecordId};

use crate::light::{Reading, use_reading};
use crate::live::{use_live, use_phone};
use crate::locales::use_words;
use crate::notice::notice;

/// Reads what the project says of who sees entries, and what was said of own ones.
pub fn use_guidance() -> Reading<Guidance> {
    let told = use_live();
    let phone = use_phone();
    use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = phone.clone();
        async move { phone.guidance().await }
    })
}

/// Returns who sees an entry: whom its maker says, or the project.
pub fn audience_of(entry: &Entry, guidance: &Guidance) -> Audience {
    entry.audience.or(guidance.sharing.default_audience).unwrap_or(Audience::Everyone)
}

/// How it stands with showing an own entry to others, where somebody looks at it first or said something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    decision: Option<Decision>,
    reason: String,
    answer: String,
}

impl Standing {
    /// Returns how it stands with an entry; `None` where there is nothing to tell.
    pub fn of(id: RecordId, entry: &Entry, guidance: &Guidance) -> Option<Self> {
        let said = guidance.of(id);
        let decision = said.map(|said| said.review.decision);
        let is_told = matches!(decision, Some(Decision::Ask | Decision::Hide)) || guidance.sharing.asks_approval;
        (is_told && audience_of(entry, guidance) != Audience::OnlyMe).then(|| Self {
            decision,
            reason: said.map(|said| said.review.reason.clone()).unwrap_or_default(),
            answer: said.map(|said| said.answer.clone()).unwrap_or_default(),
        })
    }

    /// Says whether the maker is asked, or may say something to it.
    pub fn takes_answer(&self) -> bool {
        matches!(self.decision, Some(Decision::Ask | Decision::Hide))
    }

    /// Tells it.
    pub fn told(&self) -> View {
        let words = &use_words().showing;
        let (drawing, kind, text) = match self.decision {
            None => ("clock", None, words.waits.to_owned()),
            Some(Decision::Approve) => ("done", None, (words.approved)(&self.reason)),
            Some(Decision::Ask) => ("talk", None, (words.asked)(&self.reason)),
            Some(Decision::Hide) => ("warn", Some("warn"), (words.hidden)(&self.reason)),
        };
        let answer = (!self.answer.is_empty()).then(|| p().class("small").child((words.answered)(&self.answer)));
        View::from(notice(drawing, kind, text.trim())).and(answer)
    }
}

#[cfg(test)]
mod tests {
    use browser::Said;
    use domain::{NodeId, Review, Sharing, Stamp, Timestamp};

    use super::*;

    fn some() -> RecordId {
        RecordId::new(Timestamp::from_ms(1), [1; 10])
    }

    fn guidance(asks_approval: bool, decision: Option<Decision>) -> Guidance {
        let at = Stamp { at: Timestamp::from_ms(1), count: 0, node: NodeId(1) };
        let review = |decision| Review { entry: some(), decision, at, reason: "Mooi".into(), saw: String::new() };
        let said = |decision| Said { id: some(), review: review(decision), answer: String::new(), answered_in: None };
        Guidance {
            sharing: Sharing { asks_approval, ..Sharing::default() },
            said: decision.map(said).into_iter().collect(),
        }
    }

    #[test]
    fn what_is_asked_or_hidden_is_told_and_what_is_approved_only_where_it_has_to_be() {
        let told = |asks, decision| {
            Standing::of(some(), &Entry::default(), &guidance(asks, decision)).map(|standing| standing.decision)
        };
        assert_eq!([told(false, None), told(false, Some(Decision::Approve))], [None, None]);
        assert_eq!(told(true, None), Some(None), "it waits");
        assert_eq!(told(true, Some(Decision::Approve)), Some(Some(Decision::Approve)));
        for decision in [Decision::Ask, Decision::Hide] {
            assert_eq!(told(false, Some(decision)), Some(Some(decision)));
        }
    }

    #[test]
    fn nothing_is_told_of_what_is_for_its_maker_alone() {
        let alone = Entry { audience: Some(Audience::OnlyMe), ..Entry::default() };
        assert_eq!(Standing::of(some(), &alone, &guidance(true, Some(Decision::Hide))), None);
        let mut by_default = guidance(true, None);
        by_default.sharing.default_audience = Some(Audience::OnlyMe);
        assert_eq!(Standing::of(some(), &Entry::default(), &by_default), None);
    }
}
