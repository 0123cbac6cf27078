//! What those who guide a project say of an own entry, for its maker to read.

use browser::Guidance;
use dom::{View, a, p};
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

/// How it stands with showing an own entry to others, where somebody looks at it first or said something of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The entry, where nobody else sees it because of the people in it.
    held: Option<RecordId>,
    decision: Option<Decision>,
    reason: String,
    answer: String,
}

impl Standing {
    /// Returns how it stands with an entry; `None` where there is nothing to tell.
    pub fn of(id: RecordId, entry: &Entry, guidance: &Guidance) -> Option<Self> {
        let said = guidance.of(id);
        let decision = said.map(|said| said.review.decision);
        let held = guidance.held.contains(&id).then_some(id);
        let is_told = matches!(decision, Some(Decision::Ask | Decision::Hide)) || guidance.sharing.asks_approval;
        ((is_told || held.is_some()) && guidance.audience_of(entry) != Audience::OnlyMe).then(|| Self {
            held,
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
        let held = self.held.map(|id| {
            let say = a().class("button").attr("href", &format!("/erbij/mijn/{id}/mensen")).child(words.held_say);
            [notice("clock", None, words.held), say]
        });
        if self.held.is_some() && !self.takes_answer() {
            return held.into();
        }
        let (drawing, kind, text) = match self.decision {
            None => ("clock", None, words.waits.to_owned()),
            Some(Decision::Approve) => ("done", None, (words.approved)(&self.reason)),
            Some(Decision::Ask) => ("talk", None, (words.asked)(&self.reason)),
            Some(Decision::Hide) => ("warn", Some("warn"), (words.hidden)(&self.reason)),
        };
        let answer = (!self.answer.is_empty()).then(|| p().class("small").child((words.answered)(&self.answer)));
        View::from(notice(drawing, kind, text.trim())).and(answer).and(held)
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
            held: Vec::new(),
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
    fn what_is_held_is_told_whatever_was_decided() {
        for decision in [None, Some(Decision::Approve), Some(Decision::Ask)] {
            let held = Guidance { held: vec![some()], ..guidance(false, decision) };
            let standing = Standing::of(some(), &Entry::default(), &held).unwrap();
            assert_eq!((standing.held, standing.decision), (Some(some()), decision));
        }
    }

    #[test]
    fn nothing_is_told_of_what_is_for_its_maker_alone() {
        let alone = Entry { audience: Some(Audience::OnlyMe), ..Entry::default() };
        assert_eq!(Standing::of(some(), &alone, &guidance(true, Some(Decision::Hide))), None);
        let mut by_default = guidance(true, None);
        by_default.sharing.default_audience = Some(Audience::OnlyMe);
        by_default.held.push(some());
        assert_eq!(Standing::of(some(), &Entry::default(), &by_default), None);
    }
}
